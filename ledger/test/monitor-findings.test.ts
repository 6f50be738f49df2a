/** What a monitor says, in full, of small logs whose operator misbehaves, and what it keeps of it. */
import { describe, expect, test } from '@jest/globals';
import { utf8 } from '#ledger/format/bytes.js';
import { formatCheckpoint, parseCheckpoint } from '#ledger/format/checkpoint.js';
import { formatMisbehaviour } from '#ledger/format/misbehaviour.js';
import {
  COSIGNATURE_ED25519,
  ED25519,
  formatNote,
  formatVkey,
  parseNote,
  seedSigner,
  signNoteText,
} from '#ledger/format/note.js';
import type { Policy } from '#ledger/format/policy.js';
import type { MonitorEvent } from '#ledger/verify/monitor-events.js';
import {
  look,
  NOTHING_SEEN,
  type LookOptions,
  type MonitorState,
  type MonitorStore,
} from '#ledger/verify/monitor.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { logSigner, ORIGIN, START } from './logs.js';
import { Operator } from './operator.js';

const HOUR = 3_600_000;
const witness = (n: number) =>
  seedSigner(`w${String(n)}.example`, COSIGNATURE_ED25519, new Uint8Array(32).fill(n));
const [w1, w2, w3] = [witness(1), witness(2), witness(3)];
const witnesses = [w1, w2, w3].map((key, i) => ({ name: `w${String(i + 1)}`, key }));
const alone: Policy = { logs: [{ key: logSigner }], witnesses, groups: [], quorum: null };
const needs = (rule: number): Policy => ({
  ...alone,
  groups: [{ name: 'enough', rule, members: witnesses.map(({ name }) => name) }],
  quorum: 'enough',
});

/** A monitor in memory: its copy, what it remembers, and how often it wrote. */
class Monitor implements MonitorStore {
  readonly files = new Map<string, Uint8Array>();
  readonly written: string[] = [];
  remembered = 0;

  constructor(
    readonly options: Partial<LookOptions> = {},
    public state: MonitorState = NOTHING_SEEN,
  ) {}

  async events(log: LookOptions['log'], options: Partial<LookOptions> = {}): Promise<MonitorEvent[]> {
    const events: MonitorEvent[] = [];
    const onEvent = (event: MonitorEvent): unknown => events.push(event);
    this.state = await look(this.state, {
      log,
      origin: ORIGIN,
      policyAt: () => alone,
      store: this,
      now: START,
      onEvent,
      crypto: nodeCrypto,
      ...this.options,
      ...options,
    });
    return events;
  }

  async said(log: LookOptions['log'], options: Partial<LookOptions> = {}): Promise<string[]> {
    return (await this.events(log, options)).map(({ code, where, detail }) => `${code} ${where}: ${detail}`);
  }

  readTile(path: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.files.get(path));
  }

  writeTiles(files: readonly { path: string; bytes: Uint8Array }[]): Promise<void> {
    for (const { path, bytes } of files) this.files.set(path, bytes);
    this.written.push(...files.map(({ path }) => path));
    return Promise.resolve();
  }

  remember(state: MonitorState): Promise<void> {
    this.remembered++;
    this.state = state;
    return Promise.resolve();
  }
}

/** A log of three entries, and a monitor that followed it. */
async function followed(options: Partial<LookOptions> = {}) {
  const log = await Operator.opened(2).publish([w1]);
  const monitor = new Monitor(options);
  await monitor.events(log);
  return { log, monitor };
}

/** The log's signed note of a tree that nobody ever showed. */
async function noteOf(size: number, root: Uint8Array = new Uint8Array(32).fill(size)): Promise<Uint8Array> {
  const text = formatCheckpoint({ origin: ORIGIN, size, root });
  return formatNote({ text, signatures: [await signNoteText(text, logSigner)] });
}

const treeIn = (note: Uint8Array | undefined) => parseCheckpoint(parseNote(note as Uint8Array).text);
const sizesOf = (notes: readonly Uint8Array[]) => notes.map((note) => treeIn(note).size);
const vouched = (size: number, by = 'witnessed by w1') =>
  `FOLLOWED checkpoint: ${String(size)} entries, ${by}`;
const forkOf = (sizes: string) =>
  `FORK checkpoint: the log signed two histories (of ${sizes} entries) that cannot both be true`;

