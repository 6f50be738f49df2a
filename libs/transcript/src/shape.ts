/**
 * Shapes of JSON values, written once: each checks a value and reports every violation, and each knows its JSON Schema.
 * `object<T>` takes exactly the keys of the TypeScript type, so that the two cannot drift apart unnoticed.
 */
import type { Json } from '#ledger/format/jcs.js';
import { textFault } from './text.js';

export type ViolationCode =
  'WRONG_TYPE' | 'UNKNOWN_KEY' | 'MISSING_KEY' | 'BAD_VALUE' | 'BAD_TEXT' | 'INCONSISTENT';

/** One thing wrong with a document. `path` is a JSON Pointer ("/data/pupil/fullName"). */
export interface Violation {
  readonly path: string;
  readonly code: ViolationCode;
  readonly message: string;
}

export type Report = (path: string, code: ViolationCode, message: string) => void;

export interface Shape {
  readonly schema: { readonly [key: string]: Json };
  readonly optional?: true;
  check(value: Json, path: string, report: Report): void;
}

type OptionalKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];
type Fields<T> = {
  readonly [K in keyof T]-?: K extends OptionalKeys<T> ? Shape & { readonly optional: true } : Shape;
};

/** A key that may be absent. */
export function optional(shape: Shape): Shape & { readonly optional: true } {
  return { ...shape, optional: true };
}

/** The value, or null. */
export function nullable(shape: Shape): Shape {
  return {
    schema: { anyOf: [shape.schema, { type: 'null' }] },
    check: (value, path, report) => {
      if (value !== null) shape.check(value, path, report);
    },
  };
}

/** An object with exactly these keys. */
export function object<T>(fields: Fields<T>): Shape {
  const shapes = new Map<string, Shape>(Object.entries(fields));
  const required = [...shapes].filter(([, shape]) => shape.optional !== true).map(([key]) => key);
  return {
    schema: {
      type: 'object',
      additionalProperties: false,
      required,
      properties: Object.fromEntries([...shapes].map(([key, shape]) => [key, shape.schema])),
    },
    check: (value, path, report) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        report(path, 'WRONG_TYPE', 'is not an object');
        return;
      }
      const members = value as { readonly [key: string]: Json };
      for (const key of Object.keys(members)) {
        if (!shapes.has(key)) report(join(path, key), 'UNKNOWN_KEY', 'is not a key of this object');
      }
      for (const [key, shape] of shapes) {
        if (Object.hasOwn(members, key)) shape.check(members[key] as Json, join(path, key), report);
        else if (shape.optional !== true) report(join(path, key), 'MISSING_KEY', 'is missing');
      }
    },
  };
}

/** A list of `min` to `max` items. */
export function list(item: Shape, min: number, max: number): Shape {
  return {
    schema: { type: 'array', items: item.schema, minItems: min, maxItems: max },
    check: (value, path, report) => {
      if (!Array.isArray(value)) {
        report(path, 'WRONG_TYPE', 'is not a list');
        return;
      }
      const items = value as readonly Json[];
      if (items.length < min || items.length > max) {
        report(
          path,
          'BAD_VALUE',
          `has ${String(items.length)} items; ${String(min)} to ${String(max)} are allowed`,
        );
      }
      items.slice(0, max).forEach((each, i) => {
        item.check(each, join(path, String(i)), report);
      });
    },
  };
}

/** Readable text of at most `max` characters (UTF-16 code units), never empty. */
export function text(max: number): Shape {
  return textOf(1, max);
}

/** As `text`, or the empty string. */
export function textOrEmpty(max: number): Shape {
  return textOf(0, max);
}

function textOf(min: number, max: number): Shape {
  return {
    schema: { type: 'string', minLength: min, maxLength: max },
    check: (value, path, report) => {
      if (typeof value !== 'string') report(path, 'WRONG_TYPE', 'is not text');
      else if (value.length < min) report(path, 'BAD_TEXT', 'is empty');
      else if (value.length > max) report(path, 'BAD_TEXT', `is longer than ${String(max)} characters`);
      else {
        const fault = textFault(value);
        if (fault !== undefined) report(path, 'BAD_TEXT', fault);
      }
    },
  };
}

/** Text of the given form (an anchored pattern without flags); `what` says it in words. */
export function pattern(source: string, what: string): Shape {
  const form = new RegExp(source, 'u');
  return {
    schema: { type: 'string', pattern: source, description: what },
    check: (value, path, report) => {
      if (typeof value !== 'string') report(path, 'WRONG_TYPE', 'is not text');
      else if (!form.test(value)) report(path, 'BAD_VALUE', `is not ${what}`);
    },
  };
}

/** One of these values. */
export function oneOf(...values: readonly (string | number | true)[]): Shape {
  return {
    schema: { enum: values },
    check: (value, path, report) => {
      if (!(values as readonly Json[]).includes(value)) {
        report(path, 'BAD_VALUE', `is not one of ${values.join(', ')}`);
      }
    },
  };
}

/** A whole number from `min` to `max`. */
export function integer(min: number, max: number): Shape {
  return {
    schema: { type: 'integer', minimum: min, maximum: max },
    check: (value, path, report) => {
      if (typeof value !== 'number' || !Number.isInteger(value))
        report(path, 'WRONG_TYPE', 'is not a whole number');
      else if (value < min || value > max) {
        report(path, 'BAD_VALUE', `is not between ${String(min)} and ${String(max)}`);
      }
    },
  };
}

/** true or false. */
export function flag(): Shape {
  return {
    schema: { type: 'boolean' },
    check: (value, path, report) => {
      if (typeof value !== 'boolean') report(path, 'WRONG_TYPE', 'is not true or false');
    },
  };
}

/** A calendar day YYYY-MM-DD that exists. */
export function day(): Shape {
  return {
    schema: { type: 'string', format: 'date' },
    check: (value, path, report) => {
      const existing =
        typeof value === 'string' &&
        /^\d{4}-\d{2}-\d{2}$/.test(value) &&
        new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value;
      if (!existing) report(path, 'BAD_VALUE', 'is not a day YYYY-MM-DD');
    },
  };
}

/** The value's own shape, chosen by one of its keys. */
export function choice(key: string, shapes: Readonly<Record<string, Shape>>): Shape {
  return {
    schema: { oneOf: Object.values(shapes).map((shape) => shape.schema) },
    check: (value, path, report) => {
      const members =
        typeof value === 'object' && value !== null ? (value as { readonly [key: string]: Json }) : {};
      const name = Object.hasOwn(members, key) ? members[key] : undefined;
      const shape = typeof name === 'string' && Object.hasOwn(shapes, name) ? shapes[name] : undefined;
      if (shape === undefined) {
        report(join(path, key), 'BAD_VALUE', `is not one of ${Object.keys(shapes).join(', ')}`);
      } else shape.check(value, path, report);
    },
  };
}

function join(path: string, key: string): string {
  return `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 80)}`;
}
