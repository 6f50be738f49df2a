/** The public opening of a verification code: what a server answers, without personal data. Nothing in it is believed. */
import { fromBase64, fromHex } from '#ledger/format/bytes.js';
import type { Json } from '#ledger/format/jcs.js';
import { StepFailure } from './steps.js';

export interface PublicOpening {
  readonly entry: Uint8Array;
  readonly event: number;
  readonly lineage: Uint8Array;
  readonly salt: Uint8Array;
  /** Of the sealed bytes, the seal's signature value, the seal's certificate. */
  readonly digests: readonly [Uint8Array, Uint8Array, Uint8Array];
  readonly first: Uint8Array;
  readonly latest?: Uint8Array;
  readonly trustSerial: number;
}

const KEYS = ['digests', 'entry', 'event', 'first', 'latest', 'lineage', 'salt', 'trustSerial'];

/** The opening in a server's JSON: {entry, event, lineage, salt, digests, first, latest?, trustSerial}, hashes in hex. */
export function parseOpening(value: Json): PublicOpening {
  try {
    return readOpening(value);
  } catch (error) {
    throw new StepFailure(
      'OPENING_UNREADABLE',
      `the answer of the server cannot be read: ${error instanceof Error ? error.message : ''}`,
    );
  }
}

function readOpening(value: Json): PublicOpening {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('not an object');
  const members = value as { readonly [key: string]: Json };
  const unknown = Object.keys(members).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw new TypeError(`unknown key ${unknown.slice(0, 40)}`);
  const { digests } = members;
  if (!Array.isArray(digests) || digests.length !== 3) throw new TypeError('digests are not three');
  const [sealedBytes, sealSignature, sealCertificate] = digests as readonly Json[];
  return {
    entry: base64(members['entry']),
    event: wholeNumber(members['event']),
    lineage: hash(members['lineage']),
    salt: hash(members['salt']),
    digests: [hash(sealedBytes), hash(sealSignature), hash(sealCertificate)],
    first: base64(members['first']),
    ...(members['latest'] === undefined ? {} : { latest: base64(members['latest']) }),
    trustSerial: wholeNumber(members['trustSerial']),
  };
}

function base64(value: Json | undefined): Uint8Array {
  if (typeof value !== 'string') throw new TypeError('not base64 text');
  return fromBase64(value);
}

function hash(value: Json | undefined): Uint8Array {
  if (typeof value !== 'string' || value.length !== 64) throw new TypeError('not 32 bytes in hexadecimal');
  return fromHex(value);
}

function wholeNumber(value: Json | undefined): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 0xffff_ffff) {
    throw new TypeError('not a whole number');
  }
  return value;
}
