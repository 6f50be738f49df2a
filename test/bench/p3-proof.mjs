// P3: a proof costs as much as the tree is high. One log grows; every size's checkpoint is kept, and proofs are made under
// each in turn, so that all sizes are measured under the same conditions.
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatProof } from '#ledger/format/proof.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { checkProof } from '#ledger/verify/proof.js';
import { readFolderKey } from '#ledger-node/folder-sequencer.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { count, entryOf, grow, median, newLog, secondsOf } from './logs.mjs';

export const SIZES = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
/** Proofs are made of tiles alone; short entries keep a log of ten million small. */
const BYTES = 32;
/** Larger commits than usual: how a log came to its size does not matter here. */
const BATCH = 20_000;
const ROUNDS = 400;

/** @param {string} scratch */
export async function measure(scratch) {
  const folder = join(scratch, 'p3-log');
  await newLog(folder);
  let from = 0;
  for (const size of SIZES) {
    await grow(folder, { from, to: size, bytes: BYTES, batch: BATCH });
    await copyFile(join(folder, 'checkpoint'), checkpointOf(folder, size));
    from = size;
  }
  const times = await timeProofs(folder, SIZES, BYTES, ROUNDS);
  const medians = SIZES.map((size) => median(times.get(size).milliseconds));
  const ratio = medians.at(-1) / medians[0];
  return {
    id: 'P3',
    work: `proof of one entry: checkpoint read and checked, tiles read and authenticated, proof formatted; nothing cached by us`,
    lines: SIZES.map((size, i) => {
      const p95 = times.get(size).milliseconds.toSorted((a, b) => a - b)[Math.floor(ROUNDS * 0.95)];
      return `out of ${count(size).padStart(10)}: ${medians[i].toFixed(2)} ms, 95 of 100 within ${p95.toFixed(2)} ms; ${count(times.get(size).bytes)} bytes`;
    }),
    ratio,
    goal: '10,000,000 ≤ 2 × 1,000',
    holds: ratio <= 2,
  };
}

/** Where the checkpoint of `size` is kept. @param {string} folder @param {number} size */
export function checkpointOf(folder, size) {
  return `${folder}-checkpoint-${size}`;
}

/**
 * Milliseconds of each proof and the bytes of the longest, by size. A proof that does not hold is an Error.
 * @param {string} folder
 * @param {readonly number[]} sizes
 * @param {number} bytes
 * @param {number} rounds
 */
export async function timeProofs(folder, sizes, bytes, rounds) {
  const key = await readFolderKey(folder);
  const policy = { logs: [{ key }], witnesses: [], groups: [], quorum: null };
  const times = new Map(sizes.map((size) => [size, { milliseconds: [], bytes: 0 }]));
  for (let round = 0; round < rounds; round++) {
    for (const size of sizes) {
      const index = Math.floor(((round + 0.5) / rounds) * size);
      let proof;
      const seconds = await secondsOf(async () => {
        const note = await readFile(checkpointOf(folder, size));
        const { root } = checkCheckpoint(note, policy, nodeCrypto);
        const tree = new TileTree(size, root, new FolderTileStore(folder), nodeCrypto.sha256);
        const hashes = await tree.proveInclusion(index);
        proof = formatProof({ index, hashes, checkpoint: note });
      });
      checkProof(proof, entryOf(index, bytes), policy, { crypto: nodeCrypto });
      const time = times.get(size);
      time.milliseconds.push(seconds * 1000);
      time.bytes = Math.max(time.bytes, proof.length);
    }
  }
  return times;
}
