import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sha256 } from '#ledger/format/crypto.js';
import { emptyRoot, nodeHash } from '#ledger/format/hash.js';
import { formatTilePath } from '#ledger/format/tile.js';
import { checkConsistency } from '#ledger/merkle/consistency.js';
import { TreeEdge } from '#ledger/merkle/edge.js';
import { checkInclusion } from '#ledger/merkle/inclusion.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { flipBit, leafOf, plainRoot, TileMap, tilesOf } from './trees.js';

/** A proof with each of its hashes changed in turn, with one less at either end, with one more. */
function spoilings(proof: readonly Uint8Array[]): Uint8Array[][] {
  const changed = proof.map((hash, i) => proof.with(i, flipBit(hash, i)));
  const shorter = proof.length === 0 ? [] : [proof.slice(1), proof.slice(0, -1)];
  return [...changed, ...shorter, [...proof, leafOf(0)], [leafOf(0), ...proof]];
}

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

  test.each(Array.from({ length: 18 }, (_, size) => size))(
    'hold for every index and every prefix of %d leaves, spoiled in any hash they do not',
    async (size) => {
      const leaves = Array.from({ length: size }, (_, i) => leafOf(i));
      const root = plainRoot(leaves);
      const tree = new TileTree(size, root, tilesOf(size).tiles);
      for (let i = 0; i < size; i++) {
        const check = (proof: Uint8Array[]) => () => checkInclusion(i, size, leafOf(i), proof, root);
        const proof = await tree.proveInclusion(i);
        check(proof)();
        for (const spoiled of spoilings(proof)) expect(check(spoiled)).toThrow(mismatch);
      }
      for (let old = 1; old <= size; old++) {
        const check = (proof: Uint8Array[]) => () =>
          checkConsistency(old, plainRoot(leaves.slice(0, old)), size, root, proof);
        const proof = await tree.proveConsistency(old);
        check(proof)();
        for (const spoiled of spoilings(proof)) expect(check(spoiled)).toThrow(mismatch);
      }
      expect(await tree.proveConsistency(0)).toEqual([]);
    },
  );

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

