/** What somebody shows of a transcript: for whom and until when, the fields, and nothing that is not among them. */
import type { ShownPresentation } from '#verify/verify-presentation.js';
import { formatTime, formatYear } from '../format/dates.js';
import { useWords } from '../i18n/language.js';
import { Icon } from '../parts/icon.js';
import { CredentialView } from './credential-view.js';
import { fieldText, type FieldValue } from './field-values.js';
import { PRESENTATION_WORDS } from './presentation-words.js';
import { PresentedSubjects, SUBJECT_FIELD } from './presented-subjects.js';
import { Facts } from './signed-data.js';
import { SIGNED_WORDS } from './signed-words.js';

type Fields = ShownPresentation['fields'];

interface PresentationViewProps {
  readonly presentation: ShownPresentation;
  /** Whether it is known to be of the school. */
  readonly confirmed: boolean;
}

export function PresentationView({ presentation, confirmed }: PresentationViewProps) {
  const words = useWords(PRESENTATION_WORDS);
  const signed = useWords(SIGNED_WORDS);
  const { kind, fields, credential } = presentation;
  return (
    <section className="signed">
      <h2>{words.title}</h2>
      <p className={confirmed ? 'quiet small' : 'finding-doubt'}>
        {confirmed ? words.help : signed.unconfirmed}
      </p>
      <Receiver presentation={presentation} />
      {kind === 'credential' ? <CredentialView credential={credential} /> : <FieldsView fields={fields} />}
    </section>
  );
}

/** Whether it was made for somebody: the page cannot know whether its reader is meant. */
export function isNamed(audience: string | null): audience is string {
  return audience !== null && audience !== 'anyone';
}

function Receiver({
  presentation: { kind, audience, expires },
}: {
  readonly presentation: ShownPresentation;
}) {
  const words = useWords(PRESENTATION_WORDS);
  const bearer = kind !== 'sd-jwt' || audience === 'anyone';
  return (
    <div className="receiver">
      <Facts
        rows={[
          [words.form, words.kinds[kind]],
          [words.audience, isNamed(audience) ? audience : bearer ? words.anyone : words.notSaid],
          [words.expires, expires === null ? words.never : formatTime(expires)],
        ]}
      />
    </div>
  );
}

function FieldsView({ fields }: { readonly fields: Fields }) {
  const words = useWords(PRESENTATION_WORDS);
  const signed = useWords(SIGNED_WORDS);
  const text = (path: string): string => {
    const value = fields[path];
    return value === undefined || value === null || typeof value === 'boolean' ? '' : fieldText(path, value);
  };
  const grade = text('year/grade');
  const facts: readonly (readonly [path: string, name: string])[] = [
    ['pupil/code', signed.pupilCode],
    ['pupil/birthDate', signed.birthDate],
    ['pupil/birthPlace', signed.birthPlace],
    ['pupil/ethnicity', signed.ethnicity],
    ['pupil/registerNumber', signed.registerNumber],
    ['year/homeroomTeacher', signed.homeroom],
    ['year/learning/year', signed.learning],
    ['year/conduct/year', signed.conduct],
    ['year/yearResult', signed.yearResult],
    ['year/promotion/text', signed.decision],
    ['year/completion/text', signed.decision],
    ['year/honour/text', signed.honour],
    ['year/homeroomRemark', signed.homeroomRemark],
  ];
  const shown = new Set([...HEAD, ...facts.map(([path]) => path)]);
  const more = Object.entries(fields).filter(
    ([path]) => !shown.has(path) && !path.startsWith('statement/') && !SUBJECT_FIELD.test(path),
  );
  const where = [
    text('year/className') === ''
      ? grade === ''
        ? ''
        : words.grade(grade)
      : words.grade(text('year/className')),
    text('year/schoolYear') === '' ? '' : `${words.schoolYear} ${formatYear(text('year/schoolYear'))}`,
  ].filter((part) => part !== '');
  return (
    <>
      <div className="signed-head">
        <p className="quiet">{text('school/name')}</p>
        <p className="signed-name">{text('pupil/fullName')}</p>
        <p>{where.join(' · ')}</p>
      </div>
      <Facts rows={facts.map(([path, name]) => [name, text(path)] as const)} />
      <Statements fields={fields} />
      <PresentedSubjects fields={fields} />
      {more.length > 0 && <More fields={more} />}
    </>
  );
}

/** Shown at the head. */
const HEAD = ['school/name', 'pupil/fullName', 'year/schoolYear', 'year/grade', 'year/className'];

/** "Completed grade 9", which says nothing of marks. */
function Statements({ fields }: { readonly fields: Fields }) {
  const words = useWords(PRESENTATION_WORDS);
  const said = Object.entries(fields).flatMap(([path, value]) => {
    const [, what, of] = /^statement\/(completed-grade|completed-level)\/(.+)$/.exec(path) ?? [];
    if (what === undefined || of === undefined || typeof value !== 'boolean') return [];
    const sentence =
      what === 'completed-grade'
        ? words.completedGrade(of, value)
        : words.completedLevel(Object.hasOwn(words.levels, of) ? (words.levels[of] ?? of) : of, value);
    return [{ path, value, sentence }];
  });
  if (said.length === 0) return null;
  return (
    <ul className="statements">
      {said.map(({ path, value, sentence }) => (
        <li key={path} className={value ? 'finding finding-good' : 'finding finding-unsure'}>
          <Icon name={value ? 'check' : 'cross'} /> <span className="strong">{sentence}</span>
        </li>
      ))}
    </ul>
  );
}

/** Fields that have no place of their own on this page. */
function More({ fields }: { readonly fields: readonly (readonly [string, FieldValue])[] }) {
  const words = useWords(PRESENTATION_WORDS);
  const shown = (path: string, value: FieldValue): string => {
    if (value === null) return words.empty;
    if (typeof value === 'boolean') return value ? words.yes : words.no;
    return fieldText(path, value);
  };
  return (
    <details className="fold">
      <summary>{words.more(fields.length)}</summary>
      <p className="quiet small">{words.moreHelp}</p>
      <div className="table-scroll">
        <table className="list presented-fields">
          <thead>
            <tr>
              <th scope="col">{words.field}</th>
              <th scope="col">{words.value}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(([path, value]) => (
              <tr key={path}>
                <th scope="row">{path}</th>
                <td>{shown(path, value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
