/** What DurableFiles promises to whoever writes a log: all of a batch or an error, and nothing half written left behind. */
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { utf8 } from '#ledger/format/bytes.js';
import { DurableFiles, readIfThere } from '#ledger-node/durable-files.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'socai-durable-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = (path: string) => ({ path, bytes: utf8(path) });

test('more files than are open at a time, in folders of several levels, are all there when it is done', async () => {
  const files = Array.from({ length: 150 }, (_, i) =>
    file(`tile/${String(i % 3)}/x00${String(i % 7)}/${String(i)}`),
  );
  await new DurableFiles(folder).write(files);
  for (const { path, bytes } of files) expect(await readIfThere(join(folder, path))).toEqual(bytes);
  expect(await readdir(join(folder, '.tmp'))).toEqual([]);
});

test('a file that is there is replaced as a whole', async () => {
  const files = new DurableFiles(folder);
  await files.write([{ path: 'checkpoint', bytes: utf8('the older, longer one') }]);
  await files.write([{ path: 'checkpoint', bytes: utf8('newer') }]);
  expect(await readFile(join(folder, 'checkpoint'), 'utf8')).toBe('newer');
});

test('when one file of a batch fails nothing half written stays, and nothing more is written', async () => {
  const files = new DurableFiles(folder);
  await mkdir(join(folder, 'taken'));
  await expect(files.write([file('a'), file('taken'), file('b')])).rejects.toMatchObject({
    code: 'DISK_FAILED',
  });
  expect(await readdir(join(folder, '.tmp'))).toEqual([]);
  await expect(files.write([file('c')])).rejects.toMatchObject({ code: 'DISK_FAILED' });
  expect(await readIfThere(join(folder, 'c'))).toBeUndefined();
  // Only a new start may find out what is on the disk.
  await new DurableFiles(folder).write([file('c')]);
  expect(await readIfThere(join(folder, 'c'))).toEqual(utf8('c'));
});

test('only a missing file is none: a folder in its place is an error', async () => {
  expect(await readIfThere(join(folder, 'nothing'))).toBeUndefined();
  await expect(readIfThere(folder)).rejects.toMatchObject({ code: 'EISDIR' });
});
