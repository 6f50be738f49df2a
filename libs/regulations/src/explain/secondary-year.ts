import { HONOUR_LABELS, LEVEL_LABELS, PERIOD_LABELS, PROMOTION_LABELS } from '../labels.js';
import { parseComment, parseScore } from '../marks.js';
import { EXCELLENT_FROM } from '../tt22/honour.js';
import { SUBJECTS_NEEDED } from '../tt22/learning-level.js';
import { MOST_ABSENCES } from '../tt22/promotion.js';
import { mayReassessSubject } from '../tt22/reassessment.js';
import type { Level, TermValues, Tt22Answer, Tt22Promotion } from '../types.js';
import type { Explanation, Reason, ReasonCode } from './explanation.js';
import { subjectName } from './secondary-subject.js';
import { averageWords, comma } from './sentence.js';

const reason = (code: ReasonCode, article: string, sentence: string): Reason => ({
  code,
  article,
  sentence,
  facts: [],
});

/** Why the year's conduct is what the two terms make of it (TT 22/2021 Đ.8 k.2). */
export function explainConduct({ HK1, HK2, year }: TermValues<Level>): Explanation {
  const about = 'conduct.year';
  const article = 'TT 22/2021 Đ.8 k.2';
  if (year === null) {
    const missing = [HK1 === null ? PERIOD_LABELS.HK1 : '', HK2 === null ? PERIOD_LABELS.HK2 : ''];
    const sentence = `chưa có kết quả rèn luyện ${missing.filter((term) => term !== '').join(' và ')}`;
    return {
      about,
      value: null,
      reasons: [reason('MISSING', article, sentence)],
      sentence: `Chưa xếp mức: ${sentence}.`,
    };
  }
  const sentence = `Học kì I ${LEVEL_LABELS[HK1!]}, Học kì II ${LEVEL_LABELS[HK2!]} thì cả năm ${LEVEL_LABELS[year]}`;
  return {
    about,
    value: year,
    reasons: [reason('CONDUCT_TABLE', article, sentence)],
    sentence: `Rèn luyện: ${sentence}.`,
  };
}

/** The year's results that the decision looked at: those after the summer when there are some. */
function decisive(answer: Tt22Answer): { readonly learning: Level | null; readonly conduct: Level | null } {
  return answer.afterReassessment ?? { learning: answer.learning.year, conduct: answer.conduct.year };
}

/** Why the pupil goes up, is re-assessed, trains in summer or stays (TT 22/2021 Đ.12–14): condition by condition. */
export function explainPromotion(answer: Tt22Answer, absences: number | null, grade: number): Explanation {
  const { promotion } = answer;
  const { learning, conduct } = decisive(answer);
  const reasons = [
    condition('TT 22/2021 Đ.12 k.1 a', 'kết quả rèn luyện cả năm', conduct),
    condition('TT 22/2021 Đ.12 k.1 b', 'kết quả học tập cả năm', learning),
    absenceReason(absences),
    ...summerReasons(answer),
  ];
  const about = 'promotion';
  if (promotion === null) {
    const open = reasons.filter(({ code }) => code === 'MISSING').map(({ sentence }) => sentence);
    return { about, value: null, reasons, sentence: `Chưa quyết định được: ${open.join('; ')}.` };
  }
  const told = reasons.filter(({ code }) => code === 'CONDITION_FAILS' || code === 'REPLACED_AFTER_SUMMER');
  const because = (told.length === 0 ? reasons : told).map(({ sentence }) => sentence);
  const path = WAYS[promotion](answer, grade);
  return {
    about,
    value: promotion,
    reasons,
    sentence: `${PROMOTION_LABELS[promotion]}: ${[...because, ...path].join('; ')}.`,
  };
}

/** What the decision means beside the failed conditions. */
const WAYS: Readonly<Record<Tt22Promotion, (answer: Tt22Answer, grade: number) => readonly string[]>> = {
  LEN_LOP: () => [],
  DANH_GIA_LAI: (answer, grade) => [`được đánh giá lại ${reassessable(answer, grade)} (Đ.14)`],
  REN_LUYEN_HE: () => ['được rèn luyện trong kì nghỉ hè (Đ.13)'],
  O_LAI: (answer) =>
    answer.learning.year === 'CHUA_DAT' && answer.conduct.year === 'CHUA_DAT'
      ? ['cả hai kết quả đều Chưa đạt nên không được đánh giá lại']
      : [],
};

