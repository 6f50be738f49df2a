/** Operators of a content stream. Coordinates come in hundredths of a point from the top left and go out as PDF wants. */
import type { FontMetrics } from './font.js';
import type { StructureNode } from './structure.js';
import type { Box, Color, Face } from './template.js';
import type { Line } from './typeset.js';

/** Resource names of the faces, the same on every page. */
export const FACE_NAMES: Readonly<Record<Face, string>> = { regular: 'F1', bold: 'F2', italic: 'F3' };

const FILL: Readonly<Record<Color, string>> = { black: '0 g', grey: '0.35 g', red: '0.72 0.05 0.08 rg' };
const STROKE: Readonly<Record<Color, string>> = { black: '0 G', grey: '0.35 G', red: '0.72 0.05 0.08 RG' };

/** A length in hundredths as a PDF number. */
export function number(hundredths: number): string {
  const sign = hundredths < 0 ? '-' : '';
  const size = Math.abs(hundredths);
  const fraction = String(size % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  const whole = String(Math.floor(size / 100));
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Collects the operators of one page or appearance of the given height. */
export class Painter {
  private readonly operators: string[] = [];
  private marks = 0;
  private inside = false;

  constructor(
    private readonly height: number,
    private readonly metrics: FontMetrics,
    /** Whether it has a structure: pages have, appearances have not. */
    private readonly tagged = false,
  ) {}

  /** One line with its baseline at `y`, its left edge at `x`. */
  line(line: Line, size: number, x: number, y: number, color: Color): void {
    for (const piece of line.pieces) {
      const left = x + Math.floor((piece.offset * size) / 1000);
      const fill = piece.struck === true ? FILL.red : FILL[color];
      this.operators.push(
        `BT ${fill} /${FACE_NAMES[piece.face]} ${number(size)} Tf ${number(left)} ${number(this.height - y)} Td <${this.metrics.encode(piece.text)}> Tj ET`,
      );
      if (piece.struck !== true) continue;
      const width = Math.ceil((this.metrics.width(piece.face, piece.text.trimEnd()) * size) / 1000);
      this.rule({ x: left, y: y - Math.floor((size * 28) / 100), width, height: 0 }, 60, 'red');
    }
  }

  /** One line that is read from the bottom to the top: its baseline at `x`, its beginning at `y`. */
  upward(line: Line, size: number, x: number, y: number, color: Color): void {
    for (const piece of line.pieces) {
      const bottom = this.height - y + Math.floor((piece.offset * size) / 1000);
      this.operators.push(
        `BT ${FILL[color]} /${FACE_NAMES[piece.face]} ${number(size)} Tf 0 1 -1 0 ${number(x)} ${number(bottom)} Tm <${this.metrics.encode(piece.text)}> Tj ET`,
      );
    }
  }

  /** The outline of a box. */
  outline(box: Box, lineWidth: number, color: Color): void {
    this.drawn(`${STROKE[color]} ${number(lineWidth)} w ${this.rectangle(box)} re S`);
  }

  /** A straight line from one corner of the box to the opposite one (a box without height or width is a rule). */
  rule(box: Box, lineWidth: number, color: Color): void {
    const from = `${number(box.x)} ${number(this.height - box.y)} m`;
    const to = `${number(box.x + box.width)} ${number(this.height - box.y - box.height)} l`;
    this.drawn(`${STROKE[color]} ${number(lineWidth)} w ${from} ${to} S`);
  }

  /** The image resource `name`, stretched over the box. */
  image(name: string, box: Box): void {
    const { x, y, width, height } = box;
    this.operators.push(
      `q 0 g ${number(width)} 0 0 ${number(height)} ${number(x)} ${number(this.height - y - height)} cm /${name} Do Q`,
    );
  }

  /** Draws a piece of the page that is read as one, under the next number of the page's structure. */
  marked(tag: StructureNode['tag'], draw: () => void): void {
    this.operators.push(`/${tag} <</MCID ${String(this.marks)}>> BDC`);
    this.marks += 1;
    this.inside = true;
    draw();
    this.inside = false;
    this.operators.push('EMC');
  }

  /** Lines of a page mean nothing to who listens to it, unless they are a part of what is read. */
  private drawn(operator: string): void {
    this.operators.push(this.inside || !this.tagged ? operator : `/Artifact BMC ${operator} EMC`);
  }

  /** The finished stream. */
  stream(): string {
    return `${this.operators.join('\n')}\n`;
  }

  private rectangle({ x, y, width, height }: Box): string {
    return `${number(x)} ${number(this.height - y - height)} ${number(width)} ${number(height)}`;
  }
}
