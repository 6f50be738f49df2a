/** Checks a presented SD-JWT with @sd-jwt/core, and strictly where RFC 9901 leaves a choice: one form, one algorithm. */
import { SDJwtInstance } from '@sd-jwt/core';
import { FormatError } from '#ledger/format/errors.js';
import { equal, fromUtf8, utf8 } from '#ledger/format/bytes.js';
import { nobleCrypto, type Crypto } from '#ledger/format/crypto.js';
import type { Json } from '#ledger/format/jcs.js';
import type { Field } from '#transcript/fields.js';
import { fromBase64Url, toBase64Url } from './base64url.js';
import { publicKeyOfDid, verificationMethod } from './did-key.js';
import { DisclosureError, reading } from './error.js';
import { KEY_BINDING_TYPE, type Binding } from './key-binding.js';
import { JWT_ALGORITHM, SD_JWT_TYPE } from './sd-jwt.js';
import { fieldValue } from './slip.js';

type JsonObject = { readonly [key: string]: Json };

/** A whole document has some 200 fields of at most 600 characters. */
const MAX_CHARACTERS = 192 * 1024;
const MAX_TEXT = 200;

/** What a presentation shows: nothing of it is the school's before the ledger has vouched for the key. */
export interface CheckedSdJwt {
  readonly issuerKey: Uint8Array;
  /** Origin of the log that the JWT names. */
  readonly origin: string;
  /** SHA-256 of the issuer's JWT: what `cred` commits to. */
  readonly digest: Uint8Array;
  readonly fields: readonly Field[];
  /** Undefined where the holder did not bind it: whoever was shown it may be showing it on. */
  readonly binding: Binding | undefined;
}

/** The parts of JWT~disclosure~…~[KB-JWT]. */
interface Parts {
  readonly jwt: string;
  readonly disclosures: readonly string[];
  readonly binding: string;
}

/** The disclosed fields of a compact SD-JWT with or without key binding. DisclosureError. */
export async function checkSdJwt(compact: string, crypto: Crypto = nobleCrypto): Promise<CheckedSdJwt> {
  const parts = split(compact);
  const { header, payload } = reading('the token', () => readJwt(parts.jwt));
  if (header['alg'] !== JWT_ALGORITHM) throw algorithm('the token');
  const issuerKey = reading('the issuer', () => publicKeyOfDid(textOf(payload['iss'])));
  const claims = reading('the token', () => {
    exactly(header, { typ: SD_JWT_TYPE, kid: verificationMethod(issuerKey), alg: JWT_ALGORITHM });
    return readClaims(payload);
  });
  const fields = parts.disclosures.map((disclosure) =>
    reading('a disclosure', () => readDisclosure(disclosure)),
  );
  checkDigests(parts.disclosures, claims.digests, crypto);
  await checkSignature(parts, fields, issuerKey, crypto);
  const binding =
    parts.binding === ''
      ? undefined
      : await checkBinding(compact, parts.binding, claims.holderKey, issuerKey, crypto);
  return { issuerKey, origin: claims.origin, digest: crypto.sha256(utf8(parts.jwt)), fields, binding };
}

function split(compact: string): Parts {
  if (compact.length > MAX_CHARACTERS || !/^[A-Za-z0-9_.~-]+$/.test(compact)) {
    throw new DisclosureError('PRESENTATION_MALFORMED', 'not a compact SD-JWT of at most 192 KiB');
  }
  const [jwt = '', ...rest] = compact.split('~');
  const binding = rest.pop();
  if (binding === undefined) throw new DisclosureError('PRESENTATION_MALFORMED', 'a JWT without "~"');
  return { jwt, disclosures: rest, binding };
}

function readJwt(jwt: string): { readonly header: JsonObject; readonly payload: JsonObject } {
  const parts = jwt.split('.');
  const [header = '', payload = '', signature = ''] = parts;
  if (parts.length !== 3 || fromBase64Url(signature).length !== 64)
    throw new FormatError('BAD_LINE', 'not three parts');
  return { header: jsonOf(header), payload: jsonOf(payload) };
}

function jsonOf(part: string): JsonObject {
  const value = JSON.parse(fromUtf8(fromBase64Url(part))) as Json;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new FormatError('BAD_LINE', 'no object');
  return value as JsonObject;
}

/** The members that a token of ours has, and no others: nothing that a reader might take for another meaning. */
function readClaims(payload: JsonObject): {
  readonly origin: string;
  readonly holderKey: Uint8Array;
  readonly digests: readonly Json[];
} {
  const { cnf, origin, _sd: digests } = payload;
  const x = textOf(objectOf(objectOf(cnf)['jwk'])['x']);
  exactly(payload, {
    iss: payload['iss'] ?? null,
    origin: textOf(origin),
    cnf: { jwk: { kty: 'OKP', crv: 'Ed25519', x } },
    _sd: digests ?? null,
    _sd_alg: 'sha-256',
  });
  const holderKey = fromBase64Url(x);
  if (!Array.isArray(digests) || holderKey.length !== 32)
    throw new FormatError('BAD_LINE', 'its claims are not ours');
  return { origin: textOf(origin), holderKey, digests: digests as readonly Json[] };
}

