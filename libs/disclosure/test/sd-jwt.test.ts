/** The issuer's SD-JWT against @sd-jwt/core: the same bytes when made, the same fields when checked. */
import { createHash } from 'node:crypto';
import { SDJwtInstance } from '@sd-jwt/core';
import { describe, expect, test } from '@jest/globals';
import { utf8 } from '#ledger/format/bytes.js';
import { ed25519PublicKey, ed25519Sign, nobleCrypto } from '#ledger/format/crypto.js';
import { fromBase64Url, toBase64Url } from '#disclosure/base64url.js';
import { didKey, verificationMethod } from '#disclosure/did-key.js';
import { signedJwt, writeSdJwt } from '#disclosure/sd-jwt.js';
import { PRIMARY, SECONDARY } from '../../transcript/test/samples.js';
import { fieldSetOf, holderSeedOf, ISSUER_KEY, ISSUER_SEED } from './issuer.js';

const hasher = (data: string | ArrayBuffer): Uint8Array =>
  new Uint8Array(
    createHash('sha256')
      .update(typeof data === 'string' ? data : new Uint8Array(data))
      .digest(),
  );

/** What the library makes of the same document, its salts injected in the order in which it asks for them. */
async function byLibrary(transcript: typeof SECONDARY): Promise<string> {
  const { fields, padding } = fieldSetOf(transcript);
  const salts = [...fields.map(({ salt }) => salt), ...padding].map(toBase64Url);
  const instance = new SDJwtInstance({
    hasher,
    hashAlg: 'sha-256',
    signAlg: 'EdDSA',
    signer: (data: string) => toBase64Url(ed25519Sign(utf8(data), ISSUER_SEED)),
    saltGenerator: () => salts.shift() ?? '',
  });
  const claims = {
    iss: didKey(ISSUER_KEY),
    origin: transcript.origin,
    cnf: {
      jwk: { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(ed25519PublicKey(holderSeedOf(transcript))) },
    },
    ...Object.fromEntries(fields.map(({ path, value }) => [path, value])),
  };
  const frame = { _sd: fields.map(({ path }) => path), _sd_decoy: padding.length } as never;
  return instance.issue(claims, frame, {
    header: { typ: 'hoc-ba+sd-jwt', kid: verificationMethod(ISSUER_KEY) },
  });
}

function byUs(transcript: typeof SECONDARY): {
  readonly jwt: string;
  readonly disclosures: readonly string[];
} {
  const { signingInput, disclosures } = writeSdJwt(fieldSetOf(transcript), {
    issuerKey: ISSUER_KEY,
    holderKey: ed25519PublicKey(holderSeedOf(transcript)),
    origin: transcript.origin,
  });
  const jwt = signedJwt(signingInput, ed25519Sign(utf8(signingInput), ISSUER_SEED));
  return { jwt, disclosures: [...disclosures.values()] };
}

describe.each([
  ['lower secondary', SECONDARY],
  ['primary', PRIMARY],
])('the issuer’s SD-JWT of a document: %s', (_, transcript) => {
  test('is byte for byte what @sd-jwt/core writes', async () => {
    const { jwt, disclosures } = byUs(transcript);
    expect([jwt, ...disclosures, ''].join('~')).toBe(await byLibrary(transcript));
  });

  test('row 33: shows nothing of the document without a disclosure, and how many fields it has only roughly', () => {
    const { jwt } = byUs(transcript);
    const payload = JSON.parse(new TextDecoder().decode(fromBase64Url(jwt.split('.')[1] ?? '')));
    expect(Object.keys(payload)).toEqual(['iss', 'origin', 'cnf', '_sd', '_sd_alg']);
    expect(payload._sd).toHaveLength(256);
    expect(fieldSetOf(transcript).fields.every(({ salt }) => salt.length === 32)).toBe(true);
  });

  test('gives the library the disclosed fields, and no others', async () => {
    const { jwt, disclosures } = byUs(transcript);
    const instance = new SDJwtInstance({
      hasher,
      hashAlg: 'sha-256',
      verifier: (data: string, signature: string) =>
        nobleCrypto.ed25519Verify(fromBase64Url(signature), utf8(data), ISSUER_KEY),
    });
    const { payload } = await instance.verify(`${jwt}~${disclosures[0] ?? ''}~${disclosures[7] ?? ''}~`);
    const { fields } = fieldSetOf(transcript);
    expect(payload).toMatchObject({
      [fields[0]?.path ?? '']: fields[0]?.value,
      [fields[7]?.path ?? '']: fields[7]?.value,
    });
    expect(Object.keys(payload as object)).toHaveLength(5);
  });
});
