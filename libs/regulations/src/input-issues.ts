import type { InputErrorCode } from './types.js';

/** One thing in the input that nobody may guess about. */
export interface InputIssue {
  readonly code: InputErrorCode;
  /** A path into the input, "" for the whole line. */
  readonly where: string;
  readonly message: string;
}

const SHOWN = 40;

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** Collects every issue of one input: a school mends a file in one go, not one error at a time. */
export class InputIssues {
  readonly list: InputIssue[] = [];

  invalidMark(where: string, value: unknown, expected: string): void {
    this.add('INVALID_MARK', where, `${shown(value)} không hợp lệ; cần ${expected}`);
  }

  invalidField(where: string, value: unknown, expected: string): void {
    this.add(
      'INVALID_FIELD',
      where,
      value === undefined ? `còn thiếu; cần ${expected}` : `${shown(value)} không hợp lệ; cần ${expected}`,
    );
  }

  add(code: InputErrorCode, where: string, message: string): void {
    this.list.push({ code, where, message });
  }

  /**
   * The fields of an object, after naming every key that is not in `known`. Null (with an issue) when it is not an
   * object: an array or a text is never read as an empty object.
   */
  fields<K extends string>(
    value: unknown,
    known: ReadonlySet<K>,
    where: string,
  ): Partial<Record<K, unknown>> | null {
    const object = this.object(value, where);
    if (object === null) return null;
    for (const key in object) {
      if (!known.has(key as K)) {
        this.add(
          'UNKNOWN_FIELD',
          where === '' ? key : `${where}.${key}`,
          `trường không có trong quy định dữ liệu; các trường được dùng: ${[...known].join(', ')}`,
        );
      }
    }
    return object as Partial<Record<K, unknown>>;
  }

  object(value: unknown, where: string): Readonly<Record<string, unknown>> | null {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Readonly<Record<string, unknown>>;
    }
    this.invalidField(where, value, 'một đối tượng { … }');
    return null;
  }

  flag(value: unknown, where: string): boolean {
    if (value === undefined || value === null) return false;
    if (typeof value !== 'boolean') this.invalidField(where, value, 'true hoặc false');
    return value === true;
  }

  /** With an invalid grade the rest is read as of the last one, which knows the most. */
  grade(value: unknown, from: number, to: number): number {
    if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value;
    this.invalidField('grade', value, `số nguyên từ ${from} đến ${to}`);
    return to;
  }

  subjectCode(value: unknown, where: string): string | null {
    if (typeof value === 'string' && value.length > 0 && value.length <= 64) return value;
    this.invalidField(where, value, 'mã môn học (1 đến 64 kí tự)');
    return null;
  }
}
