import { InputIssues, type InputIssue } from './input-issues.js';
import { evaluateTt22 } from './tt22/evaluate.js';
import { readTt22 } from './tt22/read.js';
import { evaluateTt27 } from './tt27/evaluate.js';
import { readTt27 } from './tt27/read.js';
import type { Answer, ErrorAnswer, InputErrorCode, PupilId } from './types.js';

/**
 * Evaluates a pupil's year by the rule set it names. Never throws: an input that cannot be evaluated is answered with
 * `error`, whose message names every issue; its code is that of the gravest one (a misshapen input before a bad mark).
 */
export function evaluate(input: unknown): Answer {
  const issues = new InputIssues();
  const answer = readAndEvaluate(input, issues);
  return answer ?? refusal(idOf(input), issues.list);
}

/** Evaluates one line of JSON: `BAD_JSON` when it is not a JSON object. */
export function evaluateLine(line: string): Answer {
  let input: unknown;
  try {
    input = JSON.parse(line);
  } catch {
    return badJson('dòng này không phải là JSON');
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return badJson('dòng này phải là một đối tượng JSON { … }');
  }
  return evaluate(input);
}

/** Every issue of an input at once, with code and place; empty when it can be evaluated. */
export function inputIssues(input: unknown): readonly InputIssue[] {
  const issues = new InputIssues();
  readAndEvaluate(input, issues);
  return issues.list;
}

export function badJson(message: string): ErrorAnswer {
  return { id: null, error: { code: 'BAD_JSON', message } };
}

export function isErrorAnswer(answer: Answer): answer is ErrorAnswer {
  return 'error' in answer;
}

function readAndEvaluate(input: unknown, issues: InputIssues): Answer | null {
  const ruleSet = ruleSetOf(input);
  const id = idOf(input);
  if (id === null && ruleSet !== undefined) issues.invalidField('id', fieldOf(input, 'id'), 'mã học sinh');
  if (ruleSet === 'tt22-2021') {
    const record = readTt22(input, id ?? '', issues);
    return issues.list.length === 0 ? evaluateTt22(record) : null;
  }
  if (ruleSet === 'tt27-2020') {
    const record = readTt27(input, id ?? '', issues);
    return issues.list.length === 0 ? evaluateTt27(record) : null;
  }
  issues.add('UNKNOWN_RULE_SET', 'ruleSet', 'cần "tt22-2021" (khối 6–12) hoặc "tt27-2020" (khối 1–5)');
  return null;
}

function fieldOf(input: unknown, name: string): unknown {
  return typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[name] : undefined;
}

function ruleSetOf(input: unknown): unknown {
  return fieldOf(input, 'ruleSet');
}

/** An id is a text or a whole number and is given back as it came. */
function idOf(input: unknown): PupilId | null {
  const id = fieldOf(input, 'id');
  return typeof id === 'string' || (typeof id === 'number' && Number.isSafeInteger(id)) ? id : null;
}

const GRAVEST_FIRST: readonly InputErrorCode[] = [
  'BAD_JSON',
  'UNKNOWN_RULE_SET',
  'UNKNOWN_FIELD',
  'INVALID_MARK',
  'INVALID_FIELD',
  'DUPLICATE_SUBJECT',
  'UNKNOWN_SUBJECT',
];
const MESSAGES_SHOWN = 5;

function refusal(id: PupilId | null, issues: readonly InputIssue[]): ErrorAnswer {
  const ordered = GRAVEST_FIRST.flatMap((code) => issues.filter((issue) => issue.code === code));
  const messages = ordered.slice(0, MESSAGES_SHOWN).map(({ where, message }) => `${where}: ${message}`);
  const more = ordered.length > MESSAGES_SHOWN ? ` (và ${ordered.length - MESSAGES_SHOWN} lỗi khác)` : '';
  return { id, error: { code: ordered[0]!.code, message: messages.join('; ') + more } };
}