describe('a log that holds', () => {
  test('is told with its new entries by type and the witnesses that vouch for when', async () => {
    const log = await Operator.opened(2).publish([w1, w3]);
    const monitor = new Monitor();
    const opened = `LOG_OPENED entry 0: log key ${formatVkey(logSigner)}`;
    const entries = 'ENTRIES entry 0: and on: 1 log.opened, 2 document.event';
    expect(await monitor.said(log)).toEqual([opened, entries, vouched(3, 'witnessed by w1, w3')]);
    await log.addEvent(7).publish();
    expect(await monitor.said(log)).toEqual([
      'ENTRIES entry 3: and on: 1 document.event',
      vouched(4, 'no witness vouches for when'),
    ]);
  });

  test('and has not changed costs no writing; cosigned anew, the new note is kept and no entry is copied again', async () => {
    const { log, monitor } = await followed({ sweep: 0 });
    const [remembered, written] = [monitor.remembered, monitor.written.length];
    expect(await monitor.said(log)).toEqual([vouched(3)]);
    expect([monitor.remembered, monitor.written.length]).toEqual([remembered, written]);
    await log.publish([w2]);
    expect(await monitor.said(log)).toEqual([vouched(3, 'witnessed by w2')]);
    expect(monitor.state.followed).toEqual(log.checkpoint);
    expect([monitor.remembered, monitor.written.length]).toEqual([remembered + 1, written]);
  });

  test('is checked with the ledger’s own cryptography where none is given', async () => {
    const log = await Operator.opened(0).publish();
    const events: string[] = [];
    const state = await look(NOTHING_SEEN, {
      log,
      origin: ORIGIN,
      policyAt: () => alone,
      store: new Monitor(),
      now: START,
      onEvent: ({ code }) => events.push(code),
    });
    expect(events).toEqual(['LOG_OPENED', 'ENTRIES', 'FOLLOWED']);
    expect(state.followed).toEqual(log.checkpoint);
  });
});

describe('a checkpoint', () => {
  test('that is not there is unreachable for who never saw one, and missing for who did', async () => {
    const { log, monitor } = await followed();
    log.checkpoint = undefined;
    expect(await monitor.said(log)).toEqual(['CHECKPOINT_MISSING checkpoint: there is none']);
    expect(await new Monitor().said(log)).toEqual(['UNREACHABLE checkpoint: there is none']);
  });

  test('of another log, of a key that is not trusted, or of no form at all is refused by name and not followed', async () => {
    const log = await Operator.opened(0).publish();
    const monitor = new Monitor();
    expect(await monitor.said(log, { origin: 'other.example/log' })).toEqual([
      `CHECKPOINT_INVALID checkpoint: is of log ${ORIGIN}, not other.example/log`,
    ]);
    const stranger = seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(9));
    expect(await monitor.said(log, { policyAt: () => ({ ...alone, logs: [{ key: stranger }] }) })).toEqual([
      `CHECKPOINT_INVALID checkpoint: NO_LOG_SIGNATURE: log ${ORIGIN} did not sign this checkpoint`,
    ]);
    log.checkpoint = utf8('<html>not found</html>');
    expect(await monitor.said(log)).toEqual([
      'CHECKPOINT_INVALID checkpoint: MALFORMED: a note has an empty line between its text and its signatures',
    ]);
    expect(monitor.state).toEqual(NOTHING_SEEN);
  });

  test('with too few witnesses says which cosigned, and for which quorum', async () => {
    const log = await Operator.opened(0).publish([w1]);
    const monitor = new Monitor({ policyAt: () => needs(2) });
    const few = 'NO_QUORUM checkpoint: only w1 cosigned; the policy needs the quorum "enough"';
    // It is followed all the same, so that a fork of it shows, and not said to hold.
    const said = await monitor.said(log);
    expect([said[0], said.at(-1)]).toEqual([few, 'ENTRIES entry 0: and on: 1 log.opened']);
    expect(monitor.state.followed).toEqual(log.checkpoint);
    await log.publish([w1, w2]);
    expect(await monitor.said(log)).toEqual([vouched(1, 'witnessed by w1, w2')]);
  });

  test('signed by a key that the log’s own entries have ended is named with its size', async () => {
    const next = seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(7));
    const policyAt = () => ({ ...alone, logs: [{ key: logSigner }, { key: next }] });
    const written: Uint8Array[] = [];
    new Operator([logSigner], written)
      .add({ type: 'log.opened', body: { origin: ORIGIN, vkey: formatVkey(logSigner) } })
      .add({ type: 'key.added', body: { vkey: formatVkey(next) } })
      .add({ type: 'key.retired', body: { vkey: formatVkey(logSigner), invalidFrom: 3 } })
      .addEvent(1);
    const byOld = await new Monitor({ policyAt }).said(await new Operator([logSigner], written).publish());
    expect(byOld.at(-1)).toBe(
      "KEY_NOT_IN_FORCE checkpoint: is not signed by a key that the log's own entries give for size 4",
    );
    const byNew = await new Monitor({ policyAt }).said(await new Operator([next], written).publish());
    expect(byNew.at(-1)).toBe(vouched(4, 'no witness vouches for when'));
  });

  test('is held against no keys where nothing is remembered of the log’s entries', async () => {
    const log = await Operator.opened(0).publish([w1]);
    const state = { ...NOTHING_SEEN, followed: log.checkpoint as Uint8Array };
    expect(await new Monitor({}, state).said(log)).toEqual([vouched(1)]);
  });
});

