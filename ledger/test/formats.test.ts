import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  compareBytes,
  fromBase32,
  fromBase64,
  fromHex,
  fromUtf8,
  readBigEndian,
  toBase32,
  toBase64,
  toHex,
  u16be,
  u32be,
  u64be,
  utf8,
} from '#ledger/format/bytes.js';
import { formatAddCheckpoint } from '#ledger/format/add-checkpoint.js';
import { formatCheckpoint } from '#ledger/format/checkpoint.js';
import { checkCosignature, cosignNoteText } from '#ledger/format/cosignature.js';
import { nobleCrypto } from '#ledger/format/crypto.js';
import {
  formatLeaf,
  genesis,
  parseLeaf,
  schoolOfOrigin,
  checkDraft,
  type LeafDraft,
} from '#ledger/format/leaf.js';
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
import { nodeHash } from '#ledger/format/hash.js';
import { canonicalize, parseCanonical, type Json } from '#ledger/format/jcs.js';
import { formatPolicy, quorumHolds } from '#ledger/format/policy.js';
import { formatProof } from '#ledger/format/proof.js';
import {
  formatBundle,
  formatTilePath,
  levelCount,
  parseBundle,
  parseTilePath,
  tileCount,
  type Tile,
} from '#ledger/format/tile.js';
import { goodSignatures } from '#ledger/verify/note.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';

const code = (value: string) => expect.objectContaining({ name: 'FormatError', code: value });

