/** Policies: quorums, and what cannot be written. */
import { describe, expect, test } from '@jest/globals';
import { ED25519, seedSigner } from '#ledger/format/note.js';
import { formatPolicy, quorumHolds } from '#ledger/format/policy.js';

describe('what cannot be written, or decoded, is refused in words', () => {
  const log = seedSigner('a.example/log', ED25519, new Uint8Array(32).fill(1));

  test.each<[string, () => unknown, string, string]>([
    [
      'a policy word of two words',
      () => formatPolicy({ logs: [{ key: log, url: 'a b' }], witnesses: [], groups: [], quorum: null }),
      'BAD_NAME',
      '"a b" is not one word',
    ],
    [
      'a policy with an undefined quorum',
      () => formatPolicy({ logs: [], witnesses: [], groups: [], quorum: 'x' }),
      'BAD_NAME',
      'line 1: "x" is not defined before this line',
    ],
  ])('%s', (_what, write, error, message) => {
    expect(write).toThrow(expect.objectContaining({ name: 'FormatError', code: error, message }));
  });

  test('a quorum counts members: all, any, or a number of them; groups of groups', () => {
    const group = (name: string, rule: 'all' | 'any' | number, ...members: string[]) => ({
      name,
      rule,
      members,
    });
    const holds = (rule: 'all' | 'any' | number, ...names: string[]): boolean =>
      quorumHolds({ witnesses: [], groups: [group('g', rule, 'a', 'b', 'c')], quorum: 'g' }, new Set(names));
    expect([holds('all', 'a', 'b'), holds('all', 'a', 'b', 'c')]).toEqual([false, true]);
    expect([holds('any'), holds('any', 'x'), holds('any', 'c')]).toEqual([false, false, true]);
    expect([holds(2, 'a', 'x'), holds(2, 'a', 'c')]).toEqual([false, true]);
    expect(quorumHolds({ witnesses: [], groups: [], quorum: null }, new Set())).toBe(true);
    const groups = [group('g', 'any', 'a', 'b'), group('h', 'all', 'g', 'c')];
    const nested = (...names: string[]) =>
      quorumHolds({ witnesses: [], groups, quorum: 'h' }, new Set(names));
    expect([nested('a', 'c'), nested('b', 'c'), nested('a', 'b'), nested('c')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
