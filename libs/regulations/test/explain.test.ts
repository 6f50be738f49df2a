import { describe, expect, test } from '@jest/globals';
import { explain } from '#regulations/explain/explain.js';
import type { Explanation } from '#regulations/explain/explanation.js';
import { baseLevel } from '#regulations/tt22/learning-level.js';
import { parseScore } from '#regulations/marks.js';
import { evaluate } from '#regulations/evaluate.js';
import type { EvaluateInput, Tt22Answer } from '#regulations/types.js';
import { child, comment, flat, pupil, refused, times } from './pupils.js';

function explained(input: EvaluateInput): readonly Explanation[] {
  const list = explain(input);
  if ('error' in list) throw new Error(JSON.stringify(list));
  return list;
}

function about(input: EvaluateInput, path: string): Explanation {
  const found = explained(input).find((each) => each.about === path);
  if (found === undefined) throw new Error(`nothing is said about ${path}`);
  return found;
}

const year = (averages: readonly string[], failed = 0, more = {}): Explanation =>
  about(pupil(averages, failed, more), 'learning.year');

describe('a level of learning says why', () => {
  test('in the words that a parent is given', () => {
    const [maths, ...others] = pupil([...times(1, '7.9'), ...times(5, '8'), '7', '7']).subjects;
    const input = { ...pupil([]), subjects: [{ ...maths!, code: 'TOAN' }, ...others] };
    expect(about(input, 'learning.year').sentence).toBe(
      'Khá: đủ điều kiện Tốt trừ môn Toán 7,9 < 8,0 — cần thêm 1 môn ≥ 8,0.',
    );
  });

  test('it is not the next one, and by how much', () => {
    expect(year([...times(5, '8'), '7.9', '7', '7'])).toMatchObject({
      value: 'KHA',
      sentence: 'Khá: đủ điều kiện Tốt trừ môn M6 7,9 < 8,0 — cần thêm 1 môn ≥ 8,0.',
      reasons: [
        { code: 'LEVEL_MET', article: 'TT 22/2021 Đ.9 k.2 b' },
        {
          code: 'TOO_FEW_ABOVE',
          article: 'TT 22/2021 Đ.9 k.2 a',
          short: 1,
          facts: [{ code: 'M6', value: '7,9', need: '8,0' }],
        },
      ],
    });
    expect(year([...times(6, '8.5'), '4.9', '4.9']).sentence).toBe(
      'Đạt: đủ điều kiện Khá trừ môn M7 4,9 < 5,0, M8 4,9 < 5,0.',
    );
    expect(year(times(8, '6'), 2).sentence).toBe('Chưa đạt: đủ điều kiện Đạt trừ môn N1, N2 Chưa đạt.');
    expect(year([...times(4, '6'), '3.4', '3', '3', '3'], 2).sentence).toBe(
      'Chưa đạt: chưa đủ điều kiện Đạt vì môn M5 3,4 < 3,5, M6 3,0 < 3,5, M7 3,0 < 3,5, M8 3,0 < 3,5; ' +
        'môn M5 3,4 < 5,0, M6 3,0 < 5,0 — cần thêm 2 môn ≥ 5,0; môn N1, N2 Chưa đạt.',
    );
  });

  test('all conditions hold, at the top', () => {
    expect(year([...times(7, '9.2'), '6.6']).sentence).toBe(
      'Tốt: mọi môn từ 6,5 trở lên, 7 môn từ 8,0 trở lên (cần 6), các môn nhận xét đều Đạt.',
    );
  });

  test('the adjustment of Đ.9 k.3 struck, from what, because of which subject', () => {
    expect(year([...times(6, '8.5'), '8', '4.9'])).toMatchObject({
      value: 'KHA',
      sentence:
        'Khá: nếu không có môn M8 (4,9) thì đạt mức Tốt; thấp hơn từ hai mức trở lên chỉ vì một môn nên được điều chỉnh từ Đạt lên Khá.',
    });
    const byComment = year(times(8, '8.5'), 1).reasons.at(-1);
    expect(byComment).toMatchObject({
      code: 'ADJUSTED',
      article: 'TT 22/2021 Đ.9 k.3',
      facts: [{ code: 'N1', value: 'Chưa đạt' }],
      adjustment: { from: 'DAT', without: 'TOT' },
    });
    const settings = { adjustment: { commentSubjectCanBeCulprit: false } };
    expect(year(times(8, '8.5'), 1, { settings }).reasons.map(({ code }) => code)).not.toContain('ADJUSTED');
  });

  test('it is not there: which subject is missing, or that there are too few', () => {
    const [first, ...others] = pupil(times(8, '7')).subjects;
    const half = { ...pupil([]), subjects: [{ ...first!, HK2: null }, ...others] };
    expect(about(half, 'learning.year')).toMatchObject({
      value: null,
      sentence: 'Chưa xếp mức: chưa có kết quả môn M1.',
    });
    expect(year(times(5, '7')).sentence).toContain('chỉ có 5 môn');
  });
});

