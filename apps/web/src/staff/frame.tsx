/** The bar on top of every screen: where am I, who am I, in which language. */
import type { ReactNode } from 'react';
import { useSession } from '../api/session.js';
import { useWords } from '../i18n/language.js';
import { AppearanceChoice } from '../parts/appearance.js';
import { Icon } from '../parts/icon.js';
import { LanguageSwitch } from '../parts/language-switch.js';
import { Link } from '../routing/navigation.js';
import { LedgerStrip } from './ledger-strip.js';
import { STAFF_WORDS } from './words.js';

export function Frame({ children }: { readonly children: ReactNode }) {
  const words = useWords(STAFF_WORDS);
  const { session } = useSession();
  return (
    <>
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <header className="bar">
        <Link to={{ screen: 'classes', yearId: null }} className="bar-brand">
          <Icon name="book" size={24} />
          <span>{words.appName}</span>
        </Link>
        <span className="bar-school">{session.school.name}</span>
        <nav className="bar-links">
          <a href="/kiem-chung">{words.verifier}</a>
        </nav>
        <LanguageSwitch />
        <AccountMenu />
      </header>
      <LedgerStrip />
      {session.school.demo && <p className="demo-strip">{words.demo}</p>}
      <main className="page" id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

function AccountMenu() {
  const words = useWords(STAFF_WORDS);
  const { session, signOut } = useSession();
  const roles = session.roles.map((role) => words.roles[role] ?? role).join(', ');
  return (
    <>
      <button type="button" className="bar-account" popoverTarget="account" aria-label={words.account}>
        <Icon name="person" />
        <span className="bar-name">{session.person.fullName}</span>
        <Icon name="down" size={14} />
      </button>
      <div
        id="account"
        className="menu"
        popover="auto"
        onClick={(event) => {
          if (event.target instanceof HTMLAnchorElement) event.currentTarget.hidePopover();
        }}
      >
        <p className="menu-name">{session.person.fullName}</p>
        <p className="quiet">
          {roles === '' ? session.person.title : roles}
          <br />
          {session.school.name}
          <br />
          {session.person.username}
        </p>
        <Link to={{ screen: 'rights' }} className="menu-item">
          {words.rights}
        </Link>
        <Link to={{ screen: 'passkeys' }} className="menu-item">
          {words.passkeys}
        </Link>
        <AppearanceChoice />
        <a className="menu-item narrow-only" href="/kiem-chung">
          {words.verifier}
        </a>
        <button type="button" className="button" onClick={signOut}>
          <Icon name="signOut" /> {words.signOut}
        </button>
      </div>
    </>
  );
}
