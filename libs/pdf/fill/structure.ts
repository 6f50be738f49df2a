/**
 * What the pieces of a page are to each other, for those who listen to it (ISO 32000-1, 14.7 and 14.8): headings,
 * paragraphs, tables with their heads, rows and cells, pictures with words for them. It follows from the template and the
 * view alone, before anything is painted; the painter marks the same pieces in the same order.
 */
import type { Cell, ViewPart } from './printed.js';
import { substituted } from './printed.js';
import { openedColumns } from './table.js';
import type { Box, Column, Element, HeadElement, Page, TableElement, TextElement } from './template.js';

export interface StructureNode {
  readonly tag: 'H1' | 'H2' | 'P' | 'Table' | 'TR' | 'TH' | 'TD' | 'Figure';
  /** Further nodes, or numbers of marked pieces of the page. */
  readonly kids: readonly (StructureNode | number)[];
  /** Words for what cannot be read. */
  readonly alt?: string;
  /** Of a cell: how many columns and rows it stands in, where more than one. */
  readonly columns?: number;
  readonly rows?: number;
}

/** A cell above a table, or beside it. */
interface PlacedCell {
  readonly box: Box;
  readonly kids: readonly number[];
}

/** The pieces of one page in the order of reading. */
export function pageStructure(page: Page, view: ViewPart): StructureNode[] {
  const reader = new PageReader(view);
  for (const element of page.elements) reader.read(element);
  return reader.finish();
}

/** Whether a text has words: one without is neither painted nor marked. */
function hasWords(text: string): boolean {
  return /[^ ]/.test(text);
}

class PageReader {
  private readonly nodes: StructureNode[] = [];
  private heads: PlacedCell[] = [];
  private marks = 0;
  /** The table just read, while cells beside it may follow. */
  private open: { readonly table: TableElement; readonly at: number } | undefined;

  constructor(private readonly view: ViewPart) {}

  finish(): StructureNode[] {
    this.dropHeads();
    return this.nodes;
  }

  read(element: Element): void {
    switch (element.kind) {
      case 'rule':
        return;
      case 'text':
        return this.readText(element);
      case 'head':
        this.heads.push(...this.headCells(element));
        return;
      case 'table':
        return this.readTable(element);
      case 'qr':
        return this.figure(this.view.strings['verifier'] !== '', 'Mã QR dẫn đến trang kiểm tra văn bản');
      case 'image':
        return this.figure(this.view.strings['logo'] !== '', 'Biểu trưng của trường');
    }
  }

  private readText(element: TextElement): void {
    if (element.when !== undefined && this.view.strings[element.when] === '') return;
    const words = element.runs.some(({ text }) => hasWords(substituted(text, this.view)));
    const kids = words ? [this.marks++] : [];
    if (element.tag === 'TH') {
      this.open = undefined;
      this.heads.push({ box: element.box, kids });
      return;
    }
    if (element.border && this.open !== undefined && this.open.table.box.y === element.box.y) {
      return this.addBeside(this.open, kids);
    }
    if (!words) return;
    this.dropHeads();
    this.nodes.push({ tag: element.tag ?? 'P', kids });
  }

  private figure(drawn: boolean, alt: string): void {
    if (drawn) this.nodes.push({ tag: 'Figure', kids: [this.marks++], alt });
  }

  private headCells({ box, columns, labels }: HeadElement): PlacedCell[] {
    const row = this.view.tables[labels]?.[0] ?? [];
    return this.edges(box, columns).map(({ x, width }, c) => ({
      box: { ...box, x, width },
      kids: hasWords(textOf(row[c])) ? [this.marks++] : [],
    }));
  }

  private readTable(table: TableElement): void {
    const rows = this.view.tables[table.rows] ?? [];
    const columns = this.edges(table.box, table.columns);
    const body = rows.map((row): StructureNode => ({
      tag: 'TR',
      kids: columns.map((_, c) => ({
        tag: 'TD',
        kids: hasWords(textOf(row[c])) || hasWords(tailOf(row[c])) ? [this.marks++] : [],
      })),
    }));
    const heads = headRows(
      this.heads,
      columns.map(({ x }) => x),
    );
    this.heads = [];
    if (body.length === 0 && heads.length === 0) return;
    this.open = { table, at: this.nodes.length };
    this.nodes.push({ tag: 'Table', kids: [...heads, ...body] });
  }

  /** A value that stands once for all rows of the table it is beside. */
  private addBeside({ at }: { readonly at: number }, kids: readonly number[]): void {
    const table = this.nodes[at];
    if (table === undefined) return;
    const rows = table.kids as readonly StructureNode[];
    const first = rows.findIndex(({ kids: cells }) => (cells[0] as StructureNode).tag === 'TD');
    const span = rows.length - first;
    this.nodes[at] = {
      ...table,
      kids: rows.map((row, r) =>
        r === first
          ? { ...row, kids: [...row.kids, { tag: 'TD', kids, ...(span > 1 ? { rows: span } : {}) }] }
          : row,
      ),
    };
  }

  /** Heads without a table are words like others. */
  private dropHeads(): void {
    for (const { kids } of this.heads) if (kids.length > 0) this.nodes.push({ tag: 'P', kids });
    this.heads = [];
    this.open = undefined;
  }

  private edges(box: Box, columns: readonly Column[]): { readonly x: number; readonly width: number }[] {
    let x = box.x;
    return openedColumns(columns, this.view.counts ?? {}).map(({ width }) => {
      x += width;
      return { x: x - width, width };
    });
  }
}

/** The cells above a table as its first rows: one for each height at which cells begin. */
function headRows(cells: readonly PlacedCell[], edges: readonly number[]): StructureNode[] {
  const tops = [...new Set(cells.map(({ box }) => box.y))].sort((a, b) => a - b);
  const within = (places: readonly number[], from: number, length: number): number =>
    places.filter((place) => place >= from && place < from + length).length;
  return tops.map((top) => ({
    tag: 'TR',
    kids: cells
      .filter(({ box }) => box.y === top)
      .sort((a, b) => a.box.x - b.box.x)
      .map(({ box, kids }): StructureNode => {
        const columns = within(edges, box.x, box.width);
        const rows = within(tops, box.y, box.height);
        return {
          ...{ tag: 'TH', kids },
          ...(columns > 1 ? { columns } : {}),
          ...(rows > 1 ? { rows } : {}),
        };
      }),
  }));
}

function textOf(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell === 'string') return cell;
  return 'struck' in cell ? `${cell.struck} ${cell.text}` : cell.text;
}

function tailOf(cell: Cell | undefined): string {
  return typeof cell === 'object' && 'tail' in cell ? cell.tail : '';
}
