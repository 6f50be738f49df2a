import type { Dictionary } from '../../i18n/language.js';

interface MyRightsWords {
  readonly title: string;
  readonly intro: (charter: string, date: string) => string;
  readonly extent: Readonly<Record<'always' | 'own' | 'never', string>>;
  readonly onlyAllowed: string;
  readonly count: (may: number, all: number) => string;
  readonly secondFactor: string;
  readonly basis: string;
  readonly limits: string;
  readonly inVietnamese: string;
}

/** Sentences of the rules themselves are Vietnamese, as the circulars are. */
export const MY_RIGHTS_WORDS: Dictionary<MyRightsWords> = {
  vi: {
    title: 'Tôi được làm gì',
    intro: (charter, date) =>
      `Theo ${charter}, quy chế của trường, vai trò và phân công của bạn trong ngày ${date}. Mỗi dòng ghi số quy tắc đúng như máy chủ trả lời khi cho phép hoặc từ chối.`,
    extent: { always: 'Được', own: 'Được, trong phần việc của mình', never: 'Không' },
    onlyAllowed: 'Chỉ hiện việc được làm',
    count: (may, all) => `${may} trên ${all} việc`,
    secondFactor: 'hỏi lại xác thực lần hai',
    basis: 'Căn cứ',
    limits: 'Bị từ chối khi',
    inVietnamese: '',
  },
  en: {
    title: 'What I may do',
    intro: (charter, date) =>
      `By ${charter}, the school's own policy, and your roles and assignments on ${date}. Each line carries the number of the rule that the server answers with.`,
    extent: { always: 'Yes', own: 'Yes, for what is your own', never: 'No' },
    onlyAllowed: 'Only what I may do',
    count: (may, all) => `${may} of ${all}`,
    secondFactor: 'asks for the second factor',
    basis: 'Rests on',
    limits: 'Refused when',
    inVietnamese: 'The rules are quoted in Vietnamese, as the circulars are written.',
  },
};
