/** Copying a log's new entries: which files are written when, and whose fault it is when something does not fit. */
import { describe, expect, test } from '@jest/globals';
import { toBase64, utf8 } from '#ledger/format/bytes.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import type { LeafDraft } from '#ledger/format/leaf.js';
import { parseNote } from '#ledger/format/note.js';
import { MerkleError } from '#ledger/merkle/errors.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { EntriesError } from '#ledger/verify/entries.js';
import { copyEntries, type CopiedFile, type LogCopy } from '#ledger/verify/log-copy.js';
import type { WatchState } from '#ledger/verify/watch.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { logSigner, ORIGIN } from './logs.js';
import { Operator } from './operator.js';
import { flipBit, TileMap } from './trees.js';

/** A copy in memory, with the files of each writing and the paths that were read. */
class Copy extends TileMap implements LogCopy {
  readonly writings: string[][] = [];
  readonly reads: string[] = [];

  override readTile(path: string): Promise<Uint8Array | undefined> {
    this.reads.push(path);
    return super.readTile(path);
  }

  writeTiles(files: readonly CopiedFile[]): Promise<void> {
    for (const { path, bytes } of files) this.set(path, bytes);
    this.writings.push(files.map(({ path }) => path));
    return Promise.resolve();
  }
}

const rawLog = (size: number, word = 'entry'): Promise<Operator> => {
  const entries = Array.from({ length: size }, (_, i) => utf8(`${word} ${String(i)}`));
  return new Operator([logSigner], entries).publish();
};
const treeOf = ({ checkpoint }: Operator) => parseCheckpoint(parseNote(checkpoint as Uint8Array).text);

const failure = (work: Promise<unknown>): Promise<unknown> => work.then(String, (error: unknown) => error);

interface Before {
  readonly old?: Operator;
  readonly from?: WatchState;
  readonly batch?: number;
}

/** Copies `log` to `copy`, which has the tree of `old`, and answers what was said of the entries. */
async function copied(log: Operator, copy: LogCopy, { old, from, batch }: Before = {}): Promise<string[]> {
  const { size, root } = treeOf(log);
  const said: string[] = [];
  await copyEntries({
    origin: ORIGIN,
    log,
    tree: new TileTree(size, root, log, nodeCrypto.sha256),
    copy,
    old: old === undefined ? undefined : treeOf(old),
    from,
    onEvent: ({ code, where, detail }) => said.push(`${code} ${where}: ${detail}`),
    crypto: nodeCrypto,
    ...(batch === undefined ? {} : { batch }),
  });
  return said;
}

/** A log of so many raw entries, and a copy of it. */
async function copyOf(size: number) {
  const [log, copy] = [await rawLog(size), new Copy()];
  await copied(log, copy);
  copy.reads.length = 0;
  copy.writings.length = 0;
  return { log, copy };
}

describe('the files of a copy', () => {
  const first = ['tile/0/000', 'tile/entries/000'];
  const rest = ['tile/entries/001.p/4', 'tile/0/001.p/4', 'tile/1/000.p/1'];

  test('are written at once when they are few, and are those that the log serves', async () => {
    const [log, copy] = [await rawLog(260), new Copy()];
    expect(await copied(log, copy)).toEqual([]);
    expect(copy.writings).toEqual([[...first, ...rest]]);
    for (const [path, bytes] of copy) expect([path, log.files.get(path)]).toEqual([path, bytes]);
  });

  test('are written as soon as there are as many as fit into memory, each of them once', async () => {
    const log = await rawLog(260);
    for (const [batch, writings] of [
      [2, [first, rest]],
      [3, [[...first, 'tile/entries/001.p/4'], rest.slice(1)]],
      [4, [[...first, ...rest]]],
    ] as const) {
      const copy = new Copy();
      await copied(log, copy, { batch });
      expect([batch, copy.writings]).toEqual([batch, writings]);
    }
  });

  test('are not read again for entries that have no tag', async () => {
    const { log, copy } = await copyOf(3);
    await copied(await rawLog(4), copy, { old: log });
    expect(copy.reads).toEqual(['tile/0/000.p/3']);
    expect(copy.writings).toEqual([['tile/entries/000.p/4', 'tile/0/000.p/4']]);
  });
});

