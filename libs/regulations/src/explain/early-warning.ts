import { evaluate, isErrorAnswer } from '../evaluate.js';
import { InputIssues } from '../input-issues.js';
import { MOST_ABSENCES } from '../tt22/promotion.js';
import { readTt22 } from '../tt22/read.js';
import type { ErrorAnswer, Tt22Answer, Tt22Input } from '../types.js';
import { levelWarning } from './level-warning.js';
import { passWarning } from './pass-warning.js';
import type { EarlyWarning } from './warning.js';

/** Four fifths of the sessions that Đ.12 allows: late enough to mean something, early enough to act. */
const ABSENCES_TO_WARN_FROM = (MOST_ABSENCES * 4) / 5;

/**
 * Early warnings of a secondary pupil's year as it stands, half of it open or not: nothing is decided, and an open mark
 * counts as the 10 that it may still become.
 *
 * @param absences sessions absent so far, also while a term is not closed; null when they are not counted
 * @returns the refusal of `evaluate` when the year cannot be read
 */
export function earlyWarnings(
  input: Tt22Input,
  absences: number | null,
): readonly EarlyWarning[] | ErrorAnswer {
  const answer = evaluate(input);
  if (isErrorAnswer(answer)) return answer;
  const record = readTt22(input, input.id, new InputIssues());
  return [
    ...absenceWarning(absences),
    ...record.subjects.flatMap((subject) =>
      subject.kind === 'score' && !subject.notAssessed ? passWarning(subject, record.grade) : [],
    ),
    ...levelWarning(record, answer as Tt22Answer),
  ];
}

function absenceWarning(absences: number | null): EarlyWarning[] {
  if (absences === null || absences < ABSENCES_TO_WARN_FROM) return [];
  const left = MOST_ABSENCES - absences;
  const article = 'TT 22/2021 Đ.12 k.1 c';
  if (left < 0) {
    const sentence = `Đã nghỉ ${absences} buổi, quá ${MOST_ABSENCES} buổi nên không được lên lớp.`;
    return [{ code: 'ABSENCES_OVER_LIMIT', where: 'absences', article, need: null, sentence }];
  }
  const sentence = `Đã nghỉ ${absences} buổi: còn ${left} buổi nữa là hết số buổi được phép (${MOST_ABSENCES}).`;
  return [{ code: 'ABSENCES_NEAR_LIMIT', where: 'absences', article, need: String(left), sentence }];
}
