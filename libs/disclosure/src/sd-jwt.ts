/**
 * The issuer's SD-JWT (RFC 9901) over a document's fields: every field a disclosure of its own, named by its path and
 * salted as in `fieldRoot`. Written here because it must be the same bytes for the same document, for thousands of
 * documents; a test holds it byte for byte to what @sd-jwt/core writes, which also checks it.
 */
import { utf8 } from '#ledger/format/bytes.js';
import { sha256, type Sha256 } from '#ledger/format/crypto.js';
import { toBase64Url } from './base64url.js';
import { didKey, verificationMethod } from './did-key.js';
import type { FieldSet, SaltedField } from './salted-fields.js';

/** `typ` of the issuer's JWT. */
export const SD_JWT_TYPE = 'hoc-ba+sd-jwt';
/** The one algorithm: Ed25519. A verifier takes it from here, never from the token. */
export const JWT_ALGORITHM = 'EdDSA';

/** What is the same for every presentation of one version, and says nothing of the pupil. */
export interface IssuerClaims {
  /** The school's credential key, 32 bytes. */
  readonly issuerKey: Uint8Array;
  /** The key that binds presentations to who has the document, 32 bytes. */
  readonly holderKey: Uint8Array;
  /** Origin of the school's log. */
  readonly origin: string;
}

/** What is done hundreds of times a document, behind a seam: a Node host has faster ones that agree on every input. */
export interface Encoding {
  readonly sha256: Sha256;
  readonly base64Url: (bytes: Uint8Array) => string;
}

const PLAIN: Encoding = { sha256, base64Url: toBase64Url };

export interface UnsignedSdJwt {
  /** What the credential key signs: header "." payload. */
  readonly signingInput: string;
  /** By path. */
  readonly disclosures: ReadonlyMap<string, string>;
}

/** The disclosure of a field: base64url of JSON [salt, path, value]. */
function disclosureOf({ salt, path, value }: SaltedField, { base64Url }: Encoding): string {
  return base64Url(utf8(JSON.stringify([base64Url(salt), path, value])));
}

/** Header and payload, in the one order of keys, and the disclosures that open its digests. */
export function writeSdJwt(
  { fields, padding }: FieldSet,
  { issuerKey, holderKey, origin }: IssuerClaims,
  encoding: Encoding = PLAIN,
): UnsignedSdJwt {
  const { base64Url } = encoding;
  const digest = (text: string): string => base64Url(encoding.sha256(utf8(text)));
  const part = (value: object): string => base64Url(utf8(JSON.stringify(value)));
  const disclosures = new Map(fields.map((field) => [field.path, disclosureOf(field, encoding)]));
  const digests = [
    ...[...disclosures.values()].map(digest),
    // As many as fill the field tree up: the number of subjects does not show.
    ...padding.map((leaf) => digest(base64Url(leaf))),
  ].sort();
  const header = { typ: SD_JWT_TYPE, kid: verificationMethod(issuerKey), alg: JWT_ALGORITHM };
  const payload = {
    iss: didKey(issuerKey),
    origin,
    cnf: { jwk: { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(holderKey) } },
    _sd: digests,
    _sd_alg: 'sha-256',
  };
  return { signingInput: `${part(header)}.${part(payload)}`, disclosures };
}

/** The issuer-signed JWT: what `cred` commits to, as the SHA-256 of its ASCII. */
export function signedJwt(signingInput: string, signature: Uint8Array): string {
  return `${signingInput}.${toBase64Url(signature)}`;
}
