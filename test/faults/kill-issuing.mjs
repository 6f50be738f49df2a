// Kills the built server again and again while a job composes a school's transcripts, and looks what is there when it has
// started again and gone on by itself. Prints one line of JSON. Arguments: folder, kills, seed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DEMO_ACCOUNTS_FILE } from '#api/demo/demo-accounts.js';
import { totpCode } from '#api/identity/totp.js';
import { Desks } from '#fixtures/play/client.js';
import { prepare, schoolsOf } from '../bench/p4-school.mjs';

const [folder, kills, seed] = process.argv.slice(2);
const MAIN = fileURLToPath(new URL('../../dist/apps/api/src/main.js', import.meta.url));
/** Some classes of each school. */
const PUPILS = 150;
const READY_MS = 60_000;

await prepare(folder, PUPILS, () => undefined);
const data = join(folder, 'data');
const port = await freePort();
const { accounts } = JSON.parse(readFileSync(join(data, DEMO_ACCOUNTS_FILE), 'utf8'));
const [{ school, years }] = schoolsOf(PUPILS);
const [year] = years;
const found = { kills: 0, interrupted: 0, faults: [] };

let server = await start();
for (let kill = 0; kill < Number(kills); kill++) {
  const desks = desksOf();
  const principal = desks.withRole(school.slug, 'principal');
  const { id } = await principal.post('/api/issuing-jobs', { scope: 'school', yearId: year.id });
  await pause(random(kill) * 1200);
  await killed(server);
  found.kills += 1;
  server = await start();
  const again = desksOf().withRole(school.slug, 'principal');
  if ((await again.get(`/api/issuing-jobs/${id}`)).state === 'running') found.interrupted += 1;
  found.faults.push(...(await faultsOf(again, await ended(again, id))));
  await again.post(`/api/issuing-jobs/${id}/cancel`, {});
}
await killed(server);
console.log(JSON.stringify(found));
process.exit(0);

/** What is wrong with what the job left: a class that is not composed, a pupil who is missing, or there twice. */
async function faultsOf(desk, job) {
  const faults = [];
  for (const { id, name, pupilIds } of year.classes) {
    const row = job.classes.find(({ classId }) => classId === id);
    if (row?.state !== 'composed') {
      faults.push(`${name}: ${row?.problem ?? 'is not in the job'}`);
      continue;
    }
    const { transcripts, held } = await desk.get(`/api/transcripts/batches/${row.batchId}`);
    const there = [...transcripts, ...held].map(({ pupilId }) => pupilId).sort();
    if (there.join() !== [...pupilIds].sort().join()) faults.push(`${name}: not each pupil once`);
    const all = (await desk.get(`/api/transcripts?classId=${id}`)).transcripts;
    const standing = all.filter(({ state }) => state !== 'returned');
    if (standing.length !== row.composed)
      faults.push(`${name}: ${standing.length} instead of ${row.composed}`);
  }
  return faults;
}

async function ended(desk, id) {
  for (;;) {
    const job = await desk.get(`/api/issuing-jobs/${id}`);
    if (job.state !== 'running') return job;
    await pause(100);
  }
}

async function start() {
  const env = {
    ...process.env,
    PORT: String(port),
    SOCAI_DATA_DIR: data,
    SOCAI_DEMO: 'small',
    SOCAI_LOG: 'error',
  };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`).catch(() => undefined);
    if (answer?.ok === true) return child;
    await pause(50);
  }
  throw new Error('the server was not ready');
}

async function killed(child) {
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await gone;
}

function desksOf() {
  const tools = {
    now: () => new Date(),
    waitUntil: async (until) => pause(Math.max(0, until.getTime() - Date.now())),
    code: totpCode,
  };
  return new Desks(`http://127.0.0.1:${port}`, accounts, tools);
}

/** From 0 to 1, the same for the same seed. */
function random(index) {
  return createHash('sha256').update(`${seed} ${index}`).digest().readUInt32BE() / 2 ** 32;
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
}
