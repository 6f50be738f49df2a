/** Every table of the schema is either compared with the journal, or named here with the reason why not. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AUDITED_TABLES } from '#api/audit/audited-tables.js';
import { openDatabase, type OpenDatabase } from '#api/database/data-source.js';
import { ENGINE, freshDatabase, tablesOf, type TestDatabase } from './engine.js';

/** Reviewed by hand. A table that says what somebody did, decided, saw entered or may do does not belong here. */
const NOT_COMPARED: Readonly<Record<string, string>> = {
  migrations: 'TypeORM’s own',
  journal_events: 'the journal itself: recomputed, and anchored in the ledger',
  journal_heads: 'recomputed from the journal',
  journal_anchors: 'says only where a receipt finds its entry; a receipt is checked before it is given out',
  erased_events: 'says only which erasure the trigger let through; audit reads the erasure in the journal',
  ledger_logs: 'compared with the published log',
  ledger_entries: 'compared with the published log, entry by entry',
  ledger_keys: 'the published log’s own entries say its keys',
  ledger_outbox:
    'what waits for a moment; a transcript or roster without its entry is found by their own checks',
  ledger_stage: 'copies of tiles on their way to the folder, which is recomputed',
  transcript_lineages: 'the first document’s id, which each transcript’s own data repeat under its hash',
  pending_sign_ins:
    'minutes between password and second factor; nothing follows from a row without the factor',
  passkey_challenges: 'minutes between a challenge and its answer; each works once',
  account_throttles:
    'counts of failed sign-ins of all schools: fewer of them let a guesser try more, and no more',
  address_accounts: 'counts of failed sign-ins by address',
  sheet_reads: 'who opened a sheet, for a day: whether a recording may be withdrawn',
  class_accesses:
    'who looked at a class, a day each: nothing of the book follows from it; a row taken away hides a reading (SECURITY.md)',
  sheet_salts:
    'another salt opens no signature of a sheet, which its own check names; erasing a pupil’s book destroys them',
  scratch_columns: 'a teacher’s own notes that no result is made of',
  scratch_marks: 'a teacher’s own notes that no result is made of',
};

let place: TestDatabase;
let open: OpenDatabase;

beforeAll(async () => {
  place = await freshDatabase();
  open = await openDatabase(place.config);
});
afterAll(async () => {
  await open.close();
  await place.drop();
});

describe(`the tables of the schema on ${ENGINE}`, () => {
  test('each is compared with the journal, or has a reviewed reason why not', async () => {
    const compared = AUDITED_TABLES.map(({ table }) => table);
    expect(await tablesOf(open.database)).toEqual([...compared, ...Object.keys(NOT_COMPARED)].sort());
  });

  test('a table that is compared is compared in every column but those left out on purpose', () => {
    const left = AUDITED_TABLES.flatMap(({ table, unread = [] }) =>
      unread.map((column) => `${table}.${column}`),
    );
    expect(left.sort()).toEqual([
      'activation_codes.totpSecret',
      'evidence_files.sealed',
      'marks.updatedAt',
      'passkeys.counter',
      'passkeys.lastUsedAt',
      'people.totpLastStep',
      'received_transcripts.sealed',
      'sessions.csrfToken',
      'sessions.lastSeenAt',
      'transcripts.document',
      'transcripts.paddingSeed',
    ]);
  });
});
