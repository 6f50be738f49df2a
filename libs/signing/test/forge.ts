/**
 * What an attacker with a DER writer can build: certificates of any shape, properly signed where the attacker has the key,
 * so that a tampering twin differs from the true thing in the one point that its test names.
 */
import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import { expect } from '@jest/globals';
import { p256 } from '@noble/curves/nist.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { parseCertificate } from '#signing/certificate.js';
import {
  bitString,
  contextTag,
  octetString,
  oid,
  sequence,
  setOf,
  smallInteger,
  TAG,
  time,
  tlv,
} from '#signing/der-write.js';
import { formatEcdsaSignature } from '#signing/ecdsa.js';
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

const ECDSA_SHA256 = sequence(OID_DER.ecdsaWithSha256);
export const NULL = tlv(TAG.null);
export const TRUE = tlv(TAG.boolean, Uint8Array.of(0xff));

function utf8(text: string): Uint8Array {
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
  return sequence(tbs, draft.algorithm, bitString(signatureOf(issuerKey, tbs)));
}

function signatureOf(key: KeyObject, message: Uint8Array): Uint8Array {
  if (key.asymmetricKeyType === 'rsa') return new Uint8Array(sign('sha256', message, key));
  return formatEcdsaSignature(ecdsa(key, message));
}

/** The other signature of the same message and key, which anyone can make: s turned into the order less s. */
export function highTwin(raw: Uint8Array): Uint8Array {
  const s = p256.Point.Fn.ORDER - BigInt(`0x${bytesToHex(raw.subarray(32))}`);
  return concatBytes(raw.subarray(0, 32), hexToBytes(s.toString(16).padStart(64, '0')));
}