describe('a subject says why', () => {
  const tie = { regular: ['7.3', '6.8', '7.4'], midterm: '3.2', final: '3.9' };
  const subject = (HK1: object, HK2: object, more = {}): EvaluateInput => ({
    ...pupil([]),
    subjects: [{ code: 'TOAN', kind: 'score', periodsPerYear: 70, HK1, HK2, ...more }],
  });

  test('its averages: marks, weights, the exact quotient, the rounding', () => {
    const input = subject(tie, { regular: ['8', '8', '8'], midterm: '8', final: '8' });
    expect(about(input, 'subjects.TOAN.HK1').sentence).toBe(
      'Toán, Học kì I: (7,3 + 6,8 + 7,4 + 2 × 3,2 + 3 × 3,9) : 8 = 4,95, làm tròn 5,0.',
    );
    expect(about(input, 'subjects.TOAN.HK2').sentence).toMatch(/: 8 = 8,0\.$/);
    expect(about(input, 'subjects.TOAN.year').sentence).toBe('Toán, cả năm: (5,0 + 2 × 8,0) : 3 = 7,0.');
    const thirds = subject({ regular: ['8', '7', '9', '8'], midterm: '7.5', final: '8' }, tie);
    expect(about(thirds, 'subjects.TOAN.HK1').sentence).toMatch(/= 7,888…, làm tròn 7,9\.$/);
  });

  test('an absence without reason counted as 0, what is missing, what is exempt or left out', () => {
    const input = subject({ ...tie, midterm: 'V' }, { regular: ['8'], midterm: null, final: '8' });
    expect(about(input, 'subjects.TOAN.HK1').reasons.map(({ code }) => code)).toEqual([
      'TERM_AVERAGE',
      'ABSENT_COUNTED',
    ]);
    expect(about(input, 'subjects.TOAN.HK2').sentence).toBe(
      'Toán, Học kì II: chưa có kết quả vì thiếu 2 lần đánh giá thường xuyên, đánh giá giữa kì.',
    );
    expect(about(subject(tie, tie, { notAssessed: true }), 'subjects.TOAN.year')).toMatchObject({
      value: null,
      reasons: [{ code: 'NOT_ASSESSED', article: 'TT 22/2021 Đ.11' }],
    });
    const exempt = { ...pupil([]), subjects: [{ ...comment('GDTC', 'D'), exempt: 'practice' as const }] };
    expect(about(exempt, 'subjects.GDTC.HK1').reasons.map(({ code }) => code)).toEqual([
      'COMMENT_TERM',
      'PRACTICE_EXEMPT',
    ]);
    expect(
      about({ ...pupil([]), subjects: [comment('GDTC', 'CD', 'D')] }, 'subjects.GDTC.year').sentence,
    ).toBe('Giáo dục thể chất, cả năm: Chưa đạt, theo kết quả Học kì II.');
  });
});

