/**
 * Class names as schools write them (6A1, 6.1, 6/1, 4/10, "Lớp 3A2", "10 Toán"), and what Excel makes of them: a date of
 * 6/1, the number 6.1 of 6.10. A name is healed only where one reading is possible; otherwise the person decides.
 */
import type { Cell } from './workbook-cells.js';

export interface ClassNameOptions {
  /** Names of the classes that exist: a damaged name is one of them. */
  readonly known?: readonly string[];
  /** Grades of the school, from–to: 6/1 is no class of grade 1 in a THCS. */
  readonly grades?: readonly [from: number, to: number];
}

export type ReadClassName =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly candidates: readonly string[] };

/** Reads a class name out of a cell; the candidates are what may have been typed. */
export function readClassName(cell: Cell, options: ClassNameOptions = {}): ReadClassName {
  switch (cell.kind) {
    case 'text':
      return { ok: true, name: spelledAsKnown(normalizeClassName(cell.text), options) };
    case 'number':
      return choose(fromNumber(cell.text), options);
    case 'date':
      return choose(fromDate(cell.date), options);
    case 'boolean':
      return { ok: false, candidates: [] };
  }
}

/** "Lớp  6a1 " → "6A1", full-width letters made plain; "10 Toán" stays as it is. */
export function normalizeClassName(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^lớp:? */iu, '');
  return /^\d{1,2} ?[a-z]\d{0,2}$/iu.test(plain) ? plain.replace(' ', '').toUpperCase() : plain;
}

/** The same name whatever the case and the spaces. */
export function sameClassName(a: string, b: string): boolean {
  return classKey(a) === classKey(b);
}

function classKey(name: string): string {
  return normalizeClassName(name).toLowerCase().replace(/ /gu, '');
}

function spelledAsKnown(name: string, { known = [] }: ClassNameOptions): string {
  return known.find((each) => sameClassName(each, name)) ?? name;
}

/** Excel keeps 6.10 as the number 6.1, and 6.1 too. */
function fromNumber(text: string): string[] {
  const [, grade, fraction] = /^(\d{1,2})\.(\d)$/u.exec(text) ?? [];
  if (grade === undefined) return [text];
  return fraction === '1' ? [text, `${grade}.${fraction}0`] : [text];
}

/** Of 6/1 a Vietnamese Excel makes 6 January, an American one 1 June. */
function fromDate(date: string): string[] {
  const [, month, day] = date.split('-').map(Number) as [number, number, number];
  return day === month ? [`${day}/${month}`] : [`${day}/${month}`, `${month}/${day}`];
}

function choose(candidates: readonly string[], { known, grades }: ClassNameOptions): ReadClassName {
  const possible = candidates.filter((name) => {
    if (known && known.length > 0) return known.some((each) => sameClassName(each, name));
    const grade = Number.parseInt(name, 10);
    const [from, to] = grades ?? [1, 12];
    return grade >= from && grade <= to;
  });
  const [name] = possible;
  return possible.length === 1 && name !== undefined ? { ok: true, name } : { ok: false, candidates };
}
