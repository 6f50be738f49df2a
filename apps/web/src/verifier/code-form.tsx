import { useId, type FormEvent } from 'react';
import { useWords } from '../i18n/language.js';
import { VERIFIER_WORDS } from './words.js';

interface CodeFormProps {
  readonly initial: string;
  readonly onCode: (code: string) => void;
}

/** The verification code, as printed or pasted. */
export function CodeForm({ initial, onCode }: CodeFormProps) {
  const words = useWords(VERIFIER_WORDS);
  const help = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = new FormData(event.currentTarget).get('code');
    if (typeof code === 'string' && code.trim() !== '') onCode(code);
  };
  return (
    <form className="form code-form" onSubmit={submit}>
      <label className="field">
        <span>{words.codeLabel}</span>
        <textarea
          name="code"
          rows={3}
          maxLength={400}
          defaultValue={initial}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="characters"
          aria-describedby={help}
          required
        />
      </label>
      <p id={help} className="quiet">
        {words.codeHelp}
      </p>
      <button type="submit" className="button">
        {words.checkCode}
      </button>
      <p className="quiet code-privacy">{words.codePrivacy}</p>
    </form>
  );
}
