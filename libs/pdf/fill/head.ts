/** Headings over a table whose columns follow from the data; long ones stand upright, read from the bottom to the top. */
import type { FontMetrics } from './font.js';
import type { Painter } from './paint.js';
import type { Cell } from './printed.js';
import { openedColumns, type TableContent } from './table.js';
import type { Box, Column, HeadElement } from './template.js';
import { baseline, fit, indent, leading } from './typeset.js';

/** Draws one row of headings, borders and all. */
export function paintHead(
  painter: Painter,
  head: HeadElement,
  { rows, counts }: TableContent,
  metrics: FontMetrics,
): void {
  const { y, height } = head.box;
  let left = head.box.x;
  openedColumns(head.columns, counts).forEach((column, c) => {
    const box = { x: left, y, width: column.width, height };
    painter.outline(box, 60, 'black');
    const label = textOf(rows[0]?.[c] ?? '');
    if (label !== '') {
      if (column.upward === true) paintUpward(painter, label, column, box, head.padding, metrics);
      else paintLevel(painter, label, column, box, head.padding, metrics);
    }
    left += column.width;
  });
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

function paintLevel(
  painter: Painter,
  label: string,
  column: Column,
  box: Box,
  padding: number,
  metrics: FontMetrics,
): void {
  const inner = { width: box.width - 2 * padding, height: box.height - 2 * padding };
  const { size, lines } = fit([{ face: column.face, text: label }], metrics, inner, column);
  const top = box.y + Math.floor((box.height - lines.length * leading(size)) / 2);
  painter.marked('TH', () => {
    lines.forEach((line, i) => {
      const x = box.x + padding + indent(line, size, inner.width, 'center');
      painter.line(line, size, x, top + i * leading(size) + baseline(size), 'black');
    });
  });
}

function paintUpward(
  painter: Painter,
  label: string,
  column: Column,
  box: Box,
  padding: number,
  metrics: FontMetrics,
): void {
  const inner = { width: box.height - 2 * padding, height: box.width };
  const { size, lines } = fit([{ face: column.face, text: label }], metrics, inner, column);
  const left = box.x + Math.floor((box.width - lines.length * leading(size)) / 2);
  painter.marked('TH', () => {
    lines.forEach((line, i) => {
      painter.upward(
        line,
        size,
        left + i * leading(size) + baseline(size),
        box.y + box.height - padding,
        'black',
      );
    });
  });
}
