/** Signed in or not, and which screen. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { SessionAnswer } from '#contracts/session.js';
import { getJson, sendJson, type ApiProblem } from '../api/client.js';
import { SessionContext, type SessionAccess } from '../api/session.js';
import { asProblem } from '../api/use-resource.js';
import { useWords } from '../i18n/language.js';
import { Empty, Failure, Loading } from '../parts/states.js';
import { Link, useRoute } from '../routing/navigation.js';
import type { Route } from '../routing/routes.js';
import { ActivationScreen } from '../screens/activation/activation-screen.js';
import { ClassScreen } from '../screens/class/class-screen.js';
import { MyClassesScreen } from '../screens/my-classes/my-classes-screen.js';
import { MyRightsScreen } from '../screens/my-rights/my-rights-screen.js';
import { PasskeysScreen } from '../screens/passkeys/passkeys-screen.js';
import { SheetScreen } from '../screens/sheet/sheet-screen.js';
import { SignInScreen } from '../screens/sign-in/sign-in-screen.js';
import { Frame } from './frame.js';
import { STAFF_WORDS } from './words.js';

type Standing =
  | { readonly state: 'asking' }
  | { readonly state: 'signedOut'; readonly why: 'new' | 'expired' | 'left' }
  | { readonly state: 'signedIn'; readonly session: SessionAnswer }
  | { readonly state: 'failed'; readonly problem: ApiProblem };

/** Activating an account needs no session, and has nothing to do with one that is open. */
export function StaffApp() {
  return useRoute().screen === 'activation' ? <ActivationScreen /> : <SessionGate />;
}

function SessionGate() {
  const [standing, setStanding] = useState<Standing>({ state: 'asking' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let shown = true;
    getJson<SessionAnswer>('/api/session').then(
      (session) => shown && setStanding({ state: 'signedIn', session }),
      (error: unknown) => {
        const problem = asProblem(error);
        const signedOut = problem.code === 'NOT_SIGNED_IN';
        if (shown) setStanding(signedOut ? { state: 'signedOut', why: 'new' } : { state: 'failed', problem });
      },
    );
    return () => {
      shown = false;
    };
  }, [attempt]);

  const retry = useCallback(() => {
    setStanding({ state: 'asking' });
    setAttempt((count) => count + 1);
  }, []);

  const leave = useCallback((why: 'expired' | 'left') => setStanding({ state: 'signedOut', why }), []);

  switch (standing.state) {
    case 'asking':
      return (
        <main className="page">
          <Loading />
        </main>
      );
    case 'failed':
      return (
        <main className="page">
          <Failure problem={standing.problem} retry={retry} />
        </main>
      );
    case 'signedOut':
      return (
        <SignInScreen
          why={standing.why}
          onSignedIn={(session) => setStanding({ state: 'signedIn', session })}
        />
      );
    case 'signedIn':
      return <SignedIn session={standing.session} leave={leave} />;
  }
}

interface SignedInProps {
  readonly session: SessionAnswer;
  readonly leave: (why: 'expired' | 'left') => void;
}

function SignedIn({ session, leave }: SignedInProps) {
  const route = useRoute();
  const access = useMemo<SessionAccess>(() => {
    const left = () => leave('left');
    return {
      session,
      // Signed out here even when the server cannot be told: the session then ends by its own limits.
      signOut: () => void sendJson('DELETE', '/api/session', undefined, session.csrfToken).then(left, left),
      expired: () => leave('expired'),
    };
  }, [session, leave]);
  return (
    <SessionContext value={access}>
      <Frame>
        <Screen route={route} />
      </Frame>
    </SessionContext>
  );
}

function Screen({ route }: { readonly route: Route }) {
  const words = useWords(STAFF_WORDS);
  switch (route.screen) {
    case 'classes':
      return <MyClassesScreen yearId={route.yearId} />;
    case 'class':
      return <ClassScreen classId={route.classId} />;
    case 'rights':
      return <MyRightsScreen />;
    case 'passkeys':
      return <PasskeysScreen />;
    case 'sheet':
      return <SheetScreen classId={route.classId} area={route.area} period={route.period} />;
    case 'activation':
      return <ActivationScreen />;
    case 'unknown':
      return (
        <Empty title={words.noSuchPage}>
          <Link to={{ screen: 'classes', yearId: null }}>{words.toClasses}</Link>
        </Empty>
      );
  }
}
