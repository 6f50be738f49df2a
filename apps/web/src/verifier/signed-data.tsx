/** J as people read it: what the school signed. Shown instead of the page's text, which proves nothing by itself. */
import type { ShownDocument } from '#verify/result.js';
import { formatDate, formatYear } from '../format/dates.js';
import { useWords } from '../i18n/language.js';
import { OtherDocument } from './other-document.js';
import { PrimaryYearView } from './primary-year-view.js';
import { SecondaryYearView } from './secondary-year-view.js';
import { SIGNED_WORDS } from './signed-words.js';

interface SignedDataProps {
  readonly document: ShownDocument;
  /** Whether it is known to be the school that signed it. */
  readonly confirmed: boolean;
}

export function SignedData({ document, confirmed }: SignedDataProps) {
  const words = useWords(SIGNED_WORDS);
  return (
    <section className="signed">
      <h2>{words.title}</h2>
      <p className={confirmed ? 'quiet small' : 'finding-doubt'}>
        {confirmed ? words.help : words.unconfirmed}
      </p>
      {document.type === 'hoc-ba' ? <BookData document={document} /> : <OtherDocument document={document} />}
    </section>
  );
}

type Book = Extract<ShownDocument, { readonly type: 'hoc-ba' }>;

function BookData({ document }: { readonly document: Book }) {
  const words = useWords(SIGNED_WORDS);
  const { school, pupil, year, council, issuedAt } = document.data;
  return (
    <>
      <div className="signed-head">
        <p className="quiet">
          {school.name} · {school.commune}, {school.province}
        </p>
        <p className="signed-name">{pupil.fullName}</p>
        <p>
          {words.classAndYear(year.className, formatYear(year.schoolYear))} · {words.homeroom}:{' '}
          {year.homeroomTeacher}
        </p>
      </div>
      <Facts
        rows={[
          [words.pupilCode, pupil.code],
          [words.birthDate, formatDate(pupil.birthDate)],
          [words.sex, words.sexes[pupil.sex]],
          [words.birthPlace, pupil.birthPlace],
          [words.ethnicity, pupil.ethnicity],
          [words.registerNumber, pupil.registerNumber],
        ]}
      />
      {year.kind === 'secondary' ? <SecondaryYearView year={year} /> : <PrimaryYearView year={year} />}
      <Facts
        rows={[
          [words.council, words.councilOf(council.number, formatDate(council.date))],
          [words.issuedAt, `${issuedAt.place}, ${formatDate(issuedAt.date)}`],
          [words.version, document.event === 0 ? words.firstVersion : words.laterVersion(document.event + 1)],
        ]}
      />
    </>
  );
}

/** Pairs of name and value; empty values are left out. */
export function Facts({
  rows,
}: {
  readonly rows: readonly (readonly [name: string, value: string | undefined])[];
}) {
  const present = rows.filter(([, value]) => value !== undefined && value !== '');
  if (present.length === 0) return null;
  return (
    <dl className="facts">
      {present.map(([name, value]) => (
        <div key={name} className={isLong(value) ? 'fact-long' : undefined}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A sentence rather than a value: it takes a row of its own. */
function isLong(value: string | undefined): boolean {
  return value !== undefined && value.length > 60;
}