/** Đ.14: the subjects below 5.0 or Chưa đạt, each by name. */
function reassessable({ subjects, promotion }: Tt22Answer, grade: number): string {
  return Object.entries(subjects)
    .filter(([, { year }]) => mayReassessSubject(promotion, parseScore(year) ?? parseComment(year)))
    .map(([code, { year }]) => `${subjectName(code, grade)} (${year === 'CD' ? 'Chưa đạt' : comma(year!)})`)
    .join(', ');
}

function condition(article: string, what: string, level: Level | null): Reason {
  if (level === null) return reason('MISSING', article, `chưa có ${what}`);
  return level === 'CHUA_DAT'
    ? reason('CONDITION_FAILS', article, `${what} Chưa đạt`)
    : reason('CONDITION_HOLDS', article, `${what} ${LEVEL_LABELS[level]}`);
}

function absenceReason(absences: number | null): Reason {
  const article = 'TT 22/2021 Đ.12 k.1 c';
  if (absences === null) return reason('MISSING', article, 'chưa có số buổi nghỉ học');
  return absences > MOST_ABSENCES
    ? reason('CONDITION_FAILS', article, `nghỉ ${absences} buổi, quá ${MOST_ABSENCES} buổi`)
    : reason('CONDITION_HOLDS', article, `nghỉ ${absences} buổi (được phép ${MOST_ABSENCES})`);
}

function summerReasons({ afterReassessment, learning, conduct }: Tt22Answer): Reason[] {
  if (afterReassessment === undefined) return [];
  const reasons: Reason[] = [];
  const said = (article: string, what: string, from: Level | null, to: Level | null): void => {
    if (from === to || from === null || to === null) return;
    const sentence = `${what} sau hè từ ${LEVEL_LABELS[from]} thành ${LEVEL_LABELS[to]}`;
    reasons.push(reason('REPLACED_AFTER_SUMMER', article, sentence));
  };
  said('TT 22/2021 Đ.14', 'học tập', learning.year, afterReassessment.learning);
  said('TT 22/2021 Đ.13', 'rèn luyện', conduct.year, afterReassessment.conduct);
  return reasons;
}

/** Why there is this title, or none (TT 22/2021 Đ.15 k.1). */
export function explainHonour({ subjects, learning, conduct, honour }: Tt22Answer): Explanation {
  const article = 'TT 22/2021 Đ.15 k.1';
  const excellent = Object.values(subjects).filter(
    ({ year }) => (parseScore(year) ?? -1) >= EXCELLENT_FROM,
  ).length;
  const both = (what: string, level: Level | null): Reason =>
    reason(
      level === null ? 'MISSING' : level === 'TOT' ? 'CONDITION_HOLDS' : 'CONDITION_FAILS',
      article,
      level === null ? `chưa có kết quả ${what} cả năm` : `${what} cả năm ${LEVEL_LABELS[level]}`,
    );
  const count = reason(
    excellent >= SUBJECTS_NEEDED ? 'CONDITION_HOLDS' : 'CONDITION_FAILS',
    `${article} a`,
    `${excellent} môn từ ${averageWords(EXCELLENT_FROM)} trở lên (Học sinh Xuất sắc cần ${SUBJECTS_NEEDED})`,
  );
  const reasons = [both('học tập', learning.year), both('rèn luyện', conduct.year), count];
  const told =
    honour === null ? reasons.slice(0, 2).filter(({ code }) => code !== 'CONDITION_HOLDS') : reasons;
  const open = learning.year === null || conduct.year === null;
  const label =
    honour === null ? (open ? 'Chưa xét danh hiệu' : 'Không có danh hiệu') : HONOUR_LABELS[honour];
  const sentence = `${label}: ${told.map((each) => each.sentence).join('; ')}.`;
  return { about: 'honour', value: honour, reasons, sentence };
}
