/** Locks sheets (khóa sổ) after showing what is missing, and reopens them with a reason; many sheets in one act. */
import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { LockParams, ReopenParams, type LockAnswer } from '#contracts/locks.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { MissingCells } from '../gradebook/missing-cells.js';
import { notFound, Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { Acts, type ActAnswer, type Change } from '../identity/acts.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import type { Reach } from '../school/charges.js';
import { sheetOf, type ClassInfo, type ClassSheet } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { Relations } from '../school/relations.js';
import { liftSheetSignatures } from '../transcripts/sheet-lifts.js';
import { SheetSalt } from '../transcripts/sheet-signatures.entities.js';
import { sheetKey } from './gates.js';
import { LockReader } from './lock-reader.js';
import { PeriodLock } from './windows.entities.js';

/** A sheet asked for, with its class. */
interface ChosenSheet {
  readonly info: ClassInfo;
  readonly sheet: ClassSheet;
}

/** The change of a lock, and what it means for each sheet. */
interface LockPlan {
  readonly change: Change;
  readonly rule: string;
  readonly sheets: readonly (ChosenSheet & { readonly missing: number })[];
}

@Injectable()
export class PeriodLocks implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly acts: Acts,
    private readonly relations: Relations,
    private readonly classes: Classes,
    private readonly gaps: MissingCells,
    private readonly reader: LockReader,
    private readonly journal: Journal,
  ) {}

  onModuleInit(): void {
    this.acts.register('period.lock', async (session, params) => {
      return (await this.planLock(session, validated(LockParams, params))).change;
    });
    this.acts.register('period.reopen', async (session, params) => {
      return (await this.planReopening(session, validated(ReopenParams, params))).change;
    });
  }

  /**
   * Locks the sheets, all or none.
   * @throws Problem FORBIDDEN when cells are missing and no reason is given; STATE_CONFLICT when one is locked already
   */
  async lock(session: SessionContext, params: LockParams, act: ActAnswer): Promise<LockAnswer[]> {
    const { schoolId } = session;
    return this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, classIdsOf(params));
      const plan = await this.planLock(session, params);
      await this.acts.use(tx, session, act, 'period.lock', plan.change);
      const lockedAt = this.clock.timestamp();
      const rows = plan.sheets.map(({ info, sheet, missing }) => ({
        schoolId,
        id: randomUUID(),
        classId: info.id,
        area: sheet.area.area,
        period: sheet.period,
        lockedBy: session.personId,
        lockedAt,
        gapsReason: missing > 0 ? (params.gapsReason ?? null) : null,
        actId: act.id,
        liftedAt: null,
        liftedBy: null,
        liftReason: null,
      }));
      await tx.insert(PeriodLock, rows);
      await tx.insert(SheetSalt, rows.map(saltOf));
      const by = {
        actor: session.personId,
        session: session.sessionId,
        act: act.id,
        rule: plan.rule,
        at: lockedAt,
      };
      const events = rows.map((row, i): NewEvent => {
        const missing = plan.sheets[i]?.missing ?? 0;
        const data = { ...rowData(row), missing };
        return { ...by, type: 'lock.made', subject: 'locks', subjectId: row.id, data };
      });
      await this.journal.appendAll(tx, schoolId, events);
      return this.reader.answers(schoolId, rows);
    });
  }

  /** Lifts the locks in force of the sheets, all or none. @throws Problem STATE_CONFLICT when one is not locked */
  async reopen(session: SessionContext, params: ReopenParams, act: ActAnswer): Promise<LockAnswer[]> {
    const { schoolId } = session;
    return this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, classIdsOf(params));
      const { change, rule } = await this.planReopening(session, params);
      await this.acts.use(tx, session, act, 'period.reopen', change);
      const lifted = {
        liftedAt: this.clock.timestamp(),
        liftedBy: session.personId,
        liftReason: params.reason,
      };
      const wanted = new Set(params.sheets.map(sheetKey));
      const where = { schoolId, classId: In(classIdsOf(params)), liftedAt: IsNull() };
      const inForce = await tx.find(PeriodLock, { where, ...rowLock(tx) });
      const rows = inForce.filter((row) => wanted.has(sheetKey(row)));
      await tx.update(PeriodLock, { schoolId, id: In(rows.map((row) => row.id)) }, lifted);
      const by = {
        actor: session.personId,
        session: session.sessionId,
        act: act.id,
        rule,
        at: lifted.liftedAt,
      };
      const events = rows.map((row): NewEvent => {
        const { id: subjectId, classId, area, period } = row;
        return {
          ...by,
          type: 'lock.lifted',
          subject: 'locks',
          subjectId,
          data: { ...lifted, classId, area, period },
        };
      });
      await this.journal.appendAll(tx, schoolId, events);
      await liftSheetSignatures(tx, this.journal, schoolId, rows, 'reopened', { ...by, act: act.id });
      return this.reader.answers(
        schoolId,
        rows.map((row) => ({ ...row, ...lifted })),
      );
    });
  }

  /** What locking these sheets now would mean; asked when the act is stated and again when it is used. */
  private async planLock(session: SessionContext, params: LockParams): Promise<LockPlan> {
    const chosen = await this.chosen(session.schoolId, params);
    const gaps = await this.gaps.ofClasses([...new Map(chosen.map(({ info }) => [info.id, info])).values()]);
    const sheets = chosen.map(({ info, sheet }) => ({
      info,
      sheet,
      missing: gaps.get(info.id)?.of(sheet).length ?? 0,
    }));
    const relation = {
      ...(await this.relations.ofReach(session, params.sheets.map(reachOf))),
      gaps: sheets.some(({ missing }) => missing > 0),
      reasonGiven: params.gapsReason !== undefined,
    };
    const rule = await this.authorizer.authorize(session, 'period.lock', relation);
    const locked = await this.reader.inForce(session.schoolId, classIdsOf(params));
    const already = params.sheets.filter((sheet) => locked.has(sheetKey(sheet)));
    refuse(already, chosen, 'Có sổ đã khóa từ trước.');
    const change = {
      action: 'period.lock',
      gapsReason: params.gapsReason ?? null,
      sheets: sheets.map(({ info, sheet, missing }) => ({ ...named(info, sheet), missing })),
    };
    return { change, rule, sheets };
  }

  private async planReopening(
    session: SessionContext,
    params: ReopenParams,
  ): Promise<{ change: Change; rule: string }> {
    const chosen = await this.chosen(session.schoolId, params);
    const relation = {
      ...(await this.relations.ofReach(session, params.sheets.map(reachOf))),
      reasonGiven: params.reason !== '',
    };
    const rule = await this.authorizer.authorize(session, 'period.reopen', relation);
    const locked = await this.reader.inForce(session.schoolId, classIdsOf(params));
    const open = params.sheets.filter((sheet) => !locked.has(sheetKey(sheet)));
    refuse(open, chosen, 'Có sổ hiện không khóa.');
    const change = {
      action: 'period.reopen',
      reason: params.reason,
      sheets: chosen.map(({ info, sheet }) => named(info, sheet)),
    };
    return { change, rule };
  }

  private async chosen(schoolId: string, params: Pick<LockParams, 'sheets'>): Promise<ChosenSheet[]> {
    const infos = await this.classes.loadMany(schoolId, classIdsOf(params));
    return params.sheets.map(({ classId, area, period }) => {
      const info = infos.find((candidate) => candidate.id === classId);
      const sheet = info === undefined ? null : sheetOf(info, area, period);
      if (info === undefined || sheet === null) throw notFound('sổ');
      return { info, sheet };
    });
  }
}

