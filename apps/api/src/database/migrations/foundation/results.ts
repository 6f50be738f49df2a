/** Results and the council. */
import type { Tables } from './tables.js';

export const RESULTS: Tables = {
  tables: [
    `CREATE TABLE results (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, pupil_id text NOT NULL, year_id text NOT NULL,
    rule_set text NOT NULL, rule_set_version text NOT NULL, rule_set_hash text NOT NULL, input text NOT NULL, answer text NOT NULL,
    computed_by text NOT NULL, computed_at text NOT NULL, event_seq integer NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, year_id, pupil_id),
    FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id))`,
    `CREATE TABLE year_notes (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, pupil_id text NOT NULL, note text NOT NULL,
    entered_by text NOT NULL, entered_at text NOT NULL, event_seq integer NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, class_id, pupil_id),
    FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupils (school_id, id))`,
    `CREATE TABLE class_lists (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, pupil_ids text NOT NULL, results_seq integer NOT NULL, note text,
    submitted_by text NOT NULL, submitted_at text NOT NULL, returned_by text, returned_at text, return_reason text,
    comments text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    CHECK (returned_by IS NULL OR returned_by <> submitted_by))`,
    `CREATE TABLE class_recognitions (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, held_on text NOT NULL, present integer NOT NULL,
    pupils text NOT NULL, entered_by text NOT NULL, entered_at text NOT NULL,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id))`,
    `CREATE TABLE council_meetings (
    school_id text NOT NULL, id text NOT NULL, year_id text NOT NULL, held_on text NOT NULL, chair_id text NOT NULL,
    secretary_id text NOT NULL, members integer NOT NULL, present integer NOT NULL, minutes text NOT NULL,
    votes text NOT NULL, entered_by text NOT NULL, entered_at text NOT NULL,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, year_id) REFERENCES school_years (school_id, id),
    CHECK (chair_id <> secretary_id), CHECK (present <= members))`,
    `CREATE TABLE council_decisions (
    school_id text NOT NULL, id text NOT NULL, year_id text NOT NULL, class_id text NOT NULL, meeting_id text NOT NULL,
    number text NOT NULL, decided_on text NOT NULL, entered_by text NOT NULL, entered_at text NOT NULL,
    pupil_ids text NOT NULL, event_seq integer NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, class_id, number),
    FOREIGN KEY (school_id, meeting_id) REFERENCES council_meetings (school_id, id),
    FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id))`,
  ],
  indexes: [
    'CREATE INDEX class_lists_class ON class_lists (school_id, class_id)',
    'CREATE INDEX class_recognitions_class ON class_recognitions (school_id, class_id)',
    'CREATE INDEX council_meetings_year ON council_meetings (school_id, year_id)',
  ],
};
