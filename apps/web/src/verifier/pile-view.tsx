/** The answers on many files: how many of each verdict, and a line a file that opens into its whole answer. */
import { memo, useState } from 'react';
import type { Verdict } from '#verify/steps.js';
import { useWords } from '../i18n/language.js';
import { Icon } from '../parts/icon.js';
import type { Outcome } from './check.js';
import { OutcomeView, VERDICT_ICONS } from './outcome-view.js';
import { PILE_WORDS } from './pile-words.js';
import { VERIFIER_WORDS } from './words.js';

/** Worst first: what needs a look must not stand below hundreds of good ones. */
const ORDER: readonly Verdict[] = ['invalid', 'revoked', 'superseded', 'unchecked', 'valid'];

interface PileViewProps {
  readonly files: number;
  readonly outcomes: readonly Outcome[];
}

export function PileView({ files, outcomes }: PileViewProps) {
  const words = useWords(PILE_WORDS);
  const finished = outcomes.length === files;
  const numbered = outcomes.map((outcome, number) => ({ outcome, number, verdict: verdictOf(outcome) }));
  const sorted = numbered.sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  return (
    <section className="pile" data-pile={finished ? 'finished' : 'checking'}>
      <h2>{words.title(files)}</h2>
      <p role="status">{finished ? words.done(files) : words.progress(outcomes.length, files)}</p>
      {!finished && <progress max={files} value={outcomes.length} aria-label={words.title(files)} />}
      <ul className="pile-counts">
        {ORDER.map((verdict) => ({ verdict, of: sorted.filter((each) => each.verdict === verdict).length }))
          .filter(({ of }) => of > 0)
          .map(({ verdict, of }) => (
            <li key={verdict} className={`pile-count face-${verdict}`}>
              <Icon name={VERDICT_ICONS[verdict]} /> {words.counts[verdict](of)}
            </li>
          ))}
      </ul>
      <p className="quiet small">{words.help}</p>
      <ul className="pile-lines">
        {sorted.map(({ outcome, number }) => (
          <Line key={number} outcome={outcome} />
        ))}
      </ul>
    </section>
  );
}

/** Drawn once: its answer does not change any more. */
const Line = memo(function Line({ outcome }: { readonly outcome: Outcome }) {
  const words = useWords(PILE_WORDS);
  const { faces } = useWords(VERIFIER_WORDS);
  const [open, setOpen] = useState(false);
  const verdict = verdictOf(outcome);
  const pupil = pupilOf(outcome);
  const demo = 'result' in outcome && outcome.result.demo;
  return (
    <li>
      <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary className={`pile-line face-${verdict}`} data-verdict={verdict} data-code={codeOf(outcome)}>
          <Icon name={VERDICT_ICONS[verdict]} />
          <span className="pile-name">
            {outcome.subject}
            {pupil !== undefined && <span className="quiet"> · {pupil}</span>}
          </span>
          <span className="pile-verdict">{faces[verdict].title}</span>
          {demo && <span className="face-demo pile-demo">{words.demo}</span>}
        </summary>
        {open && <OutcomeView outcome={outcome} />}
      </details>
    </li>
  );
});

/** What has no verdict could not be checked. */
function verdictOf(outcome: Outcome): Verdict {
  return 'result' in outcome ? outcome.result.verdict : 'unchecked';
}

/** For programs that read the page. */
function codeOf(outcome: Outcome): string {
  return 'result' in outcome ? (outcome.result.code ?? '') : outcome.kind;
}

/** Whose it is, where one pupil's name is signed. */
function pupilOf(outcome: Outcome): string | undefined {
  if (!('result' in outcome)) return undefined;
  const { document } = outcome.result;
  if (document !== null) return 'pupil' in document.data ? document.data.pupil.fullName : undefined;
  const shown = 'presentation' in outcome.result ? outcome.result.presentation : null;
  const name = shown?.fields['pupil/fullName'];
  return typeof name === 'string' ? name : undefined;
}
