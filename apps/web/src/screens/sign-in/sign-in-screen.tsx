/** Sign-in, in two steps. The address stays, so that a link opens where it points once signed in. */
import { useState, type FormEvent } from 'react';
import type { PendingSignInAnswer, SessionAnswer } from '#contracts/session.js';
import { sendJson, type ApiProblem } from '../../api/client.js';
import { asProblem } from '../../api/use-resource.js';
import { useWords } from '../../i18n/language.js';
import { Failure } from '../../parts/states.js';
import { Link } from '../../routing/navigation.js';
import { Door } from './door.js';
import { PasswordField } from './password-field.js';
import { SecondStep } from './second-step.js';
import { SIGN_IN_WORDS } from './words.js';

interface SignInProps {
  /** Why one is here: for the first time, because the session ended, or because one signed out. */
  readonly why: 'new' | 'expired' | 'left';
  readonly onSignedIn: (session: SessionAnswer) => void;
}

export function SignInScreen({ why, onSignedIn }: SignInProps) {
  const words = useWords(SIGN_IN_WORDS);
  const [pending, setPending] = useState<PendingSignInAnswer | null>(null);
  const [username, setUsername] = useState('');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const back = (reason: ApiProblem | null) => {
    setProblem(reason);
    setPending(null);
  };
  const answered = (answer: SessionAnswer | PendingSignInAnswer, name: string) => {
    if (!('pending' in answer)) return onSignedIn(answer);
    setUsername(name);
    setProblem(null);
    setPending(answer);
  };
  return (
    <Door
      title={pending === null ? words.title : words.secondTitle}
      foot={
        <>
          <p>
            {words.letter} <Link to={{ screen: 'activation' }}>{words.activate}</Link>
          </p>
          <p>
            {words.stranger} <a href="/kiem-chung">{words.verify}</a>
          </p>
        </>
      }
    >
      {pending === null ? (
        <>
          {why !== 'new' && <p className="notice notice-quiet">{words[why]}</p>}
          {problem !== null && <Failure problem={problem} />}
          <PasswordStep username={username} onAnswer={answered} onTry={() => setProblem(null)} />
        </>
      ) : (
        <SecondStep pending={pending} onSignedIn={onSignedIn} onBack={back} />
      )}
    </Door>
  );
}

interface PasswordStepProps {
  /** Typed before, when one comes back from the second step. */
  readonly username: string;
  readonly onTry: () => void;
  readonly onAnswer: (answer: SessionAnswer | PendingSignInAnswer, username: string) => void;
}

function PasswordStep({ username, onTry, onAnswer }: PasswordStepProps) {
  const words = useWords(SIGN_IN_WORDS);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const name = form.get('username');
    const body = { username: name, password: form.get('password') };
    onTry();
    setBusy(true);
    setProblem(null);
    sendJson<SessionAnswer | PendingSignInAnswer>('POST', '/api/session', body, null).then(
      (answer) => onAnswer(answer, typeof name === 'string' ? name : ''),
      (error: unknown) => {
        setBusy(false);
        setProblem(asProblem(error));
      },
    );
  };

  return (
    <form onSubmit={submit} className="form">
      <label className="field">
        <span>{words.username}</span>
        <input
          name="username"
          defaultValue={username}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          maxLength={100}
        />
      </label>
      <PasswordField label={words.password} name="password" autoComplete="current-password" />
      {problem !== null && <Failure problem={problem} />}
      <button type="submit" className="button button-main" disabled={busy}>
        {busy ? words.busy : words.submit}
      </button>
    </form>
  );
}
