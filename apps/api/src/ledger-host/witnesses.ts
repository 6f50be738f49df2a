/** The witnesses that this installation's logs ask, as the policy of SOCAI_WITNESS_POLICY names them. */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { WitnessHealth } from '#contracts/health.js';
import { FormatError } from '#ledger/format/errors.js';
import { parsePolicy, quorumHolds, type Policy, type Quorum } from '#ledger/format/policy.js';
import type { TrustWitness } from '#ledger/format/trust.js';
import type { VerifierKey } from '#ledger/format/note.js';
import type { Witness, WitnessAnswer, Witnessing } from '#ledger/log/ports.js';
import { httpWitness } from '#ledger-node/http-witness.js';
import { systemCode } from '#ledger-node/durable-files.js';
import { ConfigError, NO_WITNESSES, type Config } from '../config.js';

/** How long the witnesses beyond a quorum may take before a checkpoint is public without them. */
const GRACE_MS = 250;
const SETTING = 'SOCAI_WITNESS_POLICY';

export class Witnesses {
  private constructor(
    private readonly quorum: Quorum<TrustWitness>,
    private readonly asked: Witnessing,
    private readonly heard: readonly HeardWitness[],
  ) {}

  /**
   * Reads the policy; its log lines are ignored.
   * @throws ConfigError when there is none, or no quorum of its witnesses could be asked
   */
  static async open({
    witnessPolicy,
    failOpen,
  }: Pick<Config, 'witnessPolicy' | 'failOpen'>): Promise<Witnesses> {
    if (witnessPolicy === null) throw new ConfigError([NO_WITNESSES]);
    const policy = await readPolicy(witnessPolicy);
    const problems = problemsOf(policy).map((problem) => `${SETTING}=${witnessPolicy}: ${problem}`);
    if (problems.length > 0) throw new ConfigError(problems);
    const { groups, quorum } = policy;
    const witnesses = policy.witnesses.map(({ name, key, url = '' }) => ({ name, key, url }));
    const heard = witnesses.map((witness) => new HeardWitness(httpWitness(witness)));
    return new Witnesses(
      {
        witnesses: witnesses.map(({ name, key, url }) => ({
          ...{ name, key, operator: operatorOf(key.name) },
          // An address on this machine says nothing to anybody else.
          ...(isLocal(url) ? {} : { url }),
        })),
        groups,
        quorum,
      },
      {
        policy: { witnesses, groups, quorum },
        witnesses: heard,
        grace: () => pause(GRACE_MS),
        failOpen,
      },
      heard,
    );
  }

  /** Whether checkpoints are published without a quorum. */
  get failOpen(): boolean {
    return this.asked.failOpen === true;
  }

  /** Whether each answers. */
  health(): WitnessHealth[] {
    return this.heard.map(({ name, key, answeredAt, failure }) => ({
      ...{ name, operator: operatorOf(key.name) },
      ...{ answeredAt, failure },
    }));
  }

  /** Who they are and how many are enough, as trust bundles say it. */
  description(): Quorum<TrustWitness> {
    return this.quorum;
  }

  /** For a log to be opened with: one client of each witness, shared by all logs. */
  witnessing(): Witnessing {
    return this.asked;
  }
}

/** A witness that remembers how its last call went. */
class HeardWitness implements Witness {
  readonly name: string;
  readonly key: VerifierKey;
  /** When it last answered as a witness does; by this machine's clock. */
  answeredAt: string | null = null;
  failure: string | null = null;

  constructor(private readonly witness: Witness) {
    ({ name: this.name, key: this.key } = witness);
  }

  async addCheckpoint(body: Uint8Array): Promise<WitnessAnswer> {
    const answer = await this.listen(this.witness.addCheckpoint(body));
    if (answer.status !== 200 && answer.status !== 409) this.failure = `answered ${String(answer.status)}`;
    return answer;
  }

  latest(origin: string): Promise<Uint8Array | undefined> {
    return this.listen(this.witness.latest(origin));
  }

  private async listen<T>(call: Promise<T>): Promise<T> {
    try {
      const answer = await call;
      this.answeredAt = new Date().toISOString();
      this.failure = null;
      return answer;
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
      throw error;
    }
  }
}

async function readPolicy(path: string): Promise<Policy> {
  try {
    return parsePolicy(await readFile(path));
  } catch (error) {
    if (error instanceof FormatError || systemCode(error) !== undefined)
      throw new ConfigError([`${SETTING}=${path}: ${(error as Error).message}`]);
    throw error;
  }
}

function problemsOf(policy: Policy): string[] {
  const unasked = policy.witnesses
    .filter(({ url = '' }) => !isAddress(url))
    .map(({ name }) => `witness ${name} needs the http(s) URL it is asked at`);
  const all = new Set(policy.witnesses.map(({ name }) => name));
  return quorumHolds(policy, all)
    ? unasked
    : [...unasked, `its witnesses together are no quorum "${policy.quorum ?? ''}"`];
}

function isAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

function isLocal(url: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}

/** The domain in a witness' key name: who runs it. */
function operatorOf(keyName: string): string {
  return keyName.split('/')[0] ?? keyName;
}
