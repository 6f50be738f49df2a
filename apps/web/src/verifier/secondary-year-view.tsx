/** A year of lower secondary school as signed (TT 22/2021). */
import type { SecondarySubject, SecondaryYear } from '#transcript/document.js';
import { COMMENT_SIGNS, LEVEL_LABELS } from '#regulations/labels.js';
import { decimalComma } from '../format/cells.js';
import { useWords } from '../i18n/language.js';
import { Facts } from './signed-data.js';
import { SIGNED_WORDS } from './signed-words.js';

export function SecondaryYearView({ year }: { readonly year: SecondaryYear }) {
  const words = useWords(SIGNED_WORDS);
  const reassessed = year.subjects.some((subject) => subject.afterReassessment !== undefined);
  return (
    <>
      <table className="list signed-table">
        <thead>
          <tr>
            <th scope="col">{words.subject}</th>
            <th scope="col" className="mark">
              HK I
            </th>
            <th scope="col" className="mark">
              HK II
            </th>
            <th scope="col" className="mark">
              {words.wholeYear}
            </th>
            {reassessed && (
              <th scope="col" className="mark">
                {words.again}
              </th>
            )}
            <th scope="col">{words.remark}</th>
          </tr>
        </thead>
        <tbody>
          {year.subjects.map((subject) => (
            <SubjectRow key={subject.code} subject={subject} reassessed={reassessed} />
          ))}
          <LevelRow
            name={words.conduct}
            levels={year.conduct}
            after={year.conduct.afterSummer ?? null}
            reassessed={reassessed}
          />
          <LevelRow
            name={words.learning}
            levels={year.learning}
            after={year.learning.afterReassessment ?? null}
            reassessed={reassessed}
          />
        </tbody>
      </table>
      <Facts
        rows={[
          [words.absences, String(year.absences)],
          [words.decision, year.promotion.text],
          [words.honour, year.honour?.text],
          [words.certificates, year.certificates],
          [words.competitions, year.competitions],
          [words.summerTraining, year.summerTraining],
          [words.homeroomRemark, year.homeroomRemark],
          [words.corrections, String(year.corrections.count)],
        ]}
      />
    </>
  );
}

interface SubjectRowProps {
  readonly subject: SecondarySubject;
  readonly reassessed: boolean;
}

function SubjectRow({ subject, reassessed }: SubjectRowProps) {
  const words = useWords(SIGNED_WORDS);
  const shown = (value: string | null | undefined) =>
    subject.notAssessed === true ? words.notAssessed : showResult(value);
  return (
    <tr>
      <th scope="row">
        {subject.name}
        {subject.exempt !== undefined && <span className="quiet"> ({words.exempt})</span>}
      </th>
      <td className="mark">{shown(subject.HK1)}</td>
      <td className="mark">{shown(subject.HK2)}</td>
      <td className="mark strong">{shown(subject.year)}</td>
      {reassessed && <td className="mark strong">{showResult(subject.afterReassessment)}</td>}
      <td className="signed-remark">{subject.remark}</td>
    </tr>
  );
}

interface LevelRowProps {
  readonly name: string;
  readonly levels: SecondaryYear['learning'] | SecondaryYear['conduct'];
  readonly after: SecondaryYear['learning']['year'];
  readonly reassessed: boolean;
}

function LevelRow({ name, levels, after, reassessed }: LevelRowProps) {
  const words = useWords(SIGNED_WORDS);
  const label = (level: SecondaryYear['learning']['year']) => (level === null ? '–' : LEVEL_LABELS[level]);
  return (
    <tr className="signed-level">
      <th scope="row">{name}</th>
      <td className="mark">{label(levels.HK1)}</td>
      <td className="mark">{label(levels.HK2)}</td>
      <td className="mark strong">{label(levels.year)}</td>
      {reassessed && <td className="mark strong">{after !== null && label(after)}</td>}
      <td className="signed-remark">{!reassessed && after !== null && `${words.again}: ${label(after)}`}</td>
    </tr>
  );
}

/** "7.8" → "7,8"; "D" → "Đ"; a term that was not attended → "–". */
function showResult(value: string | null | undefined): string {
  if (value === undefined) return '';
  if (value === null) return '–';
  return value === 'D' || value === 'CD' ? COMMENT_SIGNS[value] : decimalComma(value);
}
