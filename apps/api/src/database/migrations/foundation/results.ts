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
    `CREATE TABLE council_decisions (
    school_id text NOT NULL, id text NOT NULL, year_id text NOT NULL, class_id text NOT NULL, number text NOT NULL,
    decided_on text NOT NULL, entered_by text NOT NULL, entered_at text NOT NULL, event_seq integer NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, class_id, number),
    FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id))`,
  ],
  indexes: [],
};
