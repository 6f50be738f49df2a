import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { equal } from '#ledger/format/bytes.js';
import { COSIGNATURE_ED25519, seedSigner } from '#ledger/format/note.js';
import type { Quorum } from '#ledger/format/policy.js';
import { LogError } from '#ledger/log/errors.js';
import type { LogOptions } from '#ledger/log/options.js';
import type { Witnessing } from '#ledger/log/ports.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { httpWitness } from '#ledger-node/http-witness.js';
import { startWitnessServer, type WitnessServer } from '#ledger-node/witness-server.js';
import { documentEvent, logSigner, START } from '../../ledger/test/logs.js';
import { FULL, figure } from './figures.js';
import { BEFORE, databaseRig, folderRig, type LogRig } from './log-rigs.js';

const NAMES = ['w0', 'w1', 'w2'] as const;
/** States of the log that are kept as backups. */
const BACKUPS = FULL ? 12 : 3;

/** Which witnesses still answer when the backup is put back, and what the log has to be refused with. */
const SITUATIONS = [
  { alive: ['w0', 'w1', 'w2'], code: 'WITNESS_AHEAD' },
  { alive: ['w0', 'w2'], code: 'WITNESS_AHEAD' },
  // Fewer than the quorum, and still enough to know.
  { alive: ['w1'], code: 'WITNESS_AHEAD' },
  { alive: [], code: 'WITNESSES_UNREACHABLE' },
] as const;

describe('R12: an old backup of a log in a folder is put back while witnesses have seen more', () => {
  jest.setTimeout(900_000);
  let rig: LogRig;
  let scratch: string;
  let witnesses: Witnesses;
  beforeAll(async () => {
    rig = await folderRig();
    scratch = await mkdtemp(join(tmpdir(), 'socai-backups-'));
    witnesses = await Witnesses.start(join(scratch, 'witnesses'));
    for (let i = 0; i < BACKUPS; i++) {
      const log = await Sequencer.open(await withWitnesses(rig, witnesses.clients()));
      await rig.give([documentEvent(1000 + i)]);
      await log.flush();
      await cp(rig.tiles.folder, backup(i), { recursive: true });
    }
  });
  afterAll(async () => {
    await witnesses.close();
    await rm(scratch, { recursive: true, force: true });
    await rig.drop();
  });
  const backup = (i: number) => join(scratch, String(i));

  async function restore(i: number): Promise<void> {
    await rm(rig.tiles.folder, { recursive: true, force: true });
    await cp(backup(i), rig.tiles.folder, { recursive: true });
  }

  test.each(SITUATIONS)('row 37: refused with $code when $alive answer', async ({ alive, code }) => {
    const wrong: string[] = [];
    await witnesses.only(alive);
    for (let i = 0; i < BACKUPS - 1; i++) {
      await restore(i);
      const before = await rig.tiles.readCheckpoint();
      const refusal = await Sequencer.open(await withWitnesses(rig, witnesses.clients())).then(
        () => undefined,
        (error: unknown) => error,
      );
      const after = await rig.tiles.readCheckpoint();
      const sizes = `has seen ${String(BEFORE + BACKUPS)} entries and this store has ${String(BEFORE + 1 + i)}`;
      const named = code !== 'WITNESS_AHEAD' || String(refusal).includes(sizes);
      if (!(refusal instanceof LogError) || refusal.code !== code || !named)
        wrong.push(`backup ${String(i)}: ${String(refusal)}`);
      if (!equal(before as Uint8Array, after as Uint8Array)) wrong.push(`backup ${String(i)} was written to`);
    }
    figure({
      id: 'R12',
      what: `a folder log's old backup, ${String(alive.length)} of 3 witnesses answering (quorum 2): ${code}`,
      value: `${String(BACKUPS - 1 - wrong.length)}/${String(BACKUPS - 1)}`,
      bar: 'N/N',
      holds: wrong.length === 0,
    });
    expect(wrong).toEqual([]);
  });

  test('the newest backup is no old one, and goes on', async () => {
    await witnesses.only(NAMES);
    await restore(BACKUPS - 1);
    const log = await Sequencer.open(await withWitnesses(rig, witnesses.clients()));
    await rig.give([documentEvent(5000)]);
    expect(await log.flush()).toMatchObject({ quorum: true, size: BEFORE + BACKUPS + 1 });
  });

  test('without witnesses nobody could tell: that is what they are for', async () => {
    await restore(0);
    const log = await Sequencer.open(withoutWitnesses(await rig.options()));
    await rig.give([documentEvent(6000)]);
    expect((await log.flush()).published?.size).toBe(BEFORE + 2);
  });
});

