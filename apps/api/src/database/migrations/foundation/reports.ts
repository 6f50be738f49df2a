/** Minutes of checks, and reminders. */
import type { Tables } from './tables.js';

export const REPORTS: Tables = {
  tables: [
    `CREATE TABLE inspections (
    school_id text NOT NULL, id text NOT NULL, number text NOT NULL, at text NOT NULL, year_id text NOT NULL,
    class_ids text NOT NULL, period text, conclusion text NOT NULL, snapshot text NOT NULL, checked_by text NOT NULL,
    checked_at text NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, year_id, number),
    FOREIGN KEY (school_id, year_id) REFERENCES school_years (school_id, id))`,
    `CREATE TABLE inspection_opinions (
    school_id text NOT NULL, inspection_id text NOT NULL, person_id text NOT NULL, opinion text, given_at text,
    PRIMARY KEY (school_id, inspection_id, person_id),
    FOREIGN KEY (school_id, inspection_id) REFERENCES inspections (school_id, id),
    FOREIGN KEY (school_id, person_id) REFERENCES people (school_id, id))`,
    `CREATE TABLE reminders (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, area text NOT NULL, period text NOT NULL,
    to_person_id text NOT NULL, from_person_id text NOT NULL, message text, missing integer NOT NULL,
    sent_at text NOT NULL, seen_at text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    FOREIGN KEY (school_id, to_person_id) REFERENCES people (school_id, id),
    CHECK (to_person_id <> from_person_id))`,
  ],
  indexes: [
    'CREATE INDEX inspection_opinions_person ON inspection_opinions (school_id, person_id)',
    'CREATE INDEX reminders_person ON reminders (school_id, to_person_id)',
  ],
};
