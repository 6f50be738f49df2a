/** Pictures as strangers send them: what is not a whole, plain PNG or JPEG never becomes a part of a document. */
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { PictureError } from '#api/transcripts/picture-error.js';
import { importPicture } from '#api/transcripts/picture-import.js';
import { parsePicture } from '#pdf-fill/picture.js';
import { chunk, pngFile, squarePng } from '../../../../libs/pdf/test/pictures.js';

/** What becomes of a file: its pixels and opacity, or the code of the refusal. */
function outcome(file: Uint8Array): string {
  try {
    const picture = parsePicture(importPicture(file))!;
    if (picture.kind === 'jpeg') return `jpeg ${String(picture.channels)}`;
    const shown = (bytes: Uint8Array | undefined): string =>
      bytes === undefined ? 'opaque' : inflateSync(bytes).toString('hex');
    return `${shown(picture.colour)} ${shown(picture.alpha)}`;
  } catch (error) {
    if (error instanceof PictureError) return error.code;
    throw error;
  }
}

const two = { width: 2, height: 1 };

describe('a PNG', () => {
  test('of each plain kind gives its pixels and what is seen through', () => {
    expect(outcome(pngFile({ ...two, colour: 6 }, Buffer.of(0, 1, 2, 3, 255, 4, 5, 6, 0)))).toBe(
      '010203040506 ff00',
    );
    expect(outcome(pngFile({ ...two, colour: 2 }, Buffer.of(0, 1, 2, 3, 4, 5, 6)))).toBe(
      '010203040506 opaque',
    );
    expect(outcome(pngFile({ ...two, colour: 4 }, Buffer.of(0, 7, 255, 8, 9)))).toBe('070707080808 ff09');
    expect(outcome(pngFile({ ...two, colour: 0, depth: 1 }, Buffer.of(0, 0x40)))).toBe('000000ffffff opaque');
    const palette = chunk('PLTE', Buffer.of(1, 1, 1, 2, 2, 2));
    const seen = chunk('tRNS', Buffer.of(9));
    const indexed = pngFile({ ...two, colour: 3, depth: 4 }, Buffer.of(0, 0x10), palette, seen);
    expect(outcome(indexed)).toBe('020202010101 ff09');
    const key = chunk('tRNS', Buffer.of(0, 1, 0, 2, 0, 3));
    expect(outcome(pngFile({ ...two, colour: 2 }, Buffer.of(0, 1, 2, 3, 4, 5, 6), key))).toBe(
      '010203040506 00ff',
    );
  });

  test('with each of the five filters gives the same pixels', () => {
    const size = { width: 2, height: 2, colour: 0 };
    for (const rows of [
      [0, 10, 20, 0, 30, 40],
      [1, 10, 10, 1, 30, 10],
      [2, 10, 20, 2, 20, 20],
      [0, 10, 20, 3, 25, 15],
      [4, 10, 10, 4, 20, 10],
    ]) {
      expect(outcome(pngFile(size, Uint8Array.from(rows)))).toBe('0a0a0a1414141e1e1e282828 opaque');
    }
  });

  test('cut off anywhere, with a byte flipped anywhere, or with more behind it, is refused', () => {
    const file = squarePng(12, [200, 20, 30]);
    expect(outcome(file)).toMatch(/^c8141e/);
    for (let length = 0; length < file.length; length++) {
      expect(['TRUNCATED', 'NOT_A_PICTURE']).toContain(outcome(file.subarray(0, length)));
    }
    for (let at = 0; at < file.length; at++) {
      const flipped = Uint8Array.from(file);
      flipped[at]! ^= 1;
      expect(outcome(flipped)).toMatch(/^[A-Z_]+$/);
    }
    expect(outcome(Buffer.concat([file, Buffer.of(0)]))).toBe('DAMAGED');
  });

  test('that says it is larger than it is, holds a bomb, or an unknown kind of pixels, is refused in bounded memory', () => {
    const huge = pngFile({ width: 60_000, height: 60_000 }, Buffer.alloc(10));
    expect(outcome(huge)).toBe('TOO_MANY_PIXELS');
    expect(outcome(pngFile({ width: 4, height: 4 }, Buffer.alloc(50_000_000)))).toBe('DAMAGED');
    expect(outcome(pngFile({ width: 4, height: 4 }, Buffer.alloc(20)))).toBe('DAMAGED');
    expect(outcome(pngFile({ ...two, depth: 16, colour: 2 }, Buffer.alloc(13)))).toBe('UNSUPPORTED');
    expect(outcome(pngFile({ ...two, interlace: 1 }, Buffer.alloc(9)))).toBe('UNSUPPORTED');
    expect(outcome(pngFile({ ...two, colour: 2 }, Buffer.of(5, 1, 2, 3, 4, 5, 6)))).toBe('DAMAGED');
    const palette = chunk('PLTE', Buffer.of(1, 1, 1));
    expect(outcome(pngFile({ ...two, colour: 3 }, Buffer.of(0, 0, 9), palette))).toBe('DAMAGED');
    const row = { width: 1, height: 1, colour: 0 };
    expect(outcome(pngFile(row, Buffer.of(0, 1), chunk('ABCD', Buffer.of(1))))).toBe('UNSUPPORTED');
  });

  test('leaves its comments behind', () => {
    const secret = chunk('tEXt', Buffer.from('Comment\0bí mật'));
    const bytes = importPicture(pngFile({ width: 1, height: 1, colour: 0 }, Buffer.of(0, 1), secret));
    expect(Buffer.from(bytes).includes('bí mật')).toBe(false);
  });
});

