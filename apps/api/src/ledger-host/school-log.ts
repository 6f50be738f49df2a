/** One school's log in this process: opens it, sequences what waits, publishes, and says how it stands. */
import { isClosed, type LogKey } from '#ledger/format/log-keys.js';
import { formatVkey } from '#ledger/format/note.js';
import { LogError, type LogCode } from '#ledger/log/errors.js';
import type { LogOptions } from '#ledger/log/options.js';
import type { Publication } from '#ledger/log/publish.js';
import { Sequencer, type Flush } from '#ledger/log/sequencer.js';

/** Gathers what is committed within these milliseconds into one batch. */
const DEBOUNCE_MS = 10;
const MAX_BATCH = 1000;
/** How long a public checkpoint is without the cosignatures of witnesses beyond its quorum; doubled each time. */
const FIRST_AGAIN_MS = 2_000;
const LONGEST_AGAIN_MS = 10 * 60_000;

/** Faults after which nothing may be written until a person has looked: the log is served read-only. */
const FINAL: ReadonlySet<LogCode> = new Set<LogCode>([
  'PUBLISHED_AHEAD',
  'FORKED',
  'WITNESS_AHEAD',
  'STATE_DAMAGED',
  'TILES_DAMAGED',
  'WRONG_LOG',
  'TILE_CONFLICT',
  'CLOSED',
]);

/** Faults of a sequencer that was opened before the log's keys changed: it is opened again. */
const OTHER_KEYS: ReadonlySet<LogCode> = new Set<LogCode>(['SIGNER_MISSING', 'KEY_NOT_IN_FORCE']);

/** How a log stands. `standby`: another process of the installation sequences it. */
export type LogStanding =
  'starting' | 'running' | 'standby' | 'waiting-for-witnesses' | 'failing' | 'read-only';

/** How a log stands after this error. */
export function standingAfter(error: unknown): LogStanding {
  if (!(error instanceof LogError)) return 'failing';
  if (error.code === 'LOCKED') return 'standby';
  if (FINAL.has(error.code) || error.code === 'FROZEN') return 'read-only';
  return error.code === 'WITNESSES_UNREACHABLE' ? 'waiting-for-witnesses' : 'failing';
}

/** What a log tells its host. */
export interface LogListener {
  published(): void;
  /** The log's keys are not those of before: the trust bundle has to say so before witnesses follow. */
  keysChanged(): Promise<void>;
  failed(error: unknown): void;
}

export class SchoolLog {
  standing: LogStanding = 'starting';
  /** Why it does not go on; undefined while it does. */
  fault: unknown;
  private sequencer: Sequencer | undefined;
  private keys: string | undefined;
  /** When the witnesses that a public checkpoint lacks are asked again; undefined when it lacks none. */
  private again: { readonly at: number; readonly pauseMs: number } | undefined;
  private ring: () => void = () => undefined;
  private rung = false;
  private stopping = false;
  private readonly loop: Promise<void>;

  /** @param options opens what the log writes through; called again after a failure */
  constructor(
    private readonly options: () => Promise<LogOptions>,
    private readonly listener: LogListener,
  ) {
    this.loop = this.run();
  }

  /** There may be something to sequence. */
  wake(): void {
    this.rung = true;
    this.ring();
  }

  /** Finishes what it is doing, and does nothing more. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.loop;
  }

  /** Whether there is something to try again. */
  get isIncomplete(): boolean {
    return this.standing !== 'running' || this.isDue;
  }

  /** Whether new entries may be promised. */
  get writable(): boolean {
    return this.standing !== 'read-only';
  }

  /** Frozen by the operator: read-only until he lets it go on. */
  private get isFrozen(): boolean {
    return this.fault instanceof LogError && this.fault.code === 'FROZEN';
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      await this.nextRing();
      await new Promise((resolve) => setTimeout(resolve, DEBOUNCE_MS));
      this.rung = false;
      if ((this.writable || this.isFrozen) && !this.stopping) await this.work();
    }
  }

  private nextRing(): Promise<void> {
    if (this.rung) return Promise.resolve();
    return new Promise((resolve) => {
      this.ring = resolve;
    });
  }

  private async work(): Promise<void> {
    try {
      this.sequencer ??= await Sequencer.open({ ...(await this.options()), maxBatch: MAX_BATCH });
      let flush: Flush;
      do {
        flush = await this.sequencer.flush();
        this.settle(flush);
        await this.lookAtKeys(flush);
      } while (flush.entries.length === MAX_BATCH && !this.stopping);
      if (this.isDue && !this.stopping) await this.askAgain(this.sequencer);
    } catch (error) {
      this.fail(error);
    }
  }

  private settle({ quorum, failures, published, size }: Publication): void {
    this.standing = quorum ? 'running' : 'waiting-for-witnesses';
    const missing = `witnesses are missing: ${[...failures.keys()].join(', ')}`;
    this.fault = quorum ? undefined : new LogError('WITNESSES_UNREACHABLE', missing);
    // Whoever is needed is asked with every flush until the checkpoint is public; whoever is not, now and then.
    if (failures.size === 0 || published?.size !== size) this.again = undefined;
    else this.again ??= { at: performance.now() + FIRST_AGAIN_MS, pauseMs: FIRST_AGAIN_MS };
    this.listener.published();
  }

  /** Asks the witnesses that were late or dead for a checkpoint that is public without them. */
  private async askAgain(sequencer: Sequencer): Promise<void> {
    const pauseMs = Math.min(2 * (this.again?.pauseMs ?? FIRST_AGAIN_MS), LONGEST_AGAIN_MS);
    this.again = { at: performance.now() + pauseMs, pauseMs };
    this.settle(await sequencer.recosign());
  }

  private get isDue(): boolean {
    return this.again !== undefined && performance.now() >= this.again.at;
  }

  private async lookAtKeys({ keys = [], size }: Flush): Promise<void> {
    const now = keys.map(textOf).join('\n');
    const changed = this.keys !== undefined && this.keys !== now;
    if (changed) await this.listener.keysChanged();
    this.keys = now;
    if (isClosed(keys, size)) throw new LogError('CLOSED', 'the log is closed: its last key is retired');
  }

  private fail(error: unknown): void {
    if (error instanceof LogError && OTHER_KEYS.has(error.code)) this.sequencer = undefined;
    // It is tried again every second: the same is told once.
    const isNew = String(this.fault) !== String(error);
    this.fault = error;
    this.standing = standingAfter(error);
    if (this.standing !== 'standby' && isNew) this.listener.failed(error);
  }
}

function textOf({ key, from, to }: LogKey): string {
  return `${formatVkey(key)} ${String(from)} ${String(to)}`;
}
