/**
 * R16: the same proofs, logs and documents before the judges. `socai ledger verify` and `fsck`, and our verifier in
 * a real browser, must say the same; the Go project's library says what judges/expected.json says of it, because it does not
 * look at everything that we do.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { formatVkey } from '#ledger/format/note.js';
import { formatPolicy, parsePolicy } from '#ledger/format/policy.js';
import { ledgerCommand } from '#cli/ledger.js';
import { verifyCommand } from '#cli/verify.js';
import { NOW, World } from '../../libs/verify/test/world.js';
import { buildGoChecker, goIsThere, type GoJudge } from '../conformance/go-checker.js';
import { hasOpenssl, hasPoppler, judgeByOpenssl, judgeByPdfsig } from '../conformance/file-judges.js';
import { judgeByPage } from '../conformance/page-judge.js';
import { servedFiles } from '../conformance/witnessed-log.js';
import { startBrowser } from '../e2e/browser.js';
import { figure } from './figures.js';
import { startBrowserJudge, type BrowserJudge } from './judges/browser-judge.js';
import { judgedFiles } from './judges/judged-files.js';
import { judgedLogs, type JudgedLog } from './judges/judged-logs.js';

const FIXTURES = 'ledger/test/fixtures';
const POLICY = join(FIXTURES, 'policy/valid/two-of-three.txt');
const ENTRY = join(FIXTURES, 'entry-257.bin');

/** What each judge has to say. */
interface Expected {
  /** The CLI and the page: "ok …", a code, or findings. */
  readonly ours: string | readonly string[];
  readonly go: 'accepts' | 'refuses';
  /** Why the two differ, where they do. */
  readonly because?: string;
}

interface Table {
  readonly proofs: Readonly<Record<string, Expected>>;
  readonly logs: Readonly<Record<string, Expected>>;
}

let scratch: string;
let table: Table;
let browser: BrowserJudge | string;
let go: GoJudge | undefined;
let logs: Map<string, JudgedLog>;
/** Answers by document and judge, for the figures. */
const answers = { page: [0, 0], go: [0, 0] };

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'socai-judges-'));
  table = JSON.parse(await readFile('test/faults/judges/expected.json', 'utf8')) as Table;
  logs = await judgedLogs(scratch);
  if (goIsThere) go = buildGoChecker(scratch);
  else process.stderr.write('Go checker: skipped, golang-go and golang-golang-x-mod-dev are not installed\n');
  browser = await startBrowserJudge();
  if (typeof browser === 'string') process.stderr.write(`skipped: ${browser}\n`);
}, 180_000);

afterAll(async () => {
  if (typeof browser === 'object') await browser.stop();
  await rm(scratch, { recursive: true, force: true });
  report('CLI and page give one answer on proofs, logs and documents', answers.page);
  report('the Go library answers on proofs and logs as expected.json says', answers.go);
});

function report(what: string, [right = 0, all = 0]: readonly number[]): void {
  if (all === 0) figure({ id: 'R16', what, value: 'not on this machine', bar: 'N/N', holds: null });
  else
    figure({ id: 'R16', what, value: `${String(right)}/${String(all)}`, bar: 'N/N', holds: right === all });
}

/** `socai ledger …`, in this process. */
function cli(...args: readonly string[]): Promise<Ran> {
  return ran(ledgerCommand, args);
}

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

async function ran(command: typeof ledgerCommand, args: readonly string[]): Promise<Ran> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const written = Promise.all([text(stdout), text(stderr)]);
  const io = { stdin: Readable.from([]), stdout, stderr, env: {}, now: () => NOW };
  const status = await command(args, io);
  stdout.end();
  stderr.end();
  const [out, err] = await written;
  return { status, out, err };
}

/** The CLI's answer in the words of the table, its exit status checked against them. */
async function cliOnProof(path: string): Promise<string> {
  const { status, out, err } = await cli('verify', '--policy', POLICY, '--proof', path, '--entry', ENTRY);
  if (status === 0) {
    const { index, size } = JSON.parse(out) as { index: number; size: number };
    return `ok ${String(index)} of ${String(size)}`;
  }
  const code = /^socai ledger verify: ([A-Z_]+): /.exec(err)?.[1] ?? err;
  expect([code, status]).toEqual([code, code === 'MALFORMED' ? 2 : 1]);
  return code;
}

