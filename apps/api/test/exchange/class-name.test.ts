import { describe, expect, test } from '@jest/globals';
import { normalizeClassName, readClassName, sameClassName } from '#api/exchange/class-name.js';
import type { Cell } from '#api/exchange/workbook-cells.js';

const text = (value: string): Cell => ({ kind: 'text', text: value });
const number = (value: string): Cell => ({ kind: 'number', text: value });
const date = (value: string): Cell => ({ kind: 'date', date: value });
const THCS = { grades: [6, 9] as const };

describe('class names', () => {
  test.each(['6A1', '6A', '6.1', '6/1', '4/10', '1A', '10A1', '10 Toán', '11D3'])(
    '%s is read as it stands',
    (name) => {
      expect(readClassName(text(name))).toEqual({ ok: true, name });
    },
  );

  test('lose "Lớp", stray spaces, full-width letters and lower case', () => {
    expect(normalizeClassName('Lớp 3A2')).toBe('3A2');
    expect(normalizeClassName('  6a1 ')).toBe('6A1');
    expect(normalizeClassName('６Ａ１\u3000')).toBe('6A1');
    expect(normalizeClassName('6 A1')).toBe('6A1');
    expect(normalizeClassName('10 Toán')).toBe('10 Toán');
    expect(sameClassName('10 toán', '10 Toán')).toBe(true);
    expect(sameClassName('6/1', '6.1')).toBe(false);
  });

  test('are healed where Excel made a date of 6/1 and only one class is possible', () => {
    expect(readClassName(date('2026-01-06'), THCS)).toEqual({ ok: true, name: '6/1' });
    expect(readClassName(date('2026-06-01'), THCS)).toEqual({ ok: true, name: '6/1' });
    expect(readClassName(date('2026-07-07'), THCS)).toEqual({ ok: true, name: '7/7' });
    expect(readClassName(date('2026-10-04'), { known: ['4/9', '4/10'] })).toEqual({ ok: true, name: '4/10' });
  });

  test('are not guessed where two classes are possible', () => {
    expect(readClassName(date('2026-07-06'), THCS)).toEqual({ ok: false, candidates: ['6/7', '7/6'] });
    expect(readClassName(date('2026-01-06'))).toEqual({ ok: false, candidates: ['6/1', '1/6'] });
    expect(readClassName(date('2026-07-06'), { known: ['6/7', '7/6'] }).ok).toBe(false);
    expect(readClassName(date('2026-07-06'), { known: ['6/7'] })).toEqual({ ok: true, name: '6/7' });
  });

  test('that Excel made a number of are not guessed: 6.1 may have been 6.10', () => {
    expect(readClassName(number('6.1'), THCS)).toEqual({ ok: false, candidates: ['6.1', '6.10'] });
    expect(readClassName(number('6.1'), { known: ['6.1', '6.2'] })).toEqual({ ok: true, name: '6.1' });
    expect(readClassName(number('6.1'), { known: ['6.9', '6.10'] })).toEqual({ ok: true, name: '6.10' });
    expect(readClassName(number('6.3'), THCS)).toEqual({ ok: true, name: '6.3' });
  });

  test('take the spelling of the class that exists', () => {
    expect(readClassName(text('6a1'), { known: ['6A1', '6A2'] })).toEqual({ ok: true, name: '6A1' });
    expect(readClassName(text('10 TOÁN'), { known: ['10 Toán'] })).toEqual({ ok: true, name: '10 Toán' });
  });

  test('are no truth values', () => {
    expect(readClassName({ kind: 'boolean', value: true })).toEqual({ ok: false, candidates: [] });
  });
});
