/** Pupils of whom much is to be said, for the exact words of every explanation. */
import { explain } from '#regulations/explain/explain.js';
import type { EvaluateInput } from '#regulations/types.js';
import { child, comment, flat, pupil, times } from './pupils.js';

/** What the first word of a case's name is about. */
const ABOUT: Readonly<Record<string, RegExp>> = {
  subjects: /^subjects/,
  levels: /^learning/,
  year: /^(conduct|promotion|honour)/,
  primary: /./,
};

/** Each sentence about the matter of the case, and under it its reasons: code, article, words, facts. */
export function said(name: string, input: EvaluateInput): string[] {
  const list = explain(input);
  if ('error' in list) throw new Error(JSON.stringify(list));
  const matter = ABOUT[name.split(':')[0]!]!;
  return list
    .filter(({ about }) => matter.test(about))
    .flatMap(({ about, value, sentence, reasons }) => [
      `${about} = ${String(value)}: ${sentence}`,
      ...reasons.map(({ code, article, sentence: words, facts, short, adjustment }) => {
        const named = facts.map(
          ({ code: of, name, value: is, need }) => `${of}/${name}/${is}/${String(need)}`,
        );
        const more = [
          ...named,
          ...(short === undefined ? [] : [`short ${short}`]),
          JSON.stringify(adjustment),
        ];
        return `  ${[code, article, words, ...more].filter((part) => part !== undefined).join(' | ')}`;
      }),
    ]);
}

const term = (mark: string) => ({ regular: times(4, mark), midterm: mark, final: mark });
const only = (subjects: EvaluateInput['subjects'], more: object = {}): EvaluateInput =>
  ({ ...pupil([]), subjects, ...more }) as EvaluateInput;
/** Six subjects that need no telling. */
const others = (mark: string) => ['A', 'B', 'C', 'E', 'F'].map((code) => flat(code, mark));

export const CASES: Readonly<Record<string, EvaluateInput>> = {
  'subjects: averages, exempt, left out': only([
    {
      ...{ code: 'TOAN', kind: 'score', periodsPerYear: 140, HK2: term('8') },
      HK1: { regular: ['8', '7', '9', '8'], midterm: '7.5', final: '8' },
    },
    { ...flat('TIN_HOC', '7'), notAssessed: true },
    { ...comment('GDTC', 'D'), exempt: 'practice' },
    {
      ...comment('HDTN_HN', 'D'),
      HK1: { regular: ['D', 'CD'], midterm: 'V', final: 'D' },
    },
  ]),
  'subjects: absences and gaps': only(
    [
      { ...flat('M1', '8'), HK2: { regular: ['8'], midterm: 'V', final: 'V' } },
      {
        ...flat('M2', '8'),
        HK1: { regular: times(4, '8'), midterm: 'V', final: 'V' },
        HK2: { regular: times(4, '8') },
      },
      { code: 'N1', kind: 'comment', HK1: { regular: ['D'], midterm: null, final: 'D' } },
      { code: 'N2', kind: 'comment', HK2: comment('x', 'D').HK1! },
    ],
    { conduct: {}, absences: undefined },
  ),
  'levels: a term adjusted, a term short, the year': only([
    ...others('8.5').map((subject, index) => ({
      ...subject,
      HK2: term(['8', '7.9', '7', '6.6', '6.5'][index]!),
    })),
    { ...flat('NGU_VAN', '8.5') },
    { ...flat('TOAN', '5', '4.9') },
    comment('GDTC', 'D'),
  ]),
  'levels: a comment subject': only([...others('7'), flat('G', '7'), comment('GDTC', 'CD', 'D')]),
  'levels: everything lacks': only([
    ...[...others('4'), flat('G', '3'), flat('H', '2')],
    ...[comment('GDTC', 'CD'), comment('NGHE_THUAT', 'CD')],
  ]),
  'levels: six are enough, and what is missing is named': only([
    ...others('9'),
    { ...flat('TOAN', '9'), HK2: null },
    comment('GDTC', 'D'),
  ]),
  'levels: a subject left out by plan, the nearest of many': only([
    ...['7', '7.9', '6.6', '7.5', '6.5'].map((mark, index) => flat(`S${index}`, mark)),
    ...[flat('TOAN', '8'), flat('NGU_VAN', '6.5'), { ...flat('TIN_HOC', '2'), notAssessed: true }],
  ]),
  'year: up, with a title': pupil([...times(6, '9'), '8'], 0, { absences: 45 }),
  'year: re-assessed': pupil([...times(5, '5.5'), '4.9', '5', '3'], 2, {
    absences: 44,
    reassessment: { subjects: { M8: '5', M6: '6', N1: 'D', N2: 'D' } },
  }),
  'year: to be re-assessed': pupil([...times(5, '5.5'), '4.9', '5', '3'], 2),
  'year: re-assessed in vain': pupil([...times(5, '5.5'), '4.9', '5', '3'], 0, {
    reassessment: { subjects: { M8: '3.4' }, conduct: 'TOT' },
  }),
  'year: to be trained': pupil(times(6, '7'), 0, { conduct: { HK1: 'KHA', HK2: 'CHUA_DAT' } }),
  'year: trained': pupil(times(6, '7'), 0, {
    conduct: { HK1: 'KHA', HK2: 'CHUA_DAT' },
    reassessment: { conduct: 'DAT' },
  }),
  'year: both failed': pupil(times(6, '3'), 0, { conduct: { HK1: 'KHA', HK2: 'CHUA_DAT' } }),
  'year: too often absent': pupil(times(6, '3'), 0, { absences: 46 }),
  'year: half of it': pupil(times(6, '9'), 0, { conduct: { HK2: 'TOT' } }),
  'primary: Hoàn thành': child({
    ...{ tests: ['9', '6', '9', '9', '9', '9'], levels: { DAO_DUC: 'H', GDTC: 'H' } },
    traits: { THE_CHAT: 'D', NHAN_AI: 'D' },
  }),
  'primary: left out by plan': child(
    { levels: { GDTC: 'C' } },
    {
      subjects: child({}).subjects.map((subject) =>
        subject.code === 'GDTC' ? { ...subject, levels: { CN: 'C' }, notAssessed: true } : subject,
      ),
    },
  ),
  'primary: Chưa hoàn thành': child({ levels: { TOAN: 'C' }, traits: { KHOA_HOC: 'C' } }),
  'primary: completed after all': child(
    { levels: { TOAN: 'C' }, traits: { KHOA_HOC: 'C' } },
    { additionalAssessment: { levels: { TOAN: 'H' }, competences: { KHOA_HOC: 'D' } } },
  ),
  'primary: the principal decides': child(
    { levels: { TOAN: 'C' } },
    { additionalAssessment: { levels: { TOAN: 'C', DAO_DUC: 'T' } } },
  ),
  'primary: the title with people’s word': child(
    { grade: 5, tests: times(6, '8') },
    { outstanding: true, classRecognised: true },
  ),
  'primary: the title without it': child({ tests: times(6, '8') }),
  'primary: excellent': child({}),
  'primary: gaps': {
    ...child({}),
    qualities: { YEU_NUOC: { CN: 'T' } },
    additionalAssessment: { levels: { TOAN: { CN: 'H' } } },
  },
};
