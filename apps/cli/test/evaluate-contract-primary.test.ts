/** The primary half of the contract of `socai evaluate`. */
import { describe, expect, test } from '@jest/globals';
import { evaluateLine } from '#regulations/evaluate.js';

const answer = (input: unknown): any => JSON.parse(JSON.stringify(evaluateLine(JSON.stringify(input))));

const TESTED = ['TIENG_VIET', 'TOAN', 'NGOAI_NGU_1', 'LICH_SU_DIA_LI', 'KHOA_HOC', 'TIN_HOC_CONG_NGHE'];
const UNTESTED = ['DAO_DUC', 'GDTC', 'AM_NHAC', 'MI_THUAT', 'HDTN'];
const QUALITIES = ['YEU_NUOC', 'NHAN_AI', 'CHAM_CHI', 'TRUNG_THUC', 'TRACH_NHIEM'];
const COMPETENCES = [
  ...['TU_CHU_TU_HOC', 'GIAO_TIEP_HOP_TAC', 'GIAI_QUYET_VAN_DE', 'NGON_NGU', 'TINH_TOAN', 'KHOA_HOC'],
  ...['CONG_NGHE', 'TIN_HOC', 'THAM_MI', 'THE_CHAT'],
];
const at = (codes: string[], level = 'T') => Object.fromEntries(codes.map((code) => [code, { CN: level }]));

/** A pupil of grade 4 with everything at 9 and T; `subjects` replaces those of the same code. */
function child(subjects: any[] = [], more: object = {}) {
  const all = [
    ...TESTED.map((code) => ({ code, levels: { CN: 'T' }, tests: { CN: '9' } })),
    ...UNTESTED.map((code) => ({ code, levels: { CN: 'T' } })),
  ].map((subject) => ({ ...subject, ...subjects.find(({ code }) => code === subject.code) }));
  return {
    ...{ id: 'c', ruleSet: 'tt27-2020', grade: 4, subjects: all },
    ...{ qualities: at(QUALITIES), competences: at(COMPETENCES), outstanding: false, classRecognised: false },
    ...more,
  };
}
const maths = (level: string, test: string) => [{ code: 'TOAN', levels: { CN: level }, tests: { CN: test } }];

