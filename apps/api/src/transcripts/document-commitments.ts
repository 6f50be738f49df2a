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
  type DocumentDigests,
} from '#transcript/commitments.js';
import type { Transcript } from '#transcript/document.js';
import type { NewSignature } from './transcript-files.js';

/**
 * `cred` commits to the issuer's SD-JWT, the verifiable credential and the fields. This version makes neither of the
 * first two: the SHA-256 of nothing stands in their places, so that no later document can be passed off as one of them.
 */
const NOT_MADE = nodeProvider.sha256(new Uint8Array(0));

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
  { event, lineage, salt }: Transcript,
  digests: DocumentDigests,
  root: Uint8Array,
): LeafDraft {
  const key = fromHex(salt);
  return documentEventLeaf({
    lineage: fromHex(lineage),
    event,
    kind: event === 0 ? 'issue' : 'supersede',
    doc: documentCommitment(key, digests),
    cred: credentialCommitment(credentialKey(key), {
      sdJwt: NOT_MADE,
      credential: NOT_MADE,
      fieldRoot: root,
    }),
  });
}
