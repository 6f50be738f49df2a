/** Which tables are copies of what the journal says, and which of their columns the events carry. */
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { Correction } from '../corrections/corrections.entities.js';
import { MarkCell } from '../gradebook/gradebook.entities.js';
import { Act } from '../identity/identity.entities.js';
import { CouncilDecision, PupilResult } from '../results/results.entities.js';
import {
  Certificate,
  Transcript,
  TranscriptBatch,
  TranscriptSignature,
} from '../transcripts/transcripts.entities.js';
import { EntryWindow, Notice, PeriodLock } from '../windows/windows.entities.js';
import type { FollowedColumns } from './expected-rows.js';

/** A table whose rows are compared with the journal. */
export interface AuditedTable {
  readonly table: string;
  readonly entity: EntityTarget<ObjectLiteral>;
  /** Entity properties that events set under the same name. */
  readonly columns: readonly string[];
  /** Properties of the primary key after the school; events name them joined by "/". */
  readonly key: readonly string[];
  /** Values that every row known to the journal has, whatever its events say. */
  readonly always?: Readonly<Record<string, string>>;
  /** Property that holds the number of the row's last event. */
  readonly lastEvent?: string;
  /** Rows that need no event (drafts); left out: every row needs one. */
  readonly free?: (row: ObjectLiteral) => boolean;
}

const BY_ID = ['id'] as const;

export const AUDITED_TABLES: readonly AuditedTable[] = [
  {
    table: 'marks',
    entity: MarkCell,
    columns: ['classId', 'area', 'period', 'columnCode', 'pupilId', 'value', 'version', 'teacherId'],
    key: BY_ID,
    always: { state: 'recorded' },
    lastEvent: 'eventSeq',
    free: (row) => row['state'] === 'draft',
  },
  {
    table: 'corrections',
    entity: Correction,
    columns: [
      ...[
        'classId',
        'area',
        'period',
        'columnCode',
        'pupilId',
        'markId',
        'oldValue',
        'newValue',
        'markVersion',
      ],
      ...['reason', 'state', 'teacherOfRecord', 'requestedBy', 'confirmedBy', 'decidedBy', 'decisionReason'],
      ...['confirmationSkipped', 'actId'],
    ],
    key: BY_ID,
  },
  {
    table: 'locks',
    entity: PeriodLock,
    columns: ['classId', 'area', 'period', 'lockedBy', 'gapsReason', 'actId', 'liftedBy', 'liftReason'],
    key: BY_ID,
  },
  { table: 'notices', entity: Notice, columns: ['number', 'issuedOn', 'title', 'announcedBy'], key: BY_ID },
  {
    table: 'windows',
    entity: EntryWindow,
    columns: [
      ...['noticeId', 'yearId', 'period', 'scope', 'opensAt', 'closesAt', 'opening'],
      ...['openedAt', 'openedBy', 'closedAt', 'closedBy'],
    ],
    key: BY_ID,
  },
  {
    table: 'results',
    entity: PupilResult,
    columns: ['classId', 'pupilId', 'yearId', 'ruleSet', 'ruleSetHash', 'input', 'answer', 'computedBy'],
    key: BY_ID,
    lastEvent: 'eventSeq',
  },
  {
    table: 'council_decisions',
    entity: CouncilDecision,
    columns: ['yearId', 'classId', 'number', 'decidedOn', 'enteredBy'],
    key: BY_ID,
  },
  {
    table: 'acts',
    entity: Act,
    columns: ['action', 'change', 'changeHash', 'nonce', 'method'],
    key: BY_ID,
    free: (row) => row['usedAt'] === null && row['method'] === null,
  },
  {
    table: 'transcript_batches',
    entity: TranscriptBatch,
    columns: ['classId', 'decisionId', 'composedBy', 'route'],
    key: BY_ID,
  },
  {
    table: 'transcripts',
    entity: Transcript,
    columns: [
      'batchId',
      'classId',
      'pupilId',
      'yearId',
      'event',
      'state',
      'documentHash',
      'entryId',
      'pdfHash',
    ],
    key: BY_ID,
  },
  {
    table: 'transcript_signatures',
    entity: TranscriptSignature,
    columns: ['role', 'personId', 'certificateId', 'signedAt', 'actId', 'cms'],
    key: ['transcriptId', 'position'],
  },
  {
    table: 'certificates',
    entity: Certificate,
    columns: ['personId', 'role', 'der', 'salt', 'entryId', 'retiredAt'],
    key: BY_ID,
  },
];

/** The columns to follow while the journal is read. */
export const FOLLOWED_COLUMNS: FollowedColumns = new Map(
  AUDITED_TABLES.map(({ table, columns }) => [table, new Set(columns)]),
);
