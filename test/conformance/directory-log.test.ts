/** The directory log's folder, judged by the Go project's library: see go-checker.test.ts. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { toBase64 } from '#ledger/format/bytes.js';
import { sha256 } from '#ledger/format/crypto.js';
import type { LeafDraft } from '#ledger/format/leaf.js';
import { COSIGNATURE_ED25519, ED25519, formatVkey, seedSigner } from '#ledger/format/note.js';
import { localWitness } from '#ledger/log/witness.js';
import { openLogIn } from '#ledger-node/folder-sequencer.js';
import { MemoryWitnessStore } from '../../ledger/test/memory-store.js';
import { buildGoChecker, goIsThere, type GoJudge } from './go-checker.js';

const NOW = Date.parse('2026-11-21T03:00:00.000Z');
const KEY = seedSigner('conformance.example/directory', ED25519, new Uint8Array(32).fill(1));
const WITNESS = seedSigner('witness.example/w', COSIGNATURE_ED25519, new Uint8Array(32).fill(2));
const withGo = goIsThere ? test : test.skip;

let scratch: string;
let judge: GoJudge;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'socai-go-directory-'));
  if (goIsThere) judge = buildGoChecker(scratch);
}, 180_000);
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** Daily anchors of one school, and a bundle now and then: 300 entries after log.opened. */
async function directoryFolder(): Promise<string> {
  const folder = join(scratch, 'directory');
  const witness = localWitness('w', {
    signer: WITNESS,
    logs: [KEY],
    store: new MemoryWitnessStore(),
    clock: () => NOW,
  });
  const policy = { witnesses: [{ name: 'w', key: WITNESS }], groups: [], quorum: 'w' };
  const log = await openLogIn(folder, {
    signer: KEY,
    kind: 'chain',
    clock: () => NOW,
    witnessing: { policy, witnesses: [witness] },
  });
  for (let day = 0; day < 300; day++) {
    log.store.add([{ id: String(day), kind: 'leaf', draft: entryOf(day) }]);
    if (day % 50 === 49) await log.sequencer.flush();
  }
  await log.close();
  return folder;
}

function entryOf(day: number): LeafDraft {
  const hash = toBase64(sha256(Uint8Array.of(day % 256)));
  return day % 100 === 0
    ? { type: 'trust.published', body: { serial: day / 100 + 1, bundle: hash } }
    : { type: 'checkpoint.anchored', body: { origin: 'conformance.example/school', size: day, root: hash } };
}

withGo(
  'the Go library accepts a directory log and its cosignatures, and refuses it with one bit of an anchor changed',
  async () => {
    const folder = await directoryFolder();
    const witnesses = [formatVkey(WITNESS)];
    expect(judge(folder, formatVkey(KEY), { witnesses })).toMatchObject({
      status: 0,
      said: expect.stringMatching(/^ok 301 /),
    });
    const path = join(folder, 'tile/entries/000');
    await copyFile(path, join(scratch, 'entries'));
    const bytes = await readFile(path);
    bytes[5000] = bytes[5000]! ^ 1;
    await writeFile(path, bytes);
    expect(judge(folder, formatVkey(KEY), { witnesses }).status).toBe(1);
    await copyFile(join(scratch, 'entries'), path);
    expect(judge(folder, formatVkey(KEY), { witnesses }).status).toBe(0);
  },
  60_000,
);
