/** Sheets with all their columns, and everything wrong that a person can type into them, for the exact words of both. */
import { LONGEST_REMARK } from '#regulations/cell-values.js';
import { parseValue, sheetAreas, sheetColumns, type ColumnKind } from '#regulations/sheets.js';
import type { Period, RuleSetId } from '#regulations/types.js';

/** "TX1 score *: ĐĐGtx 1"; the star marks what a period cannot be locked without. */
function columns(...of: Parameters<typeof sheetColumns>): string[] {
  return sheetColumns(...of).map(
    ({ code, kind, label, required }) => `${code} ${kind}${required ? ' *' : ''}: ${label}`,
  );
}

/** "TOAN Toán (Toán) HK1 HK2 score compulsory 140" */
function areas(ruleSet: RuleSetId, grade: number): string[] {
  return sheetAreas(ruleSet, grade).map(({ area, label, short, periods, subject }) =>
    [
      ...[area, label, `(${short})`, ...periods],
      ...(subject === null ? [] : [subject.kind, subject.choice, subject.periodsPerYear, ...subject.tests]),
    ].join(' '),
  );
}

/** Class lists of subjects and sheets: grade, then area and period where columns are asked for. */
export const SHEETS: readonly (readonly [RuleSetId, number, string?, Period?])[] = [
  ...([1, 3, 4, 6, 8, 10] as const).map((grade) => [grade < 6 ? 'tt27-2020' : 'tt22-2021', grade] as const),
  ['tt22-2021', 8, 'TOAN', 'HK1'],
  ['tt22-2021', 8, 'GDTC', 'HK2'],
  ['tt22-2021', 8, 'REN_LUYEN', 'HK1'],
  ['tt27-2020', 4, 'TOAN', 'GHK1'],
  ['tt27-2020', 4, 'DAO_DUC', 'CN'],
  ['tt27-2020', 2, 'PHAM_CHAT_NANG_LUC', 'CN'],
  ['tt27-2020', 5, 'CHUYEN_CAN', 'CN'],
];

export function sheet([ruleSet, grade, area, period]: (typeof SHEETS)[number]): string[] {
  return area === undefined ? areas(ruleSet, grade) : columns(ruleSet, grade, area, period!);
}

const KINDS: readonly ColumnKind[] = [
  ...(['score', 'scoreTest', 'comment', 'commentTest', 'conduct', 'level'] as const),
  ...(['quality', 'test', 'count', 'height', 'weight', 'remark'] as const),
];
const TYPED = [
  '',
  '8,55',
  '8,5',
  '10,1',
  '10',
  '11',
  '123',
  '1234',
  '-1',
  '0',
  'tám',
  '08',
  '8x',
  'x8',
  '8,',
];
const WORDS = [
  'V',
  'đ',
  'CĐ',
  'T',
  'Hoàn thành',
  'Khá',
  'chưa  đạt',
  '49,9',
  '50',
  '250',
  '250,1',
  '366',
  '367',
];

/** What becomes of everything above in a cell of the kind. */
function typed(kind: ColumnKind): string[] {
  return [...TYPED, ...WORDS].map((text) => {
    const parsed = parseValue(kind, text);
    return parsed.ok ? `${text} → ${parsed.value}` : `${text} ✗ ${parsed.code}: ${parsed.message}`;
  });
}

const REMARKS: Readonly<Record<string, string>> = {
  '500 letters': 'ả'.repeat(LONGEST_REMARK),
  '501 letters': `${'ả'.repeat(LONGEST_REMARK)}.`,
  'an unseen one': 'ẩn\u200Bđi',
  'one beyond the first plane': 'em\u{1F600}',
};

/** The same of remarks too long to print. */
function remarks(): string[] {
  return Object.entries(REMARKS).map(([name, text]) => {
    const parsed = parseValue('remark', text);
    return parsed.ok ? `${name}: kept` : `${name}: ${parsed.code}: ${parsed.message}`;
  });
}

export const CELLS: Readonly<Record<string, () => readonly string[]>> = {
  ...Object.fromEntries(KINDS.map((kind) => [kind, () => typed(kind)])),
  remarks,
};
