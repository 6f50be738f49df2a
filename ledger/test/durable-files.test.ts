/** What DurableFiles promises to whoever writes a log: all of a batch or an error, and nothing half written left behind. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
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

describe('files that will be written soon', () => {
  const inode = async (path: string) => (await stat(join(folder, path))).ino;
  async function temporaries(): Promise<string[]> {
    return (await readdir(join(folder, '.tmp'))).map((name) => `.tmp/${name}`);
  }

  test('are not there before they are written, and then are the copies that were made before', async () => {
    const files = new DurableFiles(folder);
    await files.write([file('stage')], { soon: [file('tile/0'), file('tile/1')] });
    expect(await readdir(folder)).toEqual(['.tmp', 'stage']);
    const copies = await Promise.all((await temporaries()).map(inode));
    await files.write([file('tile/0'), file('tile/1'), file('tile/2')]);
    expect(new Set([await inode('tile/0'), await inode('tile/1')])).toEqual(new Set(copies));
    for (const name of ['tile/0', 'tile/1', 'tile/2']) {
      expect(await readFile(join(folder, name), 'utf8')).toBe(name);
    }
    expect(await temporaries()).toEqual([]);
  });

  test('get the bytes they are written with, whatever was said before', async () => {
    const files = new DurableFiles(folder);
    await files.write([file('stage')], { soon: [{ path: 'tile', bytes: utf8('as foreseen') }] });
    await files.write([{ path: 'tile', bytes: utf8('as it is') }]);
    expect(await readFile(join(folder, 'tile'), 'utf8')).toBe('as it is');
    await files.write([file('stage')], { soon: [file('tile')] });
    await files.write([file('stage')], { soon: [{ path: 'tile', bytes: utf8('said twice') }] });
    await files.write([{ path: 'tile', bytes: utf8('said twice') }]);
    expect(await readFile(join(folder, 'tile'), 'utf8')).toBe('said twice');
    expect(await temporaries()).toEqual([]);
  });

  test('leave nothing behind when what comes first cannot be written, nor after a new start', async () => {
    const files = new DurableFiles(folder);
    await files.write([file('stage')], { soon: [file('tile')] });
    expect(await temporaries()).toHaveLength(1);
    const started = new DurableFiles(folder);
    await started.clean();
    await started.write([file('tile')], { soon: [file('other')] });
    expect(await readFile(join(folder, 'tile'), 'utf8')).toBe('tile');
    await mkdir(join(folder, 'taken'));
    const failing = started.write([file('other'), file('taken')], { soon: [file('more')] });
    await expect(failing).rejects.toMatchObject({ code: 'DISK_FAILED' });
    expect(await temporaries()).toEqual([]);
  });
});

test('a file that is removed is gone at once, and one that is not there may be removed', async () => {
  const files = new DurableFiles(folder);
  await files.remove('stage');
  await files.write([file('stage')]);
  await files.clean();
  await files.remove('stage');
  expect(await readIfThere(join(folder, 'stage'))).toBeUndefined();
});

describe('the room of a file that is removed to be written again', () => {
  const keepRoom = true;
  const inode = async (path: string) => (await stat(join(folder, path))).ino;

  test('is taken over by a later file, of other length and mode, but not before the next names are durable', async () => {
    const files = new DurableFiles(folder);
    await files.write([{ path: 'stage', bytes: utf8('a long first stage') }], { mode: 0o600 });
    const first = await inode('stage');
    await files.remove('stage', { keepRoom });
    // A power cut could still give the first one its name back.
    await files.write([file('stage')]);
    expect(await inode('stage')).not.toBe(first);
    await files.remove('stage', { keepRoom });
    await files.write([file('other'), file('stage')]);
    expect(await inode('stage')).toBe(first);
    expect(await readFile(join(folder, 'stage'), 'utf8')).toBe('stage');
    expect((await stat(join(folder, 'stage'))).mode & 0o777).toBe(0o644);
  });

  test('is given back by a new start', async () => {
    const files = new DurableFiles(folder);
    await files.write([file('stage')]);
    await files.remove('stage', { keepRoom });
    expect(await readdir(join(folder, '.tmp'))).toHaveLength(1);
    await files.clean();
    await files.write([file('stage')]);
    expect(await readdir(join(folder, '.tmp'))).toEqual([]);
  });
});

test('only a missing file is none: a folder in its place is an error', async () => {
  expect(await readIfThere(join(folder, 'nothing'))).toBeUndefined();
  await expect(readIfThere(folder)).rejects.toMatchObject({ code: 'EISDIR' });
});
