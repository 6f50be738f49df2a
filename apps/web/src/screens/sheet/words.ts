import type { Dictionary } from '../../i18n/language.js';

interface SheetWords {
  readonly title: (area: string, period: string) => string;
  readonly classTitle: (name: string) => string;
  readonly pupils: (count: number) => string;
  readonly areas: string;
  readonly mine: string;
  readonly periods: string;
  readonly noSheet: string;
  readonly noSheetHelp: string;
  readonly toClass: string;
  readonly number: string;
  readonly name: string;
  readonly average: string;
  readonly averageHelp: string;
  readonly entered: string;
  readonly legend: string;
  readonly draft: string;
  readonly draftHelp: string;
  readonly recorded: string;
  readonly closed: string;
  readonly left: (date: string) => string;
  readonly cell: (state: string, teacher: string, time: string) => string;
  readonly sheetLocked: string;
  readonly readOnly: string;
  readonly draftsHidden: string;
  readonly noPupils: string;
  readonly print: string;
}

export const SHEET_WORDS: Dictionary<SheetWords> = {
  vi: {
    title: (area, period) => `${area} – ${period}`,
    classTitle: (name) => `Lớp ${name}`,
    pupils: (count) => `${count} học sinh`,
    areas: 'Môn học, hoạt động giáo dục',
    mine: 'Tôi phụ trách',
    periods: 'Thời điểm',
    noSheet: 'Không có sổ này',
    noSheetHelp: 'Lớp không có môn học hoặc thời điểm này, hoặc bạn không được xem.',
    toClass: 'Về trang của lớp',
    number: 'STT',
    name: 'Họ và tên',
    average: 'ĐTBmhk',
    averageHelp: 'Tạm tính từ các điểm đang có trên trang, kể cả điểm nháp',
    entered: 'Đã có',
    legend: 'Chú thích',
    draft: 'Điểm nháp',
    draftHelp: 'chưa ghi sổ',
    recorded: 'Đã ghi sổ',
    closed: 'Cột đang đóng',
    left: (date) => `Rời lớp ${date}`,
    cell: (state, teacher, time) => `${state} · ${teacher} · ${time}`,
    sheetLocked: 'Đã khóa sổ',
    readOnly: 'Trang này chỉ để xem.',
    draftsHidden: 'Điểm nháp chỉ người phụ trách sổ này mới thấy.',
    noPupils: 'Lớp này chưa có học sinh nào',
    print: 'In trang này',
  },
  en: {
    title: (area, period) => `${area} – ${period}`,
    classTitle: (name) => `Class ${name}`,
    pupils: (count) => (count === 1 ? '1 pupil' : `${count} pupils`),
    areas: 'Subjects and activities',
    mine: 'Mine',
    periods: 'Period',
    noSheet: 'There is no such sheet',
    noSheetHelp: 'The class does not have this subject or period, or you may not read it.',
    toClass: 'Back to the class',
    number: 'No.',
    name: 'Full name',
    average: 'Average',
    averageHelp: 'Provisional: from the marks on this page, drafts included',
    entered: 'Entered',
    legend: 'Legend',
    draft: 'Draft',
    draftHelp: 'not yet recorded',
    recorded: 'Recorded',
    closed: 'Column closed',
    left: (date) => `Left on ${date}`,
    cell: (state, teacher, time) => `${state} · ${teacher} · ${time}`,
    sheetLocked: 'Locked',
    readOnly: 'This page is for reading only.',
    draftsHidden: 'Drafts are seen only by those in charge of this sheet.',
    noPupils: 'This class has no pupils yet',
    print: 'Print this page',
  },
};
