/** `socai evaluate` as a process, with so many pupils that it takes every core. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { evaluateLine } from '#regulations/evaluate.js';

const MAIN = join(import.meta.dirname, '../../dist/apps/cli/src/main.js');
const PUPILS = 30_000;
/** Loaded before the program: counts what each of its threads answers, and says so at the end. */
const COUNTING = `
  import { isMainThread } from 'node:worker_threads';
  import { writeSync } from 'node:fs';
  const answered = [];
  process.on('worker', (thread) => {
    const number = answered.push(0) - 1;
    thread.on('message', () => (answered[number] += 1));
  });
  if (isMainThread) process.on('exit', () => writeSync(2, JSON.stringify(answered)));
`;
const COUNTED = ['--import', `data:text/javascript,${encodeURIComponent(COUNTING)}`];

/** Pupil after pupil, with marks of their own; some of them nobody can evaluate. */
function lineOf(number: number): string {
  if (number % 97 === 5) return `{"id":${String(number)},`;
  const mark = (number % 101) / 10;
  const term = { regular: ['7.3', '6.8', mark.toFixed(1)], midterm: '3.2', final: '3.9' };
  const maths = { code: 'TOAN', kind: 'score', periodsPerYear: 70, HK1: term, HK2: term };
  const conduct = { HK1: 'TOT', HK2: 'KHA' };
  return JSON.stringify({
    ...{ id: number, ruleSet: 'tt22-2021', grade: 8, subjects: [maths], conduct },
    absences: number % 50,
  });
}

describe('socai evaluate, with more pupils than one core is given', () => {
  jest.setTimeout(120_000);

  test('answers every line as it would alone, in the order of the lines, and goes on after bad ones', async () => {
    const child = spawn(process.execPath, [...COUNTED, MAIN, 'evaluate'], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let answers = '';
    let counts = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (answers += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (counts += chunk));
    for (let number = 0; number < PUPILS; number++) {
      if (!child.stdin.write(`${lineOf(number)}\n`)) await once(child.stdin, 'drain');
    }
    child.stdin.end();
    const [status] = (await once(child, 'close')) as [number];
    expect(status).toBe(0);
    const lines = answers.trimEnd().split('\n');
    expect(lines).toHaveLength(PUPILS);
    const wrong = lines.filter((line, number) => line !== JSON.stringify(evaluateLine(lineOf(number))));
    expect(wrong).toEqual([]);
    expect(lines.filter((line) => line.includes('BAD_JSON'))).toHaveLength(Math.ceil((PUPILS - 5) / 97));
    // A thread a core, where there is more than one; and they are not only started.
    const threads = JSON.parse(counts) as number[];
    const cores = Math.min(availableParallelism(), 8);
    expect(threads).toHaveLength(cores === 1 ? 0 : cores);
    if (cores > 1) expect(Math.max(...threads)).toBeGreaterThan(0);
  });

  test('a reader that goes away in the middle ends it quietly, with its threads', async () => {
    const child = spawn(process.execPath, [MAIN, 'evaluate'], { stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    child.stdin.on('error', () => undefined);
    let read = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      read += chunk.length;
      if (read > 4_000_000) child.stdout.destroy();
    });
    const closed = once(child, 'exit');
    let ended = false;
    void closed.then(() => (ended = true));
    for (let number = 0; !ended; number++) {
      if (child.stdin.write(`${lineOf(number)}\n`)) continue;
      await Promise.race([once(child.stdin, 'drain').catch(() => undefined), closed]);
    }
    expect([(await closed)[0], said]).toEqual([0, '']);
  });
});
