/** Values of single fields as people read them, by where they stand in the document. */
import { subjectsOf } from '#regulations/subjects.js';
import {
  COMMENT_SIGNS,
  HONOUR_LABELS,
  LEVEL_LABELS,
  PRIMARY_YEAR_LABELS,
  PROMOTION_LABELS,
  QUALITY_LEVEL_LABELS,
  SUBJECT_LEVEL_LABELS,
} from '#regulations/labels.js';
import { decimalComma } from '../format/cells.js';
import { formatDate } from '../format/dates.js';

export type FieldValue = string | number | boolean | null;

type Table = Readonly<Record<string, string>>;

/** Codes whose words are the same wherever they stand. */
const WORDS: readonly Table[] = [
  LEVEL_LABELS,
  PRIMARY_YEAR_LABELS,
  PROMOTION_LABELS,
  HONOUR_LABELS,
  COMMENT_SIGNS,
];

/** "7.8" → "7,8"; "KHA" → "Khá"; "T" of a subject → "Hoàn thành tốt", of a quality "Tốt"; a date → 21/11/2026. */
export function fieldText(path: string, value: string | number): string {
  const text = String(value);
  if (/\/(name|fullName|remark|text|place|teacher)$/.test(path)) return text;
  const ofSubject = path.includes('subjects/');
  // A comment subject's "D" is a result; a trait's is a level.
  const ofTrait = !ofSubject && /qualities|competences/.test(path);
  const tables: readonly Table[] = ofTrait ? [QUALITY_LEVEL_LABELS] : [...WORDS, SUBJECT_LEVEL_LABELS];
  for (const table of tables) if (Object.hasOwn(table, text)) return table[text] ?? text;
  return /^\d+\.\d$/.test(text) ? decimalComma(text) : formatDate(text);
}

/** A subject's name in the books of the grade; its code where that is not known. */
export function subjectName(code: string, grade: FieldValue | undefined): string {
  const known = typeof grade === 'number' && Number.isInteger(grade) && grade >= 1 && grade <= 12;
  return (known ? subjectsOf(grade).find((subject) => subject.code === code)?.name : undefined) ?? code;
}