describe('the age of a checkpoint', () => {
  /** Cosigned by each witness so many hours ago; with what is said of its age. */
  async function doubt(hours: readonly (readonly [typeof w1, number])[], policy: Policy): Promise<string[]> {
    const log = await Operator.opened(0).publish();
    const own = parseNote(log.checkpoint as Uint8Array);
    const signatures = [...own.signatures];
    for (const [key, ago] of hours) {
      await log.publish([key], START - ago * HOUR);
      signatures.push(...parseNote(log.checkpoint as Uint8Array).signatures.slice(1));
    }
    log.checkpoint = formatNote({ text: own.text, signatures });
    const said = await new Monitor({ policyAt: () => policy }).said(log);
    return said.filter((line) => line.startsWith('STALE'));
  }
  const stale = (hours: number) => {
    const time = new Date(START - hours * HOUR).toISOString();
    return `STALE checkpoint: was last witnessed at ${time}, ${String(hours)} hours ago`;
  };

  test('is that of the newest cosignature where no quorum is asked for, in whichever order they stand', async () => {
    expect(await doubt([[w1, 30]], alone)).toEqual([stale(30)]);
    expect(await doubt([[w1, 1]], alone)).toEqual([]);
    for (const order of [
      [30, 40, 50],
      [50, 40, 30],
      [40, 30, 50],
    ] as const) {
      const [a, b, c] = order;
      const all = [[w1, a] as const, [w2, b] as const, [w3, c] as const];
      expect(await doubt(all, alone)).toEqual([stale(30)]);
      expect(await doubt(all.slice(0, 2), alone)).toEqual([stale(Math.min(a, b))]);
    }
    expect(await doubt([], alone)).toEqual([]);
  });

  test('is that of the whole quorum where one is asked for: one fresh witness does not stand for two', async () => {
    const all = [[w1, 50] as const, [w2, 40] as const, [w3, 1] as const];
    expect(await doubt(all, needs(2))).toEqual([stale(40)]);
    expect(await doubt(all, needs(3))).toEqual([]);
  });
});

