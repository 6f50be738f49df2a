import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { utf8 } from '#ledger/format/bytes.js';
import { fsck } from '#ledger/verify/fsck.js';
import { createFolderLog, openFolderLog, readFolderKey } from '#ledger-node/folder-sequencer.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { FULL, figure } from './figures.js';
import { FaultyAppend, labelOf } from './folder-fault.js';
import { describeUnderStrace, needsRoom, type Call } from './strace.js';

/** How many points the short form tries. */
const SHORT = 16;

describeUnderStrace('R4: the disk is full at any write of an append', () => {
  jest.setTimeout(1_800_000);
  let log: FaultyAppend;
  let points: Call[];
  beforeAll(async () => {
    log = await FaultyAppend.make();
    points = (await log.count()).calls.filter(needsRoom);
  });
  afterAll(() => log.drop());

  test('a clear error that names the folder, nothing lost, and it goes on when there is room', async () => {
    expect(new Set(points.map(({ name }) => name))).toEqual(new Set(['openat', 'mkdir', 'write', 'rename']));
    const step = FULL ? 1 : Math.ceil(points.length / SHORT);
    const tried = points.filter((_, i) => i % step === 0);
    const failed: string[] = [];
    for (const call of tried) {
      const run = await log.inject(call, 'ENOSPC');
      const problems = await log.problems(run);
      if (run.status !== 3) problems.push(`the command ended with ${String(run.status)}`);
      if (!run.stderr.includes(`DISK_FULL: the disk that holds ${log.folder} is full: make room`))
        problems.push(`it said "${run.stderr.trim()}"`);
      if (problems.length > 0) failed.push(`${labelOf(call)}: ${problems.join('; ')}`);
    }
    figure({
      id: 'R4',
      what: "ENOSPC at a write, mkdir, rename or creating openat of a folder log's append",
      value: `${String(tried.length - failed.length)}/${String(tried.length)}`,
      bar: 'N/N',
      holds: failed.length === 0 && tried.length > 0,
    });
    expect(failed).toEqual([]);
  });
});

/** A file system of 256 KiB, where this process may mount one; undefined where it may not. */
async function tinyDisk(): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'socai-tiny-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder]).status === 0;
  if (mounted) return folder;
  await rm(folder, { recursive: true });
  return undefined;
}

const disk = await tinyDisk();
const describeOnDisk = disk === undefined ? describe.skip : describe;

describeOnDisk(
  `R4: a disk that is really full${disk === undefined ? ' (skipped: no right to mount one)' : ''}`,
  () => {
    const folder = join(disk ?? '', 'log');
    const ballast = join(disk ?? '', 'ballast');
    afterAll(async () => {
      spawnSync('umount', [disk ?? '']);
      await rm(disk ?? '', { recursive: true, force: true });
    });

    test('the log stops with words, keeps what it acknowledged, and the same process goes on when there is room', async () => {
      await createFolderLog(folder, 'raw.example/log', undefined);
      await mkdir(folder, { recursive: true });
      await writeFile(ballast, new Uint8Array(64 * 1024));
      const log = await openFolderLog(folder, 'raw', () => 0, undefined);
      const acknowledged: number[] = [];
      let refused: unknown;
      for (let i = 0; refused === undefined; i++) {
        log.store.add([{ id: String(i), kind: 'raw', entry: utf8(`${String(i)} ${'x'.repeat(3000)}`) }]);
        await log.sequencer.flush().then(
          ({ entries }) => acknowledged.push(...entries.map(({ seq }) => seq)),
          (error: unknown) => (refused = error),
        );
      }
      expect(acknowledged.length).toBeGreaterThan(2);
      expect(refused).toMatchObject({
        code: 'DISK_FULL',
        message: `the disk that holds ${folder} is full: make room and go on; nothing acknowledged is lost`,
      });
      // What the log itself can do without is given up, and may be enough for this entry; others take that room too.
      await fillUp(join(disk ?? '', 'others'));
      await expect(log.sequencer.flush()).rejects.toMatchObject({ code: 'DISK_FULL' });
      expect(await findings(folder)).toEqual([]);
      // No half of a file is left to eat the room that is made.
      expect(await readdir(join(folder, '.tmp'))).toEqual([]);

      await rm(ballast);
      await rm(join(disk ?? '', 'others'));
      // The one that was refused was committed or is still waiting; either way it is in now, once.
      const { published } = await log.sequencer.flush();
      expect(published?.size).toBe(acknowledged.length + 1);
      await log.close();
      expect(await findings(folder)).toEqual([]);
      expect((await stat(join(folder, 'checkpoint'))).size).toBeGreaterThan(0);
      figure({
        id: 'R4',
        what: 'a really full file system: named, nothing lost, the same process goes on',
        value: '1/1',
        bar: 'N/N',
        holds: true,
      });
    });
  },
);

async function findings(folder: string): Promise<string[]> {
  const found: string[] = [];
  const onFinding = ({ code, where }: { code: string; where: string }) => found.push(`${code} ${where}`);
  await fsck(new FolderTileStore(folder), await readFolderKey(folder), { crypto: nodeCrypto, onFinding });
  return found;
}

/** Takes all the room that is left on a disk, to the last block. */
async function fillUp(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (;;) await file.write(new Uint8Array(512));
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  } finally {
    await file.close();
  }
}
