import { formatMark } from './decimal.js';
import { ABSENT, parseScore, parseWholeMark } from './marks.js';

/**
 * What a cell of a sheet may hold. `score` and `comment` are regular assessments; `scoreTest` and `commentTest` are
 * periodic ones, which may also be "V" (absent without a valid reason).
 */
export type ColumnKind =
  | 'score'
  | 'scoreTest'
  | 'comment'
  | 'commentTest'
  | 'conduct'
  | 'level'
  | 'quality'
  | 'test'
  | 'count'
  | 'height'
  | 'weight'
  | 'remark';

export type CellErrorCode =
  | 'EMPTY'
  | 'NOT_A_NUMBER'
  | 'OUT_OF_RANGE'
  | 'WRONG_PRECISION'
  | 'NOT_A_LEVEL'
  | 'TOO_LONG'
  | 'UNREADABLE_CHARACTER';

export type ParsedValue =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly code: CellErrorCode; readonly message: string };

/** Remarks are short by design: 150 characters read best, 500 are kept. */
export const LONGEST_REMARK = 500;

/**
 * Turns what a person typed, pasted or imported into the canonical value of a cell, or says why not. Accepts the
 * decimal comma and Vietnamese names of levels on input; never rounds, clamps or guesses.
 */
export function parseValue(kind: ColumnKind, text: string): ParsedValue {
  const typed = text.normalize('NFC').trim();
  if (typed === '') return refuse('EMPTY', 'ô này đang trống');
  switch (kind) {
    case 'score':
      return mark(typed);
    case 'scoreTest':
      return isAbsent(typed) ? accept(ABSENT) : mark(typed);
    case 'test':
      return wholeMark(typed);
    case 'comment':
      return level(typed, COMMENT_WORDS, 'Đ (Đạt) hoặc CĐ (Chưa đạt)');
    case 'commentTest':
      return isAbsent(typed) ? accept(ABSENT) : level(typed, COMMENT_WORDS, 'Đ (Đạt) hoặc CĐ (Chưa đạt)');
    case 'conduct':
      return level(typed, CONDUCT_WORDS, 'Tốt, Khá, Đạt hoặc Chưa đạt');
    case 'level':
      return level(typed, SUBJECT_LEVEL_WORDS, 'T (Hoàn thành tốt), H (Hoàn thành) hoặc C (Chưa hoàn thành)');
    case 'quality':
      return level(typed, QUALITY_WORDS, 'T (Tốt), Đ (Đạt) hoặc C (Cần cố gắng)');
    case 'count':
      return measure(typed, { from: 0, to: 366, decimals: 0, unit: 'buổi' });
    case 'height':
      return measure(typed, { from: 50, to: 250, decimals: 1, unit: 'cm' });
    case 'weight':
      return measure(typed, { from: 5, to: 250, decimals: 1, unit: 'kg' });
    case 'remark':
      return remark(typed);
  }
}

function accept(value: string): ParsedValue {
  return { ok: true, value };
}

function refuse(code: CellErrorCode, message: string): ParsedValue {
  return { ok: false, code, message };
}

function isAbsent(typed: string): boolean {
  return typed.toUpperCase() === ABSENT;
}

const DECIMAL = /^(-?)([0-9]+)(?:[.,]([0-9]+))?$/;
const MARK_RANGE = 'điểm từ 0 đến 10';

function mark(typed: string): ParsedValue {
  const parts = DECIMAL.exec(typed);
  if (parts === null)
    return refuse('NOT_A_NUMBER', `“${typed}” không phải là điểm; hãy nhập ${MARK_RANGE}, ví dụ 8,5`);
  const [, sign, whole, fraction = ''] = parts;
  if (
    sign === '-' ||
    whole!.length > 2 ||
    Number(whole) > 10 ||
    (Number(whole) === 10 && /[1-9]/.test(fraction))
  ) {
    return refuse('OUT_OF_RANGE', `“${typed}” nằm ngoài thang điểm; hãy nhập ${MARK_RANGE}`);
  }
  if (fraction.length > 1) {
    return refuse(
      'WRONG_PRECISION',
      `“${typed}” có nhiều hơn một chữ số sau dấu phẩy; hãy làm tròn trước khi nhập`,
    );
  }
  const tenths = parseScore(fraction === '' ? whole! : `${whole}.${fraction}`);
  return tenths === null
    ? refuse('NOT_A_NUMBER', `“${typed}” không phải là điểm; hãy nhập ${MARK_RANGE}, ví dụ 8,5`)
    : accept(formatMark(tenths));
}

