/** Canonical values as they stand on the page: decimal comma, Đ and CĐ, levels in words. */
import {
  COMMENT_LABELS,
  COMMENT_SIGNS,
  LEVEL_LABELS,
  QUALITY_LEVEL_LABELS,
  QUALITY_LEVEL_SIGNS,
  SUBJECT_LEVEL_LABELS,
} from '#regulations/labels.js';

/** "8.5" → "8,5". Only for numbers: a remark keeps its dots. */
export function decimalComma(number: string): string {
  return number.replace('.', ',');
}

/** How a cell looks, and its meaning in full where the sign is short. */
export interface ShownValue {
  readonly text: string;
  readonly meaning: string | null;
}

/**
 * @param kind the column's kind (libs/regulations sheets); an unknown one is shown as it is
 * @param value canonical text
 */
export function showValue(kind: string, value: string): ShownValue {
  switch (kind) {
    case 'score':
    case 'scoreTest':
    case 'test':
    case 'height':
    case 'weight':
    case 'count':
      return value === 'V' ? ABSENT : { text: decimalComma(value), meaning: null };
    case 'comment':
    case 'commentTest':
      return value === 'V' ? ABSENT : signed(COMMENT_SIGNS, COMMENT_LABELS, value);
    case 'level':
      return { text: value, meaning: named(SUBJECT_LEVEL_LABELS, value) };
    case 'quality':
      return signed(QUALITY_LEVEL_SIGNS, QUALITY_LEVEL_LABELS, value);
    case 'conduct':
      return { text: named(LEVEL_LABELS, value) ?? value, meaning: null };
    default:
      return { text: value, meaning: null };
  }
}

const ABSENT: ShownValue = { text: 'V', meaning: 'Vắng không có lí do chính đáng' };

function signed(
  signs: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
  value: string,
) {
  return { text: named(signs, value) ?? value, meaning: named(labels, value) };
}

/** Looks only at the table's own keys: a value of "constructor" names nothing. */
function named(table: Readonly<Record<string, string>>, key: string): string | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}
