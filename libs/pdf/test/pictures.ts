/** A school with all that it may change, for the tests: a logo, a seal and two signatures, every text at its longest. */
import { crc32, deflateSync } from 'node:zlib';
import { parsePicture, pictureBytes, pictureHash, type Picture } from '#pdf-fill/picture.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import { STYLE_TEXT_LENGTHS, styleHash, type StyleImage, type StyleTexts } from '#transcript/school-style.js';
import { changed } from '../../transcript/test/samples.js';

/** A picture of a ring in one colour, nothing around it; its bytes as attached. */
export function ring(side: number, colour: readonly [number, number, number], height = side): Uint8Array {
  const rgb = Buffer.alloc(side * height * 3);
  const alpha = Buffer.alloc(side * height);
  for (let i = 0; i < side * height; i++) {
    rgb.set(colour, i * 3);
    const [x, y] = [(i % side) / side - 0.5, Math.floor(i / side) / height - 0.5];
    const distance = Math.hypot(x, y);
    alpha[i] = distance < 0.49 && distance > 0.4 ? 255 : 0;
  }
  return pictureBytes({
    ...{ kind: 'rgb', width: side, height, channels: 3 },
    colour: new Uint8Array(deflateSync(rgb)),
    alpha: new Uint8Array(deflateSync(alpha)),
  });
}

/** A chunk of a PNG file. */
export function chunk(type: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** A PNG file. @param colour type; @param rows filter byte and samples of each row */
export function pngFile(
  {
    width,
    height,
    depth = 8,
    colour = 6,
    interlace = 0,
  }: Readonly<Record<'width' | 'height', number>> &
    Readonly<Partial<Record<'depth' | 'colour' | 'interlace', number>>>,
  rows: Uint8Array,
  ...extra: readonly Buffer[]
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, interlace], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    ...[chunk('IHDR', header), ...extra, chunk('IDAT', deflateSync(rows))],
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A square of one colour, half see-through, as a PNG file. */
export function squarePng(side: number, [red, green, blue]: readonly [number, number, number]): Buffer {
  const row = Buffer.concat([
    Buffer.of(0),
    ...Array.from({ length: side }, () => Buffer.of(red, green, blue, 128)),
  ]);
  return pngFile({ width: side, height: side }, Buffer.concat(Array.from({ length: side }, () => row)));
}

/** Pictures by their hashes, as a plan takes them. */
export function byHash(...files: readonly Uint8Array[]): Map<string, Picture> {
  return new Map(
    files.map((bytes) => {
      const picture = parsePicture(bytes);
      if (picture === undefined) throw new Error('no picture');
      return [pictureHash(bytes), picture];
    }),
  );
}

export const LOGO = ring(80, [20, 60, 160], 60);
export const SEAL = ring(90, [200, 20, 30]);
/** Of the signers that are people, in the order of the route. */
export const SIGNATURES = [ring(120, [10, 10, 120], 50), ring(100, [10, 10, 120], 60)] as const;
export const PICTURES = byHash(LOGO, SEAL, ...SIGNATURES);

/** Every text as long as it may be. */
export const LONGEST_TEXTS = Object.fromEntries(
  Object.entries(STYLE_TEXT_LENGTHS).map(([key, length]) => [
    key,
    'Ủy ban nhân dân phường Nguyễn Thị Minh Khai '.repeat(9).slice(0, length).trim(),
  ]),
) as StyleTexts;

/** `sample` in the school's own style, with these pictures. */
export function styled<T extends SchoolDocument>(
  sample: T,
  texts: StyleTexts = LONGEST_TEXTS,
  files: {
    readonly logo?: Uint8Array;
    readonly seal?: Uint8Array;
    readonly signatures?: readonly Uint8Array[];
  } = {
    logo: LOGO,
    seal: SEAL,
    signatures: SIGNATURES,
  },
): T {
  const own = Object.fromEntries(
    (['logo', 'seal'] as const).flatMap((place): [StyleImage, string][] => {
      const bytes = files[place];
      return bytes === undefined ? [] : [[place, pictureHash(bytes)]];
    }),
  );
  const signers = sample.route.filter(({ role }) => role !== 'seal');
  const images = [
    ...Object.entries(own).map(([place, hash]) => ({ place, hash })),
    ...signers.flatMap(({ role }, i) => {
      const bytes = files.signatures?.[i];
      return bytes === undefined ? [] : [{ place: role, hash: pictureHash(bytes) }];
    }),
  ].sort((a, b) => (a.place < b.place ? -1 : 1));
  return changed<T>(sample, (copy: any) => {
    copy.images = images;
    copy.template.school = { version: 3, hash: styleHash(texts, own), texts };
  });
}