function wholeMark(typed: string): ParsedValue {
  const parsed = mark(typed);
  if (!parsed.ok || parseWholeMark(parsed.value) !== null) return parsed;
  return refuse(
    'WRONG_PRECISION',
    `“${typed}” là điểm thập phân; bài kiểm tra định kì cấp tiểu học chỉ cho điểm nguyên`,
  );
}

interface Measure {
  readonly from: number;
  readonly to: number;
  readonly decimals: 0 | 1;
  readonly unit: string;
}

function measure(typed: string, { from, to, decimals, unit }: Measure): ParsedValue {
  const parts = DECIMAL.exec(typed);
  if (parts === null) return refuse('NOT_A_NUMBER', `“${typed}” không phải là số`);
  const [, sign, whole, fraction = ''] = parts;
  if (fraction.length > decimals) {
    return refuse(
      'WRONG_PRECISION',
      `“${typed}” cần là số ${decimals === 0 ? 'nguyên' : 'có nhiều nhất một chữ số sau dấu phẩy'}`,
    );
  }
  const tenths = whole!.length > 3 ? Infinity : Number(whole) * 10 + Number(fraction === '' ? 0 : fraction);
  if (sign === '-' || tenths < from * 10 || tenths > to * 10) {
    return refuse('OUT_OF_RANGE', `“${typed}” nằm ngoài khoảng ${from} đến ${to} ${unit}`);
  }
  return accept(formatMark(tenths));
}

type Words = ReadonlyMap<string, string>;

/** Keys are lower case; both "Đ" and "D" are typed, both "CĐ" and "CD". */
const COMMENT_WORDS: Words = new Map([
  ['d', 'D'],
  ['đ', 'D'],
  ['đạt', 'D'],
  ['cd', 'CD'],
  ['cđ', 'CD'],
  ['chưa đạt', 'CD'],
]);
const CONDUCT_WORDS: Words = new Map([
  ['tot', 'TOT'],
  ['tốt', 'TOT'],
  ['t', 'TOT'],
  ['kha', 'KHA'],
  ['khá', 'KHA'],
  ['k', 'KHA'],
  ['dat', 'DAT'],
  ['đạt', 'DAT'],
  ['đ', 'DAT'],
  ['d', 'DAT'],
  ['chua_dat', 'CHUA_DAT'],
  ['chưa đạt', 'CHUA_DAT'],
  ['cđ', 'CHUA_DAT'],
  ['cd', 'CHUA_DAT'],
]);
const SUBJECT_LEVEL_WORDS: Words = new Map([
  ['t', 'T'],
  ['hoàn thành tốt', 'T'],
  ['h', 'H'],
  ['hoàn thành', 'H'],
  ['c', 'C'],
  ['chưa hoàn thành', 'C'],
]);
const QUALITY_WORDS: Words = new Map([
  ['t', 'T'],
  ['tốt', 'T'],
  ['đ', 'D'],
  ['d', 'D'],
  ['đạt', 'D'],
  ['c', 'C'],
  ['cần cố gắng', 'C'],
]);

function level(typed: string, words: Words, expected: string): ParsedValue {
  const code = words.get(typed.toLowerCase().replace(/\s+/g, ' '));
  return code === undefined
    ? refuse('NOT_A_LEVEL', `“${typed}” không phải là mức đánh giá; hãy nhập ${expected}`)
    : accept(code);
}

/** Control, zero-width, bidirectional and private characters: unseen on screen, seen by whoever searches or signs. */
const UNREADABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/u;

function remark(typed: string): ParsedValue {
  const text = typed.replace(/\s+/g, ' ');
  if (UNREADABLE.test(text)) {
    return refuse('UNREADABLE_CHARACTER', 'nhận xét có kí tự không hiển thị được; hãy xóa và gõ lại chỗ đó');
  }
  if ([...text].length > LONGEST_REMARK) {
    return refuse('TOO_LONG', `nhận xét dài hơn ${LONGEST_REMARK} kí tự; hãy viết ngắn lại`);
  }
  return accept(text);
}
