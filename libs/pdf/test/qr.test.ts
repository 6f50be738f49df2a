import { describe, expect, test } from '@jest/globals';
import { packRows, qrCode, type QrMatrix } from '#pdf-fill/qr.js';

const CODE = 'VUBQAX2IDVVWO44JDLDFABE3WTCA4OU632FCQVHLE57D5AQMHFTA';

/** Reads a QR code without errors back: format, mask, zigzag, blocks, segments. Written apart from the writer. */
function read(matrix: QrMatrix): string {
  const size = matrix.length;
  const version = (size - 17) / 4;
  let format = 0;
  const cells: [number, number][] = [
    ...[0, 1, 2, 3, 4, 5, 7, 8].map((x): [number, number] => [x, 8]),
    ...[7, 5, 4, 3, 2, 1, 0].map((y): [number, number] => [8, y]),
  ];
  for (const [x, y] of cells) format = (format << 1) | (matrix[y]![x] ? 1 : 0);
  const mask = ((format ^ 0x5412) >> 10) & 7;
  expect((format ^ 0x5412) >> 13).toBe(0);
  const bits: number[] = [];
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right--;
    for (let i = 0; i < size; i++) {
      const y = up ? size - 1 - i : i;
      for (const x of [right, right - 1]) {
        if (!isFunction(x, y, version)) bits.push((matrix[y]![x] ? 1 : 0) ^ (flipped(mask, x, y) ? 1 : 0));
      }
    }
  }
  const words = Array.from({ length: bits.length >> 3 }, (_, i) =>
    Number.parseInt(bits.slice(8 * i, 8 * i + 8).join(''), 2),
  );
  return segments(deinterleave(words, version), version);
}

function isFunction(x: number, y: number, version: number): boolean {
  const size = 17 + 4 * version;
  if (x === 6 || y === 6) return true;
  if ((x < 9 && y < 9) || (x >= size - 8 && y < 9) || (x < 9 && y >= size - 8)) return true;
  if (version >= 7 && ((x >= size - 11 && y < 6) || (y >= size - 11 && x < 6))) return true;
  const centers: Record<number, number[]> = { 4: [26], 5: [30], 6: [34], 7: [22, 38] };
  const all = [6, ...(centers[version] ?? [])];
  return all.some((cy) =>
    all.some((cx) => {
      const corner = (cx === 6 && cy === 6) || (cx === 6 && cy === size - 7) || (cx === size - 7 && cy === 6);
      return !corner && Math.abs(x - cx) <= 2 && Math.abs(y - cy) <= 2;
    }),
  );
}

function flipped(mask: number, x: number, y: number): boolean {
  const p = x * y;
  const rules = [
    (x + y) % 2,
    y % 2,
    x % 3,
    (x + y) % 3,
    ((x / 3) | 0) + ((y / 2) | 0),
    (p % 2) + (p % 3),
    (p % 2) + (p % 3),
    ((x + y) % 2) + (p % 3),
  ];
  const value = rules[mask]!;
  return mask === 4 || mask >= 6 ? value % 2 === 0 : value === 0;
}

function deinterleave(words: number[], version: number): number[] {
  const [data, blocks] = (
    { 4: [64, 2], 5: [86, 2], 6: [108, 4], 7: [124, 4] } as Record<number, [number, number]>
  )[version]!;
  const short = Math.floor(data / blocks);
  const lengths = Array.from({ length: blocks }, (_, b) => short + (b >= blocks - (data % blocks) ? 1 : 0));
  const out: number[][] = lengths.map(() => []);
  let at = 0;
  for (let i = 0; i <= short; i++) lengths.forEach((length, b) => i < length && out[b]!.push(words[at++]!));
  return out.flat();
}

function segments(words: number[], version: number): string {
  const bits = words.map((word) => word.toString(2).padStart(8, '0')).join('');
  let at = 0;
  const take = (width: number): number => Number.parseInt(bits.slice(at, (at += width)), 2);
  const table = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
  let text = '';
  for (let mode = take(4); mode === 4 || mode === 2; mode = take(4)) {
    if (mode === 4)
      for (let n = take(version < 10 ? 8 : 16); n > 0; n--) text += String.fromCharCode(take(8));
    else {
      let n = take(version < 10 ? 9 : 11);
      for (; n >= 2; n -= 2) {
        const pair = take(11);
        text += table.charAt(Math.floor(pair / 45)) + table.charAt(pair % 45);
      }
      if (n === 1) text += table.charAt(take(6));
    }
  }
  return text;
}

describe('the QR code', () => {
  test.each([
    'https://a.vn#',
    'https://demo.so-cai.example/kiem-tra#',
    'https://hocba.truong-thcs-song-may.so-gddt.example/kiem-tra/hoc-ba#',
  ])('of %s reads back as the address and the code', (address) => {
    expect(read(qrCode(address, CODE))).toBe(address + CODE);
  });

  test('is the same every time, and refuses an address that makes it too large to print', () => {
    expect(packRows(qrCode('https://a.vn#', CODE))).toEqual(packRows(qrCode('https://a.vn#', CODE)));
    expect(() => qrCode(`https://${'a'.repeat(300)}#`, CODE)).toThrow('too long');
  });
});
