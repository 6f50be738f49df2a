/** PNG and JPEG files as pictures of documents: strict, bounded, and without anything but the picture itself. */
import { MAX_PICTURE_BYTES, MAX_SIDE, pictureBytes, type Picture } from '#pdf-fill/picture.js';
import { isPng, readPng } from './png-import.js';
import { PictureError } from './picture-error.js';

/** Files above this are not looked at. */
export const MAX_PICTURE_FILE = 1024 * 1024;

/** The bytes of the picture in a PNG or JPEG file, as documents attach it. @throws PictureError */
export function importPicture(file: Uint8Array): Uint8Array {
  if (file.length > MAX_PICTURE_FILE) throw new PictureError('TOO_LARGE');
  const bytes = pictureBytes(isPng(file) ? readPng(file) : readJpeg(file));
  if (bytes.length > MAX_PICTURE_BYTES) throw new PictureError('TOO_LARGE');
  return bytes;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
/** Tables, restart interval, frame headers of baseline, extended and progressive Huffman coding: the picture itself. */
const KEPT = new Set([0xdb, 0xc4, 0xdd, 0xc0, 0xc1, 0xc2]);
const FRAMES = new Set([0xc0, 0xc1, 0xc2]);
/** APPn and COM: metadata (place, camera, thumbnails, comments), left out. */
const isMetadata = (marker: number): boolean => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
/** Adobe's APP14 would say that three channels are no YCbCr: such a file's colours would change without it. */
const ADOBE = 0xee;

/** The picture of a whole JPEG file (ISO/IEC 10918-1), its segments as they are but for metadata. @throws PictureError */
function readJpeg(file: Uint8Array): Picture {
  if (file[0] !== 0xff || file[1] !== SOI) throw new PictureError('NOT_A_PICTURE');
  const kept: Uint8Array[] = [file.subarray(0, 2)];
  let frame: Uint8Array | undefined;
  let scans = 0;
  let at = 2;
  for (;;) {
    if (at + 2 > file.length) throw new PictureError('TRUNCATED');
    const marker = file[at + 1] ?? 0;
    if (file[at] !== 0xff) throw new PictureError('DAMAGED');
    if (marker === EOI) break;
    const length = ((file[at + 2] ?? 0) << 8) | (file[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > file.length) throw new PictureError(length < 2 ? 'DAMAGED' : 'TRUNCATED');
    const segment = file.subarray(at, end);
    if (FRAMES.has(marker)) {
      if (frame !== undefined) throw new PictureError('DAMAGED');
      frame = segment;
    }
    if (marker === SOS) {
      if (frame === undefined) throw new PictureError('DAMAGED');
      at = endOfScan(file, end);
      kept.push(file.subarray(end - length - 2, at));
      scans += 1;
      continue;
    }
    if (marker === ADOBE && adobeTransform(segment) === 0) throw new PictureError('UNSUPPORTED');
    if (KEPT.has(marker)) kept.push(segment);
    else if (!isMetadata(marker)) throw new PictureError('UNSUPPORTED');
    at = end;
  }
  if (frame === undefined || scans === 0) throw new PictureError('TRUNCATED');
  if (at + 2 !== file.length) throw new PictureError('DAMAGED');
  kept.push(file.subarray(at));
  return { ...frameOf(frame), kind: 'jpeg', colour: new Uint8Array(Buffer.concat(kept)) };
}

/** Where the coded pixels end: at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(file: Uint8Array, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0 && at + 1 < file.length; at = file.indexOf(0xff, at + 2)) {
    const next = file[at + 1] ?? 0;
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw new PictureError('TRUNCATED');
}

/** The transform byte of Adobe's segment; undefined when it is another's. */
function adobeTransform(segment: Uint8Array): number | undefined {
  const name = Buffer.from(segment.subarray(4, 9)).toString('latin1');
  return name === 'Adobe' && segment.length >= 16 ? segment[15] : undefined;
}

function frameOf(frame: Uint8Array): Pick<Picture, 'width' | 'height' | 'channels'> {
  const [, , , , precision, h1 = 0, h0 = 0, w1 = 0, w0 = 0, channels = 0] = frame;
  if (frame.length !== 10 + 3 * channels) throw new PictureError('DAMAGED');
  if (precision !== 8 || (channels !== 1 && channels !== 3)) throw new PictureError('UNSUPPORTED');
  const [height, width] = [(h1 << 8) | h0, (w1 << 8) | w0];
  if (width < 1 || height < 1) throw new PictureError('DAMAGED');
  if (width > MAX_SIDE || height > MAX_SIDE) throw new PictureError('TOO_MANY_PIXELS');
  return { width, height, channels };
}
