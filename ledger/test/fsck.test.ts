/** fsck: every damage to a log is named, with the file or entry it is in. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fsck, type Finding } from '#ledger/verify/fsck.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { createFolderLog, openFolderLog, readFolderKey } from '#ledger-node/folder-sequencer.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { rawLogIn } from './folder-logs.js';
import { documentEvent, ORIGIN, START } from './logs.js';
import { flipBit } from './trees.js';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'socai-fsck-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** A school's log with its opening entry and `count` document events. */
async function schoolLog(name: string, count: number): Promise<string> {
  const folder = join(scratch, name);
  await createFolderLog(folder, ORIGIN, undefined);
  const log = await openFolderLog(folder, 'chain', () => START, undefined);
  log.store.add(Array.from({ length: count }, (_, i) => documentEvent(i)));
  await log.sequencer.flush();
  await log.close();
  return folder;
}

async function check(folder: string): Promise<string[]> {
  const findings: Finding[] = [];
  await fsck(new FolderTileStore(folder), await readFolderKey(folder), {
    crypto: nodeCrypto,
    onFinding: (finding) => findings.push(finding),
  });
  return findings.map((finding) => `${finding.code} ${finding.where}`);
}

/** Another base64 digit. */
function otherDigit(byte: number): number {
  return byte === 0x41 ? 0x42 : 0x41;
}

async function edit(path: string, change: (bytes: Uint8Array) => Uint8Array): Promise<void> {
  await writeFile(path, change(new Uint8Array(await readFile(path))));
}

describe('fsck names what is wrong', () => {
  let raw: string;
  let school: string;
  beforeAll(async () => {
    raw = await rawLogIn(scratch, 'fsck', 600);
    school = await schoolLog('fsck-school', 300);
  });

  test('nothing, in a log that is whole', async () => {
    expect(await check(raw)).toEqual([]);
    expect(await check(school)).toEqual([]);
  });

  /** A copy of a log with one file changed. */
  async function damaged(
    source: string,
    path: string,
    change: (bytes: Uint8Array) => Uint8Array,
  ): Promise<string> {
    const copy = await mkdtemp(join(scratch, 'copy-'));
    await cp(source, copy, { recursive: true });
    await edit(join(copy, path), change);
    return copy;
  }

  test.each([
    [
      'a bit of an entry',
      'tile/entries/001',
      (b: Uint8Array) => flipBit(b, 8 * 30),
      ['ENTRY_MISMATCH entry 258'],
    ],
    [
      'a bit of the last, partial bundle',
      'tile/entries/002.p/88',
      (b: Uint8Array) => flipBit(b, 8 * 5),
      ['ENTRY_MISMATCH entry 512'],
    ],
    [
      'a bit of a tile of leaf hashes',
      'tile/0/000',
      (b: Uint8Array) => flipBit(b, 8 * 64),
      ['TILE_MISMATCH tile/0/000'],
    ],
    [
      'a bit of the partial tile',
      'tile/0/002.p/88',
      (b: Uint8Array) => flipBit(b, 1),
      ['TILE_MISMATCH tile/0/002.p/88'],
    ],
    [
      'a bit of a higher tile',
      'tile/1/000.p/2',
      (b: Uint8Array) => flipBit(b, 400),
      ['TILE_MISMATCH tile/1/000.p/2'],
    ],
    ['a tile cut short', 'tile/0/000', (b: Uint8Array) => b.slice(1), ['TILE_MALFORMED tile/0/000']],
    [
      'a bundle cut short',
      'tile/entries/000',
      (b: Uint8Array) => b.slice(0, -1),
      ['BUNDLE_MALFORMED tile/entries/000'],
    ],
    [
      'a bit of the signature',
      'checkpoint',
      (b: Uint8Array) => b.map((byte, i) => (i === b.length - 20 ? otherDigit(byte) : byte)),
      ['CHECKPOINT_SIGNATURE checkpoint'],
    ],
  ])('%s', async (_what, path, change, findings) => {
    expect(await check(await damaged(raw, path, change))).toEqual(findings);
  });

  test('files that are missing, and a missing checkpoint', async () => {
    for (const [path, finding] of [
      ['tile/entries/001', 'BUNDLE_MISSING tile/entries/001'],
      ['tile/0/001', 'TILE_MISSING tile/0/001'],
      ['tile/1/000.p/2', 'TILE_MISSING tile/1/000.p/2'],
      ['checkpoint', 'CHECKPOINT_MISSING checkpoint'],
    ] as const) {
      const copy = await damaged(raw, path, (bytes) => bytes);
      await rm(join(copy, path));
      expect(await check(copy)).toEqual([finding]);
    }
  });

  test('a checkpoint of another log or key', async () => {
    const other = await rawLogIn(scratch, 'another', 600);
    const copy = await damaged(raw, 'checkpoint', (bytes) => bytes);
    await cp(join(other, 'checkpoint'), join(copy, 'checkpoint'));
    expect(await check(copy)).toEqual(['CHECKPOINT_SIGNATURE checkpoint']);
  });

  test("a school's log whose chain is broken, though every hash and signature is in order", async () => {
    const folder = join(scratch, 'broken-chain');
    await createFolderLog(folder, ORIGIN, undefined);
    const log = await openFolderLog(folder, 'raw', () => START, undefined);
    const honest = await readEntries(school);
    const forged = [...honest.slice(0, 3), ...honest.slice(4, 6)];
    log.store.add(forged.map((entry, i) => ({ id: String(i), kind: 'raw', entry })));
    await log.sequencer.flush();
    await log.close();
    expect(await check(folder)).toEqual([
      'CHAIN_BROKEN entry 3',
      'CHAIN_BROKEN entry 3',
      'CHAIN_BROKEN entry 4',
    ]);
  });
});

async function readEntries(folder: string): Promise<Uint8Array[]> {
  const log = await openFolderLog(folder, 'chain', () => START, undefined);
  const entries = await log.store.readEntries(0, 10);
  await log.close();
  return [...entries];
}
