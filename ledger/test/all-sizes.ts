/**
 * Every tree of 0 to 600 leaves × every prefix of it and every entry in it: what the tiles prove is what RFC 6962 says
 * word for word, and it is accepted; a proof that was tampered with is not. A program of its own, which prints what it
 * counted: inside Jest's sandbox the 360,600 proofs would take minutes.
 */
import { equal } from '#ledger/format/bytes.js';
import { emptyRoot, nodeHash } from '#ledger/format/hash.js';
import { formatTilePath } from '#ledger/format/tile.js';
import { checkConsistency } from '#ledger/merkle/consistency.js';
import { TreeEdge } from '#ledger/merkle/edge.js';
import { checkInclusion } from '#ledger/merkle/inclusion.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { flipBit, leafOf, TileMap } from './trees.js';

const SIZES = 600;
/** One tampering twin for so many proofs: over all sizes each kind of tampering meets each shape of proof. */
const TWIN_EVERY = 7;
const { sha256 } = nodeCrypto;

/** SHA-256 that remembers: the trees share nearly all of their subtrees. */
const digests = new Map<string, Uint8Array>();
function onceSha256(data: Uint8Array): Uint8Array {
  const key = Buffer.from(data.buffer, data.byteOffset, data.length).toString('latin1');
  const there = digests.get(key);
  if (there !== undefined) return there;
  const digest = sha256(data);
  digests.set(key, digest);
  return digest;
}

const leaves = Array.from({ length: SIZES + 1 }, (_, i) => leafOf(i));

/** MTH(D[start:end]) of RFC 6962 section 2.1; each subtree is hashed once. */
const known = new Map<number, Uint8Array>();
function mth(start: number, end: number): Uint8Array {
  if (end - start === 1) return leaves[start] as Uint8Array;
  if (start === end) return emptyRoot();
  const key = start * 1024 + end;
  const there = known.get(key);
  if (there !== undefined) return there;
  const k = start + largestPowerBelow(end - start);
  const hash = nodeHash(mth(start, k), mth(k, end), onceSha256);
  known.set(key, hash);
  return hash;
}

/** The k of RFC 6962: the largest power of two smaller than n. */
function largestPowerBelow(n: number): number {
  return 2 ** (31 - Math.clz32(n - 1));
}

/** PATH(m, D[start:end]) of section 2.1.1. */
function path(m: number, start: number, end: number): Uint8Array[] {
  if (end - start === 1) return [];
  const k = largestPowerBelow(end - start);
  return m < k
    ? [...path(m, start, start + k), mth(start + k, end)]
    : [...path(m - k, start + k, end), mth(start, start + k)];
}

/** SUBPROOF(m, D[start:end], b) of section 2.1.2. */
function subproof(m: number, start: number, end: number, b: boolean): Uint8Array[] {
  if (m === end - start) return b ? [] : [mth(start, end)];
  const k = largestPowerBelow(end - start);
  return m <= k
    ? [...subproof(m, start, start + k, b), mth(start + k, end)]
    : [...subproof(m - k, start + k, end, false), mth(start, start + k)];
}

function sameHashes(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.length === b.length && a.every((hash, i) => equal(hash, b[i] as Uint8Array));
}

