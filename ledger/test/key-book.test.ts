/** Which keys sign which tree, and the entries about keys that a batch may and may not have. */
import { describe, expect, test } from '@jest/globals';
import { toBase64, utf8 } from '#ledger/format/bytes.js';
import { ED25519, formatVkey, seedSigner } from '#ledger/format/note.js';
import type { LeafDraft } from '#ledger/format/leaf.js';
import { checkBatchKeys, KeyBook, placeKeyEntries, signersAt } from '#ledger/log/key-book.js';
import type { PendingEntry } from '#ledger/log/ports.js';
import { documentEvent, logSigner, ORIGIN, rawEntry, testLog } from './logs.js';
import { Operator } from './operator.js';

const second = seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(2));
const [first, cert] = [logSigner, toBase64(new Uint8Array(32).fill(9))];
const keys = {
  first: { key: first, from: 0 },
  second: { key: second, from: 2 },
} as const;

const draft = (type: LeafDraft['type'], body: object): LeafDraft => ({ type, body }) as LeafDraft;
const opened = draft('log.opened', { origin: ORIGIN, vkey: formatVkey(first) });
const added = draft('key.added', { vkey: formatVkey(second) });
const retired = (invalidFrom: number): LeafDraft =>
  draft('key.retired', { vkey: formatVkey(first), invalidFrom });
const given = (id: string, entry: LeafDraft): PendingEntry => ({ id, kind: 'leaf', draft: entry });
const retirement: PendingEntry = { id: 'retirement', kind: 'retirement', vkey: formatVkey(first) };

describe('the order of a batch', () => {
  const order = (...pending: PendingEntry[]): string[] =>
    placeKeyEntries(pending, 0, false).map(({ id }) => id);

  test('is: what opens the log, keys that are added, everything else, a stolen key’s end, a key’s end', () => {
    const event = documentEvent(1);
    expect(
      order(
        retirement,
        given('stolen', retired(1)),
        event,
        given('added', added),
        given('opened', opened),
        rawEntry('raw'),
      ),
    ).toEqual(['opened', 'added', event.id, 'raw', 'stolen', 'retirement']);
  });

  test('is that in which they came for all that says nothing about the log’s own keys, as certificates do not', () => {
    const pending = [
      given('gone', draft('key.retired', { cert, invalidFrom: 1 })),
      documentEvent(1),
      given('new', draft('key.added', { cert })),
      documentEvent(2),
    ];
    expect(order(...pending)).toEqual(pending.map(({ id }) => id));
  });

  test('ends with the retirement, which says the size with itself; when more may wait, it waits', () => {
    const [event, end] = [documentEvent(1), { vkey: formatVkey(first), invalidFrom: 12 }];
    const whole = placeKeyEntries([retirement, event], 10, false);
    expect(whole).toEqual([event, given('retirement', draft('key.retired', end))]);
    expect(placeKeyEntries([retirement, event], 10, true)).toEqual([event]);
    // A full batch of nothing but it: it goes, or nothing ever would.
    expect(placeKeyEntries([retirement], 11, true)).toEqual([given('retirement', draft('key.retired', end))]);
  });
});