function classIdsOf({ sheets }: Pick<LockParams, 'sheets'>): string[] {
  return [...new Set(sheets.map((sheet) => sheet.classId))];
}

function reachOf({ classId, area }: { classId: string; area: string }): Reach {
  return { classIds: [classId], areas: [area] };
}

/** What the sheet's teachers sign under this lock is salted with. */
function saltOf({
  schoolId,
  id: lockId,
  classId,
}: Pick<PeriodLock, 'schoolId' | 'id' | 'classId'>): SheetSalt {
  return { schoolId, lockId, classId, salt: new Uint8Array(randomBytes(32)) };
}

/** A sheet as the person confirming reads it. */
function named(info: ClassInfo, { area, period }: ClassSheet) {
  return { classId: info.id, className: info.name, area: area.area, areaLabel: area.label, period };
}

function refuse(
  wrong: readonly { classId: string; area: string; period: string }[],
  chosen: readonly ChosenSheet[],
  detail: string,
): void {
  if (wrong.length === 0) return;
  const items = wrong.map((ref) => {
    const found = chosen.find(
      ({ info, sheet }) =>
        sheetKey(ref) === sheetKey({ classId: info.id, area: sheet.area.area, period: sheet.period }),
    );
    const message = `${found?.info.name ?? ''}, ${found?.sheet.area.label ?? ref.area}, ${ref.period}`;
    return { where: sheetKey(ref), code: 'STATE_CONFLICT', message };
  });
  throw new Problem('STATE_CONFLICT', detail, items);
}
