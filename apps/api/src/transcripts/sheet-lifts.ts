/** A change of a signed sheet lifts its signatures, in the unit of work that makes the change. */
import { In, IsNull, type EntityManager } from 'typeorm';
import type { Journal, NewEvent } from '../audit/journal.js';
import { SheetSignature, type LiftReason } from './sheet-signatures.entities.js';

/** A sheet by its place. */
interface SheetPlace {
  readonly classId: string;
  readonly area: string;
  readonly period: string;
}

/** What stood signed of these sheets is signed no more: their teachers look at them and sign again. */
export async function liftSheetSignatures(
  tx: EntityManager,
  journal: Journal,
  schoolId: string,
  sheets: readonly SheetPlace[],
  liftReason: LiftReason,
  by: Pick<NewEvent, 'actor' | 'session' | 'act' | 'rule' | 'at'>,
): Promise<void> {
  const changed = new Set(sheets.map(placeOf));
  const classId = In([...new Set(sheets.map((sheet) => sheet.classId))]);
  if (changed.size === 0) return;
  const standing = await tx.findBy(SheetSignature, { schoolId, classId, liftedAt: IsNull() });
  const rows = standing.filter((row) => changed.has(placeOf(row)));
  if (rows.length === 0) return;
  const lifted = { liftedAt: by.at, liftReason };
  await tx.update(SheetSignature, { schoolId, id: In(rows.map(({ id }) => id)) }, lifted);
  await journal.appendAll(
    tx,
    schoolId,
    rows.map(({ id }): NewEvent => {
      return { ...by, type: 'sheet.lifted', subject: 'sheet_signatures', subjectId: id, data: lifted };
    }),
  );
}

function placeOf({ classId, area, period }: SheetPlace): string {
  return `${classId} ${area} ${period}`;
}
