import { formatAverage, type Tenths } from '../decimal.js';
import { COMMENT_LABELS, LEVEL_LABELS } from '../labels.js';
import { parseScore } from '../marks.js';
import { learningLevel } from '../tt22/adjustment.js';
import type { Tt22Record } from '../tt22/read.js';
import type { Level, Tt22Answer } from '../types.js';
import { leastMark } from './needed-mark.js';
import { subjectName } from './secondary-subject.js';
import { averageWords } from './sentence.js';
import type { EarlyWarning } from './warning.js';

type Value = Tenths | 'D' | 'CD';
type Subject = Tt22Record['subjects'][number];

/**
 * The one subject that would lift the newest level of learning if it alone were better (TT 22/2021 Đ.9 k.2–3), and how
 * good it would have to be. Nothing is said where two subjects could each do it: then neither holds the level down.
 */
export function levelWarning(record: Tt22Record, { learning, subjects }: Tt22Answer): EarlyWarning[] {
  const when = (['year', 'HK2', 'HK1'] as const).find((each) => learning[each] !== null);
  if (when === undefined) return [];
  const level = learning[when]!;
  const assessed = record.subjects.filter(({ notAssessed }) => !notAssessed);
  const values = assessed.map(({ code }): Value => {
    const text = subjects[code]![when]!;
    return parseScore(text) ?? (text as 'D' | 'CD');
  });
  const lifts = assessed.flatMap((subject, index) => {
    const levelWith = (value: Value): Level => levelOf(values.with(index, value), record);
    const need = needOf(subject, (value) => RISING.indexOf(levelWith(value)) > RISING.indexOf(level));
    return need === null ? [] : [{ subject, was: values[index]!, need, to: levelWith(need) }];
  });
  const [only, second] = lifts;
  if (only === undefined || second !== undefined) return [];
  const name = subjectName(only.subject.code, record.grade);
  const then = only.need === 'D' ? 'Đạt' : `từ ${words(only.need)} trở lên`;
  return [
    {
      code: 'HOLDS_LEVEL_DOWN',
      where: `subjects.${only.subject.code}.${when}`,
      article: 'TT 22/2021 Đ.9 k.2',
      need: typeof only.need === 'number' ? formatAverage(only.need) : only.need,
      sentence: `${name} ${words(only.was)} giữ mức học tập ở ${LEVEL_LABELS[level]}: nếu ${then} thì đạt ${LEVEL_LABELS[only.to]}.`,
    },
  ];
}

const RISING: readonly Level[] = ['CHUA_DAT', 'DAT', 'KHA', 'TOT'];

/** The least value of the subject that is enough; null when none is. */
function needOf({ kind }: Subject, enough: (value: Value) => boolean): Tenths | 'D' | null {
  if (kind === 'score') return leastMark(enough);
  return enough('D') ? 'D' : null;
}

function levelOf(values: readonly Value[], { adjustment }: Tt22Record): Level {
  const scores = values.filter((value) => typeof value === 'number');
  return learningLevel(scores, values.filter((value) => value === 'CD').length, adjustment).level;
}

function words(value: Value): string {
  return typeof value === 'number' ? averageWords(value) : COMMENT_LABELS[value];
}
