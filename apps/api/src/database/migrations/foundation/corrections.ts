/** Corrections of what was recorded. */
import type { Tables } from './tables.js';

export const CORRECTIONS: Tables = {
  tables: [
    `CREATE TABLE corrections (
    school_id text NOT NULL, id text NOT NULL, request_id text NOT NULL, class_id text NOT NULL, area text NOT NULL,
    period text NOT NULL, column_code text NOT NULL, pupil_id text NOT NULL, mark_id text, old_value text, new_value text NOT NULL,
    mark_version integer NOT NULL, reason text NOT NULL, state text NOT NULL, teacher_of_record text NOT NULL,
    requested_by text NOT NULL, requested_at text NOT NULL, confirmation_skipped text, confirmed_by text,
    confirmed_at text, decided_by text, decided_at text, decision_reason text, act_id text, applied_at text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    CHECK (decided_by IS NULL OR (decided_by <> requested_by AND decided_by <> teacher_of_record)),
    CHECK (decided_by IS NULL OR confirmed_by IS NULL OR decided_by <> confirmed_by),
    CHECK (confirmed_by IS NULL OR (confirmed_by <> requested_by AND confirmed_by <> teacher_of_record)),
    CHECK (state NOT IN ('approved', 'applied') OR (decided_by IS NOT NULL AND act_id IS NOT NULL)),
    CHECK (state NOT IN ('approved', 'applied') OR confirmed_by IS NOT NULL OR confirmation_skipped IS NOT NULL))`,
  ],
  indexes: [
    `CREATE UNIQUE INDEX corrections_open ON corrections (school_id, class_id, area, period, pupil_id, column_code)
    WHERE state IN ('requested', 'confirmed', 'approved')`,
    'CREATE INDEX corrections_state ON corrections (school_id, state)',
    'CREATE INDEX corrections_class ON corrections (school_id, class_id)',
  ],
};
