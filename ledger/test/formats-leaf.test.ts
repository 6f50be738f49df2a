/** Leaves and their canonical JSON. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { fromBase64, toBase64, toHex, utf8 } from '#ledger/format/bytes.js';
import {
  formatLeaf,
  genesis,
  parseLeaf,
  schoolOfOrigin,
  checkDraft,
  type LeafDraft,
} from '#ledger/format/leaf.js';
import { ED25519, formatVkey, seedSigner } from '#ledger/format/note.js';
import { canonicalize, parseCanonical, type Json } from '#ledger/format/jcs.js';

const code = (value: string) => expect.objectContaining({ name: 'FormatError', code: value });

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

describe('what cannot be written, or decoded, is refused in words', () => {
  const hash = new Uint8Array(32);

  test('the limits themselves are written', () => {
    expect(parseCanonical(utf8(`${'['.repeat(64)}${']'.repeat(64)}`))).toHaveLength(1);
    expect(parseCanonical(utf8('"é"'), 4)).toBe('é');
  });

  test.each<[string, () => unknown, string, string]>([
    [
      'half a base64',
      () => fromBase64('A'),
      'BAD_BASE64',
      'expected standard base64 with padding, in its one canonical form',
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
  ])('%s', (_what, write, error, message) => {
    expect(write).toThrow(expect.objectContaining({ name: 'FormatError', code: error, message }));
  });
});
