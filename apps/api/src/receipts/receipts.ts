/**
 * Gives people receipts of their own events: what they recorded, what they asked to correct, and what was corrected of
 * theirs. With it a teacher can show later, without the school, that the event was in the journal.
 */
import { Injectable } from '@nestjs/common';
import { Between } from 'typeorm';
import type { ReceiptItem, ReceiptsQuery } from '#contracts/receipts.js';
import { toBase64 } from '#ledger/format/bytes.js';
import {
  checkEvent,
  checkReceipt,
  RECEIPT_FORMAT,
  ReceiptError,
  type EventReceipt,
  type ReceiptAnchor,
} from '../audit/event-receipt.js';
import { readEvent, type EventText } from '../audit/expected-rows.js';
import { JournalAnchor, JournalEvent } from '../audit/journal.entities.js';
import { journalGenesis } from '../audit/journal.js';
import { Correction } from '../corrections/corrections.entities.js';
import { Database } from '../database/database.js';
import { MarkCell } from '../gradebook/gradebook.entities.js';
import { notFound, Problem } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { LedgerEntryRow, LedgerLog } from '../ledger-host/ledger.entities.js';
import { logKeysOf } from '../ledger-host/ledger-keys.js';
import { LedgerProofs } from '../ledger-host/ledger-proofs.js';
import { Classes } from '../school/classes.js';
import { School } from '../school/school.entities.js';

/** What receipts are given of, by the subject of the event. */
const RECEIPTED = { marks: MarkCell, corrections: Correction } as const;
const SUBJECTS = Object.keys(RECEIPTED) as readonly (keyof typeof RECEIPTED)[];

@Injectable()
export class Receipts {
  constructor(
    private readonly database: Database,
    private readonly authorizer: Authorizer,
    private readonly classes: Classes,
    private readonly proofs: LedgerProofs,
  ) {}

  /** Own events of a class, sheet or period, newest first. @throws Problem NOT_FOUND for another school's class */
  async list(session: SessionContext, query: ReceiptsQuery): Promise<ReceiptItem[]> {
    await this.authorizer.authorize(session, 'journal.receipt', {});
    const { schoolId, personId } = session;
    await this.classes.load(schoolId, query.classId);
    const anchored = await this.anchoredCount(schoolId);
    const found = await Promise.all(SUBJECTS.map((subject) => this.eventsOf(schoolId, subject, query)));
    return found
      .flat()
      .filter(({ event }) => isOwn(event, personId))
      .sort((a, b) => b.seq - a.seq)
      .map(({ seq, event, row }) => ({
        ...{ seq, type: event.type, at: event.at, area: row.area, period: row.period },
        ...{ column: row.columnCode, pupilId: row.pupilId, value: valueIn(event), anchored: seq < anchored },
      }));
  }

  /**
   * One receipt, checked before it is given out.
   * @throws Problem NOT_FOUND (none, not one's own, or erased); JOURNAL_BROKEN when journal and ledger disagree
   */
  async of(session: SessionContext, seq: number): Promise<EventReceipt> {
    await this.authorizer.authorize(session, 'journal.receipt', {});
    const { schoolId, personId } = session;
    const row = await this.database.read.findOneBy(JournalEvent, { schoolId, seq });
    const event = readEvent(row?.payload ?? null);
    const isTheirs = event !== undefined && isReceipted(event) && isOwn(event, personId);
    if (row === null || row.payload === null || row.salt === null || !isTheirs) throw notFound('biên nhận');
    const { origin } = await this.database.read.findOneByOrFail(School, { id: schoolId });
    const { payload, commitment } = row;
    const told = { seq, payload, salt: toBase64(row.salt), commitment };
    const receipt = {
      format: RECEIPT_FORMAT,
      origin,
      event: told,
      anchor: await this.anchor(schoolId, seq),
    } as const;
    await this.refuseBroken(schoolId, receipt);
    return receipt;
  }

