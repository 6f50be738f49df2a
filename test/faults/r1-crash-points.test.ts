import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { FULL, figure } from './figures.js';
import { acknowledged, FaultyAppend, labelOf } from './folder-fault.js';
import { describeUnderStrace, type Call } from './strace.js';

/** How many points the short form tries of each kind of fault. */
const SHORT = 24;

describeUnderStrace('R1: a crash at any system call of an append to a log in a folder', () => {
  jest.setTimeout(1_800_000);
  let log: FaultyAppend;
  let calls: readonly Call[];
  let indistinct: number;
  beforeAll(async () => {
    log = await FaultyAppend.make();
    const run = await log.count();
    expect([run.status, acknowledged(run).length, run.stderr]).toEqual([0, 1010, '']);
    expect(await log.problems(run)).toEqual([]);
    calls = run.calls.filter((call) => log.isDistinct(call));
    indistinct = run.calls.length - calls.length;
  });
  afterAll(() => log.drop());

  test('the calls tried are all that a commit is made of', () => {
    const names = new Set(calls.map(({ name }) => name));
    expect([...names]).toEqual(
      expect.arrayContaining(['openat', 'mkdir', 'write', 'fsync', 'close', 'rename', 'read', 'unlink']),
    );
    expect(calls.filter(({ name }) => name === 'rename').length).toBeGreaterThan(10);
  });

  test('hardly a call is left out because strace cannot tell it from another', () => {
    expect(indistinct).toBeLessThan(calls.length / 20);
  });

  test('a log that lost what it acknowledged, and forks, would be seen', async () => {
    const run = await log.count();
    await log.rollBack();
    expect(await log.problems(run)).toEqual(
      expect.arrayContaining([
        'acknowledged entry 250 is lost',
        expect.stringMatching(/^a checkpoint of 1250 entries with root .* was written: a fork$/),
      ]),
    );
  });

  test.each(['SIGKILL', 'EIO'])(
    '%s: nothing acknowledged is lost, nothing forks, and it goes on',
    async (how) => {
      const step = FULL ? 1 : Math.ceil(calls.length / SHORT);
      const points = calls.filter((_, i) => i % step === (how === 'EIO' ? step - 1 : 0));
      const failed: string[] = [];
      for (const call of points) {
        const problems = await log.problems(await log.inject(call, how));
        if (problems.length > 0) failed.push(`${labelOf(call)}: ${problems.slice(0, 3).join('; ')}`);
      }
      figure({
        id: 'R1',
        what: `${how} at a system call of a folder log's append, then fsck`,
        value: `${String(points.length - failed.length)}/${String(points.length)}`,
        bar: 'N/N',
        holds: failed.length === 0 && points.length > 0,
        ...(indistinct === 0
          ? {}
          : { detail: `${String(indistinct)} calls strace cannot tell apart were left out` }),
      });
      expect(failed).toEqual([]);
    },
  );
});
