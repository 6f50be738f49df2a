/**
 * The credential's proof set: eddsa-jcs-2022 and eddsa-rdfc-2022 of W3C Data Integrity EdDSA Cryptosuites 1.0, by the
 * school's credential key. The first signs the JSON, the second the RDF: whichever a wallet can check, it checks. The
 * proofs state no time of their own: what is evidence of time is the ledger.
 */
import { concat, equal, utf8 } from '#ledger/format/bytes.js';
import { nobleCrypto, type Crypto, type Sha256 } from '#ledger/format/crypto.js';
import { FormatError } from '#ledger/format/errors.js';
import { canonicalize, type Json } from '#ledger/format/jcs.js';
import { CREDENTIAL_CONTEXT } from './credential.js';
import { fromMultibase, publicKeyOfDid, toMultibase, verificationMethod } from './did-key.js';
import { credentialQuads, proofQuads } from './n-quads.js';

type JsonObject = { readonly [key: string]: Json };

const JCS = 'eddsa-jcs-2022';
const RDFC = 'eddsa-rdfc-2022';

/** What the credential key signs: for each proof the hash of its options and the hash of the credential. */
export interface ProofInputs {
  readonly jcs: Uint8Array;
  readonly rdfc: Uint8Array;
}

/** 64 bytes each. */
export interface ProofSignatures {
  readonly jcs: Uint8Array;
  readonly rdfc: Uint8Array;
}

/**
 * RFC 8785 of a value without numbers, by the engine's own JSON writer over sorted keys: the same bytes as
 * `canonicalize`, in a fraction of the time. The strings are those of a document, which has no half surrogates.
 */
export function canonicalBytes(value: Json): Uint8Array {
  return utf8(JSON.stringify(sortedKeys(value)));
}

function sortedKeys(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(sortedKeys);
  const members = value as JsonObject;
  return Object.fromEntries(
    Object.keys(members)
      .sort()
      .map((key) => [key, sortedKeys(members[key] ?? null)]),
  );
}

/** What both proofs of an unsecured credential sign. */
export function proofInputs(credential: JsonObject, issuerKey: Uint8Array, sha256: Sha256): ProofInputs {
  const method = verificationMethod(issuerKey);
  return {
    jcs: concat(sha256(canonicalBytes(jcsOptions(method))), sha256(canonicalBytes(credential))),
    rdfc: concat(sha256(utf8(proofQuads(RDFC, method))), sha256(utf8(credentialQuads(credential)))),
  };
}

/** The credential with its proof set. */
export function secured(
  credential: JsonObject,
  issuerKey: Uint8Array,
  signatures: ProofSignatures,
): JsonObject {
  const method = verificationMethod(issuerKey);
  return {
    ...credential,
    proof: [
      { ...jcsOptions(method), proofValue: toMultibase(signatures.jcs) },
      { ...options(RDFC, method), proofValue: toMultibase(signatures.rdfc) },
    ],
  };
}

/** A credential whose two proofs hold, and the key that made them. */
export interface CheckedCredential {
  /** Without its proofs. */
  readonly credential: JsonObject;
  /** 32 bytes: whose it is, the ledger must say. */
  readonly issuerKey: Uint8Array;
}

/**
 * Checks both proofs of a secured credential of our one shape.
 * @returns undefined when a signature does not hold
 * @throws FormatError for anything that `secured` would not write
 */
export function checkProofSet(value: Json, crypto: Crypto = nobleCrypto): CheckedCredential | undefined {
  const { proof, ...credential } = objectOf(value);
  const issuerKey = publicKeyOfDid(textOf(objectOf(credential['issuer'])['id']));
  if (!Array.isArray(proof) || proof.length !== 2) throw notOurs('two proofs');
  const values = (proof as readonly Json[]).map((each) =>
    fromMultibase(textOf(objectOf(each)['proofValue'])),
  );
  const [jcs, rdfc] = values as [Uint8Array, Uint8Array];
  if (!equal(canonicalize(secured(credential, issuerKey, { jcs, rdfc })), canonicalize(value))) {
    throw notOurs('the options of the proofs');
  }
  if (!equal(canonicalize(credential['@context'] ?? null), canonicalize(CREDENTIAL_CONTEXT))) {
    throw notOurs('@context');
  }
  const inputs = proofInputs(credential, issuerKey, crypto.sha256);
  const good =
    crypto.ed25519Verify(jcs, inputs.jcs, issuerKey) && crypto.ed25519Verify(rdfc, inputs.rdfc, issuerKey);
  return good ? { credential, issuerKey } : undefined;
}

function options(cryptosuite: string, method: string): JsonObject {
  return {
    type: 'DataIntegrityProof',
    cryptosuite,
    verificationMethod: method,
    proofPurpose: 'assertionMethod',
  };
}

/** The JCS suite copies the credential's context into the proof. */
function jcsOptions(method: string): JsonObject {
  return { '@context': CREDENTIAL_CONTEXT, ...options(JCS, method) };
}

function objectOf(value: Json | undefined): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notOurs('an object');
  return value as JsonObject;
}

function textOf(value: Json | undefined): string {
  if (typeof value !== 'string') throw notOurs('a text');
  return value;
}

function notOurs(what: string): FormatError {
  return new FormatError('BAD_FIELD', `the credential is not as it is issued: ${what}`);
}
