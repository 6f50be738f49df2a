/**
 * Our ledger folders, judged by the transparency-log library of the Go project (Debian: golang-go,
 * golang-golang-x-mod-dev), which knows nothing of us. Skipped where it is not installed, unless SOCAI_REQUIRE_GO=1.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { utf8 } from '#ledger/format/bytes.js';
import { COSIGNATURE_ED25519, formatVkey, seedSigner } from '#ledger/format/note.js';
import { nobleCrypto } from '#ledger/format/crypto.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { localWitness } from '#ledger/log/witness.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { createFolderLog, openFolderLog } from '#ledger-node/folder-sequencer.js';
import { FolderLogStore } from '#ledger-node/folder-log.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { openKeyFile } from '#ledger-node/key-file.js';
import { FolderWitnessStore } from '#ledger-node/witness-store.js';
import { buildGoChecker, goIsThere, type GoJudge } from './go-checker.js';

const NOW = Date.parse('2026-11-21T03:00:00.000Z');
const withGo = goIsThere ? test : test.skip;

let scratch: string;
let judge: GoJudge;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'socai-go-'));
  if (goIsThere) judge = buildGoChecker(scratch);
  else process.stderr.write('Go checker: skipped, golang-go and golang-golang-x-mod-dev are not installed\n');
}, 180_000);
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** A log of `size` entries, grown in batches that do not fit the bundles. */
async function logOf(size: number): Promise<{ folder: string; vkey: string }> {
  const folder = join(scratch, `log-${String(size)}`);
  const vkey = formatVkey(await createFolderLog(folder, 'conformance.example/log', undefined));
  const log = await openFolderLog(folder, 'raw', () => NOW, undefined);
  for (let start = 0; start < size; start += 900) {
    const count = Math.min(900, size - start);
    log.store.add(
      Array.from({ length: count }, (_, i) => ({
        id: String(start + i),
        kind: 'raw',
        entry: utf8(`entry ${String(start + i)}`),
      })),
    );
    await log.sequencer.flush();
  }
  await log.close();
  return { folder, vkey };
}

describe('the Go library accepts', () => {
  withGo.each([0, 1, 255, 256, 257, 1000, 70_000])(
    'a log of %d entries: signature, root, and the inclusion of every entry',
    async (size) => {
      const { folder, vkey } = await logOf(size);
      expect(judge(folder, vkey)).toMatchObject({
        status: 0,
        said: expect.stringMatching(`^ok ${String(size)} `),
      });
    },
    60_000,
  );

  withGo('a checkpoint with cosignatures, which it takes for signatures of unknown keys', async () => {
    const { folder, vkey } = await logOf(3);
    const logKey = await openKeyFile(join(folder, 'log.key'), 'conformance.example/log', 1, undefined);
    const witnessKey = seedSigner('witness.example/w', COSIGNATURE_ED25519, new Uint8Array(32).fill(9));
    const store = await FolderWitnessStore.open(join(scratch, 'witness'));
    const witness = localWitness('w', { signer: witnessKey, logs: [logKey], store, clock: () => NOW });
    const policy = { witnesses: [{ name: 'w', key: witnessKey }], groups: [], quorum: 'w' };
    const tiles = new FolderTileStore(folder);
    const log = await Sequencer.open({
      signer: logKey,
      kind: 'raw',
      store: await FolderLogStore.open(tiles),
      tiles,
      witnessing: { policy, witnesses: [witness] },
      clock: () => NOW,
      random: (length) => new Uint8Array(length),
    });
    expect(await log.recosign()).toMatchObject({ quorum: true });
    await store.close();
    const checkpoint = new Uint8Array(await readFile(join(folder, 'checkpoint')));
    expect(
      checkCheckpoint(checkpoint, { ...policy, logs: [{ key: logKey }] }, nobleCrypto).witnesses,
    ).toHaveLength(1);
    expect(judge(folder, vkey)).toMatchObject({ status: 0 });
  });
});

describe('the Go library refuses', () => {
  withGo(
    'a log with one bit of an entry, a tile or the checkpoint turned over, or under another key',
    async () => {
      const { folder, vkey } = await logOf(600);
      for (const [path, at, expected] of [
        ['tile/entries/001', 40, /the entries lead to root/],
        ['tile/entries/002.p/88', 5, /the entries lead to root/],
        ['tile/0/001', 100, /entry 25[69]/],
        ['tile/1/000.p/2', 40, /inconsistent|invalid/],
        ['checkpoint', 25, /checkpoint: /],
      ] as const) {
        const copy = await mkdtemp(join(scratch, 'copy-'));
        await cp(folder, copy, { recursive: true });
        const bytes = await readFile(join(copy, path));
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        await writeFile(join(copy, path), bytes);
        expect([path, judge(copy, vkey)]).toEqual([
          path,
          { status: 1, said: expect.stringMatching(expected) },
        ]);
      }
      const other = seedSigner('conformance.example/log', 1, new Uint8Array(32));
      expect(judge(folder, formatVkey(other)).status).toBe(1);
      expect(judge(folder, vkey).status).toBe(0);
    },
  );
});
