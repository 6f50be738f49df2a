/**
 * How long the records of a pupil must be kept (thời hạn lưu trữ), and on what ground what need not be kept any longer is
 * destroyed (luật 91/2025/QH15 Đ.14 k.1). A record whose period is not known is kept for ever: whoever errs, errs so that
 * nothing is lost. The periods and how sure we are of them: ASSUMPTIONS.md C4.
 */
import type { RecordCode } from './charter-records.js';
import { charterAt, type SchoolLevel } from './charter.js';

/**
 * What can be erased of a pupil, each on its own: the family's accounts, what the assessment book and class summary rest on, the
 * transcripts, and who the pupil is.
 */
export const ERASURE_PARTS = ['family', 'book', 'transcript', 'identity'] as const;
export type ErasurePart = (typeof ERASURE_PARTS)[number];

/** The records that a part belongs to; a charter that does not ask for one does not hold the part back. */
const RECORDS_OF: Readonly<Record<ErasurePart, readonly RecordCode[]>> = {
  family: [],
  book: ['ASSESSMENT_BOOK', 'CLASS_SUMMARY'],
  transcript: ['TRANSCRIPT'],
  identity: ['REGISTER'],
};

interface Period {
  /** After the last day of the school year; null: for ever (vĩnh viễn). */
  readonly years: number | null;
  readonly basis: string;
}

const PERIODS: Readonly<Partial<Record<RecordCode, Period>>> = {
  REGISTER: { years: null, basis: 'NĐ 88/2026/NĐ-CP Đ.8' },
  TRANSCRIPT: { years: null, basis: 'NĐ 88/2026/NĐ-CP Đ.8' },
  ASSESSMENT_BOOK: { years: 20, basis: 'TT 08/2025/TT-BGDĐT' },
  CLASS_SUMMARY: { years: 20, basis: 'TT 08/2025/TT-BGDĐT' },
};
const UNKNOWN: Period = { years: null, basis: 'thời hạn chưa xác định' };
/** The charters that we know begin here; what is older is judged by the first of them. */
const FIRST_CHARTER_DAY = '2020-11-01';

export type ErasureGround =
  'subject-request' | 'purpose-over' | 'retention-over' | 'authority-decision' | 'records-handed-over';

/** On what ground, in words; `lifts`: the duty to keep ends with it, or passes to who has taken the records over. */
export const ERASURE_GROUNDS: Readonly<
  Record<ErasureGround, { readonly label: string; readonly lifts: boolean }>
> = {
  'subject-request': {
    label: 'Theo yêu cầu của học sinh, người đại diện (Luật 91/2025 Đ.14 k.1)',
    lifts: false,
  },
  'purpose-over': { label: 'Đã hoàn thành mục đích xử lí (Luật 91/2025 Đ.14 k.1)', lifts: false },
  'retention-over': { label: 'Hết thời hạn lưu trữ (Luật 91/2025 Đ.14 k.1)', lifts: false },
  'authority-decision': {
    label: 'Theo quyết định của cơ quan có thẩm quyền (Luật 91/2025 Đ.14 k.1)',
    lifts: true,
  },
  'records-handed-over': {
    label: 'Hồ sơ đã giao cho lưu trữ, cơ quan quản lí theo biên bản',
    lifts: true,
  },
};
export const GROUND_NAMES = Object.keys(ERASURE_GROUNDS) as readonly ErasureGround[];

/** A school year of which there is something in a record. */
export interface RecordedYear {
  /** "2026-2027". */
  readonly label: string;
  /** Last day, YYYY-MM-DD. */
  readonly endsOn: string;
}

/** A record that must still be kept, and why. */
export interface HeldRecord {
  readonly record: RecordCode;
  readonly name: string;
  readonly year: string;
  /** Article of the charter that asks for the record, and what says how long. */
  readonly article: string;
  /** Last day on which it must be kept, YYYY-MM-DD; null: for ever. */
  readonly until: string | null;
}

/**
 * The records of these years that a part belongs to, with the charter in force on each year's last day, and until when
 * each must be kept; those of former periods are among them.
 */
export function recordsOfPart(
  part: ErasurePart,
  level: SchoolLevel,
  years: readonly RecordedYear[],
): HeldRecord[] {
  return years.flatMap(({ label, endsOn }) => {
    const charter = charterAt(endsOn < FIRST_CHARTER_DAY ? FIRST_CHARTER_DAY : endsOn, level);
    return charter.records
      .filter(({ code, keeper }) => keeper === 'school' && RECORDS_OF[part].includes(code))
      .map(({ code, name }): HeldRecord => {
        const { years: length, basis } = PERIODS[code] ?? UNKNOWN;
        const until = length === null ? null : yearsAfter(endsOn, length);
        return { record: code, name, year: label, article: `${charter.article}; ${basis}`, until };
      });
  });
}

/** Whether a record must still be kept on a day. */
export function isHeldOn({ until }: HeldRecord, day: string): boolean {
  return until === null || day <= until;
}

function yearsAfter(day: string, years: number): string {
  return `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`;
}
