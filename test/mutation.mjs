// `npm run test:mutation [-- PART…] [--short]`: R17, how many deliberate defects (mutants) the tests notice. A PART is a
// folder or file below one of the rooms, as `ledger/src/merkle`; without one, all rooms. The short form, for CI, mutates
// one small file. Prints the survivors, then a line a room, and exits 1 when a score is under the bar.
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { availableParallelism, constants, getPriority, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';

const BAR = 90;
/** Each room with the tests that are its own: what the tests of other rooms would notice besides is not counted. */
const ROOMS = [
  {
    folder: 'ledger/src/format',
    tests: 'ledger/test',
    only: ['fixtures', 'formats', 'fork', 'hash', 'jcs', 'log-keys', 'misbehaviour', 'trust', 'vectors'],
  },
  { folder: 'ledger/src/merkle', tests: 'ledger/test', only: ['merkle', 'vectors'] },
  {
    folder: 'ledger/src/verify',
    tests: 'ledger/test',
    only: [
      'chain',
      'directory',
      'entries',
      'fixtures',
      'folder-fsck',
      'fork',
      'fsck',
      'log-copy',
      'log-keys',
      'misbehaviour',
      'monitor',
      'read-ahead',
      'rotation',
      'trust',
      'verify',
      'watch',
    ],
  },
  {
    folder: 'ledger/src/log',
    tests: 'ledger/test',
    only: [
      'appender',
      'batch',
      'cosign',
      'filled-tiles',
      'key-book',
      'log-keys',
      'rebuild',
      'recover',
      'rotation',
      'sequencer',
      'waiters',
      'witness',
    ],
  },
  { folder: 'libs/regulations/src', tests: 'libs/regulations/test' },
  { folder: 'libs/policy/src', tests: 'libs/policy/test' },
];
const SHORT = ['ledger/src/format/text.ts'];
/** Tests that start processes or servers, compare with a snapshot, or take a minute: they do not run here. */
const LEFT_OUT = ['folder-log', 'http', 'process', 'all-sizes', 'rule-sets', 'second-implementation'];

const args = process.argv.slice(2);
const named = args.filter((arg) => !arg.startsWith('--')).map((part) => part.replace(/\/$/, ''));
const parts = named.length > 0 ? named : args.includes('--short') ? SHORT : ['ledger/src', 'libs'];
const within = (path, folder) => path === folder || path.startsWith(`${folder}/`);
for (const part of parts) {
  if (existsSync(part) && ROOMS.some(({ folder }) => within(part, folder) || within(folder, part))) continue;
  console.error(`${part} has none of: ${ROOMS.map(({ folder }) => folder).join(', ')}`);
  process.exit(1);
}

const totals = new Map();
for (const room of ROOMS) {
  const own = parts.flatMap((part) =>
    within(room.folder, part) ? [room.folder] : within(part, room.folder) ? [part] : [],
  );
  if (own.length === 0) continue;
  const counts = await scoreOf(room, own);
  const [whole] = /^(ledger|libs\/\w+)\/src/.exec(room.folder);
  const before = totals.get(whole) ?? { killed: 0, endless: 0, all: 0 };
  totals.set(whole, {
    killed: before.killed + counts.killed,
    endless: before.endless + counts.endless,
    all: before.all + counts.all,
  });
}
let missed = false;
for (const [name, total] of totals) missed = !figure(name, total) || missed;
process.exit(missed ? 1 : 0);

/** The figure of a room, or of all rooms of the ledger; answers whether it holds. */
function figure(name, { killed, endless, all }) {
  const noticed = killed + endless;
  const score = all === 0 ? 0 : (100 * noticed) / all;
  const how = `${killed.toLocaleString('en')} killed, ${endless.toLocaleString('en')} never ended`;
  const text = `${score.toFixed(1)} % of ${all.toLocaleString('en')} mutants noticed (${how}; bar ${String(BAR)} %)`;
  console.log(`R17 ${name}: ${text}${score >= BAR ? '' : ' DOES NOT HOLD'}`);
  return score >= BAR;
}

/** Mutates the parts of one room; prints what survives as it does, then the figure, and answers the counts. */
async function scoreOf({ tests, only }, own) {
  // Outside the project, or every other run of jest would find the copies of the tests.
  const temp = mkdtempSync(join(tmpdir(), 'socai-mutation-'));
  if (existsSync('../shared')) symlinkSync(join(process.cwd(), '../shared'), join(temp, 'shared'));
  const mutate = own.map((part) => (part.endsWith('.ts') ? part : `${part}/**/*.ts`));
  try {
    setPriority(Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL));
    const mutants = await new Stryker({
      testRunner: 'in-process',
      plugins: [join(import.meta.dirname, 'mutation/in-process.mjs')],
      testRunnerNodeArgs: ['--conditions=socai-source', '--no-warnings'],
      inProcess: { tests, only, leftOut: LEFT_OUT },
      coverageAnalysis: 'perTest',
      mutate,
      ignorePatterns: ['/dist', '/data', '/reports', '/apps', '/test', '/fixtures', '/libs/pdf'],
      concurrency: Number(process.env.SOCAI_MUTATION_WORKERS ?? Math.max(1, availableParallelism() - 1)),
      tempDirName: temp,
      cleanTempDir: 'always',
      // What never ends is found without a clock (in-process.mjs); this is only for what escapes that.
      timeoutMS: args.includes('--short') ? 5_000 : 60_000,
      incremental: process.env.SOCAI_MUTATION_KEEP !== undefined,
      incrementalFile: process.env.SOCAI_MUTATION_KEEP,
      disableTypeChecks: false,
      warnings: { unknownOptions: false },
      reporters: ['survivors'],
      allowConsoleColors: false,
      logLevel: process.env.SOCAI_MUTATION_LOG ?? 'warn',
    }).runMutationTest();
    return report(own.join(', '), mutants);
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

function report(name, mutants) {
  const count = (...states) => mutants.filter(({ status }) => states.includes(status)).length;
  const [killed, endless] = [count('Killed'), count('Timeout')];
  const counts = { killed, endless, all: killed + endless + count('Survived', 'NoCoverage') };
  figure(name, counts);
  return counts;
}
