/**
 * The hash chain of a school's log: each entry states its index and the hash of the entry before it, so that a cut or an
 * insertion shows without any Merkle proof. A log has a chain exactly when its entry 0 is log.opened.
 */
import { equal, fromBase64 } from '../format/bytes.js';
import type { Sha256 } from '../format/crypto.js';
import { leafHash } from '../format/hash.js';
import { genesis, parseLeaf, schoolOfOrigin, type Leaf } from '../format/leaf.js';

/** Where a check of the chain stands between two entries: enough to go on with it later. */
export interface ChainLink {
  /** Whether the log has a chain. */
  readonly active: boolean;
  /** The index of the next entry. */
  readonly next: number;
  /** The leaf hash that the next entry has to state; undefined after an entry that could not be read. */
  readonly prev: Uint8Array | undefined;
  /** The `at` of the last leaf; empty before the first. */
  readonly lastAt: string;
}

/** Reads a log's entries in order, from the first, or from where another check stood. */
export class ChainCheck {
  private active = false;
  private next = 0;
  /** What the next entry has to state as `prev`; undefined after an entry that could not be read. */
  private prev: Uint8Array | undefined;
  private lastAt = '';

  constructor(
    private readonly origin: string,
    private readonly sha256: Sha256,
    from?: ChainLink,
  ) {
    this.prev = genesis(origin);
    if (from !== undefined)
      ({ active: this.active, next: this.next, prev: this.prev, lastAt: this.lastAt } = from);
  }

  /** Where the check stands now. */
  get link(): ChainLink {
    return { active: this.active, next: this.next, prev: this.prev, lastAt: this.lastAt };
  }

  /** What is wrong with the next entry as a link, in words; empty when nothing is, or when the log has no chain. */
  check(entry: Uint8Array): string[] {
    const seq = this.next++;
    if (seq > 0 && !this.active) return [];
    const leaf = readLeaf(entry);
    if (seq === 0) this.active = typeof leaf !== 'string' && leaf.type === 'log.opened';
    if (!this.active) return [];
    const expected = this.prev;
    this.prev = leafHash(entry, this.sha256);
    if (typeof leaf === 'string') return [`is no leaf: ${leaf}`];
    const problems = this.problemsOf(leaf, seq, expected);
    this.lastAt = leaf.at;
    return problems;
  }

  /** Steps over an entry whose bytes are lost. */
  skip(): void {
    this.next++;
    this.prev = undefined;
  }

  private problemsOf(leaf: Leaf, seq: number, expected: Uint8Array | undefined): string[] {
    const problems: string[] = [];
    if (leaf.seq !== seq) problems.push(`states seq ${String(leaf.seq)}`);
    if (expected !== undefined && !equal(fromBase64(leaf.prev), expected)) {
      problems.push(
        seq === 0 ? 'does not begin the chain of this origin' : `does not follow entry ${String(seq - 1)}`,
      );
    }
    if (leaf.at < this.lastAt) problems.push(`is of ${leaf.at}, before the entry before it (${this.lastAt})`);
    if (leaf.school !== schoolOf(this.origin)) problems.push(`is of school ${leaf.school}`);
    if (leaf.type === 'log.opened') {
      if (seq > 0) problems.push('opens the log a second time');
      if (leaf.body.origin !== this.origin) problems.push(`opens the log ${leaf.body.origin}`);
    }
    return problems;
  }
}

function readLeaf(entry: Uint8Array): Leaf | string {
  try {
    return parseLeaf(entry);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function schoolOf(origin: string): string | undefined {
  try {
    return schoolOfOrigin(origin);
  } catch {
    return undefined;
  }
}
