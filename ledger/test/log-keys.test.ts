import { describe, expect, test } from '@jest/globals';
import { toBase64 } from '#ledger/format/bytes.js';
import type { LeafDraft } from '#ledger/format/leaf.js';
import { isClosed, isInForce, keysAfter, type LogKey } from '#ledger/format/log-keys.js';
import { COSIGNATURE_ED25519, ED25519, formatVkey, parseNote, seedSigner } from '#ledger/format/note.js';
import type { PendingEntry } from '#ledger/log/ports.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { checkProof } from '#ledger/verify/proof.js';
import { documentEvent, logSigner, ORIGIN, rawEntry, START, testLog, type TestLog } from './logs.js';
import { sizeOf } from './memory-store.js';

const code = (value: string) => expect.objectContaining({ code: value });
const key = (number: number) => seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(number));
const [first, second, third] = [logSigner, key(2), key(3)] as const;
const opened: LeafDraft = { type: 'log.opened', body: { origin: ORIGIN, vkey: formatVkey(first) } };
const added = (signer: typeof first): LeafDraft => ({
  type: 'key.added',
  body: { vkey: formatVkey(signer) },
});
const retired = (signer: typeof first, invalidFrom: number): LeafDraft => ({
  type: 'key.retired',
  body: { vkey: formatVkey(signer), invalidFrom },
});
const event: LeafDraft = {
  type: 'journal.anchored',
  body: { head: toBase64(new Uint8Array(32)), count: 1 },
};

/** The keys after these entries, and each entry's problem. */
function fold(...drafts: LeafDraft[]): { keys: readonly LogKey[]; problems: (string | undefined)[] } {
  let keys: readonly LogKey[] = [];
  const problems = drafts.map((draft, seq) => {
    const after = keysAfter(keys, { ...draft, seq });
    keys = after.keys;
    return after.problem;
  });
  return { keys, problems };
}

const ranges = (keys: readonly LogKey[]) => keys.map(({ from, to }) => [from, to]);

describe("a log's keys, as its entries say", () => {
  test('the first from the beginning, a further one from the tree that adds it, a retired one to its end', () => {
    const { keys, problems } = fold(opened, event, added(second), event, retired(first, 5), event);
    expect(problems.every((problem) => problem === undefined)).toBe(true);
    expect(ranges(keys)).toEqual([
      [0, 5],
      [3, undefined],
    ]);
    const signing = (size: number) => keys.map((known) => isInForce(known, size));
    expect([signing(0), signing(2), signing(3), signing(5), signing(6)]).toEqual([
      [true, false],
      [true, false],
      [true, true],
      [true, true],
      [false, true],
    ]);
    expect(isClosed(keys, 6)).toBe(false);
  });

  test('the last key retired with the last entry closes the log, and only then', () => {
    const { keys, problems } = fold(opened, event, retired(first, 3));
    expect([problems[2], isClosed(keys, 3), isClosed(keys, 2), isClosed([], 3)]).toEqual([
      undefined,
      true,
      false,
      false,
    ]);
  });

  test('a stolen key ends in the past, or was never good, beside one that goes on', () => {
    expect(ranges(fold(opened, event, event, added(second), retired(first, 2)).keys)).toEqual([
      [0, 2],
      [4, undefined],
    ]);
    const { keys } = fold(opened, added(second), event, added(third), retired(second, 1));
    expect(keys.map((known) => isInForce(known, 2))).toEqual([true, false, false]);
  });

  test('a key retired in good order may turn out to have been stolen earlier, but not later', () => {
    const done = [opened, added(second), retired(first, 3)];
    expect(fold(...done, retired(first, 2)).problems[3]).toBeUndefined();
    expect(ranges(fold(...done, retired(first, 2)).keys)[0]).toEqual([0, 2]);
    expect(fold(...done, retired(first, 3)).problems[3]).toMatch(/is retired after size 3 already/);
    expect(fold(...done, retired(first, 4)).problems[3]).toMatch(/already/);
  });

  test.each<[string, LeafDraft[], RegExp]>([
    ['a key added twice', [opened, added(second), added(second)], /a second time/],
    ['the first key added', [opened, added(first)], /a second time/],
    [
      'a key of another log',
      [opened, added(seedSigner('x.example/y', ED25519, new Uint8Array(32).fill(9)))],
      /another name/,
    ],
    [
      "a witness' key",
      [opened, added(seedSigner(ORIGIN, COSIGNATURE_ED25519, new Uint8Array(32).fill(9)))],
      /no key of a log/,
    ],
    ['an unknown key retired', [opened, retired(second, 2)], /does not have/],
    ['a retirement in the future', [opened, added(second), retired(first, 4)], /not reached/],
    ['the only key retired into the past', [opened, event, retired(first, 2)], /no other key/],
  ])('%s is a fault', (_what, drafts, fault) => {
    expect(fold(...drafts).problems.at(-1)).toMatch(fault);
  });
});