  /** The way from the event to the first anchor after it; null until that is public. */
  private async anchor(schoolId: string, seq: number): Promise<ReceiptAnchor | null> {
    const anchor = await this.database.read
      .createQueryBuilder(JournalAnchor, 'anchor')
      .where('anchor.schoolId = :schoolId AND anchor.count > :seq', { schoolId, seq })
      .orderBy('anchor.count', 'ASC')
      .limit(1)
      .getOne();
    if (anchor === null) return null;
    const proven = (await this.proofs.of(schoolId, [anchor.entryId])).get(anchor.entryId);
    if (proven === undefined) return null;
    const near = await this.database.read.find(JournalEvent, {
      select: { seq: true, commitment: true, hash: true },
      where: { schoolId, seq: Between(seq - 1, anchor.count - 1) },
      order: { seq: 'ASC' },
    });
    return {
      before: near.find((event) => event.seq === seq - 1)?.hash ?? toBase64(journalGenesis(schoolId)),
      after: near.filter((event) => event.seq > seq).map(({ commitment }) => commitment),
      entry: toBase64(proven.entry),
      proof: new TextDecoder().decode(proven.proof),
    };
  }

  /** A receipt that would not hold is worse than none: whoever asked has found that something was changed. */
  private async refuseBroken(schoolId: string, receipt: EventReceipt): Promise<void> {
    const keys = (await logKeysOf(this.database.read, schoolId)).map(({ key }) => ({ key }));
    const policy = { logs: keys, witnesses: [], groups: [], quorum: null };
    try {
      if (receipt.anchor === null) checkEvent(receipt);
      else checkReceipt(receipt, () => policy);
    } catch (error) {
      if (!(error instanceof ReceiptError)) throw error;
      throw new Problem(
        'JOURNAL_BROKEN',
        `Không cấp được biên nhận cho sự kiện ${String(receipt.event.seq)}: nhật kí không khớp với Sổ Cái. Hãy báo Ban Giám hiệu cho chạy đối chiếu (socai audit).`,
      );
    }
  }

  /** How many events the newest public anchor covers. */
  private async anchoredCount(schoolId: string): Promise<number> {
    const log = await this.database.read.findOneBy(LedgerLog, { schoolId });
    const newest = await this.database.read
      .createQueryBuilder(JournalAnchor, 'anchor')
      .innerJoin(
        LedgerEntryRow,
        'entry',
        'entry.schoolId = anchor.schoolId AND entry.entryId = anchor.entryId',
      )
      .select('MAX(anchor.count)', 'count')
      .where('anchor.schoolId = :schoolId AND entry.seq < :size', { schoolId, size: log?.publishedSize ?? 0 })
      .getRawOne<{ count: number | null }>();
    return newest?.count ?? 0;
  }

  /** Events about the cells, or corrections of cells, of a class. */
  private async eventsOf(schoolId: string, subject: keyof typeof RECEIPTED, query: ReceiptsQuery) {
    const { classId, area, period } = query;
    const where = { schoolId, classId, ...(area ? { area } : {}), ...(period ? { period } : {}) };
    const rows = await this.database.read.findBy<MarkCell | Correction>(RECEIPTED[subject], where);
    const byId = new Map(rows.map((row) => [row.id, row]));
    const events: JournalEvent[] = [];
    const ids = [...byId.keys()];
    for (let i = 0; i < ids.length; i += IDS_AT_ONCE) {
      const part = ids.slice(i, i + IDS_AT_ONCE);
      events.push(
        ...(await this.database.read
          .createQueryBuilder(JournalEvent, 'event')
          .where('event.schoolId = :schoolId AND event.subject = :subject', { schoolId, subject })
          .andWhere('event.subjectId IN (:...part)', { part })
          .getMany()),
      );
    }
    return events.flatMap(({ seq, subjectId, payload }) => {
      const event = readEvent(payload);
      const row = byId.get(subjectId);
      return event === undefined || row === undefined ? [] : [{ seq, event, row }];
    });
  }
}

/** Ids in one statement, well under SQLite's limit of variables. */
const IDS_AT_ONCE = 5000;

function isReceipted({ subject }: EventText): boolean {
  return (SUBJECTS as readonly string[]).includes(subject);
}

/** Whether the person did it, asked for it, or stands behind the value that was corrected. */
function isOwn({ actor, data }: EventText, personId: string): boolean {
  return [actor, data['teacherId'], data['requestedBy']].includes(personId);
}

function valueIn({ data }: EventText): string | null {
  const value = data['value'] ?? data['newValue'];
  return typeof value === 'string' ? value : null;
}
