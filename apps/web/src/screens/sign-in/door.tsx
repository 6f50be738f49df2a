/** The card in the middle of an empty page that everything before a session stands on. */
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { LanguageSwitch } from '../../parts/language-switch.js';
import { usePageTitle } from '../../parts/page-title.js';
import { SIGN_IN_WORDS } from './words.js';

interface DoorProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Ways elsewhere, below; false for none. */
  readonly foot: ReactNode;
}

export function Door({ title, children, foot }: DoorProps) {
  const words = useWords(SIGN_IN_WORDS);
  usePageTitle(title);
  return (
    <div className="sign-in">
      <div className="sign-in-top">
        <LanguageSwitch />
      </div>
      <main className="sign-in-card">
        <p className="sign-in-brand">
          <Icon name="book" size={40} />
          <span>Sổ Cái</span>
        </p>
        <p className="quiet">{words.what}</p>
        <h1>{title}</h1>
        {children}
        {foot !== false && <div className="sign-in-foot">{foot}</div>}
      </main>
    </div>
  );
}
