/** Two witnesses over real HTTP, in the test's process: each with a key and a memory of its own, quorum both. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NoteSigner } from '#ledger/format/note.js';
import { formatPolicy, type PolicyWitness } from '#ledger/format/policy.js';
import type { Clock } from '#ledger/log/ports.js';
import { createWitness, openWitness, witnessState, witnessTrust } from '#ledger-node/witness-folder.js';
import { LogList } from '#ledger-node/witness-logs.js';
import { startWitnessServer, type WitnessServer } from '#ledger-node/witness-server.js';

const NAMES = ['so-gddt', 'truong-ban'] as const;
export type WitnessName = (typeof NAMES)[number];

export class TestWitnesses {
  /** Path of the policy file that names both. */
  readonly policy: string;
  private readonly servers = new Map<WitnessName, WitnessServer>();
  private readonly ports = new Map<WitnessName, number>();

  private constructor(
    private readonly folder: string,
    private readonly clock: Clock,
  ) {
    this.policy = join(folder, 'witness-policy');
  }

  /**
   * Starts them for the installation in `folder`, whose trust bundle lists their logs.
   * @param clock milliseconds; the machine's unless the test has its own
   */
  static async start(folder: string, clock: Clock = Date.now): Promise<TestWitnesses> {
    const witnesses = new TestWitnesses(folder, clock);
    const entries: PolicyWitness[] = [];
    for (const name of NAMES) {
      await createWitness(witnesses.home(name), keyName(name), undefined);
      await witnesses.resume(name);
      const { name: key, type, keyId, publicKey } = await witnesses.signer(name);
      const url = witnesses.servers.get(name)?.url ?? '';
      entries.push({ name, key: { name: key, type, keyId, publicKey }, url });
    }
    const group = { name: 'both', rule: 'all' as const, members: NAMES };
    await writeFile(
      witnesses.policy,
      formatPolicy({ logs: [], witnesses: entries, groups: [group], quorum: 'both' }),
    );
    return witnesses;
  }

  /** Ends one: nothing answers at its address any more. */
  async kill(name: WitnessName): Promise<void> {
    await this.servers.get(name)?.close();
    this.servers.delete(name);
  }

  /** Starts one again where it was, with what it remembers. */
  async resume(name: WitnessName): Promise<void> {
    const trust = join(this.folder, 'trust');
    const { find } = LogList.ofTrust(
      {
        place: join(trust, 'bundle'),
        roots: join(trust, 'roots'),
        memory: witnessTrust(this.home(name)),
        clock: this.clock,
      },
      () => undefined,
    );
    const server = await startWitnessServer({
      store: witnessState(this.home(name)),
      signer: await this.signer(name),
      logs: find,
      port: this.ports.get(name) ?? 0,
      clock: this.clock,
    });
    this.ports.set(name, Number(new URL(server.url).port));
    this.servers.set(name, server);
  }

  async close(): Promise<void> {
    for (const name of NAMES) await this.kill(name);
  }

  private home(name: WitnessName): string {
    return join(this.folder, 'witnesses', name);
  }

  private async signer(name: WitnessName): Promise<NoteSigner> {
    await mkdir(this.home(name), { recursive: true });
    return openWitness(this.home(name), keyName(name), undefined);
  }
}

function keyName(name: WitnessName): string {
  return `${name}.witness.example/w`;
}
