/** Opening a signed note: whose signatures among the trusted keys hold (signed-note v1.0.0, "Verifying a note"). */
import { checkCosignature } from '../format/cosignature.js';
import type { Crypto } from '../format/crypto.js';
import {
  COSIGNATURE_ED25519,
  checkNoteSignature,
  type Note,
  type NoteSignature,
  type VerifierKey,
} from '../format/note.js';
import { VerifyError } from './errors.js';

export interface GoodSignature {
  readonly key: VerifierKey;
  /** Seconds since 1970, for a cosignature. */
  readonly time?: number;
}

/**
 * The good signatures of trusted keys. A signature of an unknown (name, key id) is ignored; a bad one of a known key
 * rejects the whole note (BAD_SIGNATURE). The result may be empty: the caller says what is enough.
 */
export function goodSignatures(note: Note, keys: readonly VerifierKey[], crypto: Crypto): GoodSignature[] {
  return note.signatures.flatMap((signature) => {
    const key = keys.find(({ name, keyId }) => name === signature.name && keyId === signature.keyId);
    return key === undefined ? [] : [checkSignature(note.text, signature, key, crypto)];
  });
}

function checkSignature(
  text: string,
  signature: NoteSignature,
  key: VerifierKey,
  crypto: Crypto,
): GoodSignature {
  if (key.type === COSIGNATURE_ED25519) {
    const time = checkCosignature(text, signature, key, crypto);
    if (time !== undefined) return { key, time };
  } else if (checkNoteSignature(text, signature, key, crypto)) {
    return { key };
  }
  throw new VerifyError('BAD_SIGNATURE', `the signature of ${key.name} does not belong to this text`);
}
