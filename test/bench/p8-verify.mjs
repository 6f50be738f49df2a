// P8: one transcript verified offline by `socai verify`, whole processes from start to end, beside Node's own start; and by
// the verifier page in a real Chromium. Beside that, the same verification with the page's primitives in this process: what
// the page computes, without a browser.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyTranscript } from '#verify/verify-transcript.js';
import { ROOT } from '../../apps/cli/launch/ready.mjs';
import { median, progress } from './logs.mjs';
import { issue } from './p4-issue.mjs';
import { openServer, prepare, schoolsOf } from './p4-school.mjs';
import { timeInPage } from './p8-page.mjs';

const ROUNDS = 9;
const GOAL_MS = 400;
const PAGE_GOAL_MS = 300;
/** A class of each school. */
const PUPILS = 1;

/** @param {string} scratch @returns {Promise<import('./run.mjs').Figure>} */
export async function measure(scratch) {
  const folder = join(scratch, 'p8');
  await prepare(folder, PUPILS, (line) => progress(`P8 a transcript to verify: ${line}`));
  await issue(folder, PUPILS);
  const file = await transcriptOf(folder);
  const trust = join(folder, 'data', 'trust', 'bundle');
  const main = join(ROOT, 'dist/apps/cli/src/main.js');
  const bare = median(rounds(() => timed(['-e', '0'], 0)));
  const verdicts = [];
  const cold = median(rounds(() => timed([main, 'verify', file, '--trust', trust], 0, verdicts)));
  const [first, later] = await inThisProcess(file, trust);
  const page = await timeInPage(readFileSync(file), readFileSync(trust), ROUNDS);
  const inPage = typeof page === 'string' ? null : median(page.first);
  return {
    id: 'P8',
    work: 'one transcript verified offline, from the start of the process to its end',
    lines: [
      `socai verify ${cold.toFixed(0)} ms, Node's own start ${bare.toFixed(0)} ms (medians of ${ROUNDS}): ${verdicts[0]}`,
      inPage === null
        ? page
        : `the page in Chromium: the first file of a window ${inPage.toFixed(0)} ms, then ${median(page.later).toFixed(0)} ms (medians of ${page.first.length} and ${page.later.length}); ratio ${(inPage / PAGE_GOAL_MS).toFixed(2)} to the goal of ≤ ${PAGE_GOAL_MS} ms`,
      `by the page's primitives, without a browser: the first ${first.toFixed(0)} ms, then ${later.toFixed(0)} ms`,
    ],
    ratio: cold / GOAL_MS,
    goal: `≤ ${GOAL_MS} ms`,
    holds: cold <= GOAL_MS && (inPage ?? first) <= PAGE_GOAL_MS,
  };
}

/** A file of the first class, as the principal downloads it. */
async function transcriptOf(folder) {
  const [{ school, years }] = schoolsOf(PUPILS);
  const server = await openServer(folder);
  try {
    const principal = (await server.desks(server.accounts())).withRole(school.slug, 'principal');
    const [{ id }] = (await principal.get(`/api/transcripts?classId=${years[0].classes[0].id}`)).transcripts;
    const path = join(folder, 'hoc-ba.pdf');
    writeFileSync(path, await principal.download(`/api/transcripts/${id}/pdf`));
    return path;
  } finally {
    await server.close();
  }
}

function rounds(measured) {
  return Array.from({ length: ROUNDS }, measured);
}

/** Milliseconds of a whole process. @param {string[]} [said] takes the first line that it says */
function timed(args, status, said = []) {
  const started = performance.now();
  const done = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const ms = performance.now() - started;
  if (done.status !== status) throw new Error(`P8: status ${done.status}: ${done.stdout}${done.stderr}`);
  said.push(done.stdout.split('\n')[0]);
  return ms;
}

async function inThisProcess(path, trust) {
  const file = new Uint8Array(readFileSync(path));
  const bundle = new Uint8Array(readFileSync(trust));
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    const { verdict, reasons } = await verifyTranscript({
      ...{ file, fileName: 'hoc-ba.pdf', trust: bundle, now: new Date() },
    });
    times.push(performance.now() - started);
    if (verdict !== 'valid') throw new Error(`P8: ${verdict} ${reasons.join('; ')}`);
  }
  return [times[0], median(times.slice(1))];
}
