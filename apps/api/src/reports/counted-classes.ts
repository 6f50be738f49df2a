/** The tables of a summary, counted over one class or several: results, subjects, titles. Pure. */
import type { CountedAnswer, HonoursAnswer, SharesAnswer, SubjectSharesAnswer } from '#contracts/reports.js';
import { classShares, type PupilOutcome } from '#regulations/class-shares.js';
import { honourCounts } from '#regulations/honour-counts.js';
import { HONOUR_LABELS, LEVEL_LABELS, PERIOD_LABELS, PRIMARY_YEAR_LABELS } from '#regulations/labels.js';
import { SUBJECT_YEAR_LABELS, subjectShares, subjectYearResult } from '#regulations/subject-shares.js';
import type { Subject } from '#regulations/subjects.js';
import type { EvaluateInput, RuleSetId } from '#regulations/types.js';
import type { ResultOfYear } from '../results/results.js';
import { areasOf, takes, type ClassInfo } from '../school/class-info.js';

/** A pupil's year as it is counted. */
export interface Outcome {
  readonly pupilId: string;
  readonly input: EvaluateInput;
  /** The computed year; null while there is none that holds. */
  readonly answer: ResultOfYear | null;
  /** Subjects that the pupil's individual plan leaves out. */
  readonly notAssessed: readonly string[];
}

export interface CountedClass {
  readonly info: ClassInfo;
  readonly outcomes: readonly Outcome[];
}

/** One table of shares: what it is of, and where the level stands in an answer of evaluate. */
interface Measure {
  readonly about: string;
  readonly label: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly levelIn: (answer: ResultOfYear) => string | null;
}

const PRIMARY: readonly Measure[] = [
  {
    ...{ about: 'year', label: 'Kết quả giáo dục cả năm', labels: PRIMARY_YEAR_LABELS },
    levelIn: (answer) => ('year' in answer ? answer.year : null),
  },
];

const SECONDARY: readonly Measure[] = (['HK1', 'HK2', 'year'] as const).flatMap((when): Measure[] => {
  const label = when === 'year' ? 'cả năm' : PERIOD_LABELS[when];
  return [
    {
      ...{ about: `learning.${when}`, label: `Kết quả học tập, ${label}`, labels: LEVEL_LABELS },
      levelIn: (answer) => ('learning' in answer ? answer.learning[when] : null),
    },
    {
      ...{ about: `conduct.${when}`, label: `Kết quả rèn luyện, ${label}`, labels: LEVEL_LABELS },
      levelIn: (answer) => ('conduct' in answer ? answer.conduct[when] : null),
    },
  ];
});

const MEASURES: Readonly<Record<RuleSetId, readonly Measure[]>> = {
  'tt22-2021': SECONDARY,
  'tt27-2020': PRIMARY,
};

/** @param counted classes of one school, so of one circular; one at least */
export function countedOf(counted: readonly [CountedClass, ...CountedClass[]]): CountedAnswer {
  const ruleSet = counted[0].info.ruleSet.id;
  const outcomes = counted.flatMap((each) => each.outcomes);
  return {
    shares: sharesOf(ruleSet, outcomes),
    subjects: subjectsOf(counted),
    honours: honoursOf(ruleSet, outcomes),
  };
}

/** Whoever has subjects under an individual plan and so no level of their own is not assessed, rather than open. */
function sharesOf(ruleSet: RuleSetId, outcomes: readonly Outcome[]): SharesAnswer[] {
  return MEASURES[ruleSet].map(({ about, label, labels, levelIn }) => {
    const pupils = outcomes.map(({ answer, notAssessed }): PupilOutcome<string> => {
      const level = answer === null ? null : levelIn(answer);
      return { level, notAssessed: notAssessed.length > 0 && level === null };
    });
    return { about, label, ...labelled(classShares(pupils, Object.keys(labels)), labels) };
  });
}

/** Each subject over the classes that are taught it, in the order of the book. */
function subjectsOf(counted: readonly CountedClass[]): SubjectSharesAnswer[] {
  const found = new Map<string, { readonly subject: Subject; readonly classes: CountedClass[] }>();
  for (const each of counted) {
    for (const { subject } of areasOf(each.info)) {
      if (subject === null) continue;
      const entry = found.get(subject.code) ?? { subject, classes: [] };
      entry.classes.push(each);
      found.set(subject.code, entry);
    }
  }
  return [...found.values()].map(({ subject: { code, name, kind }, classes }) => {
    const pupils = classes.flatMap(({ info, outcomes }) =>
      outcomes.map(({ pupilId, input, answer, notAssessed }) => ({
        taken: takes(info, pupilId, code),
        notAssessed: notAssessed.includes(code),
        result: answer === null ? null : subjectYearResult(input, answer, code),
      })),
    );
    const shares = subjectShares(kind, pupils);
    return {
      ...{ about: `subjects.${code}.year`, area: code, label: name, notTaken: shares.notTaken },
      ...labelled(shares, SUBJECT_YEAR_LABELS[kind]),
    };
  });
}

function honoursOf(ruleSet: RuleSetId, outcomes: readonly Outcome[]): HonoursAnswer {
  const { titles, none, open } = honourCounts(
    ruleSet,
    outcomes.map(({ answer }) => answer?.honour),
  );
  return { titles: titles.map((title) => ({ ...title, label: HONOUR_LABELS[title.honour] })), none, open };
}

function labelled(
  { assessed, notAssessed, open, shares }: ReturnType<typeof classShares>,
  labels: Readonly<Record<string, string>>,
): Pick<SharesAnswer, 'assessed' | 'notAssessed' | 'open' | 'shares'> {
  const words = shares.map((share) => ({ ...share, label: labels[share.level] ?? share.level }));
  return { assessed, notAssessed, open, shares: words };
}
