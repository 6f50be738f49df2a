import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fromBase64 } from '#ledger/format/bytes.js';
import { sha256 } from '#ledger/format/crypto.js';
import { checkConsistency } from '#ledger/merkle/consistency.js';
import { TreeEdge } from '#ledger/merkle/edge.js';
import { checkInclusion } from '#ledger/merkle/inclusion.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { flipBit, leafOf, plainRoot, tilesOf } from './trees.js';

const mismatch = expect.objectContaining({ name: 'MerkleError' });

describe('the right edge of a tree', () => {
  test('has the root of RFC 6962 at every size, across the borders of tiles', () => {
    const leaves = Array.from({ length: 600 }, (_, i) => leafOf(i));
    const edge = TreeEdge.empty();
    expect(edge.root()).toEqual(plainRoot([]));
    leaves.forEach((leaf, i) => {
      edge.append(leaf);
      if (i < 40 || i % 37 === 0 || (i > 250 && i < 262) || i > 508) {
        expect(edge.root()).toEqual(plainRoot(leaves.slice(0, i + 1)));
        expect(TreeEdge.parse(i + 1, edge.format()).root()).toEqual(edge.root());
      }
    });
  });

  test('refuses bytes of another size', () => {
    const edge = TreeEdge.empty();
    edge.append(leafOf(0));
    expect(() => TreeEdge.parse(2, edge.format())).toThrow(mismatch);
    expect(() => TreeEdge.parse(0, edge.format())).toThrow(mismatch);
  });

  test('refuses a leaf hash that is not 32 bytes long', () => {
    for (const length of [0, 31, 33])
      expect(() => TreeEdge.empty().append(new Uint8Array(length))).toThrow(mismatch);
  });

  test('what it has given out does not change when it grows', () => {
    const edge = TreeEdge.empty();
    const full: Uint8Array[] = [];
    for (let i = 0; i < 255; i++) edge.append(leafOf(i));
    const given = [edge.root(), edge.format(), ...edge.partialTiles().map(({ bytes }) => bytes)];
    const copies = given.map((bytes) => bytes.slice());
    for (let i = 255; i < 600; i++) edge.append(leafOf(i), ({ bytes }) => full.push(bytes));
    expect(given).toEqual(copies);
    for (const [tile, start] of [0, 256].entries()) {
      const leaves = Array.from({ length: 256 }, (_, i) => [...leafOf(start + i)]).flat();
      expect([...(full[tile] as Uint8Array)]).toEqual(leaves);
    }
  });
});

