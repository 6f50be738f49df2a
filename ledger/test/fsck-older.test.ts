/** Partial files of earlier sizes: who holds an older checkpoint is served them, so each has to be a beginning. */
import { describe, expect, test } from '@jest/globals';
import { utf8 } from '#ledger/format/bytes.js';
import type { Finding } from '#ledger/verify/fsck.js';
import { checkOlderPartials } from '#ledger/verify/older-partials.js';
import { Operator } from './operator.js';

/** A log of `size` raw entries with the files of an earlier size beside its own. */
async function grownLog(before: number, size: number): Promise<Operator> {
  const entryOf = (_: unknown, i: number) => utf8(`entry ${String(i)}`);
  const older = await new Operator(undefined, Array.from({ length: before }, entryOf)).publish();
  const log = await new Operator(undefined, Array.from({ length: size }, entryOf)).publish();
  for (const [path, bytes] of older.files) log.files.set(path, log.files.get(path) ?? bytes);
  return log;
}

async function said(log: Operator, size: number, ...found: string[]): Promise<string[]> {
  async function* paths() {
    yield* ['checkpoint', 'tile/x/000', ...log.files.keys()];
  }
  const findings: Finding[] = [];
  const before = found.map((where): Finding => ({ code: 'TILE_MISMATCH', where, detail: '' }));
  await checkOlderPartials(log, paths(), size, before, (finding) => findings.push(finding));
  return findings.map(({ code, where, detail }) => `${code} ${where}: ${detail}`);
}

const wrong = (code: string, path: string, newer: string) =>
  `${code} ${path}: it is not the beginning of ${newer}, which grew out of it`;

describe('a partial file of an earlier size', () => {
  test.each([
    [3, 5, 'tile/entries/000.p/3', 'tile/entries/000.p/5', 'ENTRY_MISMATCH'],
    [3, 5, 'tile/0/000.p/3', 'tile/0/000.p/5', 'TILE_MISMATCH'],
    [258, 600, 'tile/entries/001.p/2', 'tile/entries/001', 'ENTRY_MISMATCH'],
    [258, 600, 'tile/0/001.p/2', 'tile/0/001', 'TILE_MISMATCH'],
    [258, 600, 'tile/1/000.p/1', 'tile/1/000.p/2', 'TILE_MISMATCH'],
  ])(
    'of %d entries, in a log of %d: %s with one bit changed is named',
    async (before, size, path, newer, code) => {
      const log = await grownLog(before, size);
      expect(await said(log, size)).toEqual([]);
      log.damage(path);
      expect(await said(log, size)).toEqual([wrong(code, path, newer)]);
      const cut = (log.files.get(path) as Uint8Array).slice(0, -1);
      log.files.set(path, cut);
      expect(await said(log, size)).toEqual([wrong(code, path, newer)]);
    },
  );

  test('is not measured by a newer one that fsck found wrong, in whatever words, nor by one that is gone', async () => {
    for (const [found, path] of [
      ['tile/0/001', 'tile/0/001.p/2'],
      ['entry 300', 'tile/entries/001.p/2'],
      ['tile/entries/001', 'tile/entries/001.p/2'],
    ] as const) {
      const log = await grownLog(258, 600);
      log.damage(path);
      expect(await said(log, 600, found)).toEqual([]);
      // What was found elsewhere is no reason to pass over this one.
      for (const elsewhere of [
        'tile/0/000',
        'entry 25',
        'entry 600',
        'checkpoint',
        'log entry 300',
        'entry 300!',
      ])
        expect([elsewhere, (await said(log, 600, elsewhere)).length]).toEqual([elsewhere, 1]);
      log.files.delete(path.replace('.p/2', ''));
      expect(await said(log, 600)).toEqual([]);
    }
    const malformed = await grownLog(3, 5);
    malformed.damage('tile/entries/000.p/3');
    malformed.files.set('tile/entries/000.p/5', utf8('no bundle'));
    expect(await said(malformed, 5)).toEqual([]);
  });

  test('of a size that is not reached is not judged, as the newest itself is not', async () => {
    const log = await grownLog(258, 600);
    for (const path of ['tile/entries/002.p/88', 'tile/0/002.p/88', 'tile/1/000.p/2', 'tile/0/001'])
      log.damage(path);
    log.files.set('tile/0/002.p/89', utf8('not of this tree'));
    log.files.set('tile/0/003.p/1', utf8('not of this tree'));
    // The last byte is in none of the beginnings.
    expect(await said(log, 600)).toEqual([]);
  });
});
