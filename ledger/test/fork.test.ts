import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fromUtf8, toBase64, utf8 } from '#ledger/format/bytes.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { leafHash } from '#ledger/format/hash.js';
import { formatMisbehaviour, parseMisbehaviour, type Contradiction } from '#ledger/format/misbehaviour.js';
import { COSIGNATURE_ED25519, ED25519, parseNote, seedSigner } from '#ledger/format/note.js';
import type { Policy } from '#ledger/format/policy.js';
import { parseProof } from '#ledger/format/proof.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { findContradiction, findFork, type Sighting } from '#ledger/verify/fork.js';
import { checkMisbehaviour } from '#ledger/verify/misbehaviour.js';
import { checkProof } from '#ledger/verify/proof.js';
import { logSigner, ORIGIN } from './logs.js';
import { Operator } from './operator.js';

const { sha256 } = nodeCrypto;
const [w1, w2] = [1, 2].map((n) =>
  seedSigner(`w${String(n)}.example`, COSIGNATURE_ED25519, new Uint8Array(32).fill(n)),
);
const policy: Policy = {
  logs: [{ key: logSigner }],
  witnesses: [w1, w2].flatMap((key, i) => (key === undefined ? [] : [{ name: `w${String(i + 1)}`, key }])),
  groups: [],
  quorum: null,
};

/** Raw entries 0 … size − 1; from `fork` on they are those of `branch`. */
async function history(size: number, fork = size, branch = 'b'): Promise<Operator> {
  const operator = new Operator();
  for (let i = 0; i < size; i++) operator.addRaw(utf8(`${i < fork ? '' : branch} ${String(i)}`));
  return operator.publish();
}

/** A transcript's proof as a sighting, checked as a verifier does. */
async function sightingOf(operator: Operator, index: number): Promise<Sighting> {
  const { proof, entry } = await operator.prove(index);
  const checkpoint = checkProof(proof, entry, policy, { crypto: nodeCrypto });
  return { checkpoint, entry: { index, leaf: leafHash(entry), hashes: parseProof(proof).hashes } };
}

const checkpointOf = ({ checkpoint }: Operator) => parseCheckpoint(parseNote(checkpoint as Uint8Array).text);

