/** A school's credential key, and a document's credentials signed with it: what the tests disclose from. */
import { commitFields, paddedSize } from '#transcript/fields.js';
import { fromHex } from '#ledger/format/bytes.js';
import { ed25519PublicKey, ed25519Sign, sha256 } from '#ledger/format/crypto.js';
import { credentialName, holderSeed } from '#transcript/commitments.js';
import type { Transcript } from '#transcript/document.js';
import { writeCredential } from '#disclosure/credential.js';
import { proofInputs, secured } from '#disclosure/proof-set.js';
import type { FieldSet } from '#disclosure/salted-fields.js';

export const ISSUER_SEED = new Uint8Array(32).fill(11);
export const ISSUER_KEY = ed25519PublicKey(ISSUER_SEED);

/** The fields of a document with their salts, and padding that is the same every time. */
export function fieldSetOf(transcript: Transcript): FieldSet {
  const fields = commitFields(transcript, fromHex(transcript.salt));
  const missing = paddedSize(fields.length) - fields.length;
  return {
    fields,
    padding: Array.from({ length: missing }, (_, i) => sha256(Uint8Array.of(i >> 8, i & 0xff))),
  };
}

/** The secured credential of a document. */
export function credentialOf(transcript: Transcript): any {
  const unsecured = writeCredential(transcript, credentialName(fromHex(transcript.salt)), ISSUER_KEY);
  const inputs = proofInputs(unsecured, ISSUER_KEY, sha256);
  return secured(unsecured, ISSUER_KEY, {
    jcs: ed25519Sign(inputs.jcs, ISSUER_SEED),
    rdfc: ed25519Sign(inputs.rdfc, ISSUER_SEED),
  });
}

/** The key that binds presentations of a document. */
export function holderSeedOf(transcript: Transcript): Uint8Array {
  return holderSeed(fromHex(transcript.salt));
}
