/** The verifiers of ledger/src: what they accept has to be the genuine entry, tree, time or history. */
import { Buffer } from 'node:buffer';
import type { Random } from '#fixtures/random.js';
import { formatAddCheckpoint } from '#ledger/format/add-checkpoint.js';
import { concat, equal, u16be, utf8 } from '#ledger/format/bytes.js';
import { formatCheckpoint, parseCheckpoint } from '#ledger/format/checkpoint.js';
import { checkCosignature } from '#ledger/format/cosignature.js';
import { formatNote, parseNote, signNoteText } from '#ledger/format/note.js';
import { parsePolicy } from '#ledger/format/policy.js';
import { parseProof } from '#ledger/format/proof.js';
import { answerAddCheckpoint } from '#ledger/log/witness.js';
import { checkConsistency } from '#ledger/merkle/consistency.js';
import { checkInclusion } from '#ledger/merkle/inclusion.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { checkProof } from '#ledger/verify/proof.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { logSigner, testWitness } from '../../../ledger/test/logs.js';
import { leafOf, TileMap, tilesOf } from '../../../ledger/test/trees.js';
import { read } from '../../../ledger/test/fixtures.js';
import type { Target } from './campaign.js';
import { mutateBytes } from './mutation.js';
import { accepted, acceptedLater, fixturesIn, genuine, inputs } from './parsing.js';

const SIZE = 300;
const { sha256 } = nodeCrypto;
const policy = parsePolicy(read('policy/valid/two-of-three.txt'));
const genuineProof = read('proof/valid/entry-257-of-300.tlog-proof');
const genuineNote = parseProof(genuineProof).checkpoint;
const genuineText = parseNote(genuineNote).text;
const genuineRoot = parseCheckpoint(genuineText).root;
const entry = read('entry-257.bin');
/** The times that the fixtures' witnesses stated, the third of them in verify/not-signed-by-the-log. */
const TIMES: ReadonlyMap<string, number> = new Map([
  ['so-gddt', 1795230000],
  ['truong-ban', 1795230060],
  ['luu-tru', 1795230120],
]);

interface Witnessed {
  readonly size: number;
  readonly root: Uint8Array;
  readonly witnesses: readonly { readonly name: string; readonly time: number }[];
}

function isGenuine({ size, root, witnesses }: Witnessed): boolean {
  const known = new Set(witnesses.map(({ name }) => name));
  const timesHold = witnesses.every(({ name, time }) => TIMES.get(name) === time);
  return (
    size === SIZE &&
    equal(root, genuineRoot) &&
    known.size >= 2 &&
    witnesses.length === known.size &&
    timesHold
  );
}

const proof: Target = {
  name: 'checkProof',
  inputs: [1500, 120_000],
  input: inputs([genuineProof, ...fixturesIn('proof'), ...fixturesIn('verify')], 'text'),
  judge: (input) => {
    const checked = accepted(() => checkProof(input, entry, policy, { crypto: nodeCrypto }));
    if (checked === undefined) return false;
    return genuine(checked.index === 257 && isGenuine(checked), 'it proves what is not so');
  },
};

const checkpoint: Target = {
  name: 'checkCheckpoint',
  inputs: [1000, 60_000],
  input: inputs([genuineNote, ...fixturesIn('note')], 'text'),
  judge: (input) => {
    const checked = accepted(() => checkCheckpoint(input, policy, nodeCrypto));
    return checked === undefined
      ? false
      : genuine(isGenuine(checked), 'it is not the checkpoint that was signed');
  },
};

const cosignatures = parseNote(genuineNote).signatures.filter(({ signature }) => signature.length === 72);
const cosignature: Target = {
  name: 'cosignature',
  inputs: [700, 40_000],
  input: inputs(
    cosignatures.map(({ signature }) => signature),
    'binary',
  ),
  judge: (input) => {
    const states = policy.witnesses.flatMap(({ key }) => {
      const time = accepted(() =>
        checkCosignature(genuineText, { ...key, signature: input }, key, nodeCrypto),
      );
      return time === undefined ? [] : [time];
    });
    const isOne = cosignatures.some(({ signature }) => equal(signature, input));
    return states.length === 0 ? false : genuine(isOne, 'other bytes are a cosignature too');
  },
};

const tree = tilesOf(SIZE);

/** Index, or the older tree's size, in two bytes, the newer size in two; then hashes. */
function places(input: Uint8Array): { first: number; second: number; hashes: Uint8Array[] } {
  const [a = 0, b = 0, c = 0, d = 0] = input;
  const rest = input.subarray(4);
  const hashes = Array.from({ length: Math.ceil(rest.length / 32) }, (_, i) =>
    rest.slice(32 * i, 32 * i + 32),
  );
  return { first: a * 256 + b, second: c * 256 + d, hashes };
}

