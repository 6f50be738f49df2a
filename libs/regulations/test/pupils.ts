import { evaluate, isErrorAnswer } from '#regulations/evaluate.js';
import type {
  ErrorAnswer,
  Tt22Answer,
  Tt22Input,
  Tt22SubjectInput,
  Tt27Answer,
  Tt27Input,
} from '#regulations/types.js';

/** The answer to a secondary pupil who can be evaluated. */
export function secondary(input: unknown): Tt22Answer {
  const answer = evaluate(input);
  if (isErrorAnswer(answer) || answer.ruleSet !== 'tt22-2021') throw new Error(JSON.stringify(answer));
  return answer;
}

export function primary(input: unknown): Tt27Answer {
  const answer = evaluate(input);
  if (isErrorAnswer(answer) || answer.ruleSet !== 'tt27-2020') throw new Error(JSON.stringify(answer));
  return answer;
}

export function refused(input: unknown): ErrorAnswer {
  const answer = evaluate(input);
  if (!isErrorAnswer(answer)) throw new Error(`expected a refusal, got ${JSON.stringify(answer)}`);
  return answer;
}

/** A mark subject whose average is `mark` in both terms: every assessment is that mark. */
export function flat(code: string, mark: string, termOne = mark): Tt22SubjectInput {
  const term = (value: string) => ({ regular: [value, value, value, value], midterm: value, final: value });
  return { code, kind: 'score', periodsPerYear: 140, HK1: term(termOne), HK2: term(mark) };
}

export function comment(code: string, year: 'D' | 'CD', termOne: 'D' | 'CD' = year): Tt22SubjectInput {
  const term = (value: string) => ({ regular: [value, value], midterm: value, final: value });
  return { code, kind: 'comment', periodsPerYear: 70, HK1: term(termOne), HK2: term(year) };
}

/** A pupil with these averages in mark subjects (both terms alike) and this many comment subjects Chưa đạt of four. */
export function pupil(
  averages: readonly string[],
  failedComments = 0,
  more: Partial<Tt22Input> = {},
): Tt22Input {
  return {
    id: 'p',
    ruleSet: 'tt22-2021',
    grade: 8,
    subjects: [
      ...averages.map((average, index) => flat(`M${index + 1}`, average)),
      ...[1, 2, 3, 4].map((number) => comment(`N${number}`, number <= failedComments ? 'CD' : 'D')),
    ],
    conduct: { HK1: 'TOT', HK2: 'TOT' },
    absences: 0,
    ...more,
  };
}

export function times(count: number, mark: string): string[] {
  return Array.from({ length: count }, () => mark);
}

const TESTED = ['TIENG_VIET', 'TOAN', 'NGOAI_NGU_1', 'LICH_SU_DIA_LI', 'KHOA_HOC', 'TIN_HOC_CONG_NGHE'];
const UNTESTED = ['DAO_DUC', 'GDTC', 'AM_NHAC', 'MI_THUAT', 'HDTN'];
const QUALITIES = ['YEU_NUOC', 'NHAN_AI', 'CHAM_CHI', 'TRUNG_THUC', 'TRACH_NHIEM'];
const COMPETENCES = [
  ...['TU_CHU_TU_HOC', 'GIAO_TIEP_HOP_TAC', 'GIAI_QUYET_VAN_DE', 'NGON_NGU', 'TINH_TOAN', 'KHOA_HOC'],
  ...['CONG_NGHE', 'TIN_HOC', 'THAM_MI', 'THE_CHAT'],
];

export interface Child {
  readonly grade?: number;
  /** Year-end test marks of grade 4 in the order TV, T, NN1, LS&ĐL, KH, TH&CN. */
  readonly tests?: readonly string[];
  /** Levels by code; T where nothing is said. */
  readonly levels?: Readonly<Record<string, string>>;
  readonly traits?: Readonly<Record<string, string>>;
}

/** A pupil of grade 4 (or 5) with everything at the year's end; T and 9 where nothing is said. */
export function child(
  { grade = 4, tests = times(6, '9'), levels = {}, traits = {} }: Child,
  more: object = {},
): Tt27Input {
  const trait = (codes: readonly string[]) =>
    Object.fromEntries(codes.map((code) => [code, { CN: traits[code] ?? 'T' }]));
  return {
    id: 'c',
    ruleSet: 'tt27-2020',
    grade,
    subjects: [
      ...TESTED.map((code, index) => ({
        code,
        levels: { CN: levels[code] ?? 'T' },
        tests: { CN: tests[index] },
      })),
      ...UNTESTED.map((code) => ({ code, levels: { CN: levels[code] ?? 'T' } })),
    ],
    qualities: trait(QUALITIES),
    competences: trait(COMPETENCES),
    ...more,
  } as Tt27Input;
}

/** A pupil of grade 2: eight subjects, two tests, five specific competences. */
export function youngChild(tests: readonly [string, string], more: object = {}): Tt27Input {
  const whole = child({});
  const codes = ['TIENG_VIET', 'TOAN', 'DAO_DUC', 'TU_NHIEN_XA_HOI', 'GDTC', 'AM_NHAC', 'MI_THUAT', 'HDTN'];
  return {
    ...whole,
    grade: 2,
    subjects: codes.map((code, index) => ({
      code,
      levels: { CN: 'T' },
      ...(index < 2 ? { tests: { CN: tests[index]! } } : {}),
    })),
    competences: Object.fromEntries(
      Object.entries(whole.competences!).filter(([code]) => code !== 'CONG_NGHE' && code !== 'TIN_HOC'),
    ),
    ...more,
  };
}

/** A copy of an object without some of its fields. */
export function without(of: object, ...names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(of).filter(([name]) => !names.includes(name)));
}
