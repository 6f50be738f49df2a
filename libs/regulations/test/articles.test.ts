import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { articleRows, articleTable } from './articles.js';

const FILE = 'libs/regulations/ARTICLES.md';

test('every article that a rule names has a heading and a test', () => {
  const rows = articleRows();
  expect(rows.length).toBeGreaterThan(15);
  expect(rows.filter(({ about, tests }) => about === undefined || tests.length === 0)).toEqual([]);
});

test('the table of articles is the one that the rules and tests make', () => {
  const table = articleTable(articleRows());
  if (process.argv.includes('-u') || process.argv.includes('--updateSnapshot')) writeFileSync(FILE, table);
  expect(readFileSync(FILE, 'utf8')).toBe(table);
});
