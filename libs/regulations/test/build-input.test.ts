import { describe, expect, test } from '@jest/globals';
import { buildInput, PupilYearError, type PupilYear, type RecordedCell } from '#regulations/build-input.js';
import { sheetAreas, sheetColumns, type ColumnKind } from '#regulations/sheets.js';
import { compulsorySubjects } from '#regulations/subjects.js';
import type { RuleSetId } from '#regulations/types.js';
import { primary, secondary } from './pupils.js';

const VALUE: Readonly<Record<ColumnKind, string>> = {
  score: '9',
  scoreTest: '9.5',
  comment: 'D',
  commentTest: 'D',
  conduct: 'TOT',
  level: 'T',
  quality: 'T',
  test: '9',
  count: '2',
  height: '140',
  weight: '35.5',
  remark: 'Tiến bộ',
};

/** A year with every cell of every compulsory sheet recorded. */
function fullYear(ruleSet: RuleSetId, grade: number): PupilYear {
  const subjects = compulsorySubjects(grade);
  const taught = new Set(subjects.map(({ code }) => code));
  const cells = sheetAreas(ruleSet, grade)
    .filter(({ area, subject }) => subject === null || taught.has(area))
    .flatMap(({ area, periods }) =>
      periods.flatMap((period) =>
        sheetColumns(ruleSet, grade, area, period).map(({ code, kind }): RecordedCell => ({
          area,
          period,
          column: code,
          value: VALUE[kind],
        })),
      ),
    );
  return { id: 'p', ruleSet, grade, subjects, cells };
}

