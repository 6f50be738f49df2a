import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  compareBytes,
  fromBase32,
  fromBase64,
  fromHex,
  readBigEndian,
  toBase32,
  toBase64,
  toHex,
  u16be,
  u32be,
  u64be,
  utf8,
} from '#ledger/format/bytes.js';
import { cosignNoteText } from '#ledger/format/cosignature.js';
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
  COSIGNATURE_ED25519,
  ED25519,
  formatNote,
  formatVkey,
  parseNote,
  parseVkey,
  seedSigner,
  signNoteText,
} from '#ledger/format/note.js';
import { canonicalize, type Json } from '#ledger/format/jcs.js';
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

  test('the school is what follows the first slash of the origin, and the chain begins with the origin', () => {
    expect(schoolOfOrigin('demo.example/th-ben-tram')).toBe('th-ben-tram');
    for (const origin of ['demo.example', 'demo.example/', '/x', ''])
      expect(() => schoolOfOrigin(origin)).toThrow(code('BAD_NAME'));
    expect(toHex(genesis('demo.example/th-ben-tram'))).not.toBe(toHex(genesis('demo.example/thcs-song-may')));
  });
});
