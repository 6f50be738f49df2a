/** A year of primary school as signed (TT 27/2020). */
import type { PrimaryYear, TraitRow } from '#transcript/document.js';
import { PRIMARY_YEAR_LABELS, QUALITY_LEVEL_LABELS, SUBJECT_LEVEL_LABELS } from '#regulations/labels.js';
import { decimalComma } from '../format/cells.js';
import { useWords } from '../i18n/language.js';
import { Facts } from './signed-data.js';
import { SIGNED_WORDS } from './signed-words.js';

export function PrimaryYearView({ year }: { readonly year: PrimaryYear }) {
  const words = useWords(SIGNED_WORDS);
  const { qualities, competences } = year;
  return (
    <>
      <table className="list signed-table">
        <thead>
          <tr>
            <th scope="col">{words.subject}</th>
            <th scope="col">{words.level}</th>
            <th scope="col" className="mark">
              {words.test}
            </th>
            <th scope="col">{words.remark}</th>
          </tr>
        </thead>
        <tbody>
          {year.subjects.map((subject) => (
            <tr key={subject.code}>
              <th scope="row">{subject.name}</th>
              <td>
                {subject.notAssessed === true
                  ? words.notAssessed
                  : subject.level === null
                    ? '–'
                    : SUBJECT_LEVEL_LABELS[subject.level]}
                {subject.additional !== undefined &&
                  ` → ${SUBJECT_LEVEL_LABELS[subject.additional.level]} (${words.again})`}
              </td>
              <td className="mark strong">{subject.additional?.test ?? subject.test ?? ''}</td>
              <td className="signed-remark">{subject.remark}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Traits title={words.qualities} rows={qualities.rows} remark={qualities.remark} />
      <Traits
        title={words.competences}
        rows={[...competences.general, ...competences.specific]}
        remark={competences.remark}
      />
      <Facts
        rows={[
          [words.yearResult, year.yearResult === null ? undefined : PRIMARY_YEAR_LABELS[year.yearResult]],
          [words.decision, year.completion.text],
          [words.honour, year.honour?.text],
          [words.absencesPermitted, String(year.absences.permitted)],
          [words.absencesUnpermitted, String(year.absences.unpermitted)],
          [words.height, year.height && `${year.height} cm`],
          [words.weight, year.weight && `${decimalComma(year.weight)} kg`],
          [words.corrections, String(year.corrections.count)],
        ]}
      />
    </>
  );
}

interface TraitsProps {
  readonly title: string;
  readonly rows: readonly TraitRow[];
  readonly remark: string;
}

function Traits({ title, rows, remark }: TraitsProps) {
  const words = useWords(SIGNED_WORDS);
  const label = (row: TraitRow) => {
    const first = row.level === null ? '–' : QUALITY_LEVEL_LABELS[row.level];
    return row.additional === undefined
      ? first
      : `${first} → ${QUALITY_LEVEL_LABELS[row.additional]} (${words.again})`;
  };
  return (
    <div className="traits">
      <h3>{title}</h3>
      <Facts rows={[...rows.map((row) => [row.name, label(row)] as const), [words.remark, remark]]} />
    </div>
  );
}
