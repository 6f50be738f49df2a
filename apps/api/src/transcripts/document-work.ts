/**
 * What issuing does to one document without asking anybody: setting its pages, hashing what is signed, the root over its
 * fields. The same bytes in give the same bytes out, on the server's own thread as on others (document-threads.ts).
 */
import { createHash, type Hash } from 'node:crypto';
import { writeBase } from '#pdf-fill/base.js';
import { parsePicture, pictureHash, type Picture } from '#pdf-fill/picture.js';
import { planDocument, type DocumentPlan } from '#pdf-fill/plan.js';
import { bytesBefore, fillContents, prepareUpdate, type BytesBefore } from '#pdf-fill/revision.js';
import { loadTemplate } from '#pdf-fill/templates.js';
import { parseProof, withProof } from '#signing/proof-attribute.js';
import { withTimestamp } from '#signing/timestamp.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import type { CredentialDigests } from '#transcript/commitments.js';
import { plainDigests, type DocumentHead } from './document-commitments.js';
import { draftCredentials, type CredentialDraft, type CredentialSignatures } from './document-credentials.js';

/** A signature as it stands in a file. */
export interface KeptSignature {
  readonly signedAt: string;
  readonly cms: Uint8Array;
}

/** A document, and the pictures that it names. */
interface AboutDocument {
  readonly document: Uint8Array;
  /** Left out where it names none. */
  readonly pictures?: readonly Uint8Array[];
}

/** A question about one document; `forget` is about those erased. */
export type Asked =
  | (AboutDocument & { readonly ask: 'check' })
  | (AboutDocument & {
      readonly ask: 'signedDigest';
      readonly signatures: readonly KeptSignature[];
      readonly signedAt: string;
    })
  | AskedFileHash
  | AskedCredentials
  | (Omit<AskedCredentials, 'ask'> & {
      readonly ask: 'credentialDigests';
      readonly signatures: CredentialSignatures;
    })
  | { readonly ask: 'forget'; readonly hashes: readonly string[] };

interface AskedFileHash extends AboutDocument {
  readonly ask: 'fileHash';
  readonly signatures: readonly KeptSignature[];
  readonly proof: Uint8Array;
  readonly timestamp: Uint8Array | null;
}

interface AskedCredentials extends AboutDocument {
  readonly ask: 'credentialInputs';
  readonly paddingSeed: Uint8Array;
  /** The school's credential key, 32 bytes. */
  readonly issuerKey: Uint8Array;
}

/** What the credential key signs; of a document that has no credentials what `cred` commits to instead. */
export interface CredentialInputs {
  readonly head: DocumentHead;
  readonly inputs: CredentialSignatures | null;
  readonly plain: CredentialDigests | null;
}

/** What of a document's pages its signatures depend on: little, so that a school's are kept between two signatures. */
interface Pages {
  readonly plan: DocumentPlan;
  readonly before: BytesBefore;
  /** SHA-256 of the pages, to be gone on with from a copy. */
  readonly hash: Hash;
}

/** About 50 KB each. */
const KEPT = 1500;
/** Credentials that wait for their signatures, about 100 KB each. */
const KEPT_DRAFTS = 100;

export class DocumentWork {
  private readonly pages = new Map<string, Pages>();
  private readonly drafts = new Map<string, CredentialDraft>();

  /** The answer; `check` only sets the pages. @throws PdfFillError, TranscriptError */
  async answer(asked: Asked): Promise<unknown> {
    switch (asked.ask) {
      case 'check':
        return void (await this.pagesOf(asked));
      case 'signedDigest':
        return this.signedDigest(asked, asked.signatures, asked.signedAt);
      case 'fileHash':
        return this.fileHash(asked);
      case 'credentialInputs':
        return this.credentialInputs(asked);
      case 'credentialDigests':
        return this.credentialDigests(asked, asked.signatures);
      case 'forget':
        for (const hash of asked.hashes) {
          this.pages.delete(hash);
          this.drafts.delete(hash);
        }
        return undefined;
    }
  }

  /** SHA-256 of the bytes that the next signature signs. @param signedAt stands in the file to the second */
  private async signedDigest(
    document: AboutDocument,
    signatures: readonly KeptSignature[],
    signedAt: string,
  ): Promise<Uint8Array> {
    const pages = await this.pagesOf(document);
    const { hash, before } = withSignatures(pages, signatures);
    const { bytes, contentsStart, room } = prepareUpdate(before, pages.plan, signatures.length, signedAt);
    hash.update(bytes.subarray(0, contentsStart - 1));
    return new Uint8Array(hash.update(bytes.subarray(contentsStart + 2 * room + 1)).digest());
  }

