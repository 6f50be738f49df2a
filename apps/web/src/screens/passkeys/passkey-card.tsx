/** One passkey: its name, its dates, and what can be done with it. */
import { useMemo, useState, type FormEvent } from 'react';
import type { PasskeyAnswer, PasskeysAnswer } from '#contracts/passkeys.js';
import { sendJson, type ApiProblem } from '../../api/client.js';
import { useSession } from '../../api/session.js';
import { asProblem } from '../../api/use-resource.js';
import { formatTime } from '../../format/dates.js';
import { useWords } from '../../i18n/language.js';
import { Failure } from '../../parts/states.js';
import { StepUp } from '../../parts/step-up.js';
import { PASSKEY_WORDS } from './words.js';

interface PasskeyCardProps {
  readonly passkey: PasskeyAnswer;
  readonly onChanged: (answer: PasskeysAnswer) => void;
}

export function PasskeyCard({ passkey, onChanged }: PasskeyCardProps) {
  const words = useWords(PASSKEY_WORDS);
  const [doing, setDoing] = useState<'nothing' | 'naming' | 'revoking'>('nothing');
  const changed = (answer: PasskeysAnswer) => {
    setDoing('nothing');
    onChanged(answer);
  };
  const { name, createdAt, lastUsedAt } = passkey;
  return (
    <li className="card">
      {doing === 'naming' ? (
        <NameForm passkey={passkey} onChanged={changed} onCancel={() => setDoing('nothing')} />
      ) : (
        <>
          <p className="card-title">{name}</p>
          <p className="quiet">
            {words.added(formatTime(createdAt))} ·{' '}
            {lastUsedAt === null ? words.neverUsed : words.used(formatTime(lastUsedAt))}
          </p>
          <div className="passkey-acts">
            <button type="button" className="button button-small" onClick={() => setDoing('naming')}>
              {words.rename}
            </button>
            <button type="button" className="button button-small" onClick={() => setDoing('revoking')}>
              {words.revoke}
            </button>
          </div>
        </>
      )}
      {doing === 'revoking' && (
        <Revocation passkey={passkey} onChanged={changed} onCancel={() => setDoing('nothing')} />
      )}
    </li>
  );
}

interface DoingProps extends PasskeyCardProps {
  readonly onCancel: () => void;
}

function NameForm({ passkey, onChanged, onCancel }: DoingProps) {
  const words = useWords(PASSKEY_WORDS);
  const { session } = useSession();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = { passkeyId: passkey.id, name: new FormData(event.currentTarget).get('name') };
    sendJson<PasskeysAnswer>('POST', '/api/passkeys/rename', body, session.csrfToken).then(
      onChanged,
      (error: unknown) => setProblem(asProblem(error)),
    );
  };
  return (
    <form onSubmit={submit} className="form">
      <label className="field">
        <span>{words.rename}</span>
        <input name="name" defaultValue={passkey.name} required maxLength={60} autoComplete="off" autoFocus />
      </label>
      {problem !== null && <Failure problem={problem} />}
      <div className="passkey-acts">
        <button type="submit" className="button button-small">
          {words.save}
        </button>
        <button type="button" className="button button-small" onClick={onCancel}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}

function Revocation({ passkey, onChanged, onCancel }: DoingProps) {
  const words = useWords(PASSKEY_WORDS);
  const { session } = useSession();
  const params = useMemo(() => ({ passkeyId: passkey.id }), [passkey.id]);
  return (
    <StepUp
      title={words.confirmRevoke}
      action="passkey.revoke"
      params={params}
      onCancel={onCancel}
      onAnswer={async (act) =>
        onChanged(
          await sendJson<PasskeysAnswer>(
            'POST',
            '/api/passkeys/revoke',
            { ...params, act },
            session.csrfToken,
          ),
        )
      }
    >
      <p>{words.confirmRevokeWhat(passkey.name)}</p>
    </StepUp>
  );
}
