import { useId, type FormEvent } from 'react';
import { useWords } from '../i18n/language.js';
import { VERIFIER_WORDS } from './words.js';

interface CodeFormProps {
  readonly initial: string;
  readonly onText: (text: string) => void;
}

/** More than the longest presentation that fits in a message. */
const MAX_TEXT = 64 * 1024;

/** The verification code, or a presentation as text, as printed or pasted. */
export function CodeForm({ initial, onText }: CodeFormProps) {
  const words = useWords(VERIFIER_WORDS);
  const help = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = new FormData(event.currentTarget).get('code');
    if (typeof code === 'string' && code.trim() !== '') onText(code);
  };
  return (
    <form className="form code-form" onSubmit={submit}>
      <label className="field">
        <span>{words.codeLabel}</span>
        <textarea
          name="code"
          rows={3}
          maxLength={MAX_TEXT}
          defaultValue={initial}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
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
