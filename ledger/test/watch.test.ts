/** What a reader who comes back says, in full, of the entries of a log, and what he has to remember of them. */
import { describe, expect, test } from '@jest/globals';
import { toBase64, utf8 } from '#ledger/format/bytes.js';
import type { LeafDraft, LeafPlace } from '#ledger/format/leaf.js';
import { COSIGNATURE_ED25519, ED25519, formatVkey, seedSigner } from '#ledger/format/note.js';
import { weightOf, type MonitorCode, type MonitorEvent } from '#ledger/verify/monitor-events.js';
import { EntryWatch, tagIn, type WatchState } from '#ledger/verify/watch.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { logSigner, ORIGIN } from './logs.js';
import { Operator } from './operator.js';

const hash = (n: number): string => toBase64(new Uint8Array(32).fill(n));
const draft = (type: LeafDraft['type'], body: object): LeafDraft => ({ type, body }) as LeafDraft;
const vkey = formatVkey(logSigner);
const second = formatVkey(seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(2)));
const opened = draft('log.opened', { origin: ORIGIN, vkey });
const event = (n: number): LeafDraft =>
  draft('document.event', { tag: hash(n), kind: hash(1), doc: hash(2), cred: hash(3) });
const anchor = (count: number, head = hash(count)): LeafDraft => draft('journal.anchored', { head, count });
const at = (second: number): Partial<LeafPlace> => ({ at: `2026-11-21T03:10:0${String(second)}.000Z` });

type Entry = LeafDraft | readonly [LeafDraft, Partial<LeafPlace>] | Uint8Array;

/** The bytes of these entries in one log. */
function entriesOf(...entries: Entry[]): Uint8Array[] {
  const written: Uint8Array[] = [];
  const operator = new Operator([logSigner], written);
  for (const entry of entries) {
    if (entry instanceof Uint8Array) operator.addRaw(entry);
    else if ('type' in entry) operator.add(entry);
    else operator.add(...entry);
  }
  return written;
}

function watchOf(from?: WatchState) {
  const watch = new EntryWatch(ORIGIN, from, nodeCrypto);
  const said = (entry: Uint8Array): string[] =>
    watch.take(entry).map(({ code, where, detail }) => `${code} ${where}: ${detail}`);
  return { watch, said };
}

/** What is said of a log that opens and has these entries, without the opening itself. */
const saidOf = (...entries: Entry[]): string[] =>
  entriesOf(opened, ...entries)
    .flatMap(watchOf().said)
    .slice(1);

