/** node:crypto in the place of @noble: the same answers, some twenty times faster. For hosts that check many signatures. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { CryptoProvider } from '#signing/crypto-provider.js';

/** SubjectPublicKeyInfo of a P-256 key up to its point. */
const SPKI_HEAD = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');

export const nodeProvider: CryptoProvider = {
  sha256: (data) => new Uint8Array(createHash('sha256').update(data).digest()),
  verifyP256: (point, message, signature) => {
    if (point.length !== 65 || signature.length !== 64) return false;
    try {
      const der = Buffer.concat([SPKI_HEAD, point]);
      const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
      return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature);
    } catch {
      return false;
    }
  },
};
