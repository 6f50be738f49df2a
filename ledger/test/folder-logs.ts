/** Logs in folders, as the tests of folders and of fsck need them. */
import { join } from 'node:path';
import { utf8 } from '#ledger/format/bytes.js';
import { createFolderLog, openFolderLog } from '#ledger-node/folder-sequencer.js';
import { START } from './logs.js';

/** A log of `count` raw entries "entry <i>", two hundred a batch, in a new folder of `scratch`. */
export async function rawLogIn(scratch: string, name: string, count: number): Promise<string> {
  const folder = join(scratch, name);
  await createFolderLog(folder, 'raw.example/log', undefined);
  const log = await openFolderLog(folder, 'raw', () => START, undefined);
  for (let start = 0; start < count; start += 200) {
    const part = Array.from({ length: Math.min(200, count - start) }, (_, i) => `entry ${String(start + i)}`);
    log.store.add(part.map((text) => ({ id: text, kind: 'raw', entry: utf8(text) })));
    await log.sequencer.flush();
  }
  await log.close();
  return folder;
}
