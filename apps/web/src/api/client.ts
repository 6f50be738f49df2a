/** Talks to the API of our own origin; whatever goes wrong comes out as an ApiProblem that a person can read. */

/** One wrong thing among several, as the API names it. */
export interface ProblemItem {
  readonly where: string;
  readonly code: string;
  readonly message: string;
}

/** The API's problem document (RFC 9457), or NETWORK when no answer came, BAD_ANSWER when it could not be read. */
export class ApiProblem extends Error {
  constructor(
    readonly code: string,
    /** What happened, in a few words; empty for NETWORK and BAD_ANSWER, which the page words itself. */
    readonly title: string,
    readonly titleEn: string,
    /** What happened, to what, and what to do next, in Vietnamese. */
    readonly detail: string,
    readonly items: readonly ProblemItem[] = [],
  ) {
    super(`${code}: ${detail}`);
    this.name = 'ApiProblem';
  }
}

/**
 * Reads a resource.
 * @throws ApiProblem, or the abort's reason when `signal` ended it
 */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return readJson<T>(await send(path, signal === undefined ? {} : { signal }));
}

/**
 * Writes. `csrfToken` comes with the session; signing in is the one write that has none yet.
 * @throws ApiProblem
 */
export async function sendJson<T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body: unknown,
  csrfToken: string | null,
): Promise<T> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (csrfToken !== null) headers['x-csrf-token'] = csrfToken;
  const init: RequestInit = {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  return readJson<T>(await send(path, init));
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, credentials: 'same-origin', cache: 'no-store' });
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    throw new ApiProblem('NETWORK', '', '', '');
  }
}

async function readJson<T>(response: Response): Promise<T> {
  if (response.ok) return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
  throw await readProblem(response);
}

async function readProblem(response: Response): Promise<ApiProblem> {
  try {
    const told = (await response.json()) as Partial<
      Record<'code' | 'title' | 'titleEn' | 'detail', string>
    > & {
      items?: ProblemItem[];
    };
    if (typeof told.code === 'string') {
      const title = told.title ?? '';
      return new ApiProblem(told.code, title, told.titleEn ?? title, told.detail ?? '', told.items);
    }
  } catch {
    // Not a problem document: a proxy's page, or nothing at all.
  }
  return new ApiProblem('BAD_ANSWER', '', '', `HTTP ${response.status}`);
}
