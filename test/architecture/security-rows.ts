/** Reads the table of test/security/README.md and the names of the tests that it speaks of. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { nodesOf, parse, type Source } from './sources.js';

/** The rows of the threat table. */
export const ROWS = 40;
const FOLDER = 'test/security';

/** A test that a row names. */
export interface Named {
  readonly row: number;
  readonly file: string;
  readonly test: string;
}

/** Line by line; a file without a folder is one of test/security. */
export function readTable(text: string): {
  readonly rows: readonly number[];
  readonly named: readonly Named[];
} {
  const rows: number[] = [];
  const named: Named[] = [];
  for (const line of text.split('\n')) {
    const row = Number(/^\| (\d+) \|/.exec(line)?.[1] ?? Number.NaN);
    if (Number.isNaN(row)) continue;
    rows.push(row);
    for (const [, file = '', test = ''] of line.matchAll(/`([^`]+\.test\.ts)` “([^”]+)”/g)) {
      named.push({ row, file: file.includes('/') ? file : `${FOLDER}/${file}`, test });
    }
  }
  return { rows, named };
}

/** Names of the tests in a file that run; a template's as it is written. */
export function testNames({ tree }: Source): string[] {
  const names: string[] = [];
  for (const node of nodesOf(tree)) {
    if (!ts.isCallExpression(node) || !/^test(\.each\b|$)/.test(calleeOf(node).split('(')[0] ?? '')) continue;
    const [name] = node.arguments;
    if (name === undefined) continue;
    if (ts.isStringLiteralLike(name)) names.push(name.text);
    else if (ts.isTemplateExpression(name)) names.push(name.getText(tree).slice(1, -1));
  }
  return names;
}

/** "test", or "test.each(" of `test.each(table)(name, …)`. */
function calleeOf({ expression }: ts.CallExpression): string {
  return ts.isCallExpression(expression) ? expression.expression.getText() : expression.getText();
}

/** What is wrong with the table, given the names of the tests in each file; undefined where there is no such file. */
export function faultsOf(
  text: string,
  namesIn: (file: string) => readonly string[] | undefined,
  files: readonly string[],
): string[] {
  const { rows, named } = readTable(text);
  const faults: string[] = [];
  for (let row = 1; row <= ROWS; row++) {
    const lines = rows.filter((one) => one === row).length;
    if (lines !== 1) faults.push(`row ${row} is there ${lines} times`);
    if (!named.some((one) => one.row === row)) faults.push(`row ${row} names no test`);
  }
  for (const { row, file, test } of named) {
    const names = namesIn(file);
    if (names === undefined) faults.push(`row ${row}: there is no ${file}`);
    else if (!names.includes(test)) faults.push(`row ${row}: ${file} has no test “${test}”`);
  }
  for (const file of files) {
    for (const row of rowsAttacked(namesIn(file) ?? [])) {
      if (!named.some((one) => one.row === row && one.file === file)) {
        faults.push(`row ${row} does not list ${file}, which attacks it`);
      }
    }
  }
  return faults;
}

/** "row 14: …" and "rows 27, 28: …" */
function rowsAttacked(names: readonly string[]): ReadonlySet<number> {
  return new Set(
    names.flatMap((name) => (/^rows? ([\d, ]+):/.exec(name)?.[1]?.split(',') ?? []).map(Number)),
  );
}

/** Names of the tests in a file of the project; undefined when there is none. */
export function namesInProject(file: string): readonly string[] | undefined {
  try {
    return testNames(parse(file, readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
