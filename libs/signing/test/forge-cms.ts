/** CMS of any shape, properly signed where the attacker has the key; one CMS a deviation (see forge.ts). */
import type { KeyObject } from 'node:crypto';
import { parseCertificate } from '#signing/certificate.js';
import {
  contextTag,
  inSetOrder,
  octetString,
  oid,
  sequence,
  setOf,
  smallInteger,
  TAG,
  tlv,
} from '#signing/der-write.js';
import { formatEcdsaSignature, toLowS } from '#signing/ecdsa.js';
import { DOTTED, OID_DER } from '#signing/oids.js';
import { DIGEST, type Member } from './demo-school.js';
import { ecdsa } from './forge.js';

export const SHA256 = sequence(OID_DER.sha256);

interface CmsDraft {
  readonly digestAlgorithms: readonly Uint8Array[];
  readonly encapsulated: Uint8Array;
  readonly certificates: readonly Uint8Array[];
  /** Octets between certificates and signerInfos: revocation lists. */
  readonly between: readonly Uint8Array[];
  readonly signers: readonly Uint8Array[];
}

interface SignerDraft {
  readonly version: number;
  readonly id: Uint8Array;
  readonly digestAlgorithm: Uint8Array;
  readonly attributes: readonly Uint8Array[];
  readonly signatureAlgorithm: Uint8Array;
  /** Octets of the signature value; undefined: made with the key over the attributes. */
  readonly signature?: Uint8Array;
  readonly unsigned: readonly Uint8Array[];
}

export function signerId(certificate: Uint8Array): Uint8Array {
  const { issuer, serial } = parseCertificate(certificate);
  return sequence(issuer.der, tlv(TAG.integer, serial));
}

export function attribute(type: string, ...values: readonly Uint8Array[]): Uint8Array {
  return sequence(oid(type), setOf(values));
}

/** The three attributes that PAdES demands. */
export function trueAttributes(digest: Uint8Array, certificate: Uint8Array): Uint8Array[] {
  const hash = octetString(parseCertificate(certificate).sha256);
  return [
    attribute(DOTTED.contentType, OID_DER.data),
    attribute(DOTTED.messageDigest, octetString(digest)),
    attribute(DOTTED.signingCertificateV2, sequence(sequence(sequence(hash)))),
  ];
}

export function trueSigner(digest: Uint8Array, certificate: Uint8Array): SignerDraft {
  return {
    version: 1,
    id: signerId(certificate),
    digestAlgorithm: SHA256,
    attributes: trueAttributes(digest, certificate),
    signatureAlgorithm: sequence(OID_DER.ecdsaWithSha256),
    unsigned: [],
  };
}

export function forgeSigner(draft: SignerDraft, key: KeyObject): Uint8Array {
  const attributes = inSetOrder(draft.attributes);
  const signature = draft.signature ?? formatEcdsaSignature(toLowS(ecdsa(key, tlv(TAG.set, ...attributes))));
  return sequence(
    smallInteger(draft.version),
    draft.id,
    draft.digestAlgorithm,
    ...(attributes.length === 0 ? [] : [tlv(contextTag(0), ...attributes)]),
    draft.signatureAlgorithm,
    octetString(signature),
    ...(draft.unsigned.length === 0 ? [] : [tlv(contextTag(1), ...inSetOrder(draft.unsigned))]),
  );
}

export function trueCms(certificates: readonly Uint8Array[], signers: readonly Uint8Array[]): CmsDraft {
  return {
    digestAlgorithms: [SHA256],
    encapsulated: sequence(OID_DER.data),
    certificates,
    between: [],
    signers,
  };
}

export function forgeCms(draft: CmsDraft): Uint8Array {
  const certificates = inSetOrder(draft.certificates);
  const signedData = sequence(
    smallInteger(1),
    setOf(draft.digestAlgorithms),
    draft.encapsulated,
    ...(certificates.length === 0 ? [] : [tlv(contextTag(0), ...certificates)]),
    ...draft.between,
    setOf(draft.signers),
  );
  return sequence(OID_DER.signedData, tlv(contextTag(0), signedData));
}

/** The true CMS of `member` over DIGEST with a change outside the signer's part. */
export function cmsWith(member: Member, change: Partial<CmsDraft>): Uint8Array {
  const signer = forgeSigner(trueSigner(DIGEST, member.certificate), member.key);
  return forgeCms({ ...trueCms(member.chain, [signer]), ...change });
}

/** The true CMS of `member` over DIGEST with a change in the signer's part, signed anew over the changed attributes. */
export function signerWith(member: Member, change: Partial<SignerDraft>): Uint8Array {
  const signer = forgeSigner({ ...trueSigner(DIGEST, member.certificate), ...change }, member.key);
  return forgeCms(trueCms(member.chain, [signer]));
}
