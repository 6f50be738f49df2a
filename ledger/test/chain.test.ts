import { describe, expect, test } from '@jest/globals';
import { toBase64, utf8 } from '#ledger/format/bytes.js';
import { sha256 } from '#ledger/format/crypto.js';
import { leafHash } from '#ledger/format/hash.js';
import { formatLeaf, genesis, type LeafDraft, type LeafPlace } from '#ledger/format/leaf.js';
import { formatVkey } from '#ledger/format/note.js';
import { ChainCheck } from '#ledger/verify/chain.js';
import { documentEvent, logSigner, ORIGIN } from './logs.js';

const opening: LeafDraft = { type: 'log.opened', body: { origin: ORIGIN, vkey: formatVkey(logSigner) } };

/** What the check says of a chain of an opening entry and three events, where `change` alters one place or draft. */
function problemsOf(
  change: (place: LeafPlace, draft: LeafDraft) => { place?: Partial<LeafPlace>; draft?: LeafDraft },
): string[][] {
  const check = new ChainCheck(ORIGIN, sha256);
  let prev = genesis(ORIGIN);
  return [0, 1, 2, 3].map((seq) => {
    const pending = documentEvent(seq);
    const draft = seq === 0 || pending.kind !== 'leaf' ? opening : pending.draft;
    const place = {
      seq,
      prev: toBase64(prev),
      at: `2026-11-21T03:00:0${String(seq)}.000Z`,
      school: 'th-ben-tram',
    };
    const changed = change(place, draft);
    const entry = formatLeaf(changed.draft ?? draft, { ...place, ...changed.place });
    prev = leafHash(entry);
    return check.check(entry);
  });
}

describe("the chain of a school's log", () => {
  test('holds as the sequencer writes it', () => {
    expect(problemsOf(() => ({}))).toEqual([[], [], [], []]);
  });

  test('shows an entry that was put in, taken out, moved back in time, or is of another school', () => {
    const other = toBase64(sha256(utf8('other')));
    const at2 = (place: Partial<LeafPlace>) => problemsOf(({ seq }) => (seq === 2 ? { place } : {}))[2];
    expect(at2({ seq: 5 })).toEqual(['states seq 5']);
    expect(at2({ prev: other })).toEqual(['does not follow entry 1']);
    expect(at2({ at: '2026-11-21T02:59:59.999Z' })).toEqual([
      'is of 2026-11-21T02:59:59.999Z, before the entry before it (2026-11-21T03:00:01.000Z)',
    ]);
    expect(at2({ school: 'thcs-song-may' })).toEqual(['is of school thcs-song-may']);
  });

  test('begins with its own origin, and once', () => {
    const foreign: LeafDraft = {
      type: 'log.opened',
      body: { ...opening.body, origin: 'x.example/y' },
    };
    expect(problemsOf(({ seq }) => (seq === 0 ? { draft: foreign } : {}))[0]).toEqual([
      'opens the log x.example/y',
    ]);
    expect(problemsOf(({ seq }) => (seq === 2 ? { draft: opening } : {}))[2]).toEqual([
      'opens the log a second time',
    ]);
    const elsewhere = toBase64(genesis('x.example/y'));
    expect(problemsOf(({ seq }) => (seq === 0 ? { place: { prev: elsewhere } } : {}))[0]).toEqual([
      'does not begin the chain of this origin',
    ]);
  });

  test('goes on after an entry whose bytes are lost, and after one that is no leaf', () => {
    const check = new ChainCheck(ORIGIN, sha256);
    const place = (seq: number, prev: Uint8Array) => ({
      seq,
      prev: toBase64(prev),
      at: '2026-11-21T03:00:00.000Z',
      school: 'th-ben-tram',
    });
    const event = documentEvent(1);
    if (event.kind !== 'leaf') throw new Error('a leaf is needed here');
    expect(check.check(formatLeaf(opening, place(0, genesis(ORIGIN))))).toEqual([]);
    check.skip();
    const second = formatLeaf(event.draft, place(2, sha256(utf8('whatever was lost'))));
    expect(check.check(second)).toEqual([]);
    const noise = utf8('not a leaf');
    expect(check.check(noise)[0]).toMatch(/^is no leaf/);
    expect(check.check(formatLeaf(event.draft, place(4, leafHash(noise))))).toEqual([]);
  });

  test('is not looked for when entry 0 does not open a log', () => {
    const check = new ChainCheck(ORIGIN, sha256);
    expect(check.check(utf8('raw'))).toEqual([]);
    expect(
      check.check(
        formatLeaf(opening, {
          seq: 9,
          prev: toBase64(genesis(ORIGIN)),
          at: '2026-11-21T03:00:00.000Z',
          school: 'x',
        }),
      ),
    ).toEqual([]);
  });

  test('is not looked for when entry 0 is lost, or is a leaf that opens nothing', () => {
    const event = documentEvent(1);
    if (event.kind !== 'leaf') throw new Error('a leaf is needed here');
    const at = '2026-11-21T03:00:00.000Z';
    const elsewhere = { prev: toBase64(sha256(utf8('elsewhere'))), at, school: 'x' };
    const lost = new ChainCheck(ORIGIN, sha256);
    lost.skip();
    expect(lost.check(formatLeaf(event.draft, { ...elsewhere, seq: 9 }))).toEqual([]);
    expect(lost.link.active).toBe(false);
    const unopened = new ChainCheck(ORIGIN, sha256);
    expect(unopened.check(formatLeaf(event.draft, { ...elsewhere, seq: 0 }))).toEqual([]);
    expect(unopened.check(formatLeaf(event.draft, { ...elsewhere, seq: 7 }))).toEqual([]);
  });

  test('goes on where another check stood, and stands where it is asked', () => {
    const place = {
      seq: 0,
      prev: toBase64(genesis(ORIGIN)),
      at: '2026-11-21T03:00:00.000Z',
      school: 'th-ben-tram',
    };
    const entry = formatLeaf(opening, place);
    const first = new ChainCheck(ORIGIN, sha256);
    expect(first.link).toEqual({ active: false, next: 0, prev: genesis(ORIGIN), lastAt: '' });
    first.check(entry);
    expect(first.link).toEqual({ active: true, next: 1, prev: leafHash(entry), lastAt: place.at });
    const event = documentEvent(1);
    if (event.kind !== 'leaf') throw new Error('a leaf is needed here');
    const next = { ...place, seq: 1, prev: toBase64(leafHash(entry)) };
    const second = new ChainCheck(ORIGIN, sha256, first.link);
    expect(second.check(formatLeaf(event.draft, { ...next, at: '2026-11-21T02:00:00.000Z' }))).toEqual([
      'is of 2026-11-21T02:00:00.000Z, before the entry before it (2026-11-21T03:00:00.000Z)',
    ]);
    expect(new ChainCheck(ORIGIN, sha256, first.link).check(formatLeaf(event.draft, next))).toEqual([]);
  });

  test('of an origin without a school code belongs to no school', () => {
    const body = { origin: 'a.example', vkey: formatVkey(logSigner) };
    const place = {
      seq: 0,
      prev: toBase64(genesis('a.example')),
      at: '2026-11-21T03:00:00.000Z',
      school: 'x',
    };
    const entry = formatLeaf({ type: 'log.opened', body }, place);
    expect(new ChainCheck('a.example', sha256).check(entry)).toEqual(['is of school x']);
  });
});
