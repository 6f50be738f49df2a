import { HONOUR_LABELS, PRIMARY_YEAR_LABELS, problemSentence, PROMOTION_LABELS } from '../labels.js';
import { QUALITY_LEVEL_LABELS, SUBJECT_LEVEL_LABELS } from '../labels.js';
import { competencesOf, QUALITIES } from '../tt27/catalogue.js';
import type { PrimarySubject, Tt27Record } from '../tt27/record.js';
import { YEAR_LEVELS } from '../tt27/year-level.js';
import type { PrimaryYearLevel, QualityLevel, Tt27Answer, Tt27Promotion } from '../types.js';
import type { Explanation, Fact, Reason } from './explanation.js';
import { subjectName } from './secondary-subject.js';
import { markWords } from './sentence.js';

type Row = (typeof YEAR_LEVELS)[number];

const ARTICLES: Readonly<Record<PrimaryYearLevel, string>> = {
  HTXS: 'TT 27/2020 Đ.9 k.2 a',
  HTT: 'TT 27/2020 Đ.9 k.2 b',
  HT: 'TT 27/2020 Đ.9 k.2 c',
  CHT: 'TT 27/2020 Đ.9 k.2 d',
};
const NEXT: Readonly<Record<PrimaryYearLevel, PrimaryYearLevel | null>> = {
  HTXS: null,
  HTT: 'HTXS',
  HT: 'HTT',
  CHT: 'HT',
};

/** Why the year's level of a primary pupil is what it is (TT 27/2020 Đ.9 k.2), and what the next one would need. */
export function explainPrimaryYear(record: Tt27Record, { year, problems }: Tt27Answer): Explanation {
  const about = 'year';
  if (year === null) {
    const missing = problems.filter(({ code }) => code !== 'NOT_ELIGIBLE');
    const reasons = missing.map((problem): Reason => ({
      code: 'MISSING',
      article: 'TT 27/2020 Đ.9',
      sentence: problemSentence(problem, record.grade),
      facts: [],
    }));
    const told = reasons.map(({ sentence }) => sentence).join('; ');
    return { about, value: null, reasons, sentence: `Chưa đánh giá được: ${told}.` };
  }
  const row = YEAR_LEVELS.find(({ level }) => level === year);
  const met: Reason = { code: 'LEVEL_MET', article: ARTICLES[year], sentence: metWords(row), facts: [] };
  const next = YEAR_LEVELS.find(({ level }) => level === NEXT[year]);
  const lacks = next === undefined ? [] : shortages(record, next);
  const label = PRIMARY_YEAR_LABELS[year];
  const sentence =
    next === undefined
      ? `${label}: ${met.sentence}.`
      : `${label}: chưa đạt ${PRIMARY_YEAR_LABELS[next.level]} vì ${lacks.map((lack) => lack.sentence).join('; ')}.`;
  return { about, value: year, reasons: [met, ...lacks], sentence };
}

function metWords(row: Row | undefined): string {
  if (row === undefined) return 'không đủ điều kiện của mức Hoàn thành';
  const subjects = row.subjects.map((level) => SUBJECT_LEVEL_LABELS[level]).join(' hoặc ');
  const traits = row.traits.map((level) => QUALITY_LEVEL_LABELS[level]).join(' hoặc ');
  return `mọi môn học và hoạt động ${subjects}, mọi phẩm chất và năng lực ${traits}, bài kiểm tra cuối năm từ ${markWords(row.test)} điểm trở lên`;
}

/** Subjects, qualities, competences and year-end tests that fall short of a level. */
function shortages(record: Tt27Record, row: Row): Reason[] {
  const article = ARTICLES[row.level];
  const subjects = record.subjects.filter(({ notAssessed }) => !notAssessed);
  const named = ({ code }: PrimarySubject): string => subjectName(code, record.grade);
  const levels = subjects
    .filter(({ levels: { CN } }) => CN !== undefined && !row.subjects.includes(CN))
    .map((each): Fact => ({
      code: each.code,
      name: named(each),
      value: SUBJECT_LEVEL_LABELS[each.levels.CN!],
      need: null,
    }));
  const tests = subjects
    .filter(({ tests: { CN } }) => CN !== undefined && CN < row.test)
    .map((each): Fact => ({
      code: each.code,
      name: named(each),
      value: markWords(each.tests.CN!),
      need: markWords(row.test),
    }));
  const traits = [...QUALITIES, ...competencesOf(record.grade)].flatMap(({ code, name, group }): Fact[] => {
    const level = (group === 'quality' ? record.qualities : record.competences).get(code)?.CN;
    return level === undefined || row.traits.includes(level) ? [] : [traitFact(code, name, level)];
  });
  return [
    shortage(article, levels, ({ name, value }) => `${name} ${value}`),
    shortage(article, traits, ({ name, value }) => `${name} ${value}`),
    shortage(article, tests, ({ name, value, need }) => `bài kiểm tra ${name} ${value} < ${need ?? ''}`),
  ].filter((reason) => reason !== null);
}

