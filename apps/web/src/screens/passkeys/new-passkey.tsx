/** A new passkey: the device makes it, the second factor confirms it. */
import { useMemo, useState, type FormEvent } from 'react';
import type { CredentialDto, PasskeyCreationOptions, PasskeysAnswer } from '#contracts/passkeys.js';
import { sendJson, type ApiProblem } from '../../api/client.js';
import { AlreadyHere, makePasskey } from '../../api/passkey.js';
import { useSession } from '../../api/session.js';
import { asProblem } from '../../api/use-resource.js';
import { useWords } from '../../i18n/language.js';
import { Failure } from '../../parts/states.js';
import { StepUp } from '../../parts/step-up.js';
import { PASSKEY_WORDS } from './words.js';

interface NewPasskeyProps {
  readonly onAdded: (answer: PasskeysAnswer) => void;
}

interface Made {
  readonly name: string;
  readonly credential: CredentialDto;
}

export function NewPasskey({ onAdded }: NewPasskeyProps) {
  const words = useWords(PASSKEY_WORDS);
  const { session } = useSession();
  const [made, setMade] = useState<Made | null>(null);
  const [added, setAdded] = useState(0);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const make = async (name: string) => {
    setBusy(true);
    setSaid(null);
    setProblem(null);
    try {
      const options = await sendJson<PasskeyCreationOptions>(
        'POST',
        '/api/passkeys/options',
        {},
        session.csrfToken,
      );
      const credential = await makePasskey(options);
      if (credential === null) setSaid(words.cancelled);
      else setMade({ name, credential });
    } catch (error) {
      if (error instanceof AlreadyHere) setSaid(words.already);
      else setProblem(asProblem(error));
    }
    setBusy(false);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    void make(typeof name === 'string' ? name.trim() : '');
  };

  return (
    <>
      <form key={added} onSubmit={submit} className="form form-narrow">
        <label className="field">
          <span>{words.name}</span>
          <input name="name" required maxLength={60} autoComplete="off" />
        </label>
        <p className="quiet">{words.nameHint}</p>
        <button type="submit" className="button button-main" disabled={busy}>
          {busy ? words.making : words.add}
        </button>
        {said !== null && <p role="alert">{said}</p>}
        {problem !== null && <Failure problem={problem} />}
      </form>
      {made !== null && (
        <ConfirmNew
          made={made}
          onAdded={(answer) => {
            setMade(null);
            setAdded(added + 1);
            onAdded(answer);
          }}
          onCancel={() => setMade(null)}
        />
      )}
    </>
  );
}

function ConfirmNew({
  made: { name, credential },
  onAdded,
  onCancel,
}: NewPasskeyProps & { readonly made: Made; readonly onCancel: () => void }) {
  const words = useWords(PASSKEY_WORDS);
  const { session } = useSession();
  const params = useMemo(() => ({ name, credential }), [name, credential]);
  return (
    <StepUp
      title={words.confirmAdd}
      action="passkey.add"
      params={params}
      onCancel={onCancel}
      onAnswer={async (act) =>
        onAdded(
          await sendJson<PasskeysAnswer>('POST', '/api/passkeys', { ...params, act }, session.csrfToken),
        )
      }
    >
      <p>{words.confirmAddWhat(name)}</p>
    </StepUp>
  );
}
