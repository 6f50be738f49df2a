/** The rules that the entries of a school's log keep about keys (SPEC.md, "Keys"), for who reads them all in order. */
import { parseLeaf, type Leaf } from '../format/leaf.js';
import { isClosed, keysAfter, tellsOfKeys, type LogKey } from '../format/log-keys.js';

export class KeyEntries {
  private active = false;
  private next = 0;
  /** False after an entry whose bytes are lost: it may have told of keys. */
  private complete = true;
  private known: readonly LogKey[] = [];
  /** Commitments of signers' certificates. */
  private readonly certificates = new Set<string>();

  /** The log's keys as the entries so far name them; none when an entry is lost, or when the log does not say. */
  get keys(): readonly LogKey[] {
    return this.complete ? this.known : [];
  }

  /** What is wrong with the next entry, in words. Entries that are no leaf are the chain's to report. */
  check(entry: Uint8Array): string[] {
    const seq = this.next++;
    if (seq > 0 && !this.active) return [];
    const problems = this.complete && isClosed(this.known, seq) ? ['comes after the log was closed'] : [];
    const leaf = tellsOfKeys(entry) ? readLeaf(entry) : undefined;
    if (seq === 0) this.active = leaf?.type === 'log.opened';
    return leaf === undefined || !this.active ? problems : [...problems, ...this.take(leaf, seq)];
  }

  /** Steps over an entry whose bytes are lost. */
  skip(): void {
    if (this.next === 0) this.active = false;
    this.next++;
    this.complete = false;
  }

  private take(leaf: Leaf, seq: number): string[] {
    if ((leaf.type === 'key.added' || leaf.type === 'key.retired') && 'cert' in leaf.body) {
      return this.takeCertificate(leaf.type, leaf.body.cert);
    }
    const { keys, problem } = keysAfter(this.known, { ...leaf, seq });
    this.known = keys;
    return problem === undefined || !this.complete ? [] : [problem];
  }

  private takeCertificate(type: 'key.added' | 'key.retired', cert: string): string[] {
    const known = this.certificates.has(cert);
    this.certificates.add(cert);
    return type === 'key.added' || known || !this.complete
      ? []
      : [`retires the certificate ${cert}, which was never added`];
  }
}

function readLeaf(entry: Uint8Array): Leaf | undefined {
  try {
    return parseLeaf(entry);
  } catch {
    return undefined;
  }
}
