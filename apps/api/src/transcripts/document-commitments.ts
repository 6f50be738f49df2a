/** What the ledger is told of a sealed document: commitments that only whoever has the document can open. */
import { fromHex } from '#ledger/format/bytes.js';
import type { LeafDraft } from '#ledger/format/leaf.js';
import { parseCertificate } from '#signing/certificate.js';
import { verifyCms } from '#signing/cms-verify.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import {
  credentialCommitment,
  credentialKey,
  documentCommitment,
  documentEventLeaf,
  type CredentialDigests,
  type DocumentDigests,
} from '#transcript/commitments.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import { committedFields } from './field-root.js';
import type { NewSignature } from './transcript-files.js';
import type { Transcript } from './transcripts.entities.js';

/** What of a document its ledger entry is made of. */
export type DocumentHead = Pick<SchoolDocument, 'event' | 'lineage' | 'salt'>;

/** What a document's entry commits to in `cred`, and what of it is kept with the document. */
export interface EnteredCredentials {
  readonly digests: CredentialDigests;
  readonly kept: Pick<Transcript, 'credentialKeyId' | 'credentialSignatures'>;
}

/** Stands where a document has no SD-JWT and no credential: no later one can be passed off as committed. */
const NOT_MADE = nodeProvider.sha256(new Uint8Array(0));

/** Of a document of which only fields can be disclosed: `cred` commits to their root alone. */
export function plainDigests(document: SchoolDocument, paddingSeed: Uint8Array): EnteredCredentials {
  const { root } = committedFields(document, paddingSeed);
  return {
    digests: { sdJwt: NOT_MADE, credential: NOT_MADE, fieldRoot: root },
    kept: { credentialKeyId: null, credentialSignatures: null },
  };
}

/** The digests that `doc` commits to, of a seal just made or kept. */
export function sealDigests(
  document: Uint8Array,
  { cms, signedDigest }: NewSignature,
  sealCertificate: Uint8Array,
): DocumentDigests {
  return {
    sealedBytes: signedDigest,
    sealSignature: nodeProvider.sha256(verifyCms(cms, signedDigest, nodeProvider).signatureValue),
    sealCertificate: parseCertificate(sealCertificate).sha256,
    document: nodeProvider.sha256(document),
  };
}

/** The leaf that says that this version was issued. */
export function issueLeaf(
  { event, lineage, salt }: DocumentHead,
  digests: DocumentDigests,
  credentials: CredentialDigests,
): LeafDraft {
  const key = fromHex(salt);
  return documentEventLeaf({
    lineage: fromHex(lineage),
    event,
    kind: event === 0 ? 'issue' : 'supersede',
    doc: documentCommitment(key, digests),
    cred: credentialCommitment(credentialKey(key), credentials),
  });
}
