/** Asks a timestamping authority over HTTP (RFC 3161 §3.4) for a token about a signature. */
import { randomBytes } from 'node:crypto';
import { MAX_CMS_BYTES } from '#signing/cms-structure.js';
import { SigningError } from '#signing/errors.js';
import { formatTimestampRequest, readTimestampResponse, timestampDigest } from '#signing/timestamp.js';
import { nodeProvider } from './node-provider.js';

const NONCE_BYTES = 16;
/** Of the seal's 16 KiB; its signature, certificates and proof take the rest. */
const MAX_TOKEN_BYTES = 7 * 1024;
const TYPE = { query: 'application/timestamp-query', reply: 'application/timestamp-reply' };

/** Where to ask, and how long to wait. */
export interface TimestampAuthority {
  /** An http or https URL: a token is signed, its way need not be. */
  readonly url: string;
  /** Milliseconds. */
  readonly timeout: number;
}

/**
 * A token of now about the signature in a CMS, DER.
 * TIMESTAMP_UNREACHABLE: no answer in time, or none of HTTP; TIMESTAMP_REFUSED, TIMESTAMP_MISMATCH, TIMESTAMP_MALFORMED.
 */
export async function timestampToken(cms: Uint8Array, authority: TimestampAuthority): Promise<Uint8Array> {
  const digest = timestampDigest(cms, nodeProvider);
  const nonce = new Uint8Array(randomBytes(NONCE_BYTES));
  const answer = await ask(authority, formatTimestampRequest(digest, nonce));
  const token = readTimestampResponse(answer, digest, nonce);
  if (token.length <= MAX_TOKEN_BYTES) return token;
  const why = `a timestamp of ${String(token.length)} bytes leaves no room for the proof: ask for one without certificates`;
  throw new SigningError('TIMESTAMP_REFUSED', why);
}

async function ask({ url, timeout }: TimestampAuthority, request: Uint8Array): Promise<Uint8Array> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': TYPE.query, accept: TYPE.reply },
      body: Buffer.from(request),
      signal: AbortSignal.timeout(timeout),
      redirect: 'error',
    });
    if (!response.ok) throw new Error(`it answered ${String(response.status)}`);
    return await bodyOf(response);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SigningError('TIMESTAMP_UNREACHABLE', `no timestamp from ${url}: ${why}`, { cause: error });
  }
}

/** At most what fits a CMS: a server that sends for ever is left. */
async function bodyOf(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > MAX_CMS_BYTES) throw new Error('the answer is too long');
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
