/**
 * Following a log: what anyone who distrusts its operator does, again and again. Each look checks the newest checkpoint
 * against the one before, reads every new entry, and keeps what would prove a fork. No clock and no files here.
 */
import { equal } from '../format/bytes.js';
import { parseCheckpoint, type Checkpoint } from '../format/checkpoint.js';
import { nobleCrypto, type Crypto } from '../format/crypto.js';
import { isInForce } from '../format/log-keys.js';
import { formatMisbehaviour, parseMisbehaviour } from '../format/misbehaviour.js';
import { parseNote } from '../format/note.js';
import { MerkleError } from '../merkle/errors.js';
import { TileTree } from '../merkle/tile-tree.js';
import { checkCheckpoint, type CheckedCheckpoint } from './checkpoint.js';
import { bundleCount, EntriesError, readBundle } from './entries.js';
import { VerifyError } from './errors.js';
import { findContradiction } from './fork.js';
import { doubtOfAge } from './freshness.js';
import type { LogReader } from './fsck.js';
import { copyEntries, CopyError, type LogCopy } from './log-copy.js';
import { weightOf, type MonitorEvent } from './monitor-events.js';
import { goodSignatures } from './note.js';
import { checkSigned, policyOf, type PolicyAt } from './signed.js';
import type { WatchState } from './watch.js';

/** What a monitor remembers of one log. */
export interface MonitorState {
  /** The newest checkpoint whose entries were all read, as the signed note; none before the first. */
  readonly followed?: Uint8Array;
  /** What the entries up to there leave to remember. */
  readonly watch?: WatchState;
  /** Signed notes that are not yet known to belong to one history with `followed`. */
  readonly unsettled: readonly Uint8Array[];
  /** Proofs of misbehaviour found so far (socai-misbehaviour/v1). A fork does not go away. */
  readonly proofs: readonly Uint8Array[];
  /** What was found wrong with entries. They stay in the log, and so it stays wrong. */
  readonly faults: readonly MonitorEvent[];
  /** The bundle of old entries to read again next. */
  readonly nextBundle: number;
}

export const NOTHING_SEEN: MonitorState = {
  unsettled: [],
  proofs: [],
  faults: [],
  nextBundle: 0,
};

/** What a monitor keeps, durably: its own copy of the log, and its state. */
export interface MonitorStore extends LogCopy {
  /** Replaces the state; durable before it resolves, and only after all files written before. */
  remember(state: MonitorState): Promise<void>;
}

export interface LookOptions {
  /** The log as it shows itself now; trusted for nothing. */
  readonly log: LogReader;
  readonly origin: string;
  readonly policyAt: PolicyAt;
  readonly store: MonitorStore;
  /** Milliseconds since 1970, by the monitor's clock. */
  readonly now: number;
  readonly onEvent: (event: MonitorEvent) => void;
  /** How many bundles of entries read before are read again at each look; 4 without it. */
  readonly sweep?: number;
  readonly crypto?: Crypto;
}

/** An operator who forks and forks again fills no disk. */
const MOST_KEPT = 16;
/** Nor one whose every entry is wrong. */
const MOST_FAULTS = 100;

/**
 * Looks at the log once, from what `state` remembers, and answers what to remember, which is stored already. Errors of
 * the reader (a server that cannot be reached) pass through; what was stored until then holds.
 */
export async function look(state: MonitorState, options: LookOptions): Promise<MonitorState> {
  return new Look(state, options).run();
}

class Look {
  private readonly crypto: Crypto;
  private faults = 0;

  constructor(
    private state: MonitorState,
    private readonly options: LookOptions,
  ) {
    this.crypto = options.crypto ?? nobleCrypto;
  }

  async run(): Promise<MonitorState> {
    this.state.faults.forEach((fault) => this.report(fault));
    const note = await this.options.log.readCheckpoint();
    if (note === undefined) this.tellMissing();
    const shown = note === undefined ? undefined : await this.take(note);
    await this.settle(shown);
    for (const proof of this.state.proofs) this.tellFork(proof);
    if (shown !== undefined) this.conclude(shown);
    return this.state;
  }

  /** Follows the log to the checkpoint in `note`, and answers it; undefined when it is none of this log. */
  private async take(note: Uint8Array): Promise<CheckedCheckpoint | undefined> {
    const shown = this.authenticate(note);
    if (shown === undefined) return undefined;
    this.checkQuorum(note, shown);
    await this.keepUnsettled(note, shown);
    await this.guard(() => this.advance(note, shown));
    return shown;
  }

  /** A log that was never seen here may be at another address, or not open yet. */
  private tellMissing(): void {
    const code = this.state.followed === undefined ? 'UNREACHABLE' : 'CHECKPOINT_MISSING';
    this.tell(code, 'checkpoint', 'there is none');
  }

