/** A log read from a web server that serves it as C2SP tlog-tiles. Nothing it answers is believed: readers check it. */
import { MAX_TEXT_BYTES } from '#ledger/format/text.js';
import { HASH_BYTES } from '#ledger/format/hash.js';
import { MAX_ENTRY_BYTES, parseTilePath } from '#ledger/format/tile.js';
import type { LogReader } from '#ledger/verify/fsck.js';
import { getBytes, HttpError, isHttpAddress, type HttpLimits } from './http-get.js';

/** Reads `<base>/checkpoint` and `<base>/tile/…`. A file that is not there (404) is undefined; else HttpError. */
export class HttpLogReader implements LogReader {
  private readonly base: string;

  /** An address that is not plainly http(s): HttpError BAD_ADDRESS. */
  constructor(
    address: string,
    private readonly limits: HttpLimits = {},
  ) {
    this.base = baseOf(address);
  }

  readCheckpoint(): Promise<Uint8Array | undefined> {
    return getBytes(`${this.base}/checkpoint`, MAX_TEXT_BYTES, this.limits);
  }

  /** Never more bytes than a tile of this name can have. A path that is no tile's: FormatError. */
  async readTile(path: string): Promise<Uint8Array | undefined> {
    const { level, width } = parseTilePath(path);
    const most = level === 'entries' ? width * (2 + MAX_ENTRY_BYTES) : width * HASH_BYTES;
    return getBytes(`${this.base}/${path}`, most, this.limits);
  }
}

/** The address without slashes at its end, as the paths of a log are appended to it. */
function baseOf(address: string): string {
  let url: URL | undefined;
  try {
    url = new URL(address);
  } catch {
    // Said below, with everything else that is no address of a log.
  }
  const plain = url !== undefined && url.search + url.hash + url.username + url.password === '';
  if (!isHttpAddress(address) || !plain) {
    throw new HttpError('BAD_ADDRESS', `"${address}" is not the http(s) address of a log`);
  }
  return address.replace(/\/+$/, '');
}
