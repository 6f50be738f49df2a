import { expect, test } from '@jest/globals';
import { shuffle } from '#ledger/log/shuffle.js';
import { seededRandom } from './logs.js';

test('the shuffle reaches every order about equally often', () => {
  const random = seededRandom('orders');
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = shuffle(['a', 'b', 'c'], random).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(200);
});

test('the shuffle draws again where a number would favour one order', () => {
  const orderBy = (...numbers: number[]): string => {
    const drawn = numbers.map((number) => {
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setUint32(0, number);
      return bytes;
    });
    return shuffle(['a', 'b', 'c'], () => drawn.shift() as Uint8Array).join('');
  };
  expect(orderBy(1, 0)).toBe('cab');
  // 2^32 − 1 is one number too many to share out among three.
  expect(orderBy(2 ** 32 - 1, 1, 0)).toBe('cab');
  expect(orderBy(2 ** 32 - 2, 0)).toBe(orderBy(2, 0));
});
