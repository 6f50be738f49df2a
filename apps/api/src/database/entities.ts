/** Every entity of the application, for the data sources. */
import { ErasedEvent, JournalAnchor, JournalEvent, JournalHead } from '../audit/journal.entities.js';
import { Appeal } from '../corrections/appeals.entities.js';
import { Correction, ReopenedDecision, TranscriptReissue } from '../corrections/corrections.entities.js';
import { EvidenceFile } from '../corrections/evidence.entities.js';
import { PupilChange } from '../corrections/pupil-changes.entities.js';
import {
  ColumnDetail,
  EarlierMark,
  MarkCell,
  MarkGround,
  ScratchColumn,
  ScratchMark,
  SheetRead,
} from '../gradebook/gradebook.entities.js';
import {
  AccountRecovery,
  AccountReview,
  AccountThrottle,
  ActivationCode,
  AddressAccount,
  PendingSignIn,
} from '../identity/account.entities.js';
import { Act, Appointment, Delegation, Login, Person, Session } from '../identity/identity.entities.js';
import { Passkey, PasskeyChallenge } from '../identity/passkeys.entities.js';
import {
  LedgerEntryRow,
  LedgerKey,
  LedgerLog,
  LedgerOutboxRow,
  LedgerStageRow,
} from '../ledger-host/ledger.entities.js';
import { ClassList, ClassRecognition, CouncilMeeting } from '../results/council.entities.js';
import { Erasure } from '../privacy/privacy.entities.js';
import { Inspection, InspectionOpinion, Reminder } from '../reports/reports.entities.js';
import { CouncilDecision, PupilResult, YearNote } from '../results/results.entities.js';
import {
  ClassAccessRow,
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
  TranscriptLineage,
  TranscriptRoster,
  TranscriptSignature,
} from '../transcripts/transcripts.entities.js';
import { RevocationListRow } from '../transcripts/revocation-lists.entities.js';
import { SheetSalt, SheetSignature } from '../transcripts/sheet-signatures.entities.js';
import { ReceivedTranscript } from '../transcripts/received-transcripts.entities.js';
import { EntryWindow, Notice, PeriodLock } from '../windows/windows.entities.js';

export const ENTITIES = [
  ClassAccessRow,
  School,
  SchoolYear,
  SubjectChange,
  SchoolClass,
  ClassSubject,
  TeachingAssignment,
  Pupil,
  Enrolment,
  Guardianship,
  Person,
  Login,
  Session,
  Appointment,
  Delegation,
  ActivationCode,
  PendingSignIn,
  AccountRecovery,
  AccountReview,
  AccountThrottle,
  AddressAccount,
  Act,
  Passkey,
  PasskeyChallenge,
  Notice,
  EntryWindow,
  PeriodLock,
  MarkCell,
  ColumnDetail,
  MarkGround,
  EarlierMark,
  SheetRead,
  ScratchColumn,
  ScratchMark,
  Correction,
  Appeal,
  PupilChange,
  EvidenceFile,
  TranscriptReissue,
  ReopenedDecision,
  PupilResult,
  YearNote,
  ClassList,
  ClassRecognition,
  CouncilMeeting,
  CouncilDecision,
  Inspection,
  InspectionOpinion,
  Reminder,
  IssuingJob,
  IssuingJobClass,
  TranscriptBatch,
  ReceivedTranscript,
  RevocationListRow,
  SheetSalt,
  SheetSignature,
  TranscriptEvent,
  TranscriptLineage,
  TranscriptRoster,
  Transcript,
  TranscriptSignature,
  OutsideSigning,
  Certificate,
  CredentialKey,
  DocumentPicture,
  DocumentStyle,
  JournalEvent,
  JournalHead,
  JournalAnchor,
  ErasedEvent,
  Erasure,
  LedgerLog,
  LedgerOutboxRow,
  LedgerEntryRow,
  LedgerKey,
  LedgerStageRow,
];
