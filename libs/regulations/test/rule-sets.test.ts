import { describe, expect, test } from '@jest/globals';
import { charterAt, type SchoolLevel } from '#regulations/charter.js';
import {
  COMMENT_LABELS,
  COMMENT_SIGNS,
  HONOUR_LABELS,
  LEVEL_LABELS,
  PERIOD_LABELS,
  PRIMARY_YEAR_LABELS,
  problemSentence,
  PROMOTION_LABELS,
  promotionSentence,
  QUALITY_LEVEL_LABELS,
  QUALITY_LEVEL_SIGNS,
  RULE_SET_LABELS,
  SUBJECT_LEVEL_LABELS,
} from '#regulations/labels.js';
import { subjectsOf } from '#regulations/subjects.js';
import { RULE_SET_VERSIONS, ruleSetDescriptor, ruleSetFor } from '#regulations/rule-sets.js';

describe('which rule set', () => {
  test.each([
    ['primary', 1, '2020-2021', 'tt27-2020'],
    ['primary', 5, '2024-2025', 'tt27-2020'],
    ['lower-secondary', 6, '2021-2022', 'tt22-2021'],
    ['lower-secondary', 9, '2026-2027', 'tt22-2021'],
    ['upper-secondary', 10, '2022-2023', 'tt22-2021'],
  ] as const)('%s grade %i in %s: %s', (level, grade, schoolYear, id) => {
    expect(ruleSetFor({ level, grade, schoolYear }).id).toBe(id);
  });

  test.each([
    ['primary', 5, '2023-2024', 'NO_RULE_SET'],
    ['lower-secondary', 9, '2023-2024', 'NO_RULE_SET'],
    ['primary', 6, '2026-2027', 'NO_SUCH_GRADE'],
    ['lower-secondary', 10, '2026-2027', 'NO_SUCH_GRADE'],
    ['primary', 1, '2026', 'BAD_SCHOOL_YEAR'],
    ['primary', 1, '2026-2028', 'BAD_SCHOOL_YEAR'],
  ] as const)('%s grade %i in %s is refused: %s', (level, grade, schoolYear, code) => {
    expect(() => ruleSetFor({ level, grade, schoolYear })).toThrow(expect.objectContaining({ code }));
  });

  test('the descriptor is pure JSON, marks as texts, and every version can be described', () => {
    for (const { id, version } of RULE_SET_VERSIONS) {
      const descriptor = ruleSetDescriptor(id, version);
      expect(JSON.parse(JSON.stringify(descriptor))).toEqual(descriptor);
      expect(descriptor).toMatchObject({ id, version });
    }
    expect(ruleSetDescriptor('tt22-2021')).toMatchObject({ mostAbsences: 45, excellentFrom: '9.0' });
    expect(() => ruleSetDescriptor('tt22-2021', '0')).toThrow(
      expect.objectContaining({ code: 'NO_SUCH_VERSION' }),
    );
  });

  test('the pinned descriptors do not change unnoticed: a change needs a new version', () => {
    expect(
      RULE_SET_VERSIONS.map(({ id, version }) => JSON.stringify(ruleSetDescriptor(id, version))),
    ).toMatchSnapshot();
  });
});