async function cliOnLog({ folder, vkey, policy }: JudgedLog): Promise<string[]> {
  const file = join(scratch, 'policy');
  await writeFile(file, formatPolicy(policy));
  const { status, out } = await cli('fsck', '--dir', folder, '--vkey', vkey, '--policy', file);
  const lines = out.split('\n').filter((line) => line !== '' && !line.startsWith('ok '));
  expect(status).toBe(lines.length === 0 ? 0 : 1);
  return lines.map((line) => line.slice(0, line.indexOf(':')));
}

function tally(which: 'page' | 'go', right: boolean): void {
  answers[which][0] = (answers[which][0] ?? 0) + (right ? 1 : 0);
  answers[which][1] = (answers[which][1] ?? 0) + 1;
}

function expectGo(verdict: { status: number | null }, expected: Expected): void {
  const said = verdict.status === 0 ? 'accepts' : 'refuses';
  tally('go', said === expected.go);
  expect(said).toBe(expected.go);
}

function expectPage(page: unknown, ours: unknown): void {
  tally('page', JSON.stringify(page) === JSON.stringify(ours));
  expect(page).toEqual(ours);
}

describe('a proof of the fixtures', () => {
  const paths = ['proof', 'verify'].flatMap((folder) =>
    readdirSync(join(FIXTURES, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.tlog-proof'))
      .map((name) => `${folder}/${name}`),
  );

  test('is judged whatever it is: every row of the table has its file, and every file that is well-formed its row', () => {
    const rows = Object.keys(table.proofs);
    expect(rows.filter((row) => !paths.includes(row))).toEqual([]);
    const unlisted = paths.filter((path) => !rows.includes(path));
    expect(unlisted.filter((path) => !path.startsWith('proof/invalid/'))).toEqual([]);
  });

  test.each(paths.sort())('%s: the CLI, the page and the Go library', async (path) => {
    // What is not even a proof is refused by all, unless the table says otherwise.
    const expected = table.proofs[path] ?? { ours: 'MALFORMED', go: 'refuses' };
    const file = join(FIXTURES, path);
    const ours = await cliOnProof(file);
    expect(ours).toBe(expected.ours);
    const [proof, entry, policy] = await Promise.all([file, ENTRY, POLICY].map((each) => readFile(each)));
    if (typeof browser === 'object')
      expectPage(await browser.proof(proof as Uint8Array, entry as Uint8Array, policy as Uint8Array), ours);
    if (go === undefined) return;
    // It knows no quorum: it is told which two witnesses must have cosigned.
    const { logs: known, witnesses } = parsePolicy(policy as Uint8Array);
    const cosigners = witnesses.slice(0, 2).map(({ key }) => formatVkey(key));
    expectGo(go.proof(file, ENTRY, known.map(({ key }) => formatVkey(key))[0] ?? '', cosigners), expected);
  });
});

describe('a log', () => {
  test('of each kind is in the table, and none else', () => {
    expect([...logs.keys()].sort()).toEqual(Object.keys(table.logs).sort());
  });

  test('is found wrong where it is, by the CLI, the page and the Go library', async () => {
    for (const [what, expected] of Object.entries(table.logs)) {
      const log = logs.get(what) as JudgedLog;
      const ours = await cliOnLog(log);
      expect([what, ours]).toEqual([what, expected.ours]);
      if (typeof browser === 'object')
        expectPage(
          await browser.log(await servedFiles(log.folder), log.vkey, formatPolicy(log.policy)),
          ours,
        );
      if (go !== undefined) expectGo(go(log.folder, log.vkey, { witnesses: log.witnesses }), expected);
    }
  }, 120_000);

  test('where we and the Go library differ, the table says why', () => {
    const rows = [...Object.entries(table.proofs), ...Object.entries(table.logs)];
    const differing = rows.filter(([, { ours, go: other }]) => {
      const accepted = typeof ours === 'string' ? ours.startsWith('ok ') : ours.length === 0;
      return accepted !== (other === 'accepts');
    });
    expect(differing.filter(([, { because }]) => because === undefined)).toEqual([]);
    expect(rows.length - differing.length).toBeGreaterThan(differing.length);
  });
});

describe('a document', () => {
  /** What each judge has to say; pdfsig and openssl know neither the form, nor who may sign, nor the ledger. */
  interface ExpectedFile {
    readonly ours: string;
    readonly pdfsig: 'accepts' | 'refuses';
    readonly openssl: 'accepts' | 'refuses';
    readonly because?: string;
  }
  const paths = new Map<string, string>();
  let rows: Readonly<Record<string, ExpectedFile>>;
  let world: World;

  beforeAll(async () => {
    rows = JSON.parse(await readFile('test/faults/judges/expected-files.json', 'utf8')) as typeof rows;
    world = await World.make();
    await writeFile(join(scratch, 'bundle'), world.trust);
    const pem = Buffer.from(world.ca.certificate).toString('base64').replace(/.{64}/g, '$&\n');
    await writeFile(
      join(scratch, 'ca.pem'),
      `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`,
    );
    for (const [what, bytes] of await judgedFiles(world)) {
      const path = join(scratch, `document-${String(paths.size)}.pdf`);
      await writeFile(path, bytes);
      paths.set(what, path);
    }
  }, 60_000);

  test('of each kind is in the table, and none else', () => {
    expect([...paths.keys()]).toEqual(Object.keys(rows));
  });

  test('is judged by `socai verify` as the table says, and by the page as by `socai verify`', async () => {
    const all = [...paths.values()];
    const { out } = await ran(verifyCommand, ['--json', '--trust', join(scratch, 'bundle'), ...all]);
    const said = out
      .trim()
      .split('\n')
      .map((line) => {
        const { verdict, code } = JSON.parse(line) as { verdict: string; code: string | null };
        return `${verdict} ${code ?? ''}`.trim();
      });
    const expected = Object.values(rows).map(({ ours }) => ours);
    expect(said).toEqual(expected);
    const started = await startBrowser();
    if (typeof started === 'string') return;
    const means = { trust: join(scratch, 'bundle'), logs: new Map<string, string>() };
    const page = await judgeByPage(started.browser, all, means, NOW);
    await started.stop();
    const answered = all.map((path) => page.get(basename(path)));
    answered.forEach((answer, i) => tally('page', answer === expected[i]));
    expect(answered).toEqual(expected);
  }, 120_000);

  (hasPoppler && hasOpenssl ? test : test.skip)(
    'is judged by pdfsig and openssl as the table says',
    async () => {
      const found: Record<string, Pick<ExpectedFile, 'pdfsig' | 'openssl'>> = {};
      for (const [what, path] of paths) {
        const pdfsig = await judgeByPdfsig(path, undefined, 3);
        const files = [join(scratch, 'ca.pem'), join(scratch, 'cms')] as const;
        found[what] = { pdfsig, openssl: await judgeByOpenssl(await readFile(path), ...files, 3) };
      }
      const said = Object.entries(rows).map(([what, { pdfsig, openssl }]) => [what, { pdfsig, openssl }]);
      expect(found).toEqual(Object.fromEntries(said));
    },
    60_000,
  );

  test('that others accept and we do not has its reason in the table', () => {
    const accepted = Object.values(rows).filter(
      ({ ours, pdfsig, openssl }) => ours !== 'valid' && (pdfsig === 'accepts' || openssl === 'accepts'),
    );
    expect(accepted.length).toBeGreaterThan(3);
    expect(accepted.filter(({ because }) => because === undefined)).toEqual([]);
    const stricter = Object.values(rows).filter(({ ours }) => ours === 'valid');
    expect(stricter.map(({ pdfsig, openssl }) => [pdfsig, openssl])).toEqual([['accepts', 'accepts']]);
  });
});
