/** Whether a store is the newest and only history of its log: what opening refuses, and the words it says it with. */
import { describe, expect, test } from '@jest/globals';
import { toBase64, utf8 } from '#ledger/format/bytes.js';
import { formatCheckpoint } from '#ledger/format/checkpoint.js';
import { formatLeaf, genesis } from '#ledger/format/leaf.js';
import {
  ED25519,
  formatNote,
  parseNote,
  seedSigner,
  signNoteText,
  type NoteSignature,
  type NoteSigner,
} from '#ledger/format/note.js';
import type { LogOptions } from '#ledger/log/options.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import {
  documentEvent,
  logSigner,
  ORIGIN,
  policyOf,
  rawEntry,
  START,
  testLog,
  testWitness,
  type TestLog,
} from './logs.js';
import { flipBit, plainRoot, leafOf } from './trees.js';

const refusal = (code: string, message: string) => expect.objectContaining({ code, message });

/** A log of so many raw entries, published. */
async function logOf(size: number, changes: Partial<LogOptions> = {}): Promise<TestLog> {
  const log = testLog({ kind: 'raw', ...changes });
  log.store.add(...Array.from({ length: size }, (_, i) => rawEntry(`entry ${String(i)}`)));
  await (await log.open()).flush();
  return log;
}

/** The log's checkpoint of its first `size` entries, or of another tree of that size. */
async function checkpointOf(size: number, changes: { fork?: true; origin?: string; by?: NoteSigner } = {}) {
  const { fork, origin = ORIGIN, by = logSigner } = changes;
  const root = plainRoot(Array.from({ length: size }, (_, i) => leafOf(fork === true ? i + 1000 : i)));
  const text = formatCheckpoint({ origin, size, root });
  return formatNote({ text, signatures: [await signNoteText(text, by)] });
}

/** Puts a checkpoint where the store says what is public, or where the folder serves it from. */
function publish(log: TestLog, where: 'store' | 'folder', size: number, checkpoint: Uint8Array): void {
  if (where === 'folder') log.tiles.checkpoint = checkpoint;
  else log.store.rows.state = { ...log.store.rows.state, published: { size, checkpoint } };
}

describe.each(['store', 'folder'] as const)('what is public, by the %s', (where) => {
  test('has not more entries than there are: an old backup is not written to', async () => {
    const log = await logOf(3);
    publish(log, where, 4, await checkpointOf(4));
    await expect(log.open()).rejects.toThrow(
      refusal('PUBLISHED_AHEAD', '4 entries are published and the store has 3: an old backup?'),
    );
    publish(log, where, 3, await checkpointOf(3));
    await log.open();
  });

  test('has no other root for as many entries, and the log writes nothing to say so', async () => {
    const log = await logOf(3);
    publish(log, where, 3, await checkpointOf(3, { fork: true }));
    log.tiles.files.clear();
    log.store.rows.stage = [{ path: 'tile/0/000.p/3', bytes: utf8('staged'), size: 3 }];
    await expect(log.open()).rejects.toThrow(
      refusal('FORKED', 'the published checkpoint of 3 entries has another root than the store'),
    );
    expect(log.tiles.files.size).toBe(0);
  });

  test('has no other root for fewer entries', async () => {
    const log = await logOf(3);
    publish(log, where, 2, await checkpointOf(2, { fork: true }));
    await expect(log.open()).rejects.toThrow(
      refusal('FORKED', 'the published checkpoint of 2 entries has another root than the store'),
    );
    publish(log, where, 2, await checkpointOf(2));
    await log.open();
  });

  test('is signed by this log, and is about it', async () => {
    const log = await logOf(3);
    const stranger = seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(77));
    const other = 'other.example/log';
    for (const [checkpoint, origin] of [
      [await checkpointOf(3, { by: stranger }), ORIGIN],
      [await checkpointOf(3, { origin: other }), other],
    ] as const) {
      publish(log, where, 3, checkpoint);
      await expect(log.open()).rejects.toThrow(
        refusal('WRONG_LOG', `the checkpoint of ${origin} is not signed by a key of this log`),
      );
    }
  });

  test('may bear the lines of others, and no bad line of its own', async () => {
    const log = await logOf(3);
    const { text, signatures } = parseNote(await checkpointOf(3));
    const [own] = signatures as [NoteSignature];
    const bad = { ...own, signature: flipBit(own.signature, 5) };
    const others = [
      { ...bad, name: 'w1.example/witness' },
      { ...bad, keyId: (own.keyId ^ 1) >>> 0 },
    ];
    publish(log, where, 3, formatNote({ text, signatures: [...others, own] }));
    await log.open();
    publish(log, where, 3, formatNote({ text, signatures: [...others, bad] }));
    await expect(log.open()).rejects.toThrow(expect.objectContaining({ code: 'WRONG_LOG' }));
  });
});

