/**
 * A second implementation of TT 22/2021 Đ.6–9 and 12–15, written from the circular as set definitions over exact
 * fractions (BigInt, sorted lists, brute force over the subjects). It shares no code with the product.
 */
import {
  NEEDED,
  type RandomPupil,
  type RandomSettings,
  type RandomSubject,
  type RandomTerm,
} from './random.js';

/** Tenths, "D", "CD", or null where there is no result. */
type Value = number | 'D' | 'CD' | null;

// ---- averages: fractions in BigInt, "half up" as "the largest one-decimal number not above value + 0.05"
const TENTHS = new Map<string, bigint>([['V', 0n]]);
for (let tenths = 0; tenths <= 100; tenths += 1) {
  TENTHS.set((tenths / 10).toFixed(1), BigInt(tenths));
  if (tenths % 10 === 0) TENTHS.set(String(tenths / 10), BigInt(tenths));
}
function oneDecimal(numerator: bigint, denominator: bigint): number {
  return Number((100n * numerator + 50n * denominator) / (100n * denominator));
}
const printed = (value: Value): string | null =>
  typeof value === 'number' ? `${Math.floor(value / 10)}.${value % 10}` : value;

function termValue(subject: RandomSubject, term: RandomTerm): Value {
  const regular = term.regular.filter((mark) => mark !== null);
  const least = subject.kind === 'comment' ? 2 : NEEDED.get(subject.periodsPerYear)!;
  if (subject.notAssessed || regular.length < least || term.midterm === null || term.final === null)
    return null;
  if (subject.kind === 'comment')
    return new Set([...regular, term.midterm, term.final, 'D']).size === 1 ? 'D' : 'CD';
  const weighed = [...regular, term.midterm, term.midterm, term.final, term.final, term.final];
  return oneDecimal(
    weighed.reduce((sum, mark) => sum + TENTHS.get(mark)!, 0n),
    BigInt(weighed.length),
  );
}

function yearValue(kind: string, one: Value, two: Value): Value {
  if (one === null || two === null) return null;
  if (kind === 'comment') return two;
  return oneDecimal(BigInt(one) + BigInt(two) + BigInt(two), 3n);
}

// ---- levels as predicates over the sorted averages
const LADDER = ['CHUA_DAT', 'DAT', 'KHA', 'TOT'];

/** @param free one subject more is taken as good enough for the six */
function plainLevel(falling: readonly number[], failed: number, free = 0): number {
  const sixth = falling[5 - free];
  const worst = falling.at(-1)!;
  if (sixth === undefined) return 0;
  if (failed === 0 && worst >= 65 && sixth >= 80) return 3;
  if (failed === 0 && worst >= 50 && sixth >= 65) return 2;
  if (failed <= 1 && worst >= 35 && sixth >= 50) return 1;
  return 0;
}

function level(values: readonly Value[], settings: RandomSettings): string | null {
  const falling = values.filter((value) => typeof value === 'number').sort((a, b) => b - a);
  const failed = values.filter((value) => value === 'CD').length;
  if (falling.length < 6 || values.includes(null)) return null;
  const base = plainLevel(falling, failed);
  const left = falling.map((_, out) =>
    plainLevel(falling.toSpliced(out, 1), failed, settings.removedSubjectCountsAmongSix ? 1 : 0),
  );
  if (settings.commentSubjectCanBeCulprit && failed > 0) left.push(plainLevel(falling, failed - 1));
  const best = Math.max(0, ...left.filter((reference) => reference >= 2 && reference >= base + 2));
  if (best === 0) return LADDER[base]!;
  return LADDER[settings.raiseFrom === 'base' ? base + 1 : best - 1]!;
}

// ---- conduct: semester II, held back or carried by semester I
function conductYear(one: string, two: string): string {
  const [a, b] = [LADDER.indexOf(one), LADDER.indexOf(two)];
  if (b === 0) return 'CHUA_DAT';
  if (b === 3) return a >= 2 ? 'TOT' : 'KHA';
  if (b === 2) return a === 0 ? 'DAT' : 'KHA';
  return a === 3 ? 'KHA' : 'DAT';
}

