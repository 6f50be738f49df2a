/**
 * A second implementation of TT 22/2021 Đ.6–9, 12–15 and TT 27/2020 Đ.9, 11, 13, written from the circulars as set
 * definitions over exact fractions (BigInt, hundredths, sorted lists) and compared with the product on random pupils.
 * It shares no code with it.
 */
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { evaluate } from '#regulations/evaluate.js';
import { without } from './pupils.js';

/** A small deterministic generator, so that a failure can be repeated. */
function generator(seed: number) {
  let state = seed >>> 0;
  const next = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 2 ** 32) * below);
  };
  const pick = <T>(list: readonly T[]): T => list[next(list.length)]!;
  return { next, pick };
}
type Random = ReturnType<typeof generator>;

const sign = (tenths: number): string =>
  tenths % 10 === 0 ? `${tenths / 10}` : `${Math.floor(tenths / 10)}.${tenths % 10}`;

// ---- averages: fractions in BigInt, "half up" as "the largest one-decimal number not above value + 0.05"
const toTenths = (text: string): bigint => {
  const [whole, part = '0'] = text === 'V' ? ['0'] : text.split('.');
  return BigInt(whole!) * 10n + BigInt(part);
};
function oneDecimal(numerator: bigint, denominator: bigint): bigint {
  return (100n * numerator + 50n * denominator) / (100n * denominator);
}
const printed = (tenths: bigint): string => `${tenths / 10n}.${tenths % 10n}`;

interface Subject {
  code: string;
  kind: 'score' | 'comment';
  periodsPerYear: number;
  notAssessed?: boolean;
  HK1: Term;
  HK2: Term;
}
interface Term {
  regular: (string | null)[];
  midterm: string | null;
  final: string | null;
}

const NEEDED = new Map([
  [35, 2],
  [52, 3],
  [70, 3],
  [105, 4],
  [140, 4],
]);

function termValue(subject: Subject, term: Term): bigint | 'D' | 'CD' | null {
  const regular = term.regular.filter((mark) => mark !== null);
  const least = subject.kind === 'comment' ? 2 : NEEDED.get(subject.periodsPerYear)!;
  if (subject.notAssessed || regular.length < least || term.midterm === null || term.final === null)
    return null;
  if (subject.kind === 'comment') {
    return new Set([...regular, term.midterm, term.final]).size === 1 && term.final === 'D' ? 'D' : 'CD';
  }
  const sixths = [...regular, term.midterm, term.midterm, term.final, term.final, term.final];
  return oneDecimal(
    sixths.map(toTenths).reduce((sum, mark) => sum + mark, 0n),
    BigInt(sixths.length),
  );
}

function yearValue(kind: string, one: bigint | string | null, two: bigint | string | null) {
  if (one === null || two === null) return null;
  return kind === 'comment' ? two : oneDecimal((one as bigint) + (two as bigint) + (two as bigint), 3n);
}

// ---- levels as predicates over the sorted averages
const LADDER = ['CHUA_DAT', 'DAT', 'KHA', 'TOT'];
interface Settings {
  removedSubjectCountsAmongSix: boolean;
  raiseFrom: 'base' | 'reference';
  commentSubjectCanBeCulprit: boolean;
}

function plainLevel(scores: bigint[], comments: string[], free = 0): number {
  const falling = [...scores].sort((a, b) => Number(b - a));
  const sixth = free === 1 ? falling[4] : falling[5];
  const worst = falling.at(-1)!;
  const failed = comments.filter((result) => result === 'CD').length;
  if (sixth === undefined) return 0;
  if (failed === 0 && worst >= 65n && sixth >= 80n) return 3;
  if (failed === 0 && worst >= 50n && sixth >= 65n) return 2;
  if (failed <= 1 && worst >= 35n && sixth >= 50n) return 1;
  return 0;
}

