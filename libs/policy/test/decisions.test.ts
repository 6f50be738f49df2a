import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { ACTION_NAMES } from '#policy/actions.js';
import { SUBJECTS } from '#policy/subjects.js';
import { SWITCHES, SWITCH_NAMES } from '#policy/switches.js';
import { TABLE } from '#policy/table.js';
import { decisionsText } from './decisions.js';

const FILE = 'libs/policy/DECISIONS.md';

test('DECISIONS.md is the one that the table makes', () => {
  const text = decisionsText();
  if (process.argv.includes('-u') || process.argv.includes('--updateSnapshot')) writeFileSync(FILE, text);
  expect(readFileSync(FILE, 'utf8')).toBe(text);
});

test('every action has its subject, once', () => {
  expect(SUBJECTS.flatMap(({ actions }) => actions).sort()).toEqual([...ACTION_NAMES].sort());
  expect(new Set(SUBJECTS.map(({ title }) => title)).size).toBe(SUBJECTS.length);
});

test('a row that depends on a switch is named by the switch, and the other way round', () => {
  const rows = Object.values(TABLE).flatMap((rules) => rules.rows);
  for (const { rule, when } of rows) {
    for (const name of when.switches ?? [])
      expect([rule, SWITCHES[name].rules]).toEqual([rule, expect.arrayContaining([rule])]);
  }
  const numbers = new Set(rows.map(({ rule }) => rule));
  for (const name of SWITCH_NAMES.filter((one) => one !== 'allowTotpStepUp')) {
    expect([name, SWITCHES[name].rules.filter((rule) => !numbers.has(rule))]).toEqual([name, []]);
  }
});
