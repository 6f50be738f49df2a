import { formatMark, type Tenths } from '../decimal.js';
import type { InputIssues } from '../input-issues.js';
import { parseWholeMark } from '../marks.js';
import { PRIMARY_PERIODS, type PrimaryPeriod, type QualityLevel, type SubjectLevel } from '../types.js';
import type { ByPeriod } from './record.js';

const PERIODS = new Set(PRIMARY_PERIODS);

export const LEVEL_TEXT = '"T" (Hoàn thành tốt), "H" (Hoàn thành) hoặc "C" (Chưa hoàn thành)';
export const TRAIT_TEXT = '"T" (Tốt), "D" (Đạt) hoặc "C" (Cần cố gắng)';
const TEST_TEXT = 'điểm nguyên từ "0" đến "10", viết trong dấu nháy, ở kì và khối có bài kiểm tra định kì';

export function parseSubjectLevel(value: unknown): SubjectLevel | null {
  return value === 'T' || value === 'H' || value === 'C' ? value : null;
}

export function parseTraitLevel(value: unknown): QualityLevel | null {
  return value === 'T' || value === 'D' || value === 'C' ? value : null;
}

/** Values at the four times; a null or a missing time is "not there yet". */
export function readPeriods<V>(
  value: unknown,
  parse: (entry: unknown) => V | null,
  expected: string,
  where: string,
  issues: InputIssues,
): ByPeriod<V> {
  const read: { [P in PrimaryPeriod]?: V } = {};
  if (value === undefined || value === null) return read;
  const fields = issues.fields(value, PERIODS, where) ?? {};
  for (const period of PRIMARY_PERIODS) {
    const entry = fields[period];
    if (entry === undefined || entry === null) continue;
    const parsed = parse(entry);
    if (parsed === null) issues.invalidMark(`${where}.${period}`, entry, expected);
    else read[period] = parsed;
  }
  return read;
}

/** Test marks; one at a time or in a grade without a test is as invalid as a decimal one. */
export function readTests(
  value: unknown,
  allowed: readonly PrimaryPeriod[],
  where: string,
  issues: InputIssues,
): ByPeriod<Tenths> {
  const tests = readPeriods(value, parseWholeMark, TEST_TEXT, where, issues);
  for (const period of PRIMARY_PERIODS) {
    const mark = tests[period];
    if (mark !== undefined && !allowed.includes(period)) {
      issues.invalidMark(`${where}.${period}`, formatMark(mark), TEST_TEXT);
    }
  }
  return tests;
}
