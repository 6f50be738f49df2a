import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { DurableFiles } from '#ledger-node/durable-files.js';
import { FULL, figure } from './figures.js';
import { acknowledged, FaultyAppend, labelOf } from './folder-fault.js';
import { describeUnderStrace, type Call, type TracedRun } from './strace.js';

/** How many points the short form tries. */
const SHORT = 12;
/** Calls that change what is on the disk; a temporary file may still be taken away. */
const CHANGING = ['write', 'pwrite64', 'writev', 'rename', 'link', 'mkdir', 'fsync', 'fdatasync'];

describeUnderStrace('R5: an fsync fails during an append', () => {
  jest.setTimeout(1_800_000);
  let log: FaultyAppend;
  let points: Call[];
  beforeAll(async () => {
    log = await FaultyAppend.make();
    points = (await log.count()).calls.filter(isSync);
  });
  afterAll(() => log.drop());

  test('it stops, changes and acknowledges nothing more, and a new start finds the log right', async () => {
    expect(points.length).toBeGreaterThan(10);
    const step = FULL ? 1 : Math.ceil(points.length / SHORT);
    const tried = points.filter((_, i) => i % step === 0);
    const failed: string[] = [];
    for (const call of tried) {
      const run = await log.inject(call, 'EIO');
      const problems = [...goneOn(run), ...(await log.problems(run))];
      if (run.status !== 3) problems.push(`the command ended with ${String(run.status)}`);
      if (!run.stderr.includes(`DISK_FAILED: writing to ${log.folder} failed`))
        problems.push(`it said "${run.stderr.trim()}"`);
      if (problems.length > 0) failed.push(`${labelOf(call)}: ${problems.join('; ')}`);
    }
    figure({
      id: 'R5',
      what: "EIO at an fsync of a folder log's append: stops, acknowledges nothing, right after a restart",
      value: `${String(tried.length - failed.length)}/${String(tried.length)}`,
      bar: 'N/N',
      holds: failed.length === 0 && tried.length > 0,
    });
    expect(failed).toEqual([]);
  });

  test('an append without a fault would not pass for one that stopped', async () => {
    const run = await log.inject(points[0] as Call, 'EIO');
    const whole = await log.count();
    expect(goneOn({ ...whole, calls: [...run.calls, ...whole.calls] })).not.toEqual([]);
  });
});

describeUnderStrace('R5: what a power cut could take', () => {
  jest.setTimeout(120_000);

  test('every file is synced before its name, and every name before the checkpoint that speaks of it', async () => {
    const log = await FaultyAppend.make();
    try {
      const { calls } = await log.count();
      expect(unsynced(calls)).toEqual([]);
      // Each fsync is needed: a run without it would be seen.
      const needed = calls.filter(
        (call) => isSync(call) && unsynced(calls.filter((c) => c !== call)).length > 0,
      );
      expect(needed.length).toBeGreaterThan(calls.filter(({ name }) => name === 'rename').length);
      figure({
        id: 'R5',
        what: 'fsyncs in order: files before names, names before the checkpoint (system calls of an append)',
        value: `0 of ${String(calls.length)} out of order`,
        bar: '0',
        holds: true,
      });
    } finally {
      await log.drop();
    }
  });
});

function isSync({ name }: Call): boolean {
  return name === 'fsync' || name === 'fdatasync';
}

/** What a power cut could lose although something later relies on it. */
function unsynced(calls: readonly Call[]): string[] {
  const lost: string[] = [];
  const files = new Set<string>();
  const folders = new Set<string>();
  /** Files under temporary names whose names of before a power cut could give back, with the folder of those. */
  const leaving = new Map<string, string>();
  const folderOf = (path: string) => (path.includes('/') ? dirname(path) : '');
  for (const call of calls) {
    const [file = '', to = ''] = call.files;
    if (['write', 'pwrite64', 'writev'].includes(call.name)) {
      files.add(file);
      if (leaving.has(file)) lost.push(`${file} was written over while a power cut could give back its name`);
    }
    if (call.name === 'mkdir' && !call.text.includes('EEXIST') && file !== '.tmp')
      folders.add(folderOf(file));
    if (isSync(call)) {
      [files, folders].forEach((dirty) => dirty.delete(file));
      for (const [path, folder] of leaving) if (folder === file) leaving.delete(path);
    }
    if (call.name !== 'rename') continue;
    if (files.has(file)) lost.push(`${to} was given its name before it was synced`);
    if (to === 'checkpoint')
      lost.push(...[...folders].map((folder) => `names in "${folder}" under a checkpoint`));
    // A temporary name is nobody's: a new start takes it away.
    if (folderOf(to) !== '.tmp') folders.add(folderOf(to));
    else leaving.set(to, folderOf(file));
  }
  return [...lost, ...[...folders].map((folder) => `names in "${folder}" at the end`)];
}

/** What a run did after the fsync that failed, and must not have done. */
function goneOn(run: TracedRun): string[] {
  const failedAt = run.calls.findIndex(({ injected }) => injected);
  const after = run.calls.slice(failedAt + 1);
  // Calls that were under way beside it may end; a batch is written with one fsync a file, and then nothing.
  const changed = after.filter(({ name, text }) => CHANGING.includes(name) && !text.includes('EEXIST'));
  const wrong = changed.filter(({ name }) => name !== 'fsync' && name !== 'rename').map(labelOf);
  const checkpoints = changed.filter(({ files }) => files.includes('checkpoint')).map(labelOf);
  const committed = acknowledged(run).length;
  return [...wrong, ...checkpoints, ...(committed % 1000 === 0 ? [] : [`acknowledged ${String(committed)}`])];
}

describe('R5: files written durably', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'socai-durable-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('after a failed write the same process writes nothing more, even where it could; a new one does', async () => {
    const file = [{ path: 'tile/0', bytes: new Uint8Array(1) }];
    await writeFile(join(folder, 'tile'), 'in the way');
    const files = new DurableFiles(folder);
    await expect(files.write(file)).rejects.toMatchObject({ code: 'DISK_FAILED' });
    await rm(join(folder, 'tile'));
    await expect(files.write(file)).rejects.toThrow(`writing to ${folder} failed before`);
    await expect(files.sync('tile/0')).rejects.toMatchObject({ code: 'DISK_FAILED' });
    await new DurableFiles(folder).write(file);
  });
});
