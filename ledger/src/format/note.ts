/**
 * C2SP signed-note v1.0.0: UTF-8 text, an empty line, and signature lines
 * "— <name> <base64(uint32be key id ‖ signature)>". Opening a note (which keys are trusted, what a bad signature
 * means) is in verify/note.ts; here are only bytes.
 */
import { concat, equal, readBigEndian, toBase64, toHex, u32be, utf8 } from './bytes.js';
import { ed25519PublicKey, ed25519Sign, sha256, type Crypto } from './crypto.js';
import { FormatError } from './errors.js';
import { clip, hasControlCharacter, MAX_TEXT_BYTES, parseBase64, readText } from './text.js';

/** Signature types of signed-note: plain Ed25519, and Ed25519 cosignatures with a time. */
export const ED25519 = 0x01;
export const COSIGNATURE_ED25519 = 0x04;
export type KeyType = typeof ED25519 | typeof COSIGNATURE_ED25519;

export interface NoteSignature {
  readonly name: string;
  /** The key id as an unsigned 32-bit number. */
  readonly keyId: number;
  /** What follows the key id: 64 bytes for Ed25519, 8 + 64 for a cosignature, anything for types unknown to us. */
  readonly signature: Uint8Array;
}

export interface Note {
  /** The signed text; its last character is a newline. */
  readonly text: string;
  /** At least one; one for each (name, key id). */
  readonly signatures: readonly NoteSignature[];
}

/** A public key under the name it signs with. */
export interface VerifierKey {
  readonly name: string;
  readonly type: KeyType;
  readonly keyId: number;
  readonly publicKey: Uint8Array;
}

