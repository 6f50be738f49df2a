/** GET as a verifier does it: bounded in time and size, no redirects, and every failure told apart by a code. */
import { setTimeout as sleep } from 'node:timers/promises';

export type HttpCode =
  /** Not an http(s) address without query, fragment and credentials. */
  | 'BAD_ADDRESS'
  /** No connection, no answer in time, or 429 or 5xx to every attempt. */
  | 'UNREACHABLE'
  /** An answer, but none that may be used: a redirect, another status, too many bytes. */
  | 'BAD_ANSWER';

/** Nothing came from an address that could be checked. It says nothing about what would have come. */
export class HttpError extends Error {
  override readonly name = 'HttpError';

  constructor(
    readonly code: HttpCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface HttpLimits {
  /** For one attempt, until the last byte of its body. Milliseconds. */
  readonly timeoutMs?: number;
  /** How often 429, 5xx and a failed connection are tried, the first time included. */
  readonly attempts?: number;
  /** Before the second attempt; doubled for each further one. Milliseconds. */
  readonly pauseMs?: number;
}

const DEFAULTS = { timeoutMs: 15_000, attempts: 3, pauseMs: 200 };
/** However long the server asks us to wait, this is the longest pause. */
const LONGEST_PAUSE_MS = 5_000;

/** Whether `place` is an address rather than a path. */
export function isHttpAddress(place: string): boolean {
  return /^https?:\/\//i.test(place);
}

/** The body at `address`; undefined where there is none (404). Anything else: HttpError. */
export async function getBytes(
  address: string,
  maxBytes: number,
  limits: HttpLimits = {},
): Promise<Uint8Array | undefined> {
  const { timeoutMs, attempts, pauseMs } = { ...DEFAULTS, ...limits };
  for (let attempt = 1; ; attempt++) {
    const answer = await attemptGet(address, maxBytes, timeoutMs);
    if (!('retry' in answer)) return answer.body;
    if (attempt >= attempts) throw answer.retry;
    await sleep(Math.min(Math.max(pauseMs * 2 ** (attempt - 1), answer.afterMs), LONGEST_PAUSE_MS));
  }
}

type Answer =
  | { readonly body: Uint8Array | undefined }
  /** What to say if there is no further attempt, and how long the server wants us to wait. */
  | { readonly retry: HttpError; readonly afterMs: number };

async function attemptGet(address: string, maxBytes: number, timeoutMs: number): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    // Redirects are answers here, and refused below: a log is read from where the reader was told to read it.
    const response = await fetch(address, { signal, redirect: 'manual' });
    const { status } = response;
    if (status === 200) return { body: await readBody(response, address, maxBytes) };
    await response.body?.cancel();
    if (status === 404) return { body: undefined };
    if (status === 429 || status >= 500) {
      const retry = new HttpError('UNREACHABLE', `${address} answered ${String(status)}`);
      return { retry, afterMs: retryAfter(response) };
    }
    const what = status >= 300 && status < 400 ? 'a redirect, which is not followed' : 'which is no answer';
    throw new HttpError('BAD_ANSWER', `${address} answered ${String(status)}, ${what}`);
  } catch (error) {
    if (error instanceof HttpError) throw error;
    if (signal.aborted) {
      throw new HttpError('UNREACHABLE', `${address} did not answer within ${String(timeoutMs)} ms`);
    }
    return {
      retry: new HttpError('UNREACHABLE', `${address}: ${reasonOf(error)}`, { cause: error }),
      afterMs: 0,
    };
  }
}

async function readBody(response: Response, address: string, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array> | readonly Uint8Array[] = response.body ?? [];
  for await (const part of body) {
    length += part.length;
    if (length > maxBytes) {
      throw new HttpError('BAD_ANSWER', `${address} answered with more than ${String(maxBytes)} bytes`);
    }
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** `Retry-After` in seconds (the form servers send; a date counts as nothing), as milliseconds. */
function retryAfter(response: Response): number {
  const value = response.headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(value) ? Number(value) * 1000 : 0;
}

/** `fetch` says "fetch failed" and keeps the reason in the cause. By shape: errors may come from another realm. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { readonly message?: string; readonly cause?: unknown };
  if (cause !== undefined && cause !== null) return reasonOf(cause);
  const { code } = error as { readonly code?: string };
  return message === undefined || message === '' ? (code ?? String(error)) : message;
}
