/**
 * Where personal data of pupils and their families lie: table by table, column by column, and what an erasure leaves of
 * each. A test walks the schema: a column that is in no list here fails it (test/integration/personal-data.test.ts).
 */
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { ErasurePart } from '#regulations/retention.js';
import { Appeal } from '../corrections/appeals.entities.js';
import { Correction } from '../corrections/corrections.entities.js';
import { EvidenceFile } from '../corrections/evidence.entities.js';
import { PupilChange } from '../corrections/pupil-changes.entities.js';
import { EarlierMark, MarkCell, MarkGround, ScratchMark } from '../gradebook/gradebook.entities.js';
import { ActivationCode, PendingSignIn } from '../identity/account.entities.js';
import { Act, Login, Person, Session } from '../identity/identity.entities.js';
import { Passkey, PasskeyChallenge } from '../identity/passkeys.entities.js';
import { PupilResult, YearNote } from '../results/results.entities.js';
import { Enrolment, Guardianship, Pupil, SubjectChange } from '../school/school.entities.js';
import { SheetSalt } from '../transcripts/sheet-signatures.entities.js';
import { ReceivedTranscript } from '../transcripts/received-transcripts.entities.js';
import {
  Transcript,
  TranscriptEvent,
  TranscriptLineage,
  TranscriptSignature,
} from '../transcripts/transcripts.entities.js';

/** Stands where a text was that may not be empty. */
export const ERASED = '(đã xóa)';

/**
 * How the rows of a pupil are found in a table; `account`: of a family's account that has no other
 * child; `classDocument`: of a summary or register of a class that names the pupil; `class`: of a class the pupil was in.
 */
export type FoundBy =
  'id' | 'pupilId' | 'transcriptId' | 'classDocument' | 'class' | 'account' | 'personId' | 'evidence' | 'act';

/** What a column says when its value is gone; a function where it has to differ from row to row. */
type Emptied = string | null | readonly never[] | ((row: ObjectLiteral) => string);

export interface PersonalTable {
  readonly table: string;
  readonly entity: EntityTarget<ObjectLiteral>;
  readonly part: ErasurePart;
  readonly by: FoundBy;
  /** Only rows of these kinds: what evidence is about, what an act was for. */
  readonly only?: readonly string[];
  /** Left out: the rows are deleted. Else what each column says after it; a value that was null stays null. */
  readonly emptied?: Readonly<Record<string, Emptied>>;
  /** Says when it was erased. */
  readonly erasedAt?: string;
  /** Columns that stay where rows do: they name nobody and say nothing of the pupil. */
  readonly kept?: readonly string[];
  /** Of the event that states what is left; its subject is the table. */
  readonly event?: string;
}

/** Ids of cells and people, and times. */
const CORRECTION_KEPT = [
  ...['requestId', 'classId', 'area', 'period', 'columnCode', 'pupilId', 'markId', 'markVersion', 'cause'],
  ...['state', 'teacherOfRecord', 'requestedBy', 'requestedAt', 'expiresAt', 'appealId', 'appellant'],
  ...[
    'confirmationSkipped',
    'headConfirms',
    'confirmedBy',
    'confirmedAt',
    'decidedBy',
    'decidedAt',
    'actId',
    'appliedBy',
  ],
  'appliedAt',
];
const APPEAL_KEPT = [
  ...['classId', 'area', 'period', 'columnCode', 'pupilId', 'markId', 'markVersion', 'teacherOfRecord'],
  ...['state', 'askedBy', 'askedAt', 'answeredBy', 'answeredAt', 'requestId'],
];
/** Hashes of random bytes, of the ledger's public entry, of what cannot be guessed. */
const TRANSCRIPT_KEPT = [
  ...[
    'batchId',
    'classId',
    'pupilId',
    'yearId',
    'kind',
    'period',
    'event',
    'state',
    'documentHash',
    'resultSeq',
    'decisionId',
  ],
  ...['digests', 'entryId', 'proof', 'timestamp', 'pdfHash', 'composedAt', 'issuedAt', 'credentialKeyId'],
];
const EVIDENCE_KEPT = ['about', 'aboutId', 'kind', 'size', 'hash', 'sealedHash', 'addedBy', 'addedAt'];

