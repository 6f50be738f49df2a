/**
 * Finding a fork: two checkpoints of one log that cannot both be true. Every function here takes checkpoints whose
 * signatures were checked (checkCheckpoint) and inclusion proofs that were checked (checkProof); it compares them.
 */
import { equal } from '../format/bytes.js';
import type { Checkpoint } from '../format/checkpoint.js';
import { nobleCrypto, sha256 as nobleSha256, type Crypto, type Sha256 } from '../format/crypto.js';
import { nodeHash } from '../format/hash.js';
import type { Contradiction, PlacedEntry } from '../format/misbehaviour.js';
import { planInclusion } from '../merkle/inclusion.js';
import { nodesOfRange, type Node, type Range } from '../merkle/ranges.js';
import { TileTree, type TileReader } from '../merkle/tile-tree.js';

/** What somebody was shown of a log: a checkpoint, and perhaps an entry proven to be in its tree. */
export interface Sighting {
  readonly checkpoint: Checkpoint;
  readonly entry?: PlacedEntry;
}

export interface Fork<S extends Sighting = Sighting> {
  /** The smaller tree first. */
  readonly sightings: readonly [S, S];
  readonly contradiction: Contradiction;
}

/**
 * The first two sightings that contradict each other, offline. One size with two roots always shows. Trees of two sizes
 * show it when the inclusion proofs of both have a full subtree in common and give it two hashes; undefined is not
 * "no fork" then, but "nothing of these files speaks against each other". Sightings of different logs never do.
 */
export function findFork<S extends Sighting>(
  sightings: readonly S[],
  sha256: Sha256 = nobleSha256,
): Fork<S> | undefined {
  const known = sightings.map((sighting) => fullSubtrees(sighting, sha256));
  for (const [i, a] of sightings.entries()) {
    for (const [before, b] of sightings.slice(0, i).entries()) {
      if (a.checkpoint.origin !== b.checkpoint.origin) continue;
      const pair: readonly [S, S] = a.checkpoint.size < b.checkpoint.size ? [a, b] : [b, a];
      const contradiction = compare(pair, known[i] as Subtrees, known[before] as Subtrees);
      if (contradiction !== undefined) return { sightings: pair, contradiction };
    }
  }
  return undefined;
}

/**
 * Why `smaller` and `larger` (its tree is read from `tiles`, authenticated) cannot both be true; undefined when the
 * larger tree begins with the smaller one. Tiles that are missing or wrong: MerkleError, which proves nothing.
 */
export async function findContradiction(
  smaller: Checkpoint,
  larger: Checkpoint,
  tiles: TileReader,
  crypto: Crypto = nobleCrypto,
): Promise<Contradiction | undefined> {
  if (smaller.size === larger.size) {
    return equal(smaller.root, larger.root) ? undefined : { kind: 'same-size' };
  }
  // Every tree begins with the empty one.
  if (smaller.size === 0) return undefined;
  const tree = new TileTree(larger.size, larger.root, tiles, crypto.sha256);
  const root = await tree.rootAt(smaller.size);
  if (equal(root, smaller.root)) return undefined;
  return { kind: 'not-a-prefix', root, hashes: await tree.proveConsistency(smaller.size) };
}

/** Hashes by the name of the full subtree: the same in every tree of the log that is large enough to have it. */
type Subtrees = ReadonlyMap<string, Uint8Array>;

function compare(
  [a, b]: readonly [Sighting, Sighting],
  ofOne: Subtrees,
  ofOther: Subtrees,
): Contradiction | undefined {
  if (a.checkpoint.size === b.checkpoint.size) {
    return equal(a.checkpoint.root, b.checkpoint.root) ? undefined : { kind: 'same-size' };
  }
  if (a.entry === undefined || b.entry === undefined) return undefined;
  return differ(ofOne, ofOther) ? { kind: 'other-entries', entries: [a.entry, b.entry] } : undefined;
}

/** Whether two inclusion proofs (of trees of these sizes) give one full subtree two hashes. */
export function proofsDiffer(a: Sighting, b: Sighting, sha256: Sha256 = nobleSha256): boolean {
  return differ(fullSubtrees(a, sha256), fullSubtrees(b, sha256));
}

function differ(one: Subtrees, other: Subtrees): boolean {
  return [...one].some(([name, hash]) => {
    const its = other.get(name);
    return its !== undefined && !equal(its, hash);
  });
}

/** The full subtrees that an inclusion proof gives hashes of: the siblings, and what the path to the root computes. */
function fullSubtrees({ checkpoint, entry }: Sighting, sha256: Sha256): Subtrees {
  const known = new Map<string, Uint8Array>();
  if (entry === undefined) return known;
  const note = (range: Range, hash: Uint8Array): void => {
    const [node, ...more] = nodesOfRange(range);
    if (node !== undefined && more.length === 0) known.set(nameOf(node), hash);
  };
  let [range, hash]: [Range, Uint8Array] = [{ start: entry.index, end: entry.index + 1 }, entry.leaf];
  note(range, hash);
  for (const [i, sibling] of planInclusion(entry.index, checkpoint.size).entries()) {
    const its = entry.hashes[i] as Uint8Array;
    note(sibling, its);
    const isRight = sibling.start === range.end;
    hash = isRight ? nodeHash(hash, its, sha256) : nodeHash(its, hash, sha256);
    range = isRight ? { start: range.start, end: sibling.end } : { start: sibling.start, end: range.end };
    note(range, hash);
  }
  return known;
}

function nameOf({ height, index }: Node): string {
  return `${String(height)}/${String(index)}`;
}
