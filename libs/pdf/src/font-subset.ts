/**
 * Cuts a TrueType font down to chosen glyphs, in a chosen order, for embedding in a PDF: glyph i of the result is
 * `glyphs[i]`, the components of composite glyphs follow at the end. Hinting goes: screens and printers of today do
 * without, and it is half of the size. Tables as in the OpenType specification; nothing is read beyond them.
 */

interface Table {
  readonly offset: number;
  readonly length: number;
}

const ARGS_ARE_WORDS = 0x0001;
const HAS_SCALE = 0x0008;
const MORE_COMPONENTS = 0x0020;
const HAS_TWO_SCALES = 0x0040;
const HAS_MATRIX = 0x0080;
const HAS_INSTRUCTIONS = 0x0100;

/** The subset of `font` (a TTF with outlines in `glyf`) as a TrueType file of seven tables. */
export function subsetTrueType(font: Uint8Array, glyphs: readonly number[]): Uint8Array {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const tables = readDirectory(view);
  const source = { font, view, tables, longLoca: view.getInt16(table(tables, 'head').offset + 50) === 1 };
  const chosen = [...glyphs];
  const added = new Map<number, number>();
  const place = (glyph: number): number => {
    const known = added.get(glyph) ?? chosen.indexOf(glyph);
    if (known >= 0) return known;
    added.set(glyph, chosen.push(glyph) - 1);
    return chosen.length - 1;
  };
  const outlines: Uint8Array[] = [];
  for (let i = 0; i < chosen.length; i++) outlines.push(withoutHints(readGlyph(source, chosen[i]!), place));
  return writeFont(source, chosen, outlines);
}

interface Source {
  readonly font: Uint8Array;
  readonly view: DataView;
  readonly tables: ReadonlyMap<string, Table>;
  readonly longLoca: boolean;
}

function readDirectory(view: DataView): Map<string, Table> {
  const tables = new Map<string, Table>();
  const count = view.getUint16(4);
  for (let i = 0; i < count; i++) {
    const at = 12 + 16 * i;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((k) => view.getUint8(at + k)));
    tables.set(tag, { offset: view.getUint32(at + 8), length: view.getUint32(at + 12) });
  }
  return tables;
}

function table(tables: ReadonlyMap<string, Table>, tag: string): Table {
  const found = tables.get(tag);
  if (found === undefined) throw new Error(`the font has no "${tag}" table`);
  return found;
}

function readGlyph({ font, view, tables, longLoca }: Source, glyph: number): Uint8Array {
  const loca = table(tables, 'loca').offset;
  const at = (i: number): number =>
    longLoca ? view.getUint32(loca + 4 * i) : 2 * view.getUint16(loca + 2 * i);
  const glyf = table(tables, 'glyf').offset;
  return font.slice(glyf + at(glyph), glyf + at(glyph + 1));
}

function withoutHints(outline: Uint8Array, place: (glyph: number) => number): Uint8Array {
  if (outline.length === 0) return outline;
  const view = new DataView(outline.buffer, outline.byteOffset, outline.byteLength);
  return view.getInt16(0) < 0 ? composite(outline, view, place) : simple(outline, view);
}

function simple(outline: Uint8Array, view: DataView): Uint8Array {
  const lengthAt = 10 + 2 * view.getInt16(0);
  const instructions = view.getUint16(lengthAt);
  const kept = outline.slice(0, outline.length - instructions);
  kept.set(outline.subarray(lengthAt + 2 + instructions), lengthAt + 2);
  kept[lengthAt] = 0;
  kept[lengthAt + 1] = 0;
  return kept;
}

function composite(outline: Uint8Array, view: DataView, place: (glyph: number) => number): Uint8Array {
  let at = 10;
  let flags: number;
  do {
    flags = view.getUint16(at);
    view.setUint16(at, flags & ~HAS_INSTRUCTIONS);
    view.setUint16(at + 2, place(view.getUint16(at + 2)));
    at += 4 + ((flags & ARGS_ARE_WORDS) !== 0 ? 4 : 2);
    if ((flags & HAS_SCALE) !== 0) at += 2;
    else if ((flags & HAS_TWO_SCALES) !== 0) at += 4;
    else if ((flags & HAS_MATRIX) !== 0) at += 8;
  } while ((flags & MORE_COMPONENTS) !== 0);
  return outline.slice(0, at);
}

