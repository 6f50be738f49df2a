/** Transcripts, their signatures and certificates. */
import type { Tables } from './tables.js';

export const TRANSCRIPTS: Tables = {
  tables: [
    `CREATE TABLE transcript_batches (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, kind text NOT NULL, period text NOT NULL, route text NOT NULL,
    held text NOT NULL, unsigned_sheets text, composed_by text NOT NULL, composed_at text NOT NULL, paper_signed_by text,
    paper_signed_at text, returned_by text, returned_at text, return_reason text, return_comments text,
    PRIMARY KEY (school_id, id))`,
    `CREATE TABLE transcript_rosters (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, count integer NOT NULL, salt text NOT NULL,
    entry_id text NOT NULL, locked_at text NOT NULL,
    PRIMARY KEY (school_id, id), CHECK (count > 0))`,
    `CREATE TABLE transcript_lineages (
    school_id text NOT NULL, pupil_id text NOT NULL, year_id text NOT NULL, kind text NOT NULL, period text NOT NULL,
    first text NOT NULL,
    PRIMARY KEY (school_id, pupil_id, year_id, kind, period))`,
    `CREATE TABLE transcripts (
    school_id text NOT NULL, id text NOT NULL, batch_id text NOT NULL, class_id text NOT NULL, pupil_id text NOT NULL,
    year_id text NOT NULL, kind text NOT NULL, period text NOT NULL, event integer NOT NULL, state text NOT NULL, document text, document_hash text NOT NULL,
    result_seq integer NOT NULL, decision_id text, padding_seed text, digests text,
    credential_key_id text, credential_signatures text, entry_id text, proof text,
    timestamp text, pdf_hash text,
    composed_at text NOT NULL, issued_at text, erased_at text,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, document_hash),
    FOREIGN KEY (school_id, batch_id) REFERENCES transcript_batches (school_id, id),
    FOREIGN KEY (school_id, decision_id) REFERENCES council_decisions (school_id, id),
    CHECK (kind IN ('hoc-ba', 'phieu-ket-qua', 'bang-tong-hop', 'so-theo-doi-lop')),
    CHECK (kind <> 'hoc-ba' OR decision_id IS NOT NULL),
    CHECK (state IN ('composed', 'returned', 'sealed', 'issued')),
    CHECK (state IN ('composed', 'returned') OR entry_id IS NOT NULL),
    CHECK (state <> 'issued' OR (proof IS NOT NULL AND pdf_hash IS NOT NULL AND issued_at IS NOT NULL)))`,
    `CREATE TABLE transcript_signatures (
    school_id text NOT NULL, transcript_id text NOT NULL, position integer NOT NULL, role text NOT NULL,
    person_id text NOT NULL, certificate_id text NOT NULL, signed_at text NOT NULL, act_id text NOT NULL,
    cms text NOT NULL,
    PRIMARY KEY (school_id, transcript_id, position),
    FOREIGN KEY (school_id, transcript_id) REFERENCES transcripts (school_id, id))`,
    `CREATE TABLE revocation_lists (
    school_id text NOT NULL REFERENCES schools (id), id text NOT NULL, authority text NOT NULL, this_update text NOT NULL,
    next_update text, count integer NOT NULL, der text NOT NULL, imported_by text NOT NULL, imported_at text NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, authority, this_update))`,
    `CREATE TABLE sheet_salts (
    school_id text NOT NULL, lock_id text NOT NULL, class_id text NOT NULL, salt text NOT NULL,
    PRIMARY KEY (school_id, lock_id))`,
    `CREATE TABLE sheet_signatures (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, area text NOT NULL, period text NOT NULL,
    lock_id text NOT NULL, person_id text NOT NULL, digest text NOT NULL, certificate_id text, cms text,
    signed_at text NOT NULL, act_id text NOT NULL, lifted_at text, lift_reason text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    CHECK ((certificate_id IS NULL) = (cms IS NULL)), CHECK ((lifted_at IS NULL) = (lift_reason IS NULL)),
    CHECK (lift_reason IN ('corrected', 'carried', 'reopened')))`,
    `CREATE TABLE received_transcripts (
    school_id text NOT NULL, id text NOT NULL, pupil_id text NOT NULL, document_hash text NOT NULL, origin text NOT NULL,
    school_name text NOT NULL, school_year text NOT NULL, class_name text NOT NULL, verdict text NOT NULL, code text,
    demo integer NOT NULL, sealed_hash text NOT NULL, sealed text, received_by text NOT NULL, received_at text NOT NULL,
    entry_id text NOT NULL, erased_at text,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, document_hash),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupils (school_id, id),
    CHECK (verdict IN ('valid', 'unchecked')), CHECK (sealed IS NOT NULL OR erased_at IS NOT NULL))`,
    `CREATE TABLE transcript_events (
    school_id text NOT NULL, id text NOT NULL, transcript_id text NOT NULL, pupil_id text NOT NULL, year_id text NOT NULL,
    event integer NOT NULL, kind text NOT NULL, decision text NOT NULL, reason text NOT NULL, other_school text,
    entered_by text NOT NULL, entered_at text NOT NULL, act_id text NOT NULL, entry_id text NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, year_id, pupil_id, event),
    FOREIGN KEY (school_id, transcript_id) REFERENCES transcripts (school_id, id),
    CHECK (event > 0), CHECK (kind IN ('revoke', 'transfer', 'finish')))`,
    `CREATE TABLE certificates (
    school_id text NOT NULL REFERENCES schools (id), id text NOT NULL, person_id text, role text NOT NULL,
    der text NOT NULL, salt text NOT NULL, issuers text NOT NULL, key_store text NOT NULL, key_name text,
    entry_id text NOT NULL, issued_at text NOT NULL, expires_at text NOT NULL, retired_at text,
    PRIMARY KEY (school_id, id),
    CHECK (key_store IN ('file', 'token', 'outside')), CHECK ((key_store = 'file') = (key_name IS NOT NULL)))`,
    `CREATE TABLE outside_signings (
    school_id text NOT NULL, id text NOT NULL, batch_id text NOT NULL, position integer NOT NULL,
    person_id text NOT NULL, certificate_id text NOT NULL, documents text NOT NULL, signed_at text NOT NULL,
    expires_at text NOT NULL, act_id text NOT NULL, used_at text,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, act_id, batch_id),
    FOREIGN KEY (school_id, batch_id) REFERENCES transcript_batches (school_id, id))`,
    `CREATE TABLE credential_keys (
    school_id text NOT NULL REFERENCES schools (id), id text NOT NULL, public_key text NOT NULL, salt text NOT NULL,
    key_name text NOT NULL, entry_id text NOT NULL, added_at text NOT NULL, retired_at text, retirement_entry_id text,
    PRIMARY KEY (school_id, id), CHECK (retirement_entry_id IS NULL OR retired_at IS NOT NULL))`,
  ],
  indexes: [
    'CREATE INDEX transcript_rosters_class ON transcript_rosters (school_id, class_id)',
    // One document at a time is on its way to be an event of a pupil's lineage; those sent back stay as they were.
    `CREATE UNIQUE INDEX transcripts_version ON transcripts (school_id, year_id, pupil_id, kind, period, event)
    WHERE state <> 'returned'`,
    'CREATE INDEX transcripts_batch ON transcripts (school_id, batch_id)',
    'CREATE INDEX transcripts_class ON transcripts (school_id, class_id)',
    'CREATE INDEX transcripts_state ON transcripts (school_id, state)',
    'CREATE INDEX received_transcripts_pupil ON received_transcripts (school_id, pupil_id)',
    'CREATE INDEX certificates_person ON certificates (school_id, person_id)',
  ],
};
