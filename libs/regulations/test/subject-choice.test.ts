import { describe, expect, test } from '@jest/globals';
import { swapFault } from '#regulations/subject-choice.js';

const OFFERED = ['NGU_VAN', 'TOAN', 'VAT_LI', 'HOA_HOC', 'SINH_HOC', 'TIN_HOC', 'DIA_LI', 'NGOAI_NGU_2'];
const TAKES = OFFERED.filter((code) => code !== 'DIA_LI');
const fault = (dropped: string | null, taken: string | null, takes: readonly string[] = TAKES) =>
  swapFault(11, OFFERED, takes, { dropped, taken });

describe('a pupil of grades 10–12 keeps four chosen subjects (TT 32/2018)', () => {
  test('one chosen subject for another is allowed', () => {
    expect(fault('VAT_LI', 'DIA_LI')).toBeNull();
  });

  test('one less is not, unless more than four are taken', () => {
    expect(fault('VAT_LI', null)).toContain('đủ 4 môn lựa chọn');
    expect(fault('VAT_LI', null, OFFERED)).toBeNull();
  });

  test('an elective does not stand in for a chosen subject', () => {
    const without = TAKES.filter((code) => code !== 'NGOAI_NGU_2');
    expect(fault('VAT_LI', 'NGOAI_NGU_2', without)).toContain('đủ 4 môn lựa chọn');
  });

  test('an elective is stopped and taken up freely', () => {
    expect(fault('NGOAI_NGU_2', null)).toBeNull();
    expect(fault(null, 'DIA_LI')).toBeNull();
  });
});

describe('what cannot be changed', () => {
  test('a compulsory subject', () => {
    expect(fault('TOAN', 'DIA_LI')).toBe('Toán là môn bắt buộc, không thôi học được');
  });

  test('a subject that the pupil does not take, or takes already, or that the class is not taught', () => {
    expect(fault('DIA_LI', null)).toBe('Học sinh không học môn Địa lí');
    expect(fault('VAT_LI', 'HOA_HOC')).toBe('Học sinh đang học môn Hóa học rồi');
    expect(fault('VAT_LI', 'GDKTPL')).toContain('Lớp không học môn Giáo dục kinh tế và pháp luật');
    expect(fault(null, null)).toBe('Chưa nói học sinh thôi môn nào, học môn nào');
  });

  test('grades 6–9 and 1–5 have electives only', () => {
    const lower = ['TOAN', 'NGOAI_NGU_2'];
    expect(swapFault(7, lower, lower, { dropped: 'NGOAI_NGU_2', taken: null })).toBeNull();
    expect(swapFault(7, lower, lower, { dropped: 'TOAN', taken: null })).toContain('bắt buộc');
    expect(
      swapFault(2, ['NGOAI_NGU_1'], ['NGOAI_NGU_1'], { dropped: 'NGOAI_NGU_1', taken: null }),
    ).toBeNull();
    expect(swapFault(4, ['NGOAI_NGU_1'], ['NGOAI_NGU_1'], { dropped: 'NGOAI_NGU_1', taken: null })).toContain(
      'bắt buộc',
    );
  });
});