describe('which charter', () => {
  test('TT 15/2026 takes over inside the school year', () => {
    expect(charterAt('2026-05-08', 'primary').id).toBe('tt28-2020');
    expect(charterAt('2026-05-09', 'lower-secondary').id).toBe('tt32-2020');
    expect(charterAt('2026-05-10', 'upper-secondary').id).toBe('tt15-2026');
    expect(charterAt('2026-05-12', 'primary')).toMatchObject({ id: 'tt15-2026', paperNeeded: false });
  });

  test('says which records are kept and by whom: no marks book of the teacher since TT 15/2026, and no paper', () => {
    const kept = (date: string, level: SchoolLevel) => {
      const { records, paperNeeded } = charterAt(date, level);
      return { codes: records.map(({ code }) => code), paperNeeded };
    };
    const before = kept('2026-05-09', 'lower-secondary');
    expect(before.paperNeeded).toBe(true);
    expect(before.codes).toHaveLength(20);
    expect(before.codes).toContain('TEACHER_ASSESSMENT_BOOK');
    const now = kept('2026-05-10', 'lower-secondary');
    expect(now.paperNeeded).toBe(false);
    expect(now.codes).toEqual(expect.arrayContaining(['REGISTER', 'TRANSCRIPT', 'ASSESSMENT_BOOK']));
    expect(now.codes).not.toContain('TEACHER_ASSESSMENT_BOOK');
    expect(kept('2026-05-09', 'primary').codes).toContain('CLASS_SUMMARY');
    expect(kept('2026-05-09', 'primary').codes).not.toContain('ASSESSMENT_BOOK');
    for (const { name } of charterAt('2026-11-22', 'primary').records)
      expect(name).toBe(name.normalize('NFC'));
  });

  test('a day before them, or no day, is refused', () => {
    expect(() => charterAt('2020-10-19', 'primary')).toThrow(RangeError);
    expect(() => charterAt('10/5/2026', 'primary')).toThrow(RangeError);
  });
});

describe('words', () => {
  test('every code has its word, spelled as the ministry prints it', () => {
    const words = [
      ...Object.values(RULE_SET_LABELS),
      ...Object.values(PERIOD_LABELS),
      ...Object.values(LEVEL_LABELS),
      ...Object.values(COMMENT_LABELS),
      ...Object.values(COMMENT_SIGNS),
      ...Object.values(SUBJECT_LEVEL_LABELS),
      ...Object.values(QUALITY_LEVEL_LABELS),
      ...Object.values(QUALITY_LEVEL_SIGNS),
      ...Object.values(PRIMARY_YEAR_LABELS),
      ...Object.values(PROMOTION_LABELS),
      ...Object.values(HONOUR_LABELS),
      ...[4, 8, 11].flatMap((grade) => subjectsOf(grade).map(({ name }) => name)),
    ];
    for (const word of words) {
      expect(word).toBe(word.normalize('NFC'));
      expect(word).not.toMatch(/kỳ|kỹ|lý|mỹ/i);
    }
    expect(PRIMARY_YEAR_LABELS.HTXS).toBe('Hoàn thành xuất sắc');
    expect(PROMOTION_LABELS.REN_LUYEN_HE).toBe('Rèn luyện trong kì nghỉ hè');
  });

  test('the line of the học bạ', () => {
    expect(promotionSentence('HOAN_THANH_LOP', 4)).toBe('Hoàn thành chương trình lớp 4. Được lên lớp 5.');
    expect(promotionSentence('HOAN_THANH_TIEU_HOC', 5)).toBe('Hoàn thành chương trình tiểu học.');
    expect(promotionSentence('LEN_LOP', 8)).toBe('Được lên lớp 9.');
    expect(promotionSentence('LEN_LOP', 9)).toBe('Hoàn thành chương trình giáo dục trung học cơ sở.');
    expect(promotionSentence('O_LAI', 8)).toBe('Không được lên lớp (ở lại lớp).');
    expect(promotionSentence('O_LAI', 9)).toBe('Không hoàn thành chương trình giáo dục trung học cơ sở.');
  });

  test('a problem in words', () => {
    expect(problemSentence({ code: 'MISSING_FINAL', where: 'subjects.TOAN.HK1' }, 8)).toBe(
      'Toán, Học kì I: thiếu điểm (đánh giá) cuối kì',
    );
    expect(problemSentence({ code: 'MISSING_QUALITY', where: 'qualities.NHAN_AI.CN' }, 4)).toBe(
      'Nhân ái, Cuối năm học: thiếu mức đạt được về phẩm chất',
    );
    expect(problemSentence({ code: 'MISSING_COMPETENCE', where: 'competences.KHOA_HOC.CN' }, 4)).toContain(
      'Khoa học',
    );
    expect(problemSentence({ code: 'TOO_FEW_SCORE_SUBJECTS', where: 'subjects' }, 8)).toMatch(/^có ít hơn 6/);
  });
});
