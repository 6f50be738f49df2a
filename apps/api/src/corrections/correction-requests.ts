/** Asks for corrections (đề nghị sửa): one cause, one or many cells of a sheet, also cells missing after a lock. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { switchesOf } from '#policy/switches.js';
import type { CorrectionAnswer, CorrectionRequest } from '#contracts/corrections.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { statementsOf } from '../database/row-lock.js';
import { cellKey } from '../gradebook/mark-store.js';
import { SheetStates, theSheet, type LoadedSheet } from '../gradebook/sheet-states.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess, type Asker } from '../school/class-access.js';
import { HOMEROOM } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import {
  askedCell,
  isAsked,
  recordedBy,
  refuseCells,
  type AskedCell,
  type RefusedCell,
} from './asked-cells.js';
import type { Appeal } from './appeals.entities.js';
import { CorrectionExpiry } from './correction-expiry.js';
import { CorrectionReader } from './correction-reader.js';
import { confirmationOf, expiryOf, OPEN_STATES } from './correction-rules.js';
import { Correction } from './corrections.entities.js';
import { TeachersOfClass } from './teachers-of-class.js';

/** The appeal that a correction comes of. */
export type AppealOfCorrection = Pick<Appeal, 'id' | 'askedBy'>;

@Injectable()
export class CorrectionRequests {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly sheets: SheetStates,
    private readonly teachers: TeachersOfClass,
    private readonly expiry: CorrectionExpiry,
    private readonly reader: CorrectionReader,
    private readonly journal: Journal,
  ) {}

  /**
   * Makes one correction a cell, all or none.
   * @throws Problem NOT_FOUND, FORBIDDEN, CELL_INVALID, STALE_VERSION, ALREADY_EXISTS (asked for already),
   *   STATE_CONFLICT (a draft is changed directly)
   */
  async request(
    session: SessionContext,
    request: CorrectionRequest,
    appeal?: AppealOfCorrection,
  ): Promise<CorrectionAnswer[]> {
    const { schoolId } = session;
    const info = await this.classes.load(schoolId, request.classId);
    const asker = await this.access.asker(session);
    const { area } = theSheet(info, request.area, request.period);
    const ids = await this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, [info.id], 'allowed');
      const sheet = { classId: info.id, area: area.area, period: request.period };
      await this.expiry.expire(tx, schoolId, sheet);
      const loaded = await this.sheets.load(info, request.area, request.period);
      const recorders = request.cells.map((cell) => recordedBy(loaded, cell));
      const gone = await this.teachers.gone(info, area.area, recorders);
      const ruleFor = (by: string | null, recorded: boolean) =>
        authorizeCell({ asker, loaded, session, gone }, by, recorded);
      // Whether the person may ask here at all comes before what is wrong with the cells.
      for (const by of recorders) ruleFor(by, true);
      const cells = request.cells.map((cell) => askedCell(loaded, cell, session.personId));
      refuseCells(await this.withOpenOnes(loaded, cells));
      const rows = await this.rows(session, loaded, request, cells.filter(isAsked), appeal);
      for (const piece of statementsOf(rows)) await tx.insert(Correction, piece);
      const events = rows.map((row) => {
        const by = row.oldValue === null ? null : row.teacherOfRecord;
        return requestedEvent(session, row, ruleFor(by, by !== null));
      });
      await this.journal.appendAll(tx, schoolId, events);
      return rows.map((row) => row.id);
    });
    return this.reader.byIds(session, ids);
  }

  /** A cell with an open request is not asked about again. */
  private async withOpenOnes(
    { info, sheet }: LoadedSheet,
    asked: readonly (AskedCell | RefusedCell)[],
  ): Promise<(AskedCell | RefusedCell)[]> {
    const open = await this.database.read.findBy(Correction, {
      schoolId: info.schoolId,
      classId: info.id,
      area: sheet.area.area,
      period: sheet.period,
      state: In([...OPEN_STATES]),
    });
    const taken = new Set(open.map((row) => cellKey(row.pupilId, row.columnCode)));
    return asked.map((cell): AskedCell | RefusedCell =>
      isAsked(cell) && taken.has(cellKey(cell.pupilId, cell.columnCode))
        ? { code: 'ALREADY_EXISTS', message: 'Ô này đang có một đề nghị sửa chưa giải quyết.' }
        : cell,
    );
  }

  private async rows(
    session: SessionContext,
    { info, sheet }: LoadedSheet,
    request: CorrectionRequest,
    cells: readonly AskedCell[],
    appeal: AppealOfCorrection | undefined,
  ): Promise<Correction[]> {
    const homeroomTeachers = await this.teachers.active(info, HOMEROOM);
    const groupHeads = await this.teachers.heads(info, sheet.area.area);
    const switches = switchesOf(info.school.settings);
    const requestId = randomUUID();
    const requestedAt = this.clock.timestamp();
    return cells.map((cell) => ({
      schoolId: info.schoolId,
      id: randomUUID(),
      requestId,
      classId: info.id,
      area: sheet.area.area,
      period: sheet.period,
      ...cell,
      cause: appeal === undefined ? (request.cause ?? 'other') : 'appeal',
      reason: request.reason,
      state: 'requested',
      requestedBy: session.personId,
      requestedAt,
      expiresAt: expiryOf(requestedAt, switches.correctionDays),
      appealId: appeal?.id ?? null,
      appellant: appeal?.askedBy ?? null,
      ...confirmationOf({
        primary: info.school.level === 'PRIMARY',
        homeroomConfirms: switches.homeroomConfirms,
        groupHeadConfirms: switches.groupHeadConfirms,
        homeroomTeachers,
        groupHeads,
        requestedBy: session.personId,
        teacherOfRecord: cell.teacherOfRecord,
      }),
      ...NOT_DECIDED,
    }));
  }
}

const NOT_DECIDED = {
  ...{ confirmedBy: null, confirmedAt: null, decidedBy: null, decidedAt: null, decisionReason: null },
  ...{ actId: null, appliedBy: null, appliedAt: null },
};

interface Asking {
  readonly asker: Asker;
  readonly loaded: LoadedSheet;
  readonly session: SessionContext;
  /** Nobody who taught this is left to ask. */
  readonly gone: boolean;
}

/** Asks the policy about a cell by who recorded it. @throws Problem NOT_FOUND, FORBIDDEN */
function authorizeCell(
  { asker, loaded: { info, sheet, gate }, session, gone }: Asking,
  by: string | null,
  recorded: boolean,
): string {
  const relation = {
    ...asker.mine.sheet(info, sheet.area.area),
    teacherOfRecord: by === session.personId,
    teacherGone: gone,
    recorded,
    locked: gate.locked,
  };
  return asker.authorize(info, 'correction.request', relation);
}

function requestedEvent(session: SessionContext, row: Correction, rule: string): NewEvent {
  return {
    type: 'correction.requested',
    subject: 'corrections',
    subjectId: row.id,
    actor: session.personId,
    session: session.sessionId,
    rule,
    at: row.requestedAt,
    data: rowData(row),
  };
}