function decision(learning: string | null, conduct: string, absences: number): string | null {
  if (learning === null) return null;
  const failed = [learning, conduct].filter((value) => value === 'CHUA_DAT').length;
  if (absences >= 46 || failed === 2) return 'O_LAI';
  if (failed === 0) return 'LEN_LOP';
  return learning === 'CHUA_DAT' ? 'DANH_GIA_LAI' : 'REN_LUYEN_HE';
}

/** The whole answer but its problems, of which only those re-assessments are named that do not qualify. */
export function expected(pupil: RandomPupil) {
  const values = pupil.subjects.map((subject) => {
    const [HK1, HK2] = [termValue(subject, subject.HK1), termValue(subject, subject.HK2)];
    return { ...subject, HK1, HK2, year: yearValue(subject.kind, HK1, HK2) };
  });
  const assessed = values.filter(({ notAssessed }) => !notAssessed);
  const { adjustment } = pupil.settings;
  const learning = (period: 'HK1' | 'HK2' | 'year') =>
    level(
      assessed.map((subject) => subject[period]),
      adjustment,
    );
  const result = learning('year');
  const conduct = conductYear(pupil.conduct.HK1, pupil.conduct.HK2);
  const before = decision(result, conduct, pupil.absences);
  const nines = assessed.filter(({ year }) => typeof year === 'number' && year >= 90).length;
  const best = result === 'TOT' && conduct === 'TOT';
  const answer = {
    id: pupil.id,
    ruleSet: 'tt22-2021',
    subjects: Object.fromEntries(
      values.map(({ code, HK1, HK2, year }) => [
        code,
        { HK1: printed(HK1), HK2: printed(HK2), year: printed(year) },
      ]),
    ),
    learning: { HK1: learning('HK1'), HK2: learning('HK2'), year: result },
    conduct: { ...pupil.conduct, year: conduct },
    promotion: before,
    honour: best ? (nines >= 6 ? 'HOC_SINH_XUAT_SAC' : 'HOC_SINH_GIOI') : null,
  };
  if (pupil.reassessment === undefined) return { ...answer, notEligible: [] };

  // ---- the summer (Đ.13–14): only where exactly one of the two results failed, and only what failed
  const given = pupil.reassessment;
  const failing = ({ year }: { year: Value }) => year === 'CD' || (typeof year === 'number' && year < 50);
  const open = before === 'DANH_GIA_LAI' ? values.filter(failing).map(({ code }) => code) : [];
  const again = new Map(Object.entries(given.subjects).filter(([, sat]) => sat !== null));
  const trained = given.conduct !== undefined && before === 'REN_LUYEN_HE';
  const years = values.map((subject) => {
    const sat = open.includes(subject.code) ? again.get(subject.code) : undefined;
    const year =
      sat === undefined ? subject.year : sat === 'D' || sat === 'CD' ? sat : Number(TENTHS.get(sat!));
    return { ...subject, year };
  });
  const after = {
    learning: level(
      years.filter(({ notAssessed }) => !notAssessed).map(({ year }) => year),
      adjustment,
    ),
    conduct: trained ? given.conduct! : conduct,
  };
  const second = decision(after.learning, after.conduct, pupil.absences);
  return {
    ...answer,
    promotion: second === null || second === 'LEN_LOP' ? second : 'O_LAI',
    afterReassessment: {
      subjects: Object.fromEntries(years.map(({ code, year }) => [code, printed(year)])),
      ...after,
    },
    notEligible: [
      ...[...again.keys()].filter((code) => !open.includes(code)).map((code) => `subjects.${code}`),
      ...(given.conduct === undefined || trained ? [] : ['conduct']),
    ].map((where) => `reassessment.${where}`),
  };
}
