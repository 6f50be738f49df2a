/** Who is signed in, for every screen; and what happens when the session ends underneath. */
import { createContext, use } from 'react';
import type { SessionAnswer } from '#contracts/session.js';

export interface SessionAccess {
  readonly session: SessionAnswer;
  /** Signs out on the server and shows the sign-in page. */
  readonly signOut: () => void;
  /** Called when the server says that the session is over: the sign-in page comes, the address stays. */
  readonly expired: () => void;
}

export const SessionContext = createContext<SessionAccess | null>(null);

/** Only below the signed-in part of the app. */
export function useSession(): SessionAccess {
  const access = use(SessionContext);
  if (access === null) throw new Error('useSession outside of the signed-in app');
  return access;
}
