import { describe, expect, test } from '@jest/globals';
import { sheetColumns } from '#regulations/sheets.js';
import { resultOfStrands, strandOfColumn, strandsOf } from '#regulations/tt22/strands.js';
import { comment, pupil, secondary, times } from './pupils.js';

/** Who enters each column of the subject's sheet: the strand's name, or "chung" where it is everybody's. */
const owners = (subject: string, grade = 8) =>
  sheetColumns('tt22-2021', grade, subject, 'HK1').map(
    ({ code }) => `${code} ${strandOfColumn(subject, code)?.name ?? 'chung'}`,
  );

describe('TT 22/2021 Đ.6–7: one subject, several strands and teachers (practice 4)', () => {
  test('Khoa học tự nhiên: three strands take the regular columns by turns, the tests are shared', () => {
    expect(owners('KHTN')).toEqual([
      ...['TX1 Vật lí', 'TX2 Hóa học', 'TX3 Sinh học', 'TX4 Vật lí'],
      ...['GK chung', 'CK chung', 'NX chung'],
    ]);
  });

  test('Lịch sử và Địa lí: two strands, one row of marks, one average', () => {
    expect(owners('LICH_SU_DIA_LI')).toEqual([
      ...['TX1 Lịch sử', 'TX2 Địa lí', 'TX3 Lịch sử', 'TX4 Địa lí'],
      ...['GK chung', 'CK chung', 'NX chung'],
    ]);
    const subject = { code: 'LICH_SU_DIA_LI', kind: 'score', periodsPerYear: 105 };
    const term = { regular: ['8', '6', '9', '7'], midterm: '7', final: '8' };
    const answer = secondary({ ...pupil([]), subjects: [{ ...subject, HK1: term, HK2: term }] });
    expect(answer.subjects.LICH_SU_DIA_LI!.HK1).toBe('7.6');
  });

  test('Nghệ thuật: an assessment of each strand, and one result of both', () => {
    expect(owners('NGHE_THUAT')).toEqual([
      ...['TX1 Âm nhạc', 'TX2 Mĩ thuật', 'GK chung', 'CK chung', 'NX chung'],
    ]);
    const arts = (regular: string[]) => ({
      ...comment('NGHE_THUAT', 'D'),
      HK2: { regular, midterm: 'D', final: 'D' },
    });
    const year = (regular: string[]) =>
      secondary({ ...pupil(times(8, '8')), subjects: [arts(regular)] }).subjects.NGHE_THUAT!.year;
    expect([year(['D', 'D']), year(['D', 'CD']), year(['CD', 'D']), year(['D'])]).toEqual([
      ...['D', 'CD', 'CD', null],
    ]);
  });

  test('a test given strand by strand is Đạt when every strand is, and open while one is', () => {
    expect(resultOfStrands(['D', 'D'])).toBe('D');
    expect(resultOfStrands(['D', 'CD'])).toBe('CD');
    expect(resultOfStrands(['CD', null])).toBeNull();
    expect(resultOfStrands([])).toBeNull();
  });

  test('a subject that is taught as one has no strands and no owners of columns', () => {
    expect(strandsOf('TOAN')).toEqual([]);
    expect(strandsOf('constructor')).toEqual([]);
    expect(owners('TOAN')).toContain('TX1 chung');
    expect(strandsOf('KHTN').map(({ code }) => code)).toEqual(['VAT_LI', 'HOA_HOC', 'SINH_HOC']);
    expect(strandsOf('LICH_SU_DIA_LI').map(({ code }) => code)).toEqual(['LICH_SU', 'DIA_LI']);
    expect(strandsOf('NGHE_THUAT').map(({ code }) => code)).toEqual(['AM_NHAC', 'MI_THUAT']);
  });

  test.each(['TX0', 'TX', 'TX01', 'TX100', 'XTX1', 'TX1A', 'NX_TX1'])('%s is no regular column', (column) => {
    expect(strandOfColumn('KHTN', column)).toBeNull();
  });

  test('with twelve regular marks the turns go on', () => {
    expect(strandOfColumn('KHTN', 'TX12')?.code).toBe('SINH_HOC');
    expect(strandOfColumn('KHTN', 'TX10')?.code).toBe('VAT_LI');
  });
});
