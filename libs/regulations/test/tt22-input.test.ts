import { describe, expect, test } from '@jest/globals';
import { evaluate, evaluateLine, inputIssues } from '#regulations/evaluate.js';
import { flat, pupil, refused, secondary, times } from './pupils.js';

const whole = pupil(times(8, '8'));

/** The pupil with the first subject's term one changed. */
const withTerm = (HK1: unknown) => ({
  ...whole,
  subjects: [{ ...flat('M1', '8'), HK1 }, ...whole.subjects.slice(1)],
});
const withMark = (midterm: unknown) => withTerm({ regular: times(4, '8'), midterm, final: '8' });

describe('the example of the contract', () => {
  test('is answered as the contract says', () => {
    const line =
      '{"id":"p1","ruleSet":"tt22-2021","grade":8,"subjects":[{"code":"TOAN","kind":"score","periodsPerYear":140,' +
      '"HK1":{"regular":["8","7.5","9","6"],"midterm":"7","final":"8.5"},"HK2":{"regular":["8","8","9","7"],"midterm":"7.5","final":"8"}},' +
      '{"code":"GDTC","kind":"comment","periodsPerYear":70,"HK1":{"regular":["D","D"],"midterm":"D","final":"D"},"HK2":{"regular":["D","D"],"midterm":"D","final":"D"}}],' +
      '"conduct":{"HK1":"TOT","HK2":"KHA"},"absences":12,' +
      '"settings":{"adjustment":{"removedSubjectCountsAmongSix":false,"raiseFrom":"base","commentSubjectCanBeCulprit":true}}}';
    expect(JSON.parse(JSON.stringify(evaluateLine(line)))).toEqual({
      id: 'p1',
      ruleSet: 'tt22-2021',
      subjects: {
        TOAN: { HK1: '7.8', HK2: '7.9', year: '7.9' },
        GDTC: { HK1: 'D', HK2: 'D', year: 'D' },
      },
      learning: { HK1: null, HK2: null, year: null },
      conduct: { HK1: 'TOT', HK2: 'KHA', year: 'KHA' },
      promotion: null,
      honour: null,
      problems: [{ code: 'TOO_FEW_SCORE_SUBJECTS', where: 'subjects' }],
    });
  });
});

describe('Đ.5 k.3: marks and comment results', () => {
  test.each(['0', '0.0', '8', '8.0', '8.5', '10', '10.0', 'V', null, undefined])('%j is taken', (mark) => {
    expect(evaluate(withMark(mark))).not.toHaveProperty('error');
  });

  test.each([
    ...['7.25', '10.1', '-0.1', '8.50', '8.55', '11', '10.00', '8,5', '', ' 8', '8 ', '08', '+8', '8.', '.5'],
    ...['1e1', '٨', 'v', 'D', 'CD', 'NaN', 'x'.repeat(100)],
    ...[8, 8.5, 0, true, [], {}],
  ])('S14: %j is refused as INVALID_MARK', (mark) => {
    const { id, error } = refused(withMark(mark));
    expect([id, error.code]).toEqual(['p', 'INVALID_MARK']);
    expect(error.message).toContain('subjects.M1.HK1.midterm');
  });

  test.each(['V', 'D', 8, '8.55', undefined])('%j among regular marks is INVALID_MARK', (mark) => {
    const { error } = refused(withTerm({ regular: ['8', '8', '8', mark] }));
    expect(error.code).toBe('INVALID_MARK');
    expect(error.message).toContain('subjects.M1.HK1.regular[3]');
  });

  test.each(['8', 'Đ', 'd', 'DAT', '', 1, false])('%j is no comment result', (result) => {
    const subject = { code: 'GDTC', kind: 'comment', periodsPerYear: 70, HK1: { regular: ['D', result] } };
    expect(refused({ ...whole, subjects: [subject] }).error.code).toBe('INVALID_MARK');
  });

  test.each(['T', 'Tốt', 'tot', 1])('%j is no conduct level', (level) => {
    expect(refused({ ...whole, conduct: { HK1: level } }).error.code).toBe('INVALID_MARK');
  });

  test('a re-assessment of the wrong kind is INVALID_MARK', () => {
    for (const subjects of [{ M1: 'D' }, { N1: '6' }, { M1: 6 }, { M1: 'V' }, { XYZ: '6.55' }]) {
      expect(refused({ ...whole, reassessment: { subjects } }).error.code).toBe('INVALID_MARK');
    }
  });

  test('a mark under an individual plan is checked too', () => {
    const subject = { ...flat('M9', '8.55'), notAssessed: true };
    expect(refused({ ...whole, subjects: [...whole.subjects, subject] }).error.code).toBe('INVALID_MARK');
  });
});

