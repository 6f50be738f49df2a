/** Signing in over HTTP as a browser does: the password, then whatever second factor is asked for. */
import type { PendingSignInAnswer, SecondFactorRequest, SessionAnswer } from '#contracts/session.js';

/** What a browser holds once it is signed in. */
export interface SignedIn {
  readonly cookie: string;
  readonly csrf: string;
  readonly session: SessionAnswer;
}

/** Sends JSON as a browser on no page yet would. */
export function sendTo(
  url: string,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

/** The cookie that an answer sets, as a browser sends it back. */
export function cookieOf(response: Response, name: string): string {
  const set = response.headers.getSetCookie().find((line) => line.startsWith(`${name}=`)) ?? '';
  return set.split(';')[0] ?? '';
}

/**
 * @param prove answers the second step, where there is one
 * @throws Error with the server's answer when a step is refused
 */
export async function signInAt(
  url: string,
  { username, password }: { readonly username: string; readonly password: string },
  prove: (pending: PendingSignInAnswer) => Promise<SecondFactorRequest> | SecondFactorRequest,
): Promise<SignedIn> {
  let response = await sendTo(url, '/api/session', { username, password });
  if (response.status === 202) {
    const pending = (await response.json()) as PendingSignInAnswer;
    const cookie = cookieOf(response, '__Host-socai-pending');
    response = await sendTo(url, '/api/session/second-factor', await prove(pending), { cookie });
  }
  if (response.status !== 201) throw new Error(`sign in of ${username}: ${await response.text()}`);
  const session = (await response.json()) as SessionAnswer;
  return { cookie: cookieOf(response, '__Host-socai'), csrf: session.csrfToken, session };
}
