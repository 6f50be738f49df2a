/**
 * PNG files (ISO/IEC 15948) as pictures of documents: every chunk's checksum is checked, nothing is inflated beyond what
 * the size in the header says, and only the pixels go on; comments, profiles and times stay behind. Our own, because of
 * the libraries at hand one reaches into the insides of node:zlib and others inflate without a bound or ignore checksums.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { MAX_SIDE, type Picture } from '#pdf-fill/picture.js';
import { PictureError } from './picture-error.js';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** Bytes a pixel of each colour type with 8 bits: grey, RGB, palette, grey and alpha, RGB and alpha. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Bits a sample that each colour type may have here; 16 bits are more than a page shows. */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8],
  2: [8],
  3: [1, 2, 4, 8],
  4: [8],
  6: [8],
};

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
}

interface Chunks {
  readonly header: Header;
  readonly data: Buffer;
  readonly palette: Buffer | undefined;
  readonly transparency: Buffer | undefined;
}

/** Whether a file says that it is a PNG. */
export function isPng(file: Uint8Array): boolean {
  return SIGNATURE.equals(file.subarray(0, SIGNATURE.length));
}

/** The picture of a whole PNG file. @throws PictureError */
export function readPng(file: Uint8Array): Picture {
  const chunks = readChunks(Buffer.from(file.buffer, file.byteOffset, file.length));
  const { width, height } = chunks.header;
  const samples = unfiltered(chunks);
  const rgb = Buffer.alloc(width * height * 3);
  const alpha = Buffer.alloc(width * height, 255);
  for (let i = 0; i < width * height; i++) paintPixel(chunks, samples, i, rgb, alpha);
  const opaque = alpha.every((value) => value === 255);
  return {
    ...{ kind: 'rgb', width, height, channels: 3 },
    colour: new Uint8Array(deflateSync(rgb, { level: 9 })),
    ...(opaque ? {} : { alpha: new Uint8Array(deflateSync(alpha, { level: 9 })) }),
  };
}

function readChunks(file: Buffer): Chunks {
  let at = SIGNATURE.length;
  let header: Header | undefined;
  let palette: Buffer | undefined;
  let transparency: Buffer | undefined;
  const data: Buffer[] = [];
  for (;;) {
    if (at + 12 > file.length) throw new PictureError('TRUNCATED');
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const end = at + 12 + length;
    if (end > file.length) throw new PictureError('TRUNCATED');
    const body = file.subarray(at + 8, end - 4);
    if (crc32(file.subarray(at + 4, end - 4)) !== file.readUInt32BE(end - 4))
      throw new PictureError('DAMAGED');
    if ((header === undefined) !== (type === 'IHDR')) throw new PictureError('DAMAGED');
    at = end;
    if (type === 'IHDR') header = readHeader(body);
    else if (type === 'PLTE') palette = body;
    else if (type === 'tRNS') transparency = body;
    else if (type === 'IDAT') data.push(body);
    else if (type === 'IEND') break;
    // A critical chunk (capital letter) that is unknown changes what the pixels mean.
    else if (/^[A-Z]/.test(type)) throw new PictureError('UNSUPPORTED');
  }
  if (header === undefined || at !== file.length) throw new PictureError('DAMAGED');
  return { header, data: Buffer.concat(data), palette, transparency };
}

function readHeader(body: Buffer): Header {
  if (body.length !== 13) throw new PictureError('DAMAGED');
  const [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
  const [depth = 0, colour = 0, compression, filter, interlace] = body.subarray(8);
  if (compression !== 0 || filter !== 0) throw new PictureError('DAMAGED');
  if (DEPTHS[colour]?.includes(depth) !== true || interlace !== 0) throw new PictureError('UNSUPPORTED');
  if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE)
    throw new PictureError('TOO_MANY_PIXELS');
  return { width, height, depth, colour };
}

/** The rows without their filters, as whole bytes (PNG, section 9). */
function unfiltered({ header, data }: Chunks): Buffer {
  const { width, height, depth, colour } = header;
  const bits = (CHANNELS[colour] ?? 1) * depth;
  const row = Math.ceil((width * bits) / 8);
  const step = Math.max(1, bits >> 3);
  const rows = inflated(data, (row + 1) * height);
  const out = Buffer.alloc(row * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (row + 1)] ?? 0;
    if (filter > 4) throw new PictureError('DAMAGED');
    for (let x = 0; x < row; x++) {
      const left = x >= step ? (out[y * row + x - step] ?? 0) : 0;
      const above = y > 0 ? (out[(y - 1) * row + x] ?? 0) : 0;
      const corner = y > 0 && x >= step ? (out[(y - 1) * row + x - step] ?? 0) : 0;
      const value = rows[y * (row + 1) + 1 + x] ?? 0;
      out[y * row + x] = value + predicted(filter, left, above, corner);
    }
  }
  return out;
}

function inflated(data: Buffer, expected: number): Buffer {
  let rows: Buffer;
  try {
    rows = inflateSync(data, { maxOutputLength: expected });
  } catch {
    throw new PictureError('DAMAGED');
  }
  if (rows.length !== expected) throw new PictureError('DAMAGED');
  return rows;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4:
      return paeth(left, above, corner);
    default:
      return 0;
  }
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

function paintPixel(chunks: Chunks, samples: Buffer, i: number, rgb: Buffer, alpha: Buffer): void {
  const { header, palette, transparency } = chunks;
  const { colour, depth, width } = header;
  const channels = CHANNELS[colour] ?? 1;
  const at = (channel: number): number => samples[i * channels + channel] ?? 0;
  if (colour === 2 || colour === 6) {
    rgb.set([at(0), at(1), at(2)], i * 3);
    if (colour === 6) alpha[i] = at(3);
    else if (isKey(transparency, [at(0), at(1), at(2)])) alpha[i] = 0;
    return;
  }
  const raw = depth === 8 ? at(0) : packed(samples, Math.ceil((width * depth) / 8), width, depth, i);
  if (colour === 3) {
    if (palette === undefined || raw * 3 + 3 > palette.length) throw new PictureError('DAMAGED');
    rgb.set(palette.subarray(raw * 3, raw * 3 + 3), i * 3);
    alpha[i] = transparency?.[raw] ?? 255;
    return;
  }
  rgb.fill(Math.round((raw * 255) / (2 ** depth - 1)), i * 3, i * 3 + 3);
  if (colour === 4) alpha[i] = at(1);
  else if (isKey(transparency, [raw])) alpha[i] = 0;
}

/** A sample of fewer than 8 bits. */
function packed(samples: Buffer, row: number, width: number, depth: number, i: number): number {
  const [x, y] = [i % width, Math.floor(i / width)];
  const byte = samples[y * row + ((x * depth) >> 3)] ?? 0;
  return (byte >> (8 - depth - ((x * depth) & 7))) & (2 ** depth - 1);
}

/** Whether a pixel has the one colour that tRNS says is transparent. */
function isKey(transparency: Buffer | undefined, pixel: readonly number[]): boolean {
  if (transparency?.length !== pixel.length * 2) return false;
  return pixel.every((value, channel) => transparency.readUInt16BE(channel * 2) === value);
}