  /** SHA-256 of the issued file, hex. */
  private async fileHash(asked: AskedFileHash): Promise<string> {
    const { signatures, proof, timestamp } = asked;
    const seal = signatures.at(-1);
    if (seal === undefined) throw new Error('a document without signatures is not issued');
    const proven = { ...seal, cms: provenSeal(seal.cms, proof, timestamp) };
    const { hash } = withSignatures(await this.pagesOf(asked), [...signatures.slice(0, -1), proven]);
    return hash.digest('hex');
  }

  private async credentialInputs(asked: Omit<AskedCredentials, 'ask'>): Promise<CredentialInputs> {
    const { transcript } = (await this.pagesOf(asked)).plan;
    const { event, lineage, salt } = transcript;
    const head = { event, lineage, salt };
    if (transcript.type !== 'hoc-ba') {
      return { head, inputs: null, plain: plainDigests(transcript, asked.paddingSeed).digests };
    }
    const draft = draftCredentials(transcript, asked.paddingSeed, asked.issuerKey);
    this.drafts.set(sha256Hex(asked.document), draft);
    const [oldest] = this.drafts.keys();
    if (this.drafts.size > KEPT_DRAFTS && oldest !== undefined) this.drafts.delete(oldest);
    return { head, inputs: draft.inputs, plain: null };
  }

  /** Written again where the draft is not there any more: the same bytes. */
  private async credentialDigests(
    asked: Omit<AskedCredentials, 'ask'>,
    signatures: CredentialSignatures,
  ): Promise<CredentialDigests> {
    const key = sha256Hex(asked.document);
    if (!this.drafts.has(key)) await this.credentialInputs(asked);
    const draft = this.drafts.get(key);
    this.drafts.delete(key);
    if (draft === undefined) throw new Error('a document of this kind has no credentials');
    return draft.signed(signatures).digests;
  }

  private async pagesOf({ document, pictures }: AboutDocument): Promise<Pages> {
    const key = sha256Hex(document);
    const pages = this.pages.get(key) ?? (await setPages(document, pictures));
    // The map keeps the order of use: the first is the one longest unused.
    this.pages.delete(key);
    this.pages.set(key, pages);
    const [oldest] = this.pages.keys();
    if (this.pages.size > KEPT && oldest !== undefined) this.pages.delete(oldest);
    return pages;
  }
}

/** The plan of a document, by the template that it names. @param pictures that it names @throws PdfFillError, TranscriptError */
export async function planOf(
  document: Uint8Array,
  pictures: readonly Uint8Array[] = [],
): Promise<DocumentPlan> {
  // Which template: looked at loosely, as the plan checks the whole document.
  const { template } = JSON.parse(Buffer.from(document).toString('utf8')) as Pick<
    DocumentPlan['transcript'],
    'template'
  >;
  const named = new Map(pictures.flatMap((bytes) => pictureEntry(bytes)));
  return planDocument(document, await loadTemplate(template.id), named);
}

function pictureEntry(bytes: Uint8Array): [string, Picture][] {
  const picture = parsePicture(bytes);
  return picture === undefined ? [] : [[pictureHash(bytes), picture]];
}

async function setPages(document: Uint8Array, pictures?: readonly Uint8Array[]): Promise<Pages> {
  const plan = await planOf(document, pictures);
  const base = writeBase(plan);
  return { plan, before: bytesBefore(base), hash: createHash('sha256').update(base) };
}

/** The bytes up to the last of these signatures, hashed. */
function withSignatures(
  { plan, before, hash }: Pages,
  signatures: readonly KeptSignature[],
): { readonly before: BytesBefore; readonly hash: Hash } {
  const going = hash.copy();
  let reached = before;
  signatures.forEach(({ signedAt, cms }, i) => {
    const prepared = prepareUpdate(reached, plan, i, signedAt);
    fillContents(prepared, cms);
    going.update(prepared.bytes);
    const { xref } = bytesBefore(prepared.bytes);
    reached = { length: reached.length + prepared.bytes.length, xref };
  });
  return { before: reached, hash: going };
}

/** The seal's CMS with the ledger's proof in it. @param timestamp RFC 3161 token about the seal, beside the proof */
export function provenSeal(cms: Uint8Array, proof: Uint8Array, timestamp: Uint8Array | null): Uint8Array {
  const proven = withProof(cms, parseProof(proof));
  return timestamp === null ? proven : withTimestamp(proven, timestamp, nodeProvider);
}

/** SHA-256, hex. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
