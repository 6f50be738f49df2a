/** People, their sessions, roles, delegations and acts. */
import type { Tables } from './tables.js';

export const IDENTITY: Tables = {
  tables: [
    `CREATE TABLE people (
    school_id text NOT NULL REFERENCES schools (id), id text NOT NULL, username text NOT NULL, full_name text NOT NULL,
    title text NOT NULL, password_hash text NOT NULL, totp_secret text, totp_last_step integer NOT NULL, disabled_at text,
    PRIMARY KEY (school_id, id))`,
    `CREATE TABLE logins (username text PRIMARY KEY, school_id text NOT NULL, person_id text NOT NULL,
    FOREIGN KEY (school_id, person_id) REFERENCES people (school_id, id))`,
    `CREATE TABLE sessions (
    school_id text NOT NULL, id text NOT NULL, person_id text NOT NULL, csrf_token text NOT NULL, created_at text NOT NULL,
    last_seen_at text NOT NULL, expires_at text NOT NULL, revoked_at text, second_factor text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, person_id) REFERENCES people (school_id, id))`,
    `CREATE TABLE appointments (
    school_id text NOT NULL, id text NOT NULL, person_id text NOT NULL, role text NOT NULL, from_date text NOT NULL,
    to_date text, decision_number text, appointed_by text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, person_id) REFERENCES people (school_id, id))`,
    `CREATE TABLE delegations (
    school_id text NOT NULL, id text NOT NULL, from_person_id text NOT NULL, to_person_id text NOT NULL,
    scope text NOT NULL, from_date text NOT NULL, to_date text NOT NULL, decision_number text NOT NULL,
    PRIMARY KEY (school_id, id), CHECK (from_person_id <> to_person_id))`,
    `CREATE TABLE acts (
    school_id text NOT NULL, id text NOT NULL, person_id text NOT NULL, session_id text NOT NULL, action text NOT NULL,
    change text NOT NULL, change_hash text NOT NULL, nonce text NOT NULL, created_at text NOT NULL,
    expires_at text NOT NULL, method text, used_at text,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, nonce))`,
  ],
  indexes: ['CREATE INDEX appointments_person ON appointments (school_id, person_id)'],
};
