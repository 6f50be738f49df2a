import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { canonicalize } from '#ledger/format/jcs.js';
import { evaluate } from '#regulations/evaluate.js';
import {
  RULE_SET_VERSIONS,
  ruleSetDescriptor,
  ruleSetFor,
  versionOf,
  type RuleSetVersion,
} from '#regulations/rule-sets.js';
import { pupil, times } from './pupils.js';

describe('which rule set', () => {
  test.each([
    ['primary', 1, '2020-2021', 'tt27-2020'],
    ['primary', 5, '2024-2025', 'tt27-2020'],
    ['lower-secondary', 6, '2021-2022', 'tt22-2021'],
    ['lower-secondary', 9, '2026-2027', 'tt22-2021'],
    ['upper-secondary', 10, '2022-2023', 'tt22-2021'],
  ] as const)('%s grade %i in %s: %s', (level, grade, schoolYear, id) => {
    expect(ruleSetFor({ level, grade, schoolYear }).id).toBe(id);
  });

  test.each([
    ['primary', 5, '2023-2024', 'NO_RULE_SET'],
    ['lower-secondary', 9, '2023-2024', 'NO_RULE_SET'],
    ['primary', 6, '2026-2027', 'NO_SUCH_GRADE'],
    ['lower-secondary', 10, '2026-2027', 'NO_SUCH_GRADE'],
    ['primary', 1, '2026', 'BAD_SCHOOL_YEAR'],
    ['primary', 1, '2026-2028', 'BAD_SCHOOL_YEAR'],
    ['primary', 1, ' 2026-2027', 'BAD_SCHOOL_YEAR'],
    ['primary', 1, '2026-20270', 'BAD_SCHOOL_YEAR'],
    ['primary', 1.5, '2026-2027', 'NO_SUCH_GRADE'],
    ['primary', 0, '2026-2027', 'NO_SUCH_GRADE'],
    ['upper-secondary', 9, '2026-2027', 'NO_SUCH_GRADE'],
  ] as const)('%s grade %i in %s is refused: %s', (level, grade, schoolYear, code) => {
    expect(() => ruleSetFor({ level, grade, schoolYear })).toThrow(expect.objectContaining({ code }));
  });

  test('the descriptor is pure JSON, marks as texts, and every version can be described', () => {
    for (const { id, version } of RULE_SET_VERSIONS) {
      const descriptor = ruleSetDescriptor(id, version);
      expect(JSON.parse(JSON.stringify(descriptor))).toEqual(descriptor);
      expect(descriptor).toMatchObject({ id, version });
    }
    expect(ruleSetDescriptor('tt22-2021')).toMatchObject({ mostAbsences: 45, excellentFrom: '9.0' });
    expect(() => ruleSetDescriptor('tt22-2021', '0')).toThrow(
      expect.objectContaining({ code: 'NO_SUCH_VERSION' }),
    );
  });
});

test.each([
  ['tt27-2020', '1', '7e4391650e767b5c3ccb49753fa2ab82e64f5d5a8274389bd417bd6b7c35ccaa'],
  ['tt22-2021', '1', 'b6a4b60fb0244c9d0c45433445c176d7af821867903a1e805d28aa04925a18a1'],
] as const)(
  'the hash of %s version %s, pinned in transcripts that are out in the world, stays',
  (id, version, hash) => {
    const descriptor = canonicalize(ruleSetDescriptor(id, version));
    expect(createHash('sha256').update(descriptor).digest('hex')).toBe(hash);
  },
);

describe('a second version, planted', () => {
  const first = versionOf({ id: 'tt22-2021', version: '1' });
  /** As if a circular of 2027 allowed 40 sessions of absence, from grade 6 on, grade by grade. */
  const second: RuleSetVersion = {
    ...first,
    version: '2',
    effectiveFrom: '2027-09-05',
    firstYear: { 6: 2027, 7: 2028 },
    evaluate: (input) => {
      const { absences } = input as { absences: number };
      return evaluate({ ...(input as object), absences: absences > 40 ? 46 : absences });
    },
  };
  const versions = [...RULE_SET_VERSIONS, second];
  const of = (grade: number, schoolYear: string, more: object = {}) =>
    ruleSetFor({ level: 'lower-secondary', grade, schoolYear, ...more }, versions);
  const absent = pupil(times(8, '6'), 0, { absences: 44 });

  test('rules the grades and school years that it names, and no others', () => {
    expect(of(6, '2026-2027').version).toBe('1');
    expect(of(6, '2027-2028').version).toBe('2');
    expect(of(7, '2027-2028').version).toBe('1');
    expect(of(7, '2028-2029').version).toBe('2');
    expect(of(9, '2030-2031').version).toBe('1');
  });

  test('that comes into force when the year is over does not rule that year', () => {
    const late = (effectiveFrom: string) =>
      ruleSetFor({ level: 'lower-secondary', grade: 6, schoolYear: '2027-2028' }, [
        ...RULE_SET_VERSIONS,
        { ...second, effectiveFrom },
      ]).version;
    expect(late('2028-05-31')).toBe('2');
    expect(late('2028-06-01')).toBe('1');
  });

  test('a closed year keeps the version it was computed with, and its results', () => {
    const open = of(6, '2027-2028');
    const closed = of(6, '2027-2028', { closedWith: { id: 'tt22-2021', version: '1' } });
    expect(open.evaluate(absent)).toMatchObject({ promotion: 'O_LAI' });
    expect(closed).toBe(first);
    expect(closed.evaluate(absent)).toMatchObject({ promotion: 'LEN_LOP' });
    expect(() => of(6, '2027-2028', { closedWith: { id: 'tt22-2021', version: '3' } })).toThrow(
      expect.objectContaining({ code: 'NO_SUCH_VERSION', name: 'RuleSetError' }),
    );
  });
});

test('no version is there twice, and each is in force in the first year that it names', () => {
  const keys = RULE_SET_VERSIONS.map(({ id, version }) => `${id}/${version}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { id, version, firstYear, circularDate, effectiveFrom } of RULE_SET_VERSIONS) {
    expect(circularDate < effectiveFrom).toBe(true);
    for (const [grade, begins] of Object.entries(firstYear)) {
      const number = Number(grade);
      const level = number <= 5 ? 'primary' : number <= 9 ? 'lower-secondary' : 'upper-secondary';
      const schoolYear = `${begins}-${begins + 1}`;
      expect(ruleSetFor({ level, grade: number, schoolYear })).toMatchObject({ id, version });
    }
  }
});

test('what is refused says what would do', () => {
  const of = (level: 'primary', grade: number, schoolYear: string) => () =>
    ruleSetFor({ level, grade, schoolYear });
  expect(of('primary', 6, '2026-2027')).toThrow('a primary school has grades 1 to 5, not 6');
  expect(of('primary', 5, '2023-2024')).toThrow(
    'grade 5 in 2023-2024 was under an older circular that is not supported',
  );
  expect(of('primary', 1, '2026')).toThrow('a school year is written "2026-2027", got "2026"');
  expect(() => versionOf({ id: 'tt22-2021', version: '0' })).toThrow('there is no version 0 of tt22-2021');
  expect(ruleSetDescriptor('tt22-2021')).toMatchObject({ id: 'tt22-2021' });
  expect(ruleSetDescriptor('tt27-2020')).toMatchObject({ id: 'tt27-2020' });
});
