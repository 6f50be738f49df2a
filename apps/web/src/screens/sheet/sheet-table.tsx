/** Pupils by columns. On a phone each pupil is a block of its own (styles/sheet.css); the roles keep it a table. */
import type {
  SheetAnswer,
  SheetCellAnswer,
  SheetColumnAnswer,
  SheetPupilAnswer,
} from '#contracts/gradebook.js';
import { decimalComma, showValue } from '../../format/cells.js';
import { formatDate, formatTime } from '../../format/dates.js';
import { useWords } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { PupilName } from '../../parts/pupil-name.js';
import { hasAverage, provisionalAverage } from './provisional-average.js';
import { SHEET_WORDS } from './words.js';

export function SheetTable({ sheet }: { readonly sheet: SheetAnswer }) {
  const averaged = hasAverage(sheet);
  return (
    <div className="sheet-scroll" tabIndex={0} role="region" aria-label={sheet.areaLabel}>
      <table className="sheet" role="table">
        <Head columns={sheet.columns} averaged={averaged} />
        <tbody role="rowgroup">
          {sheet.pupils.map((pupil, index) => (
            <PupilRow
              key={pupil.id}
              number={index + 1}
              pupil={pupil}
              columns={sheet.columns}
              averaged={averaged}
            />
          ))}
        </tbody>
        <Foot sheet={sheet} averaged={averaged} />
      </table>
    </div>
  );
}

interface ColumnsProps {
  readonly columns: readonly SheetColumnAnswer[];
  readonly averaged: boolean;
}

function Head({ columns, averaged }: ColumnsProps) {
  const words = useWords(SHEET_WORDS);
  return (
    <thead role="rowgroup">
      <tr role="row">
        <th scope="col" role="columnheader" className="at-number">
          {words.number}
        </th>
        <th scope="col" role="columnheader" className="at-name">
          {words.name}
        </th>
        {withAverage(columns, averaged).map((column) =>
          column === 'average' ? (
            <th key="average" scope="col" role="columnheader" className="at-value" title={words.averageHelp}>
              {words.average}
            </th>
          ) : (
            <th
              key={column.code}
              scope="col"
              role="columnheader"
              className={`${placeOf(column)}${column.open ? '' : ' closed'}`}
              title={column.whyClosed ?? undefined}
            >
              {column.label}
              {!column.open && (
                <>
                  {' '}
                  <Icon name="lock" size={13} />
                  <span className="visually-hidden">({words.closed})</span>
                </>
              )}
            </th>
          ),
        )}
      </tr>
    </thead>
  );
}

interface PupilRowProps extends ColumnsProps {
  readonly number: number;
  readonly pupil: SheetPupilAnswer;
}

function PupilRow({ number, pupil, columns, averaged }: PupilRowProps) {
  const words = useWords(SHEET_WORDS);
  const cells = new Map(pupil.cells.map((cell) => [cell.column, cell]));
  const average = averaged ? provisionalAverage(columns, cells) : null;
  return (
    <tr role="row" className={pupil.leftOn === null ? undefined : 'gone'}>
      <td role="cell" className="at-number">
        {number}
      </td>
      <th scope="row" role="rowheader" className="at-name">
        <PupilName name={pupil.fullName} />
        {pupil.leftOn !== null && <span className="left-note">{words.left(formatDate(pupil.leftOn))}</span>}
      </th>
      {withAverage(columns, averaged).map((column) =>
        column === 'average' ? (
          <td key="average" role="cell" className="at-value average" data-label={words.average}>
            {average !== null && decimalComma(average)}
          </td>
        ) : (
          <Cell key={column.code} column={column} cell={cells.get(column.code)} />
        ),
      )}
    </tr>
  );
}

interface CellProps {
  readonly column: SheetColumnAnswer;
  readonly cell: SheetCellAnswer | undefined;
}

function Cell({ column, cell }: CellProps) {
  const words = useWords(SHEET_WORDS);
  const place = `${placeOf(column)}${column.open ? '' : ' closed'}`;
  if (cell === undefined || cell.value === null) {
    return <td role="cell" className={`${place} nothing`} data-label={column.label} />;
  }
  const draft = cell.state === 'draft';
  const { text, meaning } = showValue(column.kind, cell.value);
  const story = words.cell(draft ? words.draft : words.recorded, cell.teacher, formatTime(cell.updatedAt));
  return (
    <td
      role="cell"
      className={draft ? `${place} draft` : place}
      data-label={column.label}
      title={meaning === null ? story : `${meaning}\n${story}`}
    >
      <span>{text}</span>
      {draft && <span className="visually-hidden"> ({words.draft})</span>}
    </td>
  );
}

/** How many pupils of the class have something in each column. */
function Foot({ sheet, averaged }: { readonly sheet: SheetAnswer; readonly averaged: boolean }) {
  const words = useWords(SHEET_WORDS);
  const present = sheet.pupils.filter((pupil) => pupil.leftOn === null);
  const entered = (code: string) =>
    present.filter((pupil) => pupil.cells.some((cell) => cell.column === code && cell.value !== null)).length;
  return (
    <tfoot role="rowgroup">
      <tr role="row">
        <td role="cell" className="at-number" />
        <th scope="row" role="rowheader" className="at-name">
          {words.entered}
        </th>
        {withAverage(sheet.columns, averaged).map((column) =>
          column === 'average' ? (
            <td key="average" role="cell" className="at-value" />
          ) : (
            <td key={column.code} role="cell" className={placeOf(column)} data-label={column.label}>
              {entered(column.code)}/{present.length}
            </td>
          ),
        )}
      </tr>
    </tfoot>
  );
}

/** The average stands after the marks and before the remark, as in the paper book. */
function withAverage(
  columns: readonly SheetColumnAnswer[],
  averaged: boolean,
): readonly (SheetColumnAnswer | 'average')[] {
  if (!averaged) return columns;
  const remark = columns.findIndex((column) => column.kind === 'remark');
  const at = remark < 0 ? columns.length : remark;
  return [...columns.slice(0, at), 'average', ...columns.slice(at)];
}

function placeOf(column: SheetColumnAnswer): 'at-remark' | 'at-level' | 'at-value' {
  if (column.kind === 'remark') return 'at-remark';
  return column.kind === 'conduct' ? 'at-level' : 'at-value';
}