function traitFact(code: string, name: string, level: QualityLevel): Fact {
  return { code, name, value: QUALITY_LEVEL_LABELS[level], need: null };
}

function shortage(article: string, facts: readonly Fact[], words: (fact: Fact) => string): Reason | null {
  return facts.length === 0 ? null : { code: 'BELOW', article, sentence: facts.map(words).join(', '), facts };
}

/** Why the class or primary school is completed, or what comes first (TT 27/2020 Đ.11). */
export function explainCompletion({ year, promotion }: Tt27Answer): Explanation {
  const about = 'promotion';
  const article = 'TT 27/2020 Đ.11';
  if (year === null || promotion === null) {
    const sentence = 'chưa có mức đánh giá cả năm';
    const reasons: Reason[] = [{ code: 'MISSING', article, sentence, facts: [] }];
    return { about, value: null, reasons, sentence: `Chưa quyết định được: ${sentence}.` };
  }
  const was = `đánh giá cả năm ${PRIMARY_YEAR_LABELS[year]}`;
  const done: Told =
    year === 'CHT'
      ? ['CONDITION_HOLDS', `${was}, sau đánh giá bổ sung đã hoàn thành`]
      : ['CONDITION_HOLDS', was];
  const told: Readonly<Record<Tt27Promotion, Told>> = {
    HOAN_THANH_LOP: done,
    HOAN_THANH_TIEU_HOC: done,
    DANH_GIA_BO_SUNG: [
      'CONDITION_FAILS',
      `${was}; giáo viên giúp đỡ và đánh giá bổ sung các nội dung chưa hoàn thành`,
    ],
    HIEU_TRUONG_QUYET_DINH: [
      'PERSON_DECIDES',
      `${was}, sau đánh giá bổ sung vẫn chưa hoàn thành; hiệu trưởng xem xét từng trường hợp`,
    ],
  };
  const [code, sentence] = told[promotion];
  return {
    about,
    value: promotion,
    reasons: [{ code, article, sentence, facts: [] }],
    sentence: `${PROMOTION_LABELS[promotion]}: ${sentence}.`,
  };
}

type Told = readonly [Reason['code'], string];

/** Why there is this title, or none (TT 27/2020 Đ.13 k.1): the second one rests on two judgements of people. */
export function explainPrimaryHonour(record: Tt27Record, { year, honour }: Tt27Answer): Explanation {
  const article = 'TT 27/2020 Đ.13 k.1';
  const told = (code: Reason['code'], sentence: string): Reason => ({ code, article, sentence, facts: [] });
  if (year === null) {
    const sentence = 'chưa có mức đánh giá cả năm';
    return {
      about: 'honour',
      value: null,
      reasons: [told('MISSING', sentence)],
      sentence: `Chưa xét danh hiệu: ${sentence}.`,
    };
  }
  const level = `đánh giá cả năm ${PRIMARY_YEAR_LABELS[year]}`;
  const reasons = [told(year === 'HTXS' || year === 'HTT' ? 'CONDITION_HOLDS' : 'CONDITION_FAILS', level)];
  if (year === 'HTT') {
    const judged = (flag: boolean, yes: string, no: string): Reason =>
      told(flag ? 'CONDITION_HOLDS' : 'PERSON_DECIDES', flag ? yes : no);
    reasons.push(
      judged(
        record.outstanding,
        'có thành tích nổi bật',
        'giáo viên chưa ghi nhận thành tích nổi bật hay tiến bộ rõ rệt',
      ),
      judged(record.classRecognised, 'được tập thể lớp công nhận', 'tập thể lớp chưa công nhận'),
    );
  }
  const label = honour === null ? 'Không có danh hiệu' : HONOUR_LABELS[honour];
  const sentence = `${label}: ${reasons.map((each) => each.sentence).join('; ')}.`;
  return { about: 'honour', value: honour, reasons, sentence };
}
