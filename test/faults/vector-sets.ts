/** The official test vectors in ../shared/vectors, as cases: what the set says of each, and what our code says. */
import { readdirSync } from 'node:fs';
import { fromMultibase, publicKeyOfDid, toMultibase } from '#disclosure/did-key.js';
import { concat, equal, fromBase64, fromHex, utf8 } from '#ledger/format/bytes.js';
import { nobleCrypto } from '#ledger/format/crypto.js';
import { canonicalize, parseCanonical, type Json } from '#ledger/format/jcs.js';
import { formatNote, parseNote, parseVkey } from '#ledger/format/note.js';
import { checkConsistency } from '#ledger/merkle/consistency.js';
import { checkInclusion } from '#ledger/merkle/inclusion.js';
import { goodSignatures } from '#ledger/verify/note.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { nobleProvider } from '#signing/crypto-provider.js';
import { parseEcdsaSignature } from '#signing/ecdsa.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import {
  EXAMPLE_KEY,
  merkleVectors,
  NO_HASH,
  readVector,
  readVectorJson,
  VECTORS,
  type Wycheproof,
} from '../../ledger/test/official-vectors.js';

export interface Case {
  readonly name: string;
  /** Whether the set calls it good. */
  readonly good: boolean;
  /** Whether we do; an error is a refusal. */
  readonly judge: () => boolean;
}

export interface VectorSet {
  readonly name: string;
  /** Fewer cases mean that the set was not read as it is. */
  readonly least: number;
  /** Cases left out, each with the reason. */
  readonly leftOut?: string;
  readonly cases: () => Case[];
}

const rfc6962: VectorSet = {
  name: 'RFC 6962 Merkle',
  least: 190,
  leftOut: `${NO_HASH}, whose root is not 32 bytes`,
  cases: () => [
    ...merkleVectors('inclusion').map(([name, v]) => ({
      name,
      good: !v.wantErr,
      judge: () => {
        const proof = (v.proof ?? []).map(fromBase64);
        checkInclusion(v.leafIdx, v.treeSize, fromBase64(v.leafHash), proof, fromBase64(v.root));
        return true;
      },
    })),
    ...merkleVectors('consistency')
      .filter(([name]) => !name.endsWith(NO_HASH))
      .map(([name, v]) => ({
        name,
        good: !v.wantErr,
        judge: () => {
          const proof = (v.proof ?? []).map(fromBase64);
          checkConsistency(v.size1, fromBase64(v.root1), v.size2, fromBase64(v.root2), proof);
          return true;
        },
      })),
  ],
};

const rfc8785: VectorSet = {
  name: 'RFC 8785',
  least: 12,
  cases: () =>
    readdirSync(`${VECTORS}/rfc8785-jcs/testdata/input`).flatMap((name) => {
      const expected = readVector(`rfc8785-jcs/testdata/output/${name}`);
      const input = `rfc8785-jcs/testdata/input/${name}`;
      return [
        {
          name: `write ${name}`,
          good: true,
          judge: () => equal(canonicalize(readVectorJson<Json>(input)), expected),
        },
        {
          name: `read ${name}`,
          good: true,
          judge: () => equal(canonicalize(parseCanonical(expected)), expected),
        },
      ];
    }),
};

/** Both providers of cryptography must say the same; where they differ the case does not count as judged rightly. */
function agreed(good: boolean, answers: readonly boolean[]): boolean {
  return answers.every((answer) => answer) || (answers.some((answer) => answer) ? !good : false);
}

const ed25519: VectorSet = {
  name: 'Wycheproof Ed25519',
  least: 151,
  cases: () =>
    readVectorJson<Wycheproof<{ readonly pk: string }>>(
      'wycheproof/testvectors_v1/ed25519_test.json',
    ).testGroups.flatMap(({ publicKey, tests }) =>
      tests.map(({ tcId, msg, sig, result }) => ({
        name: String(tcId),
        good: result === 'valid',
        judge: () =>
          agreed(
            result === 'valid',
            [nobleCrypto, nodeCrypto].map((crypto) =>
              crypto.ed25519Verify(fromHex(sig), fromHex(msg), fromHex(publicKey.pk)),
            ),
          ),
      })),
    ),
};

