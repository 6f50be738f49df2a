/** Sends requests as each person and says in one character what came back. */
import type { Database } from '#api/database/database.js';
import type { Desk, ProblemBody, TestServer } from '../school.js';
import type { Sent } from './requests.js';

/** What came back, as expected.md writes it. */
export interface Seen {
  readonly sign: string;
  /** For the printed matrix: the rule that refused, or the code of the problem. */
  readonly why: string;
}

class Undone extends Error {}

/**
 * Runs `request` with everything that the server writes meanwhile held in one unit of work, which is then rolled back: each
 * request meets the same world, and everything up to the commit is the real thing. One at a time.
 */
async function undone<T>(database: Database, request: () => Promise<T>): Promise<T> {
  const results: T[] = [];
  const unit = database.write(async (tx) => {
    Object.defineProperties(database, {
      read: { configurable: true, get: () => tx },
      write: { configurable: true, value: (work: (held: typeof tx) => Promise<unknown>) => work(tx) },
      afterCommit: { configurable: true, value: () => undefined },
    });
    try {
      results.push(await request());
    } finally {
      for (const name of ['read', 'write', 'afterCommit']) Reflect.deleteProperty(database, name);
    }
    throw new Undone();
  });
  await unit.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return results[0] as T;
}

/** Sends the request as that person. */
export async function see(server: TestServer, desk: Desk | null, sent: Sent): Promise<Seen> {
  if (sent.method === 'GET') return seenOf(await send(server, desk, sent));
  return undone(server.database, async () => seenOf(await send(server, desk, sent)));
}

function send(server: TestServer, desk: Desk | null, sent: Sent): Promise<Response> {
  const type = typeof sent.body === 'string' ? 'application/json' : undefined;
  if (desk !== null) return desk.respond(sent.method, sent.path, sent.body, type);
  return fetch(`${server.url}${sent.path}`, {
    method: sent.method,
    ...(sent.body === undefined ? {} : { body: sent.body }),
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
  });
}

async function seenOf(response: Response): Promise<Seen> {
  if (response.status < 300) {
    await response.arrayBuffer();
    return { sign: '+', why: '' };
  }
  const text = await response.text();
  const problem = (text === '' ? {} : JSON.parse(text)) as Partial<ProblemBody>;
  return {
    sign: signOf(response.status, problem),
    why: problem.rule ?? problem.code ?? '',
  };
}

function signOf(status: number, { code, rule }: Partial<ProblemBody>): string {
  if (code === 'ACTIVATION_FAILED') return 'u';
  if (code === 'ACT_INVALID' || code === 'SECOND_FACTOR_FAILED') return 'a';
  switch (status) {
    case 401:
      return 'u';
    case 429:
      return 't';
    case 403:
      return rule === undefined ? '?' : 'x';
    case 404:
      return '0';
    case 409:
      return 'c';
    case 400:
    case 422:
      return 'v';
    case 503:
      return 'z';
    default:
      return '?';
  }
}