describe('from recorded cells to a result', () => {
  test.each([6, 7, 8, 9])('a full secondary year of grade %i has nothing missing', (grade) => {
    const answer = secondary(buildInput(fullYear('tt22-2021', grade)));
    expect(answer).toMatchObject({
      problems: [],
      learning: { year: 'TOT' },
      promotion: 'LEN_LOP',
      honour: 'HOC_SINH_XUAT_SAC',
    });
    expect(answer.subjects.TOAN!.year).toBe('9.3');
  });

  test.each([1, 2, 3, 4, 5])('a full primary year of grade %i has nothing missing', (grade) => {
    expect(primary(buildInput(fullYear('tt27-2020', grade)))).toMatchObject({ problems: [], year: 'HTXS' });
  });

  test('absences of both terms are added, with permission and without; with one of the four missing they are missing', () => {
    const year = fullYear('tt22-2021', 8);
    expect(buildInput(year)).toMatchObject({ absences: 8 });
    for (const missing of ['VANG_P', 'VANG_K']) {
      const cells = year.cells.filter(({ column, period }) => !(column === missing && period === 'HK2'));
      const answer = secondary(buildInput({ ...year, cells }));
      expect(answer.problems).toEqual([{ code: 'MISSING_ABSENCES', where: 'absences' }]);
    }
  });

  test.each([
    [23, 22, 'LEN_LOP'],
    [23, 23, 'O_LAI'],
    [0, 46, 'O_LAI'],
    [46, 0, 'O_LAI'],
  ])(
    '%i sessions absent with permission and %i without: %s (Đ.12 k.1 c counts both)',
    (permitted, not, promotion) => {
      const year = fullYear('tt22-2021', 8);
      const counts: Readonly<Record<string, number>> = { VANG_P: permitted, VANG_K: not };
      const cells = year.cells.map((cell) =>
        cell.column in counts
          ? { ...cell, value: String(cell.period === 'HK1' ? counts[cell.column] : 0) }
          : cell,
      );
      expect(secondary(buildInput({ ...year, cells })).promotion).toBe(promotion);
    },
  );

  test('a cell that was not recorded is a gap', () => {
    const year = fullYear('tt22-2021', 8);
    const cells = year.cells.map((cell) =>
      cell.area === 'TOAN' && cell.period === 'HK1' && cell.column === 'TX2'
        ? { ...cell, value: null }
        : cell,
    );
    expect(secondary(buildInput({ ...year, cells })).problems).toEqual([
      { code: 'MISSING_REGULAR', where: 'subjects.TOAN.HK1' },
    ]);
  });

  test('individual plan, exemption, flags and settings are carried over', () => {
    const year = fullYear('tt22-2021', 8);
    const input = buildInput({
      ...year,
      notAssessed: ['NGHE_THUAT'],
      exempt: ['GDTC'],
      settings: { adjustment: { raiseFrom: 'reference' } },
      reassessment: { conduct: 'DAT' },
    });
    expect(input).toMatchObject({ reassessment: { conduct: 'DAT' } });
    expect(input.subjects.filter((subject) => 'exempt' in subject || 'notAssessed' in subject)).toHaveLength(
      2,
    );
    expect(secondary(input).subjects.NGHE_THUAT).toEqual({ HK1: null, HK2: null, year: null });
    expect(input.subjects.find(({ code }) => code === 'GDTC')).toMatchObject({ exempt: 'practice' });
    const young = buildInput({
      ...fullYear('tt27-2020', 4),
      outstanding: true,
      classRecognised: true,
      notAssessed: ['GDTC'],
    });
    expect(young).toMatchObject({ outstanding: true, classRecognised: true });
    expect(primary(young).problems).toEqual([]);
    expect(young.subjects.filter(({ notAssessed }) => notAssessed !== undefined)).toMatchObject([
      { code: 'GDTC', notAssessed: true },
    ]);
  });

  test('a primary year carries its replaced tests and its additional assessment, and no more than it was given', () => {
    const year = fullYear('tt27-2020', 4);
    const more = {
      replacedTests: { TOAN: { CN: '4' } },
      additionalAssessment: { levels: { TOAN: { CN: 'H' } } },
    } as const;
    expect(buildInput({ ...year, ...more })).toMatchObject(more);
    const plain = buildInput({ ...year, outstanding: true });
    expect(plain).toMatchObject({ outstanding: true, classRecognised: false });
    expect(Object.keys(plain)).toEqual([
      ...['id', 'ruleSet', 'grade', 'subjects', 'qualities', 'competences', 'outstanding', 'classRecognised'],
    ]);
    expect(plain.subjects.find(({ code }) => code === 'TOAN')).toEqual({
      code: 'TOAN',
      levels: { GHK1: 'T', CHK1: 'T', GHK2: 'T', CN: 'T' },
      tests: { GHK1: '9', CHK1: '9', GHK2: '9', CN: '9' },
    });
    const cells = year.cells.filter(({ area, period }) => area !== 'TOAN' || period === 'CN');
    expect(buildInput({ ...year, cells }).subjects.find(({ code }) => code === 'TOAN')).toEqual({
      code: 'TOAN',
      levels: { CN: 'T' },
      tests: { CN: '9' },
    });
  });

  test('a secondary year carries the term of its special topics, and no more than it was given', () => {
    const year = fullYear('tt22-2021', 8);
    const plain = buildInput(year);
    expect(Object.keys(plain)).toEqual([...['id', 'ruleSet', 'grade', 'subjects', 'conduct', 'absences']]);
    expect(Object.keys(plain.subjects[0]!)).toEqual(['code', 'kind', 'periodsPerYear', 'HK1', 'HK2']);
    const physics = { code: 'VAT_LI', kind: 'score', periodsPerYear: 70, specialTopics: 'HK2' } as const;
    const settings = { specialTopics: 'extra' } as const;
    const elder = buildInput({ ...year, grade: 11, subjects: [physics], cells: [], settings });
    expect(elder).toMatchObject({ subjects: [{ code: 'VAT_LI', specialTopics: 'HK2' }], settings });
    expect(secondary(elder).problems).toContainEqual({
      code: 'MISSING_REGULAR',
      where: 'subjects.VAT_LI.HK2',
    });
  });

  test('regular marks are those in columns TX1, TX2, …; the eleventh is the eleventh', () => {
    const subject = { code: 'TOAN', kind: 'score', periodsPerYear: 140 } as const;
    const cell = (column: string, value: string): RecordedCell => ({
      area: 'TOAN',
      period: 'HK1',
      column,
      value,
    });
    const regular = (...cells: RecordedCell[]) => {
      const [first] = buildInput({
        id: 'p',
        ruleSet: 'tt22-2021',
        grade: 8,
        subjects: [subject],
        cells,
      }).subjects;
      return (first as unknown as { HK1: { regular: unknown[] } }).HK1.regular;
    };
    expect(regular(cell('TX11', '8'))).toEqual([...Array<null>(10).fill(null), '8']);
    expect(regular(cell('TX2', '7'), cell('TX1', '6'))).toEqual(['6', '7']);
    expect(regular(cell('XTX3', '8'), cell('TX3A', '8'), cell('TX1x', '8'), cell('TX01', '8'))).toEqual([]);
  });

  test('a cell that has no place, or comes twice, is never dropped silently', () => {
    const year = fullYear('tt22-2021', 8);
    const stray: RecordedCell = { area: 'VAT_LI', period: 'HK1', column: 'TX1', value: '8' };
    expect(() => buildInput({ ...year, cells: [...year.cells, stray] })).toThrow(
      expect.objectContaining({
        code: 'UNKNOWN_AREA',
        name: 'PupilYearError',
        message:
          'a value is recorded for VAT_LI HK1 TX1, but the class has no VAT_LI; add the subject to the class or correct the record',
      }),
    );
    expect(() => buildInput({ ...year, cells: [...year.cells, { ...stray, value: null }] })).not.toThrow();
    const twice = () => buildInput({ ...year, cells: [...year.cells, year.cells[0]!] });
    expect(twice).toThrow(PupilYearError);
    expect(twice).toThrow(
      expect.objectContaining({
        code: 'CELL_TWICE',
        message: 'two values are given for NGU_VAN HK1 TX1; pass the current one only',
      }),
    );
  });
});

describe('what was not required of a late joiner', () => {
  const without = (year: PupilYear, columns: readonly string[]) =>
    year.cells.filter(
      ({ area, period, column }) => area !== 'TOAN' || period !== 'HK1' || !columns.includes(column),
    );
  const excused = (columns: readonly string[]) =>
    columns.map((column) => ({ area: 'TOAN', period: 'HK1' as const, column }));

  test('is given with the term it belongs to, and only while nothing is recorded there', () => {
    const year = fullYear('tt22-2021', 6);
    const columns = ['TX1', 'TX2', 'GK', 'CK'];
    const input = buildInput({ ...year, cells: without(year, columns), notRequired: excused(columns) });
    if (input.ruleSet !== 'tt22-2021') throw new Error('a secondary year');
    const [toan] = input.subjects.filter(({ code }) => code === 'TOAN');
    expect(toan?.HK1?.notRequired).toEqual({ regular: 2, midterm: true, final: true });
    expect(input.subjects.filter((each) => each.HK2?.notRequired !== undefined)).toEqual([]);
    expect(buildInput({ ...year, notRequired: excused(columns) })).toEqual(buildInput(year));
  });
});