describe('a batch is refused', () => {
  const check = (
    signer: typeof first,
    pending: PendingEntry[],
    before = [keys.first, keys.second],
    size = 5,
  ) => checkBatchKeys({ signer }, before, pending, size);

  test('by a log that was closed', () => {
    const closed = [{ ...keys.first, to: 5 }];
    expect(() => check(first, [documentEvent(1)], closed as never)).toThrow(
      expect.objectContaining({
        code: 'CLOSED',
        message: 'the log was closed with entry 4; it takes no more',
      }),
    );
    check(first, [documentEvent(1)]);
  });

  test('when what it says about keys cannot be', () => {
    expect(() => check(first, [given('seven', retired(9))])).toThrow(
      expect.objectContaining({
        code: 'KEY_REFUSED',
        message: `entry seven in the outbox retires ${formatVkey(first)} after size 9, which is not reached`,
      }),
    );
  });

  test('when it adds a key to the log whose secret is not here', () => {
    const alone = [keys.first] as never;
    expect(() => check(first, [given('added', added)], alone)).toThrow(
      expect.objectContaining({
        code: 'SIGNER_MISSING',
        message: `the outbox adds the key ${formatVkey(second)}, and its secret is not here: open the log with it`,
      }),
    );
    const both = { signer: first, cosigners: [second] };
    checkBatchKeys(both, alone, [given('added', added), given('old', retired(7))], 5);
  });

  test('but not when it adds a certificate, or ends a stolen key: neither needs a secret that is not here', () => {
    check(first, [given('new', draft('key.added', { cert }))]);
    check(second, [given('stolen', retired(3))]);
  });

  test('when nobody who is here may sign the tree with it', () => {
    expect(() => check(second, [documentEvent(1)], [keys.first] as never)).toThrow(
      expect.objectContaining({
        code: 'KEY_NOT_IN_FORCE',
        message: `${formatVkey(second)} does not sign a tree of 6 entries: open the log with the key in force`,
      }),
    );
    expect(signersAt({ signer: second, cosigners: [first] }, [keys.first], 6)).toEqual([first]);
  });

  test('of a new log: it may open with a second key at once', () => {
    const pending = [given('opened', opened), given('added', added)];
    checkBatchKeys({ signer: first, cosigners: [second] }, undefined, pending, 0);
    expect(() => checkBatchKeys({ signer: first }, undefined, [given('added', added)], 0)).toThrow(
      expect.objectContaining({ code: 'SIGNER_MISSING' }),
    );
  });
});

describe('the keys of a log', () => {
  /** A log whose third entry adds a key, as a store hands its entries out. */
  function logOfThree() {
    const entries: Uint8Array[] = [];
    const operator = new Operator([first], entries).add(opened).addEvent(1).add(added);
    const read: [number, number][] = [];
    const reader = {
      readEntries: (start: number, end: number) => {
        read.push([start, end]);
        return Promise.resolve(entries.slice(start, end));
      },
    };
    const { state } = testLog().store.rows;
    const stateOf = (size: number) => ({ ...state, size });
    return { operator, entries, reader, read, stateOf, book: new KeyBook({ kind: 'chain' }) };
  }
  const rangesOf = (known: readonly { readonly from: number }[] | undefined) =>
    known?.map(({ from }) => from);

  test('are read from its entries, each once', async () => {
    const { operator, reader, read, stateOf, book } = logOfThree();
    expect(rangesOf(await book.at(stateOf(1), reader))).toEqual([0]);
    expect(rangesOf(await book.at(stateOf(3), reader))).toEqual([0, 3]);
    expect(rangesOf(await book.at(stateOf(3), reader))).toEqual([0, 3]);
    operator.addEvent(2);
    expect(rangesOf(await book.at(stateOf(4), reader))).toEqual([0, 3]);
    expect(read).toEqual([
      [0, 1],
      [1, 3],
      [3, 4],
    ]);
  });

  test('are read anew when the store was put back to fewer entries: a key that is not in them signs nothing', async () => {
    const { entries, operator, reader, stateOf, book } = logOfThree();
    expect(rangesOf(await book.at(stateOf(3), reader))).toEqual([0, 3]);
    entries.length = 2;
    expect(rangesOf(await book.at(stateOf(2), reader))).toEqual([0]);
    operator.addEvent(7).addEvent(8);
    expect(rangesOf(await book.at(stateOf(4), reader))).toEqual([0]);
  });

  test('are taken from the store that keeps them, without reading an entry', async () => {
    const { reader, read, stateOf, book } = logOfThree();
    const kept = [keys.first, keys.second];
    expect(await book.at({ ...stateOf(3), keys: kept }, reader)).toBe(kept);
    expect(read).toEqual([]);
  });

  test('are not said by a log of raw entries, whatever is in it, nor by an empty one', async () => {
    const { reader, stateOf, book } = logOfThree();
    expect(await book.at(stateOf(0), reader)).toBeUndefined();
    expect(await new KeyBook({ kind: 'raw' }).at(stateOf(3), reader)).toBeUndefined();
  });

  test('are not looked for in bytes that tell of none', async () => {
    const { reader, entries, stateOf, book } = logOfThree();
    entries[1] = utf8('no leaf at all');
    expect(rangesOf(await book.at(stateOf(3), reader))).toEqual([0, 3]);
  });
});
