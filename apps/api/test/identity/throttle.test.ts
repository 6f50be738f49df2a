import { describe, expect, test } from '@jest/globals';
import { accountWait, addressWait, FREE_FAILURES, leftOf } from '#api/identity/throttle.js';

describe('the wait of an account', () => {
  test('begins after five failures, doubles with each, and ends growing at an hour', () => {
    expect([0, 1, 4].map(accountWait)).toEqual([0, 0, 0]);
    expect([5, 6, 7, 8].map(accountWait)).toEqual([1000, 2000, 4000, 8000]);
    expect(accountWait(60)).toBe(3_600_000);
    expect(accountWait(5000)).toBe(3_600_000);
    for (let failures = FREE_FAILURES; failures < 60; failures += 1) {
      expect(accountWait(failures + 1)).toBeGreaterThanOrEqual(accountWait(failures));
    }
  });
});

describe('the wait at an address', () => {
  test('a school of sixty where half mistype in the morning waits for nothing', () => {
    expect(addressWait(30, 60)).toBe(0);
  });

  test('a strange machine that tries names waits after twenty, longer with each', () => {
    expect(addressWait(19, 0)).toBe(0);
    expect([20, 21, 22].map((failing) => addressWait(failing, 0))).toEqual([1000, 2000, 4000]);
    expect(addressWait(500, 0)).toBe(600_000);
  });

  test('each sign-in there allows two more names', () => {
    expect(addressWait(29, 5)).toBe(0);
    expect(addressWait(30, 5)).toBe(1000);
  });
});

describe('what is left of a wait', () => {
  test('shrinks as time goes', () => {
    expect(leftOf(8000, 1000, 4000)).toBe(5000);
    expect(leftOf(8000, 1000, 9000)).toBe(0);
  });

  test('is never longer than the wait, wherever the clock jumped to', () => {
    expect(leftOf(8000, 1_000_000, 4000)).toBe(8000);
    expect(leftOf(8000, 0, 1_000_000)).toBe(0);
  });
});
