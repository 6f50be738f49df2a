/**
 * R19: what every release issued verifies with this one, for ever: fixtures/releases. Before a release its own set is made by
 *
 *   SOCAI_KEEP_RELEASE=1 npm run test:faults -- R19
 *
 * and committed. A set that was released is never made again: when this test fails, this release is wrong.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { keepRelease } from '../releases/keep-release.js';
import { judgeKept } from '../releases/judge-kept.js';
import { keptBytes, keptMeans, keptSets } from '../releases/kept-set.js';
import { figure } from './figures.js';

const KEEP = process.env['SOCAI_KEEP_RELEASE'] === '1';

describe('what earlier releases issued', () => {
  beforeAll(async () => {
    if (KEEP) process.stderr.write(`kept: ${await keepRelease()}\n`);
  }, 400_000);

  test('has the verdicts that were expected then, and shows the same', async () => {
    let right = 0;
    let all = 0;
    const wrong: unknown[] = [];
    for (const set of keptSets()) {
      for (const kept of set.files) {
        const { verdict, offline, shown } = await judgeKept(keptBytes(set, kept), keptMeans(set, kept));
        const same = verdict === kept.verdict && offline === kept.offline && shown === kept.shown;
        if (!same) wrong.push({ release: set.release, expected: kept, found: { verdict, offline, shown } });
        right += same ? 1 : 0;
        all += 1;
      }
    }
    const what = `files kept of ${String(keptSets().length)} releases`;
    const value = `${String(right)}/${String(all)}`;
    figure({ id: 'R19', what, value, bar: 'N/N', holds: right === all });
    expect(wrong).toEqual([]);
  }, 120_000);

  test('is kept as a set that says something: of every kind, most of it valid', () => {
    expect(keptSets().length).toBeGreaterThan(0);
    for (const { files } of keptSets()) {
      const verdicts = new Set(files.map(({ verdict }) => verdict.split(' ')[0]));
      expect([...verdicts].sort()).toEqual(['revoked', 'superseded', 'valid']);
      expect(files.filter(({ verdict }) => verdict === 'valid').length).toBeGreaterThan(15);
    }
  });

  test('is refused with one byte changed', async () => {
    const accepted: string[] = [];
    for (const set of keptSets()) {
      for (const kept of set.files) {
        const bytes = keptBytes(set, kept);
        bytes[Math.floor(bytes.length * 0.4)]! ^= 1;
        const { verdict } = await judgeKept(bytes, keptMeans(set, kept));
        if (!verdict.startsWith('invalid ')) accepted.push(`${set.release}/${kept.file}: ${verdict}`);
      }
    }
    expect(accepted).toEqual([]);
  }, 120_000);
});
