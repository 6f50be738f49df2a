import { describe, expect, test } from '@jest/globals';
import { competencesOf } from '#regulations/tt27/catalogue.js';
import { testPeriods } from '#regulations/tt27/tests.js';
import { markWarnings } from '#regulations/tt27/warnings.js';
import { child, primary, refused, times, without, youngChild } from './pupils.js';

const problemCodes = (input: unknown) => primary(input).problems.map(({ code }) => code);

describe('Đ.9 k.2: the level of the year', () => {
  test.each([
    ['P1', child({ tests: ['9', '10', '9', '9', '9', '10'] }), 'HTXS', 'HOC_SINH_XUAT_SAC'],
    ['P2', child({ tests: ['9', '10', '9', '9', '8', '10'] }), 'HTT', null],
    ['P5 with 7', child({ tests: [...times(5, '9'), '7'] }), 'HTT', null],
    ['P5 with 6', child({ tests: [...times(5, '9'), '6'] }), 'HT', null],
    ['5 is enough', child({ tests: times(6, '5') }), 'HT', null],
    ['4 is not', child({ tests: [...times(5, '9'), '4'] }), 'CHT', null],
    ['P7', child({ levels: { DAO_DUC: 'C' } }), 'CHT', null],
    ['one H', child({ levels: { DAO_DUC: 'H' } }), 'HT', null],
    ['one Đ', child({ traits: { THE_CHAT: 'D' } }), 'HT', null],
    ['P8', child({ tests: times(6, '8'), levels: { TOAN: 'H' }, traits: { CHAM_CHI: 'C' } }), 'CHT', null],
    ['P11', youngChild(['9', '9']), 'HTXS', 'HOC_SINH_XUAT_SAC'],
  ])('%s', (_id, input, year, honour) => {
    expect(primary(input)).toMatchObject({ year, honour, problems: [] });
  });

  test('only the year-end values count', () => {
    const input = child({});
    const [first, ...others] = input.subjects;
    const earlier = {
      ...first!,
      levels: { GHK1: 'C', CHK1: 'C', GHK2: 'C', CN: 'T' },
      tests: { GHK1: '0', CHK1: '1', GHK2: '2', CN: '9' },
    };
    expect(primary({ ...input, subjects: [earlier, ...others] }).year).toBe('HTXS');
  });

  test('an elective that is taught counts like any other subject', () => {
    const input = child({});
    const withElective = (level: string | null) =>
      primary({ ...input, subjects: [...input.subjects, { code: 'TIENG_DTTS', levels: { CN: level } }] });
    expect(withElective('H').year).toBe('HT');
    expect(withElective(null).problems).toEqual([
      { code: 'MISSING_LEVEL', where: 'subjects.TIENG_DTTS.levels.CN' },
    ]);
  });
});

describe('Đ.13: the second title is people’s judgement', () => {
  const good = child({ tests: times(6, '8') });
  test.each([
    [false, false, null],
    [true, false, null],
    [false, true, null],
    [true, true, 'HOC_SINH_TIEU_BIEU'],
  ])('outstanding %s, class %s', (outstanding, classRecognised, honour) => {
    expect(primary({ ...good, outstanding, classRecognised }).honour).toBe(honour);
  });

  test('it needs Hoàn thành tốt', () => {
    const flags = { outstanding: true, classRecognised: true };
    expect(primary(child({ tests: times(6, '6') }, flags)).honour).toBeNull();
    expect(primary(child({}, flags)).honour).toBe('HOC_SINH_XUAT_SAC');
  });
});