describe('a fork', () => {
  test('at one size and at two is told with the sizes and its proof, at each look again, and kept once', async () => {
    for (const [more, sizes] of [
      [1, '3'],
      [3, '3 and 5'],
    ] as const) {
      const { log, monitor } = await followed();
      const other = log.copy(2);
      for (let i = 0; i < more; i++) other.addEvent(90 + i);
      await other.publish([w1]);
      for (let i = 0; i < 2; i++) {
        expect(await monitor.said(other)).toEqual([forkOf(sizes)]);
        expect(monitor.state).toMatchObject({ unsettled: [], proofs: { length: 1 } });
      }
      const [event] = await monitor.events(other);
      expect(event?.proof).toEqual(monitor.state.proofs[0]);
      // The first history is still the one followed; the log does not hold all the same.
      expect(await monitor.said(log)).toEqual([forkOf(sizes)]);
    }
  });

  test('of fewer entries is told beside the size that was seen before', async () => {
    const { log, monitor } = await followed();
    const older = 'OLDER_CHECKPOINT checkpoint: has 2 entries, and had 3';
    expect(await monitor.said(await log.copy(2).publish([w1]))).toEqual([older]);
    const other = log.copy(1).addEvent(90);
    expect(await monitor.said(await other.publish([w1]))).toEqual([older, forkOf('2 and 3')]);
  });

  test('of a tree with the same root at another size is not taken for the tree that was seen', async () => {
    const { log, monitor } = await followed();
    const { root } = treeIn(log.checkpoint);
    log.checkpoint = await noteOf(4, root);
    const said = await monitor.said(log);
    expect(said.map((line) => line.split(' ')[0])).toEqual(['TILE_DAMAGED']);
    expect(sizesOf(monitor.state.unsettled)).toEqual([4]);
  });

  test('whose entries are withheld is kept, once, and held against the log while it shows a smaller tree', async () => {
    const { log, monitor } = await followed();
    const honest = log.checkpoint;
    const withheld = [await noteOf(7), await noteOf(8), await noteOf(8, new Uint8Array(32))];
    for (const note of [...withheld, ...withheld]) {
      log.checkpoint = note;
      expect((await monitor.said(log))[0]).toBe(
        `TILE_DAMAGED tile: tile/0/000.p/${String(treeIn(note).size)} is missing`,
      );
    }
    expect(monitor.state.unsettled).toEqual(withheld);
    log.checkpoint = honest;
    const signed = [7, 8, 8].map(
      (size) => `OLDER_CHECKPOINT checkpoint: the log signed a tree of ${String(size)} entries, and shows 3`,
    );
    expect(await monitor.said(log)).toEqual([...signed, vouched(3)]);
    log.checkpoint = undefined;
    expect(await monitor.said(log)).toEqual(['CHECKPOINT_MISSING checkpoint: there is none']);
    // The log grows past one of them: that one is proven, the others are still open.
    for (let i = 0; i < 4; i++) log.addEvent(60 + i);
    await log.publish([w1]);
    const said = await monitor.said(log);
    expect(said.filter((line) => line.startsWith('FORK'))).toEqual([forkOf('7')]);
    expect(monitor.state.unsettled).toEqual(withheld.slice(1));
  });

  test('that was withheld and is of the same history is forgotten once the log has grown to it', async () => {
    const { log, monitor } = await followed();
    await log.addEvent(60).publish([w1]);
    const tiles = new Map(log.files);
    log.files.clear();
    await monitor.events(log);
    expect(sizesOf(monitor.state.unsettled)).toEqual([4]);
    tiles.forEach((bytes, path) => log.files.set(path, bytes));
    expect((await monitor.said(log)).at(-1)).toBe(vouched(4));
    expect(monitor.state).toMatchObject({ unsettled: [], proofs: [] });
  });
});

describe('an operator who fills no disk', () => {
  const fork = async (log: Operator, number: number) => {
    const other = await log
      .copy(2)
      .addEvent(900 + number)
      .publish();
    const checkpoints = [log.checkpoint, other.checkpoint] as [Uint8Array, Uint8Array];
    return { other, proof: formatMisbehaviour({ checkpoints, contradiction: { kind: 'same-size' } }) };
  };

  test('has sixteen signed trees kept, proven or not, and no more', async () => {
    const { log, monitor } = await followed();
    const { proof } = await fork(log, 0);
    const notes = await Promise.all(Array.from({ length: 9 }, (_, i) => noteOf(20 + i)));
    log.checkpoint = await noteOf(50);
    for (const [unsettled, proofs, kept] of [
      [7, 8, 8],
      [8, 8, 8],
      [9, 8, 9],
    ] as const) {
      const own = new Monitor(
        {},
        {
          ...monitor.state,
          unsettled: notes.slice(0, unsettled),
          proofs: Array.from({ length: proofs }, () => proof),
        },
      );
      monitor.files.forEach((bytes, path) => own.files.set(path, bytes));
      await own.events(log);
      expect([unsettled, own.state.unsettled.length]).toEqual([unsettled, kept]);
    }
  });

  test('has sixteen proofs kept, and each further fork is still no tree to follow', async () => {
    const { log, monitor } = await followed();
    const { proof } = await fork(log, 0);
    const { other } = await fork(log, 1);
    for (const [proofs, kept] of [
      [15, 16],
      [16, 16],
    ] as const) {
      const state = { ...monitor.state, proofs: Array.from({ length: proofs }, () => proof) };
      const own = new Monitor({}, state);
      expect(await own.said(other)).toEqual(Array.from({ length: kept }, () => forkOf('3')));
      expect([own.state.proofs.length, own.state.followed]).toEqual([kept, log.checkpoint]);
    }
  });

  test('has a hundred faults remembered, the first ones', async () => {
    const { log, monitor } = await followed();
    const faults = Array.from({ length: 99 }, (_, i): MonitorEvent => ({
      code: 'CHAIN_BROKEN',
      where: `entry ${String(i)}`,
      detail: 'is no leaf',
    }));
    const own = new Monitor({}, { ...monitor.state, faults });
    monitor.files.forEach((bytes, path) => own.files.set(path, bytes));
    await log.addRaw(utf8('no leaf')).addRaw(utf8('none')).publish();
    // All are said at this look.
    expect((await own.events(log)).filter(({ code }) => code === 'CHAIN_BROKEN')).toHaveLength(101);
    expect(own.state.faults).toHaveLength(100);
    expect(own.state.faults.slice(-2).map(({ where }) => where)).toEqual(['entry 98', 'entry 3']);
  });
});

