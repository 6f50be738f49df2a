/**
 * The primitives of verification, so that a Node host may put node:crypto in their place (libs/signing/node) where
 * thousands of signatures are checked. A test holds both implementations to the same answer on every vector.
 */
import { p256 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { verifyRsaDigest, type RsaPublicKey } from './rsa.js';

export interface CryptoProvider {
  sha256(data: Uint8Array): Uint8Array;

  /**
   * Whether `signature` (r‖s, 64 bytes, high or low s) is ECDSA P-256/SHA-256 of `message` by the key whose uncompressed
   * point (65 bytes) is `point`. A point off the curve, or a signature out of range, is false and never an exception.
   */
  verifyP256(point: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;

  /**
   * Whether `signature` is RSASSA-PKCS1-v1_5/SHA-256 of `message` by the key. A key that rsa.ts does not accept, or a
   * signature of another length than the modulus, is false and never an exception.
   */
  verifyRsa(key: RsaPublicKey, message: Uint8Array, signature: Uint8Array): boolean;
}

/** Pure JavaScript, the same in the browser and in Node. */
export const nobleProvider: CryptoProvider = {
  sha256: (data) => sha256(data),
  verifyP256: (point, message, signature) => {
    try {
      return p256.verify(signature, message, point, { lowS: false });
    } catch {
      return false;
    }
  },
  verifyRsa: (key, message, signature) => verifyRsaDigest(key, sha256(message), signature),
};
