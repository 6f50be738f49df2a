import { describe, expect, test } from '@jest/globals';
import type { SheetAnswer, SheetCellAnswer, SheetColumnAnswer, SheetSummary } from '#contracts/gradebook.js';
import { byArea, periodAtWork, progressOf } from '../src/screens/class/areas.js';
import { hasAverage, provisionalAverage } from '../src/screens/sheet/provisional-average.js';

function column(code: string, kind: string): SheetColumnAnswer {
  const said = { name: null, heldOn: null, strand: null, owner: null, mine: true, version: 0 };
  const open = { open: true, whyClosed: null, closedReason: null, openFor: [] };
  return { code, kind, label: code, required: true, ...open, ...said };
}

const MATHS = [
  column('TX1', 'score'),
  column('TX2', 'score'),
  column('GK', 'scoreTest'),
  column('CK', 'scoreTest'),
];

function cells(values: Readonly<Record<string, string>>): Map<string, SheetCellAnswer> {
  const rest = { markId: '', state: 'recorded', version: 1, updatedAt: '', teacher: '' } as const;
  return new Map(Object.entries(values).map(([code, value]) => [code, { column: code, value, ...rest }]));
}

function summary(period: string, changes: Partial<SheetSummary>): SheetSummary {
  const counts = { required: 10, recorded: 0, drafts: 0, locked: false };
  return { area: 'TOAN', label: 'Toán', period, periodLabel: period, mine: false, ...counts, ...changes };
}

describe('the provisional term average', () => {
  test('is that of TT 22/2021 Đ.9: (8 + 7.5 + 2 × 7 + 3 × 8.5) / 7 = 7.857…', () => {
    const marks = cells({ TX1: '8', TX2: '7.5', GK: '7', CK: '8.5' });
    expect(provisionalAverage(MATHS, marks)).toBe('7.9');
  });

  test('is not shown while a mark is missing, or is an absence that the official result judges', () => {
    expect(provisionalAverage(MATHS, cells({ TX1: '8', GK: '7', CK: '8.5' }))).toBeNull();
    expect(provisionalAverage(MATHS, cells({ TX1: '8', TX2: '7.5', GK: 'V', CK: '8.5' }))).toBeNull();
  });

  test('exists only for score subjects of TT 22/2021', () => {
    const sheet = { ruleSet: 'tt22-2021', columns: MATHS } as unknown as SheetAnswer;
    expect(hasAverage(sheet)).toBe(true);
    expect(hasAverage({ ...sheet, ruleSet: 'tt27-2020' })).toBe(false);
    expect(hasAverage({ ...sheet, columns: [column('TX1', 'comment')] })).toBe(false);
  });
});

describe("a class's sheets", () => {
  test('are grouped by area in the order in which they come', () => {
    const sheets = [summary('HK1', {}), summary('HK2', { mine: true }), summary('HK1', { area: 'KHTN' })];
    const groups = byArea(sheets).map(({ area, mine, sheets: own }) => [area, mine, own.length]);
    expect(groups).toEqual([
      ['TOAN', true, 2],
      ['KHTN', false, 1],
    ]);
  });

  test('open at the first period that is not locked, and at the last when all are', () => {
    const [first, second] = [summary('HK1', { locked: true }), summary('HK2', {})];
    expect(periodAtWork([first, second], 'TOAN')).toBe('HK2');
    expect(periodAtWork([first, { ...second, locked: true }], 'TOAN')).toBe('HK2');
    expect(periodAtWork([first, second], 'KHTN')).toBeNull();
  });

  test('say how far they are', () => {
    expect(progressOf(summary('HK1', {}))).toBe('empty');
    expect(progressOf(summary('HK1', { drafts: 1 }))).toBe('begun');
    expect(progressOf(summary('HK1', { recorded: 10 }))).toBe('done');
    expect(progressOf(summary('HK1', { recorded: 9, locked: true }))).toBe('locked');
    expect(progressOf(summary('HK1', { required: 0 }))).toBe('empty');
  });
});
