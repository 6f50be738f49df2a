/** One class: its sheets with their progress, and its list. */
import type { SheetsAnswer, SheetSummary } from '#contracts/gradebook.js';
import type { ClassAnswer, PupilAnswer } from '#contracts/school.js';
import { useResource } from '../../api/use-resource.js';
import { formatDate, formatYear } from '../../format/dates.js';
import { useWords } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { usePageTitle } from '../../parts/page-title.js';
import { PupilName } from '../../parts/pupil-name.js';
import { Empty, Failure, Loading } from '../../parts/states.js';
import { Trail } from '../../parts/trail.js';
import { Link } from '../../routing/navigation.js';
import { byArea, progressOf, type AreaSheets } from './areas.js';
import { CLASS_WORDS } from './words.js';

export function ClassScreen({ classId }: { readonly classId: string }) {
  const words = useWords(CLASS_WORDS);
  const one = useResource<ClassAnswer>(`/api/classes/${encodeURIComponent(classId)}`);
  usePageTitle(one.state === 'ready' ? words.classTitle(one.value.name) : null);
  if (one.state === 'loading') return <Loading />;
  if (one.state === 'failed') return <Failure problem={one.problem} retry={one.retry} />;
  const { name, grade, pupilCount, homeroom, pupils, yearLabel, yearId } = one.value;
  return (
    <>
      <Trail yearId={yearId} />
      <div className="heading">
        <h1>{words.classTitle(name)}</h1>
        <p className="quiet">
          {formatYear(yearLabel)} · {words.grade(grade)} · {words.pupils(pupilCount)}
          {homeroom !== null && <> · {words.homeroom(homeroom.fullName)}</>}
        </p>
      </div>
      <h2>{words.sheets}</h2>
      <Sheets classId={classId} />
      <details className="fold">
        <summary>{words.list(pupils.length)}</summary>
        {pupils.length === 0 ? <p className="quiet">{words.noPupils}</p> : <ClassList pupils={pupils} />}
      </details>
    </>
  );
}

function Sheets({ classId }: { readonly classId: string }) {
  const words = useWords(CLASS_WORDS);
  const answer = useResource<SheetsAnswer>(`/api/classes/${encodeURIComponent(classId)}/sheets`);
  if (answer.state === 'loading') return <Loading />;
  if (answer.state === 'failed') return <Failure problem={answer.problem} retry={answer.retry} />;
  const { sheets } = answer.value;
  if (sheets.length === 0) return <Empty title={words.noSheets} />;
  return <SheetMatrix classId={classId} sheets={sheets} />;
}

interface SheetMatrixProps {
  readonly classId: string;
  readonly sheets: readonly SheetSummary[];
}

/** Areas by periods; each cell opens its sheet. */
function SheetMatrix({ classId, sheets }: SheetMatrixProps) {
  const words = useWords(CLASS_WORDS);
  const periods = [...new Map(sheets.map((sheet) => [sheet.period, sheet.periodLabel]))];
  return (
    <table className="list matrix">
      <thead>
        <tr>
          <th scope="col">{words.area}</th>
          {periods.map(([period, label]) => (
            <th key={period} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {byArea(sheets).map((area) => (
          <MatrixRow key={area.area} classId={classId} area={area} periods={periods} />
        ))}
      </tbody>
    </table>
  );
}

interface MatrixRowProps {
  readonly classId: string;
  readonly area: AreaSheets;
  readonly periods: readonly (readonly [code: string, label: string])[];
}

function MatrixRow({ classId, area, periods }: MatrixRowProps) {
  const words = useWords(CLASS_WORDS);
  return (
    <tr>
      <th scope="row">
        {area.label} {area.mine && <span className="tag">{words.mine}</span>}
      </th>
      {periods.map(([period, label]) => {
        const sheet = area.sheets.find((candidate) => candidate.period === period);
        return (
          <td key={period} data-label={label}>
            {sheet !== undefined && <SheetLink classId={classId} sheet={sheet} />}
          </td>
        );
      })}
    </tr>
  );
}

function SheetLink({ classId, sheet }: { readonly classId: string; readonly sheet: SheetSummary }) {
  const words = useWords(CLASS_WORDS);
  const progress = progressOf(sheet);
  return (
    <Link
      to={{ screen: 'sheet', classId, area: sheet.area, period: sheet.period }}
      className={`progress progress-${progress}`}
      title={`${sheet.label}, ${sheet.periodLabel}`}
    >
      <span className="progress-words">
        {progress === 'locked' && <Icon name="lock" size={14} />}
        {progress === 'done' && <Icon name="check" size={14} />}
        {words.progress[progress]}
      </span>
      <span className="progress-count">
        {words.recordedOf(sheet.recorded, sheet.required)}
        {sheet.drafts > 0 && <> · {words.drafts(sheet.drafts)}</>}
      </span>
      <progress value={sheet.recorded} max={Math.max(sheet.required, 1)} aria-hidden="true" />
    </Link>
  );
}

function ClassList({ pupils }: { readonly pupils: readonly PupilAnswer[] }) {
  const words = useWords(CLASS_WORDS);
  const { columns } = words;
  return (
    <table className="list">
      <thead>
        <tr>
          <th scope="col" className="number">
            {columns.number}
          </th>
          <th scope="col">{columns.name}</th>
          <th scope="col" className="wide-only">
            {columns.code}
          </th>
          <th scope="col" className="wide-only">
            {columns.sex}
          </th>
          <th scope="col">{columns.birthDate}</th>
        </tr>
      </thead>
      <tbody>
        {pupils.map((pupil, index) => (
          <tr key={pupil.id} className={pupil.leftOn === null ? undefined : 'gone'}>
            <td className="number">{index + 1}</td>
            <th scope="row">
              <PupilName name={pupil.fullName} />
              {pupil.leftOn !== null && (
                <span className="quiet"> ({words.left(formatDate(pupil.leftOn))})</span>
              )}
            </th>
            <td className="wide-only">{pupil.code}</td>
            <td className="wide-only">{words.sex[pupil.sex]}</td>
            <td>{formatDate(pupil.birthDate)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
