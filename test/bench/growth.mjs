// How a log grows: appended, checked and proven at ever larger sizes, each step in a process of its own so that its memory
// is its own. For information; the goal that memory and proofs do not grow with the log is for the reader to see.
import { fork } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { count, newLog, progress } from './logs.mjs';
import { checkpointOf, SIZES } from './p3-proof.mjs';

const BYTES = 250;
const STEP = fileURLToPath(new URL('./growth-step.mjs', import.meta.url));

/** @param {string} scratch */
export async function measure(scratch) {
  const folder = join(scratch, 'growth-log');
  await newLog(folder);
  const rows = [
    ['entries', 'append/s', 'MiB', 'open ms', 'on disk', 'fsck s', 'MiB', 'proof ms', 'bytes', 'MiB'],
  ];
  let from = 0;
  for (const size of SIZES) {
    progress(`growth to ${count(size)}`);
    const append = await step('append', folder, from, size);
    await copyFile(join(folder, 'checkpoint'), checkpointOf(folder, size));
    const disk = await step('disk', folder, from, size);
    const check = await step('fsck', folder, from, size);
    const prove = await step('prove', folder, from, size);
    rows.push([
      count(size),
      count((size - from) / append.seconds),
      count(append.megabytes),
      append.openMilliseconds.toFixed(1),
      `${count(disk.bytes / 2 ** 20)} MiB`,
      check.seconds.toFixed(2),
      count(check.megabytes),
      prove.milliseconds.toFixed(2),
      count(prove.bytes),
      count(prove.megabytes),
    ]);
    from = size;
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return {
    id: 'growth',
    work: `one log of entries of ${BYTES} bytes, batches of 1,000, synced; MiB is the most memory a process of its own had`,
    lines: rows.map((row) => row.map((cell, column) => cell.padStart(widths[column])).join('  ')),
    holds: true,
  };
}

/** What one step measured. @param {string} what @param {string} folder @param {number} from @param {number} to */
function step(what, folder, from, to) {
  return new Promise((resolve, reject) => {
    const child = fork(STEP, [what, folder, String(from), String(to), String(BYTES)]);
    let answer;
    child.on('message', (message) => (answer = message));
    child.on('error', reject).on('close', (code) => {
      if (code === 0 && answer !== undefined) resolve(answer);
      else reject(new Error(`the step "${what}" of ${count(to)} entries ended with ${String(code)}`));
    });
  });
}
