import { describe, expect, test } from '@jest/globals';
import { isHeldOn, recordsOfPart } from '#regulations/retention.js';

const year = (start: number) => ({ label: `${start}-${start + 1}`, endsOn: `${start + 1}-05-31` });

describe('retention: which records of a pupil must be kept, and until when', () => {
  test('what is over, and what is for ever', () => {
    const book = recordsOfPart('book', 'lower-secondary', [year(2025), year(2026)]);
    expect(book.map(({ record, until }) => [record, until])).toEqual([
      ['ASSESSMENT_BOOK', '2046-05-31'],
      ['CLASS_SUMMARY', '2046-05-31'],
      ['ASSESSMENT_BOOK', '2047-05-31'],
      ['CLASS_SUMMARY', '2047-05-31'],
    ]);
    expect(book.filter((record) => isHeldOn(record, '2046-05-31'))).toHaveLength(4);
    expect(book.filter((record) => isHeldOn(record, '2046-06-01')).map((each) => each.year)).toEqual([
      '2026-2027',
      '2026-2027',
    ]);
    for (const part of ['transcript', 'identity'] as const) {
      const held = recordsOfPart(part, 'lower-secondary', [year(2025)]);
      expect(held.map(({ until }) => until)).toEqual([null]);
      expect(held.every((record) => isHeldOn(record, '2999-01-01'))).toBe(true);
    }
  });

  test('it goes by the charter of the year’s last day: the primary school’s book is its own only since TT 15/2026', () => {
    const records = (start: number) =>
      recordsOfPart('book', 'primary', [year(start)]).map((each) => each.record);
    expect(records(2024)).toEqual(['CLASS_SUMMARY']);
    expect(records(2025)).toEqual(['ASSESSMENT_BOOK', 'CLASS_SUMMARY']);
    const [before, now] = [2024, 2025].map(
      (start) => recordsOfPart('transcript', 'primary', [year(start)])[0],
    );
    expect(before?.article).toBe('TT 28/2020 Đ.21; NĐ 88/2026/NĐ-CP Đ.8');
    expect(now?.article).toBe('TT 15/2026 Đ.21; NĐ 88/2026/NĐ-CP Đ.8');
  });

  test('a year before the charters that we know is judged by the first of them; without a year nothing is held', () => {
    expect(recordsOfPart('transcript', 'upper-secondary', [year(2015)])[0]?.article).toContain('TT 32/2020');
    expect(recordsOfPart('identity', 'primary', [])).toEqual([]);
    expect(recordsOfPart('family', 'primary', [year(2026)])).toEqual([]);
  });
});
