/**
 * Pictures (logo, seal, signatures) as they are attached: already cut down to what a PDF image holds, so that their bytes
 * go into the file as they are, and a reader takes the same bytes out again. J names them by the hash of these bytes.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, fromUtf8, toHex, utf8 } from '#ledger/format/bytes.js';
import { reference, type ObjectWriter } from './syntax.js';
import type { Box } from './template.js';

export interface Picture {
  /** Pixels, from 1 to {@link MAX_SIDE}. */
  readonly width: number;
  readonly height: number;
  /** `rgb`: 8 bits a channel, deflated (zlib). `jpeg`: a baseline or progressive JPEG file without its metadata. */
  readonly kind: 'rgb' | 'jpeg';
  /** Channels: 1 (grey, JPEG only) or 3. */
  readonly channels: 1 | 3;
  readonly colour: Uint8Array;
  /** How opaque each pixel is, 8 bits, deflated; only with `rgb`. */
  readonly alpha?: Uint8Array;
}

export const MAX_SIDE = 1000;
/** Of the bytes as attached: a picture stands in every document of the school. */
export const MAX_PICTURE_BYTES = 200 * 1024;

const HEAD = /^socai-picture\/1 (rgb|jpeg) ([1-9]\d{0,3}) ([1-9]\d{0,3}) ([13]) ([1-9]\d{0,5}) (\d{1,6})\n/;
const LONGEST_HEAD = 64;

/** The bytes that J's hash is over. */
export function pictureBytes({ kind, width, height, channels, colour, alpha }: Picture): Uint8Array {
  const numbers = [width, height, channels, colour.length, alpha?.length ?? 0].map(String);
  return concat(utf8(`socai-picture/1 ${kind} ${numbers.join(' ')}\n`), colour, alpha ?? new Uint8Array());
}

/** The picture in these bytes; undefined when they are none, or larger than a picture may be. */
export function parsePicture(bytes: Uint8Array): Picture | undefined {
  if (bytes.length > MAX_PICTURE_BYTES) return undefined;
  const start = bytes.subarray(0, LONGEST_HEAD).map((byte) => (byte < 0x80 ? byte : 0x3f));
  const head = HEAD.exec(fromUtf8(start));
  if (head === null) return undefined;
  const [width = 0, height = 0, channels = 0, colour = 0, alpha = 0] = head.slice(2).map(Number);
  const kind = head[1] as Picture['kind'];
  const from = head[0].length;
  if (width > MAX_SIDE || height > MAX_SIDE || bytes.length !== from + colour + alpha) return undefined;
  if (kind === 'rgb' ? channels !== 3 : alpha > 0) return undefined;
  return {
    ...{ kind, width, height, channels: channels === 1 ? 1 : 3 },
    colour: bytes.subarray(from, from + colour),
    ...(alpha === 0 ? {} : { alpha: bytes.subarray(from + colour) }),
  };
}

/** SHA-256 (hex) of a picture's bytes: what J names it by. */
export function pictureHash(bytes: Uint8Array): string {
  return toHex(sha256(bytes));
}

/** The part of `box`, in its middle, that a picture of these proportions fills. */
export function contained({ width, height }: Pick<Picture, 'width' | 'height'>, box: Box): Box {
  const wide = width * box.height >= height * box.width;
  const w = wide ? box.width : Math.floor((width * box.height) / height);
  const h = wide ? Math.floor((height * box.width) / width) : box.height;
  const x = box.x + Math.floor((box.width - w) / 2);
  return { x, y: box.y + Math.floor((box.height - h) / 2), width: w, height: h };
}

/** The objects of a picture: its colours, and behind them its opacity. */
export function writePicture(writer: ObjectWriter, object: number, picture: Picture): void {
  const { alpha, colour } = picture;
  writer.stream(object, colourEntries(picture, object + 1), colour);
  if (alpha !== undefined) writer.stream(object + 1, alphaEntries(picture), alpha);
}

/** How many objects it takes. */
export function objectsOf({ alpha }: Picture): number {
  return alpha === undefined ? 1 : 2;
}

function colourEntries({ kind, width, height, channels, alpha }: Picture, mask: number): string {
  const space = channels === 1 ? '/DeviceGray' : '/DeviceRGB';
  const filter = kind === 'jpeg' ? '/DCTDecode' : '/FlateDecode';
  const opacity = alpha === undefined ? '' : ` /SMask ${reference(mask)}`;
  return `/Type /XObject /Subtype /Image /Width ${String(width)} /Height ${String(height)} /ColorSpace ${space} /BitsPerComponent 8 /Filter ${filter}${opacity}`;
}

function alphaEntries({ width, height }: Picture): string {
  return `/Type /XObject /Subtype /Image /Width ${String(width)} /Height ${String(height)} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode`;
}

const COLOUR =
  /^(\d{1,4}) 0 obj\n<< \/Type \/XObject \/Subtype \/Image \/Width (\d{1,4}) \/Height (\d{1,4}) \/ColorSpace \/Device(Gray|RGB) \/BitsPerComponent 8 \/Filter \/(DCT|Flate)Decode( \/SMask \d{1,4} 0 R)? \/Length (\d{1,6}) >>\nstream\n/;
const END = '\nendstream\nendobj\n';

/**
 * `count` pictures that stand one after the other from `start` in a file that our writer made, under their hashes. What
 * is none ends the search; nothing is believed but a hash that J names too.
 */
export function readPictures(pdf: Uint8Array, start: number, count: number): Map<string, Picture> {
  const found = new Map<string, Picture>();
  let at = start;
  for (let i = 0; i < count; i++) {
    const colour = readStream(pdf, at);
    if (colour === undefined) break;
    const alpha = colour.masked ? readStream(pdf, colour.end) : undefined;
    const picture: Picture = {
      ...{ width: colour.width, height: colour.height, kind: colour.kind, channels: colour.channels },
      colour: colour.bytes,
      ...(alpha === undefined ? {} : { alpha: alpha.bytes }),
    };
    const bytes = pictureBytes(picture);
    if (parsePicture(bytes) !== undefined) found.set(pictureHash(bytes), picture);
    at = alpha?.end ?? colour.end;
  }
  return found;
}

function readStream(pdf: Uint8Array, at: number) {
  const text = fromUtf8(pdf.subarray(at, at + 320).map((byte) => (byte < 0x80 ? byte : 0x3f)));
  const head = COLOUR.exec(text);
  if (head === null) return undefined;
  const from = at + head[0].length;
  const end = from + Number(head[7]);
  if (end + END.length > pdf.length || Number(head[7]) > MAX_PICTURE_BYTES) return undefined;
  return {
    ...{ width: Number(head[2]), height: Number(head[3]), masked: head[6] !== undefined },
    kind: head[5] === 'DCT' ? ('jpeg' as const) : ('rgb' as const),
    channels: head[4] === 'Gray' ? (1 as const) : (3 as const),
    bytes: pdf.slice(from, end),
    end: end + END.length,
  };
}
