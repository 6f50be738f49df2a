/**
 * The exact words of sheets, cells, refusals and explanations, as a person has read and approved them: golden/*.json, written again by
 * `npm run -s jest -- libs/regulations/test/golden-words -u`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { CELLS, sheet, SHEETS } from './entered.js';
import { CASES as REFUSALS, lines } from './refusals.js';
import { CASES as EXPLANATIONS, said } from './said.js';

type Golden = Readonly<Record<string, readonly string[]>>;

/** What is written down; with -u, what the product says now. Nothing of the product runs while the file is only loaded. */
function golden(name: string, now: () => Golden): Golden {
  const file = `libs/regulations/test/golden/${name}.json`;
  if (process.argv.includes('-u') || process.argv.includes('--updateSnapshot'))
    writeFileSync(file, `${JSON.stringify(now(), null, 2)}\n`);
  return JSON.parse(readFileSync(file, 'utf8')) as Golden;
}

const made = <C>(cases: Readonly<Record<string, C>>, of: (name: string, one: C) => string[]): Golden =>
  Object.fromEntries(Object.entries(cases).map(([name, one]) => [name, of(name, one)]));

describe('every issue of an input is named at once, with code, place and words', () => {
  const words = golden('refusals', () => made(REFUSALS, (_name, input) => lines(input)));
  test.each(Object.keys(REFUSALS))('%s', (name) => {
    expect(lines(REFUSALS[name])).toEqual(words[name]);
  });
});

describe('every explanation, its article and its facts', () => {
  const words = golden('explanations', () => made(EXPLANATIONS, said));
  test.each(Object.keys(EXPLANATIONS))('%s', (name) => {
    expect(said(name, EXPLANATIONS[name]!)).toEqual(words[name]);
  });
});

describe('the subjects of each grade and the columns of each sheet', () => {
  const words = golden('sheets', () => Object.fromEntries(SHEETS.map((of) => [of.join(' '), sheet(of)])));
  test.each(SHEETS.map((of) => of.join(' ')))('%s', (name) => {
    expect(sheet(SHEETS.find((of) => of.join(' ') === name)!)).toEqual(words[name]);
  });
});

describe('what a person typed is taken, or refused with a word of advice', () => {
  const words = golden('cells', () => made(CELLS, (_name, of) => [...of()]));
  test.each(Object.keys(CELLS))('%s', (name) => {
    expect(CELLS[name]!()).toEqual(words[name]);
  });
});
