/** Sign-in. The address stays, so that a link opens where it points once signed in. */
import { useState, type FormEvent } from 'react';
import type { SessionAnswer } from '#contracts/session.js';
import { sendJson, type ApiProblem } from '../../api/client.js';
import { asProblem } from '../../api/use-resource.js';
import { useWords } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { LanguageSwitch } from '../../parts/language-switch.js';
import { usePageTitle } from '../../parts/page-title.js';
import { Failure } from '../../parts/states.js';
import { SIGN_IN_WORDS } from './words.js';

interface SignInProps {
  /** Why one is here: for the first time, because the session ended, or because one signed out. */
  readonly why: 'new' | 'expired' | 'left';
  readonly onSignedIn: (session: SessionAnswer) => void;
}

export function SignInScreen({ why, onSignedIn }: SignInProps) {
  const words = useWords(SIGN_IN_WORDS);
  usePageTitle(words.title);
  return (
    <div className="sign-in">
      <div className="sign-in-top">
        <LanguageSwitch />
      </div>
      <main className="sign-in-card">
        <p className="sign-in-brand">
          <Icon name="book" size={40} />
          <span>Sổ Cái</span>
        </p>
        <p className="quiet">{words.what}</p>
        <h1>{words.title}</h1>
        {why !== 'new' && <p className="notice notice-quiet">{words[why]}</p>}
        <SignInForm onSignedIn={onSignedIn} />
        <p className="sign-in-foot">
          {words.stranger} <a href="/kiem-chung">{words.verify}</a>
        </p>
      </main>
    </div>
  );
}

function SignInForm({ onSignedIn }: Pick<SignInProps, 'onSignedIn'>) {
  const words = useWords(SIGN_IN_WORDS);
  const [busy, setBusy] = useState(false);
  const [visible, setVisible] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = { username: form.get('username'), password: form.get('password') };
    setBusy(true);
    setProblem(null);
    sendJson<SessionAnswer>('POST', '/api/session', body, null).then(onSignedIn, (error: unknown) => {
      setBusy(false);
      setProblem(asProblem(error));
    });
  };

  return (
    <form onSubmit={submit} className="form">
      <label className="field">
        <span>{words.username}</span>
        <input
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          maxLength={100}
        />
      </label>
      <label className="field">
        <span>{words.password}</span>
        <input
          name="password"
          type={visible ? 'text' : 'password'}
          autoComplete="current-password"
          required
          maxLength={200}
        />
      </label>
      <label className="tick">
        <input type="checkbox" checked={visible} onChange={() => setVisible(!visible)} />
        <span>{words.show}</span>
      </label>
      {problem !== null && <Failure problem={problem} />}
      <button type="submit" className="button button-main" disabled={busy}>
        {busy ? words.busy : words.submit}
      </button>
    </form>
  );
}
