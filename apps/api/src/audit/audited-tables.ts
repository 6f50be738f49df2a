/** Which tables are copies of what the journal says. */
import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { Appeal } from '../corrections/appeals.entities.js';
import { Correction, ReopenedDecision, TranscriptReissue } from '../corrections/corrections.entities.js';
import { EvidenceFile } from '../corrections/evidence.entities.js';
import { PupilChange } from '../corrections/pupil-changes.entities.js';
import { ColumnDetail, EarlierMark, MarkCell, MarkGround } from '../gradebook/gradebook.entities.js';
import { AccountRecovery, AccountReview, ActivationCode } from '../identity/account.entities.js';
import { Act, Appointment, Delegation, Login, Person, Session } from '../identity/identity.entities.js';
import { Passkey } from '../identity/passkeys.entities.js';
import { Erasure } from '../privacy/privacy.entities.js';
import { ClassList, ClassRecognition, CouncilMeeting } from '../results/council.entities.js';
import { Inspection, InspectionOpinion, Reminder } from '../reports/reports.entities.js';
import { CouncilDecision, PupilResult, YearNote } from '../results/results.entities.js';
import {
  ClassSubject,
  Enrolment,
  Guardianship,
  Pupil,
  School,
  SchoolClass,
  SchoolYear,
  SubjectChange,
  TeachingAssignment,
} from '../school/school.entities.js';
import { CredentialKey } from '../transcripts/credential-keys.entities.js';
import { DocumentPicture, DocumentStyle } from '../transcripts/school-styles.entities.js';
import { OutsideSigning } from '../transcripts/outside-signing.entities.js';
import { IssuingJob, IssuingJobClass } from '../transcripts/issuing-jobs.entities.js';
import {
  Certificate,
  Transcript,
  TranscriptBatch,
  TranscriptEvent,
  TranscriptRoster,
  TranscriptSignature,
} from '../transcripts/transcripts.entities.js';
import { RevocationListRow } from '../transcripts/revocation-lists.entities.js';
import { SheetSignature } from '../transcripts/sheet-signatures.entities.js';
import { ReceivedTranscript } from '../transcripts/received-transcripts.entities.js';
import { EntryWindow, Notice, PeriodLock } from '../windows/windows.entities.js';
import type { FollowedColumns } from './expected-rows.js';

/**
 * A table whose rows are compared with the journal. An event about a row names the new values of its columns by the
 * entity's properties; what it does not name it did not change.
 */
export interface AuditedTable {
  readonly table: string;
  readonly entity: EntityTarget<ObjectLiteral>;
  /** Properties of the primary key after the school; events name them joined by "/". */
  readonly key: readonly string[];
  /** Property that names the school; `schoolId` where left out. */
  readonly school?: string;
  /** Columns of which events keep the SHA-256 only (hex; of JSON over its canonical form). */
  readonly hashed?: readonly string[];
  /** Columns that are not compared: too large (other checks look at them), or counters that prove nothing. */
  readonly unread?: readonly string[];
  /** Property that holds the number of the row's last event. */
  readonly lastEvent?: string;
  /** Rows that need no event (drafts); left out: every row needs one. */
  readonly free?: (row: ObjectLiteral) => boolean;
  /** Whether what the events say last makes the row free again (a recording withdrawn): then it changes without them. */
  readonly released?: (values: Readonly<Record<string, unknown>>) => boolean;
}

const BY_ID = ['id'] as const;

