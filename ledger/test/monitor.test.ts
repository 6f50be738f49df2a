import { describe, expect, test } from '@jest/globals';
import { equal, toBase64, utf8 } from '#ledger/format/bytes.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { COSIGNATURE_ED25519, ED25519, formatVkey, parseNote, seedSigner } from '#ledger/format/note.js';
import type { Policy } from '#ledger/format/policy.js';
import { checkMisbehaviour } from '#ledger/verify/misbehaviour.js';
import type { MonitorEvent } from '#ledger/verify/monitor-events.js';
import { look, NOTHING_SEEN, type MonitorState, type MonitorStore } from '#ledger/verify/monitor.js';
import type { PolicyAt } from '#ledger/verify/signed.js';
import { formatMonitorState, parseMonitorState } from '#ledger-node/monitor-state.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { logSigner, ORIGIN, START } from './logs.js';
import { Operator } from './operator.js';

const HOUR = 3_600_000;
const witness = (n: number) =>
  seedSigner(`w${String(n)}.example`, COSIGNATURE_ED25519, new Uint8Array(32).fill(n));
const [w1, w2] = [witness(1), witness(2)];
const both: Policy = {
  logs: [{ key: logSigner }],
  witnesses: [
    { name: 'so-gddt', key: w1 },
    { name: 'truong-ban', key: w2 },
  ],
  groups: [{ name: 'both', rule: 'all', members: ['so-gddt', 'truong-ban'] }],
  quorum: 'both',
};
const alone: Policy = { logs: [{ key: logSigner }], witnesses: [], groups: [], quorum: null };

/** A monitor whose state goes through its file each time, as if the process ended after each look. */
class Monitor implements MonitorStore {
  readonly files = new Map<string, Uint8Array>();
  stored = formatMonitorState(ORIGIN, NOTHING_SEEN);
  /** The process is killed instead of its nth writing from here on. */
  killAfter = Number.POSITIVE_INFINITY;

  constructor(
    private readonly policy: Policy | PolicyAt = alone,
    private readonly sweep?: number,
  ) {}

  get state(): MonitorState {
    return parseMonitorState(ORIGIN, this.stored);
  }

  async look(log: Operator, now = START): Promise<string[]> {
    return (await this.events(log, now)).map(({ code }) => code);
  }

  async events(log: Operator, now = START): Promise<MonitorEvent[]> {
    const events: MonitorEvent[] = [];
    const { policy, sweep } = this;
    await look(this.state, {
      log,
      origin: ORIGIN,
      policyAt: typeof policy === 'function' ? policy : () => policy,
      store: this,
      now,
      onEvent: (event) => events.push(event),
      crypto: nodeCrypto,
      ...(sweep === undefined ? {} : { sweep }),
    });
    return events;
  }

  async readTile(path: string): Promise<Uint8Array | undefined> {
    return this.files.get(path);
  }

  async writeTiles(files: readonly { path: string; bytes: Uint8Array }[]): Promise<void> {
    for (const { path, bytes } of files) {
      this.write();
      this.files.set(path, bytes);
    }
  }

  async remember(state: MonitorState): Promise<void> {
    this.write();
    this.stored = formatMonitorState(ORIGIN, state);
  }

  private write(): void {
    if (this.killAfter-- <= 0) throw new Error('killed');
  }

  /** Sizes of both checkpoints of the first proof, when it holds; the kind too. */
  proof(): string {
    const [proof] = this.state.proofs;
    const { kind, checkpoints } = checkMisbehaviour(proof as Uint8Array, () => alone);
    return `${kind} ${checkpoints.map(({ size }) => size).join(' ')}`;
  }
}

const sizeIn = (note: Uint8Array | undefined) =>
  note === undefined ? undefined : parseCheckpoint(parseNote(note).text).size;

