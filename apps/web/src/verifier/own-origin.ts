/** What the page reads while it verifies: trust bundle, ledger and openings, all from its own origin and believed by none. */
import type { LedgerListAnswer } from '#contracts/ledger.js';
import type { LedgerReader } from '#verify/status-step.js';

/** The signed trust bundle that this server hands out; undefined when it cannot be had. */
export async function readTrust(): Promise<Uint8Array | undefined> {
  try {
    return await readBytes('/ledger/trust');
  } catch {
    return undefined;
  }
}

/** A reader of the log with this origin; undefined when this server does not carry it, or cannot be reached. */
export async function ledgerOf(origin: string): Promise<LedgerReader | undefined> {
  try {
    const response = await fetch('/ledger/', { credentials: 'omit' });
    if (!response.ok) return undefined;
    const { logs } = (await response.json()) as LedgerListAnswer;
    const log = logs.find((one) => one.origin === origin);
    // The address in the list may name another host: the log is read from our own.
    return log === undefined ? undefined : readerAt(`/ledger/${encodeURIComponent(log.school)}`);
  } catch {
    return undefined;
  }
}

/** What the server says about a code: its opening, that it knows none, or nothing. */
export type OpeningAnswer =
  | { readonly state: 'found'; readonly text: string }
  | { readonly state: 'unknown' }
  | { readonly state: 'unreachable' };

/** @param hash SHA-256 of J, lower-case hex */
export async function readOpening(hash: string): Promise<OpeningAnswer> {
  try {
    const response = await fetch(`/api/public/openings/${hash}`, { credentials: 'omit', cache: 'no-store' });
    if (response.ok) return { state: 'found', text: await response.text() };
    return { state: response.status === 404 ? 'unknown' : 'unreachable' };
  } catch {
    return { state: 'unreachable' };
  }
}

function readerAt(base: string): LedgerReader {
  return {
    readCheckpoint: () => readBytes(`${base}/checkpoint`),
    readTile: (path) => readBytes(`${base}/${path}`),
  };
}

/** The bytes at an address; undefined when there are none there (404). */
async function readBytes(path: string): Promise<Uint8Array | undefined> {
  const response = await fetch(path, { credentials: 'omit' });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
