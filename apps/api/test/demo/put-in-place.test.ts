import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { putInPlace } from '#api/demo/put-in-place.js';

let folder: string;
let made: string;
let place: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'place-'));
  [made, place] = [join(folder, 'data.making'), join(folder, 'data')];
  await mkdir(join(made, 'keys'), { recursive: true });
  await writeFile(join(made, 'socai.sqlite'), 'rows');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = () => putInPlace(made, place, 'socai.sqlite');

test('a first start finds its place empty, missing, or with the files of an earlier demo in it', async () => {
  await mkdir(join(place, 'demo'), { recursive: true });
  await put();
  expect([await readdir(folder), (await readdir(place)).sort()]).toEqual([
    ['data'],
    ['demo', 'keys', 'socai.sqlite'],
  ]);
});

test('keys that lie there without a database are never written over: nothing is moved, and they are named', async () => {
  await mkdir(join(place, 'keys'), { recursive: true });
  await writeFile(join(place, 'keys', 'own'), 'of somebody');
  await expect(put()).rejects.toThrow(/already holds keys without a database/);
  expect([await readdir(place), await readdir(join(place, 'keys'))]).toEqual([['keys'], ['own']]);
  expect((await readdir(made)).sort()).toEqual(['keys', 'socai.sqlite']);
});
