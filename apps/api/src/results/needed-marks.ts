/** What the last test of a term must bring ("cần CK ≥ 6,5 để đạt Khá"), while only that test is open (secondary schools). */
import { Injectable } from '@nestjs/common';
import type { NeededMarkAnswer, NeededQuery, PupilNeededAnswer } from '#contracts/results.js';
import { formatAverage } from '#regulations/decimal.js';
import { neededFinals } from '#regulations/explain/needed-mark.js';
import type { EvaluateInput } from '#regulations/types.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { PupilYears } from './pupil-years.js';

@Injectable()
export class NeededMarks {
  constructor(
    private readonly access: ClassAccess,
    private readonly years: PupilYears,
  ) {}

  /** Of one sheet, in the order of the class list; for whoever reads the sheet. */
  async ofSheet(
    session: SessionContext,
    classId: string,
    { area, period }: NeededQuery,
  ): Promise<PupilNeededAnswer[]> {
    const { info } = await this.access.authorize(session, classId, 'sheet.read', (its, own) =>
      own.sheet(its, area),
    );
    return (await this.years.ofClass(info)).map(({ pupil, input }) => ({
      ...{ pupilId: pupil.id, fullName: pupil.fullName },
      needed: neededMarks(input).filter((each) => each.subject === area && each.period === period),
    }));
  }
}

/** Of a pupil's year as it is recorded; none of a year that cannot be read, or of a primary pupil. */
export function neededMarks(input: EvaluateInput): NeededMarkAnswer[] {
  if (input.ruleSet !== 'tt22-2021') return [];
  return (['HK1', 'HK2'] as const).flatMap((period) => {
    const found = neededFinals(input, period);
    if ('error' in found) return [];
    return found.map(({ subject, level, average, final, sentence }) => ({
      ...{ subject, period, level, sentence },
      average: formatAverage(average),
      final: final === null ? null : formatAverage(final),
    }));
  });
}