describe('a monitor of an honest log', () => {
  test('follows it from look to look, and says what is new', async () => {
    const log = await Operator.opened(5).publish([w1, w2]);
    const monitor = new Monitor(both);
    expect(await monitor.look(log)).toEqual(['LOG_OPENED', 'ENTRIES', 'FOLLOWED']);
    expect(await monitor.look(log)).toEqual(['FOLLOWED']);
    for (let i = 5; i < 600; i++) log.addEvent(i);
    await log.publish([w1, w2]);
    expect(await monitor.events(log)).toEqual([
      { code: 'ENTRIES', where: 'entry 6', detail: 'and on: 595 document.event' },
      { code: 'FOLLOWED', where: 'checkpoint', detail: '601 entries, witnessed by so-gddt, truong-ban' },
    ]);
    expect(sizeIn(monitor.state.followed)).toBe(601);
    expect(monitor.state).toMatchObject({ unsettled: [], proofs: [], faults: [] });
  });

  test.each([1, 2, 255, 256, 257, 511, 513])('goes on from %i entries, one by one', async (size) => {
    const log = await Operator.opened(size - 1).publish();
    const monitor = new Monitor();
    await monitor.look(log);
    for (let i = 0; i < 3; i++) {
      await log.addEvent(1000 + i).publish();
      expect(await monitor.look(log)).toEqual(['ENTRIES', 'FOLLOWED']);
    }
    // The copy is the log: whoever reads it finds the same tree.
    const same = [...monitor.files].filter(([path, bytes]) => equal(bytes, log.files.get(path) ?? utf8('')));
    expect(same.length).toBe(monitor.files.size);
  });

  test('follows an empty log, and one of raw entries', async () => {
    const log = await new Operator().publish();
    const monitor = new Monitor();
    expect(await monitor.look(log)).toEqual(['FOLLOWED']);
    for (let i = 0; i < 300; i++) log.addRaw(utf8(`entry ${String(i)}`));
    await log.publish();
    expect(await monitor.look(log)).toEqual(['ENTRIES', 'FOLLOWED']);
    expect(await monitor.look(log)).toEqual(['FOLLOWED']);
  });

  test('killed at any writing, it loses nothing and finds nothing wrong', async () => {
    const small = await Operator.opened(200).publish();
    const large = Operator.opened(200);
    for (let i = 200; i < 700; i++) large.addEvent(i);
    await large.publish();
    const before = new Monitor();
    await before.look(small);
    for (let kill = 0; ; kill++) {
      const monitor = new Monitor();
      monitor.stored = before.stored;
      before.files.forEach((bytes, path) => monitor.files.set(path, bytes));
      monitor.killAfter = kill;
      const done = await monitor.look(large).then(
        () => true,
        () => false,
      );
      monitor.killAfter = Number.POSITIVE_INFINITY;
      expect(await monitor.look(large)).toContain('FOLLOWED');
      expect(monitor.state).toMatchObject({ unsettled: [], proofs: [], faults: [] });
      expect(sizeIn(monitor.state.followed)).toBe(701);
      if (done) {
        expect(kill).toBeGreaterThan(8);
        return;
      }
    }
  });
});

describe('a monitor of a log that forks', () => {
  /** A monitor that followed a log of 301 entries, and another history that leaves it after `common` entries. */
  async function forked(common: number): Promise<{ log: Operator; other: Operator; monitor: Monitor }> {
    const log = await Operator.opened(300).publish();
    const monitor = new Monitor();
    await monitor.look(log);
    return { log, other: log.copy(common), monitor };
  }

  test('one size, two roots: proven', async () => {
    const { other, monitor } = await forked(300);
    expect(await monitor.look(await other.addEvent(9000).publish())).toEqual(['FORK']);
    expect(monitor.proof()).toBe('same-size 301 301');
  });

  test.each([1, 256, 299, 300])('more entries, another beginning after %i: proven', async (common) => {
    const { other, monitor } = await forked(common);
    for (let i = 0; i < 400; i++) other.addEvent(9000 + i);
    expect(await monitor.look(await other.publish())).toEqual(['FORK']);
    expect(monitor.proof()).toBe(`not-a-prefix 301 ${String(common + 400)}`);
    expect(sizeIn(monitor.state.followed)).toBe(301);
  });

  test('fewer entries, another beginning: proven out of its own copy', async () => {
    const { other, monitor } = await forked(200);
    other.addEvent(9000);
    expect(await monitor.look(await other.publish())).toEqual(['OLDER_CHECKPOINT', 'FORK']);
    expect(monitor.proof()).toBe('not-a-prefix 201 301');
  });

  test('fewer entries of the same history are an old copy, not a fork', async () => {
    const { other, monitor } = await forked(200);
    expect(await monitor.look(await other.publish())).toEqual(['OLDER_CHECKPOINT']);
    expect(monitor.state).toMatchObject({ proofs: [], unsettled: [] });
    expect(await monitor.look(await new Operator().publish())).toEqual(['OLDER_CHECKPOINT']);
  });

  test('is not forgotten when the log shows the first history again', async () => {
    const { log, other, monitor } = await forked(300);
    await monitor.look(await other.addEvent(9000).publish());
    expect(await monitor.look(await log.addEvent(300).publish())).toEqual(['ENTRIES', 'FORK']);
    await monitor.look(await other.addEvent(9001).publish());
    await monitor.look(other);
    expect(monitor.state.proofs).toHaveLength(2);
    expect(await monitor.look(log)).toEqual(['FORK', 'FORK']);
  });

  test('a signed checkpoint whose entries are withheld is kept until the log has grown past it', async () => {
    const { log, other, monitor } = await forked(300);
    await other.addEvent(9000).addEvent(9001).publish();
    other.files.clear();
    expect(await monitor.look(other)).toEqual(['TILE_DAMAGED']);
    expect(await monitor.look(log)).toEqual(['OLDER_CHECKPOINT', 'FOLLOWED']);
    expect(await monitor.look(await log.addEvent(300).addEvent(301).publish())).toEqual(['ENTRIES', 'FORK']);
    expect(monitor.proof()).toBe('not-a-prefix 302 303');
  });

  test('an operator who forks without end fills no disk', async () => {
    const { log, monitor } = await forked(300);
    for (let i = 0; i < 40; i++)
      await monitor.look(
        await log
          .copy(300)
          .addEvent(9000 + i)
          .publish(),
      );
    expect(monitor.state.proofs.length + monitor.state.unsettled.length).toBe(16);
    expect(await monitor.look(log)).toContain('FORK');
  });

  test('killed at any writing, it still proves the fork, though it was shown only once', async () => {
    for (let kill = 1; kill <= 4; kill++) {
      const { log, other, monitor } = await forked(300);
      monitor.killAfter = kill;
      await monitor.look(await other.addEvent(9000).publish()).catch(() => undefined);
      monitor.killAfter = Number.POSITIVE_INFINITY;
      expect(await monitor.look(log)).toContain('FORK');
      expect(monitor.proof()).toBe('same-size 301 301');
    }
  });
});