describe('what an entry says of keys is told whole', () => {
  test('the key that opens the log, keys and certificates that come and end, and from where on', () => {
    const cert = { cert: hash(9) };
    expect(entriesOf(opened).flatMap(watchOf().said)).toEqual([`LOG_OPENED entry 0: log key ${vkey}`]);
    expect(
      saidOf(
        draft('key.added', cert),
        draft('key.retired', { ...cert, invalidFrom: 1 }),
        draft('key.added', { vkey: second }),
        draft('key.retired', { vkey, invalidFrom: 4 }),
      ),
    ).toEqual([
      `KEY_ADDED entry 1: signer's certificate ${hash(9)}`,
      `KEY_RETIRED entry 2: signer's certificate ${hash(9)}, from entry 1 on`,
      `KEY_ADDED entry 3: log key ${second}`,
      `KEY_RETIRED entry 4: log key ${vkey}, after size 4`,
    ]);
  });

  test('a key that the log cannot have: a second time, of a witness, or ended without having been', () => {
    const witness = formatVkey(seedSigner('w.example', COSIGNATURE_ED25519, new Uint8Array(32).fill(3)));
    expect(
      saidOf(
        draft('key.added', { vkey }),
        draft('key.added', { vkey: witness }),
        draft('key.retired', { vkey: second, invalidFrom: 1 }),
      ),
    ).toEqual([
      `KEY_RULE_BROKEN entry 1: adds ${vkey} a second time`,
      `KEY_RULE_BROKEN entry 2: adds ${witness}, which is no key of a log`,
      `KEY_RULE_BROKEN entry 3: retires ${second}, which the log does not have`,
    ]);
  });

  test('the end of the last key closes the log, and each entry after it is named; beside another key none is', () => {
    const retired = (invalidFrom: number) => draft('key.retired', { vkey, invalidFrom });
    expect(saidOf(retired(2), event(1), anchor(9))).toEqual([
      `KEY_RETIRED entry 1: log key ${vkey}, after size 2`,
      'LOG_CLOSED entry 1: its last key is retired: no entry may follow',
      'ENTRY_AFTER_CLOSING entry 2: the log was closed before this document.event',
      'ENTRY_AFTER_CLOSING entry 3: the log was closed before this journal.anchored',
    ]);
    expect(saidOf(draft('key.added', { vkey: second }), retired(3), event(1)).slice(2)).toEqual([]);
  });

  test('the entry’s own place decides which trees a key signs, whatever seq it states', () => {
    const lies = [draft('key.added', { vkey: second }), { seq: 7 }] as const;
    const { watch, said } = watchOf();
    expect(entriesOf(opened, lies).flatMap(said).slice(1)).toEqual([
      'CHAIN_BROKEN entry 1: states seq 7',
      `KEY_ADDED entry 1: log key ${second}`,
    ]);
    expect(watch.state.keys.map(({ from }) => from)).toEqual([0, 2]);
  });
});

