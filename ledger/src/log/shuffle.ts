/** A random order, so that the order of a class list tells nothing about who is where in the log. */
import { readBigEndian } from '../format/bytes.js';
import type { Random } from './ports.js';

/** `items` in an order that is uniform over all orders (Fisher–Yates, without modulo bias). */
export function shuffle<T>(items: readonly T[], random: Random): T[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = below(last + 1, random);
    [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
  }
  return shuffled;
}

/** A uniform number in 0 … bound − 1 (bound at most 2^32). */
function below(bound: number, random: Random): number {
  const limit = 2 ** 32 - (2 ** 32 % bound);
  for (;;) {
    const value = readBigEndian(random(4));
    if (value < limit) return value % bound;
  }
}
