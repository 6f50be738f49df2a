/** The ledger's cryptography by node:crypto, for hosts that hash or check by the million. Same answers as @noble. */
import { createPublicKey, hash, verify } from 'node:crypto';
import { concat, fromHex } from '#ledger/format/bytes.js';
import type { Crypto } from '#ledger/format/crypto.js';

/** SubjectPublicKeyInfo of an Ed25519 key up to the 32 bytes of the key (RFC 8410). */
const SPKI_PREFIX = fromHex('302a300506032b6570032100');

export const nodeCrypto: Crypto = {
  sha256(data) {
    // Twice as fast as a digest in a Buffer, which is allocated outside of V8's heap.
    const text = hash('sha256', data, 'binary');
    const digest = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) digest[i] = text.charCodeAt(i);
    return digest;
  },
  ed25519Verify(signature, message, publicKey) {
    if (signature.length !== 64 || publicKey.length !== 32) return false;
    try {
      const key = createPublicKey({
        key: Buffer.from(concat(SPKI_PREFIX, publicKey)),
        format: 'der',
        type: 'spki',
      });
      return verify(null, message, key, signature);
    } catch {
      return false;
    }
  },
};
