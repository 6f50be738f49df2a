/** A log to read for a status: a folder, or an address that serves one (C2SP tlog-tiles). Neither is believed. */
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import type { LedgerReader } from '#verify/status-step.js';

/** A full bundle of 256 entries of 64 KiB. */
const MAX_TILE_BYTES = 256 * (2 + 65_535);
const TIMEOUT_MS = 15_000;

/** Reads `place`, a folder or an http(s) address. */
export function ledgerReader(place: string): LedgerReader {
  if (!isUrl(place)) return new FolderTileStore(place);
  const base = place.replace(/\/+$/, '');
  return {
    readCheckpoint: () => fetchBytes(`${base}/checkpoint`, MAX_TILE_BYTES),
    readTile: (path) => fetchBytes(`${base}/${path}`, MAX_TILE_BYTES),
  };
}

export function isUrl(place: string): boolean {
  return /^https?:\/\//i.test(place);
}

/** The body at an address; undefined where there is none (404). Unreachable, too slow or too large: an Error. */
export async function fetchBytes(address: string, maxBytes: number): Promise<Uint8Array | undefined> {
  const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
  if (response.status === 404) {
    await response.body?.cancel();
    return undefined;
  }
  if (!response.ok) throw new Error(`${address} answered ${String(response.status)}`);
  const parts: Uint8Array[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array> | readonly Uint8Array[] = response.body ?? [];
  for await (const part of body) {
    length += part.length;
    if (length > maxBytes) throw new Error(`${address} answered with more than ${String(maxBytes)} bytes`);
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
