/** The template's font as the writer needs it: character codes, widths, and nothing outside the fixed set. */
import { PdfFillError } from './error.js';
import type { Face, FontResource } from './template.js';

interface Glyph {
  /** Two bytes, upper-case hexadecimal. */
  readonly hex: string;
  readonly widths: { readonly [F in Face]: number };
}

/** What is longer is no word, and is not kept. */
const LONGEST_WORD = 12;
const WORDS_KEPT = 4096;

/** Looks characters up in a font resource. All widths are thousandths of an em. */
export class FontMetrics {
  private readonly glyphs = new Map<string, Glyph>();
  /** Of single words already measured: a text is wrapped at several sizes, and forms say the same words again and again. */
  private readonly widths: { readonly [F in Face]: Map<string, number> } = {
    regular: new Map(),
    bold: new Map(),
    italic: new Map(),
  };

  constructor(readonly resource: FontResource) {
    const { regular, bold, italic } = resource.faces;
    [...resource.characters].forEach((character, i) => {
      const hex = (i + 1).toString(16).toUpperCase().padStart(4, '0');
      const widths = { regular: regular.widths[i]!, bold: bold.widths[i]!, italic: italic.widths[i]! };
      this.glyphs.set(character, { hex, widths });
    });
  }

  /** Width of `text` in thousandths of an em. */
  width(face: Face, text: string): number {
    const known = this.widths[face].get(text);
    if (known !== undefined) return known;
    let sum = 0;
    for (const character of text) sum += this.glyph(character, text).widths[face];
    if (text.length <= LONGEST_WORD) {
      if (this.widths[face].size >= WORDS_KEPT) this.widths[face].clear();
      this.widths[face].set(text, sum);
    }
    return sum;
  }

  /** Two-byte codes of `text` as upper-case hexadecimal, for a Tj operator. */
  encode(text: string): string {
    let hex = '';
    for (const character of text) hex += this.glyph(character, text).hex;
    return hex;
  }

  private glyph(character: string, text: string): Glyph {
    const glyph = this.glyphs.get(character);
    if (glyph === undefined) {
      const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      throw new PdfFillError(
        'CHARACTER_NOT_IN_TEMPLATE',
        `the template's font has no "${character}" (U+${point}), in "${text.slice(0, 60)}"; choose a template with a wider character set`,
      );
    }
    return glyph;
  }
}
