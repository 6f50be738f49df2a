/** Who teaches and who learns in a class. */
import type { Tables } from './tables.js';

export const ENROLMENT: Tables = {
  tables: [
    `CREATE TABLE teaching_assignments (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, area text NOT NULL, person_id text NOT NULL,
    from_date text NOT NULL, to_date text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    FOREIGN KEY (school_id, person_id) REFERENCES people (school_id, id))`,
    `CREATE TABLE pupils (
    school_id text NOT NULL REFERENCES schools (id), id text NOT NULL, code text NOT NULL, personal_id text,
    register_number text, full_name text NOT NULL, sex text NOT NULL, birth_date text NOT NULL, birth_place text,
    ethnicity text, nationality text, address text, guardians text NOT NULL, erased_at text,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, code))`,
    `CREATE TABLE enrolments (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, pupil_id text NOT NULL, from_date text NOT NULL,
    to_date text, PRIMARY KEY (school_id, id), UNIQUE (school_id, class_id, pupil_id, from_date),
    FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupils (school_id, id))`,
    `CREATE TABLE guardianships (
    school_id text NOT NULL, id text NOT NULL, person_id text NOT NULL, pupil_id text NOT NULL, relation text NOT NULL,
    paper text, from_date text NOT NULL, to_date text, made_by text NOT NULL, made_at text NOT NULL,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, person_id) REFERENCES people (school_id, id),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupils (school_id, id),
    CHECK (relation IN ('father', 'mother', 'guardian', 'self')), CHECK (made_by <> person_id))`,
    `CREATE TABLE class_accesses (
    school_id text NOT NULL, class_id text NOT NULL, day text NOT NULL, person_id text NOT NULL, action text NOT NULL,
    first_at text NOT NULL,
    PRIMARY KEY (school_id, class_id, day, person_id, action),
    FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id))`,
  ],
  indexes: [
    'CREATE INDEX teaching_assignments_person ON teaching_assignments (school_id, person_id)',
    'CREATE INDEX teaching_assignments_class ON teaching_assignments (school_id, class_id)',
    'CREATE INDEX enrolments_pupil ON enrolments (school_id, pupil_id)',
    'CREATE INDEX guardianships_person ON guardianships (school_id, person_id)',
    'CREATE INDEX guardianships_pupil ON guardianships (school_id, pupil_id)',
  ],
};
