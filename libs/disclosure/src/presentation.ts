/**
 * A presentation as one file: a credential, or the disclosed part of one, with what it takes to find `cred` in the
 * school's ledger (transcript-format.md, "Disclosure"). Canonical JSON:
 *
 *   {v: 1, type: "socai.presentation", sdJwt | credential, digests, ledger: {event, lineage, credKey, entry, first,
 *    latest?}, key: {salt, entry, proof}}
 *
 * `digests` holds the hashes of what is not shown: "credential" (SHA-256 of JCS(VC)) beside an SD-JWT, "sdJwt" beside a
 * credential, and "fieldRoot". Hashes are in hexadecimal, all other bytes in base64.
 */
import { FormatError } from '#ledger/format/errors.js';
import { fromBase64, fromHex, toBase64, toHex } from '#ledger/format/bytes.js';
import { canonicalize, parseCanonical, type Json } from '#ledger/format/jcs.js';
import { DisclosureError, reading } from './error.js';

type JsonObject = { readonly [key: string]: Json };

/** Above this size no presentation is read. */
export const MAX_PRESENTATION_BYTES = 256 * 1024;

/** Where in the ledger a credential is committed, and what opens the commitment. */
export interface CredentialEvidence {
  readonly event: number;
  /** L_e: its holder finds this version's entry and every later one. */
  readonly lineage: Uint8Array;
  /** Opens `cred`, and nothing else. */
  readonly credentialKey: Uint8Array;
  readonly entry: Uint8Array;
  readonly first: Uint8Array;
  readonly latest?: Uint8Array;
}

/** `key.added` of the school's credential key. */
export interface KeyEvidence {
  /** 32 bytes. */
  readonly salt: Uint8Array;
  readonly entry: Uint8Array;
  readonly proof: Uint8Array;
}

interface Shared {
  readonly fieldRoot: Uint8Array;
  readonly evidence: CredentialEvidence;
  readonly key: KeyEvidence;
}

export type Presentation =
  | (Shared & {
      readonly kind: 'sd-jwt';
      /** JWT~disclosures~[KB-JWT]. */
      readonly sdJwt: string;
      /** SHA-256(JCS(VC)). */
      readonly credential: Uint8Array;
    })
  | (Shared & {
      readonly kind: 'credential';
      readonly credential: JsonObject;
      /** SHA-256 of the issuer's JWT. */
      readonly sdJwt: Uint8Array;
    });

const TYPE = 'socai.presentation';

/** The file's bytes. */
export function formatPresentation(presentation: Presentation): Uint8Array {
  const { kind, fieldRoot, evidence, key } = presentation;
  const { event, lineage, credentialKey, entry, first, latest } = evidence;
  const root = toHex(fieldRoot);
  const shown: JsonObject =
    kind === 'sd-jwt'
      ? {
          sdJwt: presentation.sdJwt,
          digests: { credential: toHex(presentation.credential), fieldRoot: root },
        }
      : {
          credential: presentation.credential,
          digests: { sdJwt: toHex(presentation.sdJwt), fieldRoot: root },
        };
  return canonicalize({
    v: 1,
    type: TYPE,
    ...shown,
    ledger: {
      event,
      lineage: toHex(lineage),
      credKey: toHex(credentialKey),
      entry: toBase64(entry),
      first: toBase64(first),
      ...(latest === undefined ? {} : { latest: toBase64(latest) }),
    },
    key: { salt: toHex(key.salt), entry: toBase64(key.entry), proof: toBase64(key.proof) },
  });
}

/** Reads what formatPresentation writes, and nothing else. */
export function parsePresentation(bytes: Uint8Array): Presentation {
  return reading('the presentation', () => {
    const file = membersOf(
      parseCanonical(bytes, MAX_PRESENTATION_BYTES),
      ['v', 'type', 'digests', 'ledger', 'key'],
      ['sdJwt', 'credential'],
    );
    if (file['v'] !== 1 || file['type'] !== TYPE)
      throw new FormatError('BAD_LINE', 'it is none of version 1');
    const { sdJwt, credential } = file;
    if (typeof sdJwt === 'string' && credential === undefined) {
      const digests = membersOf(file['digests'], ['credential', 'fieldRoot']);
      return { kind: 'sd-jwt', sdJwt, credential: hash(digests['credential']), ...shared(file, digests) };
    }
    if (sdJwt !== undefined) throw new FormatError('BAD_LINE', 'it holds one of sdJwt and credential');
    const digests = membersOf(file['digests'], ['sdJwt', 'fieldRoot']);
    return {
      kind: 'credential',
      credential: anyObject(credential),
      sdJwt: hash(digests['sdJwt']),
      ...shared(file, digests),
    };
  });
}

function shared(file: JsonObject, digests: JsonObject): Shared {
  const ledger = membersOf(file['ledger'], ['event', 'lineage', 'credKey', 'entry', 'first'], ['latest']);
  const key = membersOf(file['key'], ['salt', 'entry', 'proof']);
  return {
    fieldRoot: hash(digests['fieldRoot']),
    evidence: {
      event: eventNumber(ledger['event']),
      lineage: hash(ledger['lineage']),
      credentialKey: hash(ledger['credKey']),
      entry: base64(ledger['entry']),
      first: base64(ledger['first']),
      ...(ledger['latest'] === undefined ? {} : { latest: base64(ledger['latest']) }),
    },
    key: { salt: hash(key['salt']), entry: base64(key['entry']), proof: base64(key['proof']) },
  };
}

/** An object with all of the first keys and perhaps some of the second. */
function membersOf(
  value: Json | undefined,
  required: readonly string[],
  optional: readonly string[] = [],
): JsonObject {
  const members = anyObject(value);
  const missing = required.find((key) => !Object.hasOwn(members, key));
  const unknown = Object.keys(members).find((key) => !required.includes(key) && !optional.includes(key));
  if (missing !== undefined) throw new FormatError('BAD_LINE', `${missing} is missing`);
  if (unknown !== undefined) throw new FormatError('BAD_LINE', `unknown member ${unknown.slice(0, 40)}`);
  return members;
}

function anyObject(value: Json | undefined): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new FormatError('BAD_LINE', 'not an object');
  return value as JsonObject;
}

function hash(value: Json | undefined): Uint8Array {
  if (typeof value !== 'string' || value.length !== 64)
    throw new FormatError('BAD_LINE', 'not 32 bytes in hexadecimal');
  return fromHex(value);
}

function base64(value: Json | undefined): Uint8Array {
  if (typeof value !== 'string') throw new FormatError('BAD_LINE', 'not base64 text');
  return fromBase64(value);
}

function eventNumber(value: Json | undefined): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff)
    return value;
  throw new DisclosureError('PRESENTATION_MALFORMED', 'event is no number of an event');
}
