/** How the columns of a mark sheet are headed when written, and the spellings understood when read. */
import { TRAITS_AREA, type SheetColumn } from '#regulations/sheets.js';
import { COMMENT_SIGNS, LEVEL_LABELS, QUALITY_LEVEL_SIGNS } from '#regulations/labels.js';
import type { Period } from '#regulations/types.js';
import { headingKey } from './headings.js';
import type { TableColumn } from './workbook-writing.js';

/** Which sheet: class × area × period, with the words that stand for it in a file. */
export interface MarkSheetTarget {
  readonly schoolYear: string;
  readonly className: string;
  /** Area code and its Vietnamese names: "TOAN", "Toán", "Toán". */
  readonly area: string;
  readonly areaLabel: string;
  readonly areaShort: string;
  readonly period: Period;
  readonly columns: readonly SheetColumn[];
}

const REGULAR = /^TX(\d+)$/u;

/** The heading of a column, with the one merged over it and its neighbours: ĐĐGtx over TX1 … TX4. */
export function markHeading(area: string, { code, kind, label }: SheetColumn): TableColumn {
  if (kind === 'remark') return { heading: label, width: 60, align: 'left' };
  if (REGULAR.test(code)) {
    return {
      heading: code,
      group: kind === 'score' ? 'ĐĐGtx' : 'Đánh giá thường xuyên',
      width: 7,
      align: 'center',
    };
  }
  if (area === TRAITS_AREA) {
    const quality = QUALITY_CODES.has(code);
    return {
      heading: label,
      group: quality ? 'Phẩm chất chủ yếu' : 'Năng lực cốt lõi',
      width: 11,
      align: 'center',
    };
  }
  return { heading: label, width: 12, align: 'center' };
}

const QUALITY_CODES: ReadonlySet<string> = new Set([
  'YEU_NUOC',
  'NHAN_AI',
  'CHAM_CHI',
  'TRUNG_THUC',
  'TRACH_NHIEM',
]);

/** Heading keys besides a column's label and code. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  GK: [
    'ddggk',
    'giuaki',
    'danhgiagiuaki',
    'diemgiuaki',
    'ktgk',
    'giuahocki',
    'ddggiuaki',
    'diemdanhgiagiuaki',
  ],
  CK: [
    'ddgck',
    'cuoiki',
    'danhgiacuoiki',
    'diemcuoiki',
    'ktck',
    'cuoihocki',
    'ddgcuoiki',
    'diemdanhgiacuoiki',
  ],
  NX: ['nhanxet', 'loinhanxet', 'nhanxetcuagiaovien', 'nhanxetcuagiaoviencchunhiem', 'nhanxetcuagvcn'],
  MUC: ['mucdatduoc', 'mucdanhgia', 'ketquarenluyen', 'renluyen', 'xeploai'],
  KTDK: ['diemktdk', 'diemkiemtradinhki', 'diemkiemtra', 'diemkt', 'diembaikiemtra'],
  VANG_P: ['sobuoinghicophep', 'songaynghicophep', 'nghicophep', 'vangcophep', 'cophep'],
  VANG_K: ['sobuoinghikhongphep', 'songaynghikhongphep', 'nghikhongphep', 'vangkhongphep', 'khongphep'],
  CAO: ['chieucao', 'chieucaocm'],
  NANG: ['cannang', 'cannangkg'],
  NX_PC: ['nhanxetvephamchat', 'nhanxetphamchat', 'phamchatchuyeunhanxet'],
  NX_NL: ['nhanxetvenangluc', 'nhanxetnangluc', 'nangluccotloinhanxet'],
};

const REGULAR_SPELLINGS = [
  'tx',
  'ddgtx',
  'ddgtxlan',
  'dgtx',
  'kttx',
  'danhgiathuongxuyen',
  'diemthuongxuyen',
  'thuongxuyen',
];

/** Which column of the sheet a heading key means. */
export function markField(columns: readonly SheetColumn[]): (key: string) => string | undefined {
  const byKey = new Map<string, string>();
  for (const { code, label } of columns) {
    for (const key of [
      headingKey(label),
      headingKey(code),
      ...(SPELLINGS[code] ?? []),
      ...regularKeys(code),
    ]) {
      if (!byKey.has(key)) byKey.set(key, code);
    }
  }
  const remarks = columns.filter(({ kind }) => kind === 'remark');
  const only = remarks.length === 1 ? remarks[0]?.code : undefined;
  // The book prints "Nhận xét (sự tiến bộ, ưu điểm nổi bật, hạn chế chủ yếu – nếu có)".
  return (key) => byKey.get(key) ?? (key.startsWith('nhanxet') ? only : undefined);
}

function regularKeys(code: string): string[] {
  const number = REGULAR.exec(code)?.[1];
  return number === undefined ? [] : REGULAR_SPELLINGS.map((spelling) => spelling + number);
}

/** Columns that mark sheets have and that are not read: averages are computed here, persons are in the class list. */
export const MARK_SHEET_IGNORED: ReadonlySet<string> = new Set([
  'stt',
  'tt',
  'sothutu',
  'ngaysinh',
  'gioitinh',
  'nu',
  'dantoc',
  'lop',
  'ghichu',
  'dtbmhk',
  'dtbmhki',
  'dtbmhkii',
  'dtbmcn',
  'dtb',
  'dtbm',
  'tbm',
  'tbmhk',
  'tbmcn',
  'diemtrungbinh',
  'diemtrungbinhmon',
]);

/** A canonical value as schools print it: 8,5; Đ and CĐ; Tốt, Khá, Đạt, Chưa đạt. */
export function printedValue({ kind }: SheetColumn, value: string): string {
  switch (kind) {
    case 'score':
    case 'scoreTest':
    case 'test':
    case 'count':
    case 'height':
    case 'weight':
      return value.replace('.', ',');
    case 'comment':
    case 'commentTest':
      return (COMMENT_SIGNS as Readonly<Record<string, string>>)[value] ?? value;
    case 'conduct':
      return (LEVEL_LABELS as Readonly<Record<string, string>>)[value] ?? value;
    case 'quality':
      return (QUALITY_LEVEL_SIGNS as Readonly<Record<string, string>>)[value] ?? value;
    case 'level':
    case 'remark':
      return value;
  }
}
