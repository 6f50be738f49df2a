/**
 * R6: bits turned over, and files cut off, in a log's folder and in transcripts. Each is found, and what is named is what
 * was changed. The long form takes every byte of one folder, every 29th of
 * the other; the short one a sample of every file.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Random } from '#fixtures/random.js';
import { ED25519, seedSigner, type VerifierKey } from '#ledger/format/note.js';
import { parseBundle, parseTilePath } from '#ledger/format/tile.js';
import type { Quorum } from '#ledger/format/policy.js';
import { fsckFolder } from '#ledger-node/folder-fsck.js';
import { createFolderLog, openFolderLog } from '#ledger-node/folder-sequencer.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { verifyTranscript } from '#verify/verify-transcript.js';
import { documentEvent, ORIGIN, START } from '../../ledger/test/logs.js';
import { NOW, World } from '../../libs/verify/test/world.js';
import { logKey, policy, servedFiles, witnessedLog } from '../conformance/witnessed-log.js';
import { figure, FULL } from './figures.js';

const SEED = process.env['SOCAI_SEED'] ?? 'so-cai';
const random = new Random(`R6 ${SEED}`);
const LONG = 60 * 60 * 1000;

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'socai-flips-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** A log's folder, and all that is needed to check it. */
interface Folder {
  readonly folder: string;
  readonly key: VerifierKey;
  readonly witnesses?: Quorum;
  /** The files that are served, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** 600 raw entries in batches of 250, cosigned by two witnesses. */
async function rawFolder(): Promise<Folder> {
  const log = await witnessedLog(join(scratch, 'raw'));
  await log.growTo(600, 250);
  return { folder: log.folder, key: logKey, witnesses: policy, files: await servedFiles(log.folder) };
}

/** 300 leaves of a school in batches of 130, each chained to the one before. */
async function chainFolder(): Promise<Folder> {
  const folder = await mkdtemp(join(scratch, 'chain-'));
  const key = await createFolderLog(folder, ORIGIN, undefined);
  const log = await openFolderLog(folder, 'chain', () => START, undefined);
  for (let first = 0; first < 300; first += 130) {
    log.store.add(Array.from({ length: Math.min(130, 300 - first) }, (_, i) => documentEvent(first + i)));
    await log.sequencer.flush();
  }
  await log.close();
  return { folder, key, files: await servedFiles(folder) };
}

/** Checks the folder with one file replaced; answers what was named. */
async function namedWith(
  { folder, key, witnesses, files }: Folder,
  path: string,
  bytes: Uint8Array,
): Promise<string[]> {
  const named: string[] = [];
  await writeFile(join(folder, path), bytes);
  try {
    await fsckFolder(folder, key, {
      ...(witnesses === undefined ? {} : { witnesses }),
      onFinding: ({ where }) => named.push(where),
    });
  } finally {
    await writeFile(join(folder, path), files.get(path) as Uint8Array);
  }
  return named;
}

/**
 * The names that may be given, the first of which must be: of a checkpoint itself (what its size makes of the rest may
 * follow); of a tile the tile alone; of a bundle the entry at `at`, its successor in the chain, or the file.
 */
function names(files: Folder['files'], path: string, at?: number): { must: RegExp; may: RegExp } {
  if (path === 'checkpoint') return { must: /^checkpoint$/, may: /^/ };
  const { level, index, width } = parseTilePath(path);
  const itself = path.replaceAll('.', '\\.');
  if (level !== 'entries') return { must: new RegExp(`^${itself}$`), may: new RegExp(`^${itself}$`) };
  const entries = parseBundle(files.get(path) as Uint8Array, width);
  let end = 0;
  const inside = at === undefined ? -1 : entries.findIndex(({ length }) => at < (end += 2 + length));
  const changed = [inside, inside + 1].map((i) => `entry ${String(index * 256 + i)}`);
  // Behind a changed length the following bytes are read as other entries.
  const lengthChanged = inside >= 0 && (at as number) < end - (entries[inside]?.length ?? 0);
  const any = inside < 0 || lengthChanged;
  return {
    must: any ? new RegExp(`^(${itself}|entry \\d+)$`) : new RegExp(`^(${itself}|${changed[0]})$`),
    may: any ? new RegExp(`^(${itself}|entry \\d+)$`) : new RegExp(`^(${itself}|${changed.join('|')})$`),
  };
}

function rightlyNamed(named: readonly string[], { must, may }: { must: RegExp; may: RegExp }): boolean {
  return named.some((where) => must.test(where)) && named.every((where) => may.test(where));
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const changed = bytes.slice();
  changed[at] = (changed[at] as number) ^ (1 << random.below(8));
  return changed;
}

/** Where bits are turned over: all bytes, or a sample with both ends. */
function positions(length: number, sample: number, every = 1): number[] {
  if (FULL) return Array.from({ length: Math.ceil(length / every) }, (_, i) => i * every);
  return [0, length - 1, ...Array.from({ length: sample }, () => random.below(length))];
}

/** Lengths to cut a file of `length` to: nothing, a byte short, whole hashes, and some between. */
function cuts(length: number): number[] {
  const lengths = [0, 1, 2, 31, 32, 33, length >> 1, length - 33, length - 32, length - 2, length - 1];
  const more = FULL ? Array.from({ length: 60 }, () => random.below(length)) : [];
  return [...new Set([...lengths, ...more])].filter((cut) => cut >= 0 && cut < length);
}

interface Tally {
  total: number;
  readonly missed: string[];
}

async function damageAll(folder: Folder, every: number, sample: number): Promise<Tally> {
  const tally: Tally = { total: 0, missed: [] };
  const judge = async (what: string, path: string, bytes: Uint8Array, at?: number): Promise<void> => {
    tally.total++;
    const named = await namedWith(folder, path, bytes);
    if (!rightlyNamed(named, names(folder.files, path, at)))
      tally.missed.push(`${what}: named ${named.join(', ')}`);
  };
  for (const [path, bytes] of folder.files) {
    const step = path === 'checkpoint' ? 1 : every;
    for (const at of positions(bytes.length, sample, step))
      await judge(`${path} bit in byte ${String(at)}`, path, flipped(bytes, at), at);
    for (const cut of cuts(bytes.length))
      await judge(`${path} cut to ${String(cut)}`, path, bytes.slice(0, cut));
    await judge(`${path} with a byte more`, path, Buffer.concat([bytes, Buffer.of(0)]));
  }
  return tally;
}

function report(what: string, { total, missed }: Tally): void {
  figure({
    id: 'R6',
    what,
    value: `${String(total - missed.length)}/${String(total)}`,
    bar: 'N/N',
    holds: total > 0 && missed.length === 0,
    detail: `seed ${SEED}${missed.length === 0 ? '' : `; missed: ${missed.slice(0, 5).join('; ')}`}`,
  });
}

describe('the files of a log', () => {
  test.each([
    ['raw entries under two cosignatures', rawFolder, 1, 12],
    ['a chain of leaves', chainFolder, 29, 4],
  ] as const)(
    '%s: every damage is found and named by fsck',
    async (what, make, every, sample) => {
      const folder = await make();
      expect(await namedWith(folder, 'checkpoint', folder.files.get('checkpoint') as Uint8Array)).toEqual([]);
      // Partials of earlier sizes are among them.
      expect([...folder.files.keys()].filter((path) => path.includes('.p/')).length).toBeGreaterThan(4);
      const tally = await damageAll(folder, every, sample);
      report(`bits and truncations in a log's files, ${what}`, tally);
      expect(tally.missed).toEqual([]);
    },
    LONG,
  );

  test('counts as found only when the right file or entry is named', async () => {
    const { files } = await chainFolder();
    const entry = names(files, 'tile/entries/000', 5);
    expect(rightlyNamed(['entry 0', 'entry 1'], entry)).toBe(true);
    for (const named of [[], ['entry 1'], ['entry 0', 'entry 2'], ['tile/0/000', 'entry 0']]) {
      expect(rightlyNamed(named, entry)).toBe(false);
    }
    expect(rightlyNamed(['tile/0/000'], names(files, 'tile/0/000', 5))).toBe(true);
    expect(rightlyNamed(['tile/0/000', 'tile/1/000.p/1'], names(files, 'tile/0/000', 5))).toBe(false);
    expect(rightlyNamed(['tile/0/000'], names(files, 'checkpoint', 5))).toBe(false);
  });

  test('an honest folder under another key is not called damaged in its tiles', async () => {
    const folder = await witnessedLog(join(scratch, 'other'));
    await folder.growTo(3);
    const files = await servedFiles(folder.folder);
    const key = seedSigner(logKey.name, ED25519, new Uint8Array(32));
    const checkpoint = files.get('checkpoint') as Uint8Array;
    expect(await namedWith({ folder: folder.folder, key, files }, 'checkpoint', checkpoint)).toEqual([
      'checkpoint',
    ]);
  });
});

describe('a transcript', () => {
  /** Verdicts on `file` with bits turned over, twice as often where the signatures are, and cut off. */
  async function damageFile(file: Uint8Array, trust: Uint8Array, now: Date, flips: number): Promise<Tally> {
    const tally: Tally = { total: 0, missed: [] };
    const verdictOf = async (bytes: Uint8Array): Promise<{ verdict: string; code: string | null }> =>
      verifyTranscript({
        file: bytes,
        fileName: 'f',
        trust,
        now,
        crypto: nodeCrypto,
        provider: nodeProvider,
      });
    expect(await verdictOf(file)).toMatchObject({ verdict: 'valid' });
    const judge = async (what: string, bytes: Uint8Array): Promise<void> => {
      tally.total++;
      const { verdict, code } = await verdictOf(bytes);
      if (verdict === 'valid' || code === null) tally.missed.push(`${what}: ${verdict}`);
    };
    const signatures = Math.floor(file.length / 2);
    for (let i = 0; i < flips; i++) {
      const at = i % 3 === 0 ? random.below(file.length) : random.between(signatures, file.length - 1);
      await judge(`bit in byte ${String(at)}`, flipped(file, at));
    }
    for (const cut of cuts(file.length)) await judge(`cut to ${String(cut)}`, file.slice(0, cut));
    await judge('a byte more', Buffer.concat([file, Buffer.of(10)]));
    return tally;
  }

  test(
    'of the tests: no changed bit, not even in padding, leaves it valid',
    async () => {
      const world = await World.make();
      const { pdf } = await world.issue();
      const tally = await damageFile(pdf, world.trust, NOW, FULL ? 2000 : 90);
      report('bits and truncations in a transcript', tally);
      expect(tally.missed).toEqual([]);
    },
    LONG,
  );

  // The demo is played once a school, which takes minutes.
  if (FULL)
    test.each(['thcs-song-may', 'th-ben-tram'])(
      'of the demo school %s: no changed bit, not even in padding, leaves it valid',
      async (school) => {
        const out = join(scratch, school);
        const args = ['dist/apps/cli/src/main.js', 'demo', '--only', school, '--out', out];
        const played = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: LONG / 4 });
        expect([played.status, played.stderr.slice(-500)]).toEqual([0, expect.any(String)]);
        const [first = ''] = (await readdir(join(out, 'transcripts'))).sort();
        const file = new Uint8Array(await readFile(join(out, 'transcripts', first)));
        const trust = new Uint8Array(await readFile(join(out, 'data', 'trust', 'bundle')));
        const tally = await damageFile(file, trust, new Date(), 2000);
        report(`bits and truncations in a transcript of the demo school ${school}`, tally);
        expect(tally.missed).toEqual([]);
      },
      LONG,
    );
});