describe('files that check one another', () => {
  test('proofs of one history, of any sizes and entries, never speak against each other', async () => {
    const size = fc.integer({ min: 1, max: 600 });
    const proof = fc.tuple(size, fc.double({ min: 0, max: 0.999, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(proof, proof, async ([n, x], [m, y]) => {
        const one = await sightingOf(await history(n), Math.floor(x * n));
        const other = await sightingOf(await history(m), Math.floor(y * m));
        expect(findFork([one, other], sha256)).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  test('proofs of entries at and after a fork show it, at one size and at two', async () => {
    for (const fork of [0, 1, 100, 255, 256, 257, 299]) {
      const a = await sightingOf(await history(300), fork);
      for (const size of [300, 301, 512]) {
        const other = await history(size, fork);
        const found = findFork([a, await sightingOf(other, fork)], sha256);
        expect([fork, size, found?.contradiction.kind]).toEqual([
          fork,
          size,
          size === 300 ? 'same-size' : 'other-entries',
        ]);
      }
    }
  });

  test('what they find is a proof that stands by itself', async () => {
    const [a, b] = [await history(300), await history(512, 200)];
    const notes = [a, b].map(({ checkpoint }) => checkpoint as Uint8Array) as [Uint8Array, Uint8Array];
    // Entries of the same quarter, though not the same ones.
    const fork = findFork([await sightingOf(b, 240), await sightingOf(a, 201)], sha256);
    const { contradiction } = fork as { contradiction: Contradiction };
    const proof = formatMisbehaviour({ checkpoints: notes, contradiction });
    expect(checkMisbehaviour(proof, () => policy)).toMatchObject({ origin: ORIGIN, kind: 'other-entries' });
  });

  test('checkpoints alone show it at one size only', async () => {
    const [a, b, c] = [await history(300), await history(300, 200), await history(301, 200)].map((log) => ({
      checkpoint: checkpointOf(log),
    })) as [Sighting, Sighting, Sighting];
    expect(findFork([a, c, b])?.sightings).toEqual([a, b]);
    expect(findFork([a, c])).toBeUndefined();
  });

  test('two logs never contradict each other', async () => {
    const [a, b] = [await history(300), await history(300, 200)].map((log) => checkpointOf(log));
    const other = { checkpoint: { ...b, origin: 'demo.so-cai.example/other' } } as Sighting;
    expect(findFork([{ checkpoint: a } as Sighting, other])).toBeUndefined();
  });
});

describe('a proof of misbehaviour', () => {
  /** Proofs of each kind: the log of 300 entries against one that left it after 200. */
  async function proofs(): Promise<Record<Contradiction['kind'], Uint8Array>> {
    const [a, same, larger] = [await history(300), await history(300, 200), await history(512, 200)];
    const make = (b: Operator, contradiction: Contradiction) =>
      formatMisbehaviour({
        checkpoints: [a.checkpoint as Uint8Array, b.checkpoint as Uint8Array],
        contradiction,
      });
    const consistency = await findContradiction(checkpointOf(a), checkpointOf(larger), larger, nodeCrypto);
    const entries = findFork([await sightingOf(a, 200), await sightingOf(larger, 200)], sha256);
    return {
      'same-size': make(same, { kind: 'same-size' }),
      'not-a-prefix': make(larger, consistency as Contradiction),
      'other-entries': make(larger, (entries as { contradiction: Contradiction }).contradiction),
    };
  }

  test('of each kind holds, offline, under the log key alone', async () => {
    for (const [kind, proof] of Object.entries(await proofs())) {
      const checked = checkMisbehaviour(proof, () => policy);
      expect([checked.kind, checked.checkpoints[0].size]).toEqual([kind, 300]);
      expect(formatMisbehaviour(parseMisbehaviour(proof))).toEqual(proof);
    }
  });

  test('with one byte changed does not hold, whichever it is', async () => {
    const seed = Number(process.env['SOCAI_SEED'] ?? Date.now());
    for (const proof of Object.values(await proofs())) {
      fc.assert(
        fc.property(fc.nat(proof.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
          const tampered = Uint8Array.from(proof);
          tampered[at] = (tampered[at] ?? 0) ^ change;
          expect(() => checkMisbehaviour(tampered, () => policy, nodeCrypto)).toThrow();
        }),
        { numRuns: 300, seed },
      );
    }
  });

  const code = (value: string) => expect.objectContaining({ code: value });

  test('does not hold for two checkpoints of one history', async () => {
    const [a, b] = [await history(300), await history(512)];
    const checkpoints = [a.checkpoint, b.checkpoint] as [Uint8Array, Uint8Array];
    const [first, second] = [await sightingOf(a, 200), await sightingOf(b, 200)];
    const hashes = await consistencyOf(b, 300);
    const claims: Contradiction[] = [
      { kind: 'same-size' },
      // The true proof, with the true root and with a false one.
      { kind: 'not-a-prefix', root: checkpointOf(a).root, hashes },
      { kind: 'not-a-prefix', root: checkpointOf(await history(300, 200)).root, hashes },
      { kind: 'other-entries', entries: [first.entry!, second.entry!] },
      { kind: 'other-entries', entries: [second.entry!, first.entry!] },
    ];
    for (const contradiction of claims) {
      const proof = formatMisbehaviour({ checkpoints, contradiction });
      expect(() => checkMisbehaviour(proof, () => policy)).toThrow(code('NO_CONTRADICTION'));
    }
    const twice = [a.checkpoint, a.checkpoint] as [Uint8Array, Uint8Array];
    const same = formatMisbehaviour({ checkpoints: twice, contradiction: { kind: 'same-size' } });
    expect(() => checkMisbehaviour(same, () => policy)).toThrow(code('NO_CONTRADICTION'));
  });

  async function consistencyOf(log: Operator, size: number): Promise<readonly Uint8Array[]> {
    // A false smaller root, so that the finder answers the proof of the true one.
    const wrong = { origin: ORIGIN, size, root: new Uint8Array(32) };
    const found = await findContradiction(wrong, checkpointOf(log), log, nodeCrypto);
    return found?.kind === 'not-a-prefix' ? found.hashes : [];
  }

  test('cannot be made by somebody without the key, nor of two logs', async () => {
    const stranger = seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(9));
    const [a, b] = [await history(300), await history(300, 200)];
    const forged = await new Operator([stranger], [utf8('x')]).publish();
    const make = (one: Operator, other: Operator) =>
      formatMisbehaviour({
        checkpoints: [one.checkpoint as Uint8Array, other.checkpoint as Uint8Array],
        contradiction: { kind: 'same-size' },
      });
    expect(() => checkMisbehaviour(make(a, forged), () => policy)).toThrow(code('NO_LOG_SIGNATURE'));
    expect(() => checkMisbehaviour(make(a, b), () => ({ ...policy, logs: [] }))).toThrow(code('UNKNOWN_LOG'));
    const renamed = utf8(fromUtf8(make(a, b)).replaceAll(ORIGIN, 'demo.so-cai.example/other'));
    expect(() => checkMisbehaviour(renamed, () => policy)).toThrow(code('UNKNOWN_LOG'));
  });

  test('names the witnesses that cosigned both histories: an honest witness never does', async () => {
    const [a, b] = [await history(300), await history(300, 200)];
    await a.publish([w1!, w2!]);
    await b.publish([w2!]);
    const checkpoints = [a.checkpoint, b.checkpoint] as [Uint8Array, Uint8Array];
    const proof = formatMisbehaviour({ checkpoints, contradiction: { kind: 'same-size' } });
    expect(checkMisbehaviour(proof, () => policy).witnessesOfBoth).toEqual(['w2']);
  });

  test.each([
    ['another header', (text: string) => text.replace('/v1', '/v2')],
    ['an unknown kind', (text: string) => text.replace('same-size', 'bad-mood')],
    ['a line too many', (text: string) => text.replace('same-size\n', 'same-size\nmore\n')],
    ['one checkpoint', (text: string) => text.split('\n\n').slice(0, 3).join('\n\n')],
    ['three checkpoints', (text: string) => `${text}\n${text.split('\n\n').slice(1, 3).join('\n\n')}\n`],
    ['a carriage return', (text: string) => text.replace('\n', '\r\n')],
    ['no last newline', (text: string) => text.slice(0, -1)],
    ['a newline more', (text: string) => `${text}\n`],
    [
      'a root that is not 32 bytes',
      (text: string) => text.replace('same-size', `not-a-prefix\nroot ${toBase64(utf8('x'))}`),
    ],
    [
      'one entry',
      (text: string) => text.replace('same-size', `other-entries\nentry 1 ${toBase64(new Uint8Array(32))}`),
    ],
    [
      'an index 007',
      (text: string) =>
        text.replace('same-size', `other-entries${`\nentry 007 ${toBase64(new Uint8Array(32))}`.repeat(2)}`),
    ],
    [
      '64 hashes',
      (text: string) =>
        text.replace(
          'same-size',
          `not-a-prefix\nroot ${`${toBase64(new Uint8Array(32))}\n`.repeat(65)}`.trimEnd(),
        ),
    ],
  ])('with %s is malformed', async (_name, change) => {
    const text = fromUtf8((await proofs())['same-size']);
    expect(() => checkMisbehaviour(utf8(change(text)), () => policy)).toThrow(code('MALFORMED'));
  });
});
