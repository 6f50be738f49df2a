/** What is printed on the letter. */
import { useState, type FormEvent } from 'react';
import type { ActivationAnswer, ActivationRequest } from '#contracts/activation.js';
import { sendJson, type ApiProblem } from '../../api/client.js';
import { asProblem } from '../../api/use-resource.js';
import { useWords } from '../../i18n/language.js';
import { Failure } from '../../parts/states.js';
import { textOf } from './form-text.js';
import { ACTIVATION_WORDS } from './words.js';

interface LetterFormProps {
  readonly onOpened: (letter: ActivationRequest, account: ActivationAnswer) => void;
}

export function LetterForm({ onOpened }: LetterFormProps) {
  const words = useWords(ACTIVATION_WORDS);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const letter = { username: textOf(form, 'username'), code: textOf(form, 'code') };
    setBusy(true);
    setProblem(null);
    sendJson<ActivationAnswer>('POST', '/api/activation', letter, null).then(
      (account) => onOpened(letter, account),
      (error: unknown) => {
        setBusy(false);
        setProblem(asProblem(error));
      },
    );
  };
  return (
    <form onSubmit={submit} className="form">
      <p>{words.intro}</p>
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
        <span>{words.code}</span>
        <input
          name="code"
          className="code-input"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          placeholder="XXXX-XXXX-XXXX-XXXX"
          required
          maxLength={40}
        />
      </label>
      {problem !== null && <Failure problem={problem} />}
      <button type="submit" className="button button-main" disabled={busy}>
        {busy ? words.busy : words.next}
      </button>
    </form>
  );
}