function writeFont(source: Source, glyphs: readonly number[], outlines: readonly Uint8Array[]): Uint8Array {
  const copy = (tag: string): Uint8Array => {
    const { offset, length } = table(source.tables, tag);
    return source.font.slice(offset, offset + length);
  };
  const head = copy('head');
  const hhea = copy('hhea');
  const maxp = copy('maxp');
  new DataView(head.buffer).setUint32(8, 0);
  new DataView(head.buffer).setInt16(50, 1);
  new DataView(hhea.buffer).setUint16(34, glyphs.length);
  const profile = new DataView(maxp.buffer);
  profile.setUint16(4, glyphs.length);
  // maxZones 1, no twilight points, storage, functions, stack or instructions: nothing is hinted any more.
  [1, 0, 0, 0, 0, 0, 0].forEach((value, i) => {
    profile.setUint16(14 + 2 * i, value);
  });
  const { glyf, loca } = packGlyphs(outlines);
  return assemble([
    ['glyf', glyf],
    ['head', head],
    ['hhea', hhea],
    ['hmtx', metrics(source, glyphs)],
    ['loca', loca],
    ['maxp', maxp],
  ]);
}

function packGlyphs(outlines: readonly Uint8Array[]): {
  readonly glyf: Uint8Array;
  readonly loca: Uint8Array;
} {
  const loca = new DataView(new ArrayBuffer(4 * (outlines.length + 1)));
  const padded = outlines.map((outline) => align(outline.length));
  const glyf = new Uint8Array(padded.reduce((sum, length) => sum + length, 0));
  let at = 0;
  outlines.forEach((outline, i) => {
    loca.setUint32(4 * i, at);
    glyf.set(outline, at);
    at += padded[i]!;
  });
  loca.setUint32(4 * outlines.length, at);
  return { glyf, loca: new Uint8Array(loca.buffer) };
}

function metrics({ view, tables }: Source, glyphs: readonly number[]): Uint8Array {
  const hmtx = table(tables, 'hmtx').offset;
  const full = view.getUint16(table(tables, 'hhea').offset + 34);
  const out = new DataView(new ArrayBuffer(4 * glyphs.length));
  glyphs.forEach((glyph, i) => {
    const last = Math.min(glyph, full - 1);
    out.setUint16(4 * i, view.getUint16(hmtx + 4 * last));
    out.setInt16(
      4 * i + 2,
      view.getInt16(glyph < full ? hmtx + 4 * glyph + 2 : hmtx + 4 * full + 2 * (glyph - full)),
    );
  });
  return new Uint8Array(out.buffer);
}

function assemble(tables: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const directory = 12 + 16 * tables.length;
  const size = tables.reduce((sum, [, data]) => sum + align(data.length), directory);
  const file = new Uint8Array(size);
  const view = new DataView(file.buffer);
  const power = Math.floor(Math.log2(tables.length));
  view.setUint32(0, 0x00010000);
  view.setUint16(4, tables.length);
  view.setUint16(6, 16 * 2 ** power);
  view.setUint16(8, power);
  view.setUint16(10, 16 * tables.length - 16 * 2 ** power);
  let at = directory;
  let headAt = 0;
  tables.forEach(([tag, data], i) => {
    const entry = 12 + 16 * i;
    [...tag].forEach((letter, k) => {
      view.setUint8(entry + k, letter.charCodeAt(0));
    });
    file.set(data, at);
    if (tag === 'head') headAt = at;
    view.setUint32(entry + 4, checksum(view, at, align(data.length)));
    view.setUint32(entry + 8, at);
    view.setUint32(entry + 12, data.length);
    at += align(data.length);
  });
  view.setUint32(headAt + 8, (0xb1b0afba - checksum(view, 0, size)) >>> 0);
  return file;
}

function checksum(view: DataView, from: number, length: number): number {
  let sum = 0;
  for (let at = from; at < from + length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}

function align(length: number): number {
  return (length + 3) & ~3;
}
