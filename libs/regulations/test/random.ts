/** Random pupils for the comparisons and properties: reproducible, and crowded round the thresholds. */

/** A small deterministic generator, so that a failure can be repeated. */
export function generator(seed: number) {
  let state = seed >>> 0;
  const next = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 2 ** 32) * below);
  };
  const pick = <T>(list: readonly T[]): T => list[next(list.length)]!;
  const shuffled = <T>(list: readonly T[]): T[] =>
    list
      .map((value) => ({ value, key: next(1_000_000) }))
      .sort((a, b) => a.key - b.key)
      .map(({ value }) => value);
  return { next, pick, shuffled };
}
export type Random = ReturnType<typeof generator>;

/** Tenths as a mark is written: "8.5", "8", "10". */
export const sign = (tenths: number): string =>
  tenths % 10 === 0 ? `${tenths / 10}` : `${Math.floor(tenths / 10)}.${tenths % 10}`;

export interface RandomTerm {
  regular: (string | null)[];
  midterm: string | null;
  final: string | null;
}
export interface RandomSubject {
  code: string;
  kind: 'score' | 'comment';
  periodsPerYear: number;
  notAssessed?: boolean;
  HK1: RandomTerm;
  HK2: RandomTerm;
}
export interface RandomSettings {
  removedSubjectCountsAmongSix: boolean;
  raiseFrom: 'base' | 'reference';
  commentSubjectCanBeCulprit: boolean;
}
export interface RandomPupil {
  id: string;
  ruleSet: 'tt22-2021';
  grade: number;
  subjects: RandomSubject[];
  conduct: { HK1: string; HK2: string };
  absences: number;
  settings: { adjustment: RandomSettings };
  reassessment?: { subjects: Record<string, string | null>; conduct?: string };
}

/** Yearly periods and the regular marks they ask for (regulations 1.2). */
export const NEEDED = new Map([
  [35, 2],
  [52, 3],
  [70, 3],
  [105, 4],
  [140, 4],
]);
const EDGES = [34, 35, 36, 49, 50, 51, 64, 65, 66, 79, 80, 81, 89, 90, 91];
const LEVELS = ['CHUA_DAT', 'DAT', 'KHA', 'TOT'];

function randomTerm(random: Random, kind: string, target: number, count: number, gaps: boolean): RandomTerm {
  const mark = (): string => {
    if (kind === 'comment') return random.next(40) === 0 ? 'CD' : 'D';
    return sign(Math.max(0, Math.min(100, target + random.next(7) - 3)));
  };
  const term: RandomTerm = { regular: Array.from({ length: count }, mark), midterm: mark(), final: mark() };
  if (random.next(60) === 0) term.midterm = 'V';
  if (gaps && random.next(25) === 0) term.regular[0] = null;
  if (gaps && random.next(25) === 0) term.final = null;
  return term;
}

/** A year of a pupil of grades 6–12: 5 to 10 mark subjects, 4 comment subjects, now and then gaps. */
export function randomPupil(random: Random, id: number): RandomPupil {
  const common = random.pick(EDGES);
  const gaps = random.next(8) === 0;
  const subjects = Array.from({ length: 5 + random.next(6) }, (_, index): RandomSubject => {
    const periodsPerYear = random.pick([...NEEDED.keys()]);
    const count = NEEDED.get(periodsPerYear)! + (random.next(10) === 0 ? 1 : 0);
    const target = random.next(4) === 0 ? random.pick(EDGES) : common + random.next(30);
    const term = () => randomTerm(random, 'score', Math.min(100, target), count, gaps);
    return { code: `M${index}`, kind: 'score', periodsPerYear, HK1: term(), HK2: term() };
  });
  for (let index = 0; index < 4; index += 1) {
    const term = () => randomTerm(random, 'comment', 0, 2, gaps);
    subjects.push({ code: `N${index}`, kind: 'comment', periodsPerYear: 70, HK1: term(), HK2: term() });
  }
  if (random.next(20) === 0) subjects[0]!.notAssessed = true;
  const pupil: RandomPupil = {
    id: `p${id}`,
    ruleSet: 'tt22-2021',
    grade: 6 + random.next(7),
    subjects,
    conduct: { HK1: random.pick(LEVELS), HK2: random.pick(LEVELS) },
    absences: random.pick([0, 12, 44, 45, 46, 60]),
    settings: {
      adjustment: {
        removedSubjectCountsAmongSix: random.next(2) === 0,
        raiseFrom: random.pick(['base', 'reference'] as const),
        commentSubjectCanBeCulprit: random.next(2) === 0,
      },
    },
  };
  if (random.next(2) === 0) pupil.reassessment = randomSummer(random, pupil);
  return pupil;
}

/** Re-assessment of some subjects, the right ones and others, sat or not; summer training now and then. */
function randomSummer(random: Random, { subjects }: RandomPupil): NonNullable<RandomPupil['reassessment']> {
  const results: Record<string, string | null> = {};
  for (const { code, kind } of subjects) {
    if (random.next(3) === 0) continue;
    const mark = kind === 'comment' ? random.pick(['D', 'D', 'CD']) : sign(random.pick(EDGES));
    results[code] = random.next(12) === 0 ? null : mark;
  }
  if (random.next(30) === 0) results.NOT_TAUGHT = '9';
  return random.next(2) === 0 ? { subjects: results, conduct: random.pick(LEVELS) } : { subjects: results };
}