describe('what a monitor says of a checkpoint', () => {
  test('one witness of two is no quorum; both are', async () => {
    const log = await Operator.opened(3).publish([w1]);
    const monitor = new Monitor(both);
    expect(await monitor.look(log)).toContain('NO_QUORUM');
    expect(await monitor.look(await log.publish([w1, w2]))).toEqual(['FOLLOWED']);
  });

  test('a witness twice is no quorum of two', async () => {
    const log = await Operator.opened(3).publish([w1, w1]);
    expect(await new Monitor(both).look(log)).toContain('NO_QUORUM');
  });

  test('silence for more than a day is no health; the quorum counts, not one witness', async () => {
    const log = await Operator.opened(3).publish([w1, w2]);
    const monitor = new Monitor(both);
    expect(await monitor.look(log, START + 24 * HOUR)).toContain('FOLLOWED');
    expect(await monitor.look(log, START + 24 * HOUR + 1)).toEqual(['STALE', 'FOLLOWED']);
    await log.publish([w1, w2], START + 25 * HOUR);
    expect(await monitor.look(log, START + 30 * HOUR)).toEqual(['FOLLOWED']);
  });

  test('a cosignature of the future is said', async () => {
    const log = await Operator.opened(3).publish([w1, w2], START + HOUR);
    const monitor = new Monitor(both);
    expect(await monitor.look(log)).toContain('CLOCKS_DIFFER');
    expect(await monitor.look(log, START + HOUR)).toEqual(['FOLLOWED']);
  });

  test('of another log, by another key, changed, or missing: nothing is followed', async () => {
    const log = await Operator.opened(3).publish([w1, w2]);
    const stranger = seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(9));
    const other = seedSigner('demo.so-cai.example/other', ED25519, new Uint8Array(32).fill(8));
    const cases: [Policy, (log: Operator) => Uint8Array | undefined, string][] = [
      [{ ...both, logs: [{ key: other }] }, ({ checkpoint }) => checkpoint, 'CHECKPOINT_INVALID'],
      [{ ...both, logs: [{ key: stranger }] }, ({ checkpoint }) => checkpoint, 'CHECKPOINT_INVALID'],
      [
        both,
        ({ checkpoint }) =>
          utf8(
            Buffer.from(checkpoint ?? [])
              .toString()
              .replace('\n4\n', '\n5\n'),
          ),
        'CHECKPOINT_INVALID',
      ],
      [both, () => utf8('<html>not found</html>'), 'CHECKPOINT_INVALID'],
      [both, () => undefined, 'UNREACHABLE'],
    ];
    for (const [policy, change, code] of cases) {
      const shown = log.copy();
      await shown.publish([w1, w2]);
      shown.checkpoint = change(shown);
      const monitor = new Monitor(policy);
      expect(await monitor.look(shown)).toEqual([code]);
      expect(monitor.state.followed).toBeUndefined();
    }
  });

  test('a checkpoint that was there and is gone is a fault', async () => {
    const log = await Operator.opened(3).publish();
    const monitor = new Monitor();
    await monitor.look(log);
    log.checkpoint = undefined;
    expect(await monitor.look(log)).toEqual(['CHECKPOINT_MISSING']);
  });

  test('a checkpoint of another log that the policy knows too is not taken for this one', async () => {
    const log = await Operator.opened(3).publish();
    const monitor = new Monitor();
    const events: string[] = [];
    await look(NOTHING_SEEN, {
      log,
      origin: 'demo.so-cai.example/other',
      policyAt: () => alone,
      store: monitor,
      now: START,
      onEvent: ({ code }) => events.push(code),
    });
    expect(events).toEqual(['CHECKPOINT_INVALID']);
  });
});

