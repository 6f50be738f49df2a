/** What a person sees of a class's sheets: how far each has got, and the cells of one. */
import { Injectable } from '@nestjs/common';
import { PERIOD_LABELS } from '#regulations/labels.js';
import type { SheetAnswer, SheetCellAnswer, SheetSummary } from '#contracts/gradebook.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { sheetsOf } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { People, type Names } from '../school/people.js';
import { sheetRefs } from '../school/school-reader.js';
import { Gates, sheetKey } from '../windows/gates.js';
import { OPEN_AND_EMPTY, type SheetRef } from './drafts.js';
import type { MarkCell } from './gradebook.entities.js';
import { MarkStore } from './mark-store.js';
import { SheetStates } from './sheet-states.js';

@Injectable()
export class SheetReader {
  constructor(
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly people: People,
    private readonly gates: Gates,
    private readonly sheets: SheetStates,
    private readonly marks: MarkStore,
  ) {}

  /** Every sheet of a class with counts of what is required, recorded and drafted; no values. */
  async summaries(session: SessionContext, classId: string): Promise<SheetSummary[]> {
    const { info, asker } = await this.access.authorize(session, classId, 'sheet.list');
    const present = new Set((await this.classes.presentPupils(info)).map(({ pupil }) => pupil.id));
    const cells = (await this.marks.ofClasses(info.schoolId, [info.id])).filter((cell) =>
      present.has(cell.pupilId),
    );
    const locked = await this.gates.locked(info.schoolId, [info.id]);
    const all = sheetsOf(info);
    return sheetRefs(info, asker.mine).map((ref, i) => {
      const columns = all[i]?.columns ?? [];
      const required = new Set(columns.filter((column) => column.required).map(({ code }) => code));
      const own = cells.filter((cell) => cell.area === ref.area && cell.period === ref.period);
      return {
        ...ref,
        required: required.size * present.size,
        recorded: own.filter((cell) => cell.state === 'recorded' && required.has(cell.columnCode)).length,
        drafts: own.filter((cell) => cell.state === 'draft' && cell.value !== null).length,
        locked: locked.has(sheetKey({ ...ref, classId })),
      };
    });
  }

  /** One sheet: for those who enter into it with its drafts, for everyone else only what is recorded. */
  async sheet(session: SessionContext, ref: SheetRef): Promise<SheetAnswer> {
    const { info, asker } = await this.access.authorize(session, ref.classId, 'sheet.read', (its, own) =>
      own.sheet(its, ref.area),
    );
    const loaded = await this.sheets.load(info, ref.area, ref.period);
    const { sheet, pupils, gate } = loaded;
    const { mine } = asker;
    const mayEnter = asker.may('sheet.draft', mine.entry(info, ref.area, OPEN_AND_EMPTY));
    const recorded = mine.entry(info, ref.area, { locked: false, windowOpen: false, recorded: true });
    const cells = [...loaded.cells.values()].filter((cell) => mayEnter || cell.state === 'recorded');
    const names = await this.people.names(
      info.schoolId,
      cells.map((cell) => cell.teacherId),
    );
    return {
      classId: info.id,
      className: info.name,
      area: sheet.area.area,
      areaLabel: sheet.area.label,
      period: sheet.period,
      periodLabel: PERIOD_LABELS[sheet.period],
      ruleSet: info.ruleSet.id,
      locked: gate.locked,
      mayEnter,
      mayRequest: asker.may('correction.request', recorded),
      columns: sheet.columns.map(({ code, label, kind, required }) => {
        const closed = gate.whyClosed(code);
        return { code, label, kind, required, open: closed === null, whyClosed: closed?.sentence ?? null };
      }),
      pupils: pupils.map(({ pupil, leftOn }) => {
        const { id, code, fullName, birthDate } = pupil;
        const own = cells.filter((cell) => cell.pupilId === id);
        return { id, code, fullName, birthDate, leftOn, cells: own.map((cell) => cellAnswer(cell, names)) };
      }),
    };
  }
}

function cellAnswer(cell: MarkCell, names: Names): SheetCellAnswer {
  const { columnCode, id, value, state, version, updatedAt, teacherId } = cell;
  return { column: columnCode, markId: id, value, state, version, updatedAt, teacher: names(teacherId) };
}
