/** How a school's documents look: pictures by their hashes, versions of the template file. */
import type { Tables } from './tables.js';

export const SCHOOL_STYLES: Tables = {
  tables: [
    `CREATE TABLE document_pictures (
    school_id text NOT NULL REFERENCES schools (id), id text NOT NULL, bytes text NOT NULL, width integer NOT NULL,
    height integer NOT NULL, added_by text NOT NULL, added_at text NOT NULL,
    PRIMARY KEY (school_id, id), CHECK (width BETWEEN 1 AND 1000), CHECK (height BETWEEN 1 AND 1000))`,
    `CREATE TABLE document_styles (
    school_id text NOT NULL REFERENCES schools (id), id text NOT NULL, owner text NOT NULL, version integer NOT NULL,
    texts text NOT NULL, pictures text NOT NULL, decision_number text, decided_on text, made_by text NOT NULL,
    made_at text NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, owner, version), CHECK (version > 0),
    CHECK ((owner = 'school') = (decision_number IS NOT NULL)),
    CHECK ((decision_number IS NULL) = (decided_on IS NULL)))`,
  ],
  indexes: [],
};
