/** The school's credential key in the ledger: a `key.added` with the salted hash of its SubjectPublicKeyInfo. */
import { concat, fromHex, toBase64 } from '#ledger/format/bytes.js';
import type { LeafDraft } from '#ledger/format/leaf.js';
import { certificateCommitment } from '#transcript/commitments.js';

/** SubjectPublicKeyInfo of an Ed25519 key up to the 32 bytes of the key (RFC 8410). */
const SPKI_PREFIX = fromHex('302a300506032b6570032100');

/** C("cert", salt, SHA-256(SPKI)): as for a signer's certificate, which this key has none of. */
export function credentialKeyCommitment(salt: Uint8Array, publicKey: Uint8Array): Uint8Array {
  return certificateCommitment(salt, concat(SPKI_PREFIX, publicKey));
}

/** The outbox draft that logs the key, before it signs anything. */
export function credentialKeyLeaf(salt: Uint8Array, publicKey: Uint8Array): LeafDraft {
  return { type: 'key.added', body: { cert: toBase64(credentialKeyCommitment(salt, publicKey)) } };
}

/** The outbox draft that retires the key: credentials of entries from `invalidFrom` on do not count. */
export function credentialKeyRetiredLeaf(
  salt: Uint8Array,
  publicKey: Uint8Array,
  invalidFrom: number,
): LeafDraft {
  const cert = toBase64(credentialKeyCommitment(salt, publicKey));
  return { type: 'key.retired', body: { cert, invalidFrom } };
}