  private authenticate(note: Uint8Array): CheckedCheckpoint | undefined {
    try {
      const checkpoint = checkSigned(note, this.options.policyAt, this.crypto);
      if (checkpoint.origin === this.options.origin) return checkpoint;
      this.tell(
        'CHECKPOINT_INVALID',
        'checkpoint',
        `is of log ${checkpoint.origin}, not ${this.options.origin}`,
      );
    } catch (error) {
      if (!(error instanceof VerifyError)) throw error;
      this.tell('CHECKPOINT_INVALID', 'checkpoint', `${error.code}: ${error.message}`);
    }
    return undefined;
  }

  private checkQuorum(note: Uint8Array, shown: CheckedCheckpoint): void {
    const policy = policyOf(note, this.options.policyAt);
    let newest = shown.witnesses
      .map(({ time }) => time * 1000)
      .sort((a, b) => a - b)
      .at(-1);
    try {
      const { witnessedAt } = checkCheckpoint(note, policy, this.crypto);
      if (witnessedAt !== undefined) newest = witnessedAt * 1000;
    } catch (error) {
      if (!(error instanceof VerifyError)) throw error;
      // The signatures held a moment ago: only the quorum can be what is missing.
      this.tell('NO_QUORUM', 'checkpoint', error.message);
    }
    const doubt = newest === undefined ? undefined : doubtOfAge(newest, this.options.now);
    if (doubt !== undefined) this.report(doubt);
  }

  /** From here on a signed checkpoint is not forgotten, whatever happens to this process. */
  private async keepUnsettled(note: Uint8Array, shown: Checkpoint): Promise<void> {
    const { followed, unsettled, proofs } = this.state;
    const known = [...unsettled, ...(followed === undefined ? [] : [followed])].map(checkpointIn);
    if (known.some((other) => sameTree(other, shown)) || this.isProven(shown)) return;
    if (unsettled.length + proofs.length >= MOST_KEPT) return;
    await this.remember({ unsettled: [...unsettled, note] });
  }

  private isProven(shown: Checkpoint): boolean {
    return this.state.proofs.some((proof) => checkpointsOf(proof).some((other) => sameTree(other, shown)));
  }

  /** Follows the log to the checkpoint shown, when it continues what was followed. */
  private async advance(note: Uint8Array, shown: CheckedCheckpoint): Promise<void> {
    const { followed } = this.state;
    const tree = new TileTree(shown.size, shown.root, this.options.log, this.crypto.sha256);
    if (followed === undefined) {
      await this.readNew(tree, note, undefined);
      this.checkKeys(note, shown);
      return;
    }
    const old = checkpointIn(followed);
    if (old.size > shown.size) {
      // Whether it is an old copy or another history, `settle` finds in our own copy.
      const sizes = `${String(shown.size)} entries, and had ${String(old.size)}`;
      this.tell('OLDER_CHECKPOINT', 'checkpoint', `has ${sizes}`);
      return;
    }
    const contradiction = await findContradiction(old, shown, this.options.log, this.crypto);
    if (contradiction !== undefined) {
      await this.keepProof(formatMisbehaviour({ checkpoints: [followed, note], contradiction }), shown);
      return;
    }
    if (shown.size > old.size) await this.readNew(tree, note, old);
    // The same tree, perhaps cosigned anew.
    else if (!equal(note, followed)) await this.remember({ followed: note });
    this.checkKeys(note, shown);
    await this.sweep(tree, old.size);
  }

  private async readNew(tree: TileTree, note: Uint8Array, old: Checkpoint | undefined): Promise<void> {
    const { origin, log, store } = this.options;
    const faults: MonitorEvent[] = [];
    const watch = await copyEntries({
      origin,
      log,
      copy: store,
      tree,
      old,
      from: this.state.watch,
      onEvent: (event) => {
        if (weightOf(event) === 'fault') faults.push(event);
        this.report(event);
      },
      crypto: this.crypto,
    });
    if (watch.counts.size > 0) {
      const counts = [...watch.counts].map(([type, count]) => `${String(count)} ${type}`).join(', ');
      this.tell('ENTRIES', `entry ${String(old?.size ?? 0)}`, `and on: ${counts}`);
    }
    const kept = [...this.state.faults, ...faults].slice(0, MOST_FAULTS);
    await this.remember({ followed: note, watch: watch.state, faults: kept });
  }

  private checkKeys(note: Uint8Array, { size }: Checkpoint): void {
    const keys = this.state.watch?.keys ?? [];
    if (keys.length === 0) return;
    const inForce = keys.filter((key) => isInForce(key, size)).map(({ key }) => key);
    if (goodSignatures(parseNote(note), inForce, this.crypto).length === 0) {
      const detail = `is not signed by a key that the log's own entries give for size ${String(size)}`;
      this.tell('KEY_NOT_IN_FORCE', 'checkpoint', detail);
    }
  }