export const AUDITED_TABLES: readonly AuditedTable[] = [
  {
    table: 'marks',
    entity: MarkCell,
    key: BY_ID,
    // When it was last touched, as a draft too; when it was recorded is compared.
    unread: ['updatedAt'],
    lastEvent: 'eventSeq',
    free: (row) => row['state'] === 'draft',
    released: (values) => values['state'] === 'draft',
  },
  { table: 'column_details', entity: ColumnDetail, key: BY_ID },
  { table: 'mark_grounds', entity: MarkGround, key: BY_ID },
  { table: 'earlier_marks', entity: EarlierMark, key: BY_ID },
  { table: 'schools', entity: School, key: BY_ID, school: 'id' },
  { table: 'pupils', entity: Pupil, key: BY_ID },
  { table: 'erasures', entity: Erasure, key: BY_ID },
  { table: 'enrolments', entity: Enrolment, key: BY_ID },
  { table: 'subject_changes', entity: SubjectChange, key: BY_ID },
  { table: 'guardianships', entity: Guardianship, key: BY_ID },
  { table: 'classes', entity: SchoolClass, key: BY_ID },
  { table: 'class_subjects', entity: ClassSubject, key: ['classId', 'subjectCode'] },
  { table: 'teaching_assignments', entity: TeachingAssignment, key: BY_ID },
  {
    table: 'people',
    entity: Person,
    key: BY_ID,
    hashed: ['passwordHash', 'totpSecret', 'recoveryCodes'],
    unread: ['totpLastStep'],
  },
  { table: 'logins', entity: Login, key: ['username'] },
  { table: 'sessions', entity: Session, key: BY_ID, unread: ['csrfToken', 'lastSeenAt'] },
  { table: 'activation_codes', entity: ActivationCode, key: BY_ID, unread: ['totpSecret'] },
  { table: 'account_recoveries', entity: AccountRecovery, key: BY_ID },
  { table: 'account_reviews', entity: AccountReview, key: BY_ID },
  { table: 'appointments', entity: Appointment, key: BY_ID },
  { table: 'delegations', entity: Delegation, key: BY_ID },
  { table: 'school_years', entity: SchoolYear, key: BY_ID },
  { table: 'corrections', entity: Correction, key: BY_ID },
  { table: 'appeals', entity: Appeal, key: BY_ID },
  { table: 'pupil_changes', entity: PupilChange, key: BY_ID },
  { table: 'evidence_files', entity: EvidenceFile, key: BY_ID, unread: ['sealed'] },
  { table: 'transcript_reissues', entity: TranscriptReissue, key: BY_ID },
  { table: 'reopened_decisions', entity: ReopenedDecision, key: BY_ID, lastEvent: 'eventSeq' },
  { table: 'locks', entity: PeriodLock, key: BY_ID },
  { table: 'notices', entity: Notice, key: BY_ID },
  { table: 'windows', entity: EntryWindow, key: BY_ID },
  {
    table: 'results',
    entity: PupilResult,
    key: BY_ID,
    hashed: ['input', 'answer'],
    lastEvent: 'eventSeq',
  },
  { table: 'year_notes', entity: YearNote, key: BY_ID, lastEvent: 'eventSeq' },
  { table: 'class_lists', entity: ClassList, key: BY_ID },
  { table: 'class_recognitions', entity: ClassRecognition, key: BY_ID },
  { table: 'council_meetings', entity: CouncilMeeting, key: BY_ID },
  { table: 'council_decisions', entity: CouncilDecision, key: BY_ID, lastEvent: 'eventSeq' },
  { table: 'inspections', entity: Inspection, key: BY_ID, hashed: ['snapshot'] },
  { table: 'inspection_opinions', entity: InspectionOpinion, key: ['inspectionId', 'personId'] },
  { table: 'reminders', entity: Reminder, key: BY_ID },
  { table: 'acts', entity: Act, key: BY_ID, free: (row) => row['usedAt'] === null && row['method'] === null },
  { table: 'passkeys', entity: Passkey, key: BY_ID, unread: ['counter', 'lastUsedAt'] },
  { table: 'certificates', entity: Certificate, key: BY_ID },
  { table: 'revocation_lists', entity: RevocationListRow, key: BY_ID, hashed: ['der'] },
  { table: 'outside_signings', entity: OutsideSigning, key: BY_ID },
  { table: 'credential_keys', entity: CredentialKey, key: BY_ID },
  { table: 'document_pictures', entity: DocumentPicture, key: BY_ID, hashed: ['bytes'] },
  { table: 'document_styles', entity: DocumentStyle, key: BY_ID },
  { table: 'transcript_batches', entity: TranscriptBatch, key: BY_ID },
  { table: 'issuing_jobs', entity: IssuingJob, key: BY_ID },
  { table: 'issuing_job_classes', entity: IssuingJobClass, key: ['jobId', 'classId'] },
  { table: 'transcript_rosters', entity: TranscriptRoster, key: BY_ID },
  {
    table: 'transcripts',
    entity: Transcript,
    key: BY_ID,
    hashed: ['proof', 'timestamp'],
    unread: ['document', 'paddingSeed'],
  },
  { table: 'sheet_signatures', entity: SheetSignature, key: BY_ID, hashed: ['cms'] },
  { table: 'transcript_events', entity: TranscriptEvent, key: BY_ID },
  { table: 'received_transcripts', entity: ReceivedTranscript, key: BY_ID, unread: ['sealed'] },
  {
    table: 'transcript_signatures',
    entity: TranscriptSignature,
    key: ['transcriptId', 'position'],
    hashed: ['cms'],
  },
];

/** The table of that name. */
export function auditedTable(name: string): AuditedTable {
  const found = AUDITED_TABLES.find(({ table }) => table === name);
  if (found === undefined) throw new Error(`no table ${name} is audited`);
  return found;
}

/** Columns of a table that are read: all but the school and the large ones. */
export function readColumns(read: EntityManager, { entity, unread = [] }: AuditedTable): string[] {
  const columns = read.connection.getMetadata(entity).columns.map(({ propertyName }) => propertyName);
  return columns.filter((column) => column !== 'schoolId' && !unread.includes(column));
}

/** The columns to follow while the journal is read. */
export function followedColumns(read: EntityManager): FollowedColumns {
  return new Map(AUDITED_TABLES.map((audited) => [audited.table, new Set(readColumns(read, audited))]));
}