describe('proofs made from tiles', () => {
  test('prove every entry of trees around the tile borders, and no other entry', async () => {
    for (const size of [1, 2, 3, 5, 8, 255, 256, 257, 511, 513]) {
      const { tiles, root } = tilesOf(size);
      const tree = new TileTree(size, root, tiles);
      for (const index of new Set(
        [0, 1, Math.floor(size / 2), size - 2, size - 1].filter((i) => i >= 0 && i < size),
      )) {
        const proof = await tree.proveInclusion(index);
        checkInclusion(index, size, leafOf(index), proof, root);
        expect(() => checkInclusion(index, size, leafOf(index + 1), proof, root)).toThrow(mismatch);
        expect(() => checkInclusion(index, size, leafOf(index), [...proof, root], root)).toThrow(mismatch);
        if (proof.length > 0) {
          expect(() => checkInclusion(index, size, leafOf(index), proof.slice(1), root)).toThrow(mismatch);
          expect(() => checkInclusion(index, size, leafOf(index), proof.slice(0, -1), root)).toThrow(
            mismatch,
          );
        }
      }
    }
  });

  test('prove that a tree begins with each of its beginnings, for any sizes', async () => {
    const { tiles, root } = tilesOf(600);
    const tree = new TileTree(600, root, tiles);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 600 }), async (old) => {
        const proof = await tree.proveConsistency(old);
        const oldRoot = tilesOf(old).root;
        expect(await tree.rootAt(old)).toEqual(oldRoot);
        if (old === 0) expect(proof).toEqual([]);
        else checkConsistency(old, oldRoot, 600, root, proof);
        const forked = tilesOf(old, (i) => leafOf(i === old - 1 ? 999_999 : i)).root;
        if (old > 0) expect(() => checkConsistency(old, forked, 600, root, proof)).toThrow(mismatch);
        if (proof.length > 0) {
          expect(() => checkConsistency(old, oldRoot, 600, root, proof.slice(1))).toThrow(mismatch);
          expect(() => checkConsistency(old, oldRoot, 600, root, [...proof, root])).toThrow(mismatch);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('hold for every index of every small tree and every pair of small sizes', async () => {
    for (let size = 0; size <= 40; size++) {
      const { tiles, root } = tilesOf(size);
      const tree = new TileTree(size, root, tiles);
      for (let i = 0; i < size; i++) checkInclusion(i, size, leafOf(i), await tree.proveInclusion(i), root);
      for (let old = 1; old <= size; old++) {
        checkConsistency(old, tilesOf(old).root, size, root, await tree.proveConsistency(old));
      }
    }
  });

  test('fall back to the full tile when a partial one was removed', async () => {
    const { tiles } = tilesOf(600);
    const { root } = tilesOf(300);
    expect(tiles.has('tile/0/001.p/44')).toBe(false);
    tiles.set('tile/1/000.p/1', tilesOf(300).tiles.get('tile/1/000.p/1') as Uint8Array);
    checkInclusion(299, 300, leafOf(299), await new TileTree(300, root, tiles).proveInclusion(299), root);
  });

  test('refuse an index or size that the tree does not have', async () => {
    const { tiles, root } = tilesOf(5);
    const tree = new TileTree(5, root, tiles);
    for (const index of [-1, 5, 0.5, Number.NaN])
      await expect(tree.proveInclusion(index)).rejects.toThrow(mismatch);
    for (const old of [-1, 6, 1.5]) await expect(tree.proveConsistency(old)).rejects.toThrow(mismatch);
  });
});

describe('tiles served by somebody who lies (CVE-2026-56865)', () => {
  const SIZE = 70_000;
  const { tiles, root } = tilesOf(SIZE);
  const honest = tiles.get('tile/0/100') as Uint8Array;

  test('with 70,000 leaves one flipped bit in tile/0/100 is found, wherever the proof uses that tile', async () => {
    for (const bit of [0, 7, 4096, 8 * 8192 - 1]) {
      tiles.set('tile/0/100', flipBit(honest, bit));
      for (const index of [25_600, 25_700, 25_855]) {
        await expect(new TileTree(SIZE, root, tiles).proveInclusion(index)).rejects.toThrow(
          expect.objectContaining({ code: 'TILE_MISMATCH' }),
        );
      }
      // A hash of the same tile that the flipped bit does not touch is not handed out either.
      await expect(new TileTree(SIZE, root, tiles).leaf(25_700)).rejects.toThrow(
        expect.objectContaining({ code: 'TILE_MISMATCH' }),
      );
      await expect(new TileTree(SIZE, root, tiles).proveConsistency(25_650)).rejects.toThrow(
        expect.objectContaining({ code: 'TILE_MISMATCH' }),
      );
    }
    tiles.set('tile/0/100', honest);
    const proof = await new TileTree(SIZE, root, tiles).proveInclusion(25_700);
    checkInclusion(25_700, SIZE, leafOf(25_700), proof, root);
  });

  test('a flipped bit in any tile at the edge or above is found', async () => {
    for (const path of ['tile/0/273.p/112', 'tile/1/000', 'tile/1/001.p/17', 'tile/2/000.p/1']) {
      const bytes = tiles.get(path) as Uint8Array;
      tiles.set(path, flipBit(bytes, 8 * bytes.length - 3));
      await expect(new TileTree(SIZE, root, tiles).proveInclusion(25_700)).rejects.toThrow(
        expect.objectContaining({ code: 'TILE_MISMATCH' }),
      );
      tiles.set(path, bytes.slice(1));
      await expect(new TileTree(SIZE, root, tiles).proveInclusion(25_700)).rejects.toThrow(
        expect.objectContaining({ code: 'TILE_MALFORMED' }),
      );
      tiles.delete(path);
      await expect(new TileTree(SIZE, root, tiles).proveInclusion(25_700)).rejects.toThrow(
        expect.objectContaining({ code: 'TILE_MISSING' }),
      );
      tiles.set(path, bytes);
    }
  });
});

const VECTORS = '../shared/vectors/rfc6962-merkle/testdata';
const withVectors = existsSync(VECTORS) ? test : test.skip;

interface Vector {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly desc: string;
  readonly wantErr: boolean;
}

describe('official RFC 6962 vectors (skipped: no vectors, when they are not there)', () => {
  const vectors = (kind: string): [string, Vector][] =>
    readdirSync(`${VECTORS}/${kind}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .map((name) => [name, JSON.parse(readFileSync(`${VECTORS}/${kind}/${name}`, 'utf8')) as Vector]);

  withVectors('inclusion: zero mismatches', () => {
    const all = vectors('inclusion');
    expect(all.length).toBeGreaterThan(50);
    for (const [path, v] of all) {
      const check = () =>
        checkInclusion(
          v.leafIdx,
          v.treeSize,
          fromBase64(v.leafHash),
          (v.proof ?? []).map(fromBase64),
          fromBase64(v.root),
        );
      expect([path, accepts(check)]).toEqual([path, !v.wantErr]);
    }
  });

  withVectors('consistency: zero mismatches', () => {
    const all = vectors('consistency');
    expect(all.length).toBeGreaterThan(50);
    for (const [path, v] of all) {
      // This one calls two equal "roots" that are not 32 bytes long consistent; our parsers never let such roots in.
      if (path.endsWith('sizes-are-equal-one-and-proof-is-empty.json')) continue;
      const [root1, root2] = [fromBase64(v.root1), fromBase64(v.root2)];
      const check = () => checkConsistency(v.size1, root1, v.size2, root2, (v.proof ?? []).map(fromBase64));
      expect([path, accepts(check)]).toEqual([path, !v.wantErr]);
    }
  });
});

test('the empty tree has the hash of nothing as its root', () => {
  expect(tilesOf(0).root).toEqual(sha256(new Uint8Array()));
});

function accepts(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}
