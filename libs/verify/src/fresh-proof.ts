/**
 * A transcript with a newer proof beside its first one: what a stranger can check again years later, when the checkpoint
 * of the first has grown old. `first` stays for ever, as the evidence of time; everything signed stays as it is
 * (transcript-format.md, "The PDF").
 */
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { nobleCrypto } from '#ledger/format/crypto.js';
import { parseNote } from '#ledger/format/note.js';
import { formatProof, parseProof } from '#ledger/format/proof.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { readTranscriptPdf } from '#pdf-fill/read.js';
import { replaceContents } from '#pdf-fill/revision.js';
import { readProof, withProof } from '#signing/proof-attribute.js';
import type { VerificationResult } from './result.js';
import type { LedgerReader } from './status-step.js';
import { verifyTranscript, type VerifyOptions } from './verify-transcript.js';

/** The log as it is now, and what the file is verified against before and after. */
export interface FreshProofInput extends VerifyOptions {
  readonly ledgerReader: LedgerReader;
}

export interface FreshProof {
  /** The verdict on the new file, or, when there is none, on the one that was given. */
  readonly result: VerificationResult;
  /** Undefined when the file is not valid, or its log could not be read. */
  readonly file?: Uint8Array;
}

/**
 * Puts a proof under the log's newest checkpoint into the seal's CMS, in place of an older `latest`. Only a valid file
 * becomes one, and what comes out was verified like any other: a log that shows something else gives no file.
 */
export async function refreshProof(input: FreshProofInput): Promise<FreshProof> {
  const result = await verifyTranscript(input);
  if (result.verdict !== 'valid') return { result };
  const file = await stamped(input);
  const verified = await verifyTranscript({ ...input, file });
  return verified.verdict === 'valid' ? { result: verified, file } : { result: verified };
}

/** The file is known to be valid, and its log to be readable. */
async function stamped({
  file,
  ledgerReader: log,
  crypto = nobleCrypto,
}: FreshProofInput): Promise<Uint8Array> {
  const { plan, signatures } = await readTranscriptPdf(file);
  const seal = signatures.at(-1);
  const present = seal === undefined ? undefined : readProof(seal.cms);
  const checkpoint = await log.readCheckpoint();
  if (seal === undefined || present === undefined || checkpoint === undefined) {
    throw new Error('a valid document has a seal, a proof and a log');
  }
  const { size, root } = parseCheckpoint(parseNote(checkpoint).text);
  const { index } = parseProof(present.first);
  const hashes = await new TileTree(size, root, log, crypto.sha256).proveInclusion(index);
  const latest = formatProof({ index, hashes, checkpoint });
  return replaceContents(file, plan, seal.index, withProof(seal.cms, { ...present, latest }));
}
