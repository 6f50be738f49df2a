/**
 * A whole credential (W3C, in the shape of CLR 2.0) as people read it. Whoever has no trust bundle sees it too, so it may be
 * of any shape: what is not there or is something else is left out.
 */
import type { Json } from '#ledger/format/jcs.js';
import { useWords } from '../i18n/language.js';
import { fieldText } from './field-values.js';
import { Facts } from './signed-data.js';
import { SIGNED_WORDS } from './signed-words.js';

export function CredentialView({ credential }: { readonly credential: Json }) {
  const words = useWords(SIGNED_WORDS);
  const subject = member(credential, 'credentialSubject');
  const identity = new Map(
    listOf(member(subject, 'identifier')).map((each) => [
      textOf(member(each, 'identityType')),
      textOf(member(each, 'identityHash')),
    ]),
  );
  const achieved = listOf(member(subject, 'verifiableCredential')).map(achievedIn);
  return (
    <>
      <div className="signed-head">
        <p className="quiet">{textOf(member(member(credential, 'issuer'), 'name'))}</p>
        <p className="signed-name">{identity.get('name')}</p>
        <p>{textOf(member(credential, 'name'))}</p>
      </div>
      <Facts
        rows={[
          [words.pupilCode, identity.get('sourcedId')],
          [words.birthDate, fieldText('', identity.get('ext:birthDate') ?? '')],
        ]}
      />
      {achieved
        .filter((each) => !each.isCourse)
        .map(({ name, results }) => (
          <div key={name} className="traits">
            <h3>{name}</h3>
            <Facts rows={results} />
          </div>
        ))}
      <Courses courses={achieved.filter((each) => each.isCourse)} />
    </>
  );
}

/** Subjects, a row each; the columns are the results that any of them has. */
function Courses({ courses }: { readonly courses: readonly Achieved[] }) {
  const words = useWords(SIGNED_WORDS);
  const columns = [...new Set(courses.flatMap(({ results }) => results.map(([column]) => column)))];
  if (courses.length === 0) return null;
  return (
    <div className="table-scroll">
      <table className="list presented-subjects">
        <thead>
          <tr>
            <th scope="col">{words.subject}</th>
            {columns.map((column) => (
              <th key={column} scope="col" className="mark">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {courses.map(({ name, results }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {columns.map((column) => (
                <td key={column} className="mark">
                  {results.find(([of]) => of === column)?.[1]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A subject, or the year. */
interface Achieved {
  readonly name: string;
  readonly isCourse: boolean;
  readonly results: readonly (readonly [name: string, value: string])[];
}

function achievedIn(credential: Json): Achieved {
  const subject = member(credential, 'credentialSubject');
  const achievement = member(subject, 'achievement');
  const isCourse = textOf(member(achievement, 'achievementType')) === 'Course';
  const names = new Map(
    listOf(member(achievement, 'resultDescription')).map((each) => [
      textOf(member(each, 'id')),
      textOf(member(each, 'name')),
    ]),
  );
  const results = listOf(member(subject, 'result')).map((each) => {
    const id = textOf(member(each, 'id'));
    const place = isCourse ? 'subjects/' : /\/(?:quality|competence)-/.test(id) ? 'qualities/' : '';
    const name = names.get(textOf(member(each, 'resultDescription'))) ?? '';
    return [name, fieldText(place, textOf(member(each, 'value')))] as const;
  });
  return { name: textOf(member(credential, 'name')), isCourse, results };
}

function member(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? (value as { readonly [key: string]: Json })[key] : undefined;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
