/** The way back up: classes › class › … */
import { useWords, type Dictionary } from '../i18n/language.js';
import { Link } from '../routing/navigation.js';
import { Icon } from './icon.js';

const WORDS: Dictionary<{ readonly label: string; readonly classes: string }> = {
  vi: { label: 'Bạn đang ở', classes: 'Lớp học' },
  en: { label: 'You are in', classes: 'Classes' },
};

interface TrailProps {
  /** The year whose classes to go back to; null for the current one. */
  readonly yearId: string | null;
  /** The class above, when this is one of its sheets. */
  readonly above?: { readonly classId: string; readonly name: string };
}

export function Trail({ yearId, above }: TrailProps) {
  const words = useWords(WORDS);
  return (
    <nav className="trail" aria-label={words.label}>
      <Link to={{ screen: 'classes', yearId }}>{words.classes}</Link>
      <Icon name="right" size={14} />
      {above !== undefined && (
        <>
          <Link to={{ screen: 'class', classId: above.classId }}>{above.name}</Link>
          <Icon name="right" size={14} />
        </>
      )}
    </nav>
  );
}