describe('a journal', () => {
  const fewer = (entry: number, count: number, floor: number) =>
    `JOURNAL_REWRITTEN entry ${String(entry)}: the journal has ${String(count)} events and had ${String(floor)}`;

  test('that lost events is named, with how many it had; one that kept or gained some is not', () => {
    expect(saidOf(anchor(9), anchor(8))).toEqual([fewer(2, 8, 9)]);
    expect(saidOf(anchor(9), anchor(9), anchor(10))).toEqual([]);
  });

  test('of as many events with another head is named, and the first head stays the true one', () => {
    expect(saidOf(anchor(9), anchor(9, hash(77)), anchor(9), anchor(9, hash(77)))).toEqual(
      [2, 4].map(
        (entry) =>
          `JOURNAL_REWRITTEN entry ${String(entry)}: the journal's 9 events have another head than before`,
      ),
    );
  });

  test('may be anchored in any order within a batch, and a later batch has no fewer than any before', () => {
    const batches = [[anchor(5), at(0)] as const, [anchor(9), at(1)] as const, [anchor(7), at(1)] as const];
    expect(saidOf(...batches, [anchor(5), at(1)])).toEqual([]);
    expect(saidOf(...batches, [anchor(4), at(1)])).toEqual([fewer(4, 4, 5)]);
    expect(saidOf(...batches, [anchor(8), at(2)])).toEqual([fewer(4, 8, 9)]);
    expect(saidOf(...batches, [anchor(9), at(2)])).toEqual([]);
  });

  test('is not saved by a clock that goes back: the newest batch stays the newest', () => {
    const back = 'is of 2026-11-21T03:10:03.000Z, before the entry before it (2026-11-21T03:10:05.000Z)';
    const said = saidOf(
      [anchor(5), at(5)],
      [anchor(9), at(3)],
      // Still within the newest batch: had the clock's step back counted, this would be a later one.
      [anchor(6), at(4)],
    );
    expect(said).toEqual([`CHAIN_BROKEN entry 2: ${back}`]);
  });

  test('is remembered: who comes back knows how many events there were', () => {
    const [open, nine, eight] = entriesOf(opened, anchor(9), anchor(8)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    const before = watchOf();
    before.said(open);
    expect(Object.keys(before.watch.state)).not.toContain('journal');
    before.said(nine);
    expect(before.watch.state.journal).toEqual({
      head: hash(9),
      count: 9,
      at: '2026-11-21T03:00:01.000Z',
      floor: 0,
    });
    expect(watchOf(before.watch.state).said(eight)).toEqual([fewer(2, 8, 9)]);
  });
});

describe('other entries', () => {
  test('a tag for the second time is named with the entry that had it first', () => {
    expect(saidOf(event(7), event(8), event(7))).toEqual([
      `SECOND_EVENT entry 3: has the tag ${hash(7)} of entry 1`,
    ]);
  });

  test('a trust bundle is told by its serial; anchors of other logs and rosters say nothing', () => {
    const said = saidOf(
      draft('trust.published', { serial: 5, bundle: hash(4) }),
      draft('checkpoint.anchored', { origin: 'other.example/log', size: 3, root: hash(5) }),
      draft('roster.locked', { roster: hash(6), count: 45 }),
    );
    expect(said).toEqual(['TRUST_PUBLISHED entry 1: serial 5']);
  });

  test('are counted by type; bytes that are no leaf are a break of the chain, and count as raw', () => {
    const { watch, said } = watchOf();
    const entries = entriesOf(opened, event(1), utf8('no leaf'), event(2));
    expect(entries.flatMap(said).filter((line) => !line.startsWith('LOG_OPENED'))).toEqual([
      expect.stringMatching(/^CHAIN_BROKEN entry 2: is no leaf: /),
    ]);
    expect([...watch.counts]).toEqual([
      ['log.opened', 1],
      ['document.event', 2],
      ['raw', 1],
    ]);
    expect([...watch.tags]).toEqual([
      [hash(1), 1],
      [hash(2), 3],
    ]);
  });

  test('of a log that does not open as a school’s are raw, even those that look like leaves: nothing is said', () => {
    const { watch, said } = watchOf();
    expect(entriesOf(utf8('first'), opened, event(1), event(1)).flatMap(said)).toEqual([]);
    expect([...watch.counts]).toEqual([['raw', 4]]);
    expect(watch.state).toMatchObject({ keys: [], chain: { active: false, next: 4 } });
  });

  test('a tag is read out of document events alone, and out of nothing that is no text', () => {
    const [, one, other] = entriesOf(opened, event(7), anchor(9));
    expect([one, other, Uint8Array.of(0xff)].map((entry) => tagIn(entry as Uint8Array))).toEqual([
      hash(7),
      undefined,
      undefined,
    ]);
  });
});

test('what weighs as misbehaviour, as doubt and as news is one fixed list', () => {
  const weights: Record<MonitorCode, string> = {
    FOLLOWED: 'notice',
    ENTRIES: 'notice',
    LOG_OPENED: 'notice',
    KEY_ADDED: 'notice',
    KEY_RETIRED: 'notice',
    LOG_CLOSED: 'notice',
    TRUST_PUBLISHED: 'notice',
    STALE: 'doubt',
    CLOCKS_DIFFER: 'doubt',
    OLDER_CHECKPOINT: 'doubt',
    UNREACHABLE: 'doubt',
    COPY_DAMAGED: 'doubt',
    TRUST_NOT_LOGGED: 'doubt',
    FORK: 'fault',
    ANCHOR_CONTRADICTED: 'fault',
    CHECKPOINT_MISSING: 'fault',
    CHECKPOINT_INVALID: 'fault',
    NO_QUORUM: 'fault',
    KEY_NOT_IN_FORCE: 'fault',
    TILE_DAMAGED: 'fault',
    ENTRIES_DAMAGED: 'fault',
    CHAIN_BROKEN: 'fault',
    KEY_RULE_BROKEN: 'fault',
    JOURNAL_REWRITTEN: 'fault',
    SECOND_EVENT: 'fault',
    ENTRY_AFTER_CLOSING: 'fault',
  };
  const said = (Object.keys(weights) as MonitorCode[]).map((code): [MonitorCode, string] => [
    code,
    weightOf({ code } as MonitorEvent),
  ]);
  expect(said).toEqual(Object.entries(weights));
});
