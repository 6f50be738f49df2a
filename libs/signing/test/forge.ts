/**
 * What an attacker with a DER writer can build: certificates and CMS of any shape, properly signed where the attacker has
 * the key, so that a tampering twin differs from the true thing in the one point that its test names.
 */
import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import { expect } from '@jest/globals';
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { parseCertificate } from '#signing/certificate.js';
import {
  bitString,
  contextTag,
  inSetOrder,
  octetString,
  oid,
  sequence,
  setOf,
  smallInteger,
  TAG,
  time,
  tlv,
} from '#signing/der-write.js';
import { formatEcdsaSignature, toLowS } from '#signing/ecdsa.js';
import { SigningError, type SigningErrorCode } from '#signing/errors.js';
import { DOTTED, OID_DER } from '#signing/oids.js';

/** Expects a SigningError of exactly this code. */
export function expectCode(action: () => unknown, code: SigningErrorCode): void {
  let thrown: unknown;
  try {
    action();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(SigningError);
  expect((thrown as SigningError).code).toBe(code);
}

/** The same for what answers a promise. */
export async function expectCodeAsync(action: Promise<unknown>, code: SigningErrorCode): Promise<void> {
  const thrown: unknown = await action.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(SigningError);
  expect((thrown as SigningError).code).toBe(code);
}

export function ecdsa(key: KeyObject, message: Uint8Array): Uint8Array {
  return new Uint8Array(sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' }));
}

export const SHA256 = sequence(OID_DER.sha256);
export const ECDSA_SHA256 = sequence(OID_DER.ecdsaWithSha256);
export const NULL = tlv(TAG.null);
export const TRUE = tlv(TAG.boolean, Uint8Array.of(0xff));

export function utf8(text: string): Uint8Array {
  return tlv(TAG.utf8String, utf8ToBytes(text));
}

/** A Name from [dotted type, text] pairs; the country is a PrintableString, as the profile writes it. */
export function name(parts: readonly (readonly [string, string])[]): Uint8Array {
  return sequence(
    ...parts.map(([type, text]) => {
      const value = type === DOTTED.country ? tlv(TAG.printableString, utf8ToBytes(text)) : utf8(text);
      return setOf([sequence(oid(type), value)]);
    }),
  );
}

export function extension(type: string, critical: boolean, value: Uint8Array): Uint8Array {
  return sequence(oid(type), ...(critical ? [TRUE] : []), octetString(value));
}

/** KeyUsage's BIT STRING from its content octets in hex: unused count, bits. */
export function keyUsage(hex: string): Uint8Array {
  return extension(DOTTED.keyUsage, true, tlv(TAG.bitString, hexToBytes(hex)));
}

export interface CertificateDraft {
  readonly version: Uint8Array;
  readonly serial: Uint8Array;
  readonly algorithm: Uint8Array;
  readonly issuer: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subject: Uint8Array;
  readonly spki: Uint8Array;
  readonly extensions: readonly Uint8Array[];
}

/** A draft with every field of an existing certificate, to change one of them. */
export function draftOf(der: Uint8Array): CertificateDraft {
  const { serial, issuer, subject, notBefore, notAfter, extensions, publicKey } = parseCertificate(der);
  if (publicKey.kind !== 'p256') throw new Error('only P-256 certificates are forged');
  return {
    version: smallInteger(2),
    serial: tlv(TAG.integer, serial),
    algorithm: ECDSA_SHA256,
    issuer: issuer.der,
    notBefore,
    notAfter,
    subject: subject.der,
    spki: sequence(sequence(OID_DER.ecPublicKey, OID_DER.prime256v1), bitString(publicKey.point)),
    extensions: extensions.map(({ type, critical, value }) =>
      sequence(tlv(TAG.oid, hexToBytes(type)), ...(critical ? [TRUE] : []), octetString(value)),
    ),
  };
}

export function spkiOf(key: KeyObject): Uint8Array {
  return new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }));
}

export function forgeCertificate(draft: CertificateDraft, issuerKey: KeyObject): Uint8Array {
  const tbs = sequence(
    tlv(contextTag(0), draft.version),
    draft.serial,
    draft.algorithm,
    draft.issuer,
    sequence(time(draft.notBefore), time(draft.notAfter)),
    draft.subject,
    draft.spki,
    tlv(contextTag(3), sequence(...draft.extensions)),
  );
  return sequence(tbs, draft.algorithm, bitString(formatEcdsaSignature(ecdsa(issuerKey, tbs))));
}

export interface CmsDraft {
  readonly digestAlgorithms: readonly Uint8Array[];
  readonly encapsulated: Uint8Array;
  readonly certificates: readonly Uint8Array[];
  /** Octets between certificates and signerInfos: revocation lists. */
  readonly between: readonly Uint8Array[];
  readonly signers: readonly Uint8Array[];
}

export interface SignerDraft {
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
    signatureAlgorithm: ECDSA_SHA256,
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
