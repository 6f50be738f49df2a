/** Imports a mark sheet from a workbook into drafts: a preview of every cell first, then all or nothing. */
import { sha256 } from '@noble/hashes/sha2.js';
import { Injectable } from '@nestjs/common';
import { toHex, utf8 } from '#ledger/format/bytes.js';
import type {
  ImportCellAnswer,
  SheetImportAnswer,
  SheetImportFields,
  SheetImportPreviewAnswer,
  SheetPreviewFields,
} from '#contracts/gradebook.js';
import type { WorkbookProblemAnswer } from '#contracts/workbook.js';
import { Database } from '../database/database.js';
import { planDrafts, type DraftProblem, type PlannedCell, type TypedCell } from '../gradebook/draft-plan.js';
import { Drafts, OPEN_AND_EMPTY, type SheetRef } from '../gradebook/drafts.js';
import type { MarkCell } from '../gradebook/gradebook.entities.js';
import { cellKey } from '../gradebook/mark-store.js';
import { stateOf, SheetStates, type LoadedSheet } from '../gradebook/sheet-states.js';
import { Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { Classes } from '../school/classes.js';
import type { MarkSheetTarget } from './mark-sheet-columns.js';
import { readMarkSheet, type MarkSheetReading, type MarkSheetRow } from './mark-sheet-workbook.js';
import { foundProblem, problemAnswer, reading, refuseErrors, type Upload } from './upload.js';

/** A workbook held against the sheet as it is. */
interface Comparison {
  readonly loaded: LoadedSheet;
  readonly typed: readonly TypedCell[];
  readonly cells: readonly ImportCellAnswer[];
  readonly unchanged: number;
  readonly problems: readonly WorkbookProblemAnswer[];
}

@Injectable()
export class SheetImport {
  constructor(
    private readonly database: Database,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly sheets: SheetStates,
    private readonly drafts: Drafts,
  ) {}

  /** What importing would do, cell by cell; changes nothing. */
  async preview(
    session: SessionContext,
    ref: SheetRef,
    upload: Upload<SheetPreviewFields>,
  ): Promise<SheetImportPreviewAnswer> {
    const compared = await this.compare(session, ref, upload);
    const { cells, unchanged, problems, loaded } = compared;
    const count = (outcome: ImportCellAnswer['outcome']) =>
      cells.filter((cell) => cell.outcome === outcome).length;
    return {
      basis: basisOf(loaded),
      counts: { new: count('new'), changed: count('changed'), unchanged, refused: count('refused') },
      cells: [...cells],
      problems: [...problems],
      importable: count('refused') === 0 && problems.every(({ severity }) => severity !== 'error'),
    };
  }

  /** @throws Problem WORKBOOK_INVALID naming what is wrong; STALE_VERSION when the sheet changed since the preview */
  async import(
    session: SessionContext,
    ref: SheetRef,
    upload: Upload<SheetImportFields>,
  ): Promise<SheetImportAnswer> {
    return this.database.write(async (tx) => {
      await this.classes.hold(tx, session.schoolId, [ref.classId]);
      const { loaded, typed, cells, unchanged, problems } = await this.compare(session, ref, upload);
      if (basisOf(loaded) !== upload.fields.basis) {
        const detail = 'Bảng điểm đã thay đổi kể từ lần xem trước; hãy xem trước lại rồi nhập.';
        throw new Problem('STALE_VERSION', detail);
      }
      const refused = cells
        .filter(({ outcome }) => outcome === 'refused')
        .map(({ row, why }) => foundProblem('CELL_REFUSED', 'error', row, why ?? ''));
      refuseErrors([...problems, ...refused]);
      if (typed.length > 0) await this.drafts.write(session, ref, typed, 'sheet.import');
      return { written: typed.length, unchanged };
    });
  }

  private async compare(
    session: SessionContext,
    ref: SheetRef,
    { bytes, fields }: Upload<SheetPreviewFields>,
  ): Promise<Comparison> {
    const { info } = await this.access.authorize(session, ref.classId, 'sheet.import', (its, mine) =>
      mine.entry(its, ref.area, OPEN_AND_EMPTY),
    );
    const loaded = await this.sheets.load(info, ref.area, ref.period);
    const read = await reading(readMarkSheet(bytes, targetOf(loaded), fields.sheet));
    return compared(loaded, read, session.personId);
  }
}

/** How a workbook names the sheet. */
export function targetOf({ info, sheet }: Pick<LoadedSheet, 'info' | 'sheet'>): MarkSheetTarget {
  const { area, label, short } = sheet.area;
  return {
    schoolYear: info.year.label,
    className: info.name,
    area,
    areaLabel: label,
    areaShort: short,
    period: sheet.period,
    columns: sheet.columns,
  };
}

/** The state that a preview was made against. */
function basisOf({ cells }: LoadedSheet): string {
  const versions = [...cells.values()].map((cell) => `${cell.id} ${cell.version}`).sort();
  return toHex(sha256(utf8(versions.join('\n'))));
}

function compared(loaded: LoadedSheet, read: MarkSheetReading, personId: string): Comparison {
  const problems = [...read.problems.map(problemAnswer), ...pupilProblems(loaded, read)];
  const present = new Map(loaded.pupils.map(({ pupil }) => [pupil.code, pupil.id]));
  const state = stateOf(loaded, personId);
  const cells: ImportCellAnswer[] = [];
  const typed: TypedCell[] = [];
  let unchanged = 0;
  for (const row of read.rows) {
    const pupilId = present.get(row.pupilCode);
    if (pupilId === undefined) continue;
    for (const { column, value } of row.cells) {
      const current = loaded.cells.get(cellKey(pupilId, column)) ?? null;
      if (value === null) continue;
      if (current?.value === value) {
        unchanged += 1;
        continue;
      }
      const cell = { pupilId, column, value, version: current?.version ?? 0 };
      const { cells: planned, problems: refused } = planDrafts([cell], state);
      cells.push(cellAnswer(row, cell, current, planned[0], refused[0]));
      typed.push(cell);
    }
  }
  return { loaded, typed, cells, unchanged, problems };
}

function cellAnswer(
  row: MarkSheetRow,
  { column, value }: TypedCell,
  current: MarkCell | null,
  planned: PlannedCell | undefined,
  refused: DraftProblem | undefined,
): ImportCellAnswer {
  return {
    row: row.row,
    pupilCode: row.pupilCode,
    pupilName: row.fullName,
    column,
    outcome: planned?.change ?? 'refused',
    current: current?.value ?? null,
    incoming: value,
    why: refused?.message ?? null,
  };
}

/** Strangers and those who left are named and refused; other names and absent pupils are worth a look. */
function pupilProblems({ pupils }: LoadedSheet, { rows }: MarkSheetReading): WorkbookProblemAnswer[] {
  const byCode = new Map(pupils.map((found) => [found.pupil.code, found]));
  const inFile = new Set(rows.map((row) => row.pupilCode));
  const ofRows = rows.flatMap(({ row, pupilCode, fullName }): WorkbookProblemAnswer[] => {
    const who = `${fullName === '' ? 'Học sinh' : fullName} (${pupilCode})`;
    const found = byCode.get(pupilCode);
    if (found === undefined) {
      return [foundProblem('PUPIL_NOT_IN_CLASS', 'error', row, `${who} không có trong danh sách lớp.`)];
    }
    if (found.leftOn !== null) {
      return [foundProblem('PUPIL_LEFT', 'error', row, `${who} đã rời lớp ngày ${found.leftOn}.`)];
    }
    const { fullName: ours } = found.pupil;
    if (fullName === '' || sameName(fullName, ours)) return [];
    return [foundProblem('NAME_DIFFERS', 'warning', row, `${who}: trong danh sách lớp là ${ours}.`)];
  });
  const absent = pupils
    .filter(({ pupil, leftOn }) => leftOn === null && !inFile.has(pupil.code))
    .map(({ pupil }) =>
      foundProblem(
        'PUPIL_NOT_IN_FILE',
        'warning',
        null,
        `${pupil.fullName} (${pupil.code}) không có trong tệp.`,
      ),
    );
  return [...ofRows, ...absent];
}

function sameName(a: string, b: string): boolean {
  const plain = (name: string) => name.normalize('NFC').replace(/\s+/gu, ' ').trim().toLowerCase();
  return plain(a) === plain(b);
}