describe('Đ.11: completion and additional assessment', () => {
  const weak = child({
    tests: ['4', ...times(5, '9')],
    levels: { TIENG_VIET: 'C' },
    traits: { CHAM_CHI: 'C' },
  });
  const repaired = {
    levels: { TIENG_VIET: { CN: 'H' } },
    tests: { TIENG_VIET: { CN: '5' } },
    qualities: { CHAM_CHI: { CN: 'D' } },
  };

  test('P16: grade 5 completes primary school, the others the class', () => {
    expect(primary(child({ levels: { TOAN: 'H' } })).promotion).toBe('HOAN_THANH_LOP');
    expect(primary(child({ grade: 5, levels: { TOAN: 'H' } })).promotion).toBe('HOAN_THANH_TIEU_HOC');
  });

  test('who has not completed is assessed in addition first', () => {
    expect(primary(weak)).toMatchObject({ year: 'CHT', promotion: 'DANH_GIA_BO_SUNG' });
  });

  test('with all parts mended the class is completed; the level of the year stays what it was', () => {
    expect(primary({ ...weak, additionalAssessment: repaired })).toEqual({
      id: 'c',
      ruleSet: 'tt27-2020',
      year: 'CHT',
      promotion: 'HOAN_THANH_LOP',
      honour: null,
      problems: [],
    });
    expect(primary({ ...weak, grade: 5, additionalAssessment: repaired }).promotion).toBe(
      'HOAN_THANH_TIEU_HOC',
    );
  });

  test.each(['levels', 'tests', 'qualities'] as const)('without the %s the principal decides', (part) => {
    expect(primary({ ...weak, additionalAssessment: without(repaired, part) }).promotion).toBe(
      'HIEU_TRUONG_QUYET_DINH',
    );
  });

  test('an empty additional assessment also goes to the principal', () => {
    expect(primary({ ...weak, additionalAssessment: {} }).promotion).toBe('HIEU_TRUONG_QUYET_DINH');
  });

  test('bare values and a list of subjects mean the same', () => {
    const bare = { levels: { TIENG_VIET: 'H' }, tests: { TIENG_VIET: '5' }, qualities: { CHAM_CHI: 'D' } };
    const list = {
      subjects: [{ code: 'TIENG_VIET', levels: { CN: 'H' }, tests: { CN: '5' } }],
      qualities: { CHAM_CHI: { CN: 'D' } },
    };
    expect(primary({ ...weak, additionalAssessment: bare }).promotion).toBe('HOAN_THANH_LOP');
    expect(primary({ ...weak, additionalAssessment: list }).promotion).toBe('HOAN_THANH_LOP');
  });

  test('a part that was completed is not eligible and is ignored', () => {
    const answer = primary({
      ...weak,
      additionalAssessment: {
        ...repaired,
        levels: { ...repaired.levels, TOAN: { CN: 'C' } },
        competences: { NGON_NGU: { CN: 'C' } },
      },
    });
    expect(answer.promotion).toBe('HOAN_THANH_LOP');
    expect(answer.problems).toEqual([
      { code: 'NOT_ELIGIBLE', where: 'additionalAssessment.levels.TOAN' },
      { code: 'NOT_ELIGIBLE', where: 'additionalAssessment.competences.NGON_NGU' },
    ]);
  });

  test('eligible is what has level C, or a test below 5, or a C in a quality or competence; nothing else', () => {
    const input = child({
      ...{ tests: ['4', '5', ...times(4, '9')], levels: { TIENG_VIET: 'H', TOAN: 'H', GDTC: 'C' } },
      traits: { CHAM_CHI: 'C', NGON_NGU: 'C' },
    });
    const again = {
      levels: { TIENG_VIET: 'T', TOAN: 'T', GDTC: 'H', DAO_DUC: 'T' },
      tests: { TIENG_VIET: '5', TOAN: '9' },
      qualities: { CHAM_CHI: 'D', NHAN_AI: 'T' },
      competences: { NGON_NGU: 'D', TIN_HOC: 'T' },
    };
    const answer = primary({ ...input, additionalAssessment: again });
    expect(answer.promotion).toBe('HOAN_THANH_LOP');
    expect(answer.problems.map(({ where }) => where)).toEqual(
      ['levels.TOAN', 'levels.DAO_DUC', 'tests.TOAN', 'qualities.NHAN_AI', 'competences.TIN_HOC'].map(
        (part) => `additionalAssessment.${part}`,
      ),
    );
  });

  test('who has completed needs none', () => {
    const answer = primary({ ...child({}), additionalAssessment: { tests: { TOAN: { CN: '10' } } } });
    expect(answer).toMatchObject({ year: 'HTXS', promotion: 'HOAN_THANH_LOP' });
    expect(answer.problems).toEqual([{ code: 'NOT_ELIGIBLE', where: 'additionalAssessment.tests.TOAN' }]);
  });

  test.each([
    [{ tests: { TOAN: { CN: '7.5' } } }, 'INVALID_MARK'],
    [{ tests: { DAO_DUC: { CN: '7' } } }, 'INVALID_MARK'],
    [{ levels: { TOAN: { CN: 'X' } } }, 'INVALID_MARK'],
    [{ levels: { TOAN: { GHK1: 'T' } } }, 'UNKNOWN_FIELD'],
    [{ levels: { VAT_LI: { CN: 'T' } } }, 'UNKNOWN_FIELD'],
    [{ qualities: { HIEU_HOC: { CN: 'T' } } }, 'UNKNOWN_FIELD'],
    [{ marks: {} }, 'UNKNOWN_FIELD'],
    [[], 'INVALID_FIELD'],
  ])('bad additional assessment %j is %s', (additionalAssessment, code) => {
    expect(refused({ ...weak, additionalAssessment }).error.code).toBe(code);
  });
});

