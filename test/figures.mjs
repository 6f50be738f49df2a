// `npm run test:faults [-- R1 R6 …]`: the fault tests in their long form, and the figures they report as a table, with the
// hardware they were measured on. Ends with 1 when a test fails or a figure does not hold.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ready, ROOT } from '../apps/cli/launch/ready.mjs';
import { hardware } from './hardware.mjs';

const wanted = process.argv.slice(2).map((id) => id.toUpperCase());
const paths = selected(wanted);
if (paths.length === 0) {
  console.error(`There is no fault test of ${wanted.join(', ')}: ids are those of the files in test/faults.`);
  process.exit(2);
}
await ready();
const scratch = mkdtempSync(join(tmpdir(), 'socai-figures-'));
const file = join(scratch, 'figures.jsonl');
const failed = await runTests(paths, file);
const figures = readFigures(file);
rmSync(scratch, { recursive: true, force: true });

print(figures);
console.log(hardware());
if (failed) console.log('At least one test failed: what it says is above.');
process.exit(!failed && figures.every(({ holds }) => holds !== false) ? 0 : 1);

/** The test files of these ids (all when there are none): "R1" is test/faults/r1-….test.ts. */
function selected(ids) {
  return readdirSync(join(ROOT, 'test/faults'))
    .filter((name) => name.endsWith('.test.ts'))
    .filter((name) => ids.length === 0 || ids.includes((name.split('-')[0] ?? '').toUpperCase()))
    .sort()
    .map((name) => `test/faults/${name}`);
}

function runTests(tests, figuresFile) {
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  const args = ['--experimental-vm-modules', '--no-warnings', jest, '--runInBand', ...tests];
  const env = { ...process.env, SOCAI_FULL: '1', SOCAI_FIGURES: figuresFile };
  return new Promise((done, failedToStart) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env });
    child.on('error', failedToStart).on('close', (code) => done(code !== 0));
  });
}

function readFigures(path) {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}

function print(rows) {
  const cells = [
    ['id', 'what', 'figure', 'bar', 'holds'],
    ...rows.map(({ id, what, value, bar, holds }) => [
      id,
      what,
      value,
      bar,
      holds === null ? '–' : holds ? 'yes' : 'NO',
    ]),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  for (const [i, row] of cells.entries()) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
    const detail = rows[i - 1]?.detail;
    if (detail !== undefined) console.log(`${' '.repeat(widths[0])}  (${detail})`);
  }
}
