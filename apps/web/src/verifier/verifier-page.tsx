/** Drop or choose files, or give a code; every answer stays on the page until the next one. */
import { useEffect, useState } from 'react';
import { useWords } from '../i18n/language.js';
import { Icon } from '../parts/icon.js';
import { LanguageSwitch } from '../parts/language-switch.js';
import { usePageTitle } from '../parts/page-title.js';
import { CodeForm } from './code-form.js';
import { FileChoice } from './file-choice.js';
import { OutcomeView } from './outcome-view.js';
import { PileView } from './pile-view.js';
import { useWork, type Work } from './use-work.js';
import { VERIFIER_WORDS } from './words.js';

export function VerifierPage() {
  const words = useWords(VERIFIER_WORDS);
  const { work, takeFiles, takeText } = useWork();
  const linkedCode = useLinkedCode(takeText);
  usePageTitle(words.title);

  return (
    <>
      <header className="bar">
        <a href="/kiem-chung" className="bar-brand">
          <Icon name="book" size={24} />
          <span>Sổ Cái</span>
        </a>
        <span className="bar-school" />
        <nav className="bar-links">
          <a href="/">{words.staff}</a>
        </nav>
        <LanguageSwitch />
      </header>
      <main className="page verifier">
        <div className="verifier-intro">
          <h1>{words.title}</h1>
          <p className="quiet">{words.lead}</p>
        </div>
        <div className="verifier-input">
          <FileChoice onFiles={takeFiles} />
          <p className="verifier-or quiet">{words.or}</p>
          <CodeForm key={linkedCode} initial={linkedCode} onText={takeText} />
        </div>
        <div>
          <div role="status">{busyWith(work, words)}</div>
          {work.state === 'done' && <OutcomeView outcome={work.outcome} />}
          {work.state === 'pile' && <PileView outcomes={work.outcomes} files={work.files} />}
        </div>
        <About />
      </main>
    </>
  );
}

function busyWith(work: Work, words: (typeof VERIFIER_WORDS)['vi']) {
  return work.state === 'checking' && <p className="verifier-busy">{words.checking(work.subject)}</p>;
}

/** Longer than any slip in an address. */
const MAX_LINKED = 8192;

/** A printed address or QR code carries the code behind "#": it is checked at once. Empty: there is none. */
function useLinkedCode(takeText: (text: string) => void): string {
  const [code, setCode] = useState(codeInAddress);
  useEffect(() => {
    const changed = () => setCode(codeInAddress());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  useEffect(() => {
    if (code !== '') takeText(code);
  }, [code, takeText]);
  return code;
}

function codeInAddress(): string {
  try {
    return decodeURIComponent(location.hash.slice(1)).slice(0, MAX_LINKED);
  } catch {
    return '';
  }
}

function About() {
  const words = useWords(VERIFIER_WORDS);
  return (
    <details className="fold verifier-about">
      <summary>{words.how}</summary>
      <ul className="points">
        {words.howFile.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>{words.howCode}</p>
      <p>{words.howShare}</p>
    </details>
  );
}
