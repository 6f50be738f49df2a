/** Why a pupil's results are what they are, for whoever has to answer a parent. */
import { Injectable } from '@nestjs/common';
import type { ExplanationsAnswer } from '#contracts/results.js';
import { explain } from '#regulations/explain/explain.js';
import { notFound, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { neededMarks } from './needed-marks.js';
import { PupilYears } from './pupil-years.js';

@Injectable()
export class Explanations {
  constructor(
    private readonly access: ClassAccess,
    private readonly years: PupilYears,
  ) {}

  /**
   * From what is recorded now, computed or not.
   * @throws Problem NOT_FOUND of a pupil who is not in the class; VALIDATION when a note cannot be evaluated
   */
  async ofPupil(session: SessionContext, classId: string, pupilId: string): Promise<ExplanationsAnswer> {
    const { info } = await this.access.authorize(session, classId, 'result.read');
    const found = (await this.years.ofClass(info)).find(({ pupil }) => pupil.id === pupilId);
    if (found === undefined) throw notFound('học sinh');
    const explained = explain(found.input);
    if ('error' in explained) {
      const { code, message } = explained.error;
      const detail = `Không giải thích được kết quả của ${found.pupil.fullName}: ${message}.`;
      throw new Problem('VALIDATION', detail, [{ where: pupilId, code, message }]);
    }
    return {
      pupilId,
      fullName: found.pupil.fullName,
      explanations: [...explained],
      needed: neededMarks(found.input),
    };
  }
}
