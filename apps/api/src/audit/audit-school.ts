/**
 * Audits one school: recomputes its journal, compares every row that copies it, its approvals, its transcripts and its
 * ledger, and says what whoever holds the machine could still have changed. Reads only; trusts no stored result.
 */
import { QueryFailedError, type EntityManager } from 'typeorm';
import { toBase64 } from '#ledger/format/bytes.js';
import { checkEvidence } from '../corrections/evidence-audit.js';
import { LedgerLog } from '../ledger-host/ledger.entities.js';
import { checkDecisions } from '../results/decision-audit.js';
import type { School } from '../school/school.entities.js';
import { checkRosters } from '../transcripts/roster-audit.js';
import { checkSheetSignatures } from '../transcripts/sheet-signatures-audit.js';
import { checkTranscripts } from '../transcripts/transcript-audit.js';
import { checkTranscriptEvents } from '../transcripts/transcript-events-audit.js';
import { checkActs } from './acts-check.js';
import { checkAssertions } from './assertions-check.js';
import { AUDITED_TABLES, followedColumns } from './audited-tables.js';
import { ExpectedRows } from './expected-rows.js';
import { checkJournal, type JournalCheck } from './journal-check.js';
import {
  checkLedger,
  type Anchor,
  type LedgerCheck,
  type LedgerView,
  type OutsideEvidence,
} from './ledger-check.js';
import { checkReceipts } from './receipts-check.js';
import type { AuditReport, Finding } from './report.js';
import { checkRows } from './rows-check.js';

export interface SchoolAudit {
  readonly school: School;
  /** The school's published log; undefined where its folder is not at hand. */
  readonly ledger: LedgerView | undefined;
  /** The trust bundle that its transcripts are checked against. */
  readonly trust: Uint8Array | undefined;
  readonly outside: OutsideEvidence;
  readonly now: Date;
}

/** @param read a snapshot: nothing of it may change while the audit runs */
export async function auditSchool(read: EntityManager, audit: SchoolAudit): Promise<AuditReport> {
  const { school, outside } = audit;
  const ledger = await ledgerOf(read, audit);
  const expected = new ExpectedRows(followedColumns(read));
  const counts = new Set(ledger.anchors.map(({ count }) => count));
  const journal = await checkJournal(read, school.id, counts, expected);
  const rows: Finding[] = [];
  for (const audited of AUDITED_TABLES) {
    rows.push(...(await checkRows(read, school.id, audited, expected.of(audited.table))));
  }
  const acts = checkActs(journal);
  const findings = [
    ...journal.findings,
    ...checkAnchors(ledger.anchors, journal),
    ...rows,
    ...acts.findings,
    ...(await readable('acts', () => checkAssertions(journal))),
    ...(await readable('council_decisions', () => checkDecisions(read, school.id))),
    ...(await readable('evidence_files', () => checkEvidence(read, school.id))),
    ...(await readable('transcripts', () => checkTranscripts(read, audit))),
    ...(await readable('sheet_signatures', () => checkSheetSignatures(read, school))),
    ...(await readable('transcript_events', () => checkTranscriptEvents(read, school.id))),
    ...(await readable('transcript_rosters', () => checkRosters(read, school.id))),
    ...ledger.findings,
    ...(await checkReceipts(read, school.id, outside.receipts ?? [], audit.ledger, outside.policy)),
  ];
  return {
    ok: findings.length === 0,
    anchored: ledger.external ? 'external' : 'NOT_EXTERNALLY_ANCHORED',
    tail: journal.count - anchoredCount(ledger, journal),
    weak: acts.weak,
    findings,
  };
}

/** What an attacker wrote may be such that a check cannot go on with it: a finding, and no reason to stop the audit. */
async function readable(
  table: string,
  check: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof QueryFailedError) throw error;
    const detail = `không kiểm tra tiếp được: ${error instanceof Error ? error.message : String(error)}`;
    return [{ code: 'UNREADABLE', table, id: '*', detail }];
  }
}

async function ledgerOf(read: EntityManager, { school, ledger, outside }: SchoolAudit): Promise<LedgerCheck> {
  const nothing = { anchors: [], witnessedSize: 0, external: false };
  const log = await read.findOneBy(LedgerLog, { schoolId: school.id });
  if (log === null || (log.publishedSize === 0 && ledger?.checkpoint === undefined)) {
    return { ...nothing, findings: [] };
  }
  if (ledger !== undefined) return checkLedger(read, log, ledger, outside);
  const detail = `không thấy cây Sổ Cái đã công bố của ${school.slug}; hãy chỉ thư mục dữ liệu bằng --data`;
  return { ...nothing, findings: [{ code: 'LEDGER_BROKEN', table: 'ledger', id: school.slug, detail }] };
}

/** Each anchor must be the head that the journal has after as many events. The first that is not names the range. */
function checkAnchors(anchors: readonly Anchor[], journal: JournalCheck): Finding[] {
  let held = 0;
  for (const { index, count, head } of anchors) {
    if (count > journal.count) {
      const detail = `mục ${String(index)} của Sổ Cái neo ${String(count)} sự kiện, nhật kí chỉ còn ${String(journal.count)}`;
      return [{ code: 'ANCHOR_AHEAD', table: 'journal_events', id: String(journal.count), detail }];
    }
    const own = journal.heads.get(count);
    if (own === undefined || toBase64(own) !== head) {
      const detail = `các sự kiện ${String(held)}–${String(count - 1)} không phải những gì mục ${String(index)} của Sổ Cái đã neo: nhật kí bị viết lại`;
      return [{ code: 'ANCHOR_MISMATCH', table: 'journal_events', id: String(held), detail }];
    }
    held = count;
  }
  return [];
}

/** Events up to the last anchor that witnesses have seen and that holds. */
function anchoredCount({ anchors, witnessedSize }: LedgerCheck, journal: JournalCheck): number {
  const held = anchors.filter(({ index, count, head }) => {
    const own = journal.heads.get(count);
    return index < witnessedSize && own !== undefined && toBase64(own) === head;
  });
  return Math.max(0, ...held.map(({ count }) => count));
}
