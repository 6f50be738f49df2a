/**
 * A QR code (ISO/IEC 18004) of the verifier's address: versions 1 to 10, error correction level M, the address in byte
 * mode and the code after "#" in alphanumeric mode, which is what keeps it small enough to print beside the text.
 */
import { PdfFillError } from './error.js';

/** Per version 1–10 at level M: all codewords, error-correction codewords a block, blocks. */
const VERSIONS: readonly (readonly [number, number, number])[] = [
  [26, 10, 1],
  [44, 16, 1],
  [70, 26, 1],
  [100, 18, 2],
  [134, 24, 2],
  [172, 16, 4],
  [196, 18, 4],
  [242, 22, 4],
  [292, 22, 5],
  [346, 26, 5],
];
const ALIGNMENT: readonly (readonly number[])[] = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
];
const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** The modules, row by row; true is dark. */
export type QrMatrix = readonly (readonly boolean[])[];

/** The QR code of `address` (ASCII) followed by `code` (capital letters and digits). Too long: QR_TOO_LONG. */
export function qrCode(address: string, code: string): QrMatrix {
  for (let version = 1; version <= VERSIONS.length; version++) {
    const data = dataCodewords(address, code, version);
    if (data !== undefined) return bestMatrix(version, interleave(data, version));
  }
  throw new PdfFillError(
    'QR_TOO_LONG',
    `the verifier's address is too long for a QR code: ${address.slice(0, 60)}`,
  );
}

/** The dark modules as bits, rows padded to whole bytes: the data of a PDF image mask. */
export function packRows(matrix: QrMatrix): Uint8Array {
  const bytesPerRow = Math.ceil(matrix.length / 8);
  const bytes = new Uint8Array(bytesPerRow * matrix.length);
  matrix.forEach((row, y) => {
    row.forEach((dark, x) => {
      // In an image mask a 0 bit is painted.
      if (!dark) bytes[y * bytesPerRow + (x >> 3)]! |= 0x80 >> (x & 7);
    });
  });
  return bytes;
}

function dataCodewords(address: string, code: string, version: number): Uint8Array | undefined {
  const [total, ecc, blocks] = VERSIONS[version - 1]!;
  const capacity = (total - ecc * blocks) * 8;
  const bits: number[] = [];
  const put = (value: number, width: number): void => {
    for (let i = width - 1; i >= 0; i--) bits.push((value >> i) & 1);
  };
  put(4, 4);
  put(address.length, version < 10 ? 8 : 16);
  for (let i = 0; i < address.length; i++) put(address.charCodeAt(i) & 0xff, 8);
  put(2, 4);
  put(code.length, version < 10 ? 9 : 11);
  for (let i = 0; i < code.length; i += 2) {
    const first = ALPHANUMERIC.indexOf(code.charAt(i));
    if (i + 1 < code.length) put(first * 45 + ALPHANUMERIC.indexOf(code.charAt(i + 1)), 11);
    else put(first, 6);
  }
  if (bits.length > capacity) return undefined;
  put(0, Math.min(4, capacity - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < capacity; pad ^= 0xec ^ 0x11) put(pad, 8);
  const bytes = new Uint8Array(capacity / 8);
  bits.forEach((bit, i) => {
    if (bit === 1) bytes[i >> 3]! |= 0x80 >> (i & 7);
  });
  return bytes;
}

/** Data cut into blocks, each with its Reed–Solomon remainder, read out column by column. */
function interleave(data: Uint8Array, version: number): Uint8Array {
  const [total, ecc, blocks] = VERSIONS[version - 1]!;
  const short = Math.floor(data.length / blocks);
  const longBlocks = data.length % blocks;
  const parts: { readonly data: Uint8Array; readonly ecc: Uint8Array }[] = [];
  for (let b = 0, at = 0; b < blocks; b++) {
    const length = short + (b >= blocks - longBlocks ? 1 : 0);
    const block = data.subarray(at, at + length);
    parts.push({ data: block, ecc: remainder(block, ecc) });
    at += length;
  }
  const out: number[] = [];
  for (let i = 0; i <= short; i++)
    for (const part of parts) if (i < part.data.length) out.push(part.data[i]!);
  for (let i = 0; i < ecc; i++) for (const part of parts) out.push(part.ecc[i]!);
  if (out.length !== total) throw new Error('QR block table is wrong');
  return Uint8Array.from(out);
}

/** Product in GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1. */
function multiply(a: number, b: number): number {
  let product = 0;
  for (let i = 7; i >= 0; i--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    if (((b >> i) & 1) === 1) product ^= a;
  }
  return product;
}

function remainder(data: Uint8Array, degree: number): Uint8Array {
  const divisor = new Uint8Array(degree);
  divisor[degree - 1] = 1;
  for (let i = 0, root = 1; i < degree; i++, root = multiply(root, 2)) {
    for (let j = 0; j < degree; j++) {
      divisor[j] = multiply(divisor[j]!, root) ^ (divisor[j + 1] ?? 0);
    }
  }
  const rest = new Uint8Array(degree);
  for (const byte of data) {
    const factor = byte ^ rest[0]!;
    rest.copyWithin(0, 1);
    rest[degree - 1] = 0;
    for (let j = 0; j < degree; j++) rest[j]! ^= multiply(divisor[j]!, factor);
  }
  return rest;
}

type Grid = (boolean | undefined)[][];

function bestMatrix(version: number, codewords: Uint8Array): QrMatrix {
  const size = 17 + 4 * version;
  const frame: Grid = Array.from({ length: size }, () =>
    new Array<boolean | undefined>(size).fill(undefined),
  );
  drawFunctionPatterns(frame, version);
  const cells = dataCells(frame);
  let best: { readonly matrix: QrMatrix; readonly penalty: number } | undefined;
  for (let mask = 0; mask < 8; mask++) {
    const matrix = filled(frame, cells, codewords, mask);
    const score = penalty(matrix);
    if (best === undefined || score < best.penalty) best = { matrix, penalty: score };
  }
  return best!.matrix;
}

function drawFunctionPatterns(grid: Grid, version: number): void {
  const size = grid.length;
  for (let i = 0; i < size; i++) {
    grid[6]![i] = i % 2 === 0;
    grid[i]![6] = i % 2 === 0;
  }
  for (const [cx, cy] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const) {
    square(grid, cx, cy, 4, [2, 4]);
  }
  const centers = ALIGNMENT[version - 1]!;
  for (const y of centers) {
    for (const x of centers) {
      const atFinder = (x === 6 && (y === 6 || y === size - 7)) || (y === 6 && x === size - 7);
      if (!atFinder) square(grid, x, y, 2, [1]);
    }
  }
  reserveFormat(grid, 0);
  drawVersion(grid, version);
}

/** Rings around a centre; those at the `light` distances are light. */
function square(grid: Grid, cx: number, cy: number, radius: number, light: readonly number[]): void {
  for (let dy = -radius; dy <= radius; dy++) {
    for (let dx = -radius; dx <= radius; dx++) {
      const row = grid[cy + dy];
      if (row !== undefined && cx + dx >= 0 && cx + dx < grid.length) {
        row[cx + dx] = !light.includes(Math.max(Math.abs(dx), Math.abs(dy)));
      }
    }
  }
}

/** Format information, level M (bits 00) and the mask, twice; and the dark module. */
function reserveFormat(grid: Grid, mask: number): void {
  const size = grid.length;
  let rest = mask;
  for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const bits = ((mask << 10) | rest) ^ 0x5412;
  const bit = (i: number): boolean => ((bits >> i) & 1) === 1;
  for (let i = 0; i < 6; i++) grid[i]![8] = bit(i);
  grid[7]![8] = bit(6);
  grid[8]![8] = bit(7);
  grid[8]![7] = bit(8);
  for (let i = 9; i < 15; i++) grid[8]![14 - i] = bit(i);
  for (let i = 0; i < 8; i++) grid[8]![size - 1 - i] = bit(i);
  for (let i = 8; i < 15; i++) grid[size - 15 + i]![8] = bit(i);
  grid[size - 8]![8] = true;
}

function drawVersion(grid: Grid, version: number): void {
  if (version < 7) return;
  let rest = version;
  for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let i = 0; i < 18; i++) {
    const dark = ((bits >> i) & 1) === 1;
    const a = grid.length - 11 + (i % 3);
    const b = Math.floor(i / 3);
    grid[b]![a] = dark;
    grid[a]![b] = dark;
  }
}

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Where the data's bits go, in their zigzag: row × size + column. */
function dataCells(frame: Grid): number[] {
  const size = frame.length;
  const cells: number[] = [];
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
      for (let x = right; x >= right - 1; x--) if (frame[y]![x] === undefined) cells.push(y * size + x);
    }
  }
  return cells;
}

