import { describe, expect, test } from '@jest/globals';
import { RULE_SET_VERSIONS, ruleSetDescriptor } from '#regulations/rule-sets.js';

describe('which rule set', () => {
  test('the pinned descriptors do not change unnoticed: a change needs a new version', () => {
    expect(
      RULE_SET_VERSIONS.map(({ id, version }) => JSON.stringify(ruleSetDescriptor(id, version))),
    ).toMatchSnapshot();
  });
});
