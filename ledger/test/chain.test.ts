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
});
