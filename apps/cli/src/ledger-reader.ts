/** A log to read: a folder, or an address that serves one (C2SP tlog-tiles). Neither is believed. */
import type { LogReader } from '#ledger/verify/fsck.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { isHttpAddress } from '#ledger-node/http-get.js';
import { HttpLogReader } from '#ledger-node/http-log.js';

/** Reads `place`, a folder or an http(s) address. An address that cannot be a log's: HttpError BAD_ADDRESS. */
export function ledgerReader(place: string): LogReader {
  return isHttpAddress(place) ? new HttpLogReader(place) : new FolderTileStore(place);
}
