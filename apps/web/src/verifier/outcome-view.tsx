/** An answer: its face first, then why, then what it rests on, then what the school signed. */
import { useEffect, useRef, type ReactNode } from 'react';
import type { VerificationResult } from '#verify/result.js';
import type { PresentationResult } from '#verify/verify-presentation.js';
import type { Verdict } from '#verify/steps.js';
import { useLanguage, useWords } from '../i18n/language.js';
import { Icon, type IconName } from '../parts/icon.js';
import type { Outcome } from './check.js';
import { Evidence } from './evidence.js';
import { isNamed, PresentationView } from './presentation-view.js';
import { PRESENTATION_WORDS } from './presentation-words.js';
import { codesOf, noteSentences, reasonSentence } from './reasons.js';
import { SignedData } from './signed-data.js';
import { VERIFIER_WORDS, type Checked } from './words.js';

export function OutcomeView({ outcome }: { readonly outcome: Outcome }) {
  const words = useWords(VERIFIER_WORDS);
  switch (outcome.kind) {
    case 'file':
    case 'code':
    case 'presentation':
      return <ResultView kind={outcome.kind} result={outcome.result} trusted={outcome.trusted} />;
    case 'notACode':
    case 'unknownCode':
    case 'unreachable':
    case 'unreadable':
    case 'failed': {
      const [title, text] = words[outcome.kind];
      return (
        <section className="outcome">
          <FaceView verdict="unchecked" title={title} subject={outcome.subject}>
            <p>{text}</p>
          </FaceView>
        </section>
      );
    }
  }
}

interface ResultViewProps {
  readonly kind: Checked;
  readonly result: VerificationResult | PresentationResult;
  readonly trusted: boolean;
}

function ResultView({ kind, result, trusted }: ResultViewProps) {
  const words = useWords(VERIFIER_WORDS);
  const { language } = useLanguage();
  const share = useWords(PRESENTATION_WORDS);
  const face = words.faces[result.verdict];
  const shown = 'presentation' in result ? result.presentation : null;
  // Without a bundle no issuer is trusted: the page says why there is none, instead of the consequence.
  const codes = codesOf(result.reasons).filter((code) => trusted || code !== 'ISSUER_NOT_TRUSTED');
  return (
    <section className="outcome">
      <FaceView verdict={result.verdict} title={face.title} subject={result.file} demo={result.demo}>
        <p>{face.meaning[kind]}</p>
        {shown !== null && isNamed(shown.audience) && (
          <p className="strong">{share.onlyYou(shown.audience)}</p>
        )}
        <ul className="points">
          {codes.map((code) => (
            <li key={code}>{reasonSentence(code, language)}</li>
          ))}
          {noteSentences(result.reasons, language).map((note) => (
            <li key={note}>{note}</li>
          ))}
          {!trusted && <li>{words.noTrust}</li>}
          {result.verdict === 'valid' && result.status.method === 'none' && <li>{words.noStatus}</li>}
        </ul>
        {face.advice[kind] !== '' && <p className="strong">{face.advice[kind]}</p>}
      </FaceView>
      {result.verdict !== 'invalid' && <Evidence result={result} />}
      {result.document !== null && (
        <SignedData document={result.document} confirmed={result.verdict !== 'unchecked'} />
      )}
      {shown !== null && <PresentationView presentation={shown} confirmed={result.verdict !== 'unchecked'} />}
      <div className="outcome-foot">
        <Technical result={result} />
        <button type="button" className="button button-small" onClick={() => print()}>
          <Icon name="print" /> {words.print}
        </button>
      </div>
    </section>
  );
}

/** The sign of each verdict. */
export const VERDICT_ICONS: Readonly<Record<Verdict, IconName>> = {
  valid: 'check',
  superseded: 'replaced',
  revoked: 'replaced',
  invalid: 'cross',
  unchecked: 'question',
};

interface FaceViewProps {
  readonly verdict: Verdict;
  readonly title: string;
  readonly subject: string;
  readonly demo?: boolean;
  readonly children: ReactNode;
}

/** The verdict in words, colour and sign; it takes the focus, so that a screen reader says it. */
function FaceView({ verdict, title, subject, demo = false, children }: FaceViewProps) {
  const words = useWords(VERIFIER_WORDS);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, [subject, verdict]);
  return (
    <div className={`face face-${verdict}`} data-verdict={verdict}>
      <span className="face-sign">
        <Icon name={VERDICT_ICONS[verdict]} size={40} />
      </span>
      <div className="face-words">
        <p className="face-subject">{subject}</p>
        <h2 ref={heading} tabIndex={-1} className="face-title">
          {title}
          {demo && <span className="face-demo">{words.demo}</span>}
        </h2>
        {demo && <p className="face-demo-help">{words.demoHelp}</p>}
        {children}
      </div>
    </div>
  );
}

/** Members of a result that need not stand there twice. */
const SHOWN_ABOVE = new Set(['document', 'presentation']);

/** What the verifier itself said, for those who want to follow it step by step. */
function Technical({ result }: { readonly result: VerificationResult }) {
  const words = useWords(VERIFIER_WORDS);
  const said = JSON.stringify(result, (key, value: unknown) => (SHOWN_ABOVE.has(key) ? undefined : value), 2);
  return (
    <details className="fold">
      <summary>{words.technical}</summary>
      <pre className="technical">{said}</pre>
    </details>
  );
}
