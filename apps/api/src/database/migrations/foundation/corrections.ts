/** Corrections of what was recorded, appeals, changes of a pupil's personal data, their evidence, and what follows. */
import { correctionGuards } from './correction-guards.js';
import type { Tables } from './tables.js';

export const CORRECTIONS: Tables = {
  tables: [
    `CREATE TABLE corrections (
    school_id text NOT NULL, id text NOT NULL, request_id text NOT NULL, class_id text NOT NULL, area text NOT NULL,
    period text NOT NULL, column_code text NOT NULL, pupil_id text NOT NULL, mark_id text, old_value text, new_value text NOT NULL,
    mark_version integer NOT NULL, cause text NOT NULL, reason text NOT NULL, state text NOT NULL,
    teacher_of_record text NOT NULL, requested_by text NOT NULL, requested_at text NOT NULL, expires_at text NOT NULL,
    appeal_id text, appellant text, confirmation_skipped text, head_confirms text, confirmed_by text, confirmed_at text,
    decided_by text, decided_at text, decision_reason text, act_id text, applied_by text, applied_at text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    CHECK (state IN ('requested', 'confirmed', 'approved', 'rejected', 'applied', 'withdrawn', 'expired')),
    CHECK (decided_by IS NULL OR (decided_by <> requested_by AND decided_by <> teacher_of_record)),
    CHECK (decided_by IS NULL OR confirmed_by IS NULL OR decided_by <> confirmed_by),
    CHECK (decided_by IS NULL OR appellant IS NULL OR decided_by <> appellant),
    CHECK (confirmed_by IS NULL OR (confirmed_by <> requested_by AND confirmed_by <> teacher_of_record)),
    CHECK (appellant IS NULL OR appellant <> requested_by),
    CHECK (applied_by IS NULL OR applied_by <> decided_by),
    CHECK (confirmed_by IS NULL OR state <> 'requested'),
    CHECK (decided_by IS NULL OR state IN ('approved', 'applied', 'rejected', 'expired')),
    CHECK (state NOT IN ('approved', 'applied', 'rejected') OR (decided_by IS NOT NULL AND act_id IS NOT NULL)),
    CHECK (state NOT IN ('approved', 'applied') OR confirmed_by IS NOT NULL OR confirmation_skipped IS NOT NULL),
    CHECK (confirmation_skipped IS NULL OR head_confirms IS NULL),
    CHECK (state <> 'rejected' OR decision_reason IS NOT NULL),
    CHECK ((state = 'applied') = (applied_at IS NOT NULL)))`,
    `CREATE TABLE appeals (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, area text NOT NULL, period text NOT NULL,
    column_code text NOT NULL, pupil_id text NOT NULL, mark_id text NOT NULL, mark_value text NOT NULL,
    mark_version integer NOT NULL, teacher_of_record text NOT NULL, reason text NOT NULL, state text NOT NULL,
    asked_by text NOT NULL, asked_at text NOT NULL, answered_by text, answered_at text, answer text, request_id text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupils (school_id, id),
    CHECK (state IN ('asked', 'kept', 'changed', 'withdrawn')),
    CHECK (answered_by IS NULL OR answered_by <> asked_by),
    CHECK (state NOT IN ('kept', 'changed') OR (answered_by IS NOT NULL AND answer IS NOT NULL)),
    CHECK ((state = 'changed') = (request_id IS NOT NULL)))`,
    `CREATE TABLE pupil_changes (
    school_id text NOT NULL, id text NOT NULL, pupil_id text NOT NULL, changes text NOT NULL, reason text NOT NULL,
    state text NOT NULL, proposed_by text NOT NULL, proposed_at text NOT NULL, decided_by text, decided_at text,
    paper text, decision_reason text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, pupil_id) REFERENCES pupils (school_id, id),
    CHECK (state IN ('proposed', 'confirmed', 'refused', 'withdrawn')),
    CHECK (decided_by IS NULL OR decided_by <> proposed_by),
    CHECK (state <> 'confirmed' OR (decided_by IS NOT NULL AND paper IS NOT NULL)),
    CHECK (state <> 'refused' OR (decided_by IS NOT NULL AND decision_reason IS NOT NULL)))`,
    `CREATE TABLE evidence_files (
    school_id text NOT NULL, id text NOT NULL, about text NOT NULL, about_id text NOT NULL, kind text NOT NULL,
    size integer NOT NULL, hash text NOT NULL, sealed_hash text NOT NULL, sealed text, added_by text NOT NULL,
    added_at text NOT NULL, erased_at text, PRIMARY KEY (school_id, id), CHECK (sealed IS NOT NULL OR erased_at IS NOT NULL),
    CHECK (about IN ('correction', 'appeal', 'pupil-change')), CHECK (kind IN ('pdf', 'jpeg', 'png')))`,
    `CREATE TABLE transcript_reissues (
    school_id text NOT NULL, id text NOT NULL, transcript_id text NOT NULL, pupil_id text NOT NULL, class_id text NOT NULL,
    because_of text NOT NULL, because_id text NOT NULL, noted_at text NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, transcript_id, because_id))`,
    `CREATE TABLE reopened_decisions (
    school_id text NOT NULL, id text NOT NULL, decision_id text NOT NULL, class_id text NOT NULL, pupil_id text NOT NULL,
    correction_id text NOT NULL, reopened_at text NOT NULL, event_seq integer NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, decision_id, correction_id))`,
  ],
  indexes: [
    `CREATE UNIQUE INDEX corrections_open ON corrections (school_id, class_id, area, period, pupil_id, column_code)
    WHERE state IN ('requested', 'confirmed', 'approved')`,
    'CREATE INDEX corrections_state ON corrections (school_id, state)',
    'CREATE INDEX corrections_class ON corrections (school_id, class_id)',
    'CREATE INDEX corrections_pupil ON corrections (school_id, pupil_id)',
    `CREATE UNIQUE INDEX appeals_open ON appeals (school_id, mark_id) WHERE state = 'asked'`,
    'CREATE INDEX appeals_pupil ON appeals (school_id, pupil_id)',
    'CREATE INDEX pupil_changes_pupil ON pupil_changes (school_id, pupil_id)',
    'CREATE INDEX evidence_files_about ON evidence_files (school_id, about, about_id)',
    'CREATE INDEX transcript_reissues_class ON transcript_reissues (school_id, class_id)',
    'CREATE INDEX reopened_decisions_class ON reopened_decisions (school_id, class_id)',
  ],
  triggers: correctionGuards,
};
