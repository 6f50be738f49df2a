/** Recomputes a school's journal from its first event: numbers, commitments, links, head. */
import { MoreThanOrEqual, type EntityManager } from 'typeorm';
import { equal, fromBase64, toBase64 } from '#ledger/format/bytes.js';
import { needsAct } from './acts-check.js';
import { BASE_EVENT, SCHOOL_OPENED } from './base-events.js';
import { readEvent, type EventText, type ExpectedRows } from './expected-rows.js';
import { journalCommitment, journalGenesis, journalLink } from './journal.js';
import { JournalEvent, JournalHead } from './journal.entities.js';
import { KeptPasskeys } from './kept-passkeys.js';
import { KeptSettings } from './kept-settings.js';
import type { Finding } from './report.js';

const PAGE = 2000;

/** A step-up as the journal keeps it. */
export interface KeptAct {
  readonly id: string;
  readonly person: string;
  readonly at: string;
  readonly seq: number;
  readonly data: EventText['data'];
}

/** An event that may only happen by an act. */
export interface ActedEvent extends EventText {
  readonly seq: number;
}

export interface JournalCheck {
  readonly findings: readonly Finding[];
  /** Events that there are, up to the first missing number's place. */
  readonly count: number;
  /** Recomputed head after as many events as the key says, for each count that was asked for. */
  readonly heads: ReadonlyMap<number, Uint8Array>;
  readonly acts: ReadonlyMap<string, KeptAct>;
  readonly acted: readonly ActedEvent[];
  readonly passkeys: KeptPasskeys;
  readonly settings: KeptSettings;
}

/**
 * Recomputes the chain from the commitments and each commitment from its text.
 * @param counts after how many events the head is wanted (what the ledger anchored)
 * @param expected collects what the events say about rows
 */
export async function checkJournal(
  read: EntityManager,
  schoolId: string,
  counts: ReadonlySet<number>,
  expected: ExpectedRows,
): Promise<JournalCheck> {
  const walk = new ChainWalk(schoolId, counts, expected);
  for (let next = 0; ;) {
    const page = await read.find(JournalEvent, {
      where: { schoolId, seq: MoreThanOrEqual(next) },
      order: { seq: 'ASC' },
      take: PAGE,
    });
    for (const event of page) walk.take(event);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    next = last.seq + 1;
  }
  walk.finish(await read.findOneBy(JournalHead, { schoolId }));
  return walk;
}

class ChainWalk implements JournalCheck {
  readonly findings: Finding[] = [];
  readonly heads = new Map<number, Uint8Array>();
  readonly acts = new Map<string, KeptAct>();
  readonly acted: ActedEvent[] = [];
  readonly passkeys = new KeptPasskeys();
  readonly settings = new KeptSettings();
  count = 0;
  /** Events without text or salt, until an approval of their erasure is met. */
  private readonly erased = new Map<number, JournalEvent>();
  private readonly approved = new Set<number>();
  private opened = false;
  private head: Uint8Array;

  constructor(
    schoolId: string,
    private readonly counts: ReadonlySet<number>,
    private readonly expected: ExpectedRows,
  ) {
    this.head = journalGenesis(schoolId);
    this.keepHead();
  }

  take(row: JournalEvent): void {
    if (row.seq > this.count)
      this.report(row.seq, 'EVENT_MISSING', missing(this.count, row.seq - 1), this.count);
    this.count = row.seq;
    const link = chainLink(this.head, row.seq, row.commitment);
    if (link === undefined || !equal(link, stored(row.hash))) {
      this.report(row.seq, 'CHAIN_BROKEN', 'mắt xích này không nối tiếp sự kiện trước nó');
    }
    // The chain goes on from what is stored, so that one broken link is one finding and not all that follow.
    this.head = stored(row.hash);
    this.count++;
    this.keepHead();
    this.checkText(row);
  }

