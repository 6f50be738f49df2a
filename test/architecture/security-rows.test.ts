import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { faultsOf, namesInProject, readTable, ROWS, testNames } from './security-rows.js';
import { parse } from './sources.js';

const README = readFileSync('test/security/README.md', 'utf8');
const FOLDERS = ['test', 'libs', 'apps', 'ledger', 'fixtures'];
const files = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !/(^|[/\\])(node_modules|dist)[/\\]/.test(name))
    .map((name) => join(folder, name)),
);
const names = new Map(files.map((file) => [file, namesInProject(file)]));
const faults = (text: string, changed: ReadonlyMap<string, readonly string[] | undefined> = new Map()) =>
  faultsOf(text, (file) => (changed.has(file) ? changed.get(file) : names.get(file)), [
    ...new Set([...files, ...changed.keys()]),
  ]);

describe('the forty rows of test/security/README.md', () => {
  test('are each there once, with tests that are there', () => {
    expect(faults(README)).toEqual([]);
    expect(readTable(README).named.length).toBeGreaterThan(2 * ROWS);
  });

  test('a row that is missing, twice, or without a test is noticed', () => {
    const lines = README.split('\n');
    const of = (row: number) => lines.find((line) => line.startsWith(`| ${row} |`)) ?? '';
    expect(faults(README.replace(`${of(30)}\n`, ''))).toContain('row 30 is there 0 times');
    expect(faults(README.replace(of(30), `${of(30)}\n${of(30)}`))).toEqual(['row 30 is there 2 times']);
    expect(faults(README.replace(of(2), '| 2 | argon2id | stolen database | later |'))).toContain(
      'row 2 names no test',
    );
  });

  test('a test that was renamed, skipped or taken out with its file is noticed', () => {
    const [first] = readTable(README).named;
    if (first === undefined) throw new Error('the table names no test');
    const without = new Map([
      [first.file, (names.get(first.file) ?? []).filter((name) => name !== first.test)],
    ]);
    expect(faults(README, without)).toEqual([`row 1: ${first.file} has no test “${first.test}”`]);
    expect(faults(README, new Map([[first.file, undefined]]))).toContain(`row 1: there is no ${first.file}`);
    const file = `test('one', () => {}); test.skip('two', () => {}); test.todo('three');
      test.each([1])('%s four', () => {}); test(\`five \${x}\`, () => {}); describe('six', () => {});
      test.skip.each([1])('seven', () => {}); xtest('eight', () => {});`;
    expect(testNames(parse('a.test.ts', file))).toEqual(['one', '%s four', 'five ${x}']);
  });

  test('a test that attacks a row from a file that the row does not list is noticed', () => {
    const added = new Map([
      ['test/security/new.test.ts', ['row 7: another way in', 'rows 8, 9: two at once']],
    ]);
    expect(faults(README, added)).toEqual([
      'row 7 does not list test/security/new.test.ts, which attacks it',
      'row 8 does not list test/security/new.test.ts, which attacks it',
      'row 9 does not list test/security/new.test.ts, which attacks it',
    ]);
  });
});