describe('what a monitor says of files', () => {
  test.each([
    ['tile/0/000', 'TILE_DAMAGED', 'tile/0/000'],
    // Which of the partial tiles is wrong no hash says; fsck compares them with the entries.
    ['tile/0/001.p/45', 'TILE_DAMAGED', 'the partial tiles at the right edge'],
    ['tile/1/000.p/1', 'TILE_DAMAGED', 'the partial tiles at the right edge'],
    ['tile/entries/000', 'ENTRIES_DAMAGED', 'tile/entries/000'],
    ['tile/entries/001.p/45', 'ENTRIES_DAMAGED', 'tile/entries/001.p/45'],
  ])('a flipped bit or a loss of %s is found, at the first look and later', async (path, code, named) => {
    const harms: [string, (log: Operator) => unknown][] = [
      [named, (log) => log.damage(path)],
      [path, (log) => log.files.delete(path)],
    ];
    for (const [words, harm] of harms) {
      const log = await Operator.opened(300).publish();
      const monitor = new Monitor();
      expect(await monitor.look(log)).toContain('FOLLOWED');
      harm(log);
      const [event, ...more] = await monitor.events(log);
      expect([event?.code, more.filter((other) => other.code === 'FOLLOWED')]).toEqual([code, []]);
      expect(`${event?.where ?? ''} ${event?.detail ?? ''}`).toContain(words);
      expect(await new Monitor().look(log)).toContain(code);
      await log.publish();
      expect(await monitor.look(log)).toEqual(['FOLLOWED']);
    }
  });

  test('old entries are read again in turn, and a damaged one does not keep the others from it', async () => {
    const log = await Operator.opened(1200).publish();
    const monitor = new Monitor(alone, 1);
    await monitor.look(log);
    log.damage('tile/entries/000');
    log.damage('tile/entries/003');
    const found: string[][] = [];
    for (let i = 0; i < 5; i++) found.push(await monitor.look(log));
    expect(found.map(([code]) => code)).toEqual([
      'ENTRIES_DAMAGED',
      'FOLLOWED',
      'FOLLOWED',
      'ENTRIES_DAMAGED',
      'FOLLOWED',
    ]);
  });

  test("damage of the monitor's own copy is not held against the log", async () => {
    const log = await Operator.opened(300).publish();
    const monitor = new Monitor();
    await monitor.look(log);
    monitor.files.set('tile/1/000.p/1', new Uint8Array(32));
    await log.addEvent(300).publish();
    expect(await monitor.look(log)).toEqual(['COPY_DAMAGED']);
    expect(monitor.state.proofs).toEqual([]);
  });
});