  finish(head: JournalHead | null): void {
    this.judgeErased();
    if (head === null) {
      if (this.count > 0) this.report(0, 'HEAD_WRONG', 'sổ có sự kiện nhưng không có dòng đầu sổ');
      return;
    }
    if (head.count > this.count) {
      this.report(head.count - 1, 'EVENT_MISSING', missing(this.count, head.count - 1), this.count);
    }
    if (head.count !== this.count || head.hash !== toBase64(this.head)) {
      this.findings.push({
        code: 'HEAD_WRONG',
        table: 'journal_heads',
        id: head.schoolId,
        detail: `đầu sổ ghi ${String(head.count)} sự kiện, mã ${head.hash}; tính lại được ${String(this.count)}, mã ${toBase64(this.head)}`,
      });
    }
  }

  private checkText(row: JournalEvent): void {
    if (row.payload === null || row.salt === null) {
      this.erased.set(row.seq, row);
      return;
    }
    if (!isCommitted(row.salt, row.payload, row.commitment)) {
      this.report(row.seq, 'EVENT_CHANGED', `nội dung sự kiện ${row.type} không khớp cam kết đã ghi`);
      return;
    }
    const event = readEvent(row.payload);
    if (event === undefined) {
      this.report(row.seq, 'EVENT_CHANGED', 'nội dung sự kiện không đọc được');
      return;
    }
    if (event.type !== row.type || event.subject !== row.subject || event.subjectId !== row.subjectId) {
      this.report(
        row.seq,
        'EVENT_COLUMNS',
        `cột ghi ${row.type} ${row.subject}, nội dung ghi ${event.type} ${event.subject}`,
      );
    }
    this.expected.add(row.seq, event);
    this.passkeys.add(row.seq, event);
    this.settings.add(row.seq, event);
    if (needsAct(event.type)) this.acted.push({ ...event, seq: row.seq });
    if (event.type === BASE_EVENT && this.opened) {
      this.report(row.seq, 'EVENT_OUT_OF_PLACE', 'trường đã mở, không còn dòng nào được ghi là có từ đầu');
    }
    if (event.type === SCHOOL_OPENED) this.opened = true;
    if (event.type === 'erasure.approved') this.approve(row.seq, event.data['events']);
    if (event.type === 'act.used') {
      const { subjectId: id, actor: person, at, data } = event;
      this.acts.set(id, { id, person, at, seq: row.seq, data });
    }
  }

  /** An approval covers the events before it that it lists. */
  private approve(at: number, events: EventText['data'][string] | undefined): void {
    for (const seq of Array.isArray(events) ? (events as readonly unknown[]) : []) {
      if (typeof seq === 'number' && seq < at) this.approved.add(seq);
    }
  }

  private judgeErased(): void {
    for (const [seq, row] of this.erased) {
      if (this.approved.has(seq) && row.payload === null && row.salt === null) this.expected.erase(seq, row);
      else
        this.report(seq, 'EVENT_ERASED', 'nội dung hoặc muối của sự kiện đã mất mà không có quyết định xóa');
    }
  }

  private keepHead(): void {
    if (this.counts.has(this.count)) this.heads.set(this.count, this.head);
  }

  private report(seq: number, code: Finding['code'], detail: string, id = seq): void {
    this.findings.push({ code, table: 'journal_events', id: String(id), detail });
  }
}

function missing(from: number, to: number): string {
  return from === to ? `sự kiện ${String(from)} đã mất` : `các sự kiện ${String(from)}–${String(to)} đã mất`;
}

/** Whether a commitment is that of this text under this salt. */
export function isCommitted(salt: Uint8Array, payload: string, commitment: string): boolean {
  return toBase64(journalCommitment(salt, payload)) === commitment;
}

/** The chain's next hash; undefined for a commitment that cannot be read. */
function chainLink(previous: Uint8Array, seq: number, commitment: string): Uint8Array | undefined {
  try {
    return journalLink(previous, seq, fromBase64(commitment));
  } catch {
    return undefined;
  }
}

/** A stored hash; of text that is none, nothing, which is nobody's hash. */
function stored(base64: string): Uint8Array {
  try {
    return fromBase64(base64);
  } catch {
    return new Uint8Array();
  }
}