function level(scores: bigint[], comments: string[], settings: Settings): string {
  const base = plainLevel(scores, comments);
  const left: number[] = scores.map((_, out) =>
    plainLevel(
      scores.filter((_score, index) => index !== out),
      comments,
      settings.removedSubjectCountsAmongSix ? 1 : 0,
    ),
  );
  if (settings.commentSubjectCanBeCulprit) {
    comments.forEach((result, out) => {
      if (result === 'CD') left.push(plainLevel(scores, comments.with(out, 'D')));
    });
  }
  const references = left.filter((reference) => reference >= 2 && reference >= base + 2);
  if (references.length === 0) return LADDER[base]!;
  return LADDER[settings.raiseFrom === 'base' ? base + 1 : Math.max(...references) - 1]!;
}

// ---- conduct: semester II, held back or carried by semester I
function conductYear(one: string, two: string): string {
  const [a, b] = [LADDER.indexOf(one), LADDER.indexOf(two)];
  if (b === 0) return 'CHUA_DAT';
  if (b === 3) return a >= 2 ? 'TOT' : 'KHA';
  if (b === 2) return a === 0 ? 'DAT' : 'KHA';
  return a === 3 ? 'KHA' : 'DAT';
}

// ---- random pupils, crowded round the thresholds
const EDGES = [34, 35, 36, 49, 50, 51, 64, 65, 66, 79, 80, 81, 89, 90, 91];

function randomTerm(random: Random, kind: string, target: number, count: number, gaps: boolean): Term {
  const mark = (): string => {
    if (kind === 'comment') return random.next(40) === 0 ? 'CD' : 'D';
    return sign(Math.max(0, Math.min(100, target + random.next(7) - 3)));
  };
  const term: Term = { regular: Array.from({ length: count }, mark), midterm: mark(), final: mark() };
  if (random.next(60) === 0) term.midterm = 'V';
  if (gaps && random.next(25) === 0) term.regular[0] = null;
  if (gaps && random.next(25) === 0) term.final = null;
  return term;
}

