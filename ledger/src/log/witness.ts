/**
 * What a witness does (C2SP tlog-witness v1.0.0), without a server: checks that a log only grows, and says so with its
 * signature and the time. It never signs two trees of one log that contradict each other: check and store are one
 * atomic step, and the store is durable before the answer leaves.
 */
import { equal, toHex, utf8 } from '../format/bytes.js';
import { formatConflict, parseAddCheckpoint } from '../format/add-checkpoint.js';
import { parseCheckpointLines, type Checkpoint } from '../format/checkpoint.js';
import { cosignNoteText } from '../format/cosignature.js';
import { nobleCrypto, sha256, type Crypto } from '../format/crypto.js';
import { FormatError } from '../format/errors.js';
import { emptyRoot } from '../format/hash.js';
import {
  checkNoteSignature,
  formatNote,
  formatSignatureLine,
  parseNote,
  type Note,
  type NoteSignature,
  type NoteSigner,
  type VerifierKey,
} from '../format/note.js';
import { checkConsistency } from '../merkle/consistency.js';
import { MerkleError } from '../merkle/errors.js';
import type { TrustLog } from '../format/trust.js';
import type { Clock, Witness, WitnessAnswer } from './ports.js';

/** The newest cosigned checkpoint of each log. */
export interface WitnessStore {
  /** The signed note stored for `origin`; undefined when none was. */
  latest(origin: string): Promise<Uint8Array | undefined>;
  /**
   * Stores `next` if `expected` (undefined: nothing) is still what is stored, atomically and durably before it
   * resolves; false, with nothing stored, if it is not.
   */
  swap(origin: string, expected: Uint8Array | undefined, next: Uint8Array): Promise<boolean>;
}

/**
 * The keys of the log `origin`, each for the sizes it signs; none for a log that is not known. `again` says that what
 * was answered before did not do: a list that may have changed is to be read again.
 */
export type TrustedLogs = (origin: string, again: boolean) => Promise<readonly TrustLog[]>;

export interface WitnessOptions {
  /** Of the cosignature type; its name is the witness' name. */
  readonly signer: NoteSigner;
  /** The keys it trusts: for all sizes, or as a list that may change tells. */
  readonly logs: readonly VerifierKey[] | TrustedLogs;
  readonly store: WitnessStore;
  readonly clock: Clock;
  readonly crypto?: Crypto;
}

/** The answer to an HTTP request. */
export interface WitnessResponse extends WitnessAnswer {
  readonly contentType: string;
}

/**
 * The answer to `POST add-checkpoint`: 200 with the cosignature line; 400 malformed, or old above the size; 404 unknown
 * origin; 403 no good signature of a trusted key, or a bad one; 409 with the stored size when `old` is another; 422 when
 * the proof or the root does not hold.
 */
export async function answerAddCheckpoint(
  body: Uint8Array,
  options: WitnessOptions,
): Promise<WitnessResponse> {
  const { signer, store, clock, crypto = nobleCrypto } = options;
  const request = readRequest(body);
  if (request === undefined) return refuse(400, 'malformed request');
  const { old, hashes, note, checkpoint } = request;
  const logSignatures = await trustedSignatures(request, options.logs, crypto);
  if (logSignatures === undefined) return refuse(404, 'unknown log');
  if (logSignatures.length === 0) return refuse(403, 'no trusted signature holds');
  if (old > checkpoint.size) return refuse(400, 'old is above the size');

  const stored = await store.latest(checkpoint.origin);
  const before = stored === undefined ? undefined : parseCheckpointLines(parseNote(stored).text);
  if (old !== (before?.size ?? 0)) return conflict(before?.size ?? 0);
  if (!grows(before, checkpoint, hashes, crypto))
    return refuse(422, 'not consistent with what was cosigned before');

  const line = await cosignNoteText(note.text, Math.floor(clock() / 1000), signer);
  const next = formatNote({ text: note.text, signatures: [...logSignatures, line] });
  if (!(await store.swap(checkpoint.origin, stored, next))) {
    // Another request came between reading and storing: it decided what `old` has to be now.
    return answerAddCheckpoint(body, options);
  }
  return { status: 200, contentType: 'text/plain; charset=utf-8', body: utf8(formatSignatureLine(line)) };
}

/** The path of `GET <monitoring prefix>/<path>`: the newest cosigned checkpoint of a log. */
export function witnessPath(origin: string): string {
  return `${toHex(sha256(utf8(origin)))}/checkpoint`;
}

/** A witness in this process, as a log's client of it. */
export function localWitness(name: string, options: WitnessOptions): Witness {
  return {
    name,
    key: options.signer,
    addCheckpoint: (body) => answerAddCheckpoint(body, options),
    latest: (origin) => options.store.latest(origin),
  };
}

interface Request {
  readonly old: number;
  readonly hashes: readonly Uint8Array[];
  readonly note: Note;
  readonly checkpoint: Checkpoint;
}

function readRequest(body: Uint8Array): Request | undefined {
  try {
    const { old, hashes, checkpoint } = parseAddCheckpoint(body);
    const note = parseNote(checkpoint);
    return { old, hashes, note, checkpoint: parseCheckpointLines(note.text) };
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** The signatures of the log's keys in force at this size; none at all if one is bad; undefined for an unknown log. */
async function trustedSignatures(
  { note, checkpoint: { origin, size } }: Request,
  logs: WitnessOptions['logs'],
  crypto: Crypto,
): Promise<NoteSignature[] | undefined> {
  const find = typeof logs === 'function' ? logs : fixedLogs(logs);
  for (const again of [false, true]) {
    const known = await find(origin, again);
    const keys = known.filter(({ from, to }) => size >= from && (to === undefined || size <= to));
    const good = signaturesOf(
      note,
      keys.map(({ key }) => key),
      crypto,
    );
    if (good.length > 0 || again) return known.length === 0 ? undefined : good;
  }
  return undefined;
}

function fixedLogs(keys: readonly VerifierKey[]): TrustedLogs {
  return (origin) =>
    Promise.resolve(keys.filter(({ name }) => name === origin).map((key) => ({ key, from: 0 })));
}

/** The signatures of these keys; none at all if one of them is bad. */
function signaturesOf(note: Note, keys: readonly VerifierKey[], crypto: Crypto): NoteSignature[] {
  const trusted = note.signatures.flatMap((signature) => {
    const key = keys.find(({ name, keyId }) => name === signature.name && keyId === signature.keyId);
    return key === undefined
      ? []
      : [{ signature, good: checkNoteSignature(note.text, signature, key, crypto) }];
  });
  return trusted.every(({ good }) => good) ? trusted.map(({ signature }) => signature) : [];
}

/** Whether `now` continues `before` (undefined: nothing was cosigned yet). */
function grows(
  before: Checkpoint | undefined,
  now: Checkpoint,
  hashes: readonly Uint8Array[],
  crypto: Crypto,
): boolean {
  if (now.size === 0 && !equal(now.root, emptyRoot())) return false;
  if (before === undefined || before.size === 0) return hashes.length === 0;
  try {
    checkConsistency(before.size, before.root, now.size, now.root, hashes, crypto.sha256);
    return true;
  } catch (error) {
    if (error instanceof MerkleError) return false;
    throw error;
  }
}

function conflict(size: number): WitnessResponse {
  return { status: 409, contentType: 'text/x.tlog.size', body: formatConflict(size) };
}

function refuse(status: number, reason: string): WitnessResponse {
  return { status, contentType: 'text/plain; charset=utf-8', body: utf8(`${reason}\n`) };
}
