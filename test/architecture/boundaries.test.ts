import { describe, expect, test } from '@jest/globals';
import { checkBoundaries, roomFiles } from './boundaries.js';
import { ROOMS } from './import-table.js';

const PROJECT = process.cwd();
const VIOLATION = 'test/architecture/violation';

describe('the import table', () => {
  test('holds for every source file of every room, and no file goes unseen', async () => {
    const { files, violations } = await checkBoundaries(PROJECT, '');
    expect(violations).toEqual([]);
    expect([...files].sort()).toEqual(roomFiles(PROJECT, '').sort());
    expect(files.length).toBeGreaterThan(50);
  }, 60_000);

  test('names every room once', () => {
    const names = ROOMS.map((room) => room.name);
    expect(new Set(names).size).toBe(names.length);
    for (const room of ROOMS) for (const other of room.rooms) expect(names).toContain(other);
  });

  test('catches each deliberate violation: a room, a Node module, a library, a package import', async () => {
    const { violations } = await checkBoundaries(PROJECT, VIOLATION);
    expect(violations.map((v) => `${v.from.slice(VIOLATION.length + 1)}: ${v.why}`).sort()).toEqual([
      'apps/web/src/page.ts: web may not import api',
      'ledger/src/format/clock.ts: ledger/format may not use fs',
      'ledger/src/merkle/tree.ts: ledger/merkle may not import ledger/log',
      'libs/regulations/src/rule.ts: regulations may not use @noble/hashes/sha2.js',
    ]);
  }, 60_000);
});