describe('what is missing', () => {
  test('the example of the contract: everything that lacks is named, nothing is decided', () => {
    const full = child({});
    const levels = { GHK1: 'T', CHK1: 'T', GHK2: 'T', CN: 'T' };
    const answer = primary({
      ...full,
      subjects: [
        {
          code: 'TOAN',
          levels: { ...levels, CHK1: 'H' },
          tests: { GHK1: '8', CHK1: '9', GHK2: '8', CN: '9' },
        },
        { code: 'DAO_DUC', levels },
      ],
      outstanding: false,
      classRecognised: false,
    });
    expect(answer).toMatchObject({ year: null, promotion: null, honour: null });
    expect(answer.problems).toEqual(
      [
        'TIENG_VIET',
        'NGOAI_NGU_1',
        'LICH_SU_DIA_LI',
        'KHOA_HOC',
        'TIN_HOC_CONG_NGHE',
        'GDTC',
        'AM_NHAC',
        'MI_THUAT',
        'HDTN',
      ].map((code) => ({ code: 'MISSING_SUBJECT', where: `subjects.${code}` })),
    );
  });

  test.each([
    [{ subjects: [{ code: 'TOAN', levels: { CHK1: 'T' }, tests: { CN: '9' } }] }, 'MISSING_LEVEL'],
    [{ subjects: [{ code: 'TOAN', levels: { CN: 'T' }, tests: { CHK1: '9' } }] }, 'MISSING_TEST'],
    [{ subjects: [{ code: 'TOAN', levels: { CN: 'T' }, tests: null }] }, 'MISSING_TEST'],
    [{ qualities: {} }, 'MISSING_QUALITY'],
    [{ competences: undefined }, 'MISSING_COMPETENCE'],
  ])('%j', (change, code) => {
    const whole = child({});
    const subjects =
      'subjects' in change
        ? [...whole.subjects.filter((subject) => subject.code !== 'TOAN'), ...change.subjects]
        : whole.subjects;
    const answer = primary({ ...whole, ...change, subjects });
    expect(answer.problems.map((problem) => problem.code)).toContain(code);
    expect(answer.year).toBeNull();
  });

  test('each gap says where it is', () => {
    const whole = child({});
    const [first, second, ...others] = whole.subjects;
    const answer = primary({
      ...whole,
      subjects: [{ ...first!, levels: {} }, { ...second!, tests: {} }, ...others],
      qualities: { ...whole.qualities, NHAN_AI: {} },
      competences: without(whole.competences!, 'TIN_HOC'),
    });
    expect(answer.problems.map(({ code, where }) => `${code} ${where}`)).toEqual([
      'MISSING_LEVEL subjects.TIENG_VIET.levels.CN',
      'MISSING_TEST subjects.TOAN.tests.CN',
      'MISSING_QUALITY qualities.NHAN_AI.CN',
      'MISSING_COMPETENCE competences.TIN_HOC.CN',
    ]);
  });

  test('Tin học và Công nghệ may come as one subject or as two, but not as half', () => {
    const whole = child({});
    const without = whole.subjects.filter(({ code }) => code !== 'TIN_HOC_CONG_NGHE');
    const half = (code: string) => ({ code, levels: { CN: 'T' }, tests: { CN: '9' } });
    expect(primary({ ...whole, subjects: [...without, half('TIN_HOC'), half('CONG_NGHE')] }).year).toBe(
      'HTXS',
    );
    expect(primary({ ...whole, subjects: [...without, half('TIN_HOC')] }).problems).toEqual([
      { code: 'MISSING_SUBJECT', where: 'subjects.CONG_NGHE' },
    ]);
    expect(refused({ ...whole, subjects: [...whole.subjects, half('TIN_HOC')] }).error.code).toBe(
      'DUPLICATE_SUBJECT',
    );
  });

  test('Đ.8: a subject not assessed under an individual plan is left out, not missing', () => {
    const whole = child({ levels: { GDTC: 'C' } });
    const subjects = whole.subjects.map((subject) =>
      subject.code === 'GDTC' ? { code: 'GDTC', notAssessed: true } : subject,
    );
    expect(primary({ ...whole, subjects })).toMatchObject({ year: 'HTXS', problems: [] });
  });

  test('Đ.5: grades 1–2 have five specific competences; the other two are unknown there', () => {
    expect(competencesOf(2).filter(({ group }) => group === 'specific')).toHaveLength(5);
    expect(competencesOf(3).filter(({ group }) => group === 'specific')).toHaveLength(7);
    const input = youngChild(['9', '9']);
    const competences = { ...input.competences, TIN_HOC: { CN: 'T' } };
    expect(refused({ ...input, competences }).error.code).toBe('UNKNOWN_FIELD');
  });

  test('a foreign language in grade 2 is an elective without a test', () => {
    const input = youngChild(['9', '9']);
    const language = { code: 'NGOAI_NGU_1', levels: { CN: 'T' } };
    expect(problemCodes({ ...input, subjects: [...input.subjects, language] })).toEqual([]);
    const tested = { ...language, tests: { CN: '9' } };
    expect(refused({ ...input, subjects: [...input.subjects, tested] }).error.code).toBe('INVALID_MARK');
  });
});

