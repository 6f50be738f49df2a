/** Every pair of small trees and entries: honest files never speak against each other, and a fork shows where it can. */
import { describe, expect, test } from '@jest/globals';
import type { Checkpoint } from '#ledger/format/checkpoint.js';
import { emptyRoot } from '#ledger/format/hash.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { findContradiction, findFork, type Sighting } from '#ledger/verify/fork.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { leafOf, tilesOf } from './trees.js';
import { ORIGIN } from './logs.js';

const { sha256 } = nodeCrypto;
const SIZES = [1, 2, 3, 4, 5, 6, 7];

/** Each entry of trees of these sizes with its proof; from entry `fork` on they are those of another history. */
async function sightings(fork = Infinity): Promise<(Sighting & { readonly checkpoint: Checkpoint })[]> {
  const all: Sighting[] = [];
  const leaf = (i: number): Uint8Array => leafOf(i < fork ? i : 1000 + i);
  for (const size of SIZES) {
    const { tiles, root } = tilesOf(size, leaf);
    const tree = new TileTree(size, root, tiles, sha256);
    const checkpoint = { origin: ORIGIN, size, root };
    for (let index = 0; index < size; index++) {
      const hashes = await tree.proveInclusion(index);
      all.push({ checkpoint, entry: { index, leaf: leaf(index), hashes } });
    }
  }
  return all;
}

describe('two files of one log', () => {
  test('of one history never speak against each other, whichever sizes and entries they are of', async () => {
    const all = await sightings();
    for (const [i, one] of all.entries())
      for (const other of all.slice(0, i)) expect(findFork([one, other], sha256)).toBeUndefined();
  });

  test('of two histories show it when they prove the first entry that differs, or its sibling', async () => {
    const [honest, forked] = [await sightings(), await sightings(3)];
    const of = (all: Sighting[], index: number): Sighting[] =>
      all.filter(({ checkpoint, entry }) => entry?.index === index && checkpoint.size > 3);
    for (const one of [...of(honest, 3), ...of(honest, 2)])
      for (const other of [...of(forked, 3), ...of(forked, 2)]) {
        const same = one.checkpoint.size === other.checkpoint.size;
        expect(findFork([one, other], sha256)?.contradiction.kind).toBe(same ? 'same-size' : 'other-entries');
      }
  });

  test('one of which proves no entry show a fork at one size only', async () => {
    const [[, , one], all] = [await sightings(), await sightings(0)];
    for (const { checkpoint } of all) {
      const pairs = [
        [one as Sighting, { checkpoint }],
        [{ checkpoint }, one as Sighting],
      ];
      for (const pair of pairs)
        expect(findFork(pair, sha256)?.contradiction.kind).toBe(
          checkpoint.size === one?.checkpoint.size ? 'same-size' : undefined,
        );
    }
  });
});

describe('a smaller and a larger tree', () => {
  test('contradict each other exactly when the histories part before the smaller one ends', async () => {
    const larger = tilesOf(7, (i) => leafOf(i < 3 ? i : 1000 + i));
    const second = { origin: ORIGIN, size: 7, root: larger.root };
    for (const size of SIZES) {
      const first = { origin: ORIGIN, size, root: tilesOf(size).root };
      const found = await findContradiction(first, second, larger.tiles, nodeCrypto);
      expect([size, found?.kind]).toEqual([
        size,
        size <= 3 ? undefined : size === 7 ? 'same-size' : 'not-a-prefix',
      ]);
    }
  });

  test('of which the smaller is empty never do: nothing could prove it', async () => {
    const { tiles, root } = tilesOf(3);
    for (const smaller of [emptyRoot(), new Uint8Array(32)]) {
      const empty = { origin: ORIGIN, size: 0, root: smaller };
      expect(await findContradiction(empty, { origin: ORIGIN, size: 3, root }, tiles)).toBeUndefined();
    }
  });
});
