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

  test('absences of both terms are added; with one term missing they are missing', () => {
    const year = fullYear('tt22-2021', 8);
    expect(buildInput(year)).toMatchObject({ absences: 4 });
    const cells = year.cells.filter(({ column, period }) => !(column === 'VANG' && period === 'HK2'));
    const answer = secondary(buildInput({ ...year, cells }));
    expect(answer.problems).toEqual([{ code: 'MISSING_ABSENCES', where: 'absences' }]);
  });

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
  });

  test('a cell that has no place, or comes twice, is never dropped silently', () => {
    const year = fullYear('tt22-2021', 8);
    const stray: RecordedCell = { area: 'VAT_LI', period: 'HK1', column: 'TX1', value: '8' };
    expect(() => buildInput({ ...year, cells: [...year.cells, stray] })).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_AREA' }),
    );
    const twice = () => buildInput({ ...year, cells: [...year.cells, year.cells[0]!] });
    expect(twice).toThrow(PupilYearError);
    expect(twice).toThrow(expect.objectContaining({ code: 'CELL_TWICE' }));
  });
});
