/** A sheet of a class, to be read: choose area and period, see the values. */
import { useEffect, type ReactNode } from 'react';
import type { SheetAnswer, SheetsAnswer, SheetSummary } from '#contracts/gradebook.js';
import { useResource } from '../../api/use-resource.js';
import { useWords } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { usePageTitle } from '../../parts/page-title.js';
import { Empty, Failure, Loading } from '../../parts/states.js';
import { Trail } from '../../parts/trail.js';
import { Link } from '../../routing/navigation.js';
import { formatRoute } from '../../routing/routes.js';
import { periodAtWork } from '../class/areas.js';
import { AreaList, SheetChoice } from './sheet-choice.js';
import { SheetNotes } from './sheet-notes.js';
import { SheetTable } from './sheet-table.js';
import { SHEET_WORDS } from './words.js';

interface SheetScreenProps {
  readonly classId: string;
  readonly area: string;
  /** Null: the period now at work. */
  readonly period: string | null;
}

export function SheetScreen({ classId, area, period }: SheetScreenProps) {
  const sheets = useResource<SheetsAnswer>(`/api/classes/${encodeURIComponent(classId)}/sheets`);
  if (sheets.state === 'loading') return <Loading />;
  if (sheets.state === 'failed') return <Failure problem={sheets.problem} retry={sheets.retry} />;
  return <ChosenSheet classId={classId} area={area} period={period} sheets={sheets.value.sheets} />;
}

interface ChosenSheetProps extends SheetScreenProps {
  readonly sheets: readonly SheetSummary[];
}

function ChosenSheet({ classId, area, period, sheets }: ChosenSheetProps) {
  const words = useWords(SHEET_WORDS);
  const chosen = period ?? periodAtWork(sheets, area);
  useEffect(() => {
    // The address says which sheet is seen, so that it can be kept or sent.
    if (period === null && chosen !== null) {
      history.replaceState(null, '', formatRoute({ screen: 'sheet', classId, area, period: chosen }));
    }
  }, [classId, area, period, chosen]);

  const summary = sheets.find((sheet) => sheet.area === area && sheet.period === chosen);
  if (summary === undefined) {
    return (
      <Empty title={words.noSheet}>
        <p>{words.noSheetHelp}</p>
        <Link to={{ screen: 'class', classId }}>{words.toClass}</Link>
      </Empty>
    );
  }
  const one = { classId, area, period: summary.period };
  return (
    <div className="sheet-layout">
      <AreaList {...one} sheets={sheets} />
      <div className="sheet-main">
        <SheetBody classId={classId} summary={summary} choice={<SheetChoice {...one} sheets={sheets} />} />
      </div>
    </div>
  );
}

interface SheetBodyProps {
  readonly classId: string;
  readonly summary: SheetSummary;
  readonly choice: ReactNode;
}

function SheetBody({ classId, summary, choice }: SheetBodyProps) {
  const words = useWords(SHEET_WORDS);
  const path = `/api/classes/${[classId, 'sheets', summary.area, summary.period].map(encodeURIComponent).join('/')}`;
  const sheet = useResource<SheetAnswer>(path);
  const value = sheet.state === 'ready' ? sheet.value : null;
  usePageTitle(value && `${words.title(value.areaLabel, value.periodLabel)}, ${value.className}`);
  return (
    <>
      <SheetHeading summary={summary} sheet={value} />
      {choice}
      {sheet.state === 'loading' && <Loading lines={12} />}
      {sheet.state === 'failed' && <Failure problem={sheet.problem} retry={sheet.retry} />}
      {value !== null && <Sheet sheet={value} />}
    </>
  );
}

interface SheetHeadingProps {
  readonly summary: SheetSummary;
  /** Null while it is loading, or when it cannot be shown. */
  readonly sheet: SheetAnswer | null;
}

function SheetHeading({ summary, sheet }: SheetHeadingProps) {
  const words = useWords(SHEET_WORDS);
  return (
    <>
      {sheet === null ? (
        <Trail yearId={null} />
      ) : (
        <Trail yearId={null} above={{ classId: sheet.classId, name: words.classTitle(sheet.className) }} />
      )}
      <div className="heading">
        <h1>{words.title(summary.label, summary.periodLabel)}</h1>
        {sheet !== null && <SheetFacts sheet={sheet} />}
      </div>
    </>
  );
}

function SheetFacts({ sheet }: { readonly sheet: SheetAnswer }) {
  const words = useWords(SHEET_WORDS);
  const present = sheet.pupils.filter((pupil) => pupil.leftOn === null);
  return (
    <>
      <p className="quiet">
        {words.classTitle(sheet.className)} · {words.pupils(present.length)}
      </p>
      {sheet.locked && (
        <span className="tag tag-locked">
          <Icon name="lock" size={14} /> {words.sheetLocked}
        </span>
      )}
      <button type="button" className="button button-small wide-only" onClick={() => print()}>
        <Icon name="print" /> {words.print}
      </button>
    </>
  );
}

function Sheet({ sheet }: { readonly sheet: SheetAnswer }) {
  const words = useWords(SHEET_WORDS);
  return (
    <>
      {sheet.pupils.length === 0 ? <Empty title={words.noPupils} /> : <SheetTable sheet={sheet} />}
      <SheetNotes sheet={sheet} />
    </>
  );
}
