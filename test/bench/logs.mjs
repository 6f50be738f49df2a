// Logs in folders to measure with, made by the ledger's own append out of entries that a seed repeats.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ED25519 } from '#ledger/format/note.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { FolderLogStore } from '#ledger-node/folder-log.js';
import { createFolderLog, KEY_FILE } from '#ledger-node/folder-sequencer.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { openKeyFile } from '#ledger-node/key-file.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';

const ORIGIN = 'bench.example/log';
/** Entries in one commit, each with its signed checkpoint. */
export const BATCH = 1000;

/** One buffer of bytes that do not compress; every entry is a piece of it from another place on. */
const POOL = pool(1 << 20);

/** @param {number} length */
function pool(length) {
  const pieces = [];
  for (let i = 0; i * 32 < length; i++) pieces.push(createHash('sha256').update(String(i)).digest());
  return Buffer.concat(pieces);
}

/**
 * Entry number `index`, of `bytes` bytes: its number, then bytes out of the pool.
 * @param {number} index
 * @param {number} bytes
 */
export function entryOf(index, bytes) {
  const entry = new Uint8Array(bytes);
  const from = (index * 8191) % (POOL.length - bytes);
  entry.set(POOL.subarray(from, from + bytes));
  new DataView(entry.buffer).setFloat64(0, index);
  return entry;
}

/**
 * The entries start … start + count − 1.
 * @param {number} start
 * @param {number} count
 * @param {number} bytes
 */
export function entriesOf(start, count, bytes) {
  return Array.from({ length: count }, (_, i) => entryOf(start + i, bytes));
}

/** An empty log in a new folder. @param {string} folder */
export async function newLog(folder) {
  await createFolderLog(folder, ORIGIN, undefined);
}

/**
 * Opens a log to append to it, with batches of `maxBatch`.
 * @param {string} folder
 * @param {number} [maxBatch]
 */
export async function openLog(folder, maxBatch = BATCH) {
  const signer = await openKeyFile(join(folder, KEY_FILE), ORIGIN, ED25519, undefined);
  const tiles = new FolderTileStore(folder);
  const store = await FolderLogStore.open(tiles);
  const random = () => new Uint8Array(0);
  const options = {
    signer,
    kind: 'raw',
    store,
    tiles,
    clock: Date.now,
    random,
    crypto: nodeCrypto,
    maxBatch,
  };
  const sequencer = await Sequencer.open(options);
  return {
    /**
     * Appends a batch; resolves when it is durable under a signed checkpoint.
     * @param {number} start The index of the first.
     * @param {readonly Uint8Array[]} entries
     */
    async append(start, entries) {
      store.add(entries.map((entry, i) => ({ id: String(start + i), kind: 'raw', entry })));
      await sequencer.flush();
    },
  };
}

/**
 * Lets a log grow from `from` to `to` entries of `bytes` bytes. Answers the seconds that took, without making up the
 * entries.
 * @param {string} folder
 * @param {{ from: number, to: number, bytes: number, batch?: number }} growth
 */
export async function grow(folder, { from, to, bytes, batch = BATCH }) {
  const log = await openLog(folder, batch);
  let seconds = 0;
  for (let start = from; start < to; start += batch) {
    const entries = entriesOf(start, Math.min(batch, to - start), bytes);
    seconds += await secondsOf(() => log.append(start, entries));
    if (start % 100_000 === 0 && to - from > 100_000) progress(`${count(start)} of ${count(to)} entries`);
  }
  return seconds;
}

/** How long `work` takes. @param {() => unknown} work */
export async function secondsOf(work) {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** "0.84 … 1.12". @param {readonly number[]} values */
export function range(values) {
  return `${Math.min(...values).toFixed(2)} … ${Math.max(...values).toFixed(2)}`;
}

/** "1,000,000". @param {number} value */
export function count(value) {
  return Math.round(value).toLocaleString('en-US');
}

/** What goes on, for whoever waits; not part of the figures. @param {string} text */
export function progress(text) {
  process.stderr.write(`… ${text}\n`);
}