describe('a JPEG', () => {
  const file = new Uint8Array(readFileSync(new URL('./red.jpg', import.meta.url)));
  const after = (bytes: Uint8Array, segment: Uint8Array): Buffer =>
    Buffer.concat([bytes.subarray(0, 2), segment, bytes.subarray(2)]);

  test('is taken as it is, but for where it was taken and with what', () => {
    expect(outcome(file)).toBe('jpeg 3');
    const place = Buffer.concat([Buffer.of(0xff, 0xe1, 0, 12), Buffer.from('Exif GPS 1')]);
    expect(Buffer.from(importPicture(after(file, place))).includes('GPS')).toBe(false);
    expect(outcome(after(file, place))).toBe('jpeg 3');
  });

  test('cut off anywhere, with more behind it, or of another coding is refused', () => {
    for (let length = 0; length < file.length; length++) {
      expect(['TRUNCATED', 'NOT_A_PICTURE', 'DAMAGED']).toContain(outcome(file.subarray(0, length)));
    }
    expect(outcome(Buffer.concat([file, Buffer.of(0)]))).toBe('DAMAGED');
    const frame = Buffer.from(file).indexOf(Buffer.of(0xff, 0xc0));
    for (const [offset, value, code] of [
      [1, 0xc9, 'UNSUPPORTED'],
      [4, 12, 'UNSUPPORTED'],
      [5, 0x40, 'TOO_MANY_PIXELS'],
      [9, 4, 'DAMAGED'],
    ] as const) {
      const other = Uint8Array.from(file);
      other[frame + offset] = value;
      expect(outcome(other)).toBe(code);
    }
    const adobe = Buffer.concat([Buffer.of(0xff, 0xee, 0, 14), Buffer.from('Adobe'), Buffer.alloc(7)]);
    expect(outcome(after(file, adobe))).toBe('UNSUPPORTED');
  });

  test('of any bytes at all is refused, never a crash', () => {
    let seed = 7;
    const next = (): number => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff);
    for (let round = 0; round < 2_000; round++) {
      const noise = Uint8Array.from(file);
      for (let hits = 0; hits < 4; hits++) noise[2 + (next() % (file.length - 2))] = next() & 0xff;
      expect(typeof outcome(noise)).toBe('string');
    }
    expect(outcome(Buffer.from('GIF89a'))).toBe('NOT_A_PICTURE');
    expect(outcome(new Uint8Array(2 * 1024 * 1024))).toBe('TOO_LARGE');
  });
});
