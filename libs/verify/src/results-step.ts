/**
 * Better than any signature: do the results that a transcript states follow, by the pinned rules, from the values it
 * states? A term's value in J is already an average, so the term is handed to the rules as marks that are all equal to
 * it: their average, by TT 22/2021 Đ.9 k.1, is that value itself.
 */
import { sha256 } from '#ledger/format/crypto.js';
import { toHex } from '#ledger/format/bytes.js';
import { canonicalize, type Json } from '#ledger/format/jcs.js';
import { isErrorAnswer } from '#regulations/evaluate.js';
import { RuleSetError, ruleSetDescriptor, versionOf, type RuleSetVersion } from '#regulations/rule-sets.js';
import type { Tt22Answer, Tt22Input, Tt27Answer, Tt27Input } from '#regulations/types.js';
import type {
  PrimaryYear,
  SecondarySubject,
  SecondaryYear,
  TraitRow,
  Transcript,
} from '#transcript/document.js';

/** True or false; null when this release does not have the pinned rules, or a value that the rules need is missing. */
export function resultsFollow(transcript: Transcript): boolean | null {
  const rules = pinnedRules(transcript);
  if (rules === null) return null;
  const { year } = transcript.data;
  if (year.kind === 'primary') return primaryFollows(year, rules);
  return secondaryFollows(year, transcript.ruleSet.settings, rules);
}

/** The version that the transcript was made with, also when newer ones have come since. */
function pinnedRules({ ruleSet }: Transcript): RuleSetVersion | null {
  try {
    const descriptor = ruleSetDescriptor(ruleSet.id, ruleSet.version) as Json;
    return toHex(sha256(canonicalize(descriptor))) === ruleSet.hash ? versionOf(ruleSet) : null;
  } catch (error) {
    if (error instanceof RuleSetError) return null;
    throw error;
  }
}

function secondaryFollows(
  year: SecondaryYear,
  settings: Transcript['ruleSet']['settings'],
  rules: RuleSetVersion,
): boolean | null {
  const assessed = year.subjects.filter((subject) => subject.notAssessed !== true);
  // A term without a value (a transfer) is decided by people, with a reason; the rules say nothing about it.
  if (assessed.some((subject) => subject.HK1 === null || subject.HK2 === null)) return null;
  const answer = rules.evaluate(secondaryInput(year, settings));
  if (isErrorAnswer(answer) || answer.ruleSet !== 'tt22-2021') return null;
  return (
    assessed.every((subject) => answer.subjects[subject.code]?.year === subject.year) &&
    sameTerms(answer.learning, year.learning) &&
    sameTerms(answer.conduct, year.conduct) &&
    answer.promotion === year.promotion.decision &&
    answer.honour === (year.honour?.code ?? null) &&
    sameAfter(answer, year)
  );
}

function secondaryInput(year: SecondaryYear, settings: Transcript['ruleSet']['settings']): Tt22Input {
  const reassessed = year.subjects.flatMap((subject) =>
    subject.afterReassessment === undefined ? [] : [[subject.code, subject.afterReassessment] as const],
  );
  const { afterSummer } = year.conduct;
  const again = reassessed.length > 0 || afterSummer !== undefined;
  return {
    id: 'transcript',
    ruleSet: 'tt22-2021',
    grade: year.grade,
    subjects: year.subjects.map((subject) => ({
      code: subject.code,
      kind: subject.kind,
      periodsPerYear: FEWEST_PERIODS,
      ...(subject.exempt === undefined ? {} : { exempt: subject.exempt }),
      ...(subject.notAssessed === true
        ? { notAssessed: true }
        : { HK1: term(subject, 'HK1'), HK2: term(subject, 'HK2') }),
    })),
    conduct: { HK1: year.conduct.HK1, HK2: year.conduct.HK2 },
    absences: year.absences,
    ...(settings === undefined ? {} : { settings }),
    ...(again
      ? {
          reassessment: {
            subjects: Object.fromEntries(reassessed),
            ...(afterSummer === undefined ? {} : { conduct: afterSummer }),
          },
        }
      : {}),
  };
}

/** With 35 periods two regular marks are enough. */
const FEWEST_PERIODS = 35;

function term(
  subject: SecondarySubject,
  name: 'HK1' | 'HK2',
): NonNullable<Tt22Input['subjects'][number]['HK1']> {
  const value = subject[name];
  const mark = value === null ? null : value.replace(/\.0$/, '');
  return { regular: [mark, mark], midterm: mark, final: mark };
}

function sameTerms(
  answer: { readonly HK1: unknown; readonly HK2: unknown; readonly year: unknown },
  stated: { readonly HK1: unknown; readonly HK2: unknown; readonly year: unknown },
): boolean {
  return answer.HK1 === stated.HK1 && answer.HK2 === stated.HK2 && answer.year === stated.year;
}

function sameAfter(answer: Tt22Answer, year: SecondaryYear): boolean {
  const { afterReassessment: learning } = year.learning;
  return learning === undefined || answer.afterReassessment?.learning === learning;
}

function primaryFollows(year: PrimaryYear, rules: RuleSetVersion): boolean | null {
  if (year.yearResult === null) return null;
  const answer: Tt27Answer | undefined = (() => {
    const found = rules.evaluate(primaryInput(year));
    return isErrorAnswer(found) || found.ruleSet !== 'tt27-2020' ? undefined : found;
  })();
  if (answer === undefined) return null;
  return (
    answer.year === year.yearResult &&
    answer.promotion === year.completion.decision &&
    answer.honour === (year.honour?.code ?? null)
  );
}

function primaryInput(year: PrimaryYear): Tt27Input {
  const traits = (rows: readonly TraitRow[]): Record<string, { CN: TraitRow['level'] }> =>
    Object.fromEntries(rows.map((row) => [row.code, { CN: row.level }]));
  const competences = [...year.competences.general, ...year.competences.specific];
  // Whether a pupil stood out, and the class recognised it (Đ.13), is for people to say; J says it by the title given.
  const outstanding = year.honour?.code === 'HOC_SINH_TIEU_BIEU';
  return {
    id: 'transcript',
    ruleSet: 'tt27-2020',
    grade: year.grade,
    subjects: year.subjects.map(({ code, level, test, notAssessed }) => ({
      code,
      ...(notAssessed === true ? { notAssessed } : { levels: { CN: level } }),
      ...(test === undefined ? {} : { tests: { CN: test } }),
    })),
    qualities: traits(year.qualities.rows),
    competences: traits(competences),
    outstanding,
    classRecognised: outstanding,
    ...additional(year, competences),
  };
}

function additional(
  year: PrimaryYear,
  competences: readonly TraitRow[],
): Pick<Tt27Input, 'additionalAssessment'> {
  const again = (rows: readonly TraitRow[]): Record<string, { CN: NonNullable<TraitRow['additional']> }> =>
    Object.fromEntries(
      rows.flatMap(({ code, additional: level }) => (level === undefined ? [] : [[code, { CN: level }]])),
    );
  const subjects = year.subjects.flatMap(({ code, additional: value }) =>
    value === undefined ? [] : [{ code, ...value }],
  );
  const assessment = {
    levels: Object.fromEntries(subjects.map(({ code, level }) => [code, { CN: level }])),
    tests: Object.fromEntries(
      subjects.flatMap(({ code, test }) => (test === undefined ? [] : [[code, { CN: test }]])),
    ),
    qualities: again(year.qualities.rows),
    competences: again(competences),
  };
  const parts = Object.entries(assessment).filter(([, values]) => Object.keys(values).length > 0);
  return parts.length === 0 ? {} : { additionalAssessment: Object.fromEntries(parts) };
}
