/** Requests that no page of ours sends: a good body with one place in it made hostile. Of one seed always the same. */
import { Random } from '#fixtures/random.js';

/** JSON as it may stand in a body. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** In every hostile text: what reaches an SQL statement other than as a parameter is found by it. */
export const MARKER = 'sqx7';

export interface Hostile {
  /** "cells.0.value: NUL" */
  readonly what: string;
  readonly body: string;
  /** Plain text that a person might type: where text is asked for it may be taken. */
  readonly isText: boolean;
}

const INJECTION = `${MARKER}'; DROP TABLE marks; -- " \\ $1 ? %_ \${x}`;
const DECOMPOSED = `${MARKER} Nguyễn Thị Ánh`.normalize('NFD');
/** More than any text field takes, less than a request may have. */
const HUGE = MARKER.repeat(20_000);

/** Two texts that somebody might mean, and then what nobody can. */
const TEXTS: readonly (readonly [string, Json])[] = [
  ['SQL', INJECTION],
  ['NFD', DECOMPOSED],
];
const VALUES: readonly (readonly [string, Json])[] = [
  ['NUL', `${MARKER}\u0000đ`],
  ['half a surrogate', `${MARKER}\ud800`],
  ['zero width', `${MARKER}\u200b\u202e`],
  ['huge text', HUGE],
  ['object', { [MARKER]: 'x', toString: 'x', length: 1 }],
  ['list of objects', [{}, [], null]],
  ['nested lists', nested(2000)],
  ['huge number', 1e308],
  ['fraction', -0.5],
  ['number beyond integers', 2 ** 60],
  ['true', true],
];
const LISTS: readonly (readonly [string, (list: readonly Json[]) => Json])[] = [
  ['12,000 of them', (list) => Array.from({ length: 12_000 }, (_, i) => list[i % list.length] ?? null)],
  ['null in the list', (list) => [...list, null]],
  ['object for a list', (list) => ({ ...list, length: list.length })],
];

function nested(depth: number): Json {
  let value: Json = [];
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}

/**
 * Bodies with one place changed, each place at least once by each kind that changes what it is.
 * @param each how many of the values go to each place, chosen by the seed
 */
export function* hostileBodies(seed: string, good: Json, each: number): Generator<Hostile> {
  const random = new Random(seed);
  for (const path of pathsOf(good, [])) {
    const at = path.length === 0 ? 'the body' : path.join('.');
    const put = (what: string, value: Json | undefined, isText = false): Hostile => ({
      what: `${at}: ${what}`,
      body: JSON.stringify(replaced(good, path, value)),
      isText,
    });
    for (const [what, value] of TEXTS) yield put(what, value, true);
    for (const [what, value] of chosen(random, VALUES, each)) yield put(what, value);
    const there = valueAt(good, path);
    if (Array.isArray(there)) for (const [what, change] of LISTS) yield put(what, change(there as Json[]));
    if (isObject(there)) yield put('unknown field', { ...there, [`${MARKER}Field`]: 1 });
  }
}

/** Texts that are no JSON body at all, or one that a parser must not choke on. */
export const BROKEN_BODIES: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['half an object', '{"a":'],
  ['text', `"${MARKER}"`],
  ['null', 'null'],
  ['a list', '[]'],
  ['a prototype', '{"__proto__":{"isAdmin":true}}'],
  ['a constructor', '{"constructor":{"prototype":{"isAdmin":true}}}'],
  ['a number', '1'],
  ['50,000 lists', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ['20,000 objects', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
  ['3 MB', JSON.stringify({ a: 'x'.repeat(3_000_000) })],
];

/** In an address, already encoded. */
export const HOSTILE_IDS: readonly string[] = [
  encodeURIComponent(INJECTION),
  `${MARKER}%00`,
  '%ed%a0%80',
  '..%2f..%2fetc%2fpasswd',
  encodeURIComponent(DECOMPOSED),
  '%27%20OR%201%3D1--',
  '__proto__',
  'a'.repeat(90),
];

function chosen<T>(random: Random, all: readonly T[], count: number): readonly T[] {
  const left = [...all];
  return Array.from({ length: Math.min(count, all.length) }, () =>
    left.splice(random.below(left.length), 1),
  ).flat();
}

function pathsOf(value: Json, path: readonly string[]): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  // One element of a list stands for all.
  const inner = Array.isArray(value) ? Object.entries(value).slice(0, 1) : Object.entries(value);
  return [path, ...inner.flatMap(([name, one]) => pathsOf(one as Json, [...path, name]))];
}

function valueAt(value: Json, path: readonly string[]): Json {
  return path.reduce<Json>((at, name) => (at as Readonly<Record<string, Json>>)[name] ?? null, value);
}

function replaced(value: Json, path: readonly string[], by: Json | undefined): Json | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((one: Json, i) => (String(i) === name ? (replaced(one, rest, by) ?? null) : one));
  }
  const object = value as Readonly<Record<string, Json>>;
  return { ...object, [name]: replaced(object[name] ?? null, rest, by) ?? null };
}

function isObject(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
