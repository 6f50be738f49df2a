import type { Verdict } from '#verify/steps.js';
import type { Dictionary } from '../i18n/language.js';

interface PileWords {
  readonly title: (files: number) => string;
  readonly progress: (done: number, files: number) => string;
  readonly done: (files: number) => string;
  readonly counts: Readonly<Record<Verdict, (files: number) => string>>;
  readonly demo: string;
  readonly help: string;
}

export const PILE_WORDS: Dictionary<PileWords> = {
  vi: {
    title: (files) => `${String(files)} tệp`,
    progress: (done, files) => `Đang kiểm tra: xong ${String(done)} trong ${String(files)} tệp…`,
    done: (files) => `Đã kiểm tra cả ${String(files)} tệp.`,
    counts: {
      valid: (files) => `${String(files)} hợp lệ`,
      superseded: (files) => `${String(files)} đã được thay thế`,
      revoked: (files) => `${String(files)} đã thu hồi`,
      invalid: (files) => `${String(files)} không hợp lệ`,
      unchecked: (files) => `${String(files)} chưa kiểm tra được`,
    },
    demo: 'DEMO',
    help: 'Những tệp cần xem lại đứng trước. Bấm vào một dòng để xem vì sao.',
  },
  en: {
    title: (files) => `${String(files)} files`,
    progress: (done, files) => `Checking: ${String(done)} of ${String(files)} files done…`,
    done: (files) => `All ${String(files)} files are checked.`,
    counts: {
      valid: (files) => `${String(files)} valid`,
      superseded: (files) => `${String(files)} superseded`,
      revoked: (files) => `${String(files)} revoked`,
      invalid: (files) => `${String(files)} not valid`,
      unchecked: (files) => `${String(files)} could not be checked`,
    },
    demo: 'DEMO',
    help: 'Files that need a look come first. Choose a line to see why.',
  },
};
