/**
 * The official vectors, each set N of N, with both providers of cryptography (@noble and node:crypto). Skipped where the
 * vectors are not there. Of the RFC 6962 sets, subtreeinclusion and subtreeconsistency are about proofs that no format
 * of this ledger has.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { fromBase64, fromHex, toHex, utf8 } from '#ledger/format/bytes.js';
import { nobleCrypto } from '#ledger/format/crypto.js';
import { canonicalize, parseCanonical, type Json } from '#ledger/format/jcs.js';
import { formatNote, formatVkey, parseNote, parseVkey } from '#ledger/format/note.js';
import { checkConsistency } from '#ledger/merkle/consistency.js';
import { checkInclusion } from '#ledger/merkle/inclusion.js';
import { goodSignatures } from '#ledger/verify/note.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import {
  EXAMPLE_KEY,
  merkleVectors,
  NO_HASH,
  readVectorJson,
  VECTORS,
  type Wycheproof,
} from './official-vectors.js';

const PROVIDERS = { '@noble': nobleCrypto, 'node:crypto': nodeCrypto };
const merkle = `${VECTORS}/rfc6962-merkle/testdata`;
const ed25519 = 'wycheproof/testvectors_v1/ed25519_test.json';
const jcs = `${VECTORS}/rfc8785-jcs/testdata`;
const note = `${VECTORS}/c2sp-signed-note/note.txt`;

/** How many vectors each set has. */
const INCLUSION = 98;
const CONSISTENCY = 98;
const ED25519 = 151;

/** A test of a set that is there; a skipped one, which says why, when it is not. */
function withSet(path: string): (name: string, run: () => void) => void {
  if (existsSync(path)) return test;
  return (name, run) => test.skip(`${name} (skipped: no vectors)`, run);
}

function accepts(check: () => void): boolean {
  try {
    check();
    return true;
  } catch (error) {
    expect(error).toMatchObject({ name: 'MerkleError' });
    return false;
  }
}

/** The names of the vectors whose verdict is not ours. */
function mismatches(vectors: readonly (readonly [string, boolean, boolean])[]): string[] {
  return vectors.filter(([, ours, theirs]) => ours !== theirs).map(([name]) => name);
}

describe.each(Object.keys(PROVIDERS))('with %s', (provider) => {
  const crypto = PROVIDERS[provider as keyof typeof PROVIDERS];

  withSet(merkle)('RFC 6962 inclusion: no mismatch', () => {
    const verdicts = merkleVectors('inclusion').map(([name, v]) => {
      const check = (): void =>
        checkInclusion(
          v.leafIdx,
          v.treeSize,
          fromBase64(v.leafHash),
          (v.proof ?? []).map(fromBase64),
          fromBase64(v.root),
          crypto.sha256,
        );
      return [name, accepts(check), !v.wantErr] as const;
    });
    expect([verdicts.length, mismatches(verdicts)]).toEqual([INCLUSION, []]);
  });

  withSet(merkle)('RFC 6962 consistency: no mismatch', () => {
    const verdicts = merkleVectors('consistency').map(([name, v]) => {
      const [root1, root2] = [fromBase64(v.root1), fromBase64(v.root2)];
      const proof = (v.proof ?? []).map(fromBase64);
      const check = (): void => checkConsistency(v.size1, root1, v.size2, root2, proof, crypto.sha256);
      const odd = name.endsWith(NO_HASH);
      return [name, accepts(check), odd ? false : !v.wantErr] as const;
    });
    expect([verdicts.length, mismatches(verdicts)]).toEqual([CONSISTENCY, []]);
  });

  withSet(`${VECTORS}/${ed25519}`)('Wycheproof Ed25519: no mismatch', () => {
    const { testGroups } = readVectorJson<Wycheproof<{ readonly pk: string }>>(ed25519);
    const verdicts = testGroups.flatMap(({ publicKey, tests }) =>
      tests.map(({ tcId, msg, sig, result }) => {
        const ours = crypto.ed25519Verify(fromHex(sig), fromHex(msg), fromHex(publicKey.pk));
        return [String(tcId), ours, result === 'valid'] as const;
      }),
    );
    expect([verdicts.length, mismatches(verdicts)]).toEqual([ED25519, []]);
  });

  withSet(note)("the signed-note specification's example holds under its key, and no other text does", () => {
    const bytes = new Uint8Array(readFileSync(note));
    const key = parseVkey(EXAMPLE_KEY);
    expect(formatVkey(key)).toBe(EXAMPLE_KEY);
    expect(formatNote(parseNote(bytes))).toEqual(bytes);
    expect(goodSignatures(parseNote(bytes), [key], crypto)).toEqual([{ key }]);
    const changed = { ...parseNote(bytes), text: 'This is another message.\n' };
    expect(() => goodSignatures(changed, [key], crypto)).toThrow(
      expect.objectContaining({
        code: 'BAD_SIGNATURE',
        message: 'the signature of example.com/foo does not belong to this text',
      }),
    );
  });

  test('SHA-256 of FIPS 180-2 appendix B: one block, two blocks, nothing', () => {
    expect(
      ['abc', 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', ''].map((text) =>
        toHex(crypto.sha256(utf8(text))),
      ),
    ).toEqual([
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ]);
  });
});

withSet(jcs)('RFC 8785: every vector is written byte for byte, and read back', () => {
  const names = readdirSync(`${jcs}/input`);
  expect(names).toHaveLength(6);
  for (const name of names) {
    const value = JSON.parse(readFileSync(`${jcs}/input/${name}`, 'utf8')) as Json;
    const expected = new Uint8Array(readFileSync(`${jcs}/output/${name}`));
    expect([name, canonicalize(value)]).toEqual([name, expected]);
    expect(canonicalize(parseCanonical(expected))).toEqual(expected);
    const hex = readFileSync(`${jcs}/outhex/${name.replace('.json', '.txt')}`, 'utf8').replaceAll(/\s/g, '');
    expect(toHex(expected)).toBe(hex);
  }
});
