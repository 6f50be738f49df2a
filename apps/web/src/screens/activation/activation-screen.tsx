/** Making an account one's own: the letter's code, a password, the authenticator app, the recovery codes. */
import { useState } from 'react';
import type { ActivationAnswer, ActivationRequest } from '#contracts/activation.js';
import { useWords } from '../../i18n/language.js';
import { Link } from '../../routing/navigation.js';
import { Door } from '../sign-in/door.js';
import { LetterForm } from './letter-form.js';
import { NewStartForm } from './new-start-form.js';
import { RecoverySheet } from './recovery-sheet.js';
import { ACTIVATION_WORDS } from './words.js';

type Step =
  | { readonly step: 'letter' }
  | { readonly step: 'new-start'; readonly letter: ActivationRequest; readonly account: ActivationAnswer }
  | { readonly step: 'done'; readonly recoveryCodes: readonly string[] };

export function ActivationScreen() {
  const words = useWords(ACTIVATION_WORDS);
  const [at, setAt] = useState<Step>({ step: 'letter' });
  const toSignIn = <Link to={{ screen: 'classes', yearId: null }}>{words.signIn}</Link>;
  return (
    <Door
      title={at.step === 'done' ? words.doneTitle : words.title}
      foot={at.step !== 'done' && <p>{toSignIn}</p>}
    >
      {at.step === 'letter' && (
        <LetterForm onOpened={(letter, account) => setAt({ step: 'new-start', letter, account })} />
      )}
      {at.step === 'new-start' && (
        <NewStartForm
          letter={at.letter}
          account={at.account}
          onDone={(recoveryCodes) => setAt({ step: 'done', recoveryCodes })}
        />
      )}
      {at.step === 'done' && <RecoverySheet codes={at.recoveryCodes} />}
    </Door>
  );
}