describe("R12: a machine's snapshot brings database, tiles and the running process back together", () => {
  jest.setTimeout(900_000);

  test('nothing more becomes public, and once it forks it stops for good', async () => {
    const rig = await databaseRig();
    const scratch = await mkdtemp(join(tmpdir(), 'socai-snapshot-'));
    const witnesses = await Witnesses.start(scratch);
    try {
      // It asked the witnesses when it started, and has no reason to ask again.
      const running = await Sequencer.open(await withWitnesses(rig, witnesses.clients()));
      const later = await Sequencer.open(await withWitnesses(rig, witnesses.clients()));
      await rig.give([1, 2, 3, 4, 5].map((i) => documentEvent(1000 + i)));
      expect((await later.flush()).published?.size).toBe(BEFORE + 5);

      await rig.reset();
      const before = await rig.tiles.readCheckpoint();
      await rig.give([documentEvent(2000)]);
      const behind = await running.flush();
      expect(behind).toMatchObject({ quorum: false, published: { size: BEFORE } });
      const said = `has seen ${String(BEFORE + 5)} entries, more than the ${String(BEFORE + 1)} offered here`;
      expect([...behind.failures.values()]).toEqual([said, said, said]);
      await rig.give([1, 2, 3, 4, 5].map((i) => documentEvent(3000 + i)));
      await expect(running.flush()).rejects.toMatchObject({ code: 'FORKED' });
      await expect(running.flush()).rejects.toMatchObject({ code: 'FORKED' });
      expect(await rig.tiles.readCheckpoint()).toEqual(before);
      figure({
        id: 'R12',
        what: 'a snapshot with the running process in it: nothing more is public, a fork stops it for good',
        value: '1/1',
        bar: 'N/N',
        holds: true,
      });
    } finally {
      await witnesses.close();
      await rm(scratch, { recursive: true, force: true });
      await rig.drop();
    }
  });
});

function withoutWitnesses(options: LogOptions): LogOptions {
  const alone: { -readonly [K in keyof LogOptions]: LogOptions[K] } = { ...options };
  delete alone.witnessing;
  return alone;
}

async function withWitnesses(rig: LogRig, witnessing: Witnessing): Promise<LogOptions> {
  return { ...(await rig.options()), witnessing };
}

/** Three witnesses over real HTTP, each with its own folder, of which two make a quorum. */
class Witnesses {
  private readonly servers = new Map<string, WitnessServer>();
  private readonly urls = new Map<string, string>();

  private constructor(private readonly folder: string) {}

  static async start(folder: string): Promise<Witnesses> {
    const made = new Witnesses(folder);
    await made.only(NAMES);
    return made;
  }

  /** Ends and starts witnesses until exactly these answer. */
  async only(alive: readonly string[]): Promise<void> {
    for (const name of NAMES) {
      const server = this.servers.get(name);
      if (server !== undefined && !alive.includes(name)) {
        await server.close();
        this.servers.delete(name);
      }
      if (server === undefined && alive.includes(name)) await this.resume(name);
    }
  }

  /** Clients of a process that knows nothing yet of who answers. */
  clients(): Witnessing {
    const witnesses = NAMES.map((name) =>
      httpWitness({ name, key: signerOf(name), url: this.urls.get(name) ?? '', timeoutMs: 1000 }),
    );
    const policy: Quorum = {
      witnesses: NAMES.map((name) => ({ name, key: signerOf(name) })),
      groups: [{ name: 'two', rule: 2, members: NAMES }],
      quorum: 'two',
    };
    return { policy, witnesses };
  }

  close(): Promise<void> {
    return this.only([]);
  }

  private async resume(name: string): Promise<void> {
    const port = Number(new URL(this.urls.get(name) ?? 'http://127.0.0.1:0').port);
    const store = join(this.folder, name);
    const signer = signerOf(name);
    const server = await startWitnessServer({ store, signer, logs: [logSigner], port, clock: () => START });
    this.servers.set(name, server);
    this.urls.set(name, server.url);
  }
}

function signerOf(name: string) {
  const seed = new Uint8Array(32).fill(300 - 60 + NAMES.indexOf(name as (typeof NAMES)[number]));
  return seedSigner(`${name}.example/w`, COSIGNATURE_ED25519, seed);
}
