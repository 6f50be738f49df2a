/** What a correction would do to the pupil's results, shown before it is approved. */
import { Injectable } from '@nestjs/common';
import type { CorrectionEffectAnswer } from '#contracts/corrections.js';
import { whatIf } from '#regulations/explain/what-if.js';
import type { Period } from '#regulations/types.js';
import { notFound, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { PupilYears } from '../results/pupil-years.js';
import { ClassAccess } from '../school/class-access.js';
import { takes } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { CorrectionReader } from './correction-reader.js';

@Injectable()
export class CorrectionEffects {
  constructor(
    private readonly reader: CorrectionReader,
    private readonly access: ClassAccess,
    private readonly years: PupilYears,
    private readonly classes: Classes,
  ) {}

  /**
   * Averages, levels, honour and promotion before and after, by what is recorded now. For who may read both the
   * correction and the class's results: a subject teacher may not learn the pupil's other results this way.
   * @throws Problem NOT_FOUND; VALIDATION when the year cannot be evaluated
   */
  async of(session: SessionContext, id: string): Promise<CorrectionEffectAnswer> {
    const [correction] = await this.reader.byIds(session, [id]);
    if (correction === undefined) throw notFound('đề nghị sửa');
    const { classId, pupilId, area, period, column, newValue } = correction;
    const { info } = await this.access.authorize(session, classId, 'result.read');
    const unknown = (unknownBecause: string) => ({ correctionId: id, effects: [], unknownBecause });
    const present = await this.classes.presentPupils(info);
    // Of who has left the class, the year is evaluated where they are now.
    if (present.every(({ pupil }) => pupil.id !== pupilId))
      return unknown('Học sinh đã chuyển khỏi lớp này.');
    if (!takes(info, pupilId, area)) {
      return unknown('Học sinh đã thôi học môn này: điểm của môn không tính vào kết quả.');
    }
    const years = await this.years.ofClass(info).catch((error: unknown) => {
      if (error instanceof Problem) return error;
      throw error;
    });
    if (years instanceof Problem) return unknown(years.detail);
    const found = years.find(({ pupil }) => pupil.id === pupilId);
    if (found === undefined) throw notFound('học sinh');
    const effect = whatIf(found.year, { area, period: period as Period, column, value: newValue });
    if (!('effects' in effect)) {
      throw new Problem('VALIDATION', `Không tính được ảnh hưởng của đề nghị: ${effect.error.message}.`);
    }
    return { correctionId: id, effects: [...effect.effects], unknownBecause: null };
  }
}