describe('primary', () => {
  test('the example of the contract lacks subjects: year null, and the missing ones named', () => {
    const all = (level: string) => ({ GHK1: level, CHK1: level, GHK2: level, CN: level });
    const input = {
      ...child(),
      subjects: [
        { code: 'TOAN', levels: all('T'), tests: { GHK1: '8', CHK1: '9', GHK2: '8', CN: '9' } },
        { code: 'DAO_DUC', levels: all('T') },
      ],
    };
    const missing = ['TIENG_VIET', 'NGOAI_NGU_1', 'LICH_SU_DIA_LI', 'KHOA_HOC', 'TIN_HOC_CONG_NGHE'];
    expect(answer(input)).toEqual({
      ...{ id: 'c', ruleSet: 'tt27-2020', year: null, promotion: null, honour: null },
      problems: [...missing, 'GDTC', 'AM_NHAC', 'MI_THUAT', 'HDTN'].map((code) => ({
        ...{ code: 'MISSING_SUBJECT', where: `subjects.${code}` },
      })),
    });
  });

  test.each([
    [maths('T', '9'), 'HTXS', 'HOAN_THANH_LOP', 'HOC_SINH_XUAT_SAC'],
    [maths('T', '8'), 'HTT', 'HOAN_THANH_LOP', null],
    [maths('T', '7'), 'HTT', 'HOAN_THANH_LOP', null],
    [maths('T', '6'), 'HT', 'HOAN_THANH_LOP', null],
    [maths('H', '9'), 'HT', 'HOAN_THANH_LOP', null],
    [maths('T', '5'), 'HT', 'HOAN_THANH_LOP', null],
    [maths('T', '4'), 'CHT', 'DANH_GIA_BO_SUNG', null],
    [maths('C', '9'), 'CHT', 'DANH_GIA_BO_SUNG', null],
  ])('Toán %j: %s, %s, %s', (subjects, year, promotion, honour) => {
    expect(answer(child(subjects))).toMatchObject({ year, promotion, honour, problems: [] });
  });

  test('the second title needs Hoàn thành tốt, something outstanding and the class', () => {
    const flags = { outstanding: true, classRecognised: true };
    expect(answer(child(maths('T', '8'), flags)).honour).toBe('HOC_SINH_TIEU_BIEU');
    expect(answer(child(maths('T', '8'), { outstanding: true })).honour).toBeNull();
    expect(answer(child(maths('H', '8'), flags)).honour).toBeNull();
  });

  test('in grade 5 the class completed is the primary school completed', () => {
    expect(answer(child([], { grade: 5 })).promotion).toBe('HOAN_THANH_TIEU_HOC');
  });

  test('additional assessment: completed, or the principal decides; in grade 5 of the school', () => {
    const weak = maths('C', '4');
    const after = (tests: string, level: string, more: object = {}) =>
      answer(
        child(weak, {
          additionalAssessment: { levels: { TOAN: { CN: level } }, tests: { TOAN: { CN: tests } } },
          ...more,
        }),
      );
    expect(after('5', 'H')).toMatchObject({ year: 'CHT', promotion: 'HOAN_THANH_LOP' });
    expect(after('5', 'H', { grade: 5 })).toMatchObject({ promotion: 'HOAN_THANH_TIEU_HOC' });
    expect(after('4', 'H')).toMatchObject({ promotion: 'HIEU_TRUONG_QUYET_DINH' });
    expect(after('9', 'C')).toMatchObject({ promotion: 'HIEU_TRUONG_QUYET_DINH' });
  });

  test.each([
    ['a decimal', [{ code: 'TOAN', tests: { CN: '8.5' } }]],
    ['a number', [{ code: 'TOAN', tests: { CN: 9 } }]],
    ['beyond ten', [{ code: 'TOAN', tests: { CN: '11' } }]],
    ['at a time without one', [{ code: 'KHOA_HOC', tests: { GHK1: '8', CN: '9' } }]],
    ['of a subject without one', [{ code: 'DAO_DUC', tests: { CN: '9' } }]],
  ])('a test that is %s is INVALID_MARK', (_name, subjects) => {
    expect(answer(child(subjects))).toMatchObject({ id: 'c', error: { code: 'INVALID_MARK' } });
  });

  test('in grade 3 there is no mid-term test, in grade 2 none of Ngoại ngữ 1', () => {
    const third = { ...child(), grade: 3 };
    const middle = (code: string) => ({ code, levels: { CN: 'T' }, tests: { GHK1: '9', CN: '9' } });
    expect(answer({ ...third, subjects: [middle('TOAN')] })).toMatchObject({
      error: { code: 'INVALID_MARK' },
    });
    const language = { code: 'NGOAI_NGU_1', levels: { CN: 'T' }, tests: { CN: '9' } };
    expect(answer({ ...child(), grade: 2, competences: {}, subjects: [language] })).toMatchObject({
      error: { code: 'INVALID_MARK' },
    });
  });

  test.each([
    ['MISSING_LEVEL', child([{ code: 'GDTC', levels: { CHK1: 'T' } }])],
    ['MISSING_TEST', child([{ code: 'TOAN', tests: { CHK1: '9' } }])],
    ['MISSING_SUBJECT', { ...child(), subjects: child().subjects.slice(1) }],
    ['MISSING_QUALITY', child([], { qualities: at(QUALITIES.slice(1)) })],
    ['MISSING_COMPETENCE', child([], { competences: at(COMPETENCES.slice(1)) })],
  ])('%s leaves the year open', (code, input) => {
    expect(answer(input)).toMatchObject({ year: null, promotion: null, honour: null, problems: [{ code }] });
  });

  test('grades 1–2 have five specific competences; the other two are unknown there', () => {
    const codes = [...UNTESTED, 'TU_NHIEN_XA_HOI'].map((code) => ({ code, levels: { CN: 'T' } }));
    const tests = ['TIENG_VIET', 'TOAN'].map((code) => ({ code, levels: { CN: 'T' }, tests: { CN: '9' } }));
    const young = (competences: string[]) =>
      answer({ ...child(), grade: 1, subjects: [...tests, ...codes], competences: at(competences) });
    const five = COMPETENCES.filter((code) => code !== 'CONG_NGHE' && code !== 'TIN_HOC');
    expect(young(five)).toMatchObject({ year: 'HTXS', problems: [] });
    expect(young(COMPETENCES)).toMatchObject({ error: { code: 'UNKNOWN_FIELD' } });
  });

  test('Tin học và Công nghệ comes as one subject or as two', () => {
    const others = child().subjects.filter(({ code }) => code !== 'TIN_HOC_CONG_NGHE');
    const half = (code: string) => ({ code, levels: { CN: 'T' }, tests: { CN: '9' } });
    expect(answer({ ...child(), subjects: [...others, half('TIN_HOC'), half('CONG_NGHE')] }).year).toBe(
      'HTXS',
    );
    expect(answer({ ...child(), subjects: [...others, half('TIN_HOC')] }).problems).toEqual([
      { code: 'MISSING_SUBJECT', where: 'subjects.CONG_NGHE' },
    ]);
  });

  test('a replaced test is kept beside the mark that counts', () => {
    expect(answer(child([], { replacedTests: { TOAN: { CN: '4' } } })).year).toBe('HTXS');
    expect(answer(child([], { replacedTests: { TOAN: { CN: '4.5' } } }))).toMatchObject({
      error: { code: 'INVALID_MARK' },
    });
  });
});
