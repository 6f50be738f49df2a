/** The template's font as the writer needs it: character codes, widths, and nothing outside the fixed set. */
import { PdfFillError } from './error.js';
import type { Face, FontResource } from './template.js';

/** Looks characters up in a font resource. All widths are thousandths of an em. */
export class FontMetrics {
  private readonly codes = new Map<string, number>();

  constructor(readonly resource: FontResource) {
    let code = 1;
    for (const character of resource.characters) this.codes.set(character, code++);
  }

  /** Width of `text` in thousandths of an em. */
  width(face: Face, text: string): number {
    const { widths } = this.resource.faces[face];
    let sum = 0;
    for (const character of text) sum += widths[this.code(character, text) - 1] ?? 0;
    return sum;
  }

  /** Two-byte codes of `text` as upper-case hexadecimal, for a Tj operator. */
  encode(text: string): string {
    let hex = '';
    for (const character of text)
      hex += this.code(character, text).toString(16).toUpperCase().padStart(4, '0');
    return hex;
  }

  private code(character: string, text: string): number {
    const code = this.codes.get(character);
    if (code === undefined) {
      const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      throw new PdfFillError(
        'CHARACTER_NOT_IN_TEMPLATE',
        `the template's font has no "${character}" (U+${point}), in "${text.slice(0, 60)}"; choose a template with a wider character set`,
      );
    }
    return code;
  }
}
