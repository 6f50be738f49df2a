/** What a batch writes, and the rows it is not planned on. */
import { describe, expect, test } from '@jest/globals';
import { utf8 } from '#ledger/format/bytes.js';
import { sha256 } from '#ledger/format/crypto.js';
import { leafHash } from '#ledger/format/hash.js';
import { parseBundle } from '#ledger/format/tile.js';
import { edgeOf, planBatch, tailStart, type Batch } from '#ledger/log/batch.js';
import type { LogState } from '#ledger/log/ports.js';
import { TreeEdge } from '#ledger/merkle/edge.js';
import { ORIGIN, rawEntry, START } from './logs.js';
import { flipBit } from './trees.js';

const entryOf = (index: number): Uint8Array => utf8(`entry ${String(index)}`);
const entries = (size: number): Uint8Array[] => Array.from({ length: size }, (_, i) => entryOf(i));

function stateOf(size: number): LogState {
  const edge = TreeEdge.empty();
  for (const entry of entries(size)) edge.append(leafHash(entry));
  return { size, root: edge.root(), edge: edge.format(), published: null };
}

/** The batch of so many entries on a log of raw entries that has `size`. */
function batchOn(size: number, count = 1): Batch {
  const tail = entries(size).slice(tailStart(size));
  const pending = Array.from({ length: count }, (_, i) => rawEntry(`entry ${String(size + i)}`));
  return planBatch({ kind: 'raw', origin: ORIGIN, state: stateOf(size), tail, pending, now: START }, sha256);
}

const pathsOf = ({ files }: Batch): string[] => files.map(({ path }) => path);

describe('a batch on a tree of entries', () => {
  test.each([
    [0, 0],
    [1, 0],
    [255, 0],
    [256, 255],
    [257, 256],
    [300, 256],
    [512, 511],
  ])('of %d is planned from entry %d on: all of an open bundle, else the one to chain to', (size, start) => {
    expect(tailStart(size)).toBe(start);
  });

  test('writes what the new entry changes, and no tile of a higher level that stays as it is', () => {
    expect(pathsOf(batchOn(300))).toEqual(['tile/entries/001.p/45', 'tile/0/001.p/45']);
    expect(pathsOf(batchOn(255))).toEqual(['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1']);
  });

  test('that begins a bundle has none of the entries before it in it', () => {
    const { files } = batchOn(256, 2);
    expect(files.map(({ path }) => path)).toEqual(['tile/entries/001.p/2', 'tile/0/001.p/2']);
    expect(parseBundle(files[0]?.bytes as Uint8Array, 2)).toEqual([entryOf(256), entryOf(257)]);
  });

  test('leads to the root of all entries', () => {
    expect(batchOn(254, 5).next).toEqual({
      size: 259,
      root: stateOf(259).root,
      edge: stateOf(259).edge,
    });
  });
});

describe('a committed row', () => {
  test('whose root, or whose edge, was changed behind the log’s back is not gone on from', () => {
    const state = stateOf(3);
    for (const changed of [
      { root: flipBit(state.root, 7) },
      { edge: flipBit(state.edge, 300) },
      { edge: state.edge.slice(1) },
      { size: 2 },
    ]) {
      expect(() => edgeOf({ ...state, ...changed }, sha256)).toThrow(
        expect.objectContaining({
          code: 'STATE_DAMAGED',
          message: `the stored right edge does not lead to the root of ${String({ ...state, ...changed }.size)} entries`,
        }),
      );
    }
    expect(edgeOf(state, sha256).root()).toEqual(state.root);
    const cut = () => edgeOf({ ...state, edge: state.edge.slice(1) }, sha256);
    expect(cut).toThrow(
      expect.objectContaining({ cause: expect.objectContaining({ code: 'TILE_MALFORMED' }) }),
    );
  });

  test('is not called damaged when it is the hashing that fails', () => {
    const failing = (): never => {
      throw new Error('out of memory');
    };
    expect(() => edgeOf(stateOf(3), failing)).toThrow('out of memory');
  });
});