function readDisclosure(disclosure: string): Field {
  const value = JSON.parse(fromUtf8(fromBase64Url(disclosure))) as Json;
  if (!Array.isArray(value) || value.length !== 3)
    throw new FormatError('BAD_LINE', 'not [salt, path, value]');
  const [salt, path, own] = value as readonly Json[];
  if (fromBase64Url(textOf(salt)).length !== 32)
    throw new FormatError('BAD_LINE', 'its salt has not 32 bytes');
  return { path: textOf(path), value: fieldValue(own ?? null) };
}

/** Each disclosure is one that the token commits to, and stands there once. */
function checkDigests(disclosures: readonly string[], digests: readonly Json[], crypto: Crypto): void {
  const own = disclosures.map((disclosure) => toBase64Url(crypto.sha256(utf8(disclosure))));
  if (own.every((digest) => digests.includes(digest)) && new Set(own).size === own.length) return;
  throw new DisclosureError('DISCLOSURE_MISMATCH', 'a disclosed field is not one that the school signed');
}

/** The library's own verification, with our key: signature, digests, and exactly the claims that are disclosed. */
async function checkSignature(
  { jwt, disclosures }: Parts,
  fields: readonly Field[],
  issuerKey: Uint8Array,
  crypto: Crypto,
): Promise<void> {
  let signed = false;
  const library = new SDJwtInstance({
    hasher: hasherOf(crypto),
    hashAlg: 'sha-256',
    verifier: (data, signature) =>
      (signed = crypto.ed25519Verify(fromBase64Url(signature), utf8(data), issuerKey)),
  });
  let payload: unknown;
  try {
    ({ payload } = await library.verify([jwt, ...disclosures, ''].join('~')));
  } catch {
    payload = undefined;
  }
  if (!signed) {
    throw new DisclosureError('CREDENTIAL_SIGNATURE', 'the key that the token names did not sign it');
  }
  const claims = (payload ?? {}) as Record<string, unknown>;
  if (fields.some(({ path, value }) => !Object.hasOwn(claims, path) || claims[path] !== value)) {
    throw new DisclosureError('DISCLOSURE_MISMATCH', 'the disclosed fields are not those of the token');
  }
}

/** The library hashes texts alone: disclosures, and what a binding is over. */
function hasherOf(crypto: Crypto): (data: string | ArrayBuffer) => Uint8Array {
  return (data) => crypto.sha256(typeof data === 'string' ? utf8(data) : new Uint8Array(data));
}

async function checkBinding(
  compact: string,
  binding: string,
  holderKey: Uint8Array,
  issuerKey: Uint8Array,
  crypto: Crypto,
): Promise<Binding> {
  const { header, payload } = reading('the key binding', () => readJwt(binding));
  if (header['alg'] !== JWT_ALGORITHM) throw algorithm('the key binding');
  const read = reading('the key binding', () => {
    exactly(header, { typ: KEY_BINDING_TYPE, alg: JWT_ALGORITHM });
    return readBinding(payload);
  });
  const verify = (key: Uint8Array) => (data: string, signature: string) =>
    crypto.ed25519Verify(fromBase64Url(signature), utf8(data), key);
  const library = new SDJwtInstance({
    hasher: hasherOf(crypto),
    hashAlg: 'sha-256',
    verifier: verify(issuerKey),
    kbVerifier: verify(holderKey),
  });
  try {
    await library.verify(compact, { keyBindingNonce: read.nonce });
  } catch {
    throw new DisclosureError(
      'HOLDER_SIGNATURE',
      'whoever has the document did not bind this presentation, or bound another one',
    );
  }
  return read;
}

function readBinding(payload: JsonObject): Binding {
  const { iat, exp, aud, nonce, sd_hash: digest } = payload;
  exactly(payload, {
    iat: seconds(iat),
    ...(exp === undefined ? {} : { exp: seconds(exp) }),
    aud: textOf(aud),
    nonce: textOf(nonce),
    sd_hash: textOf(digest),
  });
  if (textOf(nonce) === '' || textOf(aud) === '') throw new FormatError('BAD_LINE', 'it names nobody');
  return {
    audience: textOf(aud),
    nonce: textOf(nonce),
    issuedAt: seconds(iat),
    ...(exp === undefined ? {} : { expires: seconds(exp) }),
  };
}

function seconds(value: Json | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value <= 0 || value > 99_999_999_999) {
    throw new FormatError('BAD_LINE', 'not a time in seconds');
  }
  return value;
}

/** The members and their order, byte for byte: what we would have written. */
function exactly(found: JsonObject, expected: JsonObject): void {
  if (!equal(utf8(JSON.stringify(found)), utf8(JSON.stringify(expected)))) {
    throw new FormatError('BAD_LINE', 'its members are not those of this form');
  }
}

function objectOf(value: Json | undefined): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new FormatError('BAD_LINE', 'no object');
  return value as JsonObject;
}

function textOf(value: Json | undefined): string {
  if (typeof value !== 'string' || value.length > MAX_TEXT) throw new FormatError('BAD_LINE', 'no text');
  return value;
}

function algorithm(what: string): DisclosureError {
  return new DisclosureError('CREDENTIAL_ALGORITHM', `${what} is not signed with ${JWT_ALGORITHM}`);
}