describe('what a monitor says of entries', () => {
  const hash = (n: number) => toBase64(new Uint8Array(32).fill(n));
  const retiredKey = (invalidFrom: number) =>
    ({ type: 'key.retired', body: { vkey: formatVkey(logSigner), invalidFrom } }) as const;

  /** The codes at the look at these entries, and at the look after it. */
  async function codes(add: (log: Operator) => void): Promise<[string[], string[]]> {
    const log = await Operator.opened(3).publish();
    const monitor = new Monitor();
    await monitor.look(log);
    add(log);
    await log.publish();
    return [await monitor.look(log), await monitor.look(log)];
  }

  test.each<[string, string, (log: Operator) => void]>([
    ['a tag for the second time', 'SECOND_EVENT', (log) => log.addEvent(1)],
    ['a tag twice among new entries', 'SECOND_EVENT', (log) => log.addEvent(7).addEvent(7)],
    ['no leaf', 'CHAIN_BROKEN', (log) => log.addRaw(utf8('{"v":1}'))],
    [
      'a time before the entry before it',
      'CHAIN_BROKEN',
      (log) => log.add({ type: 'key.added', body: { cert: hash(1) } }, { at: '2026-11-21T02:59:59.999Z' }),
    ],
    [
      'another entry before it',
      'CHAIN_BROKEN',
      (log) => log.add({ type: 'key.added', body: { cert: hash(1) } }, { prev: hash(2) }),
    ],
    [
      'an event after the closing',
      'ENTRY_AFTER_CLOSING',
      (log) => log.add(retiredKey(log.size + 1)).addEvent(8),
    ],
    [
      'the retirement of a key that the log does not have',
      'KEY_RULE_BROKEN',
      (log) =>
        log.add({
          type: 'key.retired',
          body: {
            vkey: formatVkey(seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(3))),
            invalidFrom: log.size,
          },
        }),
    ],
    [
      'a journal with fewer events than before',
      'JOURNAL_REWRITTEN',
      (log) =>
        log
          .add({ type: 'journal.anchored', body: { head: hash(1), count: 9 } })
          .add({ type: 'journal.anchored', body: { head: hash(2), count: 8 } }),
    ],
    [
      'another journal of as many events',
      'JOURNAL_REWRITTEN',
      (log) =>
        log
          .add({ type: 'journal.anchored', body: { head: hash(1), count: 9 } })
          .add({ type: 'journal.anchored', body: { head: hash(2), count: 9 } }),
    ],
  ])('%s is a fault, now and for ever', async (_name, code, add) => {
    const [now, later] = await codes(add);
    expect(now).toContain(code);
    expect(now).not.toContain('FOLLOWED');
    expect(later).toContain(code);
    expect(later).not.toContain('FOLLOWED');
  });

  test('what is allowed is none: keys, a journal that grows or stays, a roster, the closing', async () => {
    const [now, later] = await codes((log) =>
      log
        .add({ type: 'key.added', body: { cert: hash(1) } })
        .add({ type: 'key.retired', body: { cert: hash(1), invalidFrom: 5 } })
        .add({ type: 'journal.anchored', body: { head: hash(1), count: 9 } })
        .add({ type: 'journal.anchored', body: { head: hash(1), count: 9 } })
        .add({ type: 'journal.anchored', body: { head: hash(2), count: 10 } })
        .add({ type: 'roster.locked', body: { roster: hash(3), count: 45 } })
        .add({ type: 'trust.published', body: { serial: 2, bundle: hash(4) } })
        .add(retiredKey(log.size + 1)),
    );
    expect(now).toEqual([
      'KEY_ADDED',
      'KEY_RETIRED',
      'TRUST_PUBLISHED',
      'KEY_RETIRED',
      'LOG_CLOSED',
      'ENTRIES',
      'FOLLOWED',
    ]);
    expect(later).toEqual(['FOLLOWED']);
  });

  test('the anchors of one batch stand in any order, but none has fewer events than those of batches before', async () => {
    const at = (second: number) => ({ at: `2026-11-21T03:10:0${String(second)}.000Z` });
    const anchor = (count: number) =>
      ({ type: 'journal.anchored', body: { head: hash(count), count } }) as const;
    const batches = (log: Operator) =>
      log.add(anchor(5), at(0)).add(anchor(9), at(1)).add(anchor(7), at(1)).add(anchor(8), at(1));
    expect((await codes(batches))[0]).toContain('FOLLOWED');
    expect((await codes((log) => batches(log).add(anchor(9), at(2))))[0]).toContain('FOLLOWED');
    for (const [count, second] of [
      [4, 1],
      [8, 2],
    ] as const) {
      const [now] = await codes((log) => batches(log).add(anchor(count), at(second)));
      expect([count, now.includes('JOURNAL_REWRITTEN')]).toEqual([count, true]);
    }
  });

  test('after a change of keys the new key has to sign', async () => {
    const next = seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(7));
    const keys: Policy = { ...alone, logs: [{ key: logSigner }, { key: next }] };
    const changed = Operator.opened(3).add({ type: 'key.added', body: { vkey: formatVkey(next) } });
    changed.add(retiredKey(changed.size + 1)).addEvent(9);
    const entries = changed.size;
    const signedBy = async (...signers: (typeof next)[]) => {
      const log = changed.copy(entries);
      return new Operator(signers, (log as unknown as { entries: Uint8Array[] }).entries).publish();
    };
    expect(await new Monitor(keys).look(await signedBy(next))).toContain('FOLLOWED');
    const byOld = await new Monitor(keys).look(await signedBy(logSigner));
    expect(byOld).toContain('KEY_NOT_IN_FORCE');
    expect(byOld).not.toContain('FOLLOWED');
  });
});
