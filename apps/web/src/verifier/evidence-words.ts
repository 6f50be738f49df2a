import type { CheckedSignature } from '#verify/result.js';
import type { Dictionary } from '../i18n/language.js';

interface EvidenceWords {
  readonly signers: string;
  readonly roles: Readonly<Record<CheckedSignature['role'], string>>;
  readonly signedAt: (time: string) => string;
  readonly signedAtHelp: string;
  readonly signersUnconfirmed: string;
  readonly ledger: string;
  readonly number: string;
  readonly existedAt: string;
  readonly witnesses: string;
  readonly origin: string;
  readonly unknownTime: string;
  readonly status: string;
  readonly newest: string;
  readonly laterEvents: string;
  readonly notLooked: string;
  readonly lookedUpTo: (size: number, time: string) => string;
  readonly results: string;
  readonly resultsFollow: (circular: string) => string;
  readonly resultsDiffer: (circular: string) => string;
  readonly resultsUnknown: (circular: string) => string;
  readonly circulars: Readonly<Record<string, string>>;
}

export const EVIDENCE_WORDS: Dictionary<EvidenceWords> = {
  vi: {
    signers: 'Ai đã kí',
    roles: {
      homeroom: 'Giáo viên chủ nhiệm',
      'vice-principal': 'Phó Hiệu trưởng',
      principal: 'Hiệu trưởng',
      seal: 'Con dấu số của nhà trường',
    },
    signedAt: (time) => `ghi giờ kí ${time}`,
    signedAtHelp:
      'Giờ kí do máy của người kí ghi; giờ dùng làm căn cứ là giờ nhân chứng thấy học bạ trong Sổ Cái.',
    signersUnconfirmed: 'Tên như ghi trong tệp; chưa xác nhận được là của nhà trường.',
    ledger: 'Trong Sổ Cái',
    number: 'Số thứ tự',
    existedAt: 'Có mặt từ',
    witnesses: 'Nhân chứng',
    origin: 'Sổ Cái',
    unknownTime: 'chưa rõ',
    status: 'Còn mới nhất?',
    newest: 'Không có bản nào mới hơn và không bị thu hồi.',
    laterEvents: 'Sau học bạ này, Sổ Cái có ghi thêm về nó (xem lí do ở trên).',
    notLooked: 'Chưa tra được Sổ Cái, nên chưa biết có bản mới hơn hay không.',
    lookedUpTo: (size, time) => `Đã tra hết ${size} dòng của Sổ Cái, tính đến ${time}.`,
    results: 'Kết quả có khớp với điểm?',
    resultsFollow: (circular) =>
      `Tính lại theo ${circular}: các kết quả trong học bạ đúng là suy ra từ điểm.`,
    resultsDiffer: (circular) =>
      `Tính lại theo ${circular}: có kết quả KHÔNG suy ra được từ điểm. Hãy hỏi nhà trường.`,
    resultsUnknown: (circular) =>
      `Chưa tính lại được theo ${circular} (thiếu dữ liệu hoặc phiên bản quy định khác).`,
    circulars: { 'tt22-2021': 'Thông tư 22/2021/TT-BGDĐT', 'tt27-2020': 'Thông tư 27/2020/TT-BGDĐT' },
  },
  en: {
    signers: 'Who signed',
    roles: {
      homeroom: 'Homeroom teacher',
      'vice-principal': 'Vice-principal',
      principal: 'Principal',
      seal: "The school's seal",
    },
    signedAt: (time) => `states ${time}`,
    signedAtHelp:
      'The stated time comes from the signer’s machine; what counts is when witnesses saw the transcript in the ledger.',
    signersUnconfirmed: "Names as the file states them; not known to be the school's.",
    ledger: 'In the ledger',
    number: 'Entry number',
    existedAt: 'There since',
    witnesses: 'Witnesses',
    origin: 'Ledger',
    unknownTime: 'unknown',
    status: 'Is it the newest?',
    newest: 'No newer version exists and it was not revoked.',
    laterEvents: 'The ledger holds a later event about it (see the reason above).',
    notLooked: 'The ledger could not be searched, so whether a newer version exists is not known.',
    lookedUpTo: (size, time) => `All ${size} entries of the ledger were read, as of ${time}.`,
    results: 'Do the results follow from the marks?',
    resultsFollow: (circular) => `Computed again by ${circular}: the results follow from the marks.`,
    resultsDiffer: (circular) =>
      `Computed again by ${circular}: some results do NOT follow from the marks. Ask the school.`,
    resultsUnknown: (circular) =>
      `Could not be computed again by ${circular} (data missing, or another version of the rules).`,
    circulars: { 'tt22-2021': 'Circular 22/2021/TT-BGDĐT', 'tt27-2020': 'Circular 27/2020/TT-BGDĐT' },
  },
};
