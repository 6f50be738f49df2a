/** Be Vietnam Pro (OFL 1.1) cut to the fixed character set of the templates. Build time only. */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import fontkit from '@pdf-lib/fontkit';
import { toBase64 } from '#ledger/format/bytes.js';
import type { Face, FontFace, FontResource } from '#pdf-fill/template.js';
import { subsetTrueType } from './font-subset.js';

const FILES: Readonly<Record<Face, string>> = {
  regular: '400Regular/BeVietnamPro_400Regular.ttf',
  bold: '700Bold/BeVietnamPro_700Bold.ttf',
  italic: '400Regular_Italic/BeVietnamPro_400Regular_Italic.ttf',
};

/** Written as the glyph of another: the letter apostrophe of K'Ho and Ê-đê names has the shape of ’. */
const STAND_INS: Readonly<Record<string, string>> = { '\u02bc': '\u2019' };

/**
 * The characters of release 1: printable ASCII; Latin-1 and Latin Extended-A as far as the font goes (names of pupils
 * from abroad); every Vietnamese letter with its tones; the punctuation of remarks and headings.
 */
function characterSet(has: (codePoint: number) => boolean): string {
  const ranges: readonly (readonly [number, number])[] = [
    [0x20, 0x7e],
    [0xa1, 0xac],
    [0xae, 0x17f],
    [0x1a0, 0x1a1],
    [0x1af, 0x1b0],
    [0x1ea0, 0x1ef9],
    [0x2013, 0x2014],
    [0x2018, 0x201a],
    [0x201c, 0x201e],
    [0x2020, 0x2022],
    [0x2026, 0x2026],
    [0x2030, 0x2030],
    [0x2039, 0x203a],
    [0x20ab, 0x20ac],
    [0x2212, 0x2212],
    [0x2264, 0x2265],
  ];
  let characters = '';
  for (const [from, to] of ranges) {
    for (let point = from; point <= to; point++) if (has(point)) characters += String.fromCharCode(point);
  }
  return characters + Object.keys(STAND_INS).join('');
}

/** The resource, all faces with the same characters in the same order. */
export function buildFontResource(): FontResource {
  const require = createRequire(import.meta.url);
  const read = (face: Face): Uint8Array =>
    new Uint8Array(readFileSync(require.resolve(`@expo-google-fonts/be-vietnam-pro/${FILES[face]}`)));
  const files = { regular: read('regular'), bold: read('bold'), italic: read('italic') };
  const fonts = Object.values(files).map((file) => fontkit.create(file));
  const characters = characterSet((point) => fonts.every((font) => font.hasGlyphForCodePoint(point)));
  return {
    format: 1,
    id: 'be-vietnam-pro-1',
    characters,
    faces: {
      regular: buildFace(files.regular, characters, 80),
      bold: buildFace(files.bold, characters, 140),
      italic: buildFace(files.italic, characters, 80),
    },
  };
}

function buildFace(file: Uint8Array, characters: string, stemV: number): FontFace {
  const font = fontkit.create(file);
  const glyphs = [...characters].map((each) =>
    font.glyphForCodePoint((STAND_INS[each] ?? each).codePointAt(0) ?? 0),
  );
  const subset = subsetTrueType(file, [0, ...glyphs.map((glyph) => glyph.id)]);
  const scale = (value: number): number => Math.round((value * 1000) / font.unitsPerEm);
  const { minX, minY, maxX, maxY } = font.bbox;
  const symbolic = 4;
  const italic = 64;
  return {
    postScriptName: font.postscriptName ?? '',
    widths: glyphs.map((glyph) => scale(glyph.advanceWidth)),
    missingWidth: scale(font.getGlyph(0).advanceWidth),
    ascent: scale(font.ascent),
    descent: scale(font.descent),
    capHeight: scale(font.capHeight),
    italicAngle: font.italicAngle,
    stemV,
    flags: symbolic + (font.italicAngle === 0 ? 0 : italic),
    box: [scale(minX), scale(minY), scale(maxX), scale(maxY)],
    file: toBase64(deflateSync(subset, { level: 9 })),
    fileLength: subset.length,
  };
}
