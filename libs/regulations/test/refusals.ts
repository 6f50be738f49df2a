/** Inputs in which everything is wrong at once, for the exact words of every refusal. */
import { inputIssues } from '#regulations/evaluate.js';
import { child, flat, pupil, times } from './pupils.js';

/** One line an issue: code, place, message. */
export function lines(input: unknown): string[] {
  return inputIssues(input).map(({ code, where, message }) => `${code} ${where}: ${message}`);
}

const whole = pupil(times(6, '8'));
const small = child({});

export const CASES: Readonly<Record<string, unknown>> = {
  'the top of a secondary year': {
    ...{ ...whole, id: null, extra: 1, grade: 5, absences: -1, conduct: { HK1: 'G', HK3: 'TOT' } },
    settings: {
      ...{ rounding: 1, specialTopics: 'both' },
      adjustment: {
        ...{ raiseFrom: 'top', commentSubjectCanBeCulprit: 'yes', removedSubjectCountsAmongSix: 2, x: 1 },
      },
    },
    reassessment: { marks: 1, subjects: { M1: 'D', N1: '5', M2: '11', XYZ: 'x' }, conduct: 'GIOI' },
  },
  'its subjects': {
    ...whole,
    subjects: [
      { ...flat('M1', '8'), code: '' },
      { ...flat('M2', '8'), kind: 'level' },
      ...[{ ...flat('M3', '8'), periodsPerYear: 0, notAssessed: 'no', exempt: 'all', teacher: 1 }],
      { ...flat('x'.repeat(65), '8') },
      {
        ...{ code: 'M4', kind: 'score', periodsPerYear: 35.5, HK2: [], specialTopics: 'CN' },
        HK1: { regular: ['8,5', 'V', 7], midterm: 'vắng', final: 'x'.repeat(60), oral: '8' },
      },
      flat('M4', '8'),
      {
        ...{ code: 'N1', kind: 'comment', HK2: { regular: 'D' } },
        HK1: { regular: ['8', 'Đ'], midterm: 'CĐ', final: 'V' },
      },
      { ...flat('M5', '8'), periodsPerYear: undefined, specialTopics: 'HK1' },
      7,
    ],
  },
  'a secondary year of other shapes': {
    ...{ ...whole, subjects: undefined, conduct: 'TOT', settings: [], grade: 13, absences: '3' },
    reassessment: { subjects: ['M1'] },
  },
  'and of others still': {
    ...{ ...whole, subjects: 'x', reassessment: 3, settings: { adjustment: 'x' }, grade: 8.5, absences: 1.5 },
  },
  'the top of a primary year': {
    ...{ ...small, id: {}, extra: 1, grade: 6, outstanding: 'yes', classRecognised: 1, competences: [] },
    qualities: { YEU_NUOC: { CN: 'H', HK1: 'T' }, HIEU_HOC: { CN: 'T' }, NHAN_AI: 'T' },
    replacedTests: { TOAN: { CN: '4.5', GHK1: '4' }, VAT_LI: {}, DAO_DUC: { CN: '4' } },
  },
  'primary subjects': {
    ...small,
    subjects: [
      {
        ...{ code: 'TOAN', kind: 'x', notAssessed: 3 },
        ...{ levels: { CN: 'D', HK1: 'T' }, tests: { CN: '8.5', GHK2: '11' } },
      },
      { code: 'DAO_DUC', levels: 'T', tests: { CN: '8' } },
      { code: 'VAT_LI' },
      { levels: {} },
      { code: 'TOAN' },
      null,
      { code: 'TIN_HOC_CONG_NGHE' },
      { code: 'TIN_HOC' },
    ],
  },
  'the two lines and then the whole of Tin học và Công nghệ': {
    ...small,
    subjects: [{ code: 'CONG_NGHE' }, { code: 'TIN_HOC_CONG_NGHE' }, { code: 'TIN_HOC' }],
  },
  'additional assessment': {
    ...small,
    additionalAssessment: {
      marks: 1,
      levels: { TOAN: { CN: 'X', GHK1: 'T' }, VAT_LI: 'H', DAO_DUC: null },
      tests: { TOAN: '7.5', DAO_DUC: '7' },
      qualities: { HIEU: 'T', NHAN_AI: 'H' },
      competences: { TIN_HOC: 'H', BAY: 'T' },
      subjects: [
        { code: 'TOAN', level: 'H' },
        {},
        5,
        { code: 'KHOA_HOC', levels: { CN: 'Z' }, tests: { CN: '3.3' } },
      ],
    },
  },
  'a primary year of other shapes': {
    ...{ ...small, subjects: undefined, replacedTests: [], qualities: 'x' },
    additionalAssessment: { subjects: {}, levels: 'x' },
  },
  'no rule set': { ...whole, ruleSet: 'tt58-2011' },
};