describe('the entries of the store', () => {
  test('are those that were committed, the last ones compared one by one', async () => {
    const log = await logOf(3);
    const { entries } = log.store.rows;
    const [second, last] = entries.slice(1) as [(typeof entries)[0], (typeof entries)[0]];
    entries[1] = { ...second, entry: flipBit(second.entry, 1) };
    await expect(log.open()).rejects.toThrow(
      refusal('STATE_DAMAGED', 'entry 1 in the store is not the one that was committed'),
    );
    entries[1] = second;
    entries.pop();
    await expect(log.open()).rejects.toThrow(refusal('STATE_DAMAGED', 'entry 2 in the store is missing'));
    entries.push(last);
    await log.open();
  });

  test('begin with the first', async () => {
    const log = await logOf(256);
    const { entries } = log.store.rows;
    log.store.rows.entries = [];
    await expect(log.open()).rejects.toThrow(refusal('STATE_DAMAGED', 'entry 0 is missing from the store'));
    log.store.rows.entries = entries;
    await log.open();
  });

  test("say of which kind the log is: a school's is not opened as another's, nor for raw entries", async () => {
    const school = testLog();
    school.store.add(documentEvent(1));
    await (await school.open()).flush();
    await expect(Sequencer.open({ ...school.options, kind: 'raw' })).rejects.toThrow(
      refusal('WRONG_LOG', `the store holds the school's log ${ORIGIN}: it takes no raw entries`),
    );
    const raw = await logOf(2);
    await expect(Sequencer.open({ ...raw.options, kind: 'chain' })).rejects.toThrow(
      refusal('WRONG_LOG', `the store does not hold the school's log ${ORIGIN}`),
    );
  });

  test('of a log of raw entries may name the log itself, as long as they do not open it', async () => {
    const anchored = formatLeaf(
      { type: 'checkpoint.anchored', body: { origin: ORIGIN, size: 1, root: toBase64(new Uint8Array(32)) } },
      { seq: 0, prev: toBase64(genesis(ORIGIN)), at: new Date(START).toISOString(), school: 'th-ben-tram' },
    );
    const log = testLog({ kind: 'raw' });
    log.store.add({ id: 'anchor', kind: 'raw', entry: anchored });
    await (await log.open()).flush();
    await log.open();
    await expect(Sequencer.open({ ...log.options, kind: 'chain' })).rejects.toThrow(
      expect.objectContaining({ code: 'WRONG_LOG' }),
    );
  });
});

test('tiles that are missing or damaged are named, with what is wrong', async () => {
  const log = await logOf(3);
  const tile = log.tiles.files.get('tile/0/000.p/3') as Uint8Array;
  log.tiles.files.set('tile/0/000.p/3', flipBit(tile, 9));
  await expect(log.open()).rejects.toThrow(
    refusal('TILES_DAMAGED', 'the partial tiles at the right edge do not lead to the root'),
  );
  log.tiles.files.delete('tile/0/000.p/3');
  const missing = expect.objectContaining({ code: 'TILE_MISSING' });
  await expect(log.open()).rejects.toThrow(
    expect.objectContaining({
      code: 'TILES_DAMAGED',
      message: 'tile/0/000.p/3 is missing',
      cause: missing,
    }),
  );
});

test('too few witnesses to ask: the log opens when, and only when, the host chose to go on without them', async () => {
  const witness = testWitness(1);
  const deaf = { ...witness.client, latest: () => Promise.reject(new Error('down')) };
  const witnessing = { policy: policyOf([witness], 1), witnesses: [deaf] };
  const log = await logOf(2);
  const opening = (failOpen?: boolean) =>
    Sequencer.open({
      ...log.options,
      witnessing: { ...witnessing, ...(failOpen === undefined ? {} : { failOpen }) },
    });
  for (const failOpen of [undefined, false]) {
    await expect(opening(failOpen)).rejects.toThrow(
      refusal('WITNESSES_UNREACHABLE', 'too few witnesses could be asked for the newest checkpoint they saw'),
    );
  }
  await opening(true);
});
