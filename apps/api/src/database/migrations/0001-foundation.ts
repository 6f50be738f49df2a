/**
 * The first schema. Only `text` and `integer`, composite keys led by the school, and constraints that SQLite and
 * PostgreSQL (and the distributed engines that speak its protocol) all accept.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES: readonly string[] = [
  `CREATE TABLE schools (
    id text PRIMARY KEY, slug text NOT NULL UNIQUE, code text NOT NULL, name text NOT NULL, level text NOT NULL,
    commune text NOT NULL, province text NOT NULL, origin text NOT NULL UNIQUE, settings text NOT NULL)`,
  `CREATE TABLE school_years (
    school_id text NOT NULL REFERENCES schools (id), id text NOT NULL, label text NOT NULL,
    starts_on text NOT NULL, ends_on text NOT NULL, closed_at text,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, label))`,
  `CREATE TABLE classes (
    school_id text NOT NULL, id text NOT NULL, year_id text NOT NULL, name text NOT NULL, grade integer NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, year_id, name),
    FOREIGN KEY (school_id, year_id) REFERENCES school_years (school_id, id))`,
  `CREATE TABLE class_subjects (
    school_id text NOT NULL, class_id text NOT NULL, subject_code text NOT NULL, periods_per_year integer NOT NULL,
    PRIMARY KEY (school_id, class_id, subject_code),
    FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id))`,
  `CREATE TABLE people (
    school_id text NOT NULL REFERENCES schools (id), id text NOT NULL, username text NOT NULL, full_name text NOT NULL,
    title text NOT NULL, password_hash text NOT NULL, totp_secret text, totp_last_step integer NOT NULL, disabled_at text,
    PRIMARY KEY (school_id, id))`,
  `CREATE TABLE logins (username text PRIMARY KEY, school_id text NOT NULL, person_id text NOT NULL,
    FOREIGN KEY (school_id, person_id) REFERENCES people (school_id, id))`,
  `CREATE TABLE sessions (
    school_id text NOT NULL, id text NOT NULL, person_id text NOT NULL, csrf_token text NOT NULL, created_at text NOT NULL,
    last_seen_at text NOT NULL, expires_at text NOT NULL, revoked_at text,
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
  `CREATE TABLE teaching_assignments (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, area text NOT NULL, person_id text NOT NULL,
    from_date text NOT NULL, to_date text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    FOREIGN KEY (school_id, person_id) REFERENCES people (school_id, id))`,
  `CREATE TABLE pupils (
    school_id text NOT NULL REFERENCES schools (id), id text NOT NULL, code text NOT NULL, personal_id text,
    register_number text, full_name text NOT NULL, sex text NOT NULL, birth_date text NOT NULL, birth_place text,
    ethnicity text, nationality text, address text, guardians text NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, code))`,
  `CREATE TABLE enrolments (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, pupil_id text NOT NULL, from_date text NOT NULL,
    to_date text, PRIMARY KEY (school_id, id), UNIQUE (school_id, class_id, pupil_id, from_date),
    FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupils (school_id, id))`,
  `CREATE TABLE notices (
    school_id text NOT NULL REFERENCES schools (id), id text NOT NULL, number text NOT NULL, issued_on text NOT NULL,
    title text NOT NULL, announced_by text NOT NULL, announced_at text NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, number, issued_on))`,
  `CREATE TABLE windows (
    school_id text NOT NULL, id text NOT NULL, notice_id text NOT NULL, year_id text NOT NULL, period text NOT NULL,
    scope text NOT NULL, opens_at text NOT NULL, closes_at text NOT NULL, opening text NOT NULL, opened_at text,
    opened_by text, closed_at text, closed_by text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, notice_id) REFERENCES notices (school_id, id),
    CHECK (opens_at < closes_at))`,
  `CREATE TABLE locks (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, area text NOT NULL, period text NOT NULL,
    locked_by text NOT NULL, locked_at text NOT NULL, gaps_reason text, act_id text NOT NULL, lifted_at text,
    lifted_by text, lift_reason text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id))`,
  `CREATE TABLE marks (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, area text NOT NULL, period text NOT NULL,
    column_code text NOT NULL, pupil_id text NOT NULL, state text NOT NULL, value text, version integer NOT NULL,
    teacher_id text NOT NULL, updated_at text NOT NULL, recorded_at text, event_seq integer,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, class_id, area, period, pupil_id, column_code),
    FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupils (school_id, id),
    CHECK (state IN ('draft', 'recorded')),
    CHECK (state = 'draft' OR (value IS NOT NULL AND recorded_at IS NOT NULL AND event_seq IS NOT NULL)))`,
  `CREATE TABLE corrections (
    school_id text NOT NULL, id text NOT NULL, request_id text NOT NULL, class_id text NOT NULL, area text NOT NULL,
    period text NOT NULL, column_code text NOT NULL, pupil_id text NOT NULL, mark_id text, old_value text, new_value text NOT NULL,
    mark_version integer NOT NULL, reason text NOT NULL, state text NOT NULL, teacher_of_record text NOT NULL,
    requested_by text NOT NULL, requested_at text NOT NULL, confirmation_skipped text, confirmed_by text,
    confirmed_at text, decided_by text, decided_at text, decision_reason text, act_id text, applied_at text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    CHECK (decided_by IS NULL OR (decided_by <> requested_by AND decided_by <> teacher_of_record)),
    CHECK (decided_by IS NULL OR confirmed_by IS NULL OR decided_by <> confirmed_by),
    CHECK (confirmed_by IS NULL OR (confirmed_by <> requested_by AND confirmed_by <> teacher_of_record)),
    CHECK (state NOT IN ('approved', 'applied') OR (decided_by IS NOT NULL AND act_id IS NOT NULL)),
    CHECK (state NOT IN ('approved', 'applied') OR confirmed_by IS NOT NULL OR confirmation_skipped IS NOT NULL))`,
  `CREATE TABLE results (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, pupil_id text NOT NULL, year_id text NOT NULL,
    rule_set text NOT NULL, rule_set_version text NOT NULL, rule_set_hash text NOT NULL, input text NOT NULL, answer text NOT NULL,
    computed_by text NOT NULL, computed_at text NOT NULL, event_seq integer NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, year_id, pupil_id),
    FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id))`,
  `CREATE TABLE year_notes (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, pupil_id text NOT NULL, note text NOT NULL,
    entered_by text NOT NULL, entered_at text NOT NULL, event_seq integer NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, class_id, pupil_id),
    FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupils (school_id, id))`,
  `CREATE TABLE council_decisions (
    school_id text NOT NULL, id text NOT NULL, year_id text NOT NULL, class_id text NOT NULL, number text NOT NULL,
    decided_on text NOT NULL, entered_by text NOT NULL, entered_at text NOT NULL, event_seq integer NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, class_id, number),
    FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id))`,
  `CREATE TABLE transcript_batches (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, decision_id text NOT NULL, route text NOT NULL,
    held text NOT NULL, composed_by text NOT NULL, composed_at text NOT NULL,
    PRIMARY KEY (school_id, id),
    FOREIGN KEY (school_id, decision_id) REFERENCES council_decisions (school_id, id))`,
  `CREATE TABLE transcript_rosters (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, count integer NOT NULL, salt text NOT NULL,
    entry_id text NOT NULL, locked_at text NOT NULL,
    PRIMARY KEY (school_id, id), CHECK (count > 0))`,
  `CREATE TABLE transcript_lineages (
    school_id text NOT NULL, pupil_id text NOT NULL, year_id text NOT NULL, first text NOT NULL,
    PRIMARY KEY (school_id, pupil_id, year_id),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupils (school_id, id))`,
  `CREATE TABLE transcripts (
    school_id text NOT NULL, id text NOT NULL, batch_id text NOT NULL, class_id text NOT NULL, pupil_id text NOT NULL,
    year_id text NOT NULL, event integer NOT NULL, state text NOT NULL, document text, document_hash text NOT NULL,
    result_seq integer NOT NULL, padding_seed text, digests text, entry_id text, proof text, pdf_hash text,
    composed_at text NOT NULL, issued_at text,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, year_id, pupil_id, event), UNIQUE (school_id, document_hash),
    FOREIGN KEY (school_id, batch_id) REFERENCES transcript_batches (school_id, id),
    CHECK (state IN ('composed', 'sealed', 'issued')), CHECK (state = 'composed' OR entry_id IS NOT NULL),
    CHECK (state <> 'issued' OR (proof IS NOT NULL AND pdf_hash IS NOT NULL AND issued_at IS NOT NULL)))`,
  `CREATE TABLE transcript_signatures (
    school_id text NOT NULL, transcript_id text NOT NULL, position integer NOT NULL, role text NOT NULL,
    person_id text NOT NULL, certificate_id text NOT NULL, signed_at text NOT NULL, act_id text NOT NULL,
    cms text NOT NULL,
    PRIMARY KEY (school_id, transcript_id, position),
    FOREIGN KEY (school_id, transcript_id) REFERENCES transcripts (school_id, id))`,
  `CREATE TABLE certificates (
    school_id text NOT NULL REFERENCES schools (id), id text NOT NULL, person_id text, role text NOT NULL,
    der text NOT NULL, salt text NOT NULL, key_name text NOT NULL, entry_id text NOT NULL, issued_at text NOT NULL,
    expires_at text NOT NULL, retired_at text,
    PRIMARY KEY (school_id, id))`,
  `CREATE TABLE journal_events (
    school_id text NOT NULL REFERENCES schools (id), seq integer NOT NULL, type text NOT NULL, subject text NOT NULL,
    subject_id text NOT NULL, payload text, salt text, commitment text NOT NULL, hash text NOT NULL,
    PRIMARY KEY (school_id, seq))`,
  `CREATE TABLE journal_heads (
    school_id text PRIMARY KEY REFERENCES schools (id), count integer NOT NULL, hash text NOT NULL,
    anchored_count integer NOT NULL, anchored_at text)`,
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
];

const INDEXES: readonly string[] = [
  'CREATE INDEX teaching_assignments_person ON teaching_assignments (school_id, person_id)',
  'CREATE INDEX teaching_assignments_class ON teaching_assignments (school_id, class_id)',
  'CREATE INDEX enrolments_pupil ON enrolments (school_id, pupil_id)',
  'CREATE INDEX appointments_person ON appointments (school_id, person_id)',
  'CREATE INDEX locks_class ON locks (school_id, class_id)',
  // One lock in force a sheet, one open request a cell: whatever two processes do at once.
  'CREATE UNIQUE INDEX locks_in_force ON locks (school_id, class_id, area, period) WHERE lifted_at IS NULL',
  `CREATE UNIQUE INDEX corrections_open ON corrections (school_id, class_id, area, period, pupil_id, column_code)
    WHERE state IN ('requested', 'confirmed', 'approved')`,
  'CREATE INDEX marks_pupil ON marks (school_id, pupil_id)',
  'CREATE INDEX corrections_state ON corrections (school_id, state)',
  'CREATE INDEX corrections_class ON corrections (school_id, class_id)',
  'CREATE INDEX transcript_rosters_class ON transcript_rosters (school_id, class_id)',
  'CREATE INDEX transcripts_batch ON transcripts (school_id, batch_id)',
  'CREATE INDEX transcripts_class ON transcripts (school_id, class_id)',
  'CREATE INDEX transcripts_state ON transcripts (school_id, state)',
  'CREATE INDEX certificates_person ON certificates (school_id, person_id)',
  'CREATE INDEX journal_events_subject ON journal_events (school_id, subject, subject_id)',
];

export class Foundation0001 implements MigrationInterface {
  readonly name = 'Foundation1763683200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...INDEXES]) await runner.query(statement);
    for (const statement of appendOnly(runner.connection.options.type)) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const names = TABLES.map((sql) => /CREATE TABLE (\w+)/.exec(sql)?.[1] ?? '');
    for (const name of names.reverse()) await runner.query(`DROP TABLE ${name}`);
  }
}

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