describe('text encodings', () => {
  test('base64, base32, hexadecimal and numbers come back as they went', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (given) => {
        const bytes = new Uint8Array(given);
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
        expect(fromBase32(toBase32(bytes))).toEqual(bytes);
        expect(fromHex(toHex(bytes))).toEqual(bytes);
      }),
    );
    expect(toBase32(utf8('foobar'))).toBe('MZXW6YTBOI');
    expect([u16be(258), u32be(0xdeadbeef), u64be(2 ** 40 + 1)].map(readBigEndian)).toEqual([
      258,
      0xdeadbeef,
      2 ** 40 + 1,
    ]);
    expect(compareBytes(utf8('ab'), utf8('b'))).toBeLessThan(0);
    expect(compareBytes(utf8('a'), utf8('ab'))).toBeLessThan(0);
  });

  test('a text has one spelling: no other base64 or base32 is taken', () => {
    for (const text of [
      'A',
      'AA',
      'AAA',
      'AA=',
      'AB==',
      'AAB=',
      'AA==\n',
      'A===',
      '====',
      'AA-_',
      ' AAA',
      'AAAÁ',
    ]) {
      expect(() => fromBase64(text)).toThrow(code('BAD_BASE64'));
    }
    for (const text of ['A', 'AB', 'aa', 'AAAAAA=', 'A1']) expect(() => fromBase32(text)).toThrow();
    for (const text of ['A', 'AB', 'zz', '0x']) expect(() => fromHex(text)).toThrow(code('BAD_HEX'));
    expect(() => u16be(65_536)).toThrow(RangeError);
    expect(() => readBigEndian(new Uint8Array(8).fill(255))).toThrow(code('BAD_NUMBER'));
  });
});

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

  test('a plain key does not cosign and a cosignature key does not sign, nor does one pass for the other', async () => {
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
  const hashes = (count: number): Uint8Array[] => Array.from({ length: count }, () => hash);

  test('the limits themselves are written', () => {
    formatNote({ text: 'text\n', signatures: Array.from({ length: 100 }, () => line) });
    formatProof({ index: 0, hashes: hashes(63), checkpoint: note });
    formatAddCheckpoint({ old: 0, hashes: hashes(63), checkpoint: note });
    formatTilePath({ level: 63, index: Number.MAX_SAFE_INTEGER, width: 256 });
    formatBundle(Array.from({ length: 256 }, () => hash));
    formatSignatureLine({ ...line, signature: new Uint8Array(1) });
    parseNote(note, note.length);
    expect(u64be(Number.MAX_SAFE_INTEGER)).toEqual(fromHex('001fffffffffffff'));
    expect([u16be(65_535), u32be(2 ** 32 - 1)]).toEqual([fromHex('ffff'), fromHex('ffffffff')]);
    expect(readBigEndian(fromHex('001fffffffffffff'))).toBe(Number.MAX_SAFE_INTEGER);
    expect(parseCanonical(utf8(`${'['.repeat(64)}${']'.repeat(64)}`))).toHaveLength(1);
    expect(parseCanonical(utf8('"é"'), 4)).toBe('é');
  });

  test.each<[string, () => unknown, string, string]>([
    [
      'bytes that are no UTF-8',
      () => fromUtf8(Uint8Array.of(0xff)),
      'BAD_UTF8',
      'these bytes are not UTF-8 text',
    ],
    [
      'odd hexadecimal',
      () => fromHex('abc'),
      'BAD_HEX',
      'expected lower-case hexadecimal, two digits a byte',
    ],
    [
      'half a base64',
      () => fromBase64('A'),
      'BAD_BASE64',
      'expected standard base64 with padding, in its one canonical form',
    ],
    [
      'a base32 digit of another alphabet',
      () => fromBase32('A1'),
      'BAD_LINE',
      '"1" is not a base32 digit (A–Z, 2–7)',
    ],
    [
      'a base32 digit too many',
      () => fromBase32('AAA'),
      'BAD_LENGTH',
      'not a whole number of bytes in base32',
    ],
    [
      'eight full bytes',
      () => readBigEndian(fromHex('0020000000000000')),
      'BAD_NUMBER',
      'the number is above 2^53 − 1',
    ],
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
    [
      'a checkpoint of half an entry',
      () => formatCheckpoint({ origin: 'a', size: 0.5, root: hash }),
      'BAD_NUMBER',
      'line 2: 0.5 is no tree size',
    ],
    [
      'a checkpoint of −1 entries',
      () => formatCheckpoint({ origin: 'a', size: -1, root: hash }),
      'BAD_NUMBER',
      'line 2: -1 is no tree size',
    ],
    [
      'a short root',
      () => formatCheckpoint({ origin: 'a', size: 1, root: hash.slice(1) }),
      'BAD_LENGTH',
      'line 3: a root has 32 bytes',
    ],
    [
      'an origin of two words',
      () => formatCheckpoint({ origin: 'a b', size: 1, root: hash }),
      'BAD_NAME',
      'line 1: "a b" cannot be a key name',
    ],
    [
      'an index of −1',
      () => formatProof({ index: -1, hashes: [], checkpoint: note }),
      'BAD_NUMBER',
      '-1 is no index',
    ],
    [
      'half an index',
      () => formatProof({ index: 0.5, hashes: [], checkpoint: note }),
      'BAD_NUMBER',
      '0.5 is no index',
    ],
    [
      'an empty extra',
      () => formatProof({ index: 0, hashes: [], checkpoint: note, extra: new Uint8Array(0) }),
      'BAD_LENGTH',
      'an empty extra line is left out',
    ],
    [
      '64 hashes of a proof',
      () => formatProof({ index: 0, hashes: hashes(64), checkpoint: note }),
      'TOO_MANY',
      'more than 63 hashes',
    ],
    [
      'a short hash',
      () => formatProof({ index: 0, hashes: [hash.slice(1)], checkpoint: note }),
      'BAD_LENGTH',
      'a hash has 32 bytes',
    ],
    [
      'a proof under no note',
      () => formatProof({ index: 0, hashes: [], checkpoint: hash }),
      'MISSING_LINE',
      'a note has an empty line between its text and its signatures',
    ],
    [
      'an old size of −1',
      () => formatAddCheckpoint({ old: -1, hashes: [], checkpoint: note }),
      'BAD_NUMBER',
      '-1 is no tree size',
    ],
    [
      'half an old size',
      () => formatAddCheckpoint({ old: 0.5, hashes: [], checkpoint: note }),
      'BAD_NUMBER',
      '0.5 is no tree size',
    ],
    [
      '64 hashes of a request',
      () => formatAddCheckpoint({ old: 1, hashes: hashes(64), checkpoint: note }),
      'TOO_MANY',
      'more than 63 hashes',
    ],
    [
      'a request under no note',
      () => formatAddCheckpoint({ old: 1, hashes: [], checkpoint: hash }),
      'MISSING_LINE',
      'a note has an empty line between its text and its signatures',
    ],
    [
      'a tile number −1',
      () => formatTilePath({ level: 0, index: -1, width: 1 }),
      'BAD_NUMBER',
      '-1 is no tile index',
    ],
    [
      'half a tile',
      () => formatTilePath({ level: 0, index: 0.5, width: 1 }),
      'BAD_NUMBER',
      '0.5 is no tile index',
    ],
    [
      'a width of 0',
      () => formatTilePath({ level: 0, index: 0, width: 0 }),
      'BAD_NUMBER',
      'a tile is 1 to 256 wide, not 0',
    ],
    [
      'a width of 257',
      () => formatTilePath({ level: 0, index: 0, width: 257 }),
      'BAD_NUMBER',
      'a tile is 1 to 256 wide, not 257',
    ],
    [
      'half a width',
      () => formatTilePath({ level: 0, index: 0, width: 1.5 }),
      'BAD_NUMBER',
      'a tile is 1 to 256 wide, not 1.5',
    ],
    [
      'a level of −1',
      () => formatTilePath({ level: -1, index: 0, width: 1 }),
      'BAD_NUMBER',
      '-1 is no tile level',
    ],
    [
      'a level of 64',
      () => formatTilePath({ level: 64, index: 0, width: 1 }),
      'BAD_NUMBER',
      '64 is no tile level',
    ],
    [
      'half a level',
      () => formatTilePath({ level: 0.5, index: 0, width: 1 }),
      'BAD_NUMBER',
      '0.5 is no tile level',
    ],
    ['a bundle of nothing', () => formatBundle([]), 'BAD_LENGTH', 'a bundle has 1 to 256 entries, not 0'],
    [
      'a bundle of 257',
      () => formatBundle(hashes(257)),
      'BAD_LENGTH',
      'a bundle has 1 to 256 entries, not 257',
    ],
    [
      'an entry over 65,535 bytes',
      () => formatBundle([new Uint8Array(65_536)]),
      'TOO_LONG',
      'an entry of 65536 bytes; at most 65,535 fit a bundle',
    ],
    [
      'a number that JSON has not',
      () => canonicalize(Number.NaN),
      'BAD_JSON',
      'JSON has no NaN and no infinity',
    ],
    [
      'a value that JSON has not',
      () => canonicalize(undefined as unknown as Json),
      'BAD_JSON',
      'JSON has no undefined',
    ],
    ['half a character', () => canonicalize('\ud800'), 'BAD_JSON', 'a string holds half a surrogate pair'],
    [
      'a key that is half a character',
      () => canonicalize({ '\ud800': 1 }),
      'BAD_JSON',
      'a string holds half a surrogate pair',
    ],
    [
      'JSON 65 levels deep',
      () => parseCanonical(utf8(`${'['.repeat(66)}${']'.repeat(66)}`)),
      'TOO_DEEP',
      'JSON nested deeper than 64 levels',
    ],
    [
      'JSON over its limit',
      () => parseCanonical(utf8('"é"'), 3),
      'TOO_LONG',
      '4 bytes of JSON; at most 3 are read',
    ],
    [
      'an origin without a school',
      () => schoolOfOrigin('a.example'),
      'BAD_NAME',
      'the origin a.example is not <domain>/<school code>',
    ],
    ['a draft of no type', () => checkDraft({ type: 'x', body: {} }), 'BAD_FIELD', '"x" is no leaf type'],
    [
      'a leaf over 4,096 bytes',
      () =>
        formatLeaf(
          { type: 'key.added', body: { cert: toBase64(hash) } },
          { seq: 0, prev: toBase64(hash), at: '2026-11-21T03:00:00.000Z', school: 'x'.repeat(4096) },
        ),
      'TOO_LONG',
      'a leaf of 4291 bytes; at most 4096 are allowed',
    ],
    [
      'a policy word of two words',
      () => formatPolicy({ logs: [{ key: log, url: 'a b' }], witnesses: [], groups: [], quorum: null }),
      'BAD_NAME',
      '"a b" is not one word',
    ],
    [
      'a policy with an undefined quorum',
      () => formatPolicy({ logs: [], witnesses: [], groups: [], quorum: 'x' }),
      'BAD_NAME',
      'line 1: "x" is not defined before this line',
    ],
  ])('%s', (_what, write, error, message) => {
    expect(write).toThrow(expect.objectContaining({ name: 'FormatError', code: error, message }));
  });

  test.each<[string, () => unknown, string]>([
    ['65,536 in two bytes', () => u16be(65_536), '65536 does not fit 2 unsigned bytes'],
    ['2^32 in four bytes', () => u32be(2 ** 32), '4294967296 does not fit 4 unsigned bytes'],
    ['2^53 in eight bytes', () => u64be(2 ** 53), '9007199254740992 does not fit 8 unsigned bytes'],
    ['−1', () => u16be(-1), '-1 does not fit 2 unsigned bytes'],
    ['half a number', () => u16be(0.5), '0.5 does not fit 2 unsigned bytes'],
  ])('%s', (_what, write, message) => {
    expect(write).toThrow(expect.objectContaining({ name: 'RangeError', message }));
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

  test('a node is made of two hashes and of nothing else', () => {
    for (const [left, right] of [
      [hash.slice(1), hash],
      [hash, hash.slice(1)],
    ] as const)
      expect(() => nodeHash(left, right)).toThrow('a node is made of two hashes of 32 bytes');
  });

  test('keys are the same by name, type and bytes, all three', () => {
    const other = seedSigner(log.name, ED25519, new Uint8Array(32).fill(2));
    expect(sameKey(log, parseVkey(formatVkey(log)))).toBe(true);
    expect(sameKey(log, { ...log, name: 'b' })).toBe(false);
    expect(sameKey(log, { ...log, type: COSIGNATURE_ED25519 })).toBe(false);
    expect(sameKey(log, other)).toBe(false);
  });

  test('a quorum counts members: all, any, or a number of them; groups of groups', () => {
    const group = (name: string, rule: 'all' | 'any' | number, ...members: string[]) => ({
      name,
      rule,
      members,
    });
    const holds = (rule: 'all' | 'any' | number, ...names: string[]): boolean =>
      quorumHolds({ witnesses: [], groups: [group('g', rule, 'a', 'b', 'c')], quorum: 'g' }, new Set(names));
    expect([holds('all', 'a', 'b'), holds('all', 'a', 'b', 'c')]).toEqual([false, true]);
    expect([holds('any'), holds('any', 'x'), holds('any', 'c')]).toEqual([false, false, true]);
    expect([holds(2, 'a', 'x'), holds(2, 'a', 'c')]).toEqual([false, true]);
    expect(quorumHolds({ witnesses: [], groups: [], quorum: null }, new Set())).toBe(true);
    const groups = [group('g', 'any', 'a', 'b'), group('h', 'all', 'g', 'c')];
    const nested = (...names: string[]) =>
      quorumHolds({ witnesses: [], groups, quorum: 'h' }, new Set(names));
    expect([nested('a', 'c'), nested('b', 'c'), nested('a', 'b'), nested('c')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('a message shows at most 40 characters of what was sent', () => {
    expect(() => checkName(`${'x'.repeat(40)} `)).toThrow(`"${'x'.repeat(40)}…" cannot be a key name`);
    expect(() => checkName(`${'x'.repeat(38)} y`)).toThrow(`"${'x'.repeat(38)} y" cannot be a key name`);
  });
});

describe('tiles', () => {
  test.each<[Tile, string]>([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 273, width: 112 }, 'tile/0/273.p/112'],
    [{ level: 63, index: 1_234_067, width: 256 }, 'tile/63/x001/x234/067'],
    [{ level: 'entries', index: 1000, width: 1 }, 'tile/entries/x001/000.p/1'],
    [{ level: 1, index: 999, width: 255 }, 'tile/1/999.p/255'],
  ])('%j is at %s', (tile, path) => {
    expect(formatTilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  test.each([
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/0',
    'tile/0/0000',
    'tile/0/x000/001',
    'tile/0/001/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/07',
    'tile/0/000.p/',
    'tile/data/000',
    '/tile/0/000',
    'tile/0/000/',
    'tile/0/../000',
    'tile/0/x999/x999/x999/x999/x999/999',
  ])('%s is no path of a tile', (path) => {
    expect(() => parseTilePath(path)).toThrow(code('BAD_LINE'));
  });

  test('the example sizes of the specification', () => {
    expect([0, 1, 2].map((level) => tileCount(70_000, level))).toEqual([
      { full: 273, width: 112 },
      { full: 1, width: 17 },
      { full: 0, width: 1 },
    ]);
    expect([0, 1].map((level) => tileCount(256, level))).toEqual([
      { full: 1, width: 0 },
      { full: 0, width: 1 },
    ]);
    expect([0, 1, 255, 256, 65_535, 65_536].map(levelCount)).toEqual([0, 1, 1, 2, 2, 3]);
  });

  test('a bundle holds exactly its entries, up to 65,535 bytes each', () => {
    const entries = [new Uint8Array(0), utf8('a'), new Uint8Array(65_535).fill(7)];
    const bytes = formatBundle(entries);
    expect(parseBundle(bytes, 3)).toEqual(entries);
    for (const [damaged, width] of [
      [bytes, 2],
      [bytes, 4],
      [bytes.slice(0, -1), 3],
      [bytes.slice(0, 1), 1],
      [new Uint8Array(), 1],
    ] as const) {
      expect(() => parseBundle(damaged, width)).toThrow(code('BAD_LENGTH'));
    }
    expect(() => formatBundle([new Uint8Array(65_536)])).toThrow(code('TOO_LONG'));
    expect(() => formatBundle([])).toThrow(code('BAD_LENGTH'));
  });
});

describe('leaves', () => {
  const hash = toBase64(new Uint8Array(32).fill(3));
  const place = { seq: 3, prev: hash, at: '2026-11-21T03:00:00.000Z', school: 'th-ben-tram' };
  const vkey = formatVkey(seedSigner('demo.example/th-ben-tram', ED25519, new Uint8Array(32)));
  const drafts: LeafDraft[] = [
    { type: 'log.opened', body: { origin: 'demo.example/th-ben-tram', vkey } },
    { type: 'key.added', body: { cert: hash } },
    { type: 'key.added', body: { vkey } },
    { type: 'key.retired', body: { cert: hash, invalidFrom: 7 } },
    { type: 'key.retired', body: { vkey, invalidFrom: 7 } },
    { type: 'journal.anchored', body: { head: hash, count: 12 } },
    { type: 'roster.locked', body: { roster: hash, count: 45 } },
    { type: 'document.event', body: { tag: hash, kind: hash, doc: hash, cred: hash } },
    { type: 'checkpoint.anchored', body: { origin: 'demo.example/th-ben-tram', size: 12, root: hash } },
    { type: 'trust.published', body: { serial: 3, bundle: hash } },
  ];

  test.each(drafts)('$type is written as canonical JSON and read back', (draft) => {
    const entry = formatLeaf(draft, place);
    expect(parseLeaf(entry)).toEqual({ v: 1, ...draft, ...place });
    checkDraft(draft);
  });

  test('exactly these members, of these kinds', () => {
    const leaf = { v: 1, type: 'key.added', ...place, body: { cert: hash } };
    const refused: [Record<string, Json>, string][] = [
      [{ ...leaf, v: 2 }, 'BAD_FIELD'],
      [{ ...leaf, extra: 1 }, 'BAD_FIELD'],
      [{ ...leaf, type: 'mark.recorded' }, 'BAD_FIELD'],
      [{ ...leaf, type: 'toString' }, 'BAD_FIELD'],
      [{ ...leaf, seq: -1 }, 'BAD_FIELD'],
      [{ ...leaf, seq: 1.5 }, 'BAD_FIELD'],
      [{ ...leaf, seq: '3' }, 'BAD_FIELD'],
      [{ ...leaf, prev: hash.slice(4) }, 'BAD_FIELD'],
      [{ ...leaf, at: '2026-11-21T03:00:00Z' }, 'BAD_TIME'],
      [{ ...leaf, at: '2026-02-30T03:00:00.000Z' }, 'BAD_TIME'],
      [{ ...leaf, school: 'th ben tram' }, 'BAD_NAME'],
      [{ ...leaf, body: {} }, 'BAD_FIELD'],
      [{ ...leaf, body: { cert: hash, name: 'Nguyễn Văn An' } }, 'BAD_FIELD'],
      [{ ...leaf, body: { cert: 'x'.repeat(44) } }, 'BAD_FIELD'],
      [{ ...leaf, body: { cert: hash, vkey } }, 'BAD_FIELD'],
      [{ ...leaf, body: { vkey: 'no key' } }, 'BAD_FIELD'],
      [{ ...leaf, body: [hash] }, 'BAD_FIELD'],
      [{ ...leaf, body: null }, 'BAD_FIELD'],
    ];
    expect(parseLeaf(canonicalize(leaf)).type).toBe('key.added');
    for (const [value, error] of refused) expect(() => parseLeaf(canonicalize(value))).toThrow(code(error));
    expect(() => parseLeaf(utf8(` ${new TextDecoder().decode(canonicalize(leaf))}`))).toThrow(
      code('NOT_CANONICAL'),
    );
    expect(() => parseLeaf(new Uint8Array(4097).fill(0x20))).toThrow(code('TOO_LONG'));
    expect(() => checkDraft({ type: 'document.event', body: { tag: hash } })).toThrow(code('BAD_FIELD'));
  });

  test('a leaf has up to 4,096 bytes', () => {
    const [draft] = drafts as [LeafDraft];
    const rest = formatLeaf(draft, { ...place, school: 'x' }).length - 1;
    const entry = formatLeaf(draft, { ...place, school: 'x'.repeat(4096 - rest) });
    expect([entry.length, parseLeaf(entry).type]).toEqual([4096, 'log.opened']);
    expect(() => formatLeaf(draft, { ...place, school: 'x'.repeat(4097 - rest) })).toThrow(code('TOO_LONG'));
  });

  test('the school is what follows the first slash of the origin, and the chain begins with the origin', () => {
    expect(schoolOfOrigin('demo.example/th-ben-tram')).toBe('th-ben-tram');
    for (const origin of ['demo.example', 'demo.example/', '/x', ''])
      expect(() => schoolOfOrigin(origin)).toThrow(code('BAD_NAME'));
    const begin = createHash('sha256').update('socai.v1/genesis\0demo.example/th-ben-tram').digest('hex');
    expect(toHex(genesis('demo.example/th-ben-tram'))).toBe(begin);
    expect(toHex(genesis('demo.example/th-ben-tram'))).not.toBe(toHex(genesis('demo.example/thcs-song-may')));
  });
});