const p256: VectorSet = {
  name: 'Wycheproof P-256',
  least: 746,
  cases: () =>
    (
      [
        ['ecdsa_secp256r1_sha256_test.json', (signature: Uint8Array) => parseEcdsaSignature(signature)],
        ['ecdsa_secp256r1_sha256_p1363_test.json', (signature: Uint8Array) => signature],
      ] as const
    ).flatMap(([file, toRaw]) =>
      readVectorJson<Wycheproof<{ readonly uncompressed: string }>>(
        `wycheproof/testvectors_v1/${file}`,
      ).testGroups.flatMap(({ publicKey, tests }) =>
        tests.map(({ tcId, msg, sig, result }) => ({
          name: `${file} ${String(tcId)}`,
          good: result === 'valid',
          judge: () => {
            const raw = toRaw(fromHex(sig));
            const [point, message] = [fromHex(publicKey.uncompressed), fromHex(msg)];
            return agreed(
              result === 'valid',
              [nobleProvider, nodeProvider].map((provider) => provider.verifyP256(point, message, raw)),
            );
          },
        })),
      ),
    ),
};

const signedNote: VectorSet = {
  name: 'signed note',
  least: 3,
  cases: () => {
    const note = readVector('c2sp-signed-note/note.txt');
    const holds = (bytes: Uint8Array): boolean =>
      goodSignatures(parseNote(bytes), [parseVkey(EXAMPLE_KEY)], nobleCrypto).length === 1;
    const text = new TextDecoder().decode(note);
    return [
      { name: 'the example holds', good: true, judge: () => holds(note) },
      {
        name: 'the example is written again',
        good: true,
        judge: () => equal(formatNote(parseNote(note)), note),
      },
      { name: 'the example with another text', good: false, judge: () => holds(utf8(`x${text}`)) },
    ];
  },
};

/** The credential's key by its did:key, the proof value in base58, JCS or the canonical N-Quads of the set, SHA-256. */
const eddsa: VectorSet = {
  name: 'eddsa-jcs-2022, eddsa-rdfc-2022',
  least: 8,
  leftOut:
    'canonical N-Quads of the set’s own credentials: ours are written for one shape, held to a JSON-LD processor elsewhere',
  cases: () => {
    const folder = 'vc-di-eddsa/TestVectors';
    const holds = (signed: string, digests: readonly Uint8Array[]): boolean => {
      const { proof } = readVectorJson<{ proof: Record<string, string> }>(signed);
      const key = publicKeyOfDid((proof['verificationMethod'] ?? '').split('#')[0] ?? '');
      const signature = fromMultibase(proof['proofValue'] ?? '');
      return agreed(
        true,
        [nobleCrypto, nodeCrypto].map((crypto) =>
          crypto.ed25519Verify(signature, concat(...digests.map((bytes) => crypto.sha256(bytes))), key),
        ),
      );
    };
    const ofJson = (signed: string, change: (document: any) => void = () => undefined): boolean => {
      const { proof, ...document } = readVectorJson<any>(signed);
      change(document);
      const options = { ...proof };
      delete options.proofValue;
      return holds(signed, [canonicalize(options), canonicalize(document)]);
    };
    const jcs = `${folder}/eddsa-jcs-2022/signedJCS.json`;
    const hex = new TextDecoder().decode(readVector(`${folder}/eddsa-jcs-2022/sigHexJCS.txt`)).trim();
    return [
      { name: 'JCS: the example holds', good: true, judge: () => ofJson(jcs) },
      {
        name: 'JCS: another name',
        good: false,
        judge: () => ofJson(jcs, (document) => (document.name = 'Alumni')),
      },
      {
        name: 'base58 is that of the signature',
        good: true,
        judge: () => readVectorJson<any>(jcs).proof.proofValue === toMultibase(fromHex(hex)),
      },
      {
        name: 'JCS: the canonical document',
        good: true,
        judge: () => {
          const document = readVectorJson<any>(jcs);
          delete document.proof;
          return equal(canonicalize(document), readVector(`${folder}/eddsa-jcs-2022/canonDocJCS.txt`));
        },
      },
      ...['eddsa-rdfc-2022', 'eddsa-rdfc-2022/employ'].flatMap((name) => {
        const [proof, document] = ['proofCanonDataInt.txt', 'canonDocDataInt.txt'].map((file) =>
          readVector(`${folder}/${name}/${file}`),
        ) as [Uint8Array, Uint8Array];
        const signed = `${folder}/${name}/signedDataInt.json`;
        return [
          { name: `${name} holds`, good: true, judge: () => holds(signed, [proof, document]) },
          {
            name: `${name} cut short`,
            good: false,
            judge: () => holds(signed, [proof, document.subarray(1)]),
          },
        ];
      }),
    ];
  },
};

export const vectorSets: readonly VectorSet[] = [rfc6962, rfc8785, ed25519, p256, signedNote, eddsa];