describe('a refusal names what does not hold', () => {
  const hashes = [0, 1, 2, 3].map(leafOf) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const { root } = tilesOf(3);
  const short = new Uint8Array(31);
  const inclusion =
    (index: number, size: number, proof: Uint8Array[], of = hashes[0], to = root) =>
    () =>
      checkInclusion(index, size, of, proof, to);
  const consistency =
    (old: number, size: number, proof: Uint8Array[], from = hashes[0], to = root) =>
    () =>
      checkConsistency(old, from, size, to, proof);
  const path = [hashes[1], hashes[2]];

  test('the proofs that are altered below hold as they are', () => {
    inclusion(0, 3, path)();
    consistency(1, 3, path)();
    consistency(3, 3, [], root)();
  });

  test.each<[string, () => void, string, string]>([
    ['no size', inclusion(0, -1, []), 'BAD_SIZE', '-1 is no tree size'],
    ['half an entry', inclusion(0, 2.5, []), 'BAD_SIZE', '2.5 is no tree size'],
    ['an empty tree', inclusion(0, 0, []), 'BAD_INDEX', 'there is no entry 0 in a tree of 0'],
    ['an index behind', inclusion(3, 3, path), 'BAD_INDEX', 'there is no entry 3 in a tree of 3'],
    ['an index before', inclusion(-1, 3, path), 'BAD_INDEX', 'there is no entry -1 in a tree of 3'],
    ['a short leaf', inclusion(0, 3, path, short), 'BAD_HASH', 'a hash is not 32 bytes long'],
    ['a short hash', inclusion(0, 3, [hashes[1], short]), 'BAD_HASH', 'a hash is not 32 bytes long'],
    ['a short root', inclusion(0, 3, path, hashes[0], short), 'BAD_HASH', 'a hash is not 32 bytes long'],
    [
      'a hash less',
      inclusion(0, 3, [hashes[1]]),
      'PROOF_TOO_SHORT',
      'the inclusion proof has a hash too few',
    ],
    ['no hash', inclusion(0, 3, []), 'PROOF_TOO_SHORT', 'the inclusion proof has a hash too few'],
    [
      'a hash more',
      inclusion(0, 3, [...path, root]),
      'PROOF_TOO_LONG',
      'the inclusion proof has a hash too many',
    ],
    [
      'a hash for one entry',
      inclusion(0, 1, [root]),
      'PROOF_TOO_LONG',
      'the inclusion proof has a hash too many',
    ],
    [
      'another leaf',
      inclusion(0, 3, path, hashes[3]),
      'ROOT_MISMATCH',
      'the inclusion proof does not lead to the root',
    ],
    ['a larger old tree', consistency(4, 3, []), 'BAD_SIZE', 'a tree of 4 cannot begin a tree of 3'],
    ['an old tree of −1', consistency(-1, 3, []), 'BAD_SIZE', 'a tree of -1 cannot begin a tree of 3'],
    ['half an old tree', consistency(1.5, 3, []), 'BAD_SIZE', 'a tree of 1.5 cannot begin a tree of 3'],
    ['half a tree', consistency(1, 3.5, []), 'BAD_SIZE', 'a tree of 1 cannot begin a tree of 3.5'],
    [
      'an empty old tree',
      consistency(0, 3, [], emptyRoot()),
      'BAD_SIZE',
      'a consistency proof from the empty tree shows nothing',
    ],
    ['a short old root', consistency(1, 3, path, short), 'BAD_HASH', 'a hash is not 32 bytes long'],
    [
      'a short new root',
      consistency(1, 3, path, hashes[0], short),
      'BAD_HASH',
      'a hash is not 32 bytes long',
    ],
    [
      'a hash between equal sizes',
      consistency(3, 3, [root], root),
      'PROOF_TOO_LONG',
      'this consistency proof has to be empty',
    ],
    ['two roots of one size', consistency(3, 3, []), 'ROOT_MISMATCH', 'two roots of one size differ'],
    ['no proof', consistency(2, 3, []), 'PROOF_TOO_SHORT', 'the consistency proof has a hash too few'],
    [
      'no proof where the old root counts',
      consistency(3, 5, []),
      'PROOF_TOO_SHORT',
      'the consistency proof has a hash too few',
    ],
    [
      'a hash less',
      consistency(1, 3, [hashes[1]]),
      'PROOF_TOO_SHORT',
      'the consistency proof has a hash too few',
    ],
    [
      'a hash more',
      consistency(1, 3, [...path, root]),
      'PROOF_TOO_LONG',
      'the consistency proof has a hash too many',
    ],
    [
      'another new root',
      consistency(1, 3, path, hashes[0], hashes[3]),
      'ROOT_MISMATCH',
      'the proof does not lead to the new root',
    ],
  ])('%s', (_what, check, code, message) => {
    expect(check).toThrow(expect.objectContaining({ name: 'MerkleError', code, message }));
  });

  test('another old root, where the proof has all of the old tree', () => {
    const seven = tilesOf(7).root;
    const six = tilesOf(6).root;
    const proof = [
      nodeHash(leafOf(4), leafOf(5)),
      leafOf(6),
      nodeHash(nodeHash(leafOf(0), leafOf(1)), nodeHash(leafOf(2), leafOf(3))),
    ];
    checkConsistency(6, six, 7, seven, proof);
    expect(() => checkConsistency(6, hashes[0], 7, seven, proof)).toThrow(
      expect.objectContaining({ code: 'ROOT_MISMATCH', message: 'the proof does not lead to the old root' }),
    );
  });

  test.each([-1, 6, 2.5, Number.NaN])('a prefix of %d of a tree of 5', async (size) => {
    const five = tilesOf(5);
    await expect(new TileTree(5, five.root, five.tiles).rootAt(size)).rejects.toThrow(
      expect.objectContaining({ code: 'BAD_SIZE', message: `this tree has 5 entries, not ${String(size)}` }),
    );
  });

  test('an edge of other bytes, a tile of another length, an edge that leads elsewhere', async () => {
    const five = tilesOf(5);
    expect(() => TreeEdge.parse(5, new Uint8Array(32))).toThrow(
      expect.objectContaining({
        code: 'TILE_MALFORMED',
        message: 'these are not the partial tiles of a tree of 5 entries',
      }),
    );
    expect(() => TreeEdge.empty().append(short)).toThrow(expect.objectContaining({ code: 'BAD_HASH' }));
    const cut = new TileMap([['tile/0/000.p/5', new Uint8Array(31)]]);
    await expect(new TileTree(5, five.root, cut).leaf(0)).rejects.toThrow(
      expect.objectContaining({
        code: 'TILE_MALFORMED',
        message: 'tile/0/000.p/5: a tile of 5 hashes has 160 bytes, not 31',
      }),
    );
    await expect(new TileTree(5, root, five.tiles).edge()).rejects.toThrow(
      expect.objectContaining({
        code: 'TILE_MISMATCH',
        message: 'the partial tiles at the right edge do not lead to the root',
      }),
    );
  });
});

