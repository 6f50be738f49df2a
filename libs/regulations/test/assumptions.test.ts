import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const ASSUMPTIONS = readFileSync('libs/regulations/ASSUMPTIONS.md', 'utf8');
/** `tt22-levels › words of a title`. */
const NAMED = /`([\w-]+) › ([^`]+)`/g;

/** The rows of the tables: "A5" and what it says. */
const rows = [...ASSUMPTIONS.matchAll(/^\| ([ABC]\d+) \| (.*) \|$/gm)].map(([, id, text]) => ({
  id: id!,
  text: text!,
}));

test('every assumption has a number of its own and names a test', () => {
  expect(rows.length).toBeGreaterThan(25);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  expect(rows.filter(({ text }) => [...text.matchAll(NAMED)].length === 0)).toEqual([]);
});

test.each(rows)('the tests that $id names are there', ({ text }) => {
  for (const [, file, title] of text.matchAll(NAMED)) {
    const tests = readFileSync(`libs/regulations/test/${file!}.test.ts`, 'utf8');
    expect([title, tests.includes(title!)]).toEqual([title, true]);
  }
});

test('a setting is one that evaluate knows', () => {
  const types = readFileSync('libs/regulations/src/types.ts', 'utf8');
  const settings = rows.filter(({ id, text }) => id.startsWith('A') && !/\| – \|/.test(text));
  expect(settings.map(({ id }) => id)).toEqual(['A5', 'A6', 'A7', 'A13']);
  for (const { text } of settings) {
    const [, setting] = /\| `(\w+)` \| [^|]*$/.exec(text)!;
    expect(types).toContain(`readonly ${setting!}`);
  }
});
