/** What was signed in a document that is no học bạ: a slip for parents, a class summary, a class register. */
import type { RegisterRow } from '#transcript/class-register.js';
import { COMMENT_SIGNS, LEVEL_LABELS } from '#regulations/labels.js';
import type { ShownDocument } from '#verify/result.js';
import { decimalComma } from '../format/cells.js';
import { formatDate, formatYear } from '../format/dates.js';
import { useWords } from '../i18n/language.js';
import { OTHER_DOCUMENT_WORDS } from './other-document-words.js';
import { Facts } from './signed-data.js';
import { SIGNED_WORDS } from './signed-words.js';

type Other = Exclude<ShownDocument, { readonly type: 'hoc-ba' }>;
type Of<T extends Other['type']> = Extract<Other, { readonly type: T }>;

export function OtherDocument({ document }: { readonly document: Other }) {
  const words = useWords(SIGNED_WORDS);
  const own = useWords(OTHER_DOCUMENT_WORDS);
  const { school, issuedAt } = document.data;
  return (
    <>
      <div className="signed-head">
        <p className="quiet">
          {school.name} · {school.commune}, {school.province}
        </p>
        <p className="signed-name">{own.titles[document.type]}</p>
      </div>
      {document.type === 'phieu-ket-qua' && <Slip document={document} />}
      {document.type === 'bang-tong-hop' && <Summary document={document} />}
      {document.type === 'so-theo-doi-lop' && <Register document={document} />}
      <Facts
        rows={[
          [words.issuedAt, `${issuedAt.place}, ${formatDate(issuedAt.date)}`],
          [words.version, document.event === 0 ? words.firstVersion : words.laterVersion(document.event + 1)],
        ]}
      />
    </>
  );
}

function Slip({ document }: { readonly document: Of<'phieu-ket-qua'> }) {
  const words = useWords(SIGNED_WORDS);
  const own = useWords(OTHER_DOCUMENT_WORDS);
  const { pupil, slip } = document.data;
  const secondary = slip.kind === 'secondary';
  return (
    <>
      <Facts
        rows={[
          [own.pupil, pupil.fullName],
          [words.pupilCode, pupil.code],
          [words.birthDate, formatDate(pupil.birthDate)],
          [words.homeroom, slip.homeroomTeacher],
        ]}
      />
      <p>{own.classAndYear(slip.className, formatYear(slip.schoolYear), `${slip.period}, `)}</p>
      {secondary ? (
        <Grid
          heads={[
            words.subject,
            own.regular,
            own.midterm,
            own.final,
            own.average,
            words.wholeYear,
            words.remark,
          ]}
          rows={slip.subjects.map((subject) => [
            subject.name,
            subject.regular.map((mark) => shown(mark)).join(' '),
            shown(subject.midterm),
            shown(subject.final),
            shown(subject.average),
            shown(subject.year ?? null),
            subject.remark,
          ])}
        />
      ) : (
        <Grid
          heads={[words.subject, words.level, words.test, words.remark]}
          rows={[
            ...slip.subjects.map(({ name, level, test, remark }) => [name, level ?? '', test ?? '', remark]),
            ...[...slip.qualities, ...slip.general, ...slip.specific].map(({ name, level }) => [
              name,
              level ?? '',
              '',
              '',
            ]),
          ]}
        />
      )}
      {secondary && (
        <Facts
          rows={[
            [words.conduct, slip.conduct === null ? '' : LEVEL_LABELS[slip.conduct]],
            [words.learning, slip.learning === null ? '' : LEVEL_LABELS[slip.learning]],
            [words.absences, String(slip.absences.permitted + slip.absences.unpermitted)],
            [words.decision, slip.yearResult?.promotion],
            [words.honour, slip.yearResult?.honour],
            [words.homeroomRemark, slip.homeroomRemark],
          ]}
        />
      )}
      {!secondary && (
        <Facts
          rows={[
            [words.decision, slip.yearResult?.completion],
            [words.honour, slip.yearResult?.honour],
          ]}
        />
      )}
    </>
  );
}

function Summary({ document }: { readonly document: Of<'bang-tong-hop'> }) {
  const own = useWords(OTHER_DOCUMENT_WORDS);
  const { className, schoolYear, period, subjects, traits, pupils } = document.data;
  return (
    <>
      <p>{own.classAndYear(className, formatYear(schoolYear), `${period}, `)}</p>
      <Grid
        heads={[
          own.pupil,
          ...subjects.map(({ name }) => name),
          ...traits.map(({ name }) => name),
          own.yearEnd,
        ]}
        rows={pupils.map((row) => [
          row.fullName,
          ...row.subjects.map(({ level, test }) => [level ?? '', test ?? ''].join(' ').trim()),
          ...row.traits.map((level) => level ?? ''),
          row.year?.completion ?? '',
        ])}
      />
    </>
  );
}

function Register({ document }: { readonly document: Of<'so-theo-doi-lop'> }) {
  const words = useWords(SIGNED_WORDS);
  const own = useWords(OTHER_DOCUMENT_WORDS);
  const { className, schoolYear, homeroomTeacher, pupils, sheets } = document.data;
  const names = new Map(pupils.map(({ code, fullName }) => [code, fullName]));
  return (
    <>
      <p>{own.classAndYear(className, formatYear(schoolYear), '')}</p>
      <Facts
        rows={[
          [words.homeroom, homeroomTeacher],
          [own.pupils, String(pupils.length)],
        ]}
      />
      {sheets.map((sheet) => (
        <details key={`${sheet.code}/${sheet.term}`}>
          <summary>
            {sheet.name} · {own.term} {sheet.term === 'HK1' ? 'I' : 'II'} · {sheet.teachers}
          </summary>
          <Grid
            heads={[own.pupil, own.regular, own.midterm, own.final, own.average, own.yearEnd, words.remark]}
            rows={sheet.rows.map((row) => [
              names.get(row.pupil) ?? row.pupil,
              row.regular
                .map((mark, i) => withOld(row, `TX${String(i + 1)}`, shown(mark), own.corrected))
                .join(' '),
              withOld(row, 'GK', shown(row.midterm), own.corrected),
              withOld(row, 'CK', shown(row.final), own.corrected),
              shown(row.average),
              shown(row.year ?? null),
              withOld(row, 'NX', row.remark, own.corrected),
            ])}
          />
        </details>
      ))}
    </>
  );
}

/** A value, and what stood there before it was corrected. */
function withOld(row: RegisterRow, column: string, now: string, said: (was: string) => string): string {
  const was = row.corrected?.find((each) => each.column === column)?.was ?? [];
  return was.length === 0 ? now : `${now} ${said(was.map((mark) => shown(mark)).join(', '))}`;
}

function shown(mark: string | null): string {
  if (mark === 'D' || mark === 'CD') return COMMENT_SIGNS[mark];
  return mark === null ? '' : decimalComma(mark);
}

function Grid({
  heads,
  rows,
}: {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}) {
  return (
    <div className="table-scroll">
      <table className="list">
        <thead>
          <tr>
            {heads.map((head, i) => (
              <th scope="col" key={i}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            <tr key={r}>
              {row.map((value, c) => (
                <td key={c}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
