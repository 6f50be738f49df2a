/** Asks for corrections (đề nghị sửa): one cause, one or many cells of a sheet, also cells missing after a lock. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { switchesOf } from '#policy/switches.js';
import { parseValue } from '#regulations/sheets.js';
import type { CorrectionAnswer, CorrectionCellDto, CorrectionRequest } from '#contracts/corrections.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { statementsOf } from '../database/row-lock.js';
import { cellKey } from '../gradebook/mark-store.js';
import { SheetStates, theSheet, type LoadedSheet } from '../gradebook/sheet-states.js';
import { notFound, Problem, type ProblemCode, type ProblemItem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess, type Asker } from '../school/class-access.js';
import { HOMEROOM } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { CorrectionReader } from './correction-reader.js';
import { confirmationSkipped } from './correction-rules.js';
import { Correction } from './corrections.entities.js';

/** A cell that may be asked about. */
interface AskedCell {
  readonly columnCode: string;
  readonly pupilId: string;
  readonly markId: string | null;
  readonly oldValue: string | null;
  readonly newValue: string;
  readonly markVersion: number;
  readonly teacherOfRecord: string;
}

/** A cell that may not, with the code that an answer about it alone would have. */
interface RefusedCell {
  readonly code: ProblemCode;
  readonly message: string;
  readonly current?: { readonly value: string | null; readonly version: number };
}

const GRAVEST_FIRST: readonly ProblemCode[] = [
  'NOT_FOUND',
  'STATE_CONFLICT',
  'CELL_INVALID',
  'ALREADY_EXISTS',
  'STALE_VERSION',
];

@Injectable()
export class CorrectionRequests {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly sheets: SheetStates,
    private readonly reader: CorrectionReader,
    private readonly journal: Journal,
  ) {}

  /**
   * Makes one correction a cell, all or none.
   * @throws Problem NOT_FOUND, FORBIDDEN, CELL_INVALID, STALE_VERSION, ALREADY_EXISTS (asked for already),
   *   STATE_CONFLICT (a draft is changed directly)
   */
  async request(session: SessionContext, request: CorrectionRequest): Promise<CorrectionAnswer[]> {
    const { schoolId } = session;
    const info = await this.classes.load(schoolId, request.classId);
    const asker = await this.access.asker(session);
    theSheet(info, request.area, request.period);
    const ids = await this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, [info.id]);
      const loaded = await this.sheets.load(info, request.area, request.period);
      // Whether the person may ask here at all comes before what is wrong with the cells.
      for (const cell of request.cells) ruleFor(asker, loaded, session, recordedBy(loaded, cell), true);
      const cells = request.cells.map((cell) => askedCell(loaded, cell, session.personId));
      refuse(await this.withOpenOnes(loaded, cells));
      const rows = await this.rows(session, loaded, request, cells.filter(isAsked));
      for (const piece of statementsOf(rows)) await tx.insert(Correction, piece);
      const events = rows.map((row) => {
        const by = row.oldValue === null ? null : row.teacherOfRecord;
        return requestedEvent(session, row, ruleFor(asker, loaded, session, by, by !== null));
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
      state: In(['requested', 'confirmed', 'approved']),
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
  ): Promise<Correction[]> {
    const assignments = await this.classes.assignments([info]);
    const homeroomTeachers = assignments.filter((row) => row.area === HOMEROOM).map((row) => row.personId);
    const requestId = randomUUID();
    return cells.map((cell) => ({
      schoolId: info.schoolId,
      id: randomUUID(),
      requestId,
      classId: info.id,
      area: sheet.area.area,
      period: sheet.period,
      ...cell,
      reason: request.reason,
      state: 'requested',
      requestedBy: session.personId,
      requestedAt: this.clock.timestamp(),
      confirmationSkipped: confirmationSkipped({
        primary: info.school.level === 'PRIMARY',
        homeroomConfirms: switchesOf(info.school.settings).homeroomConfirms,
        homeroomTeachers,
        requestedBy: session.personId,
        teacherOfRecord: cell.teacherOfRecord,
      }),
      confirmedBy: null,
      confirmedAt: null,
      decidedBy: null,
      decidedAt: null,
      decisionReason: null,
      actId: null,
      appliedAt: null,
    }));
  }
}

