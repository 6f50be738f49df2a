/** An answer: its face first, then why, then what it rests on, then what the school signed. */
import { useEffect, useRef, type ReactNode } from 'react';
import type { VerificationResult } from '#verify/result.js';
import type { Verdict } from '#verify/steps.js';
import { useLanguage, useWords } from '../i18n/language.js';
import { Icon, type IconName } from '../parts/icon.js';
import type { Outcome } from './check.js';
import { Evidence } from './evidence.js';
import { codesOf, reasonSentence } from './reasons.js';
import { SignedData } from './signed-data.js';
import { VERIFIER_WORDS } from './words.js';

export function OutcomeView({ outcome }: { readonly outcome: Outcome }) {
  const words = useWords(VERIFIER_WORDS);
  switch (outcome.kind) {
    case 'file':
    case 'code':
      return <ResultView kind={outcome.kind} result={outcome.result} trusted={outcome.trusted} />;
    case 'notACode':
    case 'unknownCode':
    case 'unreachable':
    case 'unreadable': {
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
  readonly kind: 'file' | 'code';
  readonly result: VerificationResult;
  readonly trusted: boolean;
}

function ResultView({ kind, result, trusted }: ResultViewProps) {
  const words = useWords(VERIFIER_WORDS);
  const { language } = useLanguage();
  const face = words.faces[result.verdict];
  // Without a bundle no issuer is trusted: the page says why there is none, instead of the consequence.
  const codes = codesOf(result.reasons).filter((code) => trusted || code !== 'ISSUER_NOT_TRUSTED');
  return (
    <section className="outcome">
      <FaceView verdict={result.verdict} title={face.title} subject={result.file} demo={result.demo}>
        <p>{kind === 'file' ? face.meaning : face.codeMeaning}</p>
        <ul className="points">
          {codes.map((code) => (
            <li key={code}>{reasonSentence(code, language)}</li>
          ))}
          {!trusted && <li>{words.noTrust}</li>}
          {result.verdict === 'valid' && result.status.method === 'none' && <li>{words.noStatus}</li>}
        </ul>
        {face.advice !== '' && <p className="strong">{face.advice}</p>}
      </FaceView>
      {result.verdict !== 'invalid' && <Evidence result={result} />}
      {result.document !== null && (
        <SignedData document={result.document} confirmed={result.verdict !== 'unchecked'} />
      )}
      <div className="outcome-foot">
        <Technical result={result} />
        <button type="button" className="button button-small" onClick={() => print()}>
          <Icon name="print" /> {words.print}
        </button>
      </div>
    </section>
  );
}

const ICONS: Readonly<Record<Verdict, IconName>> = {
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
        <Icon name={ICONS[verdict]} size={40} />
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

/** What the verifier itself said, for those who want to follow it step by step. */
function Technical({ result }: { readonly result: VerificationResult }) {
  const words = useWords(VERIFIER_WORDS);
  // The document itself is shown above.
  const said = JSON.stringify(result, (key, value: unknown) => (key === 'document' ? undefined : value), 2);
  return (
    <details className="fold">
      <summary>{words.technical}</summary>
      <pre className="technical">{said}</pre>
    </details>
  );
}
