// One step of growth.mjs: `growth-step.mjs append|disk|fsck|prove FOLDER FROM TO BYTES`, answering its parent process.
import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fsckFolder } from '#ledger-node/folder-fsck.js';
import { readFolderKey } from '#ledger-node/folder-sequencer.js';
import { grow, median, openLog, secondsOf } from './logs.mjs';
import { timeProofs } from './p3-proof.mjs';

const [what, folder, ...numbers] = process.argv.slice(2);
const [from, to, bytes] = numbers.map(Number);
const STEPS = { append, disk, fsck, prove };

const answer = await STEPS[what]();
process.send({ ...answer, megabytes: process.resourceUsage().maxRSS / 1024 }, () => process.disconnect());

async function append() {
  const openMilliseconds = 1000 * (await secondsOf(() => openLog(folder)));
  return { openMilliseconds, seconds: await grow(folder, { from, to, bytes }) };
}

/** What the files below `tile` take on the disk, in blocks of 512 bytes. */
async function disk(path = join(folder, 'tile')) {
  let total = 0;
  for await (const entry of await opendir(path)) {
    const inside = join(path, entry.name);
    total += entry.isDirectory() ? (await disk(inside)).bytes : (await stat(inside)).blocks * 512;
  }
  return { bytes: total };
}

async function fsck() {
  const key = await readFolderKey(folder);
  const onFinding = ({ code, where }) => {
    throw new Error(`fsck found ${code} ${where} in a log that is whole`);
  };
  return { seconds: await secondsOf(() => fsckFolder(folder, key, { onFinding })) };
}

async function prove() {
  const times = await timeProofs(folder, [to], bytes, 200);
  const { milliseconds, bytes: longest } = times.get(to);
  return { milliseconds: median(milliseconds), bytes: longest };
}