/** Asks the policy about a cell by who recorded it. @throws Problem NOT_FOUND, FORBIDDEN */
function ruleFor(
  asker: Asker,
  { info, sheet, gate }: LoadedSheet,
  session: SessionContext,
  by: string | null,
  recorded: boolean,
): string {
  const relation = {
    ...asker.mine.sheet(info, sheet.area.area),
    teacherOfRecord: by === session.personId,
    recorded,
    locked: gate.locked,
  };
  return asker.authorize(info, 'correction.request', relation);
}

/** Who recorded the cell; null when it is not recorded. */
function recordedBy({ cells }: LoadedSheet, { pupilId, column }: CorrectionCellDto): string | null {
  const mark = cells.get(cellKey(pupilId, column));
  return mark?.state === 'recorded' ? mark.teacherId : null;
}

function isAsked(cell: AskedCell | RefusedCell): cell is AskedCell {
  return !('code' in cell);
}

function askedCell(loaded: LoadedSheet, cell: CorrectionCellDto, personId: string): AskedCell | RefusedCell {
  const pupil = loaded.pupils.find((found) => found.pupil.id === cell.pupilId);
  if (pupil === undefined) return { code: 'NOT_FOUND', message: 'Học sinh này không có trong lớp.' };
  const column = loaded.sheet.columns.find(({ code }) => code === cell.column);
  const where = `${pupil.pupil.fullName}, ${column?.label ?? cell.column}`;
  if (column === undefined) return { code: 'CELL_INVALID', message: `${where}: bảng này không có cột ấy.` };
  const parsed = parseValue(column.kind, cell.newValue);
  if (!parsed.ok) return { code: 'CELL_INVALID', message: `${where}: ${parsed.message}.` };
  const mark = loaded.cells.get(cellKey(cell.pupilId, cell.column)) ?? null;
  const recorded = mark?.state === 'recorded';
  if (!recorded && !loaded.gate.locked) {
    const message = `${where}: ô này chưa ghi sổ, hãy sửa thẳng bản nháp.`;
    return { code: 'STATE_CONFLICT', message };
  }
  const oldValue = recorded ? mark.value : null;
  const version = mark?.version ?? 0;
  if (version !== cell.version) {
    const message = `${where}: ô này đã đổi kể từ khi bạn xem; nay là “${oldValue ?? ''}”.`;
    return { code: 'STALE_VERSION', message, current: { value: oldValue, version } };
  }
  if (oldValue === parsed.value) {
    return { code: 'CELL_INVALID', message: `${where}: giá trị mới giống giá trị đang có.` };
  }
  return {
    columnCode: cell.column,
    pupilId: cell.pupilId,
    markId: mark?.id ?? null,
    oldValue,
    newValue: parsed.value,
    markVersion: version,
    teacherOfRecord: recorded ? mark.teacherId : personId,
  };
}

function refuse(cells: readonly (AskedCell | RefusedCell)[]): void {
  const refused = cells.flatMap((cell, index) => (isAsked(cell) ? [] : [{ index, ...cell }]));
  const code = GRAVEST_FIRST.find((candidate) => refused.some((cell) => cell.code === candidate));
  if (code === undefined) return;
  if (code === 'NOT_FOUND') throw notFound('học sinh trong lớp này');
  const items = refused.map((cell): ProblemItem => {
    return { where: `cells.${cell.index}`, code: cell.code, message: cell.message };
  });
  const conflicts = refused.flatMap(({ index, current }) =>
    current === undefined ? [] : [{ index, ...current }],
  );
  const detail = `Chưa gửi đề nghị: có ${refused.length} ô chưa nhận được.`;
  throw new Problem(code, detail, items, conflicts.length === 0 ? {} : { conflicts });
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
