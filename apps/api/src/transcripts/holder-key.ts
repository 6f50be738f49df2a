/** The key that binds presentations of a document to whoever has it, by node:crypto: it follows from the document's S. */
import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { concat, fromHex } from '#ledger/format/bytes.js';
import { holderSeed } from '#transcript/commitments.js';

/** PKCS#8 of an Ed25519 key up to its seed (RFC 8410). */
const PKCS8_PREFIX = fromHex('302e020100300506032b657004220420');
const SPKI_PREFIX_BYTES = 12;

/** @param salt S, 32 bytes */
export function holderKey(salt: Uint8Array): KeyObject {
  const der = Buffer.from(concat(PKCS8_PREFIX, holderSeed(salt)));
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

/** Its public key, 32 bytes. */
export function publicBytes(key: KeyObject): Uint8Array {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return new Uint8Array(spki.subarray(SPKI_PREFIX_BYTES));
}

/** The signature of `message`, 64 bytes; the same each time. */
export function signAsHolder(key: KeyObject, message: Uint8Array): Uint8Array {
  return new Uint8Array(sign(null, message, key));
}
