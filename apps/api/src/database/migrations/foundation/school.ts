/** Schools, years, classes, pupils, and who belongs where. */
import type { Tables } from './tables.js';

export const SCHOOL: Tables = {
  tables: [
    `CREATE TABLE schools (
    id text PRIMARY KEY, slug text NOT NULL UNIQUE, code text NOT NULL, name text NOT NULL, level text NOT NULL,
    commune text NOT NULL, province text NOT NULL, origin text NOT NULL UNIQUE, settings text NOT NULL)`,
    `CREATE TABLE school_years (
    school_id text NOT NULL REFERENCES schools (id), id text NOT NULL, label text NOT NULL,
    starts_on text NOT NULL, ends_on text NOT NULL, closed_at text, closed_by text, closed_rules text,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, label))`,
    `CREATE TABLE classes (
    school_id text NOT NULL, id text NOT NULL, year_id text NOT NULL, name text NOT NULL, grade integer NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, year_id, name),
    FOREIGN KEY (school_id, year_id) REFERENCES school_years (school_id, id))`,
    `CREATE TABLE class_subjects (
    school_id text NOT NULL, class_id text NOT NULL, subject_code text NOT NULL, periods_per_year integer NOT NULL,
    PRIMARY KEY (school_id, class_id, subject_code),
    FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id))`,
  ],
  indexes: [],
};
