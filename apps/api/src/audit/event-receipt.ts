/**
 * A receipt of one event of the journal (biên nhận): its text, its salt, and the way from its commitment to a head that the
 * ledger anchored, with the entry's tlog-proof. Whoever keeps it can show, without asking the school, that the event was
 * in the journal; a journal without it is another one. Reading and checking only: nothing is asked of a server.
 */
import { equal, fromBase64, toBase64, utf8 } from '#ledger/format/bytes.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseLeaf } from '#ledger/format/leaf.js';
import { parseNote } from '#ledger/format/note.js';
import type { Policy } from '#ledger/format/policy.js';
import { parseProof } from '#ledger/format/proof.js';
import { checkProof, type CheckedProof } from '#ledger/verify/proof.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { readEvent, type EventText } from './expected-rows.js';
import { journalCommitment, journalLink } from './journal.js';

export const RECEIPT_FORMAT = 'socai.v1/event-receipt';

/** From the event to the ledger. Texts of bytes are base64. */
export interface ReceiptAnchor {
  /** The journal's head before the event. */
  readonly before: string;
  /** Commitments of the events after it, up to the anchored head. */
  readonly after: readonly string[];
  /** The `journal.anchored` entry. */
  readonly entry: string;
  /** The entry's tlog-proof: text. */
  readonly proof: string;
}

/** The file that a teacher keeps. */
export interface EventReceipt {
  readonly format: typeof RECEIPT_FORMAT;
  /** Origin of the school's log. */
  readonly origin: string;
  readonly event: {
    /** The event's number in the journal, from 0. */
    readonly seq: number;
    /** The whole event as canonical JSON: who, when, what. */
    readonly payload: string;
    readonly salt: string;
    readonly commitment: string;
  };
  /** Null while no anchor after the event is public: minutes. */
  readonly anchor: ReceiptAnchor | null;
}

/** What of a receipt does not hold. */
export type ReceiptCode = 'MALFORMED' | 'EVENT_NOT_COMMITTED' | 'NOT_ANCHORED' | 'OTHER_ANCHOR';

export class ReceiptError extends Error {
  override readonly name = 'ReceiptError';

  constructor(
    readonly code: ReceiptCode,
    message: string,
  ) {
    super(message);
  }
}

/** What a receipt shows. */
export interface CheckedReceipt {
  readonly event: EventText;
  /** Events that the anchored journal had, and its head. */
  readonly count: number;
  readonly head: Uint8Array;
  /** Where and when the ledger says so. */
  readonly proof: CheckedProof;
}

/** Reads a receipt; nothing of it is checked. @throws ReceiptError MALFORMED */
export function parseReceipt(bytes: Uint8Array): EventReceipt {
  const receipt = json(bytes);
  if (!isObject(receipt) || receipt['format'] !== RECEIPT_FORMAT) {
    throw new ReceiptError('MALFORMED', `this is no file of the format ${RECEIPT_FORMAT}`);
  }
  const { origin, event, anchor } = receipt;
  const isEvent =
    isObject(event) &&
    Number.isSafeInteger(event['seq']) &&
    (event['seq'] as number) >= 0 &&
    areTexts(event['payload'], event['salt'], event['commitment']);
  const isAnchor =
    anchor === null ||
    (isObject(anchor) &&
      areTexts(anchor['before'], anchor['entry'], anchor['proof']) &&
      Array.isArray(anchor['after']) &&
      areTexts(...(anchor['after'] as unknown[])));
  if (!areTexts(origin) || !isEvent || !isAnchor)
    throw new ReceiptError('MALFORMED', 'the receipt is incomplete');
  return receipt as unknown as EventReceipt;
}

/**
 * The event, recomputed from its text and salt: what a receipt shows even before it is anchored.
 * @throws ReceiptError MALFORMED, EVENT_NOT_COMMITTED
 */
export function checkEvent({ event }: EventReceipt): EventText {
  const commitment = journalCommitment(bytesOf(event.salt), event.payload);
  const text = readEvent(event.payload);
  if (text === undefined || toBase64(commitment) !== event.commitment) {
    throw new ReceiptError('EVENT_NOT_COMMITTED', 'the event’s text and salt do not make its commitment');
  }
  return text;
}

/** The anchored head that follows from the event, and how many events it stands for. */
function headOf(
  { event }: EventReceipt,
  { before, after }: ReceiptAnchor,
): { head: Uint8Array; count: number } {
  let head = bytesOf(before);
  const commitments = [event.commitment, ...after];
  commitments.forEach((commitment, i) => {
    head = journalLink(head, event.seq + i, bytesOf(commitment));
  });
  return { head, count: event.seq + commitments.length };
}

/**
 * Checks all of a receipt.
 * @param policyOf keys and witnesses to believe for a log of that origin and size
 * @throws ReceiptError; VerifyError when the anchor is not in the log, or too few witnesses have seen it
 */
export function checkReceipt(
  receipt: EventReceipt,
  policyOf: (origin: string, size: number) => Policy,
): CheckedReceipt {
  const event = checkEvent(receipt);
  const { anchor, origin } = receipt;
  if (anchor === null) {
    throw new ReceiptError(
      'NOT_ANCHORED',
      'the receipt was taken before its event was anchored in the ledger',
    );
  }
  const { head, count } = headOf(receipt, anchor);
  const leaf = anchoredIn(bytesOf(anchor.entry));
  if (leaf === undefined || leaf.count !== count || !equal(bytesOf(leaf.head), head)) {
    throw new ReceiptError(
      'OTHER_ANCHOR',
      'the entry of the ledger anchors another journal than that of the event',
    );
  }
  const proof = checkProof(
    utf8(anchor.proof),
    bytesOf(anchor.entry),
    policyOf(origin, checkpointOf(anchor).size),
    { origin, crypto: nodeCrypto },
  );
  return { event, count, head, proof };
}

/** The checkpoint that a receipt carries; not checked. @throws ReceiptError MALFORMED */
function checkpointOf({ proof }: ReceiptAnchor): ReturnType<typeof parseCheckpoint> {
  try {
    return parseCheckpoint(parseNote(parseProof(utf8(proof)).checkpoint).text);
  } catch (error) {
    throw new ReceiptError('MALFORMED', error instanceof Error ? error.message : String(error));
  }
}

function anchoredIn(entry: Uint8Array): { readonly head: string; readonly count: number } | undefined {
  try {
    const leaf = parseLeaf(entry);
    return leaf.type === 'journal.anchored' ? leaf.body : undefined;
  } catch {
    return undefined;
  }
}

function json(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ReceiptError('MALFORMED', 'the receipt is not JSON');
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function areTexts(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}

function bytesOf(base64: string): Uint8Array {
  try {
    return fromBase64(base64);
  } catch {
    throw new ReceiptError('MALFORMED', 'the receipt has a text that is not base64');
  }
}
