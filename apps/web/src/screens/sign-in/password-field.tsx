/** A password to type, hidden unless asked for. */
import { useState } from 'react';
import { useWords } from '../../i18n/language.js';
import { SIGN_IN_WORDS } from './words.js';

interface PasswordFieldProps {
  readonly label: string;
  readonly name: string;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly hint?: string;
}

export function PasswordField({ label, name, autoComplete, hint }: PasswordFieldProps) {
  const words = useWords(SIGN_IN_WORDS);
  const [visible, setVisible] = useState(false);
  return (
    <>
      <label className="field">
        <span>{label}</span>
        <input
          name={name}
          type={visible ? 'text' : 'password'}
          autoComplete={autoComplete}
          required
          maxLength={200}
        />
      </label>
      {hint !== undefined && <p className="quiet">{hint}</p>}
      <label className="tick">
        <input type="checkbox" checked={visible} onChange={() => setVisible(!visible)} />
        <span>{words.show}</span>
      </label>
    </>
  );
}
