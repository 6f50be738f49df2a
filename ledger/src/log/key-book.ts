/** Which of a log's keys sign which of its trees: read from the log's own entries, or from a store that keeps them. */
import { parseLeaf } from '../format/leaf.js';
import {
  isClosed,
  isInForce,
  keysAfter,
  tellsOfKeys,
  type LogKey,
  type PlacedLeaf,
} from '../format/log-keys.js';
import { formatVkey, sameKey, type NoteSigner, type VerifierKey } from '../format/note.js';
import { LogError } from './errors.js';
import type { LogOptions } from './options.js';
import type { LogState, LogStore, PendingEntry } from './ports.js';

type EntryReader = Pick<LogStore, 'readEntries'>;
type Keys = Pick<LogOptions, 'signer' | 'cosigners' | 'formerKeys'>;

const PAGE = 4096;

export class KeyBook {
  private size = 0;
  private keys: readonly LogKey[] = [];

  constructor(private readonly options: Pick<LogOptions, 'kind'>) {}

  /** The keys in the committed tree `state`; undefined for a log that does not say (raw entries, or none yet). */
  async at(state: LogState, entries: EntryReader): Promise<readonly LogKey[] | undefined> {
    if (this.options.kind === 'raw' || state.size === 0) return undefined;
    if (state.keys !== undefined) return state.keys;
    if (state.size < this.size) [this.size, this.keys] = [0, []];
    while (this.size < state.size) {
      const end = Math.min(state.size, this.size + PAGE);
      for (const entry of await entries.readEntries(this.size, end)) this.read(entry);
      this.size = end;
    }
    return this.keys;
  }

  private read(entry: Uint8Array): void {
    if (tellsOfKeys(entry)) this.keys = keysAfter(this.keys, parseLeaf(entry)).keys;
  }
}

/** Every key that may have signed a checkpoint of this log; one that is known in two ways stands there twice. */
export function knownKeys(
  { signer, cosigners = [], formerKeys = [] }: Keys,
  keys: readonly LogKey[] = [],
): VerifierKey[] {
  return [signer, ...cosigners, ...formerKeys, ...keys.map(({ key }) => key)];
}

/** Who signs the tree of `size` entries. Nobody who is here: LogError KEY_NOT_IN_FORCE. */
export function signersAt(
  { signer, cosigners = [] }: Keys,
  keys: readonly LogKey[] | undefined,
  size: number,
): readonly [NoteSigner, ...NoteSigner[]] {
  const [first, ...others] = [signer, ...cosigners].filter(
    (own) => keys === undefined || keys.some((known) => sameKey(known.key, own) && isInForce(known, size)),
  );
  if (first !== undefined) return [first, ...others];
  throw new LogError(
    'KEY_NOT_IN_FORCE',
    `${formatVkey(signer)} does not sign a tree of ${String(size)} entries: open the log with the key in force`,
  );
}

/**
 * A batch in the order in which it gets its indexes from `size` on: an entry that opens the log or adds a key to it comes
 * first, one that retires a key of it last, at most one of those with the size it ends at filled in. While more may wait
 * than was taken (`isFull`), that one waits for a later batch: it may close the log.
 */
export function placeKeyEntries(
  pending: readonly PendingEntry[],
  size: number,
  isFull: boolean,
): PendingEntry[] {
  const ranks = pending.map(rankOf);
  const of = (rank: number): PendingEntry[] => pending.filter((_, i) => ranks[i] === rank);
  const others = [...of(0), ...of(1), ...of(2), ...of(3)];
  const retirement = pending.find((entry) => entry.kind === 'retirement');
  if (retirement === undefined || (isFull && others.length > 0)) return others;
  const body = { vkey: retirement.vkey, invalidFrom: size + others.length + 1 };
  return [...others, { id: retirement.id, kind: 'leaf', draft: { type: 'key.retired', body } }];
}

function rankOf(entry: PendingEntry): number {
  if (entry.kind !== 'leaf') return entry.kind === 'raw' ? 2 : 4;
  const { type, body } = entry.draft;
  if (type === 'log.opened') return 0;
  if (!('vkey' in body)) return 2;
  return type === 'key.added' ? 1 : 3;
}

/**
 * Refuses a batch after which the log would have keys that cannot be, or none that is here: LogError CLOSED,
 * KEY_REFUSED, SIGNER_MISSING or KEY_NOT_IN_FORCE.
 */
export function checkBatchKeys(
  options: Keys,
  before: readonly LogKey[] | undefined,
  pending: readonly PendingEntry[],
  size: number,
): void {
  if (before !== undefined && isClosed(before, size)) {
    throw new LogError('CLOSED', `the log was closed with entry ${String(size - 1)}; it takes no more`);
  }
  let keys = before ?? [];
  for (const [i, entry] of pending.entries()) {
    if (entry.kind !== 'leaf') continue;
    const leaf: PlacedLeaf = { ...entry.draft, seq: size + i };
    const after = keysAfter(keys, leaf);
    if (after.problem !== undefined) {
      throw new LogError('KEY_REFUSED', `entry ${entry.id} in the outbox ${after.problem}`);
    }
    checkSignerIsHere(options, leaf);
    keys = after.keys;
  }
  signersAt(options, keys, size + pending.length);
}

function checkSignerIsHere({ signer, cosigners = [] }: Keys, leaf: PlacedLeaf): void {
  if (leaf.type !== 'key.added' || !('vkey' in leaf.body)) return;
  const { vkey } = leaf.body;
  if ([signer, ...cosigners].some((own) => formatVkey(own) === vkey)) return;
  throw new LogError(
    'SIGNER_MISSING',
    `the outbox adds the key ${vkey}, and its secret is not here: open the log with it`,
  );
}
