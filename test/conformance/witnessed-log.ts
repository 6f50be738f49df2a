/** A log in a folder that two witnesses cosign, and every checkpoint it ever published: what the judges get to see. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { utf8 } from '#ledger/format/bytes.js';
import { formatCheckpoint } from '#ledger/format/checkpoint.js';
import { emptyRoot } from '#ledger/format/hash.js';
import {
  COSIGNATURE_ED25519,
  ED25519,
  formatNote,
  formatVkey,
  seedSigner,
  signNoteText,
} from '#ledger/format/note.js';
import type { Policy } from '#ledger/format/policy.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { localWitness } from '#ledger/log/witness.js';
import { FolderLogStore } from '#ledger-node/folder-log.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { MemoryWitnessStore } from '../../ledger/test/memory-store.js';

const ORIGIN = 'conformance.example/log';
const NOW = Date.parse('2026-11-21T03:00:00.000Z');
export const logKey = seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(1));
const WITNESS_KEYS = [2, 3].map((fill) =>
  seedSigner(`witness-${String(fill)}.example/w`, COSIGNATURE_ED25519, new Uint8Array(32).fill(fill)),
);
/** Both witnesses must have cosigned. */
export const policy: Policy = {
  logs: [{ key: logKey }],
  witnesses: WITNESS_KEYS.map((key) => ({ name: key.name, key })),
  groups: [{ name: 'both', rule: 'all', members: WITNESS_KEYS.map(({ name }) => name) }],
  quorum: 'both',
};
export const logVkey = formatVkey(logKey);
export const witnessVkeys = WITNESS_KEYS.map(formatVkey);

export interface WitnessedLog {
  readonly folder: string;
  /** A folder with each checkpoint that was published. */
  readonly saved: string;
  readonly sequencer: Sequencer;
  /** Appends up to entry `size` − 1, at most `batch` entries a checkpoint. */
  growTo(size: number, batch?: number): Promise<void>;
}

/** The bytes of entry `index`; a log with another `word` has another history. */
export function entryOf(index: number, word = 'entry'): Uint8Array {
  return utf8(`${word} ${String(index)}`);
}

/** A new log, empty and cosigned. All logs made here have one key and one origin: two of them are a fork. */
export async function witnessedLog(place: string, word = 'entry'): Promise<WitnessedLog> {
  const folder = join(place, 'log');
  const saved = join(place, 'checkpoints');
  await mkdir(folder, { recursive: true });
  await mkdir(saved);
  const text = formatCheckpoint({ origin: ORIGIN, size: 0, root: emptyRoot() });
  const opening = formatNote({ text, signatures: [await signNoteText(text, logKey)] });
  await writeFile(join(folder, 'checkpoint'), opening);
  const tiles = new FolderTileStore(folder);
  const store = await FolderLogStore.open(tiles);
  const witnesses = WITNESS_KEYS.map((signer) =>
    localWitness(signer.name, {
      signer,
      logs: [logKey],
      store: new MemoryWitnessStore(),
      clock: () => NOW,
      crypto: nodeCrypto,
    }),
  );
  const sequencer = await Sequencer.open({
    signer: logKey,
    kind: 'raw',
    store,
    tiles,
    witnessing: { policy, witnesses },
    clock: () => NOW,
    random: (length) => new Uint8Array(randomBytes(length)),
    crypto: nodeCrypto,
    maxBatch: 5000,
  });
  let size = 0;
  const save = async (): Promise<void> => {
    const checkpoint = await tiles.readCheckpoint();
    await writeFile(join(saved, String(size)), checkpoint ?? new Uint8Array());
  };
  await sequencer.recosign();
  await save();
  const growTo = async (wanted: number, batch = 4999): Promise<void> => {
    while (size < wanted) {
      const next = Math.min(size + batch, wanted);
      const added = Array.from({ length: next - size }, (_, i) => size + i);
      store.add(added.map((index) => ({ id: String(index), kind: 'raw', entry: entryOf(index, word) })));
      await sequencer.flush();
      size = next;
      await save();
    }
  };
  return { folder, saved, sequencer, growTo };
}

/** The files that are served, by path. */
export async function servedFiles(folder: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1);
    const served = name === 'checkpoint' || name.startsWith('tile/');
    if (entry.isFile() && served) files.set(name, new Uint8Array(await readFile(path)));
  }
  return files;
}
