/**
 * What a release issued, kept so that every later one can show that it still verifies: fixtures/releases/<release>, with
 * the trust bundles and logs of its day, and the verdicts that are expected for ever.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import type { LedgerReader } from '#verify/status-step.js';

export const RELEASES = 'fixtures/releases';

export interface KeptFile {
  /** Path inside the set, without ".gz". */
  readonly file: string;
  /** Paths inside the set: the bundle in force, and the folder of the school's log. */
  readonly trust: string;
  readonly ledger: string;
  /** The day on which it is verified: bundles end. ISO-8601 UTC. */
  readonly now: string;
  /** With the log read to its end, and without the log. */
  readonly verdict: string;
  readonly offline: string;
  /** SHA-256 of what is shown of it as canonical JSON, hex. */
  readonly shown: string;
}

/** One release's set: its folder and its files. */
export interface KeptSet {
  readonly release: string;
  readonly folder: string;
  readonly files: readonly KeptFile[];
}

/** Every set there is, the oldest release first. */
export function keptSets(): KeptSet[] {
  if (!existsSync(RELEASES)) return [];
  const releases = readdirSync(RELEASES).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return releases.map((release) => {
    const folder = join(RELEASES, release);
    const files = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as KeptFile[];
    return { release, folder, files };
  });
}

/** What a file of a set is verified against. */
export function keptMeans(
  { folder }: KeptSet,
  { trust, ledger, now }: KeptFile,
): { trust: Uint8Array; ledgerReader: LedgerReader; now: string } {
  const bundle = new Uint8Array(readFileSync(join(folder, trust)));
  return { trust: bundle, ledgerReader: new FolderTileStore(join(folder, ledger)), now };
}

/** A file of a set. */
export function keptBytes({ folder }: KeptSet, { file }: KeptFile): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(join(folder, `${file}.gz`))));
}
