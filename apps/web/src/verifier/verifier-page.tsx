/** Drop or choose a file, or type a code; every answer stays on the page until the next one. */
import { useCallback, useEffect, useState } from 'react';
import { useWords } from '../i18n/language.js';
import { Icon } from '../parts/icon.js';
import { LanguageSwitch } from '../parts/language-switch.js';
import { usePageTitle } from '../parts/page-title.js';
import type { Outcome } from './check.js';
import { loadChecker } from './load-checker.js';
import { CodeForm } from './code-form.js';
import { FileChoice } from './file-choice.js';
import { OutcomeView } from './outcome-view.js';
import { VERIFIER_WORDS } from './words.js';

type Work =
  | { readonly state: 'idle' }
  | { readonly state: 'checking'; readonly subject: string }
  | { readonly state: 'done'; readonly outcome: Outcome };

export function VerifierPage() {
  const words = useWords(VERIFIER_WORDS);
  const [work, setWork] = useState<Work>({ state: 'idle' });
  usePageTitle(words.title);

  const run = useCallback((subject: string, check: () => Promise<Outcome>) => {
    setWork({ state: 'checking', subject });
    check().then(
      (outcome) => setWork({ state: 'done', outcome }),
      () => setWork({ state: 'done', outcome: { kind: 'unreachable', subject } }),
    );
  }, []);
  const takeFile = useCallback(
    (file: File) => run(file.name, async () => (await loadChecker()).checkFile(file)),
    [run],
  );
  const takeCode = useCallback(
    (code: string) => run(code, async () => (await loadChecker()).checkCode(code)),
    [run],
  );
  const linkedCode = useLinkedCode(takeCode);

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
          <FileChoice onFile={takeFile} />
          <p className="verifier-or quiet">{words.or}</p>
          <CodeForm key={linkedCode} initial={linkedCode} onCode={takeCode} />
        </div>
        <div>
          <div role="status">
            {work.state === 'checking' && <p className="verifier-busy">{words.checking(work.subject)}</p>}
          </div>
          {work.state === 'done' && <OutcomeView outcome={work.outcome} />}
        </div>
        <About />
      </main>
    </>
  );
}

/** A printed address or QR code carries the code behind "#": it is checked at once. Empty: there is none. */
function useLinkedCode(takeCode: (code: string) => void): string {
  const [code, setCode] = useState(codeInAddress);
  useEffect(() => {
    const changed = () => setCode(codeInAddress());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  useEffect(() => {
    if (code !== '') takeCode(code);
  }, [code, takeCode]);
  return code;
}

function codeInAddress(): string {
  try {
    return decodeURIComponent(location.hash.slice(1)).slice(0, 400);
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
    </details>
  );
}
