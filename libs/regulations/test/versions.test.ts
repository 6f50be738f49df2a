import { describe, expect, test } from '@jest/globals';
import { RULE_SET_VERSIONS, ruleSetDescriptor, ruleSetFor } from '#regulations/rule-sets.js';

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
