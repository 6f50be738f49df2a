/** Early warnings of a class: who may still be helped, while the year is open (secondary schools). */
import { Injectable } from '@nestjs/common';
import type { PupilWarnings } from '#contracts/results.js';
import type { RecordedCell } from '#regulations/build-input.js';
import { earlyWarnings } from '#regulations/explain/early-warning.js';
import { ABSENCE_COLUMNS } from '#regulations/sheets.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { PupilYears } from './pupil-years.js';

/** Sessions absent of each term, with permission and without: the limit counts both. */
const ABSENCES: ReadonlySet<string> = new Set(ABSENCE_COLUMNS);

@Injectable()
export class Warnings {
  constructor(
    private readonly access: ClassAccess,
    private readonly years: PupilYears,
  ) {}

  /** Pupils with something to talk about, in the order of the class list. */
  async ofClass(session: SessionContext, classId: string): Promise<PupilWarnings[]> {
    const { info } = await this.access.authorize(session, classId, 'result.read');
    return (await this.years.ofClass(info)).flatMap(({ pupil, year, input }) => {
      if (input.ruleSet !== 'tt22-2021') return [];
      const warnings = earlyWarnings(input, absencesOf(year.cells));
      if ('error' in warnings || warnings.length === 0) return [];
      return [{ pupilId: pupil.id, code: pupil.code, fullName: pupil.fullName, warnings: [...warnings] }];
    });
  }
}

/** Sessions absent so far; null when nobody has counted them yet. */
function absencesOf(cells: readonly RecordedCell[]): number | null {
  const counted = cells.flatMap(({ column, value }) =>
    ABSENCES.has(column) && value !== null ? [Number(value)] : [],
  );
  return counted.length === 0 ? null : counted.reduce((sum, count) => sum + count, 0);
}
