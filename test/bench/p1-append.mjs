// P1: entries made durable. Ours is synced to the disk before an append is answered; hypercore, as it comes, is not.
import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Hypercore from 'hypercore';
import { BATCH, count, entriesOf, median, newLog, openLog, progress, range, secondsOf } from './logs.mjs';

const BYTES = 250;
const ROUNDS = 15;
const BATCHES_A_ROUND = 10;
const SINGLES = 200;

/** @param {string} scratch */
export async function measure(scratch) {
  const makingAFile = microsecondsToMakeAFile(scratch);
  const folder = join(scratch, 'p1-log');
  await newLog(folder);
  const log = await openLog(folder);
  const peerFolder = join(scratch, 'p1-hypercore');
  const core = new Hypercore(peerFolder);
  await core.ready();

  let next = 0;
  const rates = { ours: [], peer: [] };
  // Round 0 warms both up. They take turns at being first, so that a noisy neighbour disturbs both alike.
  for (let round = 0; round <= ROUNDS; round++) {
    const batches = Array.from({ length: BATCHES_A_ROUND }, (_, i) =>
      entriesOf(next + i * BATCH, BATCH, BYTES),
    );
    const ours = async () => {
      for (const [i, batch] of batches.entries()) await log.append(next + i * BATCH, batch);
    };
    const peer = async () => {
      for (const batch of batches) await core.append(batch);
    };
    const seconds = { ours: 0, peer: 0 };
    for (const who of round % 2 === 0 ? ['ours', 'peer'] : ['peer', 'ours']) {
      seconds[who] = await secondsOf(who === 'ours' ? ours : peer);
      settle(peerFolder);
    }
    next += BATCHES_A_ROUND * BATCH;
    if (round === 0) continue;
    for (const who of ['ours', 'peer']) rates[who].push((BATCHES_A_ROUND * BATCH) / seconds[who]);
    progress(`P1 round ${round} of ${ROUNDS}`);
  }

  const singles = entriesOf(next, SINGLES, BYTES);
  const oursSingle = await secondsOf(async () => {
    for (const [i, entry] of singles.entries()) await log.append(next + i, [entry]);
  });
  const peerSingle = await secondsOf(async () => {
    for (const entry of singles) await core.append(entry);
  });
  await core.close();

  const ratios = rates.ours.map((rate, i) => rate / rates.peer[i]);
  const ratio = median(ratios);
  return {
    id: 'P1',
    work: `append, batches of ${count(BATCH)}, ${BYTES} bytes an entry, a signed checkpoint a batch, synced`,
    lines: [
      `ours, synced:                    ${count(median(rates.ours))} entries/s`,
      `hypercore 11.10.0, not synced:   ${count(median(rates.peer))} blocks/s, batches of the same size`,
      `ratio by round (${ROUNDS}):             ${range(ratios)}`,
      `one by one, each with its checkpoint: ours, synced ${count(SINGLES / oursSingle)}/s; hypercore, not synced ${count(SINGLES / peerSingle)}/s`,
      `making an empty file took ${makingAFile.toFixed(0)} µs before (ext4: several times longer for minutes after many were deleted; then rest and run again)`,
      'Tessera publishes 1,587/s on an e2-micro (another machine: for orientation only)',
    ],
    ratio,
    goal: '≥ 1.0 × hypercore',
    holds: ratio >= 1,
  };
}

/**
 * Writes out, between the turns and on nobody's time, what the peer left to the system: else our next fsync would wait for its
 * bytes too, as they stand in the same journal of the file system.
 * @param {string} folder
 */
function settle(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = openSync(join(entry.parentPath, entry.name), 'r');
    fsyncSync(file);
    closeSync(file);
  }
}

/** @param {string} folder */
function microsecondsToMakeAFile(folder) {
  const times = Array.from({ length: 100 }, (_, i) => {
    const started = performance.now();
    closeSync(openSync(join(folder, `empty-${i}`), 'wx'));
    return 1000 * (performance.now() - started);
  });
  return median(times);
}
