/**
 * The files of transcripts. A file follows from J, its template, the signatures and the proof, and from nothing else; so
 * it is written when it is asked for, and the pages of a few recent ones are kept in memory between signatures.
 */
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { writeBase } from '#pdf-fill/base.js';
import { planDocument, type DocumentPlan } from '#pdf-fill/plan.js';
import { embedSignature, prepareRevision, replaceContents, signedBytes } from '#pdf-fill/revision.js';
import { loadTemplate } from '#pdf-fill/templates.js';
import { signCms } from '#signing/cms-sign.js';
import { parseProof, withProof } from '#signing/proof-attribute.js';
import { withTimestamp } from '#signing/timestamp.js';
import type { Signer } from '#signing/signer.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import type { Transcript } from '#transcript/document.js';

/** A signature as it stands in a file. */
export interface KeptSignature {
  readonly signedAt: string;
  readonly cms: Uint8Array;
}

/** A signature just made. */
export interface NewSignature {
  readonly cms: Uint8Array;
  /** SHA-256 of the bytes that it signs: what `doc` commits to for the seal. */
  readonly signedDigest: Uint8Array;
}

/** A file of 120 KB each: the pages of one class, twice. */
const PAGES_KEPT = 96;

/** What of a document does not change when it is signed. */
export interface Pages {
  readonly plan: DocumentPlan;
  readonly base: Uint8Array;
}

@Injectable()
export class TranscriptFiles {
  private readonly pages = new Map<string, Pages>();

  /**
   * Writes the pages of a document, so that what does not fit is found before anyone signs.
   * @throws PdfFillError, TranscriptError
   */
  async prepare(document: Uint8Array): Promise<Pages> {
    const key = sha256Hex(document);
    const known = this.pages.get(key);
    // The map keeps the order of use: the first is the one longest unused.
    this.pages.delete(key);
    const pages = known ?? (await writePages(document));
    this.pages.set(key, pages);
    const [oldest] = this.pages.keys();
    if (this.pages.size > PAGES_KEPT && oldest !== undefined) this.pages.delete(oldest);
    return pages;
  }

  /** Drops pages of documents that were erased. @param hashes SHA-256 of each, hex */
  forget(hashes: readonly string[]): void {
    for (const hash of hashes) this.pages.delete(hash);
  }

  /**
   * The file as far as it is signed; with the proof in the seal when there is one.
   * @param timestamp RFC 3161 token about the seal, which stands beside the proof
   */
  async file(
    document: Uint8Array,
    signatures: readonly KeptSignature[],
    proof: Uint8Array | null,
    timestamp: Uint8Array | null = null,
  ): Promise<Uint8Array> {
    const { plan, base } = await this.prepare(document);
    const pdf = signatures.reduce(
      (previous, { signedAt, cms }, i) => embedSignature(prepareRevision(previous, plan, i, signedAt), cms),
      base,
    );
    const seal = signatures.at(-1);
    if (proof === null || seal === undefined) return pdf;
    const proven = withProof(seal.cms, parseProof(proof));
    const cms = timestamp === null ? proven : withTimestamp(proven, timestamp, nodeProvider);
    return replaceContents(pdf, plan, signatures.length - 1, cms);
  }

  /** Makes the next signature of a document. @param signedAt ISO 8601 UTC; stands in the file to the second */
  async sign(
    document: Uint8Array,
    signatures: readonly KeptSignature[],
    signedAt: string,
    signer: Signer,
  ): Promise<NewSignature> {
    const { plan } = await this.prepare(document);
    const previous = await this.file(document, signatures, null);
    const { bytes, byteRange } = prepareRevision(previous, plan, signatures.length, signedAt);
    const signedDigest = nodeProvider.sha256(signedBytes(bytes, byteRange));
    return { cms: await signCms(signedDigest, signer, { provider: nodeProvider }), signedDigest };
  }

  /** SHA-256 of the bytes that the last of these signatures signs. */
  async signedDigest(document: Uint8Array, signatures: readonly KeptSignature[]): Promise<Uint8Array> {
    const { plan } = await this.prepare(document);
    const last = signatures.at(-1);
    if (last === undefined) throw new Error('a document without signatures has no signed bytes');
    const previous = await this.file(document, signatures.slice(0, -1), null);
    const { bytes, byteRange } = prepareRevision(previous, plan, signatures.length - 1, last.signedAt);
    return nodeProvider.sha256(signedBytes(bytes, byteRange));
  }
}

async function writePages(document: Uint8Array): Promise<Pages> {
  // Which template: looked at loosely, as the plan checks the whole document.
  const { template } = JSON.parse(Buffer.from(document).toString('utf8')) as Pick<Transcript, 'template'>;
  const plan = planDocument(document, await loadTemplate(template.id));
  return { plan, base: writeBase(plan) };
}

/** SHA-256, hex. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
