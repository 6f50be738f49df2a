/** C2SP tlog-cosignature v1.0.1, Ed25519: a witness' signature over a checkpoint and the time it saw it. */
import { concat, readBigEndian, u64be, utf8 } from './bytes.js';
import { FormatError } from './errors.js';
import type { Crypto } from './crypto.js';
import { COSIGNATURE_ED25519, type NoteSignature, type NoteSigner, type VerifierKey } from './note.js';

/** The bytes a witness signs: `cosignature/v1\ntime <t>\n` and the note's text. */
function cosignatureMessage(time: number, text: string): Uint8Array {
  return utf8(`cosignature/v1\ntime ${String(time)}\n${text}`);
}

/** The line that a witness puts under a note's `text` at `time` (seconds). */
export async function cosignNoteText(text: string, time: number, signer: NoteSigner): Promise<NoteSignature> {
  if (signer.type !== COSIGNATURE_ED25519) {
    throw new FormatError('UNKNOWN_KEY_TYPE', `${signer.name} is not a cosignature key`);
  }
  const signature = await signer.sign(cosignatureMessage(time, text));
  return { name: signer.name, keyId: signer.keyId, signature: concat(u64be(time), signature) };
}

/** The time (seconds) that a good cosignature by `key` states; undefined when it is not good for `text`. */
export function checkCosignature(
  text: string,
  { signature: bytes }: NoteSignature,
  key: VerifierKey,
  crypto: Crypto,
): number | undefined {
  // uint64be time ‖ 64-byte signature. A time of 2^53 seconds or more is no time: the first 11 bits are zero.
  if (key.type !== COSIGNATURE_ED25519 || bytes.length !== 72) return undefined;
  if (bytes[0] !== 0 || (bytes[1] ?? 0) > 0x1f) return undefined;
  const [time, signature] = [readBigEndian(bytes.subarray(0, 8)), bytes.slice(8)];
  return crypto.ed25519Verify(signature, cosignatureMessage(time, text), key.publicKey) ? time : undefined;
}
