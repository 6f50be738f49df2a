/** The trust bundles that somebody accepted, in a file: serials never fall, and roots change only as the old ones agree. */
import { basename, dirname } from 'node:path';
import { equal, fromBase64, fromUtf8, toBase64, utf8 } from '#ledger/format/bytes.js';
import { sameKey } from '#ledger/format/note.js';
import type { RootSet, TrustBundle } from '#ledger/format/trust.js';
import { checkTrust, openTrust } from '#ledger/verify/trust.js';
import { DurableFiles, readIfThere } from './durable-files.js';
import { nodeCrypto } from './node-crypto.js';

export class TrustMemory {
  private kept: readonly Uint8Array[] | undefined;

  /** @param path of the file; its folder is there */
  constructor(private readonly path: string) {}

  /**
   * The bundle in `bytes`, remembered durably, when it goes back to `roots`, succeeds what is remembered and has not
   * expired at `now` (milliseconds since 1970). Else the VerifyError of checkTrust, and nothing is remembered.
   */
  async accept(bytes: Uint8Array, roots: RootSet, now: number): Promise<TrustBundle> {
    const kept = await this.read();
    const { bundle } = checkTrust(bytes, now, { roots, earlier: kept, crypto: nodeCrypto });
    const newest = kept.at(-1);
    if (newest === undefined || !equal(newest, bytes))
      await this.write(worthKeeping([...kept, bytes], roots));
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
