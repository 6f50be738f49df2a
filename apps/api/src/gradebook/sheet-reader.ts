/** What a person sees of a class's sheets: how far each has got, and the cells of one. */
import { Injectable } from '@nestjs/common';
import { PERIOD_LABELS } from '#regulations/labels.js';
import type { SheetColumn } from '#regulations/sheets.js';
import { strandOfColumn } from '#regulations/tt22/strands.js';
import type { SheetAnswer, SheetCellAnswer, SheetColumnAnswer, SheetSummary } from '#contracts/gradebook.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { sheetsOf, takes } from '../school/class-info.js';
import { People, type Names } from '../school/people.js';
import { sheetRefs } from '../school/school-reader.js';
import { Gates, sheetKey } from '../windows/gates.js';
import { OPEN_AND_EMPTY, type SheetRef } from './drafts.js';
import type { MarkCell } from './gradebook.entities.js';
import { MissingCells } from './missing-cells.js';
import { SheetNotes } from './sheet-notes.js';
import { SheetReads } from './sheet-reads.js';
import { otherOwner, SheetStates, type LoadedSheet } from './sheet-states.js';

@Injectable()
export class SheetReader {
  constructor(
    private readonly access: ClassAccess,
    private readonly people: People,
    private readonly gates: Gates,
    private readonly sheets: SheetStates,
    private readonly gaps: MissingCells,
    private readonly notes: SheetNotes,
    private readonly reads: SheetReads,
  ) {}

  /** Every sheet of a class with counts of what is required, recorded and drafted; no values. */
  async summaries(session: SessionContext, classId: string): Promise<SheetSummary[]> {
    const { info, asker } = await this.access.authorize(session, classId, 'sheet.list');
    const gaps = (await this.gaps.ofClasses([info])).get(info.id);
    const locked = await this.gates.locked(info.schoolId, [info.id]);
    const all = sheetsOf(info);
    return sheetRefs(info, asker.mine).map((ref, i) => {
      const sheet = all[i];
      const progress = sheet === undefined ? undefined : gaps?.progress(sheet);
      return {
        ...ref,
        ...(progress ?? { required: 0, recorded: 0, drafts: 0 }),
        locked: locked.has(sheetKey({ ...ref, classId })),
      };
    });
  }

  /** One sheet: for those who enter into it with its drafts, for everyone else only what is recorded. */
  async sheet(session: SessionContext, ref: SheetRef): Promise<SheetAnswer> {
    const { info, asker } = await this.access.authorize(session, ref.classId, 'sheet.read', (its, own) =>
      own.sheet(its, ref.area),
    );
    await this.reads.note(info, ref.area, ref.period, session.personId);
    const loaded = await this.sheets.load(info, ref.area, ref.period);
    const { sheet, pupils, gate } = loaded;
    const notes = await this.notes.ofSheet(loaded);
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
      columns: sheet.columns.map((column) => columnAnswer(loaded, column, session.personId)),
      pupils: pupils.map(({ pupil, enteredOn, leftOn }) => {
        const { id, code, fullName, birthDate } = pupil;
        const own = cells.filter((cell) => cell.pupilId === id);
        return {
          ...{ id, code, fullName, birthDate, enteredOn, leftOn },
          notAssessed: notes.notAssessed.has(id),
          takesSubject: takes(info, id, ref.area),
          cells: own.map((cell) => cellAnswer(cell, names)),
          notes: notes.cells.get(id) ?? [],
        };
      }),
    };
  }
}

function columnAnswer(loaded: LoadedSheet, column: SheetColumn, personId: string): SheetColumnAnswer {
  const { gate, details, owners, pupils, sheet, taughtByMany } = loaded;
  const { code, label, kind, required } = column;
  const closed = gate.whyClosed(code);
  const openFor = pupils
    .map(({ pupil }) => pupil.id)
    .filter((id) => closed !== null && gate.isOpen(code, id));
  const said = details.get(code);
  return {
    ...{ code, label, kind, required, openFor },
    open: closed === null,
    whyClosed: closed?.sentence ?? null,
    closedReason: closed?.code ?? null,
    name: said?.name ?? null,
    heldOn: said?.heldOn ?? null,
    strand: said?.strand ?? (taughtByMany ? (strandOfColumn(sheet.area.area, code)?.name ?? null) : null),
    owner: owners.get(code)?.fullName ?? null,
    mine: otherOwner(loaded, code, personId) === null,
    version: said?.version ?? 0,
  };
}

function cellAnswer(cell: MarkCell, names: Names): SheetCellAnswer {
  const { columnCode, id, value, state, version, updatedAt, teacherId } = cell;
  return { column: columnCode, markId: id, value, state, version, updatedAt, teacher: names(teacherId) };
}
