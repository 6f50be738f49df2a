/** A log to read: a folder, or an address that serves one (C2SP tlog-tiles). Neither is believed. */
import type { LogReader } from '#ledger/verify/fsck.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { HttpError, isHttpAddress } from '#ledger-node/http-get.js';
import { HttpLogReader } from '#ledger-node/http-log.js';

/** Reads `place`, a folder or an http(s) address. An address that cannot be a log's: HttpError BAD_ADDRESS. */
export function ledgerReader(place: string): LogReader {
  return isHttpAddress(place) ? new HttpLogReader(place) : new FolderTileStore(place);
}

/**
 * `log`, with the first failure of its server kept for `stopIfFailed` to throw: a check that takes every failed read for
 * damage would else report an unreachable server as a damaged log.
 */
export function failingReader(log: LogReader): LogReader & { stopIfFailed(): void } {
  let failure: unknown;
  const kept = (error: unknown): never => {
    failure ??= error;
    throw error;
  };
  return {
    readCheckpoint: () => log.readCheckpoint(),
    readTile: (path) => log.readTile(path).catch(kept),
    stopIfFailed: () => {
      if (failure instanceof HttpError) throw failure;
    },
  };
}
