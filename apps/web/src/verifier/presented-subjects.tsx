/** Results of single subjects, as far as they are shown. */
import type { ShownPresentation } from '#verify/verify-presentation.js';
import { useWords } from '../i18n/language.js';
import { fieldText, subjectName } from './field-values.js';
import { SIGNED_WORDS } from './signed-words.js';

/** What stands in the table; the name is its head, and code and kind say nothing more. */
export const SUBJECT_FIELD =
  /^year\/subjects\/([^/]+)\/(code|name|kind|HK1|HK2|year|afterReassessment|level|test|additional\/level|additional\/test|remark)$/;

export function PresentedSubjects({ fields }: Pick<ShownPresentation, 'fields'>) {
  const words = useWords(SIGNED_WORDS);
  const subjects = subjectsIn(fields);
  const columns: readonly (readonly [part: string, head: string, className: string])[] = [
    ['HK1', 'HK I', 'mark'],
    ['HK2', 'HK II', 'mark'],
    ['year', words.wholeYear, 'mark strong'],
    ['afterReassessment', words.again, 'mark strong'],
    ['level', words.level, ''],
    ['test', words.test, 'mark'],
    ['additional/level', words.again, ''],
    ['additional/test', `${words.again}: ${words.test}`, 'mark'],
    ['remark', words.remark, 'signed-remark'],
  ];
  const used = columns.filter(([part]) => subjects.some(({ parts }) => parts.has(part)));
  if (subjects.length === 0) return null;
  return (
    <div className="table-scroll">
      <table className="list presented-subjects">
        <thead>
          <tr>
            <th scope="col">{words.subject}</th>
            {used.map(([part, head, className]) => (
              <th key={part} scope="col" className={className}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {subjects.map(({ code, parts }) => (
            <tr key={code}>
              <th scope="row">{parts.get('name') ?? subjectName(code, fields['year/grade'])}</th>
              {used.map(([part, , className]) => (
                <td key={part} className={className}>
                  {parts.get(part)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface PresentedSubject {
  readonly code: string;
  /** Texts by what they are of the subject. */
  readonly parts: ReadonlyMap<string, string>;
}

/** Subjects of which anything but the name is shown, in the order of the fields. */
function subjectsIn(fields: ShownPresentation['fields']): readonly PresentedSubject[] {
  const found = new Map<string, Map<string, string>>();
  for (const [path, value] of Object.entries(fields)) {
    const [, code, part] = SUBJECT_FIELD.exec(path) ?? [];
    if (code === undefined || part === undefined || typeof value === 'boolean') continue;
    const parts = found.get(code) ?? new Map<string, string>();
    parts.set(part, value === null ? '–' : fieldText(path, value));
    found.set(code, parts);
  }
  return [...found].map(([code, parts]) => ({ code, parts }));
}