  /** Reads some of the old entries once more: what is served has to stay what was signed. */
  private async sweep(tree: TileTree, size: number): Promise<void> {
    const bundles = bundleCount(size);
    const times = Math.min(bundles, this.options.sweep ?? 4);
    for (let i = 0; i < times; i++) {
      const bundle = this.state.nextBundle % bundles;
      // Remembered first: a bundle that stays damaged does not keep the others from being read.
      await this.remember({ nextBundle: (bundle + 1) % bundles });
      await this.guard(() => readBundle(this.options.log, tree, bundle, this.crypto));
    }
  }

  /** Compares what was signed once with the tree followed, out of our own copy. */
  private async settle(shown: Checkpoint | undefined): Promise<void> {
    const { followed } = this.state;
    if (followed === undefined) return;
    const now = checkpointIn(followed);
    for (const note of this.state.unsettled) {
      const signed = checkpointIn(note);
      if (signed.size > now.size) {
        this.tellUnread(signed, shown);
        continue;
      }
      try {
        const contradiction = await findContradiction(signed, now, this.options.store, this.crypto);
        if (contradiction === undefined) await this.remember({ unsettled: this.others(signed) });
        else
          await this.keepProof(formatMisbehaviour({ checkpoints: [note, followed], contradiction }), signed);
      } catch (error) {
        if (!(error instanceof MerkleError)) throw error;
        this.tell('COPY_DAMAGED', 'own copy', error.message);
      }
    }
  }

  /** A tree that the log signed once and does not show any more, without the entries that would say why. */
  private tellUnread(signed: Checkpoint, shown: Checkpoint | undefined): void {
    if (shown === undefined || sameTree(signed, shown)) return;
    const sizes = `${String(signed.size)} entries, and shows ${String(shown.size)}`;
    this.tell('OLDER_CHECKPOINT', 'checkpoint', `the log signed a tree of ${sizes}`);
  }

  private async keepProof(proof: Uint8Array, signed: Checkpoint): Promise<void> {
    if (this.isProven(signed) || this.state.proofs.length >= MOST_KEPT) return;
    await this.remember({ proofs: [...this.state.proofs, proof], unsettled: this.others(signed) });
  }

  private others(settled: Checkpoint): Uint8Array[] {
    return this.state.unsettled.filter((note) => !sameTree(checkpointIn(note), settled));
  }

  private tellFork(proof: Uint8Array): void {
    const [first, second] = checkpointsOf(proof);
    const sizes = [...new Set([first.size, second.size])].join(' and ');
    const detail = `the log signed two histories (of ${sizes} entries) that cannot both be true`;
    this.report({ code: 'FORK', where: 'checkpoint', detail, proof });
  }

  private conclude(shown: CheckedCheckpoint): void {
    const { followed } = this.state;
    if (this.faults > 0 || followed === undefined || !sameTree(checkpointIn(followed), shown)) return;
    const witnesses = shown.witnesses.map(({ name }) => name).join(', ');
    const seen = witnesses === '' ? 'no witness vouches for when' : `witnessed by ${witnesses}`;
    this.tell('FOLLOWED', 'checkpoint', `${String(shown.size)} entries, ${seen}`);
  }

  /** Runs a step on what the log serves; what is damaged there is said, and the step is over. */
  private async guard(run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (error instanceof EntriesError) this.tell('ENTRIES_DAMAGED', error.where, error.message);
      else if (error instanceof CopyError) this.tell('COPY_DAMAGED', 'own copy', error.message);
      else if (error instanceof MerkleError) this.tell('TILE_DAMAGED', 'tile', error.message);
      else throw error;
    }
  }

  private async remember(changes: Partial<MonitorState>): Promise<void> {
    const next = { ...this.state, ...changes };
    await this.options.store.remember(next);
    this.state = next;
  }

  private tell(code: MonitorEvent['code'], where: string, detail: string): void {
    this.report({ code, where, detail });
  }

  private report(event: MonitorEvent): void {
    if (weightOf(event) === 'fault') this.faults++;
    this.options.onEvent(event);
  }
}

/** The checkpoint in a note that was authenticated before. */
function checkpointIn(note: Uint8Array): Checkpoint {
  return parseCheckpoint(parseNote(note).text);
}

function checkpointsOf(proof: Uint8Array): readonly [Checkpoint, Checkpoint] {
  const [first, second] = parseMisbehaviour(proof).checkpoints;
  return [checkpointIn(first), checkpointIn(second)];
}

function sameTree(a: Checkpoint, b: Checkpoint): boolean {
  return a.size === b.size && equal(a.root, b.root);
}
