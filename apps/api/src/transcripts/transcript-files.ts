/**
 * The files of transcripts. A file follows from J, its template, the signatures and the proof, and from nothing else; so
 * it is written when it is asked for, and between signatures only what the next one depends on is kept in memory.
 */
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { writeBase } from '#pdf-fill/base.js';
import type { DocumentPlan } from '#pdf-fill/plan.js';
import { embedSignature, prepareRevision, replaceContents } from '#pdf-fill/revision.js';
import { signCms } from '#signing/cms-sign.js';
import type { Signer } from '#signing/signer.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import type { CredentialDigests } from '#transcript/commitments.js';
import type { CredentialSignatures } from './document-credentials.js';
import { DocumentThreads, threadsHere } from './document-threads.js';
import {
  DocumentWork,
  planOf,
  provenSeal,
  sha256Hex,
  type Asked,
  type CredentialInputs,
  type KeptSignature,
} from './document-work.js';
import { SchoolPictures } from './school-pictures.js';

export { sha256Hex, type KeptSignature } from './document-work.js';

/** A signature just made. */
export interface NewSignature {
  readonly cms: Uint8Array;
  /** SHA-256 of the bytes that it signs: what `doc` commits to for the seal. */
  readonly signedDigest: Uint8Array;
}

@Injectable()
export class TranscriptFiles implements OnModuleDestroy {
  private readonly here = new DocumentWork();
  private readonly threads = new DocumentThreads(threadsHere());
  private readonly threaded = threadsHere() > 0;

  constructor(private readonly pictures: SchoolPictures) {}

  async onModuleDestroy(): Promise<void> {
    await this.threads.close();
  }

  /**
   * Sets the pages, so that what does not fit is found before anyone signs.
   * @returns what of the document follows before a byte is written
   * @throws PdfFillError, TranscriptError
   */
  async prepare(document: Uint8Array): Promise<{ readonly plan: DocumentPlan }> {
    await this.check(document);
    return { plan: await planOf(document, await this.pictures.of(document)) };
  }

  /** As {@link prepare}, for whoever needs no plan. */
  async check(document: Uint8Array): Promise<void> {
    await this.ask({ ask: 'check', document });
  }

  /** Makes the next signature of a document. @param signedAt ISO 8601 UTC; stands in the file to the second */
  async sign(
    document: Uint8Array,
    signatures: readonly KeptSignature[],
    signedAt: string,
    signer: Signer,
  ): Promise<NewSignature> {
    const signedDigest = await this.digestToSign(document, signatures, signedAt);
    return { cms: await signCms(signedDigest, signer, { provider: nodeProvider }), signedDigest };
  }

  /** SHA-256 of the bytes that the next signature of a document signs. @param signedAt ISO 8601 UTC; stands in the file to the second */
  async digestToSign(
    document: Uint8Array,
    signatures: readonly KeptSignature[],
    signedAt: string,
  ): Promise<Uint8Array> {
    return (await this.ask({
      ask: 'signedDigest',
      document,
      signatures: kept(signatures),
      signedAt,
    })) as Uint8Array;
  }

  /** SHA-256 of the bytes that the last of these signatures signs. */
  async signedDigest(document: Uint8Array, signatures: readonly KeptSignature[]): Promise<Uint8Array> {
    const last = signatures.at(-1);
    if (last === undefined) throw new Error('a document without signatures has no signed bytes');
    return this.digestToSign(document, signatures.slice(0, -1), last.signedAt);
  }

  /** What the school's credential key signs of a document. @param issuerKey its public key, 32 bytes */
  async credentialInputs(
    document: Uint8Array,
    paddingSeed: Uint8Array,
    issuerKey: Uint8Array,
  ): Promise<CredentialInputs> {
    return (await this.ask({
      ask: 'credentialInputs',
      document,
      paddingSeed,
      issuerKey,
    })) as CredentialInputs;
  }

  /** What `cred` commits to once these signatures are there. */
  async credentialDigests(
    document: Uint8Array,
    paddingSeed: Uint8Array,
    issuerKey: Uint8Array,
    signatures: CredentialSignatures,
  ): Promise<CredentialDigests> {
    const asked = { ask: 'credentialDigests', document, paddingSeed, issuerKey, signatures } as const;
    return (await this.ask(asked)) as CredentialDigests;
  }

  /** SHA-256 of the file as issued, hex. */
  async fileHash(
    document: Uint8Array,
    signatures: readonly KeptSignature[],
    proof: Uint8Array,
    timestamp: Uint8Array | null,
  ): Promise<string> {
    const asked = { ask: 'fileHash', document, signatures: kept(signatures), proof, timestamp } as const;
    return (await this.ask(asked)) as string;
  }

  /** Drops what is kept of documents that were erased. @param hashes SHA-256 of each, hex */
  forget(hashes: readonly string[]): void {
    void this.here.answer({ ask: 'forget', hashes });
    // A thread that is not there any more keeps nothing either.
    void this.threads.tell({ ask: 'forget', hashes }).catch(() => undefined);
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
    const plan = await planOf(document, await this.pictures.of(document));
    const pdf = signatures.reduce(
      (previous, { signedAt, cms }, i) => embedSignature(prepareRevision(previous, plan, i, signedAt), cms),
      writeBase(plan),
    );
    const seal = signatures.at(-1);
    if (proof === null || seal === undefined) return pdf;
    return replaceContents(pdf, plan, signatures.length - 1, provenSeal(seal.cms, proof, timestamp));
  }

  /** On a thread of its own where there are some; else here, with other requests served in between. */
  private async ask(asked: Exclude<Asked, { ask: 'forget' }>): Promise<unknown> {
    const pictures = await this.pictures.of(asked.document);
    const whole = pictures.length === 0 ? asked : { ...asked, pictures };
    if (this.threaded)
      return this.threads.ask(whole, Number.parseInt(sha256Hex(asked.document).slice(0, 8), 16));
    await new Promise((resolve) => setImmediate(resolve));
    return this.here.answer(whole);
  }
}

/** No more of a signature's row than a thread needs. */
function kept(signatures: readonly KeptSignature[]): KeptSignature[] {
  return signatures.map(({ signedAt, cms }) => ({ signedAt, cms }));
}
