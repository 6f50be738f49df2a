// `npm test`: installs and builds what is missing, then typecheck, lint, architecture, unit, integration on SQLite and,
// where one is found, on PostgreSQL, faults in their short form, end to end. The last line says how many passed, failed
// and were skipped.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ready, ROOT } from '../apps/cli/launch/ready.mjs';
import { placeInMemory } from './place-in-memory.mjs';
import { startPostgres } from './postgres.mjs';

const node = process.execPath;
const bin = (path) => join(ROOT, 'node_modules', path);
const total = { passed: 0, failed: 0, skipped: 0 };
// Set before anything asks for the folder of temporary files: databases of tests need no disk.
process.env.TMPDIR ??= placeInMemory() ?? tmpdir();
const scratch = mkdtempSync(join(tmpdir(), 'socai-test-'));

/** A check that passes or fails as a whole. */
async function check(name, args) {
  const started = Date.now();
  const code = await run(node, args, {});
  total[code === 0 ? 'passed' : 'failed'] += 1;
  report(name, code === 0 ? 'passed' : 'FAILED', started);
}

/** By itself jest leaves one core alone, which of two is half the machine. */
const EVERY_CORE = ['--maxWorkers=100%'];
/** Who talks to servers, witnesses and clocks waits for a part of the time: one more keeps the cores busy. */
const AND_ONE = [`--maxWorkers=${availableParallelism() + 1}`];

/** SOCAI_FULL=1 leaves nothing out. */
const FULL = process.env.SOCAI_FULL === '1';
/** What does not hang on the engine, and takes minutes: what a role may do, other people's servers, files and forms. */
const SAME_ON_BOTH = [
  ...['route-matrix', 'openapi', 'ledger-monitor', 'witnesses', 'directory-log', 'exchange'],
  ...[
    'presentations',
    'received',
    'other-documents',
    'anchor-times',
    'timestamps',
    'token-seal',
    'row-30',
    'row-34',
    'rows-25-29',
  ],
];

/** Options that leave files out, by a part of their path. */
const without = (names) => ['/node_modules/', ...names].map((name) => `--testPathIgnorePatterns=${name}`);

/** A suite of jest tests, counted one by one. */
async function suite(name, paths, env = {}, extra = EVERY_CORE) {
  const started = Date.now();
  const out = join(scratch, `${name.replace(/\W+/g, '-')}.json`);
  const args = [
    '--experimental-vm-modules',
    '--no-warnings',
    bin('jest/bin/jest.js'),
    '--silent',
    '--json',
    '--outputFile',
    out,
  ];
  const code = await run(node, [...args, ...paths, ...extra], env, 'ignore');
  const result = JSON.parse(readFileSync(out, 'utf8'));
  // A file that could not even be loaded holds no test: it counts as one failure.
  const broken = result.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  total.passed += result.numPassedTests;
  total.failed += result.numFailedTests + broken;
  total.skipped += result.numPendingTests;
  if (code !== 0 && result.numFailedTests + broken === 0) total.failed += 1;
  report(
    name,
    `${result.numPassedTests} passed, ${result.numFailedTests + broken} failed, ${result.numPendingTests} skipped`,
    started,
  );
}

function run(command, args, env, stdout = 'inherit') {
  return new Promise((done, failed) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', stdout, 'inherit'],
      env: { ...process.env, ...env },
    });
    child.on('error', failed).on('close', (code) => done(code ?? 1));
  });
}

function report(name, outcome, started) {
  console.log(`${name}: ${outcome} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

async function postgres() {
  const cluster = await startPostgres();
  if (cluster === null) {
    const required = process.env.SOCAI_REQUIRE_POSTGRES === '1';
    console.log(
      `integration on PostgreSQL: ${required ? 'FAILED, it is required and' : 'skipped,'} no PostgreSQL was found`,
    );
    total[required ? 'failed' : 'skipped'] += 1;
    return;
  }
  try {
    const env = { SOCAI_TEST_ENGINE: 'postgres', SOCAI_TEST_POSTGRES_URL: cluster.url };
    const options = [...AND_ONE, ...without(FULL ? [] : SAME_ON_BOTH)];
    await suite('integration on PostgreSQL', ['test/integration'], env, options);
    await suite('security and R13 on PostgreSQL', ['test/security', 'test/faults/r13'], env, options);
  } finally {
    await cluster.stop();
  }
}

await ready();
const checks = async () => {
  await check('typecheck', [bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json']);
  await check('typecheck web', [bin('typescript/bin/tsc'), '--noEmit', '-p', 'apps/web/tsconfig.json']);
  await check('format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']);
  await check('unused code', [join(ROOT, 'test/unused.mjs')]);
};
// Each of the two keeps one core busy.
await Promise.all([check('lint', ['--max-old-space-size=4096', bin('eslint/bin/eslint.js'), '.']), checks()]);
await suite('architecture', ['test/architecture']);
await suite('unit', ['apps/', 'libs/', 'ledger/', 'fixtures/']);
await check('mutation, one small file', [join(ROOT, 'test/mutation.mjs'), '--short']);
await suite('conformance', ['test/conformance']);
const SQLITE = { SOCAI_TEST_ENGINE: 'sqlite' };
const MATRIX = 'test/integration/route-matrix';
// The matrix takes longer than any other file: begun last, it would be waited for alone.
await Promise.all([
  suite('route matrix', [MATRIX], SQLITE),
  suite('integration on SQLite', ['test/integration'], SQLITE, [...EVERY_CORE, ...without([MATRIX])]),
]);
await suite('security on SQLite', ['test/security'], SQLITE, AND_ONE);
await postgres();
// Each runs one file at a time. R2 kills a server fifty times: it waits for starts, as the pages wait for a browser.
const R2 = 'test/faults/r2';
await Promise.all([
  suite('faults', ['test/faults'], {}, ['--runInBand', ...without([R2])]),
  suite('R2', [R2], {}, ['--runInBand']),
  suite('end to end', ['test/e2e'], {}, ['--runInBand', '--passWithNoTests']),
]);
rmSync(scratch, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