describe('a decision says why', () => {
  const failing = [...times(5, '5'), '4.9', '4', '3.5'];
  test.each([
    [
      'one session too many',
      pupil(times(8, '7'), 0, { absences: 46 }),
      /^Không được lên lớp.*nghỉ 46 buổi, quá 45 buổi\.$/,
    ],
    [
      'exactly 45',
      pupil(times(8, '7'), 0, { absences: 45 }),
      /^Được lên lớp.*nghỉ 45 buổi \(được phép 45\)\.$/,
    ],
    [
      'learning alone',
      pupil(failing),
      /^Kiểm tra, đánh giá lại môn học.*được đánh giá lại M6 \(4,9\), M7 \(4,0\), M8 \(3,5\) \(Đ\.14\)\.$/,
    ],
    [
      'both',
      pupil(failing, 0, { conduct: { HK1: 'DAT', HK2: 'CHUA_DAT' } }),
      /cả hai kết quả đều Chưa đạt nên không được đánh giá lại\.$/,
    ],
    [
      'after the summer',
      pupil(failing, 0, { reassessment: { subjects: { M6: '6' } } }),
      /^Được lên lớp: học tập sau hè từ Chưa đạt thành Đạt\.$/,
    ],
    [
      'summer training',
      pupil(times(8, '7'), 0, { conduct: { HK1: 'TOT', HK2: 'CHUA_DAT' } }),
      /rèn luyện trong kì nghỉ hè/,
    ],
    [
      'something missing',
      pupil(times(8, '7'), 0, { conduct: { HK1: 'TOT' } }),
      /^Chưa quyết định được: chưa có kết quả rèn luyện/,
    ],
  ])('%s', (_name, input, sentence) => {
    expect(about(input, 'promotion').sentence).toMatch(sentence);
  });

  test('a title, or none', () => {
    expect(about(pupil([...times(5, '9.2'), '8', '8', '6.6']), 'honour').sentence).toBe(
      'Học sinh Giỏi: học tập cả năm Tốt; rèn luyện cả năm Tốt; 5 môn từ 9,0 trở lên (Học sinh Xuất sắc cần 6).',
    );
    expect(about(pupil(times(8, '7')), 'honour').sentence).toBe('Không có danh hiệu: học tập cả năm Khá.');
    expect(about(pupil(times(8, '9'), 0, { conduct: { HK1: 'TOT' } }), 'honour').sentence).toBe(
      'Chưa xét danh hiệu: chưa có kết quả rèn luyện cả năm.',
    );
  });

  test('conduct by the year table', () => {
    const conduct = { conduct: { HK1: 'CHUA_DAT' as const, HK2: 'TOT' as const } };
    expect(about(pupil(times(8, '7'), 0, conduct), 'conduct.year')).toMatchObject({
      value: 'KHA',
      sentence: 'Rèn luyện: Học kì I Chưa đạt, Học kì II Tốt thì cả năm Khá.',
    });
  });
});

describe('a primary year says why', () => {
  test.each([
    [
      child({ tests: ['9', '10', '9', '9', '8', '10'] }),
      'HTT',
      'Hoàn thành tốt: chưa đạt Hoàn thành xuất sắc vì bài kiểm tra Khoa học 8 < 9.',
    ],
    [
      child({ levels: { DAO_DUC: 'C' }, tests: [...times(5, '9'), '4'], traits: { THE_CHAT: 'C' } }),
      'CHT',
      'Chưa hoàn thành: chưa đạt Hoàn thành vì Đạo đức Chưa hoàn thành; Thể chất Cần cố gắng; bài kiểm tra Tin học và Công nghệ 4 < 5.',
    ],
    [
      child({}),
      'HTXS',
      'Hoàn thành xuất sắc: mọi môn học và hoạt động Hoàn thành tốt, mọi phẩm chất và năng lực Tốt, bài kiểm tra cuối năm từ 9 điểm trở lên.',
    ],
  ])('%#', (input, value, sentence) => {
    expect(about(input, 'year')).toMatchObject({ value, sentence });
  });

  test('what is missing, what a person judges, and what comes before the principal decides', () => {
    expect(about({ ...child({}), qualities: {} }, 'year').sentence).toMatch(/^Chưa đánh giá được: Yêu nước/);
    expect(about(child({ tests: times(6, '8') }), 'honour').reasons.map(({ code }) => code)).toEqual([
      'CONDITION_HOLDS',
      'PERSON_DECIDES',
      'PERSON_DECIDES',
    ]);
    const failed = { levels: { DAO_DUC: 'C' } };
    expect(about(child(failed), 'promotion')).toMatchObject({ value: 'DANH_GIA_BO_SUNG' });
    const again = (level: string) => ({ additionalAssessment: { levels: { DAO_DUC: { CN: level } } } });
    expect(about(child(failed, again('C')), 'promotion')).toMatchObject({
      value: 'HIEU_TRUONG_QUYET_DINH',
      reasons: [{ code: 'PERSON_DECIDES' }],
    });
    expect(about(child(failed, again('H')), 'promotion').sentence).toContain(
      'sau đánh giá bổ sung đã hoàn thành',
    );
  });
});