const EVIDENCE: Omit<PersonalTable, 'part'> = {
  ...{ table: 'evidence_files', entity: EvidenceFile, by: 'evidence', emptied: { sealed: null } },
  ...{ kept: EVIDENCE_KEPT, erasedAt: 'erasedAt', event: 'evidence.erased' },
};
const DOCUMENT: Omit<PersonalTable, 'part' | 'by'> = {
  ...{ table: 'transcripts', entity: Transcript },
  ...{ emptied: { document: null, paddingSeed: null, credentialSignatures: null }, kept: TRANSCRIPT_KEPT },
  ...{ erasedAt: 'erasedAt', event: 'transcript.erased' },
};
/** Only those that name no other pupil: the others' approvals and signatures rest on the rest. */
const ACTS: Omit<PersonalTable, 'part'> = { table: 'acts', entity: Act, by: 'act' };
const SIGNING = [
  ...['transcript.sign.homeroom', 'transcript.sign.vice-principal', 'transcript.sign.principal'],
  'transcript.seal',
];
const ENDING = ['transcript.revoke', 'transcript.transfer', 'transcript.finish'];
/** Where it came from and its hash; the file is destroyed. */
const RECEIVED_KEPT = [
  ...[
    'pupilId',
    'documentHash',
    'origin',
    'schoolName',
    'schoolYear',
    'className',
    'verdict',
    'code',
    'demo',
  ],
  ...['sealedHash', 'receivedBy', 'receivedAt', 'entryId'],
];
const ENDING_KEPT = [
  'transcriptId',
  'pupilId',
  'yearId',
  'event',
  'kind',
  'enteredBy',
  'enteredAt',
  'actId',
  'entryId',
];

/** In the order in which rows can go: what points to others first. */
export const PERSONAL_TABLES: readonly PersonalTable[] = [
  { table: 'guardianships', entity: Guardianship, part: 'family', by: 'pupilId' },
  { table: 'logins', entity: Login, part: 'family', by: 'personId' },
  { table: 'sessions', entity: Session, part: 'family', by: 'personId' },
  { table: 'activation_codes', entity: ActivationCode, part: 'family', by: 'personId' },
  { table: 'acts', entity: Act, part: 'family', by: 'personId' },
  { table: 'passkeys', entity: Passkey, part: 'family', by: 'personId' },
  { table: 'passkey_challenges', entity: PasskeyChallenge, part: 'family', by: 'personId' },
  { table: 'pending_sign_ins', entity: PendingSignIn, part: 'family', by: 'personId' },
  {
    ...{ table: 'people', entity: Person, part: 'family', by: 'account', event: 'account.erased' },
    emptied: {
      ...{ username: ERASED, fullName: ERASED, title: '', passwordHash: '' },
      ...{ totpSecret: null, recoveryCodes: null },
    },
    kept: ['totpLastStep', 'activatedAt'],
    erasedAt: 'disabledAt',
  },

  { table: 'marks', entity: MarkCell, part: 'book', by: 'pupilId' },
  { table: 'mark_grounds', entity: MarkGround, part: 'book', by: 'pupilId' },
  { table: 'earlier_marks', entity: EarlierMark, part: 'book', by: 'pupilId' },
  { table: 'scratch_marks', entity: ScratchMark, part: 'book', by: 'pupilId' },
  { table: 'results', entity: PupilResult, part: 'book', by: 'pupilId' },
  { table: 'year_notes', entity: YearNote, part: 'book', by: 'pupilId' },
  { table: 'subject_changes', entity: SubjectChange, part: 'book', by: 'pupilId' },
  {
    ...{ table: 'corrections', entity: Correction, part: 'book', by: 'pupilId', event: 'correction.erased' },
    emptied: { oldValue: ERASED, newValue: ERASED, reason: ERASED, decisionReason: ERASED },
    kept: CORRECTION_KEPT,
  },
  {
    ...{ table: 'appeals', entity: Appeal, part: 'book', by: 'pupilId', event: 'appeal.erased' },
    emptied: { markValue: ERASED, reason: ERASED, answer: ERASED },
    kept: APPEAL_KEPT,
  },
  // What teachers signed of a class's sheets opens to nobody then; the digests stay, in the others' transcripts too.
  { table: 'sheet_salts', entity: SheetSalt, part: 'book', by: 'class' },
  // A class's register and summaries are part of its book, and one page of them names everybody.
  { table: 'transcript_lineages', entity: TranscriptLineage, part: 'book', by: 'classDocument' },
  { ...DOCUMENT, part: 'book', by: 'classDocument' },
  { ...EVIDENCE, part: 'book', only: ['correction', 'appeal'] },
  { ...ACTS, part: 'book', only: ['correction.approve', 'correction.reject'] },

  { ...ACTS, part: 'transcript', only: [...SIGNING, ...ENDING] },
  {
    ...{ table: 'transcript_events', entity: TranscriptEvent, part: 'transcript', by: 'pupilId' },
    ...{ emptied: { decision: ERASED, reason: ERASED, otherSchool: ERASED }, kept: ENDING_KEPT },
    event: 'transcript_event.erased',
  },
  { table: 'transcript_signatures', entity: TranscriptSignature, part: 'transcript', by: 'transcriptId' },
  {
    ...{ table: 'received_transcripts', entity: ReceivedTranscript, part: 'transcript', by: 'pupilId' },
    ...{ emptied: { sealed: null }, kept: RECEIVED_KEPT, erasedAt: 'erasedAt' },
    event: 'received_transcript.erased',
  },
  { table: 'transcript_lineages', entity: TranscriptLineage, part: 'transcript', by: 'pupilId' },
  { ...DOCUMENT, part: 'transcript', by: 'pupilId' },

  { table: 'enrolments', entity: Enrolment, part: 'identity', by: 'pupilId' },
  { ...EVIDENCE, part: 'identity', only: ['pupil-change'] },
  {
    ...{ table: 'pupil_changes', entity: PupilChange, part: 'identity', by: 'pupilId' },
    emptied: { changes: [], reason: ERASED, paper: ERASED, decisionReason: ERASED },
    kept: ['pupilId', 'state', 'proposedBy', 'proposedAt', 'decidedBy', 'decidedAt'],
    event: 'pupil_change.erased',
  },
  {
    ...{ table: 'pupils', entity: Pupil, part: 'identity', by: 'id' },
    emptied: {
      ...{
        code: ({ id }) => String(id),
        personalId: null,
        registerNumber: null,
        fullName: ERASED,
        sex: '',
        birthDate: '',
      },
      ...{ birthPlace: null, ethnicity: null, nationality: null, address: null, guardians: [] },
    },
    kept: [],
    erasedAt: 'erasedAt',
    event: 'pupil.erased',
  },
];

