import { describe, expect, test } from '@jest/globals';
import { classShares } from '#regulations/class-shares.js';
import type { Level } from '#regulations/types.js';

const ORDER: readonly Level[] = ['TOT', 'KHA', 'DAT', 'CHUA_DAT'];
const pupils = (...levels: (Level | null)[]) => levels.map((level) => ({ level, notAssessed: false }));
const planned = (level: Level | null) => ({ level, notAssessed: true });

describe('TT 22/2021 Đ.11, TT 27/2020 Đ.8: whoever is not assessed stands beside the percentages', () => {
  test('three assessed pupils are 100 %, the fourth is named and lowers nothing', () => {
    const shares = classShares([...pupils('TOT', 'TOT', 'CHUA_DAT'), planned(null)], ORDER);
    expect(shares).toEqual({
      assessed: 3,
      notAssessed: 1,
      open: 0,
      shares: [
        { level: 'TOT', count: 2, percent: '66.7' },
        { level: 'KHA', count: 0, percent: '0.0' },
        { level: 'DAT', count: 0, percent: '0.0' },
        { level: 'CHUA_DAT', count: 1, percent: '33.3' },
      ],
    });
  });

  test('also when the plan gave them a level', () => {
    const { assessed, notAssessed, shares } = classShares([...pupils('KHA'), planned('CHUA_DAT')], ORDER);
    expect([assessed, notAssessed]).toEqual([1, 1]);
    expect(shares.map(({ percent }) => percent)).toEqual(['0.0', '100.0', '0.0', '0.0']);
  });

  test('who is only open is assessed: the shares do not pretend that the class is complete', () => {
    const { assessed, open, shares } = classShares(pupils('TOT', 'KHA', null, null), ORDER);
    expect([assessed, open]).toEqual([4, 2]);
    expect(shares.map(({ percent }) => percent)).toEqual(['25.0', '25.0', '0.0', '0.0']);
  });

  test('halves are rounded up, an empty class has no shares to divide', () => {
    expect(classShares(pupils('TOT', ...Array<Level>(15).fill('KHA')), ORDER).shares[0]!.percent).toBe('6.3');
    expect(classShares([planned('TOT')], ORDER)).toMatchObject({
      assessed: 0,
      shares: [{ count: 0, percent: '0.0' }, {}, {}, {}],
    });
  });

  test('of a primary class it counts T, H, C in the order asked for', () => {
    const levels = (['C', 'T', 'H', 'T'] as const).map((level) => ({ level, notAssessed: false }));
    expect(classShares(levels, ['T', 'H', 'C']).shares.map(({ level, count }) => [level, count])).toEqual([
      ['T', 2],
      ['H', 1],
      ['C', 1],
    ]);
  });
});
