/** Tables of a form: rows share the height of their box; all cells shrink together until every row has its room. */
import type { FontMetrics } from './font.js';
import type { Painter } from './paint.js';
import type { Column, Run, TableElement } from './template.js';
import { baseline, doesNotFit, indent, leading, SIZE_STEP, wrap, type Line } from './typeset.js';
import type { Cell } from './printed.js';

interface SetCell {
  readonly lines: readonly Line[];
  readonly tail: readonly Line[];
  /** The tail, a single line, stands on the last line of the text. */
  readonly tailBeside: boolean;
  readonly size: number;
}

/** Rows, and how often the columns stand that the template leaves open. */
export interface TableContent {
  readonly rows: readonly (readonly Cell[])[];
  readonly counts: { readonly [name: string]: number };
}

/** The columns as they stand: one that is left open as often as its count says, sharing its width evenly. */
export function openedColumns(columns: readonly Column[], counts: TableContent['counts']): Column[] {
  return columns.flatMap((column) => {
    if (column.times === undefined) return [column];
    const count = counts[column.times] ?? 0;
    const width = Math.floor(column.width / Math.max(1, count));
    return Array.from({ length: count }, (_, i) => ({
      ...column,
      width: i + 1 < count ? width : column.width - width * (count - 1),
    }));
  });
}

/** Draws the rows of a table, borders and all; blank ones where the form asks for more than there are. */
export function paintTable(
  painter: Painter,
  table: TableElement,
  { rows, counts }: TableContent,
  metrics: FontMetrics,
): void {
  const columns = openedColumns(table.columns, counts);
  const blank = columns.map(() => '');
  const missing = Math.max(0, table.minRows - rows.length);
  const all = [...rows, ...Array.from({ length: missing }, () => blank)];
  if (all.length === 0) return;
  const { cells, heights } = layOut({ ...table, columns }, all, metrics);
  let top = table.box.y;
  heights.forEach((height, r) => {
    let left = table.box.x;
    columns.forEach((column, c) => {
      const box = { x: left, y: top, width: column.width, height };
      painter.outline(box, 60, 'black');
      paintCell(painter, cells[r]?.[c] as SetCell, column, box, table.padding);
      left += column.width;
    });
    top += height;
  });
}

function layOut(
  table: TableElement,
  rows: readonly (readonly Cell[])[],
  metrics: FontMetrics,
): { readonly cells: readonly (readonly SetCell[])[]; readonly heights: readonly number[] } {
  const steps = Math.max(...table.columns.map((column) => (column.size - column.minSize) / SIZE_STEP));
  for (let step = 0; step <= steps; step++) {
    const cells = rows.map((row) =>
      table.columns.map((column, c) => setCell(row[c] ?? '', column, table, step, metrics)),
    );
    if (cells.some((row) => row.includes(undefined))) continue;
    const set = cells as SetCell[][];
    const needed = set.map((row) => Math.max(...row.map((cell) => cellHeight(cell, table.padding))));
    const spare = table.box.height - needed.reduce((sum, height) => sum + height, 0);
    if (spare < 0) continue;
    const share = Math.floor(spare / rows.length);
    return {
      cells: set,
      heights: needed.map((height) => Math.max(height, Math.min(height + share, table.maxRowHeight))),
    };
  }
  const longest = rows.flat().map((cell) => (typeof cell === 'string' ? cell : cell.text));
  throw doesNotFit(longest.sort((a, b) => b.length - a.length)[0] ?? '');
}

function setCell(
  cell: Cell,
  column: Column,
  table: TableElement,
  step: number,
  metrics: FontMetrics,
): SetCell | undefined {
  const size = Math.max(column.minSize, column.size - step * SIZE_STEP);
  const width = column.width - 2 * table.padding;
  const tail = typeof cell === 'object' && 'tail' in cell ? cell.tail : '';
  const lines = wrap(runsOf(cell, column.face), metrics, size, width);
  const tailLines = wrap([{ face: column.tailFace, text: tail }], metrics, size, width);
  if (lines === undefined || tailLines === undefined) return undefined;
  const room = Math.floor((width * 1000) / size);
  const gap = 1000;
  const tailBeside =
    tailLines.length === 1 && widthOf(lines.at(-1), room) + gap + widthOf(tailLines[0], 0) <= room;
  return { lines, tail: tailLines, tailBeside, size };
}

/** What was struck out stays to be read, before what stands in its place. */
function runsOf(cell: Cell, face: Column['face']): Run[] {
  if (typeof cell === 'string') return [{ face, text: cell }];
  if (!('struck' in cell)) return [{ face, text: cell.text }];
  return [
    { face, text: cell.struck, struck: true },
    { face, text: ` ${cell.text}` },
  ];
}

function cellHeight(cell: SetCell, padding: number): number {
  return lineCount(cell) * leading(cell.size) + padding;
}

function lineCount(cell: SetCell): number {
  return cell.lines.length + (cell.tailBeside ? 0 : cell.tail.length);
}

function widthOf(line: Line | undefined, otherwise: number): number {
  return line === undefined ? otherwise : line.width;
}

function paintCell(
  painter: Painter,
  cell: SetCell,
  column: Column,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  padding: number,
): void {
  const { size } = cell;
  const slack = box.height - lineCount(cell) * leading(size);
  const top =
    box.y +
    { top: Math.floor(padding / 2), middle: Math.floor(slack / 2), bottom: slack }[column.verticalAlign];
  const width = box.width - 2 * padding;
  const left = box.x + padding;
  const lineTop = (i: number): number => top + i * leading(size) + baseline(size);
  if (lineCount(cell) === 0) return;
  painter.marked('TD', () => {
    cell.lines.forEach((line, i) => {
      painter.line(line, size, left + indent(line, size, width, column.align), lineTop(i), 'black');
    });
    const firstTail = lineCount(cell) - cell.tail.length;
    cell.tail.forEach((line, i) => {
      painter.line(line, size, left + indent(line, size, width, 'right'), lineTop(firstTail + i), 'black');
    });
  });
}