describe('a tag that is used again', () => {
  const hash = (n: number): string => toBase64(new Uint8Array(32).fill(n));
  const event = (n: number): LeafDraft => ({
    type: 'document.event',
    body: { tag: hash(n), kind: hash(1), doc: hash(2), cred: hash(3) },
  });
  const chain = (next: number) => ({ active: true, next, prev: undefined, lastAt: '' });

  test('is found among the entries copied before, at its own index in a later bundle too', async () => {
    for (const before of [1, 257]) {
      const entries = Array.from({ length: before }, (_, i) => utf8(`entry ${String(i)}`));
      const log = new Operator([logSigner], entries).add(event(7)).add(event(8));
      await log.publish();
      const copy = new Copy();
      await copied(log, copy);
      const old = log.copy();
      await old.publish();
      await log.add(event(9)).add(event(8)).publish();
      const said = await copied(log, copy, { old, from: { chain: chain(before + 2), keys: [] } });
      expect(said).toEqual([
        `SECOND_EVENT entry ${String(before + 3)}: has the tag ${hash(8)} of entry ${String(before + 1)}`,
      ]);
    }
  });

  test('is not looked for in bytes that are damaged: they are named as the copy’s own', async () => {
    const { log, copy } = await copyOf(3);
    const grown = log.copy();
    await grown.add(event(9)).publish();
    const again = () => failure(copied(grown, copy, { old: log, from: { chain: chain(3), keys: [] } }));
    const path = 'tile/entries/000.p/3';
    copy.set(path, flipBit(copy.get(path) as Uint8Array, 23));
    const damaged = await again();
    expect(damaged).toMatchObject({
      name: 'CopyError',
      message: `entry 0: its bytes in ${path} are not those that were signed`,
    });
    expect((damaged as Error).cause).toBeInstanceOf(EntriesError);
    copy.delete(path);
    expect(await again()).toMatchObject({ name: 'CopyError', message: `${path}: the file is missing` });
  });
});

describe('what does not fit', () => {
  test('is the copy’s fault when it no longer leads to the root it had', async () => {
    const { log, copy } = await copyOf(3);
    copy.delete('tile/0/000.p/3');
    const error = await failure(copied(await rawLog(4), copy, { old: log }));
    expect(error).toMatchObject({ name: 'CopyError', message: 'tile/0/000.p/3 is missing' });
    expect((error as Error).cause).toBeInstanceOf(MerkleError);
    expect(copy.writings).toEqual([]);
  });

  test('is named before the last file is written when the entries do not continue what the copy has', async () => {
    const { log, copy } = await copyOf(3);
    const error = await failure(copied(await rawLog(4, 'other'), copy, { old: log }));
    expect(error).toMatchObject({
      name: 'CopyError',
      message: 'with the new entries it does not lead to the signed root',
    });
    expect(copy.writings).toEqual([]);
  });

  test('is the log’s fault when its own files are damaged', async () => {
    const log = await rawLog(3);
    log.files.delete('tile/entries/000.p/3');
    expect(await failure(copied(log, new Copy()))).toBeInstanceOf(EntriesError);
    log.files.delete('tile/0/000.p/3');
    await log.publish();
    log.damage('tile/0/000.p/3');
    expect(await failure(copied(log, new Copy()))).toBeInstanceOf(MerkleError);
  });

  test('is nobody’s when the disk fails: its own error passes through', async () => {
    const { log, copy } = await copyOf(3);
    copy.readTile = () => Promise.reject(new RangeError('EIO'));
    expect(await failure(copied(await rawLog(4), copy, { old: log }))).toMatchObject({
      name: 'RangeError',
      message: 'EIO',
    });
  });
});
