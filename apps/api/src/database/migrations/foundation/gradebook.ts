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
    `CREATE TABLE column_details (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, area text NOT NULL, period text NOT NULL,
    column_code text NOT NULL, name text, held_on text, strand text, owner_id text, version integer NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, class_id, area, period, column_code),
    FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    FOREIGN KEY (school_id, owner_id) REFERENCES people (school_id, id))`,
    `CREATE TABLE mark_grounds (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, area text NOT NULL, period text NOT NULL,
    column_code text NOT NULL, pupil_id text NOT NULL, kind text NOT NULL, reason text NOT NULL, evidence text,
    notified_on text, notified_how text, entered_by text NOT NULL, entered_at text NOT NULL, withdrawn_at text,
    withdrawn_by text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupils (school_id, id),
    CHECK (kind IN ('absent', 'make-up')), CHECK (kind <> 'make-up' OR evidence IS NOT NULL),
    CHECK (kind <> 'absent' OR (notified_on IS NOT NULL AND notified_how IS NOT NULL AND withdrawn_at IS NULL)))`,
    `CREATE TABLE earlier_marks (
    school_id text NOT NULL, id text NOT NULL, request_id text NOT NULL, class_id text NOT NULL, pupil_id text NOT NULL,
    area text NOT NULL, period text NOT NULL, column_code text NOT NULL, because text NOT NULL, value text, origin text NOT NULL,
    evidence text NOT NULL, state text NOT NULL, entered_by text NOT NULL, entered_at text NOT NULL, decided_by text,
    decided_at text, decision_reason text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupils (school_id, id),
    CHECK (state IN ('entered', 'confirmed', 'refused')), CHECK (because IN ('joined', 'subject-changed')), CHECK (decided_by IS NULL OR decided_by <> entered_by),
    CHECK (state = 'entered' OR decided_by IS NOT NULL))`,
    `CREATE TABLE sheet_reads (
    school_id text NOT NULL, class_id text NOT NULL, area text NOT NULL, period text NOT NULL, person_id text NOT NULL,
    read_at text NOT NULL, PRIMARY KEY (school_id, class_id, area, period, person_id),
    FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id))`,
    `CREATE TABLE scratch_columns (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, area text NOT NULL, period text NOT NULL,
    teacher_id text NOT NULL, name text NOT NULL, held_on text, made_at text NOT NULL,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id))`,
    `CREATE TABLE scratch_marks (
    school_id text NOT NULL, scratch_id text NOT NULL, pupil_id text NOT NULL, value text, version integer NOT NULL,
    PRIMARY KEY (school_id, scratch_id, pupil_id),
    FOREIGN KEY (school_id, scratch_id) REFERENCES scratch_columns (school_id, id),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupils (school_id, id))`,
  ],
  indexes: [
    'CREATE INDEX marks_pupil ON marks (school_id, pupil_id)',
    'CREATE INDEX marks_newest ON marks (school_id, class_id, event_seq)',
    // One ground in force a cell, one earlier mark that waits or holds: whatever two processes do at once.
    `CREATE UNIQUE INDEX mark_grounds_in_force
    ON mark_grounds (school_id, class_id, area, period, pupil_id, column_code) WHERE withdrawn_at IS NULL`,
    `CREATE UNIQUE INDEX earlier_marks_in_force
    ON earlier_marks (school_id, class_id, area, period, pupil_id, column_code) WHERE state <> 'refused'`,
    'CREATE INDEX scratch_columns_sheet ON scratch_columns (school_id, class_id, area, period)',
  ],
};