describe('an edge and the tiles it gives away', () => {
  test('are not changed by what is appended later', () => {
    const edge = TreeEdge.empty();
    for (let i = 0; i < 255; i++) edge.append(leafOf(i));
    const [before] = edge.partialTiles();
    const bytes = before?.bytes.slice();
    const root = edge.root();
    const rootBytes = root.slice();
    let full: Uint8Array | undefined;
    edge.append(leafOf(255), ({ tile, bytes: given }) => {
      expect(tile).toEqual({ level: 0, index: 0, width: 256 });
      full = given;
    });
    const fullBytes = full?.slice();
    for (let i = 256; i < 520; i++) edge.append(leafOf(i));
    expect([before?.bytes, root, full]).toEqual([bytes, rootBytes, fullBytes]);
    expect(edge.size).toBe(520);
  });

  test('read from tiles it is the edge to append to, and gives the same tiles again', async () => {
    for (const size of [0, 1, 255, 256, 300, 512]) {
      const { tiles, root } = tilesOf(size);
      const edge = await new TileTree(size, root, tiles).edge();
      expect([edge.size, edge.root()]).toEqual([size, root]);
      for (const { tile, bytes } of edge.partialTiles())
        expect(tiles.get(formatTilePath(tile))).toEqual(bytes);
      edge.append(leafOf(size));
      expect(edge.root()).toEqual(tilesOf(size + 1).root);
    }
  });

  test('has the root of every prefix: of nothing, of a part, of all', async () => {
    const { tiles, root } = tilesOf(300);
    const tree = new TileTree(300, root, tiles);
    expect([await tree.rootAt(0), await tree.rootAt(300)]).toEqual([emptyRoot(), root]);
    for (const size of [1, 255, 256, 257, 299]) expect(await tree.rootAt(size)).toEqual(tilesOf(size).root);
  });

  test('a full tile that is not what the tile above says is named with it', async () => {
    const { tiles, root } = tilesOf(300);
    tiles.set('tile/0/000', flipBit(tiles.get('tile/0/000') as Uint8Array, 9));
    await expect(new TileTree(300, root, tiles).leaf(7)).rejects.toThrow(
      expect.objectContaining({
        code: 'TILE_MISMATCH',
        message: 'tile/0/000 does not have the hash that tile/1/000.p/1 gives it',
      }),
    );
  });

  test('a leaf handed out is a copy: changing it changes no later proof', async () => {
    const { tiles, root } = tilesOf(5);
    const tree = new TileTree(5, root, tiles);
    (await tree.leaf(0)).fill(0);
    expect(await tree.leaf(0)).toEqual(leafOf(0));
  });

  test('tiles are read once: a second question of the same tile asks nobody', async () => {
    const { tiles, root } = tilesOf(600);
    const asked: string[] = [];
    const readTile = (path: string): Promise<Uint8Array | undefined> => {
      asked.push(path);
      return tiles.readTile(path);
    };
    const tree = new TileTree(600, root, { readTile });
    await tree.proveInclusion(3);
    const first = asked.length;
    await tree.proveInclusion(4);
    expect([first, asked.length, new Set(asked).size]).toEqual([3, 3, 3]);
  });
});

describe('tiles served by somebody who lies', () => {
  const SIZE = 600;
  const honest = tilesOf(SIZE);
  const index = 3;

  test.each([...honest.tiles.keys()].filter((path) => path !== 'tile/0/001'))(
    'a bit flipped in %s, a hash less, or no tile at all: nothing is proven',
    async (path) => {
      const bytes = honest.tiles.get(path) as Uint8Array;
      const asks: ((tree: TileTree) => Promise<unknown>)[] = [
        (tree) => tree.leaf(index),
        (tree) => tree.proveInclusion(index),
        (tree) => tree.proveConsistency(index),
        (tree) => tree.rootAt(index),
      ];
      for (const [change, code] of [
        [flipBit(bytes, 8 * bytes.length - 3), 'TILE_MISMATCH'],
        [flipBit(bytes, 0), 'TILE_MISMATCH'],
        [bytes.slice(32), 'TILE_MALFORMED'],
        [undefined, 'TILE_MISSING'],
      ] as const) {
        const tiles = new TileMap(honest.tiles);
        if (change === undefined) tiles.delete(path);
        else tiles.set(path, change);
        for (const ask of asks) {
          await expect(ask(new TileTree(SIZE, honest.root, tiles))).rejects.toThrow(
            expect.objectContaining({ code }),
          );
        }
      }
    },
  );
});

test('the empty tree has the hash of nothing as its root', () => {
  expect(tilesOf(0).root).toEqual(sha256(new Uint8Array()));
});
