/**
 * The same document gives the same credentials in every release: of those issued only the signatures are kept, and what
 * `cred` committed to must come out again. The document is frozen here; a hash that changes breaks transcripts out there.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { toHex, utf8 } from '#ledger/format/bytes.js';
import { ed25519PublicKey, ed25519Sign, sha256 } from '#ledger/format/crypto.js';
import { canonicalBytes } from '#disclosure/proof-set.js';
import { signedJwt, writeSdJwt } from '#disclosure/sd-jwt.js';
import { decodeTranscript } from '#transcript/canonical.js';
import { credentialOf, fieldSetOf, holderSeedOf, ISSUER_KEY, ISSUER_SEED } from './issuer.js';

const EXPECTED = [
  [
    'hoc-ba-thcs',
    '9491c36f77ecf80b00416e7a336aaa33113bef0826240a5d256974cb93508cb4',
    'a959abb101afcb077a5c15f84aeb3c0d59893612b66a6dda2589323831b61c5f',
  ],
  [
    'hoc-ba-th',
    'e03550e949ebb6eb273172f11b2b34b986b9fb6d8ef21b0b3de7fd8937e29e15',
    'ae027618e70b7742940fb3792392240fd2a237049cac2eea635d44106c4aa97a',
  ],
] as const;

describe.each(EXPECTED)(
  'the credentials of a document issued with release 1: %s',
  (name, sdJwt, credential) => {
    const file = new URL(`./golden/${name}.jcs`, import.meta.url);
    const document = decodeTranscript(new Uint8Array(readFileSync(file)));

    test('are byte for byte those that its entry commits to', () => {
      const { signingInput } = writeSdJwt(fieldSetOf(document), {
        issuerKey: ISSUER_KEY,
        holderKey: ed25519PublicKey(holderSeedOf(document)),
        origin: document.origin,
      });
      const jwt = signedJwt(signingInput, ed25519Sign(utf8(signingInput), ISSUER_SEED));
      expect(toHex(sha256(utf8(jwt)))).toBe(sdJwt);
      expect(toHex(sha256(canonicalBytes(credentialOf(document))))).toBe(credential);
    });
  },
);