function randomPupil(random: Random, id: number) {
  const common = random.pick(EDGES);
  const gaps = random.next(8) === 0;
  const subjects = Array.from({ length: 5 + random.next(6) }, (_, index): Subject => {
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
  return {
    id: `p${id}`,
    ruleSet: 'tt22-2021',
    grade: 6 + random.next(7),
    subjects,
    conduct: { HK1: random.pick(LADDER), HK2: random.pick(LADDER) },
    absences: random.pick([0, 12, 44, 45, 46, 60]),
    settings: {
      adjustment: {
        removedSubjectCountsAmongSix: random.next(2) === 0,
        raiseFrom: random.pick(['base', 'reference'] as const),
        commentSubjectCanBeCulprit: random.next(2) === 0,
      },
    },
  };
}

function expected(pupil: ReturnType<typeof randomPupil>) {
  const assessed = pupil.subjects.filter((subject) => !subject.notAssessed);
  const values = new Map(
    pupil.subjects.map((subject) => {
      const [HK1, HK2] = [termValue(subject, subject.HK1), termValue(subject, subject.HK2)];
      return [subject.code, { HK1, HK2, year: yearValue(subject.kind, HK1, HK2) }] as const;
    }),
  );
  const show = (value: bigint | string | null) => (typeof value === 'bigint' ? printed(value) : value);
  const at = (period: 'HK1' | 'HK2' | 'year') => assessed.map(({ code }) => values.get(code)![period]);
  const learning = (period: 'HK1' | 'HK2' | 'year') => {
    const all = at(period);
    const enough = assessed.filter(({ kind }) => kind === 'score').length >= 6;
    if (!enough || all.includes(null)) return null;
    const scores = all.filter((value) => typeof value === 'bigint');
    const comments = all.filter((value) => typeof value === 'string');
    return level(scores, comments, pupil.settings.adjustment);
  };
  const result = learning('year');
  const conduct = conductYear(pupil.conduct.HK1, pupil.conduct.HK2);
  const failed = [result, conduct].filter((value) => value === 'CHUA_DAT').length;
  const promotion = (): string | null => {
    if (result === null) return null;
    if (pupil.absences >= 46 || failed === 2) return 'O_LAI';
    if (failed === 0) return 'LEN_LOP';
    return result === 'CHUA_DAT' ? 'DANH_GIA_LAI' : 'REN_LUYEN_HE';
  };
  const nines = at('year').filter((value) => typeof value === 'bigint' && value >= 90n).length;
  const best = result === 'TOT' && conduct === 'TOT';
  return {
    id: pupil.id,
    ruleSet: 'tt22-2021',
    subjects: Object.fromEntries(
      [...values].map(([code, { HK1, HK2, year }]) => [
        code,
        { HK1: show(HK1), HK2: show(HK2), year: show(year) },
      ]),
    ),
    learning: { HK1: learning('HK1'), HK2: learning('HK2'), year: result },
    conduct: { ...pupil.conduct, year: conduct },
    promotion: promotion(),
    honour: best ? (nines >= 6 ? 'HOC_SINH_XUAT_SAC' : 'HOC_SINH_GIOI') : null,
  };
}

/** Compares, and asks the slow matcher only to show a difference. */
function agree(answer: unknown, second: unknown): void {
  if (!isDeepStrictEqual(answer, second)) expect(answer).toEqual(second);
}

describe('TT 22/2021 against a second implementation', () => {
  test('70,000 random pupils round every threshold get the same averages, levels, promotion and honour', () => {
    const random = generator(20261121);
    const seen = new Map<string, number>();
    for (let id = 0; id < 70_000; id += 1) {
      const pupil = randomPupil(random, id);
      const answer = without(evaluate(pupil), 'problems');
      agree(answer, expected(pupil));
      for (const key of [
        `level ${String((answer.learning as { year: unknown }).year)}`,
        `${String(answer.promotion)}`,
        `${String(answer.honour)}`,
      ]) {
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
    }
    for (const key of [
      'level TOT',
      'level KHA',
      'level DAT',
      'level CHUA_DAT',
      'level null',
      'LEN_LOP',
      'DANH_GIA_LAI',
    ]) {
      expect([key, (seen.get(key) ?? 0) > 50]).toEqual([key, true]);
    }
    for (const key of ['REN_LUYEN_HE', 'O_LAI', 'HOC_SINH_XUAT_SAC', 'HOC_SINH_GIOI']) {
      expect([key, (seen.get(key) ?? 0) > 10]).toEqual([key, true]);
    }
  }, 180_000);

  test('the order of the subjects changes nothing', () => {
    const random = generator(7);
    for (let id = 0; id < 300; id += 1) {
      const pupil = randomPupil(random, id);
      const turned = { ...pupil, subjects: [...pupil.subjects].reverse() };
      const strip = (input: unknown) => without(evaluate(input), 'problems', 'subjects');
      expect(strip(turned)).toEqual(strip(pupil));
    }
  });

  test('a higher mark never lowers a level under the default settings', () => {
    const random = generator(11);
    for (let id = 0; id < 1500; id += 1) {
      const pupil = { ...randomPupil(random, id), settings: {} };
      const index = pupil.subjects.findIndex(({ kind, notAssessed }) => kind === 'score' && !notAssessed);
      const subject = pupil.subjects[index]!;
      const raise = (mark: string | null) =>
        mark === null ? null : sign(Math.min(100, Number(toTenths(mark)) + 1 + random.next(30)));
      const raised = { ...subject, HK2: { ...subject.HK2, final: raise(subject.HK2.final) } };
      const after = { ...pupil, subjects: pupil.subjects.with(index, raised) };
      const [before, now] = [pupil, after].map(
        (input) => (evaluate(input) as { learning: { year: string | null } }).learning.year,
      );
      if (before === null) expect(now).toBeNull();
      else expect(LADDER.indexOf(now!)).toBeGreaterThanOrEqual(LADDER.indexOf(before!));
    }
  });
});

// ---- primary
const SUBJECTS: Record<number, string[]> = {
  2: ['TIENG_VIET*', 'TOAN*', 'DAO_DUC', 'TU_NHIEN_XA_HOI', 'GDTC', 'AM_NHAC', 'MI_THUAT', 'HDTN'],
  3: [
    'TIENG_VIET*',
    'TOAN*',
    'NGOAI_NGU_1*',
    'TIN_HOC*',
    'CONG_NGHE*',
    'DAO_DUC',
    'TU_NHIEN_XA_HOI',
    'GDTC',
    'AM_NHAC',
    'MI_THUAT',
    'HDTN',
  ],
  5: [
    'TIENG_VIET*',
    'TOAN*',
    'NGOAI_NGU_1*',
    'LICH_SU_DIA_LI*',
    'KHOA_HOC*',
    'TIN_HOC_CONG_NGHE*',
    'DAO_DUC',
    'GDTC',
    'AM_NHAC',
    'MI_THUAT',
    'HDTN',
  ],
};
const TRAITS = ['YEU_NUOC', 'NHAN_AI', 'CHAM_CHI', 'TRUNG_THUC', 'TRACH_NHIEM'];
const SKILLS = [
  'TU_CHU_TU_HOC',
  'GIAO_TIEP_HOP_TAC',
  'GIAI_QUYET_VAN_DE',
  'NGON_NGU',
  'TINH_TOAN',
  'KHOA_HOC',
  'THAM_MI',
  'THE_CHAT',
];

describe('TT 27/2020 against a second implementation', () => {
  test('30,000 random pupils get the same level, completion and honour', () => {
    const random = generator(27);
    const seen = new Set<string>();
    for (let id = 0; id < 30_000; id += 1) {
      const grade = random.pick([2, 3, 5]);
      const ease = random.pick([0, 3, 30]);
      const floor = random.pick([4, 5, 6, 7, 8, 9]);
      const missing = random.next(12) === 0;
      const letters: string[] = [];
      const marks: number[] = [];
      let gap = false;
      const letter = (middle: string): { CN?: string } => {
        const value = ease > 0 && random.next(ease) === 0 ? random.pick([middle, middle, 'C']) : 'T';
        if (missing && random.next(20) === 0) {
          gap = true;
          return {};
        }
        letters.push(value);
        return { CN: value };
      };
      const subjects = SUBJECTS[grade]!.map((name) => {
        const code = name.replace('*', '');
        const levels = letter('H');
        if (!name.endsWith('*')) return { code, levels };
        const mark = Math.min(10, floor + random.next(3));
        marks.push(mark);
        return { code, levels, tests: { CN: String(mark) } };
      });
      const traits = (codes: string[]) => Object.fromEntries(codes.map((code) => [code, letter('D')]));
      const flags = { outstanding: random.next(2) === 0, classRecognised: random.next(2) === 0 };
      const qualities = traits(TRAITS);
      const competences = traits(grade === 2 ? SKILLS : [...SKILLS, 'CONG_NGHE', 'TIN_HOC']);
      const answer = evaluate({
        id: `c${id}`,
        ruleSet: 'tt27-2020',
        grade,
        subjects,
        qualities,
        competences,
        ...flags,
      });
      const [lowest, perfect] = [Math.min(...marks), letters.every((value) => value === 'T')];
      let year: string | null = 'CHT';
      if (!letters.includes('C') && lowest >= 5) year = 'HT';
      if (perfect && lowest >= 7) year = 'HTT';
      if (perfect && lowest >= 9) year = 'HTXS';
      if (gap) year = null;
      const done = grade === 5 ? 'HOAN_THANH_TIEU_HOC' : 'HOAN_THANH_LOP';
      const second =
        year === 'HTT' && flags.outstanding && flags.classRecognised ? 'HOC_SINH_TIEU_BIEU' : null;
      agree(without(answer, 'problems'), {
        id: `c${id}`,
        ruleSet: 'tt27-2020',
        year,
        promotion: year === null ? null : year === 'CHT' ? 'DANH_GIA_BO_SUNG' : done,
        honour: year === 'HTXS' ? 'HOC_SINH_XUAT_SAC' : second,
      });
      seen.add(`${year}`).add(`${second}`);
    }
    expect([...seen].sort()).toEqual(['CHT', 'HOC_SINH_TIEU_BIEU', 'HT', 'HTT', 'HTXS', 'null']);
  }, 180_000);
});
