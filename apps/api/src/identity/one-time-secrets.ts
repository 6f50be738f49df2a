/** Codes that people read off paper, and their hashes. A code has 80 random bits, so that a plain hash keeps it. */
import { createHash, randomInt } from 'node:crypto';

/** Crockford's base32: no I, L, O, U, which are mistaken for others. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 4;
const GROUP = 4;

/** A new code: "7KQ2-M4XD-0TGE-9B3R". */
export function newPaperCode(): string {
  return Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  ).join('-');
}

/**
 * SHA-256 (hex) of a code as typed: spaces, hyphens and case do not count, and O, I, L are read as 0, 1, 1.
 * @param kind what it opens, so that a code of one kind is none of another
 */
export function paperCodeHash(kind: 'activation' | 'recovery', personId: string, typed: string): string {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return createHash('sha256').update(`socai.v1/${kind}\0${personId}\0${code}`).digest('hex');
}

/** SHA-256 (hex) of a cookie's secret: what the database keeps of it. */
export function cookieHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