/** The data masked, with the format information of that mask. */
function filled(frame: Grid, cells: readonly number[], codewords: Uint8Array, mask: number): boolean[][] {
  const size = frame.length;
  const masked = MASKS[mask]!;
  const grid = frame.map((row) => row.map((module) => module === true));
  for (let i = 0; i < cells.length; i++) {
    const y = Math.floor(cells[i]! / size);
    const x = cells[i]! % size;
    const dark = i < codewords.length * 8 && ((codewords[i >> 3]! >> (7 - (i & 7))) & 1) === 1;
    grid[y]![x] = dark !== masked(x, y);
  }
  reserveFormat(grid, mask);
  return grid;
}

/** The four penalty rules; the mask with the lowest sum is the one to print. */
function penalty(matrix: QrMatrix): number {
  const size = matrix.length;
  let score = 0;
  let dark = 0;
  for (let i = 0; i < size; i++) {
    score += linePenalty(matrix[i]!) + linePenalty(matrix.map((row) => row[i]!));
  }
  for (let y = 0; y < size; y++) {
    const row = matrix[y]!;
    const above = matrix[y - 1];
    for (let x = 0; x < size; x++) {
      const color = row[x];
      if (color === true) dark++;
      if (above === undefined || x === 0) continue;
      if (row[x - 1] === color && above[x] === color && above[x - 1] === color) score += 3;
    }
  }
  return score + 10 * Math.floor(Math.abs(dark * 20 - size * size * 10) / (size * size));
}

/** Eleven modules that look like the edge of a finder pattern, from either side. */
const FINDER_LIKE = [0b10111010000, 0b00001011101] as const;

/** Runs of one colour, and finder-like stretches, along a row or column. */
function linePenalty(line: readonly boolean[]): number {
  let score = 0;
  let length = 0;
  let last: boolean | undefined;
  let window = 0;
  for (let k = 0; k < line.length; k++) {
    const dark = line[k]!;
    length = dark === last ? length + 1 : 1;
    last = dark;
    if (length === 5) score += 3;
    else if (length > 5) score += 1;
    window = ((window << 1) | (dark ? 1 : 0)) & 0x7ff;
    if (k >= 10 && (window === FINDER_LIKE[0] || window === FINDER_LIKE[1])) score += 40;
  }
  return score;
}
