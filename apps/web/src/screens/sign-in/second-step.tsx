/** The second step of signing in: one way at a time, the others one click away. */
import { useState, type FormEvent } from 'react';
import type {
  PendingSignInAnswer,
  SecondFactorMethod,
  SecondFactorRequest,
  SessionAnswer,
} from '#contracts/session.js';
import { sendJson, type ApiProblem } from '../../api/client.js';
import { passkeysWork, signWithPasskey } from '../../api/passkey.js';
import { asProblem } from '../../api/use-resource.js';
import { useWords } from '../../i18n/language.js';
import { Failure } from '../../parts/states.js';
import { SIGN_IN_WORDS } from './words.js';

interface SecondStepProps {
  readonly pending: PendingSignInAnswer;
  readonly onSignedIn: (session: SessionAnswer) => void;
  /** Back to the password, with the reason where there is one. */
  readonly onBack: (problem: ApiProblem | null) => void;
}

export function SecondStep({ pending, onSignedIn, onBack }: SecondStepProps) {
  const words = useWords(SIGN_IN_WORDS);
  const ways = pending.methods.filter((way) => way !== 'passkey' || passkeysWork);
  const [way, setWay] = useState<SecondFactorMethod>(ways[0] ?? 'totp');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const send = (answer: SecondFactorRequest) => {
    setBusy(true);
    setProblem(null);
    sendJson<SessionAnswer>('POST', '/api/session/second-factor', answer, null).then(
      onSignedIn,
      (error: unknown) => {
        const failed = asProblem(error);
        setBusy(false);
        if (failed.code === 'NOT_SIGNED_IN') onBack(failed);
        else setProblem(failed);
      },
    );
  };
  const choose = (next: SecondFactorMethod) => {
    setProblem(null);
    setWay(next);
  };

  return (
    <>
      {way === 'passkey' ? (
        <PasskeyStep pending={pending} busy={busy} send={send} />
      ) : (
        <CodeStep key={way} way={way} busy={busy} send={send} />
      )}
      {problem !== null && <Failure problem={problem} />}
      <div className="sign-in-ways">
        {ways
          .filter((other) => other !== way)
          .map((other) => (
            <button key={other} type="button" className="button button-small" onClick={() => choose(other)}>
              {words.use[other]}
            </button>
          ))}
        <button type="button" className="button button-small" onClick={() => onBack(null)}>
          {words.back}
        </button>
      </div>
    </>
  );
}

interface StepProps {
  readonly busy: boolean;
  readonly send: (answer: SecondFactorRequest) => void;
}

/** Six digits of the app, or a code off the sheet of recovery codes. */
function CodeStep({ way, busy, send }: StepProps & { readonly way: 'totp' | 'recovery' }) {
  const words = useWords(SIGN_IN_WORDS);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('code');
    const code = typeof typed === 'string' ? typed : '';
    send({ method: way, code: way === 'totp' ? code.replace(/\s/g, '') : code });
  };
  return (
    <form onSubmit={submit} className="form">
      <label className="field">
        <span>{words.code[way]}</span>
        <input
          name="code"
          className="code-input"
          autoComplete="one-time-code"
          inputMode={way === 'totp' ? 'numeric' : 'text'}
          autoCapitalize="characters"
          spellCheck={false}
          required
          autoFocus
          maxLength={40}
        />
      </label>
      <p className="quiet">{words.codeHint[way]}</p>
      <button type="submit" className="button button-main" disabled={busy}>
        {busy ? words.busy : words.confirm}
      </button>
    </form>
  );
}

function PasskeyStep({ pending, busy, send }: StepProps & { readonly pending: PendingSignInAnswer }) {
  const words = useWords(SIGN_IN_WORDS);
  const [cancelled, setCancelled] = useState(false);
  const sign = async () => {
    if (pending.passkey === undefined) return;
    setCancelled(false);
    const assertion = await signWithPasskey(pending.passkey).catch(() => null);
    if (assertion === null) setCancelled(true);
    else send({ method: 'passkey', assertion });
  };
  return (
    <div className="form">
      <p>{words.passkeyHint}</p>
      <button
        type="button"
        className="button button-main"
        disabled={busy}
        autoFocus
        onClick={() => void sign()}
      >
        {busy ? words.busy : words.passkey}
      </button>
      {cancelled && <p role="alert">{words.passkeyCancelled}</p>}
    </div>
  );
}
