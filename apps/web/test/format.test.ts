import { describe, expect, test } from '@jest/globals';
import { showValue } from '../src/format/cells.js';
import { formatDate, formatTime, formatYear } from '../src/format/dates.js';

describe('a cell on the page', () => {
  test('has a decimal comma where it is a number', () => {
    expect(showValue('score', '8.5').text).toBe('8,5');
    expect(showValue('weight', '28.5').text).toBe('28,5');
    expect(showValue('test', '10').text).toBe('10');
  });

  test('keeps the dots of a remark', () => {
    expect(showValue('remark', 'Đọc tốt. Viết 2.5 trang.').text).toBe('Đọc tốt. Viết 2.5 trang.');
  });

  test('shows levels by their Vietnamese signs, with the meaning in full', () => {
    expect(showValue('comment', 'CD')).toEqual({ text: 'CĐ', meaning: 'Chưa đạt' });
    expect(showValue('quality', 'D')).toEqual({ text: 'Đ', meaning: 'Đạt' });
    expect(showValue('level', 'H')).toEqual({ text: 'H', meaning: 'Hoàn thành' });
    expect(showValue('conduct', 'TOT').text).toBe('Tốt');
  });

  test('says what V means in a periodic test', () => {
    expect(showValue('scoreTest', 'V')).toEqual({ text: 'V', meaning: 'Vắng không có lí do chính đáng' });
  });

  test('shows what it does not know as it is', () => {
    expect(showValue('conduct', 'constructor')).toEqual({ text: 'constructor', meaning: null });
    expect(showValue('something new', '8.5').text).toBe('8.5');
  });
});

describe('dates on the page', () => {
  test('are day, month, year', () => {
    expect(formatDate('2026-11-02')).toBe('02/11/2026');
    expect(formatDate('not a date')).toBe('not a date');
  });

  test("are on Vietnam's clock, also over midnight", () => {
    expect(formatTime('2026-11-21T17:30:00.000Z')).toBe('22/11/2026 00:30');
    expect(formatTime('soon')).toBe('soon');
  });

  test('school years have a dash', () => {
    expect(formatYear('2026-2027')).toBe('2026–2027');
  });
});
