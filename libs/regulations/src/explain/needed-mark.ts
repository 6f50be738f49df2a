import type { Tenths } from '../decimal.js';
import { evaluate, isErrorAnswer } from '../evaluate.js';
import { InputIssues } from '../input-issues.js';
import { LEVEL_LABELS, PERIOD_LABELS } from '../labels.js';
import { termAverage } from '../tt22/averages.js';
import { requiredInTerm } from '../tt22/evaluate.js';
import { LEARNING_THRESHOLDS } from '../tt22/learning-level.js';
import { countedMark } from '../tt22/periodic-absence.js';
import { readTt22, type ScoreSubject } from '../tt22/read.js';
import type { ErrorAnswer, Level, Term, Tt22Input } from '../types.js';
import { subjectName } from './secondary-subject.js';
import { averageWords, markWords } from './sentence.js';

/** The end-of-term mark (CK) from which a subject's term average is what a level of learning asks of six subjects. */
export interface NeededFinal {
  /** Code of the subject. */
  readonly subject: string;
  readonly level: Level;
  /** The term average that the level asks for. */
  readonly average: Tenths;
  /** The least mark that reaches it; null when even a 10 does not. */
  readonly final: Tenths | null;
  /** "Toán, Học kì II: cần CK ≥ 6,5 để ĐTB đạt 6,5 (mức Khá).". */
  readonly sentence: string;
}

const HIGHEST: Tenths = 100;

/**
 * What the last test of the term must bring (TT 22/2021 Đ.9 k.1–2), for each mark subject of which only that test is open:
 * one answer a level, the best level first.
 *
 * @returns the refusal of `evaluate` when the year cannot be read
 */
export function neededFinals(input: Tt22Input, term: Term): readonly NeededFinal[] | ErrorAnswer {
  const answer = evaluate(input);
  if (isErrorAnswer(answer)) return answer;
  const { subjects, grade } = readTt22(input, input.id, new InputIssues());
  return subjects.flatMap((subject) =>
    subject.kind === 'score' && !subject.notAssessed ? neededOf(subject, term, grade) : [],
  );
}

function neededOf(subject: ScoreSubject, term: Term, grade: number): NeededFinal[] {
  const { regular, midterm, final } = subject[term];
  const counted = countedMark(midterm);
  if (counted === null || final !== null || regular.length < requiredInTerm(subject, term)) return [];
  const name = `${subjectName(subject.code, grade)}, ${PERIOD_LABELS[term]}`;
  return LEARNING_THRESHOLDS.map(({ level, six }) => {
    const least = leastMark((mark) => termAverage(regular, counted, mark) >= six);
    const goal = `để ĐTB đạt ${averageWords(six)} (mức ${LEVEL_LABELS[level]})`;
    const needed = least === null ? 'CK 10 cũng không đủ' : `cần CK ≥ ${markWords(least)}`;
    return {
      subject: subject.code,
      level,
      average: six,
      final: least,
      sentence: `${name}: ${needed} ${goal}.`,
    };
  });
}

/** The least mark of 0 to 10 in tenths that is enough, tried one by one; null when none is. */
export function leastMark(enough: (mark: Tenths) => boolean): Tenths | null {
  for (let mark = 0; mark <= HIGHEST; mark += 1) if (enough(mark)) return mark;
  return null;
}
