/** node:crypto in the place of @noble: the same answers, some twenty times faster. For hosts that check many signatures. */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { CryptoProvider } from '#signing/crypto-provider.js';
import { isAcceptableRsaKey } from '#signing/rsa.js';

/** SubjectPublicKeyInfo of a P-256 key up to its point. */
const SPKI_HEAD = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');

/** Keys already read, by their points: a school's documents are signed by a few, and reading one takes as long as checking. */
const keys = new Map<string, KeyObject>();
const KEYS_KEPT = 256;

/** @throws Error for a point that is not on the curve */
function keyOf(point: Uint8Array): KeyObject {
  const name = Buffer.from(point.buffer, point.byteOffset, point.length).toString('base64');
  const known = keys.get(name);
  if (known !== undefined) return known;
  const der = Buffer.concat([SPKI_HEAD, point]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  if (keys.size >= KEYS_KEPT) keys.clear();
  keys.set(name, key);
  return key;
}

export const nodeProvider: CryptoProvider = {
  sha256: (data) => new Uint8Array(createHash('sha256').update(data).digest()),
  verifyP256: (point, message, signature) => {
    if (point.length !== 65 || signature.length !== 64) return false;
    try {
      return verify('sha256', message, { key: keyOf(point), dsaEncoding: 'ieee-p1363' }, signature);
    } catch {
      return false;
    }
  },
  verifyRsa: (rsa, message, signature) => {
    if (!isAcceptableRsaKey(rsa) || signature.length !== rsa.modulus.length) return false;
    const text = (octets: Uint8Array) => Buffer.from(octets).toString('base64url');
    const jwk = { kty: 'RSA', n: text(rsa.modulus), e: text(rsa.exponent) };
    try {
      return verify('sha256', message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
    } catch {
      return false;
    }
  },
};
