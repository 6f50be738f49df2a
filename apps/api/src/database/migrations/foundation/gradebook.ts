/** The gradebook. */
import type { Tables } from './tables.js';

export const GRADEBOOK: Tables = {
  tables: [
    `CREATE TABLE marks (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, area text NOT NULL, period text NOT NULL,
    column_code text NOT NULL, pupil_id text NOT NULL, state text NOT NULL, value text, version integer NOT NULL,
    teacher_id text NOT NULL, updated_at text NOT NULL, recorded_at text, event_seq integer,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, class_id, area, period, pupil_id, column_code),
    FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupils (school_id, id),
    CHECK (state IN ('draft', 'recorded')),
    CHECK (state = 'draft' OR (value IS NOT NULL AND recorded_at IS NOT NULL AND event_seq IS NOT NULL)))`,
  ],
  indexes: ['CREATE INDEX marks_pupil ON marks (school_id, pupil_id)'],
};
