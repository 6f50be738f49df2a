/** Files that accuse a log and prove nothing: each is refused with the reason, beside one that proves. */
import { describe, expect, test } from '@jest/globals';
import { utf8 } from '#ledger/format/bytes.js';
import { formatCheckpoint, parseCheckpoint } from '#ledger/format/checkpoint.js';
import { leafHash } from '#ledger/format/hash.js';
import { formatMisbehaviour, type Contradiction, type PlacedEntry } from '#ledger/format/misbehaviour.js';
import { ED25519, formatNote, parseNote, seedSigner, signNoteText } from '#ledger/format/note.js';
import type { Policy } from '#ledger/format/policy.js';
import { parseProof } from '#ledger/format/proof.js';
import { MerkleError } from '#ledger/merkle/errors.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { checkMisbehaviour, MisbehaviourError } from '#ledger/verify/misbehaviour.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { logSigner, ORIGIN } from './logs.js';
import { Operator } from './operator.js';

const other = seedSigner('other.example/log', ED25519, new Uint8Array(32).fill(8));
const policy: Policy = {
  logs: [{ key: logSigner }, { key: other }],
  witnesses: [],
  groups: [],
  quorum: null,
};

/** A log of raw entries 0 … size − 1; from `fork` on they are others. */
const history = (size: number, fork = size): Promise<Operator> => {
  const entries = Array.from({ length: size }, (_, i) => utf8(`${i < fork ? '' : 'other '}${String(i)}`));
  return new Operator([logSigner], entries).publish();
};

function check(first: Operator, second: Operator, contradiction: Contradiction, crypto = nodeCrypto) {
  const checkpoints = [first.checkpoint, second.checkpoint] as [Uint8Array, Uint8Array];
  return checkMisbehaviour(formatMisbehaviour({ checkpoints, contradiction }), () => policy, crypto);
}

function refused(reason: string) {
  return expect.objectContaining({ name: 'MisbehaviourError', code: 'NO_CONTRADICTION', message: reason });
}

const rootOf = ({ checkpoint }: Operator) => parseCheckpoint(parseNote(checkpoint as Uint8Array).text).root;

describe('two roots of one size', () => {
  test('prove a fork; two sizes, or one root twice, do not', async () => {
    const [a, b, more] = [await history(5), await history(5, 3), await history(6, 3)];
    const claim = { kind: 'same-size' } as const;
    expect(check(a, b, claim)).toMatchObject({ origin: ORIGIN, kind: 'same-size', witnessesOfBoth: [] });
    expect(() => check(a, more, claim)).toThrow(refused('the checkpoints have two sizes'));
    expect(() => check(more, a, claim)).toThrow(refused('the checkpoints have two sizes'));
    expect(() => check(a, a, claim)).toThrow(refused('the checkpoints have one and the same root'));
  });

  test('of two logs prove nothing against either', async () => {
    const a = await history(5);
    const text = formatCheckpoint({ origin: other.name, size: 5, root: new Uint8Array(32) });
    const b = new Operator();
    b.checkpoint = formatNote({ text, signatures: [await signNoteText(text, other)] });
    expect(() => check(a, b, { kind: 'same-size' })).toThrow(
      expect.objectContaining({
        name: 'VerifyError',
        code: 'WRONG_ORIGIN',
        message: `one checkpoint is of ${ORIGIN}, the other of other.example/log`,
      }),
    );
  });
});

describe('another beginning', () => {
  /** The claim that the first five entries of `larger` have that root, or the one that they have. */
  async function claim(larger: Operator, root?: Uint8Array) {
    const tree = new TileTree(larger.size, rootOf(larger), larger, nodeCrypto.sha256);
    const hashes = await tree.proveConsistency(5);
    return { kind: 'not-a-prefix', root: root ?? (await tree.rootAt(5)), hashes } as const;
  }

  test('of the larger tree proves a fork; the same one, or one that the tree does not have, proves nothing', async () => {
    const [a, b, honest] = [await history(5), await history(7, 3), await history(7)];
    const checked = check(a, b, await claim(b));
    expect([checked.kind, ...checked.checkpoints.map(({ size }) => size)]).toEqual(['not-a-prefix', 5, 7]);
    const true5 = await claim(honest);
    expect(() => check(a, honest, true5)).toThrow(refused('the larger tree begins with the smaller one'));
    const invented = { ...true5, root: new Uint8Array(32) };
    expect(() => check(a, honest, invented)).toThrow(
      refused('the proof does not hold: the proof does not lead to the old root'),
    );
  });

  test('is one of a larger tree: the order of the two, or one size, is refused before anything is computed', async () => {
    const [a, b, same] = [await history(5), await history(7, 3), await history(5, 3)];
    const reason = refused('the first checkpoint is not the smaller one');
    const whole = await claim(b);
    expect(() => check(b, a, whole)).toThrow(reason);
    expect(() => check(a, same, whole)).toThrow(reason);
  });
});

describe('other entries', () => {
  async function placed(log: Operator, index: number): Promise<PlacedEntry> {
    const { proof, entry } = await log.prove(index);
    return { index, leaf: leafHash(entry), hashes: parseProof(proof).hashes };
  }
  const claim = (...entries: [PlacedEntry, PlacedEntry]) => ({ kind: 'other-entries', entries }) as const;

  test('at one place prove a fork; the same ones, or a beginning that both have, do not', async () => {
    const [a, b, honest] = [await history(5), await history(7, 3), await history(7)];
    const checked = check(a, b, claim(await placed(a, 3), await placed(b, 3)));
    expect(checked.kind).toBe('other-entries');
    const agree = refused('the two inclusion proofs agree wherever they speak of the same entries');
    const [one, two] = [await placed(a, 3), await placed(honest, 3)];
    expect(() => check(a, honest, claim(one, two))).toThrow(agree);
    // All that a tree of one entry says is its entry 0, which the other has too.
    const single = await history(1);
    const firsts = claim(await placed(single, 0), await placed(b, 0));
    expect(() => check(single, b, firsts)).toThrow(agree);
  });

  test('that are not in the tree prove nothing, be it the first or the second', async () => {
    const [a, b] = [await history(5), await history(7, 3)];
    const [one, two] = [await placed(a, 3), await placed(b, 3)];
    const invented = { leaf: new Uint8Array(32) };
    const reason = refused('the proof does not hold: the inclusion proof does not lead to the root');
    expect(() => check(a, b, claim({ ...one, ...invented }, two))).toThrow(reason);
    expect(() => check(a, b, claim(one, { ...two, ...invented }))).toThrow(reason);
  });

  test('are refused with what does not hold as the cause; a fault of the program is none of the file’s', async () => {
    const [a, b] = [await history(5), await history(7, 3)];
    const [one, two] = [await placed(a, 3), await placed(b, 3)];
    const broken = claim({ ...one, hashes: one.hashes.slice(1) }, two);
    let refusal: unknown;
    try {
      check(a, b, broken);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(MisbehaviourError);
    expect((refusal as Error).cause).toBeInstanceOf(MerkleError);
    const sha256 = () => {
      throw new RangeError('no memory');
    };
    expect(() => check(a, b, claim(one, two), { ...nodeCrypto, sha256 })).toThrow(RangeError);
  });
});
