/** What the server does by itself every so often: never twice at a time, through every failure, waited for at the end. */
import { setImmediate as pause } from 'node:timers/promises';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterEach, expect, test } from '@jest/globals';
import { RegularWork } from '#api/regular-work.js';

/** Counts its runs and how many are under way; each takes until `go` is called, or some turns of the loop. */
class Counting extends RegularWork {
  runs = 0;
  ended = 0;
  most = 0;
  /** What the runs do, in order; those after them end well. */
  faults: (string | undefined)[] = [];
  go: (() => void) | undefined;
  held = false;

  constructor(atOnce?: 'atOnce') {
    super('test', 1, atOnce);
  }

  protected async work(): Promise<void> {
    this.runs += 1;
    this.most = Math.max(this.most, this.runs - this.ended);
    if (this.held) await new Promise<void>((resolve) => (this.go = resolve));
    else for (let turn = 0; turn < 5; turn += 1) await pause();
    this.ended += 1;
    const fault = this.faults[this.ended - 1];
    if (fault !== undefined) throw new Error(fault);
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn += 1) {
    if (turn > 5000) throw new Error('it does not come');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

const lines: string[] = [];
afterEach(() => Logger.overrideLogger(false));

/** In an application, as the server runs it. */
async function started(work: Counting) {
  @Module({ providers: [{ provide: Counting, useValue: work }] })
  class One {}
  const application = await NestFactory.createApplicationContext(One, { logger: false });
  lines.length = 0;
  const error = (message: unknown) => lines.push(String(message));
  Logger.overrideLogger({ log: () => undefined, warn: () => undefined, error });
  return application;
}

test('runs again and again, never twice at a time, until the application closes', async () => {
  const work = new Counting();
  const application = await started(work);
  await until(() => work.ended >= 10);
  expect(work.most).toBe(1);
  await application.close();
  const { runs } = work;
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 2));
  expect([work.runs, work.ended]).toEqual([runs, runs]);
});

test('the end waits for the run under way', async () => {
  const work = new Counting('atOnce');
  work.held = true;
  const application = await started(work);
  await until(() => work.go !== undefined);
  let closed = false;
  const closing = application.close().then(() => (closed = true));
  for (let turn = 0; turn < 20; turn += 1) await pause();
  expect([closed, work.ended]).toEqual([false, 0]);
  work.go?.();
  await closing;
  expect([work.runs, work.ended]).toEqual([1, 1]);
});

test('a run that fails is logged, once while it fails the same way, and the next ones go on', async () => {
  const work = new Counting();
  work.faults = ['no disk', 'no disk', 'no light', undefined, 'no disk'];
  const application = await started(work);
  await until(() => work.ended >= 6);
  await application.close();
  expect(lines).toEqual([
    'Counting: Error: no disk',
    'Counting: Error: no light',
    'Counting: Error: no disk',
  ]);
});

test('who asks for a run gets one of their own, after the one under way, and never an error', async () => {
  const work = new Counting();
  work.faults = ['no disk'];
  await Promise.all([work.look(), work.look(), work.look()]);
  expect([work.runs, work.ended, work.most]).toEqual([3, 3, 1]);
});