/** The proofs of a tree of 300, made once. */
async function proofsOf(
  prove: (tileTree: TileTree, n: number) => Promise<Uint8Array[]>,
): Promise<Map<number, Uint8Array>> {
  const proofs = new Map<number, Uint8Array>();
  for (const n of [1, 2, 3, 64, 128, 255, 256, 257, 299]) {
    const hashes = await prove(new TileTree(SIZE, tree.root, tree.tiles, sha256), n);
    proofs.set(n, concat(u16be(n), u16be(SIZE), ...hashes));
  }
  return proofs;
}

const [inclusions, consistencies] = await Promise.all([
  proofsOf((tileTree, n) => tileTree.proveInclusion(n)),
  proofsOf((tileTree, n) => tileTree.proveConsistency(n)),
]);
const oldRoots = new Map([...consistencies.keys()].map((n) => [n, tilesOf(n).root]));

const inclusion: Target = {
  name: 'inclusion proof',
  inputs: [700, 60_000],
  input: inputs([...inclusions.values()], 'binary'),
  judge: (input) => {
    const { first: index, second: size, hashes } = places(input);
    // The size is authentic in life: the checkpoint states it. A wrong one is tried as well, but cannot be held against it.
    const holds = accepted(
      () => (checkInclusion(index, size, leafOf(index), hashes, tree.root, sha256), true),
    );
    if (holds === undefined) return false;
    const known = inclusions.get(index);
    return genuine(size !== SIZE || known === undefined || equal(known, input), 'two proofs of one entry');
  },
};

const consistency: Target = {
  name: 'consistency proof',
  inputs: [700, 60_000],
  input: inputs([...consistencies.values()], 'binary'),
  judge: (input) => {
    const { first: old, second: size, hashes } = places(input);
    const oldRoot = oldRoots.get(old) ?? leafOf(0);
    const holds = accepted(() => (checkConsistency(old, oldRoot, size, tree.root, hashes, sha256), true));
    if (holds === undefined) return false;
    const known = consistencies.get(old);
    return genuine(
      old === 0 || size !== SIZE || (known !== undefined && equal(known, input)),
      'two proofs of one history',
    );
  },
};

/** Which entry to prove, in two bytes; then all tiles of the tree, one after another. */
const tilePaths = [...tree.tiles.keys()];
const allTiles = concat(...tilePaths.map((path) => tree.tiles.get(path) as Uint8Array));
const tiles: Target = {
  name: 'tiles',
  inputs: [150, 12_000],
  input: (random: Random) => {
    const index = u16be(random.below(SIZE));
    if (random.chance(0.1)) return concat(index, allTiles);
    return concat(index, mutateBytes(random, allTiles, [allTiles]));
  },
  judge: async (input) => {
    const served = new TileMap();
    let offset = 2;
    for (const path of tilePaths) {
      const { length } = tree.tiles.get(path) as Uint8Array;
      served.set(path, input.subarray(offset, (offset += length)));
    }
    const index = (input[0] as number) * 256 + (input[1] as number);
    const reader = new TileTree(SIZE, tree.root, served, sha256);
    const hashes = await acceptedLater(() => reader.proveInclusion(index));
    if (hashes === undefined) return false;
    checkInclusion(index, SIZE, leafOf(index), hashes, tree.root, sha256);
    return genuine(true, '');
  },
};

/** A witness that cosigned 257 entries of a log and is asked to cosign 300, honestly or not. */
async function noteOf(size: number): Promise<Uint8Array> {
  const text = formatCheckpoint({ origin: logSigner.name, size, root: tilesOf(size).root });
  return formatNote({ text, signatures: [await signNoteText(text, logSigner)] });
}
const [before, after] = await Promise.all([noteOf(257), noteOf(SIZE)]);
const hashesTo300 = (consistencies.get(257) as Uint8Array).slice(4);
const growth = formatAddCheckpoint({
  old: 257,
  hashes: Array.from({ length: hashesTo300.length / 32 }, (_, i) => hashesTo300.slice(32 * i, 32 * i + 32)),
  checkpoint: after,
});
const witness: Target = {
  name: 'witness',
  inputs: [700, 50_000],
  input: inputs([growth, growth, ...fixturesIn('add-checkpoint')], 'text'),
  judge: async (input) => {
    const { options, store } = testWitness(1);
    store.notes.set(logSigner.name, before);
    const { status } = await answerAddCheckpoint(input, { ...options, crypto: nodeCrypto });
    if (status !== 200) return false;
    const stored = parseNote(store.notes.get(logSigner.name) ?? new Uint8Array()).text;
    const honest = [before, after].map((note) => parseNote(note).text);
    return genuine(
      honest.includes(stored),
      `it cosigned another tree: ${Buffer.from(utf8(stored)).toString('base64')}`,
    );
  },
};

export const verifyTargets: readonly Target[] = [
  proof,
  checkpoint,
  cosignature,
  inclusion,
  consistency,
  tiles,
  witness,
];
