/** Keys, signature lines, notes and cosignatures: what is signed, and what is refused. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toBase64 } from '#ledger/format/bytes.js';
import { checkCosignature, cosignNoteText } from '#ledger/format/cosignature.js';
import { nobleCrypto } from '#ledger/format/crypto.js';
import {
  checkName,
  checkNoteSignature,
  COSIGNATURE_ED25519,
  ED25519,
  formatNote,
  formatSignatureLine,
  formatVkey,
  parseNote,
  parseSignatureLines,
  parseVkey,
  sameKey,
  seedSigner,
  signNoteText,
  verifierKey,
  type VerifierKey,
} from '#ledger/format/note.js';
import { goodSignatures } from '#ledger/verify/note.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';

const code = (value: string) => expect.objectContaining({ name: 'FormatError', code: value });

describe('keys and signatures', () => {
  test('a verifier key splits at its first two pluses only, and its id is its own', () => {
    const keys = Array.from({ length: 60 }, (_, i) =>
      seedSigner('a.example', ED25519, new Uint8Array(32).fill(i)),
    );
    expect(keys.some((key) => formatVkey(key).split('+').length > 3)).toBe(true);
    for (const key of keys) expect(parseVkey(formatVkey(key)).publicKey).toEqual(key.publicKey);
    const vkey = formatVkey(seedSigner('a.example', ED25519, new Uint8Array(32)));
    const [, , material = ''] = vkey.split('+');
    for (const [text, error] of [
      ['', 'BAD_KEY'],
      ['a.example+00000000', 'BAD_KEY'],
      [vkey.replace('a.example', 'b.example'), 'BAD_KEY'],
      [vkey.toUpperCase().replace('A.EXAMPLE', 'a.example'), 'BAD_KEY'],
      [`a.example+00000000+Ag${material.slice(2)}`, 'UNKNOWN_KEY_TYPE'],
      [`a.example+00000000+${toBase64(new Uint8Array([1, 2, 3]))}`, 'BAD_KEY'],
      [`+00000000+${material}`, 'BAD_NAME'],
    ] as const) {
      expect(() => parseVkey(text)).toThrow(code(error));
    }
  });

  test('a duplicate of one name and key id is dropped, a stranger ignored, a bad known one rejects the note', async () => {
    const text = 'text\n';
    const known = seedSigner('known.example', ED25519, new Uint8Array(32).fill(1));
    const stranger = seedSigner('stranger.example', ED25519, new Uint8Array(32).fill(2));
    const good = await signNoteText(text, known);
    const bad = { ...good, signature: good.signature.map((byte) => byte ^ 1) };
    const note = (...signatures: (typeof good)[]) => parseNote(formatNote({ text, signatures }));
    expect(note(good, bad).signatures).toEqual([good]);
    expect(goodSignatures(note(good, bad), [known], nobleCrypto)).toHaveLength(1);
    expect(() => goodSignatures(note(bad, good), [known], nobleCrypto)).toThrow(
      expect.objectContaining({ code: 'BAD_SIGNATURE' }),
    );
    const strange = { ...(await signNoteText(text, stranger)), signature: new Uint8Array(64) };
    expect(goodSignatures(note(strange, good), [known], nobleCrypto)).toHaveLength(1);
    expect(goodSignatures(note(strange), [known], nobleCrypto)).toEqual([]);
    // The name alone, or the id alone, does not make a key known.
    expect(
      goodSignatures(note({ ...bad, keyId: (bad.keyId ^ 1) >>> 0 }, good), [known], nobleCrypto),
    ).toHaveLength(1);
    expect(goodSignatures(note({ ...bad, name: 'other.example' }, good), [known], nobleCrypto)).toHaveLength(
      1,
    );
  });

  test('row 32: a plain key does not cosign and a cosignature key does not sign, nor does one pass for the other', async () => {
    const seed = new Uint8Array(32).fill(1);
    const [plain, cosigner] = [
      seedSigner('k.example', ED25519, seed),
      seedSigner('k.example', COSIGNATURE_ED25519, seed),
    ];
    await expect(signNoteText('x\n', cosigner)).rejects.toThrow(code('UNKNOWN_KEY_TYPE'));
    await expect(cosignNoteText('x\n', 1, plain)).rejects.toThrow(code('UNKNOWN_KEY_TYPE'));
    const line = await cosignNoteText('x\n', 1, cosigner);
    expect(goodSignatures({ text: 'x\n', signatures: [line] }, [cosigner], nobleCrypto)).toMatchObject([
      { time: 1 },
    ]);
    expect(() =>
      goodSignatures({ text: 'x\n', signatures: [{ ...line, keyId: plain.keyId }] }, [plain], nobleCrypto),
    ).toThrow();
    for (const signature of [
      line.signature.slice(1),
      line.signature.map((byte, i) => (i === 0 ? 255 : byte)),
    ]) {
      expect(() =>
        goodSignatures({ text: 'x\n', signatures: [{ ...line, signature }] }, [cosigner], nobleCrypto),
      ).toThrow(expect.objectContaining({ code: 'BAD_SIGNATURE' }));
    }
  });

  test('both providers of SHA-256 agree', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(nodeCrypto.sha256(new Uint8Array(bytes))).toEqual(nobleCrypto.sha256(new Uint8Array(bytes)));
      }),
    );
  });
});

describe('what cannot be written, or decoded, is refused in words', () => {
  const log = seedSigner('a.example/log', ED25519, new Uint8Array(32).fill(1));
  const line = { name: log.name, keyId: log.keyId, signature: new Uint8Array(64) };
  const note = formatNote({ text: 'text\n', signatures: [line] });
  const hash = new Uint8Array(32);

  test('the limits themselves are written', () => {
    formatNote({ text: 'text\n', signatures: Array.from({ length: 100 }, () => line) });
    formatSignatureLine({ ...line, signature: new Uint8Array(1) });
    expect(parseNote(note, note.length).signatures).toHaveLength(1);
  });

  test.each<[string, () => unknown, string, string]>([
    [
      'a note that nobody signed',
      () => formatNote({ text: 'text\n', signatures: [] }),
      'MISSING_LINE',
      'a note has at least one signature',
    ],
    [
      '101 signatures',
      () => formatNote({ text: 'text\n', signatures: Array.from({ length: 101 }, () => line) }),
      'TOO_MANY',
      'more than 100 signature lines',
    ],
    [
      'a text without its newline',
      () => formatNote({ text: 'text', signatures: [line] }),
      'MISSING_NEWLINE',
      'the text of a note ends in a newline',
    ],
    [
      'half a surrogate pair',
      () => formatNote({ text: '\ud800\n', signatures: [line] }),
      'BAD_UTF8',
      'the text holds half a surrogate pair',
    ],
    [
      'a tab in the second line',
      () => formatNote({ text: 'a\n\tb\n', signatures: [line] }),
      'CONTROL_CHARACTER',
      'line 2: a control character',
    ],
    [
      'an empty signature',
      () => formatSignatureLine({ ...line, signature: new Uint8Array(0) }),
      'BAD_LENGTH',
      'a signature is empty',
    ],
    [
      'a name with a space',
      () => formatSignatureLine({ ...line, name: 'a b' }),
      'BAD_NAME',
      '"a b" cannot be a key name',
    ],
    [
      'a name with half a surrogate pair',
      () => formatSignatureLine({ ...line, name: 'a\udc00' }),
      'BAD_NAME',
      '"a\\u{dc00}" cannot be a key name',
    ],
    [
      'a name that would turn the message around',
      () => verifierKey('a\u202eb\u0007 c', ED25519, hash),
      'BAD_NAME',
      '"a\\u{202e}b\\u{7} c" cannot be a key name',
    ],
    [
      'a short key',
      () => verifierKey('a', ED25519, hash.slice(1)),
      'BAD_KEY',
      'an Ed25519 public key has 32 bytes',
    ],
    [
      'a note over its limit',
      () => parseNote(note, note.length - 1),
      'TOO_LONG',
      `${String(note.length)} bytes; at most ${String(note.length - 1)} are read`,
    ],
    [
      'a million bytes',
      () => parseNote(new Uint8Array(1_000_001)),
      'TOO_LONG',
      '1000001 bytes; at most 1000000 are read',
    ],
    [
      'signature lines of nobody',
      () => parseSignatureLines(''),
      'MISSING_LINE',
      'line 1: a note has at least one signature',
    ],
  ])('%s', (_what, write, error, message) => {
    expect(write).toThrow(expect.objectContaining({ name: 'FormatError', code: error, message }));
  });

  test('a witness key does not sign, a log key does not cosign', async () => {
    const witness = seedSigner('w', COSIGNATURE_ED25519, new Uint8Array(32));
    await expect(signNoteText('x\n', witness)).rejects.toThrow('w is not a plain Ed25519 key');
    await expect(cosignNoteText('x\n', 1, log)).rejects.toThrow('a.example/log is not a cosignature key');
    await expect(signNoteText('x', log)).rejects.toThrow(code('MISSING_NEWLINE'));
  });

  test('a cosignature has 72 bytes of a cosignature key, whatever the provider of cryptography says', async () => {
    const witness = seedSigner('w', COSIGNATURE_ED25519, new Uint8Array(32));
    const lenient = { ...nobleCrypto, ed25519Verify: () => true };
    const good = await cosignNoteText('x\n', 7, witness);
    const check = (signature: Uint8Array, by: VerifierKey = witness) =>
      checkCosignature('x\n', { ...good, signature }, by, lenient);
    expect(check(good.signature)).toBe(7);
    expect(check(good.signature.slice(0, 71))).toBeUndefined();
    expect(check(new Uint8Array(73))).toBeUndefined();
    expect(check(good.signature, { ...witness, type: ED25519 })).toBeUndefined();
    expect(checkNoteSignature('x\n', good, witness, lenient)).toBe(false);
    expect(checkNoteSignature('x\n', good, { ...witness, type: ED25519 }, lenient)).toBe(true);
  });

  test('keys are the same by name, type and bytes, all three', () => {
    const other = seedSigner(log.name, ED25519, new Uint8Array(32).fill(2));
    expect(sameKey(log, parseVkey(formatVkey(log)))).toBe(true);
    expect(sameKey(log, { ...log, name: 'b' })).toBe(false);
    expect(sameKey(log, { ...log, type: COSIGNATURE_ED25519 })).toBe(false);
    expect(sameKey(log, other)).toBe(false);
  });

  test('a message shows at most 40 characters of what was sent', () => {
    expect(() => checkName(`${'x'.repeat(40)} `)).toThrow(`"${'x'.repeat(40)}…" cannot be a key name`);
    expect(() => checkName(`${'x'.repeat(38)} y`)).toThrow(`"${'x'.repeat(38)} y" cannot be a key name`);
  });
});
