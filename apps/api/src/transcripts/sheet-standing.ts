/** Which sheets of a class are signed by their teachers as they stand now, and whose signature is missing. */
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { toHex } from '#ledger/format/bytes.js';
import { vietnamDate } from '../clock.js';
import { Database } from '../database/database.js';
import type { MarkCell } from '../gradebook/gradebook.entities.js';
import { inForce, sheetsOf, type ClassInfo, type ClassSheet } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { TeachingAssignment } from '../school/school.entities.js';
import { PeriodLock } from '../windows/windows.entities.js';
import { sheetDigest } from './sheet-digest.js';
import { SheetSalt, SheetSignature } from './sheet-signatures.entities.js';

/** A sheet of a subject, and what its teachers have signed of it. */
export interface StandingSheet {
  readonly sheet: ClassSheet;
  /** Null while the sheet is open. */
  readonly lockId: string | null;
  /** SHA-256 of the sheet as it is locked, hex; null while it is open, and when its salt was destroyed. */
  readonly digest: string | null;
  /** Of exactly this digest. */
  readonly signatures: readonly SheetSignature[];
  /** Who has still to sign it. */
  readonly waitingFor: readonly string[];
}

@Injectable()
export class SheetStandings {
  constructor(
    private readonly database: Database,
    private readonly classes: Classes,
  ) {}

  /**
   * Every subject's sheet of the class; none in primary school, whose form has no such signature.
   * @param cells the class's cells of the year
   */
  async ofClass(info: ClassInfo, cells: readonly MarkCell[]): Promise<StandingSheet[]> {
    const sheets = signedSheetsOf(info);
    if (sheets.length === 0) return [];
    const where = { schoolId: info.schoolId, classId: info.id };
    const read = this.database.read;
    const locks = await read.findBy(PeriodLock, { ...where, liftedAt: IsNull() });
    const salts = new Map((await read.findBy(SheetSalt, where)).map(({ lockId, salt }) => [lockId, salt]));
    const signed = await read.findBy(SheetSignature, { ...where, liftedAt: IsNull() });
    const assigned = await read.find(TeachingAssignment, { where, order: { fromDate: 'ASC', id: 'ASC' } });
    return sheets.map((sheet) => {
      const { area, period } = { area: sheet.area.area, period: sheet.period };
      const lock = locks.find((row) => row.area === area && row.period === period);
      const salt = salts.get(lock?.id ?? '');
      const digest =
        lock === undefined || salt === undefined
          ? null
          : toHex(sheetDigest(info, { area, period, lockId: lock.id, salt }, cells));
      const signatures = signed.filter(
        (row) => row.area === area && row.period === period && row.digest === digest,
      );
      const teachers = assigned.filter((row) => row.area === area);
      const waitingFor = this.waitingFor(info, teachers, lock, signatures);
      return { sheet, lockId: lock?.id ?? null, digest, signatures, waitingFor };
    });
  }

  /**
   * Whoever teaches the sheet since it was locked; once one of them has signed, nobody waits for those who have left or
   * came later. Where all have left, whoever teaches it now.
   */
  private waitingFor(
    info: ClassInfo,
    teachers: readonly TeachingAssignment[],
    lock: PeriodLock | undefined,
    signatures: readonly SheetSignature[],
  ): string[] {
    const today = this.classes.dayOf(info);
    const now = personsOf(teachers, today);
    const then = lock === undefined ? now : personsOf(teachers, vietnamDate(new Date(lock.lockedAt)));
    const both = now.filter((person) => then.includes(person));
    const asked = both.length > 0 || signatures.length > 0 ? both : now;
    return asked.filter((person) => !signatures.some(({ personId }) => personId === person));
  }
}

/** The sheets that subject teachers sign: those of lower and upper secondary school (TT 22/2021). */
function signedSheetsOf(info: ClassInfo): ClassSheet[] {
  if (info.ruleSet.id !== 'tt22-2021') return [];
  return sheetsOf(info).filter(({ area }) => area.subject !== null);
}

/** Whether nothing is missing of a sheet's signatures. */
export function isSigned({ signatures, waitingFor }: StandingSheet): boolean {
  return signatures.length > 0 && waitingFor.length === 0;
}

function personsOf(teachers: readonly TeachingAssignment[], day: string): string[] {
  return [...new Set(teachers.filter((row) => inForce(row, day)).map(({ personId }) => personId))];
}
