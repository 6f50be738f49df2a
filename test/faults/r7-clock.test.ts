import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseLeaf } from '#ledger/format/leaf.js';
import { COSIGNATURE_ED25519, seedSigner } from '#ledger/format/note.js';
import type { Policy } from '#ledger/format/policy.js';
import { LogError } from '#ledger/log/errors.js';
import type { LogOptions } from '#ledger/log/options.js';
import type { TileFile } from '#ledger/log/ports.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { fsck } from '#ledger/verify/fsck.js';
import { httpWitness } from '#ledger-node/http-witness.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { startWitnessServer } from '#ledger-node/witness-server.js';
import { documentEvent, logSigner, START } from '../../ledger/test/logs.js';
import { ENGINE } from '../integration/engine.js';
import { FULL, figure } from './figures.js';
import { BEFORE, databaseRig, folderRig, type LogRig } from './log-rigs.js';

const HOUR = 3_600_000;
const STEPS = FULL ? 1000 : 60;
const SEED = Number(process.env['SOCAI_SEED'] ?? randomInt(2 ** 31));

describe.each([
  ['a folder', folderRig],
  [`the application's database (${ENGINE})`, databaseRig],
])('R7: the clock of a log on %s', (name, makeRig) => {
  jest.setTimeout(600_000);
  let rig: LogRig;
  beforeAll(async () => {
    rig = await makeRig();
  });
  beforeEach(() => rig.reset());
  afterAll(() => rig.drop());

  test('row 39: jumps up to an hour either way while in use: order by index, nothing signed behind', async () => {
    const clock = new JumpingClock(SEED);
    const options = await rig.options();
    const breaks: string[] = [];
    const signer = watched(options, clock, breaks);
    const log = await Sequencer.open({ ...options, signer, clock: clock.read });
    let refused = 0;
    for (let step = 1; step <= STEPS; step++) {
      clock.walk();
      if (step % 3 !== 0) await rig.give([documentEvent(1000 + step)]);
      try {
        await (step % 5 === 0 ? log.recosign() : log.flush());
      } catch (error) {
        if (!(error instanceof LogError) || error.code !== 'CLOCK_BEHIND') throw error;
        refused++;
      }
    }
    clock.right();
    const given = STEPS - Math.floor(STEPS / 3);
    for (let i = 0; i <= given / 10; i++) await log.flush();

    const { size, published } = await options.store.readState();
    expect([size, published?.size]).toEqual([BEFORE + given, BEFORE + given]);
    const onFinding = ({ where, detail }: { where: string; detail: string }) =>
      breaks.push(`${where} ${detail}`);
    await fsck(rig.tiles, logSigner, { crypto: nodeCrypto, onFinding });
    const times = (await options.store.readEntries(0, size)).map((entry) => parseLeaf(entry).at);
    times.forEach((at, seq) => {
      if (seq > 0 && at < (times[seq - 1] as string)) breaks.push(`entry ${String(seq)} is before the last`);
    });
    figure({
      id: 'R7',
      what: `a log on ${name} under a clock that jumps ±1 h: order breaks and signatures behind the last entry`,
      value: `${String(breaks.length)} in ${String(STEPS)} steps, ${String(refused)} refused`,
      bar: '0',
      holds: breaks.length === 0 && refused > 0,
      detail: `SOCAI_SEED=${String(SEED)}`,
    });
    expect({ seed: SEED, breaks }).toEqual({ seed: SEED, breaks: [] });
    // The walk met both: times to refuse, and times to go on.
    expect(refused).toBeGreaterThan(0);
    expect(new Set(times).size).toBeGreaterThan(2);
  });

  test('row 39: an hour behind: refuses, signs and writes nothing; goes on when it is right', async () => {
    let now = START - HOUR;
    const signed: string[] = [];
    const options = await rig.options();
    const signer: LogOptions['signer'] = {
      ...options.signer,
      sign: (message) => {
        signed.push(new TextDecoder().decode(message));
        return options.signer.sign(message);
      },
    };
    const log = await Sequencer.open({ ...options, signer, clock: () => now });
    const before = await rig.tiles.readCheckpoint();
    await rig.give([documentEvent(1000)]);
    for (const act of [() => log.flush(), () => log.recosign(), () => log.flush()]) {
      await expect(act()).rejects.toMatchObject({ code: 'CLOCK_BEHIND' });
    }
    expect([signed, await rig.tiles.readCheckpoint()]).toEqual([[], before]);
    expect((await options.store.readState()).size).toBe(BEFORE);
    now = START + HOUR;
    expect((await log.flush()).entries.map(({ id, seq }) => [id, seq])).toEqual([['event-1000', BEFORE]]);
  });

  test('an hour ahead for a moment: what was committed then waits for its time, and is not lost', async () => {
    let now = START + HOUR;
    const options = await rig.options();
    const clock = () => now;
    const tiles = {
      ...tilesOf(options),
      writeTiles: (files: readonly TileFile[]) =>
        files.length > 0 ? Promise.reject(new Error('killed')) : Promise.resolve(),
    };
    await rig.give([documentEvent(1000)]);
    const dying = await Sequencer.open({ ...options, clock, tiles });
    await expect(dying.flush()).rejects.toThrow('killed');
    expect((await options.store.readState()).size).toBe(BEFORE + 1);

    now = START;
    const log = await Sequencer.open({ ...(await rig.options()), clock });
    await expect(log.recosign()).rejects.toMatchObject({ code: 'CLOCK_BEHIND' });
    now = START + HOUR;
    expect((await log.flush()).published?.size).toBe(BEFORE + 1);
  });
});