test('an input that cannot be evaluated is refused the same way', () => {
  const bad = { ...pupil(times(8, '7')), absences: -1 };
  expect(explain(bad)).toEqual(refused(bad));
});

describe('whatever the pupil', () => {
  /** Reproducible marks: a small linear generator. */
  function* pupils(count: number): Generator<EvaluateInput & { readonly ruleSet: 'tt22-2021' }> {
    let state = 20261122;
    const below = (bound: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * bound);
    };
    const levels = ['TOT', 'KHA', 'DAT', 'CHUA_DAT'] as const;
    for (let i = 0; i < count; i += 1) {
      const centre = 30 + below(60);
      const mark = () => {
        const tenths = Math.max(0, Math.min(100, centre - 20 + below(40)));
        return `${Math.trunc(tenths / 10)}.${tenths % 10}`;
      };
      yield {
        ...pupil([]),
        subjects: [
          ...Array.from({ length: 8 }, (_, index) => flat(`M${index + 1}`, mark(), mark())),
          ...[1, 2, 3].map((n) => comment(`N${n}`, below(8) === 0 ? 'CD' : 'D')),
        ],
        conduct: { HK1: levels[below(4)]!, HK2: levels[below(4)]! },
        absences: below(60),
      };
    }
  }
  const at = (answer: Tt22Answer, path: string): unknown =>
    path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], answer);

  test('the value explained is the value given, in composed letters and without a binary fraction', () => {
    for (const input of pupils(300)) {
      const answer = evaluate(input) as Tt22Answer;
      const all = explained(input);
      expect(all.map(({ about: path, value }) => [path, value])).toEqual(
        all.map(({ about: path }) => [path, at(answer, path)]),
      );
      const said = all.map(({ sentence }) => sentence).join('\n');
      expect(said).toBe(said.normalize('NFC'));
      expect(said).not.toMatch(/undefined|null|NaN|\d\.\d/);
    }
  });

  test('who makes up exactly what is said to be missing reaches the next level', () => {
    let checked = 0;
    for (const input of pupils(2000)) {
      const answer = evaluate(input) as Tt22Answer;
      const { reasons } = about(input, 'learning.year');
      const lacks = reasons.filter(({ code }) =>
        ['BELOW', 'TOO_FEW_ABOVE', 'COMMENTS_FAILED'].includes(code),
      );
      if (lacks.length === 0) continue;
      const needs = new Map<string, number>();
      for (const { code, need } of lacks.flatMap(({ facts }) => facts)) {
        const tenths = need === null ? 0 : parseScore(need.replace(',', '.'))!;
        needs.set(code, Math.max(needs.get(code) ?? 0, tenths));
      }
      const scores = Object.entries(answer.subjects).flatMap(([code, { year: value }]) => {
        const tenths = parseScore(value);
        return tenths === null ? [] : [Math.max(tenths, needs.get(code) ?? 0)];
      });
      const failed = Object.entries(answer.subjects).filter(
        ([code, each]) => each.year === 'CD' && !needs.has(code),
      );
      const before = baseLevel(
        Object.values(answer.subjects).flatMap(({ year: value }) => parseScore(value) ?? []),
        Object.values(answer.subjects).filter((each) => each.year === 'CD').length,
      );
      const rising = ['CHUA_DAT', 'DAT', 'KHA', 'TOT'];
      expect(rising.indexOf(baseLevel(scores, failed.length))).toBeGreaterThan(rising.indexOf(before));
      checked += 1;
    }
    expect(checked).toBeGreaterThan(1000);
  });
});
