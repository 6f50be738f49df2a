/** What a document's data say that must be readable on its pages, and what pdftotext reads there. */
import { COMMENT_SIGNS } from '#regulations/labels.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import { outputOf } from './file-judges.js';

/** Members of J that are printed as they are; codes are printed in words. */
const PRINTED = new Set([
  ...['fullName', 'className', 'homeroomTeacher', 'remark', 'homeroomRemark', 'text', 'name', 'schoolName'],
  ...['birthPlace', 'ethnicity', 'registerNumber', 'place', 'occupation', 'address', 'number'],
  ...['HK1', 'HK2', 'year', 'afterReassessment', 'test', 'regular', 'midterm', 'final', 'average', 'values'],
  ...['firstTerm', 'promotion', 'honour', 'teachers', 'was'],
]);
/** Only what holds marks in these members: levels are printed in words. */
const LEVELS = new Set(['conduct', 'learning', 'competences', 'qualities']);

/** The pages' text as poppler reads it: words in lower case, one space between them. */
export function textOf(path: string): string {
  return normal(outputOf('pdftotext', ['-raw', path, '-']));
}

/** Words of the data that the text does not have. */
export function missingWords(document: SchoolDocument, text: string): string[] {
  const words = textsIn(document.data).flatMap((each) => normal(each).split(/[ ;]+/));
  return [...new Set(words)].filter((word) => word !== '' && !text.includes(word));
}

function normal(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ').toLowerCase();
}

function textsIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return PRINTED.has(key) ? [printed(value)] : [];
  if (Array.isArray(value)) return value.flatMap((each) => textsIn(each, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    LEVELS.has(name) ? remarksIn(member) : textsIn(member, name),
  );
}

function remarksIn(value: unknown): string[] {
  const { remark } = (value ?? {}) as { readonly remark?: string };
  return remark === undefined ? [] : [remark];
}

/** A mark as it is written in Vietnam. */
function printed(value: string): string {
  if (value === 'D' || value === 'CD') return COMMENT_SIGNS[value];
  return /^\d+\.\d$/.test(value) ? value.replace('.', ',') : value;
}
