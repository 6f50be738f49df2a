/** fsck of a whole folder: what the newest tree does not lead to is checked as well. */
import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { cosignNoteText } from '#ledger/format/cosignature.js';
import {
  COSIGNATURE_ED25519,
  formatNote,
  parseNote,
  seedSigner,
  type VerifierKey,
} from '#ledger/format/note.js';
import { fsckFolder, type FolderFsckOptions } from '#ledger-node/folder-fsck.js';
import { createFolderLog, openFolderLog } from '#ledger-node/folder-sequencer.js';
import { ORIGIN, rawEntry, START } from './logs.js';

const OLDER = ['100', '255'].map((width) => `000.p/${width}`).concat('001.p/44');
const WITNESS = seedSigner('w.example/w', COSIGNATURE_ED25519, new Uint8Array(32).fill(5));
const QUORUM = { witnesses: [{ name: 'w', key: WITNESS }], groups: [], quorum: 'w' };

let scratch: string;
let folder: string;
let key: VerifierKey;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'socai-fsck-'));
  folder = join(scratch, 'log');
  key = await createFolderLog(folder, ORIGIN, undefined);
  const log = await openFolderLog(folder, 'raw', () => START, undefined);
  let size = 0;
  for (const next of [100, 255, 300, 400]) {
    log.store.add(Array.from({ length: next - size }, (_, i) => rawEntry(`entry ${String(size + i)}`)));
    await log.sequencer.flush();
    size = next;
  }
  await log.close();
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** What fsck finds in a copy of the folder after `damage`. */
async function findings(
  damage: (copy: string) => Promise<unknown>,
  options: Pick<FolderFsckOptions, 'witnesses'> = {},
): Promise<string[]> {
  const copy = await mkdtemp(join(scratch, 'copy-'));
  await cp(folder, copy, { recursive: true });
  await damage(copy);
  const found: string[] = [];
  await fsckFolder(copy, key, { ...options, onFinding: ({ code, where }) => found.push(`${code} ${where}`) });
  return found;
}

async function flip(path: string, at: number): Promise<void> {
  const bytes = await readFile(path);
  bytes[at] = (bytes[at] as number) ^ 1;
  await writeFile(path, bytes);
}

describe('partial files of earlier sizes', () => {
  test('are the beginnings of what grew out of them in a good log', async () => {
    expect(await findings(() => Promise.resolve())).toEqual([]);
  });

  test.each(OLDER)(
    '%s with a bit turned over or cut off is named, whether hashes or entries',
    async (name) => {
      for (const [path, code] of [
        [`tile/0/${name}`, 'TILE_MISMATCH'],
        [`tile/entries/${name}`, 'ENTRY_MISMATCH'],
      ] as const) {
        expect(await findings((copy) => flip(join(copy, path), 9))).toEqual([`${code} ${path}`]);
        expect(await findings((copy) => truncate(join(copy, path), 32))).toEqual([`${code} ${path}`]);
        expect(await findings((copy) => truncate(join(copy, path), 0))).toEqual([`${code} ${path}`]);
      }
    },
  );

  test('are not blamed when what grew out of them is wrong', async () => {
    expect(await findings((copy) => flip(join(copy, 'tile/0/000'), 9))).toEqual(['TILE_MISMATCH tile/0/000']);
    expect(await findings((copy) => flip(join(copy, 'tile/entries/000'), 5))).toEqual([
      'ENTRY_MISMATCH entry 0',
    ]);
    expect(await findings((copy) => truncate(join(copy, 'tile/entries/001.p/144'), 9))).toEqual([
      'BUNDLE_MALFORMED tile/entries/001.p/144',
    ]);
  });

  test('may be gone, and files of a larger tree or of no tree are passed over', async () => {
    expect(
      await findings(async (copy) => {
        await rm(join(copy, 'tile/0/000.p'), { recursive: true });
        await cp(join(copy, 'tile/0/000'), join(copy, 'tile/0/002'));
        await writeFile(join(copy, 'tile/0/note.txt'), 'not a tile');
      }),
    ).toEqual([]);
  });
});

describe('cosignatures', () => {
  const checkpoint = (copy: string): string => join(copy, 'checkpoint');
  async function cosign(copy: string): Promise<void> {
    const note = parseNote(await readFile(checkpoint(copy)));
    const line = await cosignNoteText(note.text, 1_795_230_000, WITNESS);
    await writeFile(checkpoint(copy), formatNote({ ...note, signatures: [...note.signatures, line] }));
    expect(parseCheckpoint(note.text).size).toBe(400);
  }

  test('are asked for when the witnesses are given', async () => {
    expect(await findings(cosign, { witnesses: QUORUM })).toEqual([]);
    expect(await findings(() => Promise.resolve(), { witnesses: QUORUM })).toEqual([
      'CHECKPOINT_SIGNATURE checkpoint',
    ]);
  });

  test('with a byte changed are found with the witnesses, and only with them', async () => {
    const changed = async (copy: string): Promise<void> => {
      await cosign(copy);
      const bytes = await readFile(checkpoint(copy));
      const at = bytes.length - 20;
      bytes[at] = bytes[at] === 0x41 ? 0x42 : 0x41;
      await writeFile(checkpoint(copy), bytes);
    };
    expect(await findings(changed, { witnesses: QUORUM })).toEqual(['CHECKPOINT_SIGNATURE checkpoint']);
    expect(await findings(changed)).toEqual([]);
  });
});
