/**
 * A second implementation of TT 27/2020 Đ.9, 11 and 13 as counts of letters and a least mark, with the random children to
 * compare it on. It shares no code with the product.
 */
import type { Random } from './random.js';

const COMMON = ['TIENG_VIET*', 'TOAN*', 'DAO_DUC', 'GDTC', 'AM_NHAC', 'MI_THUAT', 'HDTN'];
const SUBJECTS: Record<number, string[]> = {
  2: [...COMMON, 'TU_NHIEN_XA_HOI'],
  3: [...COMMON, 'NGOAI_NGU_1*', 'TIN_HOC*', 'CONG_NGHE*', 'TU_NHIEN_XA_HOI'],
  5: [...COMMON, 'NGOAI_NGU_1*', 'LICH_SU_DIA_LI*', 'KHOA_HOC*', 'TIN_HOC_CONG_NGHE*'],
};
const QUALITIES = ['YEU_NUOC', 'NHAN_AI', 'CHAM_CHI', 'TRUNG_THUC', 'TRACH_NHIEM'];
const COMPETENCES = [
  ...['TU_CHU_TU_HOC', 'GIAO_TIEP_HOP_TAC', 'GIAI_QUYET_VAN_DE', 'NGON_NGU', 'TINH_TOAN', 'KHOA_HOC'],
  ...['THAM_MI', 'THE_CHAT'],
];

/** What is judged at the year's end, each by its place: "levels.TOAN" → "T", "tests.TOAN" → "9". */
type YearEnd = Map<string, string>;

function yearOf(values: YearEnd): string {
  const letters = [...values].filter(([place]) => !place.startsWith('tests.')).map(([, value]) => value);
  const marks = [...values].filter(([place]) => place.startsWith('tests.')).map(([, value]) => Number(value));
  const lowest = Math.min(...marks);
  if (letters.every((letter) => letter === 'T')) {
    if (lowest >= 9) return 'HTXS';
    if (lowest >= 7) return 'HTT';
  }
  return letters.includes('C') || lowest < 5 ? 'CHT' : 'HT';
}

/** A random child as `evaluate` takes it, and the answer that it must get. */
export function randomChild(random: Random, id: number) {
  const grade = random.pick([2, 3, 5]);
  const ease = random.pick([0, 3, 30]);
  const floor = random.pick([4, 5, 6, 7, 8, 9]);
  const missing = random.next(12) === 0;
  const values: YearEnd = new Map();
  let gap = false;
  const letter = (place: string, middle: string): { CN?: string } => {
    const value = ease > 0 && random.next(ease) === 0 ? random.pick([middle, middle, 'C']) : 'T';
    if (missing && random.next(20) === 0) {
      gap = true;
      return {};
    }
    values.set(place, value);
    return { CN: value };
  };
  const subjects = SUBJECTS[grade]!.map((name) => {
    const code = name.replace('*', '');
    const levels = letter(`levels.${code}`, 'H');
    if (!name.endsWith('*')) return { code, levels };
    const mark = String(Math.min(10, floor + random.next(3)));
    values.set(`tests.${code}`, mark);
    return { code, levels, tests: { CN: mark } };
  });
  const traits = (group: string, codes: string[]) =>
    Object.fromEntries(codes.map((code) => [code, letter(`${group}.${code}`, 'D')]));
  const flags = { outstanding: random.next(2) === 0, classRecognised: random.next(2) === 0 };
  const qualities = traits('qualities', QUALITIES);
  const competences = traits(
    'competences',
    grade === 2 ? COMPETENCES : [...COMPETENCES, 'CONG_NGHE', 'TIN_HOC'],
  );
  const input = { id: `c${id}`, ruleSet: 'tt27-2020', grade, subjects, qualities, competences, ...flags };
  const year = gap ? null : yearOf(values);
  const honour =
    year === 'HTXS'
      ? 'HOC_SINH_XUAT_SAC'
      : year === 'HTT' && flags.outstanding && flags.classRecognised
        ? 'HOC_SINH_TIEU_BIEU'
        : null;
  const done = grade === 5 ? 'HOAN_THANH_TIEU_HOC' : 'HOAN_THANH_LOP';
  const promotion = year === null ? null : year === 'CHT' ? 'DANH_GIA_BO_SUNG' : done;
  const answer = { id: input.id, ruleSet: 'tt27-2020', year, promotion, honour };
  if (random.next(2) === 0) return { input, answer, notEligible: [] };

  // ---- additional assessment (Đ.11): only of a Chưa hoàn thành, only of what was not completed
  const additional: Record<string, Record<string, unknown>> = {};
  const after = new Map(values);
  const notEligible: string[] = [];
  for (const [place, value] of values) {
    const [group, code] = place.split('.') as [string, string];
    if (
      random.next(value === 'C' || Number(value) < 5 ? 8 : 3) !== 0 &&
      value !== 'C' &&
      !(Number(value) < 5)
    )
      continue;
    if (random.next(9) === 0) continue;
    const again =
      group === 'tests'
        ? random.pick(['4', '5', '8'])
        : random.pick([group === 'levels' ? 'H' : 'D', 'T', 'C']);
    (additional[group] ??= {})[code] = random.next(2) === 0 ? again : { CN: again };
    const weak =
      group === 'levels' || group === 'tests'
        ? values.get(`levels.${code}`) === 'C' || Number(values.get(`tests.${code}`) ?? 9) < 5
        : value === 'C';
    if (year === 'CHT' && weak) after.set(place, again);
    else notEligible.push(`additionalAssessment.${place}`);
  }
  const mended = yearOf(after) === 'CHT' ? 'HIEU_TRUONG_QUYET_DINH' : done;
  return {
    input: { ...input, additionalAssessment: additional },
    answer: { ...answer, promotion: year === 'CHT' ? mended : promotion },
    notEligible,
  };
}
