/** A witness over HTTP, as a log talks to it: bounded in time and size, patient with a busy one, quick about a dead one. */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import type { VerifierKey } from '#ledger/format/note.js';
import type { Witness, WitnessAnswer } from '#ledger/log/ports.js';
import { witnessPath } from '#ledger/log/witness.js';
import { systemCode } from './durable-files.js';

export interface HttpWitnessOptions {
  /** Its name in the policy. */
  readonly name: string;
  readonly key: VerifierKey;
  /** http(s) address that "/add-checkpoint" is appended to. */
  readonly url: string;
  /** For a whole call with all its attempts, waiting for an earlier call included. 5,000 ms unless told. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;
/** An answer is a few signature lines, or one checkpoint with them. */
const MAX_ANSWER_BYTES = 64 * 1024;
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 100;
/** However long it asks us to wait within one call. */
const LONGEST_PAUSE_MS = 2_000;
/** How long a witness that failed is left alone: doubled with each further failure. */
const FIRST_REST_MS = 250;
const LONGEST_REST_MS = 8_000;

/**
 * A client of the witness at `url`. Calls go one at a time. 429, 5xx and failed connections are tried again after a
 * growing pause; a redirect is an answer, and not followed. After a call that failed altogether, further calls reject
 * at once for a while, so that a dead witness does not hold up every checkpoint.
 */
export function httpWitness({ name, key, url, timeoutMs = TIMEOUT_MS }: HttpWitnessOptions): Witness {
  const caller = new Caller(url, timeoutMs);
  return {
    name,
    key,
    addCheckpoint: (body) => caller.call('POST', 'add-checkpoint', body),
    async latest(origin) {
      const { status, body } = await caller.call('GET', witnessPath(origin));
      if (status === 404) return undefined;
      if (status !== 200) throw new Error(`answered ${String(status)}`);
      return body;
    },
  };
}

interface HttpAnswer extends WitnessAnswer {
  /** What `Retry-After` asks for; 0 without one. */
  readonly retryAfterMs: number;
}

class Caller {
  private readonly base: URL;
  private readonly agent: HttpAgent;
  private failures = 0;
  private restUntil = 0;
  private reason = '';

  constructor(
    url: string,
    private readonly timeoutMs: number,
  ) {
    this.base = new URL(url.endsWith('/') ? url : `${url}/`);
    if (!/^https?:$/.test(this.base.protocol))
      throw new TypeError(`${url} is no http(s) address of a witness`);
    const Agent = this.base.protocol === 'https:' ? HttpsAgent : HttpAgent;
    this.agent = new Agent({ keepAlive: true, maxSockets: 1 });
  }

  async call(method: string, path: string, body?: Uint8Array): Promise<WitnessAnswer> {
    const rest = this.restUntil - performance.now();
    if (rest > 0) throw new Error(`${this.reason}; asked again in ${String(Math.ceil(rest / 1000))} s`);
    try {
      const answer = await this.attempts(method, path, body);
      this.failures = 0;
      return answer;
    } catch (error) {
      const code = systemCode(error);
      // Without the address: who may see how a witness is need not see where it is.
      const message = error instanceof Error ? error.message : String(error);
      this.reason = code === undefined ? message : `cannot be reached (${code})`;
      this.restUntil = performance.now() + Math.min(FIRST_REST_MS * 2 ** this.failures, LONGEST_REST_MS);
      this.failures += 1;
      throw new Error(this.reason, { cause: error });
    }
  }

  private async attempts(method: string, path: string, body?: Uint8Array): Promise<WitnessAnswer> {
    const signal = AbortSignal.timeout(this.timeoutMs);
    const tooLate = new Error(`did not answer within ${String(this.timeoutMs)} ms`);
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.exchange(method, path, body, signal).catch((error: unknown) => {
        if (signal.aborted) throw tooLate;
        if (attempt >= ATTEMPTS || error instanceof AnswerTooLarge) throw error;
        return undefined;
      });
      if (outcome !== undefined && outcome.status !== 429 && outcome.status < 500) return outcome;
      if (attempt >= ATTEMPTS) throw new Error(`answered ${String(outcome?.status)}`);
      const wanted = Math.max(FIRST_PAUSE_MS * 2 ** (attempt - 1), outcome?.retryAfterMs ?? 0);
      await pause(Math.min(wanted, LONGEST_PAUSE_MS), undefined, { signal }).catch(() =>
        Promise.reject(tooLate),
      );
    }
  }

  private exchange(
    method: string,
    path: string,
    body: Uint8Array | undefined,
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    const send = this.base.protocol === 'https:' ? httpsRequest : httpRequest;
    const headers =
      body === undefined
        ? {}
        : { 'content-type': 'text/plain; charset=utf-8', 'content-length': body.length };
    return new Promise((resolve, reject) => {
      const request = send(
        new URL(path, this.base),
        { method, headers, agent: this.agent, signal },
        (response) => {
          readAnswer(response).then(resolve, (error: unknown) => {
            request.destroy();
            reject(error instanceof Error ? error : new Error(String(error)));
          });
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  }
}

class AnswerTooLarge extends Error {}

async function readAnswer(response: IncomingMessage): Promise<HttpAnswer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > MAX_ANSWER_BYTES)
      throw new AnswerTooLarge(`answered with more than ${String(MAX_ANSWER_BYTES)} bytes`);
    parts.push(part);
  }
  const retryAfter = response.headers['retry-after'] ?? '';
  return {
    status: response.statusCode ?? 0,
    body: new Uint8Array(Buffer.concat(parts)),
    retryAfterMs: /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) * 1000 : 0,
  };
}
