/** Below a sheet: what its signs mean, and why closed columns are closed. */
import type { SheetAnswer } from '#contracts/gradebook.js';
import { useWords } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { SHEET_WORDS } from './words.js';

export function SheetNotes({ sheet }: { readonly sheet: SheetAnswer }) {
  const words = useWords(SHEET_WORDS);
  const reasons = new Map<string, string[]>();
  for (const { label, whyClosed } of sheet.columns) {
    if (whyClosed !== null) reasons.set(whyClosed, [...(reasons.get(whyClosed) ?? []), label]);
  }
  return (
    <div className="sheet-notes">
      <ul className="legend" aria-label={words.legend}>
        <li>
          <span className="sample">8,5</span> {words.recorded}
        </li>
        {sheet.mayEnter && (
          <li>
            <span className="sample draft">8,5</span> {words.draft} ({words.draftHelp})
          </li>
        )}
        <li>
          <Icon name="lock" size={16} /> {words.closed}
        </li>
      </ul>
      {reasons.size > 0 && (
        <dl className="reasons">
          {[...reasons].map(([why, columns]) => (
            <div key={why}>
              <dt>{columns.join(', ')}</dt>
              <dd>{why}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="quiet">
        {words.readOnly} {!sheet.mayEnter && words.draftsHidden}
      </p>
    </div>
  );
}
