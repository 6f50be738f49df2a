/** The rules that the entries of a school's log keep about keys (SPEC.md, "Keys"), for who reads them all in order. */
import { parseLeaf, type Leaf } from '../format/leaf.js';
import { isClosed, keysAfter, tellsOfKeys, type LogKey } from '../format/log-keys.js';

export class KeyEntries {
  private next = 0;
  /** Nothing can be said: the log does not begin with log.opened, or the bytes of an entry are lost. */
  private silent = false;
  private known: readonly LogKey[] = [];
  /** Commitments of signers' certificates. */
  private readonly certificates = new Set<string>();

  /** The log's keys as the entries so far name them; none when an entry is lost, or when the log does not say. */
  get keys(): readonly LogKey[] {
    return this.silent ? [] : this.known;
  }

  /** What is wrong with the next entry, in words. Entries that are no leaf are the chain's to report. */
  check(entry: Uint8Array): string[] {
    if (this.silent) return [];
    const seq = this.next++;
    const problems = isClosed(this.known, seq) ? ['comes after the log was closed'] : [];
    const leaf = tellsOfKeys(entry) ? readLeaf(entry) : undefined;
    if (seq === 0) this.silent = leaf?.type !== 'log.opened';
    return leaf === undefined || this.silent ? problems : [...problems, ...this.take(leaf, seq)];
  }

  /** Steps over an entry whose bytes are lost: it may have told of keys. */
  skip(): void {
    this.silent = true;
  }

  private take(leaf: Leaf, seq: number): string[] {
    if ((leaf.type === 'key.added' || leaf.type === 'key.retired') && 'cert' in leaf.body) {
      return this.takeCertificate(leaf.type, leaf.body.cert);
    }
    const { keys, problem } = keysAfter(this.known, { ...leaf, seq });
    this.known = keys;
    return problem === undefined ? [] : [problem];
  }

  private takeCertificate(type: 'key.added' | 'key.retired', cert: string): string[] {
    const known = this.certificates.has(cert);
    this.certificates.add(cert);
    return type === 'key.added' || known ? [] : [`retires the certificate ${cert}, which was never added`];
  }
}

function readLeaf(entry: Uint8Array): Leaf | undefined {
  try {
    return parseLeaf(entry);
  } catch {
    return undefined;
  }
}
