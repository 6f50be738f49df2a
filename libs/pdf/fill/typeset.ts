/**
 * Text into lines: greedy wrapping at spaces, in integers only (hundredths of a point × thousandths of an em), so that
 * every engine breaks every line alike. Text that does not fit is first set smaller, then refused; never cut.
 */
import { PdfFillError } from './error.js';
import type { FontMetrics } from './font.js';
import type { Align, Face, Run } from './template.js';

/** A piece of a line in one face; `offset` from the line's left edge, in thousandths of an em. */
export interface Piece {
  readonly face: Face;
  readonly text: string;
  readonly offset: number;
  readonly struck?: true;
}

export interface Line {
  readonly pieces: readonly Piece[];
  /** Thousandths of an em. */
  readonly width: number;
}

export interface SetText {
  readonly size: number;
  readonly lines: readonly Line[];
}

/** Sizes are tried in steps of a quarter point. */
export const SIZE_STEP = 25;

/** Height of a line of `size`: 1.3 times, room for two accents on a capital. */
export function leading(size: number): number {
  return Math.floor((size * 130) / 100);
}

/** Where the baseline lies below the top of a line of `size`. */
export function baseline(size: number): number {
  return Math.floor((size * 98) / 100);
}

interface Word {
  readonly face: Face;
  readonly text: string;
  readonly width: number;
  /** Width of the space before it; 0 where it is glued to the word before. */
  readonly space: number;
  readonly struck?: true;
}

/**
 * The lines of `runs` at `size` in `width` (hundredths of a point); undefined when a single word is wider than that.
 * Without text there are no lines.
 */
export function wrap(
  runs: readonly Run[],
  metrics: FontMetrics,
  size: number,
  width: number,
): Line[] | undefined {
  const room = Math.floor((width * 1000) / size);
  const lines: Line[] = [];
  let current: Word[] = [];
  let used = 0;
  for (const chunk of chunks(words(runs, metrics))) {
    const chunkWidth = chunk.reduce((sum, word) => sum + word.width, 0);
    if (chunkWidth > room) return undefined;
    const space = chunk[0]?.space ?? 0;
    if (current.length > 0 && used + space + chunkWidth > room) {
      lines.push(join(current, ' '));
      current = [];
      used = 0;
    }
    used += (current.length > 0 ? space : 0) + chunkWidth;
    current.push(...chunk);
  }
  if (current.length > 0) lines.push(join(current));
  return lines;
}

/** The largest setting of `runs` that fits the box; none: PdfFillError TEXT_DOES_NOT_FIT. */
export function fit(
  runs: readonly Run[],
  metrics: FontMetrics,
  box: { readonly width: number; readonly height: number },
  sizes: { readonly size: number; readonly minSize: number },
): SetText {
  for (let size = sizes.size; size >= sizes.minSize; size -= SIZE_STEP) {
    const lines = wrap(runs, metrics, size, box.width);
    if (lines !== undefined && lines.length * leading(size) <= box.height) return { size, lines };
  }
  throw doesNotFit(runs.map((run) => run.text).join(''));
}

/** How far a line of the given alignment starts from the left edge. */
export function indent(line: Line, size: number, width: number, align: Align): number {
  const slack = width - Math.ceil((line.width * size) / 1000);
  return { left: 0, center: Math.floor(slack / 2), right: slack }[align];
}

/** The error for text that has no place. */
export function doesNotFit(text: string): PdfFillError {
  return new PdfFillError(
    'TEXT_DOES_NOT_FIT',
    `"${text.slice(0, 80)}${text.length > 80 ? '…' : ''}" does not fit its place on the form even in the smallest size; shorten it`,
  );
}

function words(runs: readonly Run[], metrics: FontMetrics): Word[] {
  const found: Word[] = [];
  let pendingSpace = 0;
  for (const { face, text, struck } of runs) {
    const space = metrics.width(face, ' ');
    text.split(' ').forEach((word, i) => {
      if (i > 0) pendingSpace = space;
      if (word === '') return;
      found.push({
        face,
        text: word,
        width: metrics.width(face, word),
        space: found.length === 0 ? 0 : pendingSpace,
        ...(struck === undefined ? {} : { struck }),
      });
      pendingSpace = 0;
    });
  }
  return found;
}

/** Words glued together (a run that ends without a space) break together. */
function chunks(all: readonly Word[]): Word[][] {
  const found: Word[][] = [];
  for (const word of all) {
    const last = found.at(-1);
    if (last !== undefined && word.space === 0) last.push(word);
    else found.push([word]);
  }
  return found;
}

/** @param after what is read between this line and the next */
function join(line: readonly Word[], after: '' | ' ' = ''): Line {
  const pieces: { face: Face; text: string; offset: number; struck?: true }[] = [];
  let width = 0;
  line.forEach((word, i) => {
    const space = i > 0 ? word.space : 0;
    const last = pieces.at(-1);
    if (last !== undefined && last.face === word.face && last.struck === word.struck) {
      last.text += space > 0 ? ` ${word.text}` : word.text;
    } else {
      const { face, text, struck } = word;
      // A space that nobody sees keeps the words apart for who listens, searches or copies.
      if (last !== undefined && space > 0) last.text += ' ';
      pieces.push({ face, text, offset: width + space, ...(struck === undefined ? {} : { struck }) });
    }
    width += space + word.width;
  });
  const end = pieces.at(-1);
  if (end !== undefined) end.text += after;
  return { pieces, width };
}