/** Puts a leaf into the outbox. */
let given = 0;
function give(log: TestLog, draft: LeafDraft): void {
  log.store.add({ id: `key ${String(given++)}`, kind: 'leaf', draft });
}
const retirement = (signer: typeof first): PendingEntry => ({
  id: `retire ${String(given++)}`,
  kind: 'retirement',
  vkey: formatVkey(signer),
});
const signedBy = (log: TestLog) =>
  parseNote(log.tiles.checkpoint as Uint8Array).signatures.map(({ keyId }) => keyId);
const trusting = (...keys: (typeof first)[]) => ({
  logs: keys.map((known) => ({ key: known })),
  witnesses: [],
  groups: [],
  quorum: null,
});

describe('a log whose key is replaced', () => {
  test('is signed by one, by both, then by the other; proofs under the old one go on verifying', async () => {
    const log = testLog();
    const alone = await log.open();
    log.store.add(documentEvent(1));
    await alone.flush();
    const oldProof = await alone.prove(1);
    expect(signedBy(log)).toEqual([first.keyId]);

    const both = await Sequencer.open({ ...log.options, cosigners: [second] });
    await both.recosign();
    expect(signedBy(log)).toEqual([first.keyId]);
    give(log, added(second));
    await both.flush();
    expect(signedBy(log)).toEqual([first.keyId, second.keyId]);
    for (const known of [first, second]) {
      expect(checkCheckpoint(log.tiles.checkpoint as Uint8Array, trusting(known)).size).toBe(3);
    }
    const bothCheckpoint = log.tiles.checkpoint as Uint8Array;
    expect(checkCheckpoint(bothCheckpoint, trusting(first, second)).logKey).toMatchObject({
      keyId: first.keyId,
    });

    log.store.add(retirement(first), documentEvent(2), documentEvent(3));
    const { entries } = await both.flush();
    expect(entries.at(-1)?.id).toMatch(/^retire/);
    expect(signedBy(log)).toEqual([first.keyId, second.keyId]);
    log.store.add(documentEvent(4));
    await both.flush();
    expect(signedBy(log)).toEqual([second.keyId]);
    expect(() => checkCheckpoint(log.tiles.checkpoint as Uint8Array, trusting(first))).toThrow(
      code('NO_LOG_SIGNATURE'),
    );

    const entry = log.store.rows.entries[1]?.entry as Uint8Array;
    expect(checkProof(oldProof, entry, trusting(first, second)).size).toBe(2);
    expect(checkProof(await both.prove(1), entry, trusting(second)).size).toBe(7);
    // The new process needs the new key alone.
    await Sequencer.open({ ...log.options, signer: second });
  });

  test('a process with the old key alone signs nothing any more, and one with a strange key nothing at all', async () => {
    const log = testLog();
    const stale = await log.open();
    log.store.add(documentEvent(1));
    await stale.flush();
    const both = await Sequencer.open({ ...log.options, cosigners: [second] });
    give(log, added(second));
    await both.flush();
    log.store.add(retirement(first));
    await both.flush();
    log.store.add(documentEvent(2));
    await expect(stale.flush()).rejects.toThrow(code('KEY_NOT_IN_FORCE'));
    expect(log.store.rows.state.size).toBe(4);
    await both.flush();
    await expect(stale.recosign()).rejects.toThrow(code('KEY_NOT_IN_FORCE'));
    await expect(log.open()).rejects.toThrow(code('KEY_NOT_IN_FORCE'));
    await expect(Sequencer.open({ ...log.options, signer: third })).rejects.toThrow(code('KEY_NOT_IN_FORCE'));
    expect(sizeOf(log.tiles.checkpoint as Uint8Array)).toBe(5);
    await Sequencer.open({ ...log.options, signer: second });
  });

  test('takes up no key whose secret is not there, and none that its entries do not allow', async () => {
    const log = testLog();
    const sequencer = await log.open();
    await sequencer.flush();
    give(log, added(second));
    await expect(sequencer.flush()).rejects.toThrow(code('SIGNER_MISSING'));
    expect(log.store.rows.state.size).toBe(1);
    await (await Sequencer.open({ ...log.options, cosigners: [second] })).flush();
    give(log, retired(third, 1));
    await expect(sequencer.flush()).rejects.toThrow(code('KEY_REFUSED'));
    expect(log.store.rows.state.size).toBe(2);
  });

  test('a stolen key and its successor in one batch, in whatever order they were given: the successor signs alone', async () => {
    for (const order of [0, 1, 2, 3, 4, 5]) {
      const log = testLog({ random: (length) => new Uint8Array(length).fill(order * 40) });
      const sequencer = await Sequencer.open({ ...log.options, cosigners: [second] });
      log.store.add(documentEvent(1), documentEvent(2));
      await sequencer.flush();
      give(log, retired(first, 2));
      log.store.add(documentEvent(3));
      give(log, added(second));
      await sequencer.flush();
      expect([sizeOf(log.tiles.checkpoint as Uint8Array), signedBy(log)]).toEqual([6, [second.keyId]]);
    }
  });

  test('closes with its last key: the last checkpoint can be cosigned again, and nothing is taken', async () => {
    const log = testLog();
    const sequencer = await log.open();
    log.store.add(documentEvent(1), retirement(first), documentEvent(2));
    await sequencer.flush();
    expect(signedBy(log)).toEqual([first.keyId]);
    expect(await sequencer.flush()).toMatchObject({ entries: [], size: 4 });
    await sequencer.recosign();
    log.store.add(documentEvent(3));
    await expect(sequencer.flush()).rejects.toThrow(code('CLOSED'));
    expect(log.store.rows.state.size).toBe(4);
    await log.open();
  });

  test('a closing waits until nothing else waits', async () => {
    const log = testLog({ maxBatch: 2 });
    const sequencer = await log.open();
    log.store.add(retirement(first), ...[1, 2, 3, 4, 5].map(documentEvent));
    const seen: string[] = [];
    for (let i = 0; i < 8; i++) seen.push(...(await sequencer.flush()).entries.map(({ id }) => id));
    expect(seen.length).toBe(7);
    expect(seen.at(-1)).toMatch(/^retire/);
  });

  test('a log of raw entries is signed by every key that is there; its older checkpoints are known by former keys', async () => {
    const log = testLog({ kind: 'raw', cosigners: [second] });
    log.store.add(rawEntry('a'));
    await (await log.open()).flush();
    expect(signedBy(log)).toEqual([first.keyId, second.keyId]);
    await Sequencer.open({ ...log.options, signer: second, cosigners: [] });
    await expect(Sequencer.open({ ...log.options, signer: third, cosigners: [] })).rejects.toThrow(
      code('WRONG_LOG'),
    );
    const later = await Sequencer.open({ ...log.options, signer: third, cosigners: [], formerKeys: [first] });
    await later.recosign();
    expect(signedBy(log)).toEqual([third.keyId]);
  });

  test('a checkpoint with one good and one bad signature of its keys is not its own', async () => {
    const log = testLog({ kind: 'raw', cosigners: [second] });
    log.store.add(rawEntry('a'));
    await (await log.open()).flush();
    const text = new TextDecoder().decode(log.tiles.checkpoint);
    const lines = text.split('\n');
    const last = lines.at(-2) as string;
    lines[lines.length - 2] = `${last.slice(0, -6)}${last.at(-6) === 'A' ? 'B' : 'A'}${last.slice(-5)}`;
    log.tiles.checkpoint = new TextEncoder().encode(lines.join('\n'));
    await expect(log.open()).rejects.toThrow(code('WRONG_LOG'));
  });
});

describe('the clock', () => {
  test('that is behind the last entry signs nothing, not even what is committed; when it is right, all goes on', async () => {
    let now = START;
    const log = testLog({ clock: () => now });
    const sequencer = await log.open();
    await sequencer.flush();
    log.store.add(documentEvent(1));
    log.tiles.onMoment = () => {
      throw new Error('no space left');
    };
    await expect(sequencer.flush()).rejects.toThrow('no space left');
    log.tiles.onMoment = () => undefined;
    now = START - 3_600_000;
    await expect(sequencer.flush()).rejects.toThrow(code('CLOCK_BEHIND'));
    await expect(sequencer.recosign()).rejects.toThrow(code('CLOCK_BEHIND'));
    expect([log.store.rows.state.size, sizeOf(log.tiles.checkpoint as Uint8Array)]).toEqual([2, 1]);
    now = START;
    expect(await sequencer.flush()).toMatchObject({ size: 2, published: { size: 2 } });
    now = START + 3_600_000;
    expect(await sequencer.recosign()).toMatchObject({ size: 2 });
  });
});