/** Tables without a pupil's own data, and why; those of staff and of whole classes. */
export const WITHOUT_PERSONAL_DATA: Readonly<Record<string, string>> = {
  migrations: 'TypeORM’s own',
  schools: 'the school',
  school_years: 'the school',
  classes: 'the school',
  class_subjects: 'the school',
  teaching_assignments: 'of staff',
  appointments: 'a role held under an id; of families nothing else',
  delegations: 'of staff',
  account_recoveries: 'of staff: families have no second factor',
  account_reviews: 'counts',
  account_throttles: 'hashes, forgotten after a month',
  address_accounts: 'hashes, forgotten after a month',
  class_accesses: 'ids of readers, for as long as pruning says',
  sheet_reads: 'ids of teachers',
  scratch_columns: 'names of tests',
  column_details: 'names of tests',
  notices: 'the school',
  windows: 'the school',
  locks: 'of classes; its reasons name no pupil',
  class_lists: 'ids of pupils; comments on a row are a class’s document (SECURITY.md)',
  class_recognitions: 'ids of pupils and votes: a class’s document',
  council_meetings: 'of classes',
  council_decisions: 'ids of pupils',
  transcript_batches: 'ids of pupils and reasons for holding back: a class’s document',
  issuing_jobs: 'of staff',
  issuing_job_classes: 'counts of classes, and why one was not composed: no names',
  sheet_signatures: 'of staff; digests whose salts go by themselves',
  transcript_rosters: 'counts',
  transcript_reissues: 'ids',
  reopened_decisions: 'ids',
  certificates: 'of staff and the seal',
  revocation_lists: 'serial numbers that authorities publish',
  outside_signings: 'ids of transcripts, and hashes of what is erased',
  credential_keys: 'public keys of the school',
  document_pictures: 'the school’s, and signatures of staff: documents are written with them again',
  document_styles: 'the school’s and of staff',
  inspections: 'counts of classes',
  inspection_opinions: 'of staff',
  reminders: 'of staff',
  erasures: 'what was erased and why; its texts may not name the pupil',
  journal_events: 'texts and salts of the events go by Journal.erase',
  journal_heads: 'hashes',
  journal_anchors: 'hashes',
  erased_events: 'numbers',
  ledger_logs: 'commitments only',
  ledger_keys: 'commitments only',
  ledger_outbox: 'commitments only',
  ledger_entries: 'commitments only',
  ledger_stage: 'commitments only',
};
