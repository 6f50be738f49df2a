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
  ],
  indexes: ['CREATE INDEX journal_events_subject ON journal_events (school_id, subject, subject_id)'],
  triggers: appendOnly,
};

/** Triggers that refuse to change or delete journal rows: one more defence, on which audit does not rely. */
function appendOnly(engine: string): string[] {
  if (engine === 'sqlite') {
    return ['UPDATE', 'DELETE'].map(
      (verb) => `CREATE TRIGGER journal_events_no_${verb.toLowerCase()} BEFORE ${verb} ON journal_events
        WHEN ${verb === 'UPDATE' ? 'NEW.hash <> OLD.hash OR NEW.commitment <> OLD.commitment OR NEW.seq <> OLD.seq' : '1'}
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END`,
    );
  }
  return [
    `CREATE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$`,
    `CREATE TRIGGER journal_events_no_delete BEFORE DELETE ON journal_events
      FOR EACH ROW EXECUTE FUNCTION journal_append_only()`,
    `CREATE TRIGGER journal_events_no_update BEFORE UPDATE OF seq, commitment, hash ON journal_events
      FOR EACH ROW EXECUTE FUNCTION journal_append_only()`,
  ];
}
