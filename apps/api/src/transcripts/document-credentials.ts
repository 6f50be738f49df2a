/**
 * The credentials of a học bạ: SD-JWT and verifiable credential, made before its entry is sequenced and committed in its
 * `cred`. Of both only the three signatures are kept: everything else follows from J, so that erasing J erases them.
 */
import { fromBase64, fromHex, utf8 } from '#ledger/format/bytes.js';
import type { Json } from '#ledger/format/jcs.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { writeCredential } from '#disclosure/credential.js';
import { canonicalBytes, proofInputs, secured } from '#disclosure/proof-set.js';
import { signedJwt, writeSdJwt, type Encoding } from '#disclosure/sd-jwt.js';
import { credentialName, type CredentialDigests } from '#transcript/commitments.js';
import type { Transcript } from '#transcript/document.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import type { CredentialKey } from './credential-keys.entities.js';
import { committedFields, type CommittedFields } from './field-root.js';
import { holderKey, publicBytes } from './holder-key.js';
import type { Transcript as TranscriptRow } from './transcripts.entities.js';

const { sha256 } = nodeCrypto;
const ENCODING: Encoding = {
  sha256,
  base64Url: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64url'),
};

/** By the school's credential key over the JWT, and for the proofs eddsa-jcs-2022 and eddsa-rdfc-2022; 64 bytes each. */
export type CredentialSignatures = readonly [jwt: Uint8Array, jcs: Uint8Array, rdfc: Uint8Array];

export interface DocumentCredentials {
  readonly fields: CommittedFields;
  /** The issuer's JWT. */
  readonly jwt: string;
  /** The disclosure of each field, by its path. */
  readonly disclosures: ReadonlyMap<string, string>;
  /** The verifiable credential with its proof set. */
  readonly credential: { readonly [key: string]: Json };
  /** What `cred` commits to. */
  readonly digests: CredentialDigests;
}

/** Credentials that wait for their signatures. */
export interface CredentialDraft {
  /** What the credential key is to sign. */
  readonly inputs: CredentialSignatures;
  readonly signed: (signatures: CredentialSignatures) => DocumentCredentials;
}

/** @param issuerKey the school's credential key, 32 bytes */
export function draftCredentials(
  document: Transcript,
  paddingSeed: Uint8Array,
  issuerKey: Uint8Array,
): CredentialDraft {
  const salt = fromHex(document.salt);
  const fields = committedFields(document, paddingSeed);
  const holder = publicBytes(holderKey(salt));
  const claims = { issuerKey, holderKey: holder, origin: document.origin };
  const { signingInput, disclosures } = writeSdJwt(fields, claims, ENCODING);
  const unsecured = writeCredential(document, credentialName(salt), issuerKey);
  const proofs = proofInputs(unsecured, issuerKey, sha256);
  return {
    inputs: [utf8(signingInput), proofs.jcs, proofs.rdfc],
    signed: ([jwtSignature, jcs, rdfc]) => {
      const jwt = signedJwt(signingInput, jwtSignature);
      const credential = secured(unsecured, issuerKey, { jcs, rdfc });
      const digests = {
        sdJwt: sha256(utf8(jwt)),
        credential: sha256(canonicalBytes(credential)),
        fieldRoot: fields.root,
      };
      return { fields, jwt, disclosures, credential, digests };
    },
  };
}

/**
 * The credentials of a sealed document, put together again from what is kept of them: byte for byte those that its entry
 * commits to, or the row was changed. Undefined for a document that has none.
 */
export function keptCredentials(
  row: Pick<TranscriptRow, 'paddingSeed' | 'credentialKeyId' | 'credentialSignatures'>,
  document: SchoolDocument,
  keys: ReadonlyMap<string, CredentialKey>,
): DocumentCredentials | undefined {
  const { paddingSeed, credentialKeyId, credentialSignatures } = row;
  const key = keys.get(credentialKeyId ?? '');
  if (document.type !== 'hoc-ba' || key === undefined) return undefined;
  if (credentialSignatures === null || paddingSeed === null) return undefined;
  const [jwt, jcs, rdfc] = credentialSignatures.map(fromBase64);
  if (jwt === undefined || jcs === undefined || rdfc === undefined) return undefined;
  return draftCredentials(document, paddingSeed, key.publicKey).signed([jwt, jcs, rdfc]);
}
