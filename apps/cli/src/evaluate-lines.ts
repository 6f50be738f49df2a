import { badJson, evaluateLine } from '#regulations/evaluate.js';
import { type Answer } from '#regulations/types.js';
import { type Line } from './lines.js';

/** A pupil's year has some 3 KB; a longer line than this (in bytes) is not one. */
export const LONGEST_LINE = 1 << 20;

/** The answers to some lines, each a line of JSON, in the same order. */
export function answersTo(lines: readonly Line[]): string {
  return lines.map((line) => `${JSON.stringify(answerTo(line))}\n`).join('');
}

function answerTo(line: Line): Answer {
  if ('text' in line) return evaluateLine(line.text);
  return badJson(
    line.problem === 'TOO_LONG'
      ? `dòng này dài hơn ${LONGEST_LINE} byte`
      : 'dòng này không phải là văn bản UTF-8',
  );
}
