/** The journal. */
import type { Tables } from './tables.js';

export const JOURNAL: Tables = {
  tables: [
    `CREATE TABLE journal_events (
    school_id text NOT NULL REFERENCES schools (id), seq integer NOT NULL, type text NOT NULL, subject text NOT NULL,
    subject_id text NOT NULL, payload text, salt text, commitment text NOT NULL, hash text NOT NULL,
    PRIMARY KEY (school_id, seq))`,
    `CREATE TABLE journal_heads (
    school_id text PRIMARY KEY REFERENCES schools (id), count integer NOT NULL, hash text NOT NULL,
    anchored_count integer NOT NULL, anchored_at text)`,
    `CREATE TABLE journal_anchors (
    school_id text NOT NULL REFERENCES schools (id), entry_id text NOT NULL, count integer NOT NULL,
    PRIMARY KEY (school_id, entry_id))`,
    `CREATE TABLE erased_events (
    school_id text NOT NULL, seq integer NOT NULL, approval_seq integer NOT NULL,
    PRIMARY KEY (school_id, seq), CHECK (approval_seq > seq),
    FOREIGN KEY (school_id, seq) REFERENCES journal_events (school_id, seq),
    FOREIGN KEY (school_id, approval_seq) REFERENCES journal_events (school_id, seq))`,
  ],
  indexes: [
    'CREATE INDEX journal_events_subject ON journal_events (school_id, subject, subject_id)',
    'CREATE INDEX journal_anchors_count ON journal_anchors (school_id, count)',
  ],
  triggers: (engine) => (engine === 'sqlite' ? ON_SQLITE : ON_POSTGRES),
};

/**
 * The one change that an event may undergo: an erasure that is itself in the journal takes its text and its salt away,
 * both at once, and leaves all that the chain is made of.
 */
const IS_ERASURE = `NEW.school_id = OLD.school_id AND NEW.seq = OLD.seq AND NEW.type = OLD.type
  AND NEW.subject = OLD.subject AND (NEW.subject_id = OLD.subject_id OR (OLD.subject = 'logins' AND NEW.subject_id = ''))
  AND NEW.commitment = OLD.commitment
  AND NEW.hash = OLD.hash AND NEW.payload IS NULL AND NEW.salt IS NULL
  AND EXISTS (SELECT 1 FROM erased_events e
    JOIN journal_events a ON a.school_id = e.school_id AND a.seq = e.approval_seq AND a.type = 'erasure.approved'
    WHERE e.school_id = OLD.school_id AND e.seq = OLD.seq)`;

const REFUSAL = 'the journal is append-only';

/** One more defence, on which audit does not rely: whoever may drop tables may drop triggers. */
const ON_SQLITE = [
  `CREATE TRIGGER journal_events_no_update BEFORE UPDATE ON journal_events WHEN NOT (${IS_ERASURE})
    BEGIN SELECT RAISE(ABORT, '${REFUSAL}'); END`,
  // INSERT OR REPLACE deletes what is there, and fires no trigger of DELETE.
  `CREATE TRIGGER journal_events_no_replace BEFORE INSERT ON journal_events
    WHEN EXISTS (SELECT 1 FROM journal_events WHERE school_id = NEW.school_id AND seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, '${REFUSAL}'); END`,
  ...['journal_events', 'erased_events'].map(
    (table) => `CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
    BEGIN SELECT RAISE(ABORT, '${REFUSAL}'); END`,
  ),
  `CREATE TRIGGER erased_events_no_update BEFORE UPDATE ON erased_events
    BEGIN SELECT RAISE(ABORT, '${REFUSAL}'); END`,
];

const ON_POSTGRES = [
  `CREATE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '${REFUSAL}'; END $$`,
  `CREATE FUNCTION journal_erasure_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF ${IS_ERASURE} THEN RETURN NEW; END IF;
      RAISE EXCEPTION '${REFUSAL}';
    END $$`,
  `CREATE TRIGGER journal_events_no_update BEFORE UPDATE ON journal_events
    FOR EACH ROW EXECUTE FUNCTION journal_erasure_only()`,
  `CREATE TRIGGER erased_events_no_update BEFORE UPDATE ON erased_events
    FOR EACH ROW EXECUTE FUNCTION journal_append_only()`,
  ...['journal_events', 'erased_events'].flatMap((table) => [
    `CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
    FOR EACH ROW EXECUTE FUNCTION journal_append_only()`,
    `CREATE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only()`,
  ]),
];
