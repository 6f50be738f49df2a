import { describe, expect, test } from '@jest/globals';
import { charterAt, type SchoolLevel } from '#regulations/charter.js';
import { recordsOf } from '#regulations/charter-records.js';

describe('which charter: TT 28/2020 Đ.21, TT 32/2020 Đ.21, TT 15/2026 Đ.21', () => {
  test('TT 15/2026 takes over inside the school year', () => {
    expect(charterAt('2026-05-08', 'primary').id).toBe('tt28-2020');
    expect(charterAt('2026-05-09', 'lower-secondary').id).toBe('tt32-2020');
    expect(charterAt('2026-05-10', 'upper-secondary').id).toBe('tt15-2026');
    expect(charterAt('2026-05-12', 'primary')).toMatchObject({ id: 'tt15-2026', paperNeeded: false });
  });

  test('says which records are kept and by whom: no marks book of the teacher since TT 15/2026, and no paper', () => {
    const kept = (date: string, level: SchoolLevel) => {
      const { records, paperNeeded } = charterAt(date, level);
      return { codes: records.map(({ code }) => code), paperNeeded };
    };
    const before = kept('2026-05-09', 'lower-secondary');
    expect(before.paperNeeded).toBe(true);
    expect(before.codes).toHaveLength(20);
    expect(before.codes).toContain('TEACHER_ASSESSMENT_BOOK');
    const now = kept('2026-05-10', 'lower-secondary');
    expect(now.paperNeeded).toBe(false);
    expect(now.codes).toEqual(expect.arrayContaining(['REGISTER', 'TRANSCRIPT', 'ASSESSMENT_BOOK']));
    expect(now.codes).not.toContain('TEACHER_ASSESSMENT_BOOK');
    expect(kept('2026-05-09', 'primary').codes).toContain('CLASS_SUMMARY');
    expect(kept('2026-05-09', 'primary').codes).not.toContain('ASSESSMENT_BOOK');
    for (const { name } of charterAt('2026-11-22', 'primary').records)
      expect(name).toBe(name.normalize('NFC'));
  });

  test('a day before them, or no day, is refused', () => {
    expect(() => charterAt('2020-10-19', 'primary')).toThrow(RangeError);
    expect(() => charterAt('2020-10-19', 'primary')).toThrow(
      'no charter known for 2020-10-19; the earliest is of 2020-10-20',
    );
    for (const day of ['10/5/2026', '2026-05-10T00:00', ' 2026-05-10', '12026-05-10', '2026-5-10'])
      expect(() => charterAt(day, 'primary')).toThrow(`a date is YYYY-MM-DD, got "${day}"`);
    expect(charterAt('2020-10-20', 'primary').id).toBe('tt28-2020');
    expect(charterAt('2020-11-01', 'lower-secondary').id).toBe('tt32-2020');
    expect(() => charterAt('2020-10-31', 'lower-secondary')).toThrow(RangeError);
  });
});

test.each(['tt28-2020', 'tt32-2020', 'tt15-2026'] as const)(
  'each record that %s asks for is kept once by its keeper, under a name of its own',
  (charter) => {
    const records = recordsOf(charter);
    expect(records.length).toBeGreaterThan(5);
    const kept = records.map(({ keeper, code }) => `${keeper} ${code}`);
    expect(new Set(kept).size).toBe(kept.length);
    const names = new Map(records.map(({ code, name }) => [name, code]));
    expect(names.size).toBe(new Set(records.map(({ code }) => code)).size);
    for (const name of names.keys()) expect(name).toMatch(/^(Sổ|Học bạ|Bảng|Hồ sơ|Kế hoạch) \p{L}.{3,}/u);
  },
);
