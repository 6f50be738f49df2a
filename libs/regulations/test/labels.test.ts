import { describe, expect, test } from '@jest/globals';
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
    expect(promotionSentence('DANH_GIA_LAI', 8)).toBe('Kiểm tra, đánh giá lại môn học.');
    expect(promotionSentence('REN_LUYEN_HE', 8)).toBe('Rèn luyện trong kì nghỉ hè.');
    expect(promotionSentence('DANH_GIA_BO_SUNG', 4)).toBe('Đánh giá bổ sung.');
    expect(promotionSentence('HIEU_TRUONG_QUYET_DINH', 4)).toBe('Hiệu trưởng xem xét, quyết định.');
    expect(promotionSentence('LEN_LOP', 12)).toBe('Hoàn thành chương trình giáo dục trung học phổ thông.');
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
