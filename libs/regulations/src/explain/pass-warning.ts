import type { Tenths } from '../decimal.js';
import { PERIOD_LABELS } from '../labels.js';
import { termAverage, yearAverage } from '../tt22/averages.js';
import { requiredInTerm } from '../tt22/evaluate.js';
import { countedMark } from '../tt22/periodic-absence.js';
import type { ScoreSubject } from '../tt22/read.js';
import { REASSESSED_BELOW } from '../tt22/reassessment.js';
import type { Term } from '../types.js';
import { leastMark } from './needed-mark.js';
import { subjectName } from './secondary-subject.js';
import { averageWords } from './sentence.js';
import type { EarlyWarning } from './warning.js';

/**
 * Whether the year's average of a mark subject can still reach 5.0 (TT 22/2021 Đ.9 k.1): below it the subject is one to be
 * re-assessed in, should the year fail (Đ.14).
 */
export function passWarning(subject: ScoreSubject, grade: number): EarlyWarning[] {
  const best = (term: Term): Tenths => bestAverage(subject, term);
  const about = { where: `subjects.${subject.code}.year`, article: 'TT 22/2021 Đ.9 k.1, Đ.14' };
  const name = subjectName(subject.code, grade);
  const pass = averageWords(REASSESSED_BELOW);
  const most = yearAverage(best('HK1'), best('HK2'));
  if (most < REASSESSED_BELOW) {
    const sentence = `${name}: ĐTB cả năm cao nhất còn có thể đạt là ${averageWords(most)}, không đến ${pass}.`;
    return [{ code: 'CANNOT_REACH_PASS', ...about, need: null, sentence }];
  }
  if (!isComplete(subject, 'HK1') || isComplete(subject, 'HK2') || best('HK1') >= REASSESSED_BELOW) return [];
  const need = leastMark((termTwo) => yearAverage(best('HK1'), termTwo) >= REASSESSED_BELOW)!;
  const told = averageWords(need);
  const sentence = `${name}: ĐTB ${PERIOD_LABELS.HK1} là ${averageWords(best('HK1'))}, cần ĐTB ${PERIOD_LABELS.HK2} ≥ ${told} để cả năm đạt ${pass}.`;
  return [{ code: 'NEEDS_TERM_TWO', ...about, need: told.replace(',', '.'), sentence }];
}

/** The average of the term if everything that is open were a 10; what it is when nothing is open. */
function bestAverage(subject: ScoreSubject, term: Term): Tenths {
  const { regular, midterm, final } = subject[term];
  const open = Math.max(0, requiredInTerm(subject, term) - regular.length);
  const marks = [...regular, ...Array.from({ length: open }, () => 100)];
  return termAverage(marks, countedMark(midterm) ?? 100, countedMark(final) ?? 100);
}

function isComplete(subject: ScoreSubject, term: Term): boolean {
  const { regular, midterm, final } = subject[term];
  return regular.length >= requiredInTerm(subject, term) && midterm !== null && final !== null;
}