describe('shape', () => {
  test.each([
    [{ ...whole, schoolYear: '2026-2027' }, 'schoolYear'],
    [{ ...whole, subjects: [{ ...flat('M1', '8'), teacher: 'x' }] }, 'subjects[0].teacher'],
    [withTerm({ regular: [], mid: '8' }), 'subjects.M1.HK1.mid'],
    [{ ...whole, conduct: { HK3: 'TOT' } }, 'conduct.HK3'],
    [{ ...whole, settings: { rounding: 'even' } }, 'settings.rounding'],
    [{ ...whole, settings: { adjustment: { x: 1 } } }, 'settings.adjustment.x'],
    [{ ...whole, reassessment: { marks: {} } }, 'reassessment.marks'],
    [JSON.parse('{"id":"p","ruleSet":"tt22-2021","__proto__":{}}') as object, '__proto__'],
  ])('an unknown key is UNKNOWN_FIELD: %#', (input, where) => {
    const { error } = refused(input);
    expect(error.code).toBe('UNKNOWN_FIELD');
    expect(error.message).toContain(where);
  });

  test.each([
    { ...whole, grade: 5 },
    { ...whole, grade: 13 },
    { ...whole, grade: 8.5 },
    { ...whole, grade: '8' },
    { ...whole, subjects: {} },
    { ...whole, subjects: [null] },
    { ...whole, subjects: [{ ...flat('M1', '8'), code: '' }] },
    { ...whole, subjects: [{ ...flat('M1', '8'), kind: 'level' }] },
    { ...whole, subjects: [{ ...flat('M1', '8'), periodsPerYear: 0 }] },
    { ...whole, subjects: [{ ...flat('M1', '8'), periodsPerYear: undefined }] },
    { ...whole, subjects: [{ ...flat('M1', '8'), exempt: 'all' }] },
    { ...whole, subjects: [{ ...flat('M1', '8'), notAssessed: 'yes' }] },
    withTerm([]),
    withTerm({ regular: '8' }),
    { ...whole, conduct: 'TOT' },
    { ...whole, absences: -1 },
    { ...whole, absences: 1.5 },
    { ...whole, absences: '12' },
    { ...whole, settings: { adjustment: { raiseFrom: 'top' } } },
    { ...whole, settings: { adjustment: { commentSubjectCanBeCulprit: 1 } } },
    { ...whole, reassessment: [] },
    { ...whole, reassessment: { subjects: ['M1'] } },
    { ...whole, id: undefined },
    { ...whole, id: {} },
  ])('a misshapen field is INVALID_FIELD: %#', (input) => {
    expect(refused(input).error.code).toBe('INVALID_FIELD');
  });

  test('a subject given twice is refused', () => {
    const { error } = refused({ ...whole, subjects: [...whole.subjects, flat('M1', '9')] });
    expect(error.code).toBe('DUPLICATE_SUBJECT');
  });

  test('an unknown rule set is refused, with the id', () => {
    expect(refused({ ...whole, ruleSet: 'tt58-2011' })).toMatchObject({
      id: 'p',
      error: { code: 'UNKNOWN_RULE_SET' },
    });
  });

  test.each(['', '{', '{"id":"p1"', 'null', '[]', '8', '"x"', "{'id':1}"])(
    'the line %j is BAD_JSON without id',
    (line) => {
      expect(evaluateLine(line)).toMatchObject({ id: null, error: { code: 'BAD_JSON' } });
    },
  );

  test('every issue is named at once, with code and place', () => {
    const input = {
      ...whole,
      x: 1,
      grade: 99,
      conduct: { HK1: 'G' },
      subjects: [flat('M1', '11'), flat('M1', '8')],
    };
    const codes = inputIssues(input).map(({ code }) => code);
    expect(codes.filter((code) => code === 'INVALID_MARK')).toHaveLength(13);
    expect(new Set(codes)).toEqual(
      new Set(['UNKNOWN_FIELD', 'INVALID_FIELD', 'INVALID_MARK', 'DUPLICATE_SUBJECT']),
    );
    expect(refused(input).error.code).toBe('UNKNOWN_FIELD');
    expect(inputIssues(whole)).toEqual([]);
  });

  test('a subject may be called anything, also __proto__ or constructor', () => {
    const subjects = [...whole.subjects, { ...flat('__proto__', '8') }, { ...flat('constructor', '8') }];
    const text = JSON.stringify(secondary(JSON.parse(JSON.stringify({ ...whole, subjects }))));
    expect(text).toContain('"__proto__":{"HK1":"8.0"');
    expect(text).toContain('"constructor":{"HK1":"8.0"');
  });

  test('an id that is a number is given back as it came', () => {
    expect(secondary({ ...whole, id: 17 }).id).toBe(17);
  });

  test('settings may be given in part', () => {
    expect(secondary({ ...whole, settings: {} }).learning.year).toBe('TOT');
    expect(secondary({ ...whole, settings: { adjustment: { raiseFrom: 'reference' } } }).learning.year).toBe(
      'TOT',
    );
  });
});

