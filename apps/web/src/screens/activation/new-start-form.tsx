/** A password of one's own and, where the account needs one, an authenticator app. */
import { useState, type FormEvent } from 'react';
import type {
  ActivationAnswer,
  ActivationRequest,
  RecoveryCodesAnswer,
  TotpEnrolmentAnswer,
} from '#contracts/activation.js';
import { ApiProblem, sendJson } from '../../api/client.js';
import { asProblem } from '../../api/use-resource.js';
import { useWords } from '../../i18n/language.js';
import { Failure } from '../../parts/states.js';
import { PasswordField } from '../sign-in/password-field.js';
import { textOf } from './form-text.js';
import { ACTIVATION_WORDS } from './words.js';

interface NewStartProps {
  readonly letter: ActivationRequest;
  readonly account: ActivationAnswer;
  readonly onDone: (recoveryCodes: readonly string[]) => void;
}

export function NewStartForm({ letter, account, onDone }: NewStartProps) {
  const words = useWords(ACTIVATION_WORDS);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = textOf(form, 'password');
    if (password !== textOf(form, 'again')) {
      setProblem(new ApiProblem('DIFFERENT', words.different, words.different, words.differentHint));
      return;
    }
    const totpCode = textOf(form, 'totpCode').replace(/\s/g, '');
    const body = { ...letter, password, ...(account.totp === undefined ? {} : { totpCode }) };
    setBusy(true);
    setProblem(null);
    sendJson<RecoveryCodesAnswer>('POST', '/api/activation/complete', body, null).then(
      ({ recoveryCodes }) => onDone(recoveryCodes),
      (error: unknown) => {
        setBusy(false);
        setProblem(asProblem(error));
      },
    );
  };
  return (
    <form onSubmit={submit} className="form">
      <p>
        <strong>{account.fullName}</strong>, {account.schoolName}
      </p>
      <PasswordField
        label={words.password}
        name="password"
        autoComplete="new-password"
        hint={words.passwordHint}
      />
      <label className="field">
        <span>{words.again}</span>
        <input name="again" type="password" autoComplete="new-password" required maxLength={200} />
      </label>
      {account.totp === undefined ? <p className="quiet">{words.kept}</p> : <Enrolment totp={account.totp} />}
      {problem !== null && <Failure problem={problem} />}
      <button type="submit" className="button button-main" disabled={busy}>
        {busy ? words.busy : words.finish}
      </button>
    </form>
  );
}

function Enrolment({ totp }: { readonly totp: TotpEnrolmentAnswer }) {
  const words = useWords(ACTIVATION_WORDS);
  return (
    <fieldset className="form enrolment">
      <legend>{words.app}</legend>
      <ol className="steps">
        <li>{words.install}</li>
        <li>
          {words.type} <code className="secret">{totp.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
          <a href={totp.uri}>{words.openApp}</a>
        </li>
        <li>{words.prove}</li>
      </ol>
      <label className="field">
        <span>{words.totpCode}</span>
        <input
          name="totpCode"
          className="code-input"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          maxLength={10}
        />
      </label>
    </fieldset>
  );
}
