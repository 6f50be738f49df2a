import { expect, test } from '@jest/globals';
import { hostNames, impureUses } from './purity.js';

const VIOLATION = 'test/architecture/violation/ledger/src';

test('ledger/src compiles against the language alone: no host, no clock, no randomness but what is passed in', () => {
  expect(hostNames(process.cwd(), 'ledger/src')).toEqual([]);
}, 60_000);

test("ledger/src uses none of the language's own clock, chance, locale or dynamic code", () => {
  expect(impureUses(process.cwd(), 'ledger/src')).toEqual([]);
});

test('each planted use is found', () => {
  const file = `${VIOLATION}/verify/impure.ts`;
  const names = hostNames(process.cwd(), VIOLATION).filter((found) => found.startsWith(file));
  expect(
    names.map((found) => found.slice(file.length + 1).replace(/^(\d+) [^']*'(\w+)'.*$/, '$1 $2')),
  ).toEqual(['2 performance', '3 crypto', '4 process', '4 Buffer', '4 fetch', '4 setTimeout']);
  expect(impureUses(process.cwd(), VIOLATION).map((found) => found.slice(file.length + 1))).toEqual([
    '2 Date.now',
    '2 new Date()',
    '2 Date',
    '3 Math.random',
    '5 globalThis',
    '6 import()',
    '7 Function',
    '8 toLocaleString',
    '8 Intl',
    '9 Date',
  ]);
}, 60_000);
