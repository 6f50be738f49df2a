/** Shorthand for laying out a form: points become hundredths, and every element says only what differs. */
import type {
  Align,
  Box,
  Color,
  Column,
  Face,
  ImageElement,
  QrElement,
  RuleElement,
  Run,
  TableElement,
  TextElement,
  VerticalAlign,
} from '#pdf-fill/template.js';

/** A4. */
export const PAGE = { width: 595.28, height: 841.89 } as const;
/** The left margin is wider: the pages are bound. */
export const MARGIN = { left: 56, right: 40, top: 40, bottom: 34 } as const;
export const INNER_WIDTH = 499;

/** Points as the template's hundredths. */
export function hundredths(points: number): number {
  return Math.round(points * 100);
}

/** A box in points from the top left corner of the page. */
export function box(x: number, y: number, width: number, height: number): Box {
  return { x: hundredths(x), y: hundredths(y), width: hundredths(width), height: hundredths(height) };
}

export interface TextOptions {
  readonly size?: number;
  readonly min?: number;
  readonly align?: Align;
  readonly valign?: VerticalAlign;
  readonly border?: boolean;
  readonly padding?: number;
  readonly color?: Color;
  readonly when?: string;
  readonly tag?: TextElement['tag'];
}

/** Text in a box; a plain string is set in the regular face. */
export function text(where: Box, runs: string | readonly Run[], options: TextOptions = {}): TextElement {
  const size = options.size ?? 10.5;
  return {
    kind: 'text',
    box: where,
    runs: typeof runs === 'string' ? [{ face: 'regular', text: runs }] : runs,
    size: hundredths(size),
    minSize: hundredths(options.min ?? Math.min(size, 6.5)),
    align: options.align ?? 'left',
    verticalAlign: options.valign ?? 'middle',
    border: options.border ?? false,
    padding: hundredths(options.padding ?? 0),
    color: options.color ?? 'black',
    ...(options.when === undefined ? {} : { when: options.when }),
    ...(options.tag === undefined ? {} : { tag: options.tag }),
  };
}

/** A bordered cell. */
export function cell(where: Box, runs: string | readonly Run[], options: TextOptions = {}): TextElement {
  return text(where, runs, { size: 9, align: 'center', border: true, padding: 2.5, ...options });
}

/** A heading of columns, in bold. */
export function headCell(where: Box, runs: string | readonly Run[], options: TextOptions = {}): TextElement {
  return cell(where, typeof runs === 'string' ? bold(runs) : runs, { ...options, tag: 'TH' });
}

export function run(face: Face, content: string): Run {
  return { face, text: content };
}

export function bold(content: string): Run[] {
  return [run('bold', content)];
}

export function italic(content: string): Run[] {
  return [run('italic', content)];
}

/** "Label: value", the value bold. */
export function labelled(label: string, key: string): Run[] {
  return [run('regular', `${label}: `), run('bold', `{${key}}`)];
}

/** The school's logo, where it has one. */
export function logo(where: Box): ImageElement {
  return { kind: 'image', place: 'logo', box: where };
}

export function rule(x: number, y: number, width: number, lineWidth = 0.6): RuleElement {
  return { kind: 'rule', box: box(x, y, width, 0), lineWidth: hundredths(lineWidth), color: 'black' };
}

export function frame(where: Box, lineWidth: number): RuleElement {
  return { kind: 'rule', box: where, lineWidth: hundredths(lineWidth), color: 'black' };
}

export function column(width: number, options: TextOptions & { readonly face?: Face } = {}): Column {
  const size = options.size ?? 9;
  return {
    width: hundredths(width),
    face: options.face ?? 'regular',
    tailFace: 'italic',
    size: hundredths(size),
    minSize: hundredths(options.min ?? 5.5),
    align: options.align ?? 'left',
    verticalAlign: options.valign ?? 'middle',
  };
}

export function table(
  where: Box,
  rows: string,
  columns: readonly Column[],
  limits: { readonly minRows?: number; readonly maxRowHeight?: number } = {},
): TableElement {
  const { minRows = 0, maxRowHeight = PAGE.height } = limits;
  return {
    kind: 'table',
    box: where,
    rows,
    columns,
    padding: hundredths(3),
    minRows,
    maxRowHeight: hundredths(maxRowHeight),
  };
}

export function qr(where: Box): QrElement {
  return { kind: 'qr', box: where };
}
