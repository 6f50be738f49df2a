/** fsck's files are on their way before it asks for them; what it gets is what the reader gives. */
import { expect, test } from '@jest/globals';
import { readAhead } from '#ledger/verify/read-ahead.js';

const NAMES = ['a', 'b', 'c', 'd', 'e'];

/** A reader that notes what it is asked for; "c" cannot be read and "d" is missing. */
function noting(): { asked: string[]; readTile: (path: string) => Promise<Uint8Array | undefined> } {
  const asked: string[] = [];
  return {
    asked,
    readTile(path) {
      asked.push(path);
      if (path === 'c') return Promise.reject(new Error('c cannot be read'));
      return Promise.resolve(path === 'd' ? undefined : new TextEncoder().encode(path));
    },
  };
}

test('files are asked for in order, never more at once than told, each once', async () => {
  const reader = noting();
  const ahead = readAhead(reader, NAMES, 3);
  expect(reader.asked).toEqual([]);
  expect(await ahead.readTile('a')).toEqual(new TextEncoder().encode('a'));
  expect(reader.asked).toEqual(['a', 'b', 'c', 'd']);
  expect(await ahead.readTile('b')).toEqual(new TextEncoder().encode('b'));
  expect(reader.asked).toEqual(NAMES);
});

test('an error or a missing file is that of the call that asks for it', async () => {
  const ahead = readAhead(noting(), NAMES, 5);
  await ahead.readTile('a');
  // Long enough for an error that nobody has heard of yet to be reported as such.
  await new Promise((resolve) => setImmediate(resolve));
  await expect(ahead.readTile('c')).rejects.toThrow('c cannot be read');
  expect(await ahead.readTile('d')).toBeUndefined();
});

test('a file out of order is read when it is asked for, and asking twice reads twice', async () => {
  const reader = noting();
  const ahead = readAhead(reader, NAMES, 1);
  expect(await ahead.readTile('e')).toEqual(new TextEncoder().encode('e'));
  expect(reader.asked).toEqual(['a', 'e']);
  await ahead.readTile('a');
  await ahead.readTile('a');
  expect(reader.asked).toEqual(['a', 'e', 'b', 'a']);
});
