/** People, their sessions, roles, delegations and acts. */
import type { Tables } from './tables.js';

export const IDENTITY: Tables = {
  tables: [
    `CREATE TABLE people (
    school_id text NOT NULL REFERENCES schools (id), id text NOT NULL, username text NOT NULL, full_name text NOT NULL,
    title text NOT NULL, password_hash text NOT NULL, totp_secret text, totp_last_step integer NOT NULL,
    recovery_codes text, activated_at text, disabled_at text,
    PRIMARY KEY (school_id, id))`,
    `CREATE TABLE logins (username text PRIMARY KEY, school_id text NOT NULL, person_id text NOT NULL,
    FOREIGN KEY (school_id, person_id) REFERENCES people (school_id, id))`,
    `CREATE TABLE sessions (
    school_id text NOT NULL, id text NOT NULL, person_id text NOT NULL, csrf_token text NOT NULL, created_at text NOT NULL,
    last_seen_at text NOT NULL, expires_at text NOT NULL, revoked_at text, second_factor text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, person_id) REFERENCES people (school_id, id))`,
    `CREATE TABLE appointments (
    school_id text NOT NULL, id text NOT NULL, person_id text NOT NULL, role text NOT NULL, from_date text NOT NULL,
    to_date text, decision_number text, appointed_by text, charge text, ended_at text, ended_by text, end_reason text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, person_id) REFERENCES people (school_id, id),
    CHECK (appointed_by IS NULL OR appointed_by <> person_id))`,
    `CREATE TABLE delegations (
    school_id text NOT NULL, id text NOT NULL, from_person_id text NOT NULL, to_person_id text NOT NULL,
    scope text NOT NULL, from_date text NOT NULL, to_date text NOT NULL, decision_number text NOT NULL,
    ended_at text, ended_by text, end_reason text,
    PRIMARY KEY (school_id, id), CHECK (from_person_id <> to_person_id),
    FOREIGN KEY (school_id, from_person_id) REFERENCES people (school_id, id),
    FOREIGN KEY (school_id, to_person_id) REFERENCES people (school_id, id))`,
    `CREATE TABLE acts (
    school_id text NOT NULL, id text NOT NULL, person_id text NOT NULL, session_id text NOT NULL, action text NOT NULL,
    change text NOT NULL, change_hash text NOT NULL, nonce text NOT NULL, created_at text NOT NULL,
    expires_at text NOT NULL, method text, used_at text,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, nonce))`,
    `CREATE TABLE passkeys (
    school_id text NOT NULL, id text NOT NULL, person_id text NOT NULL, rp_id text NOT NULL, public_key text NOT NULL,
    algorithm text NOT NULL, counter integer NOT NULL, transports text NOT NULL, name text NOT NULL,
    created_at text NOT NULL, last_used_at text, revoked_at text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, person_id) REFERENCES people (school_id, id))`,
    `CREATE TABLE passkey_challenges (
    school_id text NOT NULL, id text NOT NULL, person_id text NOT NULL, session_id text NOT NULL,
    expires_at text NOT NULL,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, person_id) REFERENCES people (school_id, id))`,
    `CREATE TABLE activation_codes (
    school_id text NOT NULL, id text NOT NULL, person_id text NOT NULL, code_hash text NOT NULL, enrols integer NOT NULL,
    totp_secret text, issued_by text NOT NULL, issued_at text NOT NULL, expires_at text NOT NULL, used_at text,
    voided_at text,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, code_hash), CHECK (issued_by <> person_id),
    FOREIGN KEY (school_id, person_id) REFERENCES people (school_id, id))`,
    `CREATE TABLE pending_sign_ins (
    school_id text NOT NULL, id text NOT NULL, person_id text NOT NULL, challenge text NOT NULL,
    created_at text NOT NULL, expires_at text NOT NULL,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, person_id) REFERENCES people (school_id, id))`,
    // Two-person recovery: the person, who proposes and who confirms are three people.
    `CREATE TABLE account_recoveries (
    school_id text NOT NULL, id text NOT NULL, person_id text NOT NULL, reason text NOT NULL, proposed_by text NOT NULL,
    proposed_at text NOT NULL, expires_at text NOT NULL, confirmed_by text, confirmed_at text, act_id text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, person_id) REFERENCES people (school_id, id),
    CHECK (proposed_by <> person_id),
    CHECK (confirmed_by IS NULL OR (confirmed_by <> proposed_by AND confirmed_by <> person_id)))`,
    `CREATE TABLE account_reviews (
    school_id text NOT NULL REFERENCES schools (id), id text NOT NULL, month text NOT NULL, report_hash text NOT NULL,
    accounts integer NOT NULL, note text, reviewed_by text NOT NULL, reviewed_at text NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, month))`,
    // Failed sign-ins are counted before a school is known.
    `CREATE TABLE account_throttles (account text PRIMARY KEY, failures integer NOT NULL, last_at text NOT NULL)`,
    `CREATE TABLE address_accounts (address text NOT NULL, account text NOT NULL, failed_at text, succeeded_at text,
    PRIMARY KEY (address, account))`,
  ],
  indexes: [
    'CREATE INDEX appointments_person ON appointments (school_id, person_id)',
    'CREATE INDEX delegations_person ON delegations (school_id, to_person_id)',
    'CREATE INDEX passkeys_person ON passkeys (school_id, person_id)',
    'CREATE INDEX sessions_person ON sessions (school_id, person_id)',
    'CREATE INDEX activation_codes_person ON activation_codes (school_id, person_id)',
    'CREATE INDEX account_recoveries_person ON account_recoveries (school_id, person_id)',
  ],
};
