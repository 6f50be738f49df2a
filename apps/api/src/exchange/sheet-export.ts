/** A sheet as a workbook to fill in elsewhere: the pupils of the class, and what the person may see of their cells. */
import { Injectable } from '@nestjs/common';
import { OPEN_AND_EMPTY, type SheetRef } from '../gradebook/drafts.js';
import { SheetReads } from '../gradebook/sheet-reads.js';
import { SheetStates } from '../gradebook/sheet-states.js';
import { cellKey } from '../gradebook/mark-store.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { writeMarkSheets } from './mark-sheet-workbook.js';
import { targetOf } from './sheet-import.js';

@Injectable()
export class SheetExport {
  constructor(
    private readonly access: ClassAccess,
    private readonly sheets: SheetStates,
    private readonly reads: SheetReads,
  ) {}

  /** The .xlsx file; drafts are in it only for those who enter into the sheet. */
  async workbook(session: SessionContext, ref: SheetRef): Promise<Uint8Array> {
    const { info, asker } = await this.access.authorize(session, ref.classId, 'sheet.read', (its, mine) =>
      mine.sheet(its, ref.area),
    );
    await this.reads.note(info, ref.area, ref.period, session.personId);
    const loaded = await this.sheets.load(info, ref.area, ref.period);
    const drafts = asker.may('sheet.draft', asker.mine.entry(info, ref.area, OPEN_AND_EMPTY));
    const present = loaded.pupils.filter(({ leftOn }) => leftOn === null);
    const pupils = present.map(({ pupil: { id, code, fullName } }) => {
      const values = loaded.sheet.columns.map((column) => {
        const cell = loaded.cells.get(cellKey(id, column.code));
        return [column.code, cell?.state === 'recorded' || drafts ? (cell?.value ?? null) : null] as const;
      });
      return { code, fullName, values: Object.fromEntries(values) };
    });
    return writeMarkSheets([{ ...targetOf(loaded), schoolName: info.school.name, pupils }]);
  }
}
