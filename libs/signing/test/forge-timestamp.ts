/** Timestamp tokens that no authority signed, and ones that some key signed: what anyone can put beside a signature. */
import { sign, type KeyObject } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { contextTag, octetString, oid, sequence, setOf, smallInteger, TAG, tlv } from '#signing/der-write.js';
import { parseCertificate } from '#signing/certificate.js';
import { formatAttribute } from '#signing/cms-structure.js';
import { OID_DER } from '#signing/oids.js';

export interface TimestampDraft {
  readonly genTime: string;
  readonly hash: Uint8Array;
  readonly version: number;
  /** What follows genTime. */
  readonly after: readonly Uint8Array[];
  readonly contentType: Uint8Array;
  /** Who signs it; nobody when left out. */
  readonly signer?: TimestampSigner;
}

export interface TimestampSigner {
  /** RSA. */
  readonly key: KeyObject;
  /** What the token carries, the signer's own first. */
  readonly chain: readonly Uint8Array[];
  /** Whose certificate is named in what is signed, when not the own. */
  readonly names?: Uint8Array;
  /** What is signed in place of the hash of the time. */
  readonly messageDigest?: Uint8Array;
}

/** A token about `digest`, with what the draft changes of it. */
export function forgeTimestamp(digest: Uint8Array, changed: Partial<TimestampDraft> = {}): Uint8Array {
  const draft = {
    genTime: '20261121100000Z',
    hash: sequence(OID_DER.sha256),
    version: 1,
    after: [],
    contentType: OID_DER.tstInfo,
    ...changed,
  };
  const info = sequence(
    smallInteger(draft.version),
    oid('1.2.3.4.1'),
    sequence(draft.hash, octetString(digest)),
    smallInteger(7),
    tlv(TAG.generalizedTime, utf8ToBytes(draft.genTime)),
    ...draft.after,
  );
  const content = sequence(draft.contentType, tlv(contextTag(0), octetString(info)));
  const { signer } = draft;
  const carried = signer === undefined ? [] : [tlv(contextTag(0), ...signer.chain)];
  const signers = setOf(signer === undefined ? [] : [signerInfo(info, signer)]);
  const signedData = sequence(
    smallInteger(3),
    setOf([sequence(OID_DER.sha256)]),
    content,
    ...carried,
    signers,
  );
  return sequence(OID_DER.signedData, tlv(contextTag(0), signedData));
}

function signerInfo(info: Uint8Array, { key, chain, names, messageDigest }: TimestampSigner): Uint8Array {
  const own = chain[0] ?? new Uint8Array();
  const { issuer, serial } = parseCertificate(own);
  const hash = sequence(OID_DER.sha256);
  const attributes = setOf([
    formatAttribute(OID_DER.contentType, OID_DER.tstInfo),
    formatAttribute(OID_DER.messageDigest, octetString(messageDigest ?? sha256(info))),
    formatAttribute(
      OID_DER.signingCertificateV2,
      sequence(sequence(sequence(octetString(sha256(names ?? own))))),
    ),
  ]);
  const signature = new Uint8Array(sign('sha256', attributes, key));
  const implicit = Uint8Array.from(attributes);
  implicit[0] = contextTag(0);
  const algorithm = sequence(OID_DER.sha256WithRsaEncryption, tlv(TAG.null));
  const signerId = sequence(issuer.der, tlv(TAG.integer, serial));
  return sequence(smallInteger(1), signerId, hash, implicit, algorithm, octetString(signature));
}
