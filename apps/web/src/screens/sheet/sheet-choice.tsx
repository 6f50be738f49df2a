/** Going from sheet to sheet of a class: by area, by period. */
import type { SheetSummary } from '#contracts/gradebook.js';
import { useWords } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { goTo, Link } from '../../routing/navigation.js';
import { byArea, periodAtWork } from '../class/areas.js';
import { SHEET_WORDS } from './words.js';

interface ChoiceProps {
  readonly classId: string;
  readonly area: string;
  readonly period: string;
  readonly sheets: readonly SheetSummary[];
}

/** On a wide window, every area of the class beside the sheet. */
export function AreaList({ classId, area, period, sheets }: ChoiceProps) {
  const words = useWords(SHEET_WORDS);
  return (
    <nav className="area-list" aria-label={words.areas}>
      {byArea(sheets).map((one) => (
        <Link
          key={one.area}
          to={{ screen: 'sheet', classId, area: one.area, period: periodFor(sheets, one.area, period) }}
          current={one.area === area}
        >
          {one.label}
          {one.mine && <span className="dot" title={words.mine} />}
        </Link>
      ))}
    </nav>
  );
}

/** The same period of another area where it has one, else the one at work there. */
function periodFor(sheets: readonly SheetSummary[], area: string, period: string): string | null {
  const same = sheets.some((sheet) => sheet.area === area && sheet.period === period);
  return same ? period : periodAtWork(sheets, area);
}

/** The periods of the area as tabs; on a narrow window also the areas, to choose from. */
export function SheetChoice({ classId, area, period, sheets }: ChoiceProps) {
  const words = useWords(SHEET_WORDS);
  const areas = byArea(sheets);
  const periods = areas.find((one) => one.area === area)?.sheets ?? [];
  return (
    <div className="sheet-choice">
      <label className="choice area-choice">
        <span>{words.areas}</span>
        <select
          value={area}
          onChange={({ target: { value } }) =>
            goTo({ screen: 'sheet', classId, area: value, period: periodFor(sheets, value, period) })
          }
        >
          {areas.map((one) => (
            <option key={one.area} value={one.area}>
              {one.label}
            </option>
          ))}
        </select>
      </label>
      <nav className="tabs" aria-label={words.periods}>
        {periods.map((sheet) => (
          <Link
            key={sheet.period}
            to={{ screen: 'sheet', classId, area, period: sheet.period }}
            current={sheet.period === period}
          >
            {sheet.locked && <Icon name="lock" size={14} />}
            {sheet.periodLabel}
          </Link>
        ))}
      </nav>
    </div>
  );
}