describe('R7: the clocks of witnesses', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'socai-clocks-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('each cosigns with its own, an hour off or jumping back; the log and its order do not depend on them', async () => {
    const offsets = [-HOUR, HOUR];
    const servers = await Promise.all(
      offsets.map(async (_, i) => {
        const signer = seedSigner(
          `w${String(i)}.example/w`,
          COSIGNATURE_ED25519,
          new Uint8Array(32).fill(200 + i),
        );
        const clock = () => START + (offsets[i] as number);
        const store = join(folder, String(i));
        return {
          signer,
          server: await startWitnessServer({ store, signer, logs: [logSigner], port: 0, clock }),
        };
      }),
    );
    const rig = await folderRig();
    try {
      const witnesses = servers.map(({ signer, server }, i) =>
        httpWitness({ name: `w${String(i)}`, key: signer, url: server.url }),
      );
      const policy: Policy = {
        logs: [{ key: logSigner }],
        witnesses: witnesses.map(({ name, key }) => ({ name, key })),
        groups: [{ name: 'both', rule: 'all', members: ['w0', 'w1'] }],
        quorum: 'both',
      };
      const options = await rig.options();
      const log = await Sequencer.open({ ...options, witnessing: { policy, witnesses } });
      const seen: unknown[] = [];
      for (const [first, second] of [
        [-HOUR, HOUR],
        [HOUR, -HOUR],
        [-HOUR, -HOUR],
      ] as const) {
        [offsets[0], offsets[1]] = [first, second];
        await rig.give([documentEvent(2000 + seen.length)]);
        const { published } = await log.flush();
        const checked = checkCheckpoint(published?.checkpoint as Uint8Array, policy, nodeCrypto);
        const hours = (time: number | undefined) => ((time ?? 0) * 1000 - START) / HOUR;
        seen.push([
          checked.size,
          checked.witnesses.map(({ time }) => hours(time)),
          hours(checked.witnessedAt),
        ]);
      }
      // A checkpoint counts as witnessed once the last clock of its quorum says so.
      expect(seen).toEqual([
        [BEFORE + 1, [-1, 1], 1],
        [BEFORE + 2, [1, -1], 1],
        [BEFORE + 3, [-1, -1], -1],
      ]);
      const entries = await options.store.readEntries(BEFORE, BEFORE + 3);
      expect(entries.map((entry) => parseLeaf(entry).at)).toEqual(Array(3).fill('2026-11-21T03:00:00.000Z'));
    } finally {
      await rig.drop();
      await Promise.all(servers.map(({ server }) => server.close()));
    }
  });
});

/** A clock that mostly goes on by ten minutes a step, and at any reading may be up to an hour off either way. */
class JumpingClock {
  last = START;
  private steady = START;
  private state: number;
  private jumping = true;

  constructor(seed: number) {
    this.state = seed;
  }

  walk(): void {
    this.steady += 600_000;
  }

  right(): void {
    this.jumping = false;
    this.steady += 2 * HOUR;
  }

  readonly read = (): number => {
    const off = this.jumping && this.random() < 0.4 ? (this.random() * 2 - 1) * HOUR : 0;
    this.last = Math.round(this.steady + off);
    return this.last;
  };

  /** Uniform in [0, 1): a 32-bit generator (mulberry32), enough to shuffle time. */
  private random(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

/** The log's key, noting each checkpoint it signs although the clock was read behind the tree's last entry. */
function watched(options: LogOptions, clock: JumpingClock, breaks: string[]): LogOptions['signer'] {
  return {
    ...options.signer,
    sign: async (message) => {
      const { size } = parseCheckpoint(new TextDecoder().decode(message));
      const said = new Date(clock.last).toISOString();
      const [last] = await options.store.readEntries(size - 1, size);
      const { at } = parseLeaf(last as Uint8Array);
      if (said < at) breaks.push(`${String(size)} entries signed at ${said}, the last is of ${at}`);
      return options.signer.sign(message);
    },
  };
}

function tilesOf({ tiles }: LogOptions): LogOptions['tiles'] {
  return {
    readTile: (path) => tiles.readTile(path),
    writeTiles: (files) => tiles.writeTiles(files),
    readCheckpoint: () => tiles.readCheckpoint(),
    replaceCheckpoint: (checkpoint) => tiles.replaceCheckpoint(checkpoint),
  };
}
