/** The trust bundles that somebody accepted, in a file: serials never fall, and roots change only as the old ones agree. */
import { basename, dirname } from 'node:path';
import { equal, fromBase64, fromUtf8, toBase64, utf8 } from '#ledger/format/bytes.js';
import { sameKey } from '#ledger/format/note.js';
import type { RootSet, TrustBundle } from '#ledger/format/trust.js';
import { VerifyError } from '#ledger/verify/errors.js';
import { checkTrust, openTrust } from '#ledger/verify/trust.js';
import { DurableFiles, readIfThere } from './durable-files.js';
import { nodeCrypto } from './node-crypto.js';

/** The signed bundle of an earlier serial, from where the newest one comes; undefined when it is not there. */
export type TrustArchive = (serial: number) => Promise<Uint8Array | undefined>;

/** So many bundles before the newest one are looked for when a change of roots was missed. */
const MOST_MISSED = 50;

export class TrustMemory {
  private kept: readonly Uint8Array[] | undefined;

  /** @param path of the file; its folder is there */
  constructor(private readonly path: string) {}

  /**
   * The bundle in `bytes`, remembered durably, when it goes back to `roots`, succeeds what is remembered and has not
   * expired at `now` (milliseconds since 1970). Else the VerifyError of checkTrust, and nothing is remembered.
   * Whoever was away while the roots changed is led to the new ones by the bundles between, from the `archive`.
   */
  async accept(bytes: Uint8Array, roots: RootSet, now: number, archive?: TrustArchive): Promise<TrustBundle> {
    const kept = await this.read();
    const { earlier, bundle } = await checkWithMissed(bytes, { kept, roots, now }, archive);
    const newest = kept.at(-1);
    if (newest === undefined || !equal(newest, bytes))
      await this.write(worthKeeping([...earlier, bytes], roots));
    return bundle;
  }

  /** The newest remembered bundle, checked again; undefined when there is none. VerifyError as for `accept`. */
  async newest(roots: RootSet, now: number): Promise<TrustBundle | undefined> {
    const kept = await this.read();
    const newest = kept.at(-1);
    if (newest === undefined) return undefined;
    return checkTrust(newest, now, { roots, earlier: kept.slice(0, -1), crypto: nodeCrypto }).bundle;
  }

  private async read(): Promise<readonly Uint8Array[]> {
    if (this.kept === undefined) {
      const bytes = await readIfThere(this.path);
      const { bundles } =
        bytes === undefined ? { bundles: [] } : (JSON.parse(fromUtf8(bytes)) as { bundles: string[] });
      this.kept = bundles.map(fromBase64);
    }
    return this.kept;
  }

  private async write(bundles: readonly Uint8Array[]): Promise<void> {
    const bytes = utf8(`${JSON.stringify({ bundles: bundles.map(toBase64) })}\n`);
    await new DurableFiles(dirname(this.path)).write([{ path: basename(this.path), bytes }]);
    this.kept = bundles;
  }
}

interface Known {
  readonly kept: readonly Uint8Array[];
  readonly roots: RootSet;
  readonly now: number;
}

/** Checks `bytes` after what is kept; when they do not follow from it, after the archived bundles between as well. */
async function checkWithMissed(
  bytes: Uint8Array,
  { kept, roots, now }: Known,
  archive: TrustArchive | undefined,
): Promise<{ readonly earlier: readonly Uint8Array[]; readonly bundle: TrustBundle }> {
  const check = (earlier: readonly Uint8Array[]) => ({
    earlier,
    bundle: checkTrust(bytes, now, { roots, earlier, crypto: nodeCrypto }).bundle,
  });
  try {
    return check(kept);
  } catch (error) {
    const isGap =
      error instanceof VerifyError && ['TRUST_NOT_SUCCEEDED', 'TRUST_NOT_PINNED'].includes(error.code);
    if (!isGap || archive === undefined) throw error;
    const missed = await missedBundles(bytes, kept.at(-1), archive);
    if (missed.length === 0) throw error;
    return check([...kept, ...missed]);
  }
}

async function missedBundles(
  bytes: Uint8Array,
  newest: Uint8Array | undefined,
  archive: TrustArchive,
): Promise<Uint8Array[]> {
  const serialOf = (each: Uint8Array): number => openTrust(each, nodeCrypto).bundle.serial;
  const last = serialOf(bytes) - 1;
  const known = newest === undefined ? 0 : serialOf(newest);
  const missed: Uint8Array[] = [];
  for (let serial = Math.max(known + 1, last - MOST_MISSED + 1); serial <= last; serial++) {
    const found = await archive(serial);
    if (found !== undefined) missed.push(found);
  }
  return missed;
}

/** The newest, and those at which the roots changed: they lead from the given roots to the newest. */
function worthKeeping(bundles: readonly Uint8Array[], given: RootSet): Uint8Array[] {
  let before = given;
  return bundles.filter((bytes, i) => {
    const { bundle } = openTrust(bytes, nodeCrypto);
    const changed = !sameRoots(before, bundle);
    before = bundle;
    return changed || i === bundles.length - 1;
  });
}

function sameRoots(a: RootSet, b: RootSet): boolean {
  return (
    a.threshold === b.threshold &&
    a.roots.length === b.roots.length &&
    a.roots.every((root) => b.roots.some((other) => sameKey(root, other)))
  );
}