describe('the message of a refusal', () => {
  const bad = (count: number) => ({
    ...whole,
    subjects: Array.from({ length: count }, (_, index) => ({
      ...flat(`M${index}`, '8'),
      notAssessed: index + 1,
    })),
  });
  const told = (index: number) =>
    `subjects.M${index}.notAssessed: ${index + 1} không hợp lệ; cần true hoặc false`;

  test('names every issue up to five, then says how many more there are', () => {
    expect(refused(bad(5)).error.message).toBe([0, 1, 2, 3, 4].map(told).join('; '));
    expect(refused(bad(7)).error.message).toBe(`${[0, 1, 2, 3, 4].map(told).join('; ')} (và 2 lỗi khác)`);
  });

  test('names the gravest first: a misshapen input before a bad mark, and that before a field', () => {
    const { code, message } = refused({
      ...withMark('11'),
      ...{ absences: -1, extra: 1 },
    }).error;
    expect(code).toBe('UNKNOWN_FIELD');
    expect(
      message
        .split('; ')
        .filter((part) => part.includes(': '))
        .map((part) => part.split(':')[0]),
    ).toEqual([...['extra', 'các trường được dùng', 'subjects.M1.HK1.midterm', 'absences']]);
    const twice = { ...whole, absences: -1, subjects: [...whole.subjects, flat('M1', '8')] };
    expect(refused(twice).error.code).toBe('INVALID_FIELD');
    expect(refused(twice).error.message).toMatch(/^absences: .*; subjects\.M1: môn học xuất hiện hai lần$/);
  });

  test('of what is no JSON, no object, or of no rule set', () => {
    const error = (line: string) => {
      const answer = evaluateLine(line);
      return 'error' in answer ? [answer.id, answer.error.code, answer.error.message] : answer;
    };
    expect(error('{')).toEqual([null, 'BAD_JSON', 'dòng này không phải là JSON']);
    for (const line of ['[1]', 'null', '"x"', '7'])
      expect(error(line)).toEqual([null, 'BAD_JSON', 'dòng này phải là một đối tượng JSON { … }']);
    const unknown = 'ruleSet: cần "tt22-2021" (khối 6–12) hoặc "tt27-2020" (khối 1–5)';
    expect(error('{"id":"a","ruleSet":"tt58-2011"}')).toEqual(['a', 'UNKNOWN_RULE_SET', unknown]);
    expect(error('{}')).toEqual([null, 'UNKNOWN_RULE_SET', unknown]);
    for (const input of [null, undefined, 'x', 7, []])
      expect(refused(input)).toEqual({ id: null, error: { code: 'UNKNOWN_RULE_SET', message: unknown } });
  });

  test.each([[null], [1.5], [Infinity], [true], [{}], [undefined]])('an id that is %j is refused', (id) => {
    const { id: given, error } = refused({ ...whole, id });
    expect([given, error.code]).toEqual([null, 'INVALID_FIELD']);
    expect(error.message).toMatch(/^id: /);
  });

  test('a code of 64 letters is taken, one of 65 is not', () => {
    const named = (length: number) => ({ ...whole, subjects: [flat('x'.repeat(length), '8')] });
    expect(inputIssues(named(64))).toEqual([]);
    expect(refused(named(65)).error.message).toBe(
      `subjects[0].code: "${'x'.repeat(39)}… không hợp lệ; cần mã môn học (1 đến 64 kí tự)`,
    );
  });

  test('null stands for what is not there, in every place where something may be missing', () => {
    const open = {
      ...whole,
      ...{ conduct: null, absences: null, settings: null, reassessment: null },
      subjects: [
        { ...flat('M1', '8'), HK1: null, exempt: null, notAssessed: null, specialTopics: null },
        { ...flat('M2', '8'), HK1: { regular: null, midterm: null, final: null } },
        { code: 'N1', kind: 'comment', periodsPerYear: null },
      ],
    };
    expect(inputIssues(open)).toEqual([]);
    const nested = {
      ...whole,
      conduct: { HK1: null, HK2: undefined },
      settings: { adjustment: null, specialTopics: null },
      reassessment: { subjects: null, conduct: null },
    };
    expect(inputIssues(nested)).toEqual([]);
    const adjustment = {
      ...{ removedSubjectCountsAmongSix: null, raiseFrom: null, commentSubjectCanBeCulprit: null },
    };
    const byComment = pupil(times(8, '8.5'), 1);
    expect(secondary({ ...byComment, settings: { adjustment } })).toEqual(secondary(byComment));
  });
});
