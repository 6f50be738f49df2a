import { evaluate, isErrorAnswer } from '../evaluate.js';
import { InputIssues } from '../input-issues.js';
import { evaluateTt22 } from '../tt22/evaluate.js';
import { readTt22 } from '../tt22/read.js';
import { evaluateTt27 } from '../tt27/evaluate.js';
import { readTt27 } from '../tt27/read.js';
import type { ErrorAnswer, EvaluateInput, Tt22Answer, Tt22Input, Tt27Input } from '../types.js';
import type { Explanation } from './explanation.js';
import { explainCompletion, explainPrimaryHonour, explainPrimaryYear } from './primary-year.js';
import { explainLearning } from './secondary-learning.js';
import { explainSubject } from './secondary-subject.js';
import { explainConduct, explainHonour, explainPromotion } from './secondary-year.js';

/**
 * Why each result of a pupil's year is what it is: article, subjects, what is missing by how much, where the adjustment
 * struck. Every value is the one `evaluate` gives, by the same rule functions. An input that cannot be evaluated gets
 * the same refusal.
 */
export function explain(input: EvaluateInput): readonly Explanation[] | ErrorAnswer {
  const answer = evaluate(input);
  if (isErrorAnswer(answer)) return answer;
  return input.ruleSet === 'tt22-2021' ? explainSecondary(input) : explainPrimary(input);
}

function explainSecondary(input: Tt22Input): readonly Explanation[] {
  const record = readTt22(input, input.id, new InputIssues());
  const answer: Tt22Answer = evaluateTt22(record);
  const exempt = new Set(
    input.subjects.filter((subject) => subject.exempt === 'practice').map(({ code }) => code),
  );
  const assessed = record.subjects.filter(({ notAssessed }) => !notAssessed);
  const learning = (['HK1', 'HK2', 'year'] as const).map((when) => {
    const values = assessed.map(({ code, kind }) => ({ code, kind, value: answer.subjects[code]![when] }));
    return explainLearning(`learning.${when}`, values, record.grade, record.adjustment);
  });
  return [
    ...record.subjects.flatMap((subject) =>
      explainSubject(subject, record.grade, exempt.has(subject.code), answer.subjects[subject.code]!),
    ),
    ...learning,
    explainConduct(answer.conduct),
    explainPromotion(answer, record.absences, record.grade),
    explainHonour(answer),
  ];
}

function explainPrimary(input: Tt27Input): readonly Explanation[] {
  const record = readTt27(input, input.id, new InputIssues());
  const answer = evaluateTt27(record);
  return [
    explainPrimaryYear(record, answer),
    explainCompletion(answer),
    explainPrimaryHonour(record, answer),
  ];
}
