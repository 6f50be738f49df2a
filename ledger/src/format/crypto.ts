/**
 * The cryptography the ledger needs, behind a seam: @noble by default (browser and Node alike); a Node host that hashes
 * or checks by the million may pass its own functions, which must agree on every input.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';

/** SHA-256 of `data`, 32 bytes in a new array. It does not keep `data`, which the caller may use again. */
export type Sha256 = (data: Uint8Array) => Uint8Array;

export interface Crypto {
  readonly sha256: Sha256;
  /** Whether `signature` (64 bytes) of `message` is good under `publicKey` (32 bytes). Never throws on bad bytes. */
  ed25519Verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
}

export const sha256: Sha256 = (data) => nobleSha256(data);

export const nobleCrypto: Crypto = {
  sha256,
  ed25519Verify(signature, message, publicKey) {
    try {
      // RFC 8032 rules, not ZIP-215: what we accept must be what Go and OpenSSL accept.
      return ed25519.verify(signature, message, publicKey, { zip215: false });
    } catch {
      return false;
    }
  },
};

/** The Ed25519 public key (32 bytes) of a 32-byte seed. */
export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(seed);
}

/** The deterministic Ed25519 signature (64 bytes) of `message` under a 32-byte seed. */
export function ed25519Sign(message: Uint8Array, seed: Uint8Array): Uint8Array {
  return ed25519.sign(message, seed);
}