/** Who signs notes under one name and key. An implementation may keep its key elsewhere (a file, a token). */
export interface NoteSigner extends VerifierKey {
  /** The signature over exactly these bytes. Ed25519 is deterministic: the same bytes give the same signature. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

const MAX_SIGNATURES = 100;
const PREFIX = '— ';

/** The bytes of a note. Text or names that cannot be in a note: FormatError. */
export function formatNote(note: Note): Uint8Array {
  checkText(note.text);
  if (note.signatures.length === 0)
    throw new FormatError('MISSING_LINE', 'a note has at least one signature');
  if (note.signatures.length > MAX_SIGNATURES) throw tooManySignatures();
  return utf8(`${note.text}\n${note.signatures.map(formatSignatureLine).join('')}`);
}

/** One signature line with its newline, as witnesses answer it. */
export function formatSignatureLine(signature: NoteSignature): string {
  checkName(signature.name);
  if (signature.signature.length === 0) throw new FormatError('BAD_LENGTH', 'a signature is empty');
  return `${PREFIX}${signature.name} ${toBase64(concat(u32be(signature.keyId), signature.signature))}\n`;
}

/**
 * A note's text and signatures. Splits at the last empty line. At most 100 signatures are read; a second line of one
 * (name, key id) is dropped, as the specification asks; everything else is strict. `firstLine` is for error messages:
 * the line on which the note begins in the file that it is part of.
 */
export function parseNote(bytes: Uint8Array, maxBytes: number = MAX_TEXT_BYTES, firstLine = 1): Note {
  const message = readText(bytes, maxBytes);
  const split = message.lastIndexOf('\n\n');
  if (split < 0)
    throw new FormatError('MISSING_LINE', 'a note has an empty line between its text and its signatures');
  const text = message.slice(0, split + 1);
  checkText(text, firstLine);
  const afterText = firstLine + text.split('\n').length;
  return { text, signatures: parseSignatureLines(message.slice(split + 2), afterText) };
}

/** One or more signature lines (a witness' answer, the end of a note). `firstLine` is for error messages. */
export function parseSignatureLines(text: string, firstLine = 1): NoteSignature[] {
  const lines = text.split('\n');
  if (lines.pop() !== '') {
    throw new FormatError(
      'MISSING_NEWLINE',
      'the last signature line does not end in a newline',
      firstLine + lines.length,
    );
  }
  if (lines.length === 0)
    throw new FormatError('MISSING_LINE', 'a note has at least one signature', firstLine);
  if (lines.length > MAX_SIGNATURES) throw tooManySignatures();
  const seen = new Set<string>();
  return lines
    .map((line, i) => parseSignatureLine(line, firstLine + i))
    .filter(({ name, keyId }) => {
      const key = `${String(keyId)} ${name}`;
      return !seen.has(key) && seen.add(key);
    });
}

function parseSignatureLine(text: string, line: number): NoteSignature {
  if (hasControlCharacter(text)) throw new FormatError('CONTROL_CHARACTER', 'a control character', line);
  if (!text.startsWith(PREFIX))
    throw new FormatError('BAD_LINE', `not a signature line: "${clip(text)}"`, line);
  const space = text.indexOf(' ', PREFIX.length);
  if (space < 0) throw new FormatError('BAD_LINE', 'a signature line has a name and a signature', line);
  const name = text.slice(PREFIX.length, space);
  checkName(name, line);
  const bytes = parseBase64(text.slice(space + 1), line);
  if (bytes.length < 5)
    throw new FormatError('BAD_LENGTH', 'a signature has a key id and at least one byte', line);
  return { name, keyId: readBigEndian(bytes.subarray(0, 4)), signature: bytes.slice(4) };
}

/** SHA-256(name ‖ 0x0A ‖ type ‖ public key), its first four bytes as a number. */
function computeKeyId(name: string, type: KeyType, publicKey: Uint8Array): number {
  return readBigEndian(sha256(concat(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, 4));
}

/** A verifier key of its parts. A name that is not allowed, or a key not 32 bytes long: FormatError. */
export function verifierKey(name: string, type: KeyType, publicKey: Uint8Array): VerifierKey {
  checkName(name);
  if (publicKey.length !== 32) throw new FormatError('BAD_KEY', 'an Ed25519 public key has 32 bytes');
  return { name, type, publicKey, keyId: computeKeyId(name, type, publicKey) };
}

/** `name+<key id, 8 hex digits>+base64(type ‖ public key)`. */
export function formatVkey(key: VerifierKey): string {
  return `${key.name}+${toHex(u32be(key.keyId))}+${toBase64(concat(Uint8Array.of(key.type), key.publicKey))}`;
}

/** A verifier key of its text; the key id must be the key's own. Splits at the first two "+", as base64 has them too. */
export function parseVkey(text: string, line?: number): VerifierKey {
  const first = text.indexOf('+');
  const second = text.indexOf('+', first + 1);
  if (second < 0) throw new FormatError('BAD_KEY', `"${clip(text)}" is not <name>+<key id>+<base64>`, line);
  const name = text.slice(0, first);
  checkName(name, line);
  const bytes = parseBase64(text.slice(second + 1), line);
  const type = bytes[0];
  if (type !== ED25519 && type !== COSIGNATURE_ED25519) {
    throw new FormatError('UNKNOWN_KEY_TYPE', `signature type ${String(type)} is not supported`, line);
  }
  if (bytes.length !== 33) throw new FormatError('BAD_KEY', 'an Ed25519 public key has 32 bytes', line);
  const key = verifierKey(name, type, bytes.slice(1));
  if (text.slice(first + 1, second) !== toHex(u32be(key.keyId))) {
    throw new FormatError('BAD_KEY', `the key id of ${name} does not belong to its key`, line);
  }
  return key;
}

/** Whether two verifier keys are one and the same. */
export function sameKey(a: VerifierKey, b: VerifierKey): boolean {
  return a.name === b.name && a.type === b.type && equal(a.publicKey, b.publicKey);
}

/** A signer that holds a 32-byte Ed25519 seed in memory. */
export function seedSigner(name: string, type: KeyType, seed: Uint8Array): NoteSigner {
  const key = verifierKey(name, type, ed25519PublicKey(seed));
  return { ...key, sign: (message) => Promise.resolve(ed25519Sign(message, seed)) };
}

/** Whether `signature` (by a plain Ed25519 `key`) is good for `text`. */
export function checkNoteSignature(
  text: string,
  signature: NoteSignature,
  key: VerifierKey,
  crypto: Crypto,
): boolean {
  return key.type === ED25519 && crypto.ed25519Verify(signature.signature, utf8(text), key.publicKey);
}

/** The line that `signer` (a plain Ed25519 key) puts under `text`. */
export async function signNoteText(text: string, signer: NoteSigner): Promise<NoteSignature> {
  if (signer.type !== ED25519)
    throw new FormatError('UNKNOWN_KEY_TYPE', `${signer.name} is not a plain Ed25519 key`);
  checkText(text);
  return { name: signer.name, keyId: signer.keyId, signature: await signer.sign(utf8(text)) };
}

/** A key name: not empty, no Unicode space, no "+", no control character. Else FormatError BAD_NAME. */
export function checkName(name: string, line?: number): void {
  if (name === '' || /[\p{White_Space}+\p{Surrogate}]/u.test(name) || hasControlCharacter(name)) {
    throw new FormatError('BAD_NAME', `"${clip(name)}" cannot be a key name`, line);
  }
}

function checkText(text: string, firstLine = 1): void {
  if (!text.endsWith('\n')) throw new FormatError('MISSING_NEWLINE', 'the text of a note ends in a newline');
  if (/\p{Surrogate}/u.test(text)) throw new FormatError('BAD_UTF8', 'the text holds half a surrogate pair');
  text.split('\n').forEach((line, i) => {
    if (hasControlCharacter(line))
      throw new FormatError('CONTROL_CHARACTER', 'a control character', firstLine + i);
  });
}

function tooManySignatures(): FormatError {
  return new FormatError('TOO_MANY', `more than ${String(MAX_SIGNATURES)} signature lines`);
}