describe('Đ.7: tests', () => {
  test.each([
    ['TOAN', 1, 'CHK1 CN'],
    ['TOAN', 3, 'CHK1 CN'],
    ['TIENG_VIET', 4, 'GHK1 CHK1 GHK2 CN'],
    ['NGOAI_NGU_1', 2, ''],
    ['NGOAI_NGU_1', 3, 'CHK1 CN'],
    ['TIN_HOC', 3, 'CHK1 CN'],
    ['TIN_HOC_CONG_NGHE', 5, 'CHK1 CN'],
    ['KHOA_HOC', 3, ''],
    ['KHOA_HOC', 4, 'CHK1 CN'],
    ['LICH_SU_DIA_LI', 5, 'CHK1 CN'],
    ['DAO_DUC', 5, ''],
  ])('%s in grade %i: %s', (subject, grade, periods) => {
    expect(testPeriods(subject, grade).join(' ')).toBe(periods);
  });

  const withTests = (code: string, tests: unknown) => {
    const whole = child({});
    return {
      ...whole,
      subjects: whole.subjects.map((subject) => (subject.code === code ? { ...subject, tests } : subject)),
    };
  };

  test.each(['8.5', '8.0', '11', '-1', '08', '8,0', 'V', '', 9, true])('P12: %j is refused', (mark) => {
    expect(refused(withTests('TOAN', { CN: mark })).error.code).toBe('INVALID_MARK');
  });

  test('a test at a time or of a subject that has none is refused', () => {
    expect(refused(withTests('KHOA_HOC', { GHK1: '8', CN: '8' })).error.code).toBe('INVALID_MARK');
    expect(refused(withTests('DAO_DUC', { CN: '8' })).error.code).toBe('INVALID_MARK');
    expect(primary(withTests('DAO_DUC', { CN: null })).year).toBe('HTXS');
  });

  test('a subject of another grade is refused: by its test if it has one, else by its code', () => {
    const input = youngChild(['9', '9']);
    const science = { code: 'KHOA_HOC', levels: { CN: 'T' } };
    expect(refused({ ...input, subjects: [...input.subjects, science] }).error.code).toBe('UNKNOWN_SUBJECT');
    const tested = { ...science, tests: { CN: '9' } };
    expect(refused({ ...input, subjects: [...input.subjects, tested] }).error.code).toBe('INVALID_MARK');
  });

  test('a replaced abnormal test is kept beside, and changes nothing', () => {
    expect(primary({ ...child({}), replacedTests: { TOAN: { CN: '4' } } }).year).toBe('HTXS');
  });

  test.each([
    [{ TOAN: { CN: '4.5' } }, 'INVALID_MARK'],
    [{ TOAN: { GHK1: '4' } }, 'INVALID_MARK'],
    [{ DAO_DUC: { CN: '4' } }, 'INVALID_MARK'],
    [{ VAT_LI: {} }, 'UNKNOWN_FIELD'],
    [{ TOAN: { HK1: '4' } }, 'UNKNOWN_FIELD'],
  ])('a bad replaced test %j is %s', (replacedTests, code) => {
    expect(refused({ ...child({}), replacedTests }).error.code).toBe(code);
  });

  test('Đ.6: contradictions between level and mark are warnings, never decisions', () => {
    expect(markWarnings('T', 60)).toEqual(['LOW_MARK_GOOD_LEVEL']);
    expect(markWarnings('H', 40)).toEqual(['LOW_MARK_GOOD_LEVEL']);
    expect(markWarnings('H', 50)).toEqual([]);
    expect(markWarnings('C', 50)).toEqual(['HIGH_MARK_LOW_LEVEL']);
    expect(markWarnings('C', 49)).toEqual([]);
    expect(markWarnings('H', 0)).toEqual(['ZERO_MARK', 'LOW_MARK_GOOD_LEVEL']);
    expect(markWarnings(null, 60)).toEqual([]);
    expect(markWarnings('C', 0)).toEqual(['ZERO_MARK']);
    expect(markWarnings('T', 70)).toEqual([]);
    expect(markWarnings('T', null)).toEqual([]);
  });
});

