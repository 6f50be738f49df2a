import { COMMENT_LABELS, PERIOD_LABELS } from '../labels.js';
import { ABSENT, parseScore } from '../marks.js';
import { subjectsOf } from '../subjects.js';
import { leansOnNotRequired, plannedInTerm, requiredInTerm } from '../tt22/evaluate.js';
import { countedComment, countedMark } from '../tt22/periodic-absence.js';
import type { CommentSubject, ScoreSubject } from '../tt22/read.js';
import { TERMS, type Term, type TermValues } from '../types.js';
import type { Explanation, Reason } from './explanation.js';
import { comma, markWords, quotientWords } from './sentence.js';

type Subject = ScoreSubject | CommentSubject;

/** TT 27/2020 calls two lines of the book one subject. */
const JOINED: Readonly<Record<string, string>> = { TIN_HOC_CONG_NGHE: 'Tin học và Công nghệ' };

/** The subject's name in the programme of the grade; its code when the school named it itself. */
export function subjectName(code: string, grade: number): string {
  if (Object.hasOwn(JOINED, code)) return JOINED[code]!;
  return subjectsOf(grade).find((subject) => subject.code === code)?.name ?? code;
}

/**
 * How each of a subject's results came about (TT 22/2021 Đ.9 k.1): which marks with which weight, the exact quotient
 * before rounding, and which absence was counted.
 */
export function explainSubject(
  subject: Subject,
  grade: number,
  practiceExempt: boolean,
  values: TermValues<string>,
): Explanation[] {
  const name = subjectName(subject.code, grade);
  if (subject.notAssessed) return [notAssessed(subject, name)];
  const exempt = practiceExempt ? [practiceReason()] : [];
  const terms = TERMS.map((term): Explanation => {
    const reasons = [...termReasons(subject, term, values[term]), ...exempt];
    return explanation(
      `subjects.${subject.code}.${term}`,
      values[term],
      reasons,
      `${name}, ${PERIOD_LABELS[term]}`,
    );
  });
  const year = yearReason(subject, values);
  return [...terms, explanation(`subjects.${subject.code}.year`, values.year, [year], `${name}, cả năm`)];
}

function explanation(
  about: string,
  value: string | null,
  reasons: readonly Reason[],
  what: string,
): Explanation {
  return {
    about,
    value,
    reasons,
    sentence: `${what}: ${reasons.map(({ sentence }) => sentence).join('; ')}.`,
  };
}

function termReasons(subject: Subject, term: Term, value: string | null): Reason[] {
  const late = leansOnNotRequired(subject, term) ? [lateReason(subject, term)] : [];
  if (value === null) return [missingReason(subject, term), ...late];
  const { midterm, final } = subject[term];
  const absent: Reason[] = [];
  const zero = subject.kind === 'score' ? 'điểm 0' : COMMENT_LABELS.CD;
  for (const [entry, what] of [
    [midterm, 'giữa kì'],
    [final, 'cuối kì'],
  ] as const) {
    if (entry !== ABSENT) continue;
    const sentence = `vắng kiểm tra ${what} không có lí do chính đáng nên lần đó tính ${zero}`;
    absent.push({ code: 'ABSENT_COUNTED', article: 'TT 22/2021 Đ.7 k.5', sentence, facts: [] });
  }
  return [
    subject.kind === 'score' ? averageReason(subject, term, value) : commentReason(subject, term),
    ...absent,
    ...late,
  ];
}

function averageReason(subject: ScoreSubject, term: Term, value: string): Reason {
  const { regular } = subject[term];
  const midterm = countedMark(subject[term].midterm)!;
  const final = countedMark(subject[term].final)!;
  const sum = regular.reduce((total, mark) => total + mark, 0) + 2 * midterm + 3 * final;
  const divisor = regular.length + 5;
  const parts = [...regular.map(markWords), `2 × ${markWords(midterm)}`, `3 × ${markWords(final)}`].join(
    ' + ',
  );
  const exact = quotientWords(sum, divisor);
  const sentence = `(${parts}) : ${divisor} = ${rounded(exact, value)}`;
  return { code: 'TERM_AVERAGE', article: 'TT 22/2021 Đ.9 k.1 a', sentence, facts: [] };
}

/** "7,888…, làm tròn 7,9"; "8,0" when there was nothing to round. */
function rounded(exact: string, value: string): string {
  const result = comma(value);
  return exact === result || `${exact},0` === result ? result : `${exact}, làm tròn ${result}`;
}

