/** The account works. The recovery codes are shown this once, to be printed or written down. */
import { useWords } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { Link } from '../../routing/navigation.js';
import { ACTIVATION_WORDS } from './words.js';

export function RecoverySheet({ codes }: { readonly codes: readonly string[] }) {
  const words = useWords(ACTIVATION_WORDS);
  return (
    <div className="form">
      <p role="status">{words.done}</p>
      {codes.length > 0 && (
        <>
          <p>{words.recovery}</p>
          <ol className="recovery-codes">
            {codes.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ol>
          <button type="button" className="button" onClick={() => print()}>
            <Icon name="print" /> {words.print}
          </button>
        </>
      )}
      <Link to={{ screen: 'classes', yearId: null }} className="button button-main">
        {words.toSignIn}
      </Link>
    </div>
  );
}
