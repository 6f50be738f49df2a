/** The own passkeys: added, named, withdrawn. */
import { useState } from 'react';
import type { PasskeyAnswer, PasskeysAnswer } from '#contracts/passkeys.js';
import { useResource } from '../../api/use-resource.js';
import { passkeysWork } from '../../api/passkey.js';
import { formatTime } from '../../format/dates.js';
import { useWords } from '../../i18n/language.js';
import { usePageTitle } from '../../parts/page-title.js';
import { Empty, Failure, Loading } from '../../parts/states.js';
import { NewPasskey } from './new-passkey.js';
import { PasskeyCard } from './passkey-card.js';
import { PASSKEY_WORDS } from './words.js';

export function PasskeysScreen() {
  const words = useWords(PASSKEY_WORDS);
  usePageTitle(words.title);
  const answer = useResource<PasskeysAnswer>('/api/passkeys');
  return (
    <>
      <div className="heading heading-narrow">
        <h1>{words.title}</h1>
        <p className="quiet">{words.what}</p>
      </div>
      {answer.state === 'loading' && <Loading lines={3} />}
      {answer.state === 'failed' && <Failure problem={answer.problem} retry={answer.retry} />}
      {answer.state === 'ready' && <PasskeyList first={answer.value.passkeys} />}
    </>
  );
}

/** @param first as they were when the page came; every change answers with all of them */
function PasskeyList({ first }: { readonly first: readonly PasskeyAnswer[] }) {
  const words = useWords(PASSKEY_WORDS);
  const [passkeys, setPasskeys] = useState(first);
  const live = passkeys.filter(({ revokedAt }) => revokedAt === null);
  const gone = passkeys.filter(({ revokedAt }) => revokedAt !== null);
  const changed = (answer: PasskeysAnswer) => setPasskeys(answer.passkeys);
  return (
    <>
      {live.length === 0 ? (
        <Empty title={words.none} />
      ) : (
        <ul className="passkeys">
          {live.map((passkey) => (
            <PasskeyCard key={passkey.id} passkey={passkey} onChanged={changed} />
          ))}
        </ul>
      )}
      {passkeysWork ? (
        <NewPasskey onAdded={changed} />
      ) : (
        <p className="notice notice-quiet" role="alert">
          {words.cannot}
        </p>
      )}
      {gone.length > 0 && <Withdrawn passkeys={gone} />}
    </>
  );
}

function Withdrawn({ passkeys }: { readonly passkeys: readonly PasskeyAnswer[] }) {
  const words = useWords(PASSKEY_WORDS);
  return (
    <details className="fold">
      <summary>{words.withdrawn(passkeys.length)}</summary>
      <ul className="passkeys">
        {passkeys.map(({ id, name, revokedAt }) => (
          <li key={id} className="card gone">
            <p className="card-title">{name}</p>
            <p className="quiet">{words.revokedAt(formatTime(revokedAt ?? ''))}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}