function commentReason(subject: CommentSubject, term: Term): Reason {
  const { regular } = subject[term];
  const all = [...regular, countedComment(subject[term].midterm)!, countedComment(subject[term].final)!];
  const failed = all.filter((result) => result === 'CD').length;
  const sentence =
    failed === 0
      ? `Đạt: cả ${all.length} lần đánh giá đều Đạt`
      : `Chưa đạt: ${failed} trong ${all.length} lần đánh giá Chưa đạt`;
  return { code: 'COMMENT_TERM', article: 'TT 22/2021 Đ.9 k.1', sentence, facts: [] };
}

/** What was not required of a pupil who came late: fewer regular marks divide by fewer; a test has no such way round. */
function lateReason(subject: Subject, term: Term): Reason {
  const { regular, midterm, final, notRequired } = subject[term];
  const fewer = Math.min(notRequired.regular, plannedInTerm(subject, term) - regular.length);
  const tests = [
    ...(notRequired.midterm && midterm === null ? ['giữa kì'] : []),
    ...(notRequired.final && final === null ? ['cuối kì'] : []),
  ];
  const parts = [
    ...(fewer > 0
      ? [
          `không yêu cầu ${fewer} lần đánh giá thường xuyên vì học sinh đến sau: chỉ tính trên ${regular.length} lần đã có, không thay bằng điểm 0`,
        ]
      : []),
    ...(tests.length > 0
      ? [
          `đánh giá ${tests.join(', ')} được ghi là không yêu cầu, nhưng thiếu thì chưa có kết quả học kì: cần kiểm tra bù, kết quả của trường cũ, hoặc người có thẩm quyền quyết định`,
        ]
      : []),
  ];
  return {
    code: 'NOT_REQUIRED',
    article: 'TT 22/2021 Đ.6, Đ.7, Đ.9 k.1',
    sentence: parts.join('; '),
    facts: [],
  };
}

/** Which assessments of the term are not there yet. */
function missingReason(subject: Subject, term: Term): Reason {
  const { regular, midterm, final } = subject[term];
  const required = requiredInTerm(subject, term);
  const missing = [
    ...(regular.length < required ? [`${required - regular.length} lần đánh giá thường xuyên`] : []),
    ...(midterm === null ? ['đánh giá giữa kì'] : []),
    ...(final === null ? ['đánh giá cuối kì'] : []),
  ];
  const sentence = `chưa có kết quả vì thiếu ${missing.join(', ')}`;
  return { code: 'MISSING', article: 'TT 22/2021 Đ.6, Đ.7', sentence, facts: [] };
}

function yearReason(subject: Subject, { HK1, HK2, year }: TermValues<string>): Reason {
  if (year === null) {
    const open = [HK1 === null ? PERIOD_LABELS.HK1 : '', HK2 === null ? PERIOD_LABELS.HK2 : ''];
    const sentence = `chưa có kết quả vì thiếu kết quả ${open.filter((term) => term !== '').join(' và ')}`;
    return { code: 'MISSING', article: 'TT 22/2021 Đ.9 k.1', sentence, facts: [] };
  }
  if (subject.kind === 'comment') {
    const sentence = `${COMMENT_LABELS[year as 'D' | 'CD']}, theo kết quả Học kì II`;
    return { code: 'COMMENT_YEAR', article: 'TT 22/2021 Đ.9 k.1', sentence, facts: [] };
  }
  const exact = quotientWords(parseScore(HK1)! + 2 * parseScore(HK2)!, 3);
  const sentence = `(${comma(HK1!)} + 2 × ${comma(HK2!)}) : 3 = ${rounded(exact, year)}`;
  return { code: 'YEAR_AVERAGE', article: 'TT 22/2021 Đ.9 k.1 b', sentence, facts: [] };
}

function notAssessed({ code }: Subject, name: string): Explanation {
  const sentence = 'không đánh giá theo kế hoạch giáo dục cá nhân, không tính vào các điều kiện';
  const reason: Reason = { code: 'NOT_ASSESSED', article: 'TT 22/2021 Đ.11', sentence, facts: [] };
  return {
    about: `subjects.${code}.year`,
    value: null,
    reasons: [reason],
    sentence: `${name}: ${sentence}.`,
  };
}

function practiceReason(): Reason {
  const sentence = 'được miễn phần thực hành, đánh giá bằng phần lí thuyết thay vào, không bỏ môn';
  return { code: 'PRACTICE_EXEMPT', article: 'TT 22/2021 Đ.10', sentence, facts: [] };
}
