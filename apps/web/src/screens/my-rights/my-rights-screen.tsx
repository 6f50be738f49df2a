/** "Tôi được làm gì": every action by subject, whether I may, and the rule that says so. */
import { useState } from 'react';
import { ACTIONS } from '#policy/actions.js';
import { charterOn } from '#policy/charter.js';
import { rightOf, type Right } from '#policy/rights.js';
import { SUBJECTS, type Subject } from '#policy/subjects.js';
import { useRights, type Rights } from '../../api/rights.js';
import { formatDate } from '../../format/dates.js';
import { useWords } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { usePageTitle } from '../../parts/page-title.js';
import { Failure, Loading } from '../../parts/states.js';
import { MY_RIGHTS_WORDS } from './words.js';

export function MyRightsScreen() {
  const words = useWords(MY_RIGHTS_WORDS);
  const rights = useRights();
  usePageTitle(words.title);
  return (
    <>
      <div className="heading">
        <h1>{words.title}</h1>
      </div>
      {rights.state === 'loading' && <Loading />}
      {rights.state === 'failed' && <Failure problem={rights.problem} retry={rights.retry} />}
      {rights.state === 'ready' && <AllSubjects {...rights.value} />}
    </>
  );
}

function AllSubjects({ actor, somewhere }: Rights) {
  const words = useWords(MY_RIGHTS_WORDS);
  const [onlyAllowed, setOnlyAllowed] = useState(false);
  const charter = charterOn(actor.date, somewhere.schoolLevel);
  return (
    <div className="rights">
      <p className="quiet">
        {words.intro(charter, formatDate(actor.date))} {words.inVietnamese}
      </p>
      <label className="rights-filter">
        <input
          type="checkbox"
          checked={onlyAllowed}
          onChange={({ target }) => setOnlyAllowed(target.checked)}
        />
        {words.onlyAllowed}
      </label>
      {SUBJECTS.map((subject) => (
        <SubjectRights
          key={subject.title}
          subject={subject}
          rights={subject.actions.map((action) => rightOf(actor, action, somewhere))}
          onlyAllowed={onlyAllowed}
        />
      ))}
    </div>
  );
}

interface SubjectRightsProps {
  readonly subject: Subject;
  readonly rights: readonly Right[];
  readonly onlyAllowed: boolean;
}

function SubjectRights({ subject, rights, onlyAllowed }: SubjectRightsProps) {
  const words = useWords(MY_RIGHTS_WORDS);
  const may = rights.filter(({ extent }) => extent !== 'never');
  const shown = onlyAllowed ? may : rights;
  if (shown.length === 0) return null;
  return (
    <section>
      <h2>
        {subject.title} <span className="quiet rights-count">{words.count(may.length, rights.length)}</span>
      </h2>
      <ul className="rights-list">
        {shown.map((right) => (
          <RightLine key={right.action} right={right} />
        ))}
      </ul>
    </section>
  );
}

function RightLine({ right: { action, extent, decision, limits } }: { readonly right: Right }) {
  const words = useWords(MY_RIGHTS_WORDS);
  const { label, needsSecondFactor } = ACTIONS[action];
  return (
    <li className={`right right-${extent}`}>
      <p className="right-head">
        <span className="right-mark">
          <Icon name={extent === 'never' ? 'lock' : 'check'} size={16} /> {words.extent[extent]}
        </span>
        <span className="strong">{label}</span>
        {needsSecondFactor && <span className="tag">{words.secondFactor}</span>}
      </p>
      <p className="right-why">
        <code>{decision.rule}</code> {decision.sentence}
      </p>
      <p className="quiet right-basis">
        {words.basis}: {decision.basis}
      </p>
      {limits.length > 0 && (
        <details className="right-limits">
          <summary>{words.limits}</summary>
          <ul>
            {limits.map(({ rule, sentence }) => (
              <li key={rule}>
                <code>{rule}</code> {sentence}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
