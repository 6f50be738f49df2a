/**
 * The order of names in a class list: by given name (tên), then family name and middle names (họ, đệm) from left to
 * right, in the Vietnamese alphabet (a ă â b c d đ e ê …) with tones last. Words are compared one at a time, because a
 * collator given the whole name would let a later word outweigh the tone of an earlier one.
 */
const collator = new Intl.Collator('vi', { usage: 'sort', sensitivity: 'variant' });

/** A name as a class list splits it. One-word names have only a given name. */
export interface NameParts {
  /** Tên: the last word. */
  readonly given: string;
  /** Họ và đệm: the words before it, in order. */
  readonly before: readonly string[];
}

/** Splits a full name at white space; runs of spaces count as one. */
export function splitName(fullName: string): NameParts {
  const words = fullName.normalize('NFC').trim().split(/\s+/u);
  return { given: words.at(-1) ?? '', before: words.slice(0, -1) };
}

/** Negative when `a` stands before `b` in a class list, 0 only for names that are spelled alike. */
export function compareNames(a: string, b: string): number {
  return compareParts(splitName(a), splitName(b));
}

/**
 * A sorted copy of `items`. Pupils of one name keep a fixed order by `tieBreak` (their code, or birth date and code).
 * @param nameOf full name of an item
 * @param tieBreak text compared by code unit when the names are equal
 */
export function sortByName<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  tieBreak: (item: T) => string = () => '',
): T[] {
  return items
    .map((item) => ({ item, parts: splitName(nameOf(item)), tie: tieBreak(item) }))
    .sort((a, b) => compareParts(a.parts, b.parts) || compareText(a.tie, b.tie))
    .map(({ item }) => item);
}

function compareParts(a: NameParts, b: NameParts): number {
  const byGiven = collator.compare(a.given, b.given);
  if (byGiven !== 0) return byGiven;
  for (let i = 0; i < Math.max(a.before.length, b.before.length); i++) {
    const left = a.before[i];
    const right = b.before[i];
    if (left === undefined) return -1;
    if (right === undefined) return 1;
    const order = collator.compare(left, right);
    if (order !== 0) return order;
  }
  return 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
