import type { CommentResult } from '../marks.js';

/** A strand (phân môn, mạch nội dung) of a subject of grades 6–9 that has a teacher of its own. */
export interface Strand {
  readonly code: string;
  readonly name: string;
}

/** The 2018 programme joins what used to be subjects; schools still have a teacher for each part. */
const STRANDS: Readonly<Record<string, readonly Strand[]>> = {
  KHTN: [
    { code: 'VAT_LI', name: 'Vật lí' },
    { code: 'HOA_HOC', name: 'Hóa học' },
    { code: 'SINH_HOC', name: 'Sinh học' },
  ],
  LICH_SU_DIA_LI: [
    { code: 'LICH_SU', name: 'Lịch sử' },
    { code: 'DIA_LI', name: 'Địa lí' },
  ],
  NGHE_THUAT: [
    { code: 'AM_NHAC', name: 'Âm nhạc' },
    { code: 'MI_THUAT', name: 'Mĩ thuật' },
  ],
};

/** The strands of a subject of grades 6–9, in the order in which they take turns; empty when it is taught as one. */
export function strandsOf(subject: string): readonly Strand[] {
  return Object.hasOwn(STRANDS, subject) ? STRANDS[subject]! : [];
}

const REGULAR = /^TX([1-9][0-9]?)$/;

/**
 * TT 22/2021 Đ.6, Đ.7: the subject has one row of marks and one result, so its regular columns are shared out by turns
 * among the strands (TX1 Vật lí, TX2 Hóa học, TX3 Sinh học, TX4 Vật lí) and the mid-term and end-of-term tests cover all
 * of it (ASSUMPTIONS.md A12). Null: the column is everybody's, and the answering teacher enters it.
 *
 * @param column "TX1", "GK", "CK", "NX"
 */
export function strandOfColumn(subject: string, column: string): Strand | null {
  const strands = strandsOf(subject);
  const number = Number(REGULAR.exec(column)?.[1] ?? 0);
  return strands.length === 0 || number === 0 ? null : strands[(number - 1) % strands.length]!;
}

/**
 * TT 22/2021 Đ.9 k.1: one assessment that was made strand by strand (Nghệ thuật: Âm nhạc and Mĩ thuật) is Đạt when every
 * strand is Đạt, as a term is Đạt when every assessment is. Null while one strand is open: a gap is not a Chưa đạt.
 */
export function resultOfStrands(results: readonly (CommentResult | null)[]): CommentResult | null {
  if (results.length === 0 || results.includes(null)) return null;
  return results.includes('CD') ? 'CD' : 'D';
}
