/** The ledgers as the sequencer keeps them. */
import type { Tables } from './tables.js';

export const LEDGER: Tables = {
  tables: [
    `CREATE TABLE ledger_logs (
    school_id text PRIMARY KEY REFERENCES schools (id), origin text NOT NULL, vkey text NOT NULL,
    size integer NOT NULL, root text NOT NULL, edge text NOT NULL, published_size integer NOT NULL, checkpoint text,
    frozen_at text, frozen_reason text)`,
    `CREATE TABLE ledger_keys (
    school_id text NOT NULL, vkey text NOT NULL, file text NOT NULL, from_size integer, to_size integer,
    PRIMARY KEY (school_id, vkey), UNIQUE (school_id, file),
    FOREIGN KEY (school_id) REFERENCES ledger_logs (school_id))`,
    `CREATE TABLE ledger_outbox (
    school_id text NOT NULL, entry_id text NOT NULL, type text NOT NULL, body text NOT NULL, created_at text NOT NULL,
    PRIMARY KEY (school_id, entry_id), FOREIGN KEY (school_id) REFERENCES ledger_logs (school_id))`,
    `CREATE TABLE ledger_entries (
    school_id text NOT NULL, seq integer NOT NULL, entry_id text NOT NULL, entry text NOT NULL, leaf_hash text NOT NULL,
    PRIMARY KEY (school_id, seq), UNIQUE (school_id, entry_id),
    FOREIGN KEY (school_id) REFERENCES ledger_logs (school_id))`,
    `CREATE TABLE ledger_stage (
    school_id text NOT NULL, path text NOT NULL, size integer NOT NULL, position integer NOT NULL, bytes text NOT NULL,
    PRIMARY KEY (school_id, path),
    FOREIGN KEY (school_id) REFERENCES ledger_logs (school_id))`,
  ],
  indexes: [],
};