describe('what fails beside the log', () => {
  test('a server that breaks off is no damage of the log: the error passes through, and what was signed is kept', async () => {
    const { log, monitor } = await followed();
    await log.addEvent(60).publish();
    const broken = Object.assign(log.copy(), {
      checkpoint: log.checkpoint,
      readTile: () => Promise.reject(new Error('ECONNRESET')),
    });
    await expect(monitor.said(broken)).rejects.toThrow('ECONNRESET');
    expect(sizesOf(monitor.state.unsettled)).toEqual([4]);
  });

  test('a fault of the policy is no fault of the checkpoint, at either time that it is asked', async () => {
    const log = await Operator.opened(0).publish([w1]);
    const policyAt = () => {
      throw new RangeError('no trust bundle');
    };
    await expect(new Monitor({ policyAt }).said(log)).rejects.toThrow(RangeError);
    let asked = 0;
    const groups = () => {
      if (asked++ > 0) throw new RangeError('no groups');
      return [];
    };
    const failing = {
      ...needs(1),
      get groups() {
        return groups();
      },
    };
    await expect(new Monitor({ policyAt: () => failing }).said(log)).rejects.toThrow(RangeError);
  });

  test('damage of the own copy while an old signature is compared is said as such, and proves nothing', async () => {
    const { log, monitor } = await followed();
    const honest = log.copy(2);
    await honest.publish([w1]);
    monitor.files.set('tile/0/000.p/3', new Uint8Array(96));
    expect(await monitor.said(honest)).toEqual([
      'OLDER_CHECKPOINT checkpoint: has 2 entries, and had 3',
      'COPY_DAMAGED own copy: the partial tiles at the right edge do not lead to the root',
    ]);
    expect(monitor.state).toMatchObject({ proofs: [], unsettled: { length: 1 } });
    monitor.readTile = () => Promise.reject(new Error('EIO'));
    await expect(monitor.said(honest)).rejects.toThrow('EIO');
  });

  test('damage of the own copy while new entries are read is said as such; the old ones stay followed', async () => {
    const { log, monitor } = await followed();
    const before = monitor.state.followed;
    monitor.files.delete('tile/0/000.p/3');
    await log.addEvent(60).publish([w1]);
    expect(await monitor.said(log)).toEqual(['COPY_DAMAGED own copy: tile/0/000.p/3 is missing']);
    expect(monitor.state.followed).toEqual(before);
  });

  test('bytes of an entry that are not those signed are named, where they are first read and where they are swept', async () => {
    const { log, monitor } = await followed();
    log.damage('tile/entries/000.p/3');
    const damaged =
      'ENTRIES_DAMAGED entry 2: its bytes in tile/entries/000.p/3 are not those that were signed';
    expect(await monitor.said(log)).toEqual([damaged]);
    expect(await new Monitor().said(log)).toEqual([damaged]);
    expect(await monitor.said(log, { sweep: 0 })).toEqual([vouched(3)]);
  });
});