describe('shape', () => {
  test.each([
    [{ teacher: 'x' }, 'UNKNOWN_FIELD'],
    [{ qualities: { YEU_NUOC: { HK1: 'T' } } }, 'UNKNOWN_FIELD'],
    [{ qualities: { YEU_NUOC: { CN: 'H' } } }, 'INVALID_MARK'],
    [{ qualities: { YEU_NUOC: { CN: 'Đ' } } }, 'INVALID_MARK'],
    [{ subjects: [{ code: 'TOAN', levels: { CN: 'D' } }] }, 'INVALID_MARK'],
    [{ subjects: [{ code: 'TOAN', levels: 'T' }] }, 'INVALID_FIELD'],
    [{ subjects: [{ code: 'TOAN', kind: 'level' }] }, 'UNKNOWN_FIELD'],
    [{ subjects: 'TOAN' }, 'INVALID_FIELD'],
    [{ grade: 6 }, 'INVALID_FIELD'],
    [{ outstanding: 'yes' }, 'INVALID_FIELD'],
    [{ subjects: [{ code: 'VAT_LI', levels: { CN: 'T' } }] }, 'UNKNOWN_SUBJECT'],
  ])('%j is %s', (change, code) => {
    expect(refused({ ...child({}), ...change }).error.code).toBe(code);
  });
});
