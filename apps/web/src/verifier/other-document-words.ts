import type { Dictionary } from '../i18n/language.js';

interface OtherDocumentWords {
  readonly titles: {
    readonly 'phieu-ket-qua': string;
    readonly 'bang-tong-hop': string;
    readonly 'so-theo-doi-lop': string;
  };
  readonly classAndYear: (className: string, year: string, period: string) => string;
  readonly pupil: string;
  readonly regular: string;
  readonly midterm: string;
  readonly final: string;
  readonly average: string;
  readonly corrected: (was: string) => string;
  readonly yearEnd: string;
  readonly pupils: string;
  readonly term: string;
}

export const OTHER_DOCUMENT_WORDS: Dictionary<OtherDocumentWords> = {
  vi: {
    titles: {
      'phieu-ket-qua': 'Phiếu báo kết quả',
      'bang-tong-hop': 'Bảng tổng hợp kết quả đánh giá giáo dục của lớp',
      'so-theo-doi-lop': 'Sổ theo dõi và đánh giá học sinh',
    },
    classAndYear: (className, year, period) => `Lớp ${className}, ${period}năm học ${year}`,
    pupil: 'Học sinh',
    regular: 'ĐĐGtx',
    midterm: 'ĐĐGgk',
    final: 'ĐĐGck',
    average: 'Trung bình',
    corrected: (was) => `(sửa từ ${was})`,
    yearEnd: 'Cả năm',
    pupils: 'Số học sinh',
    term: 'Học kì',
  },
  en: {
    titles: {
      'phieu-ket-qua': 'Result slip',
      'bang-tong-hop': 'Summary of a class’s educational results',
      'so-theo-doi-lop': 'Class register of marks',
    },
    classAndYear: (className, year, period) => `Class ${className}, ${period}school year ${year}`,
    pupil: 'Pupil',
    regular: 'Regular',
    midterm: 'Midterm',
    final: 'Final',
    average: 'Average',
    corrected: (was) => `(corrected from ${was})`,
    yearEnd: 'Year',
    pupils: 'Pupils',
    term: 'Term',
  },
};
