/** Home: the classes I teach first, then the others I may read. */
import type { ClassesAnswer, ClassSummary, SchoolDetailsAnswer } from '#contracts/school.js';
import { useResource } from '../../api/use-resource.js';
import { formatYear } from '../../format/dates.js';
import { useWords } from '../../i18n/language.js';
import { usePageTitle } from '../../parts/page-title.js';
import { Empty, Failure, Loading } from '../../parts/states.js';
import { goTo, Link } from '../../routing/navigation.js';
import { areaLabel, HOMEROOM, homeroomArea } from '../class/areas.js';
import { MY_CLASSES_WORDS } from './words.js';

export function MyClassesScreen({ yearId }: { readonly yearId: string | null }) {
  const words = useWords(MY_CLASSES_WORDS);
  const query = yearId === null ? '' : `?yearId=${encodeURIComponent(yearId)}`;
  const classes = useResource<ClassesAnswer>(`/api/classes${query}`);
  usePageTitle(words.title);
  return (
    <>
      <div className="heading">
        <h1>{words.title}</h1>
        <YearChoice chosen={classes.state === 'ready' ? (classes.value.year?.id ?? null) : yearId} />
      </div>
      {classes.state === 'loading' && <Loading />}
      {classes.state === 'failed' && <Failure problem={classes.problem} retry={classes.retry} />}
      {classes.state === 'ready' && <Classes classes={classes.value.classes} />}
    </>
  );
}

/** Left out while the years are not known: the classes are what matters. */
function YearChoice({ chosen }: { readonly chosen: string | null }) {
  const words = useWords(MY_CLASSES_WORDS);
  const school = useResource<SchoolDetailsAnswer>('/api/school');
  if (school.state !== 'ready' || school.value.years.length < 2) return null;
  return (
    <label className="choice">
      <span>{words.year}</span>
      <select
        value={chosen ?? ''}
        onChange={({ target }) => goTo({ screen: 'classes', yearId: target.value })}
      >
        {school.value.years.map((year) => (
          <option key={year.id} value={year.id}>
            {formatYear(year.label)}
            {year.closed ? ` (${words.closed})` : ''}
          </option>
        ))}
      </select>
    </label>
  );
}

function Classes({ classes }: { readonly classes: readonly ClassSummary[] }) {
  const words = useWords(MY_CLASSES_WORDS);
  const mine = classes.filter((one) => one.mine.length > 0);
  const others = classes.filter((one) => one.mine.length === 0);
  if (classes.length === 0) {
    return (
      <Empty title={words.none}>
        <p>{words.noneHelp}</p>
      </Empty>
    );
  }
  return (
    <>
      {mine.length > 0 && (
        <section>
          {others.length > 0 && <h2>{words.mine}</h2>}
          <ul className="cards">
            {mine.map((one) => (
              <ClassCard key={one.id} one={one} />
            ))}
          </ul>
        </section>
      )}
      {others.length > 0 && (
        <section>
          {mine.length > 0 && <h2>{words.others}</h2>}
          <ClassTable classes={others} />
        </section>
      )}
    </>
  );
}

function ClassCard({ one }: { readonly one: ClassSummary }) {
  const words = useWords(MY_CLASSES_WORDS);
  return (
    <li className="card">
      <div className="card-head">
        <Link
          to={{ screen: 'class', classId: one.id }}
          className="card-title"
          title={words.openClass(one.name)}
        >
          {one.name}
        </Link>
        <span className="quiet">
          {words.grade(one.grade)} · {words.pupils(one.pupilCount)}
        </span>
      </div>
      <p className="quiet">
        {words.homeroom}: <span className="strong">{one.homeroom?.fullName ?? words.noHomeroom}</span>
      </p>
      <ul className="chips">
        {one.mine.map((area) => (
          <li key={area}>
            <Link
              className={area === HOMEROOM ? 'chip chip-homeroom' : 'chip'}
              to={{
                screen: 'sheet',
                classId: one.id,
                area: area === HOMEROOM ? homeroomArea(one.ruleSet) : area,
                period: null,
              }}
            >
              {area === HOMEROOM ? words.homeroomOf : areaLabel(one.ruleSet, one.grade, area)}
            </Link>
          </li>
        ))}
      </ul>
    </li>
  );
}

function ClassTable({ classes }: { readonly classes: readonly ClassSummary[] }) {
  const words = useWords(MY_CLASSES_WORDS);
  return (
    <table className="list list-narrow">
      <thead>
        <tr>
          <th scope="col">{words.className}</th>
          <th scope="col">{words.homeroom}</th>
          <th scope="col" className="number">
            {words.pupilCount}
          </th>
          <th scope="col" className="wide-only" />
        </tr>
      </thead>
      <tbody>
        {classes.map((one) => (
          <tr key={one.id}>
            <th scope="row">
              <Link to={{ screen: 'class', classId: one.id }}>{one.name}</Link>
            </th>
            <td>{one.homeroom?.fullName ?? <span className="quiet">{words.noHomeroom}</span>}</td>
            <td className="number">{one.pupilCount}</td>
            <td className="wide-only">
              <Link to={{ screen: 'class', classId: one.id }}>{words.openSheets}</Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