function holds(check: () => void): boolean {
  const { stackTraceLimit } = Error;
  // Most of these checks fail, and nobody reads the stack.
  Error.stackTraceLimit = 0;
  try {
    check();
    return true;
  } catch {
    return false;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Visits the tree of each size in turn, over the tiles as they are served at that size. */
async function everyTree(visit: (tree: TileTree, size: number) => Promise<void>): Promise<void> {
  const tiles = new TileMap();
  const edge = TreeEdge.empty(sha256);
  for (let size = 0; size <= SIZES; size++) {
    for (const { tile, bytes } of edge.partialTiles()) tiles.set(formatTilePath(tile), bytes);
    await visit(new TileTree(size, mth(0, size), tiles, onceSha256), size);
    edge.append(leaves[size] as Uint8Array, ({ tile, bytes }) => tiles.set(formatTilePath(tile), bytes));
  }
}

/** The ways to spoil a proof; each answers undefined where there is nothing of that kind to spoil. */
type Tampering = (proof: readonly Uint8Array[], n: number) => readonly Uint8Array[] | undefined;
const TAMPERINGS: Tampering[] = [
  (proof, n) => proof.with(n % proof.length, flipBit(proof[n % proof.length] as Uint8Array, n % 256)),
  (proof, n) => proof.toSpliced(n % proof.length, 1),
  (proof, n) => [...proof, proof[n % proof.length] as Uint8Array],
  (proof) => [emptyRoot(), ...proof],
  (proof) =>
    proof.length < 2 ? undefined : [proof[1] as Uint8Array, proof[0] as Uint8Array, ...proof.slice(2)],
];

/** What was proven, and how many spoiled proofs were refused. */
interface Counted {
  readonly pairs: number;
  readonly twins: number;
}

/** Calls `accepts` with spoiled proofs; counts them, and throws when one is accepted. */
class Twins {
  count = 0;
  private proofs = 0;

  try(
    proof: readonly Uint8Array[],
    where: string,
    accepts: (spoiled: readonly Uint8Array[]) => boolean,
  ): void {
    const n = this.proofs++;
    if (n % TWIN_EVERY !== 0 || proof.length === 0) return;
    const kind = (n / TWIN_EVERY) % TAMPERINGS.length;
    const spoiled = TAMPERINGS[kind]?.(proof, n);
    if (spoiled === undefined) return;
    this.count++;
    if (accepts(spoiled)) throw new Error(`${where}: accepted after tampering ${String(kind)}`);
  }
}

/** A proof that is not as it has to be. */
function fail(where: string, what: string): never {
  throw new Error(`${where}: ${what}`);
}

async function consistency(): Promise<Counted> {
  const twins = new Twins();
  let pairs = 0;
  await everyTree(async (tree, size) => {
    for (let old = 1; old <= size; old++) {
      pairs++;
      const where = `${String(old)} in ${String(size)}`;
      const proof = await tree.proveConsistency(old);
      if (!sameHashes(proof, subproof(old, 0, size, true))) fail(where, 'not the proof of RFC 6962');
      checkConsistency(old, mth(0, old), size, tree.root, proof, onceSha256);
      const check = (m: number, oldRoot: Uint8Array, hashes: readonly Uint8Array[]): boolean =>
        holds(() => checkConsistency(m, oldRoot, size, tree.root, hashes, sha256));
      twins.try(proof, where, (spoiled) => check(old, mth(0, old), spoiled));
      if (pairs % TWIN_EVERY !== 0) continue;
      if (check(old, flipBit(mth(0, old), pairs % 256), proof)) fail(where, 'another old root is accepted');
      if (old > 1 && check(old - 1, mth(0, old - 1), proof)) fail(where, 'accepted for the prefix before');
    }
  });
  return { pairs, twins: twins.count };
}

async function inclusion(): Promise<Counted> {
  const twins = new Twins();
  let pairs = 0;
  await everyTree(async (tree, size) => {
    for (let index = 0; index < size; index++) {
      pairs++;
      const where = `entry ${String(index)} of ${String(size)}`;
      const leaf = leaves[index] as Uint8Array;
      const proof = await tree.proveInclusion(index);
      if (!sameHashes(proof, path(index, 0, size))) fail(where, 'not the path of RFC 6962');
      checkInclusion(index, size, leaf, proof, tree.root, onceSha256);
      const check = (i: number, hash: Uint8Array, hashes: readonly Uint8Array[]): boolean =>
        holds(() => checkInclusion(i, size, hash, hashes, tree.root, sha256));
      twins.try(proof, where, (spoiled) => check(index, leaf, spoiled));
      if (pairs % TWIN_EVERY !== 0) continue;
      if (check(index, leaves[index + 1] as Uint8Array, proof)) fail(where, 'another entry is accepted');
      if (size > 1 && check(index === 0 ? size - 1 : index - 1, leaf, proof))
        fail(where, 'accepted elsewhere');
    }
  });
  return { pairs, twins: twins.count };
}

async function prefixRoots(): Promise<Counted> {
  let last: TileTree | undefined;
  await everyTree((tree) => Promise.resolve(void (last = tree)));
  for (let size = 0; size <= SIZES; size++) {
    if (!equal((await last?.rootAt(size)) ?? fail('', 'no tree'), mth(0, size)))
      fail(String(size), 'not MTH');
  }
  return { pairs: SIZES + 1, twins: 0 };
}

console.log(
  JSON.stringify({
    consistency: await consistency(),
    inclusion: await inclusion(),
    roots: await prefixRoots(),
  }),
);
