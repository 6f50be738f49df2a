/** A monitor's state as a file: JSON that a person can read, with the signed notes in it as they are. */
import { fromBase64, fromUtf8, toBase64, utf8 } from '#ledger/format/bytes.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseMisbehaviour } from '#ledger/format/misbehaviour.js';
import { formatVkey, parseNote, parseVkey } from '#ledger/format/note.js';
import type { MonitorEvent } from '#ledger/verify/monitor-events.js';
import type { MonitorState } from '#ledger/verify/monitor.js';
import type { WatchState } from '#ledger/verify/watch.js';

/** The state's file cannot be used: damaged, or of another log. Nothing was overwritten. */
export class MonitorStateError extends Error {
  override readonly name = 'MonitorStateError';
  readonly code = 'STATE_DAMAGED';
}

const FORMAT = 'socai-monitor/v1';

/** What JSON holds of a state. */
interface StateFile {
  readonly format: string;
  readonly origin: string;
  readonly followed?: string;
  readonly watch?: WatchFile;
  readonly unsettled: readonly string[];
  readonly proofs: readonly string[];
  readonly faults: readonly MonitorEvent[];
  readonly nextBundle: number;
}

interface WatchFile extends Omit<WatchState, 'chain' | 'keys'> {
  readonly chain: {
    readonly active: boolean;
    readonly next: number;
    readonly prev?: string;
    readonly lastAt: string;
  };
  readonly keys: readonly { readonly vkey: string; readonly from: number; readonly to?: number }[];
}

/** The bytes of the file. */
export function formatMonitorState(origin: string, state: MonitorState): Uint8Array {
  const { followed, watch, unsettled, proofs, faults, nextBundle } = state;
  const file: StateFile = {
    format: FORMAT,
    origin,
    ...(followed === undefined ? {} : { followed: fromUtf8(followed) }),
    ...(watch === undefined ? {} : { watch: watchFile(watch) }),
    unsettled: unsettled.map(fromUtf8),
    proofs: proofs.map(fromUtf8),
    faults,
    nextBundle,
  };
  return utf8(`${JSON.stringify(file, undefined, 1)}\n`);
}

/** The state of `origin`'s monitor in a file's bytes; MonitorStateError when there is none in them. */
export function parseMonitorState(origin: string, bytes: Uint8Array): MonitorState {
  try {
    const file = JSON.parse(fromUtf8(bytes)) as StateFile;
    if (file.format !== FORMAT) throw new Error(`its format is not ${FORMAT}`);
    if (file.origin !== origin) throw new Error(`it is of log ${file.origin}, not ${origin}`);
    if (!Number.isSafeInteger(file.nextBundle)) throw new Error('nextBundle is no number');
    if (!Array.isArray(file.faults)) throw new Error('faults is no list');
    return {
      ...(file.followed === undefined ? {} : { followed: note(file.followed) }),
      ...(file.watch === undefined ? {} : { watch: readWatch(file.watch) }),
      unsettled: file.unsettled.map(note),
      proofs: file.proofs.map(proof),
      faults: file.faults,
      nextBundle: file.nextBundle,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MonitorStateError(`the monitor's state cannot be used: ${reason}`, { cause: error });
  }
}

function watchFile({ chain: { prev, ...chain }, keys, journal }: WatchState): WatchFile {
  return {
    chain: { ...chain, ...(prev === undefined ? {} : { prev: toBase64(prev) }) },
    keys: keys.map(({ key, from, to }) => ({
      vkey: formatVkey(key),
      from,
      ...(to === undefined ? {} : { to }),
    })),
    ...(journal === undefined ? {} : { journal }),
  };
}

function readWatch({ chain: { prev, ...chain }, keys, journal }: WatchFile): WatchState {
  if (!Number.isSafeInteger(chain.next)) throw new Error('chain.next is no number');
  return {
    chain: { ...chain, prev: prev === undefined ? undefined : fromBase64(prev) },
    keys: keys.map(({ vkey, from, to }) => ({
      key: parseVkey(vkey),
      from,
      ...(to === undefined ? {} : { to }),
    })),
    ...(journal === undefined ? {} : { journal }),
  };
}

function note(text: string): Uint8Array {
  const bytes = utf8(text);
  parseCheckpoint(parseNote(bytes).text);
  return bytes;
}

function proof(text: string): Uint8Array {
  const bytes = utf8(text);
  parseMisbehaviour(bytes);
  return bytes;
}
