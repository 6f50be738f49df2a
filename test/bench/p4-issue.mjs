// P4: the transcripts of whole schools through the real path: a job composes them class by class, each homeroom teacher
// signs their class, the principal signs and the seal is put on by one act each, the ledger takes the entries, the proofs
// go into the files. Two schools, a primary and a lower-secondary one; with SOCAI_FULL=1 all of their 2,000 pupils.
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { count, progress } from './logs.mjs';
import { DAY, openServer, prepare, schoolsOf } from './p4-school.mjs';

const PUPILS = process.env.SOCAI_FULL === '1' ? 2000 : 300;
const GOAL_MS = 15;
const PLACES = ['composed', 'homeroom', 'principal', 'sealed', 'issued'];

/** @param {string} scratch @returns {Promise<import('./run.mjs').Figure>} */
export async function measure(scratch) {
  const folder = join(scratch, 'p4');
  await prepare(folder, PUPILS, (line) => progress(`P4 the year before: ${line}`));
  return issue(folder, PUPILS);
}

/** Issues what {@link prepare} made in the folder. */
export async function issue(folder, pupils) {
  const schools = schoolsOf(pupils);
  const server = await openServer(folder);
  try {
    const desks = await server.desks(server.accounts());
    const phases = Object.fromEntries(PLACES.map((place) => [place, 0]));
    const totals = { issued: 0, held: 0, pupils: 0 };
    const cpu = process.cpuUsage();
    const started = performance.now();
    for (const school of schools) {
      const { issued, held } = await issueSchool(desks, school, phases);
      totals.issued += issued;
      totals.held += held;
      totals.pupils += school.years[0].classes.reduce((sum, { pupilIds }) => sum + pupilIds.length, 0);
    }
    const each = (performance.now() - started) / totals.issued;
    const used = process.cpuUsage(cpu);
    if (totals.issued + totals.held !== totals.pupils)
      throw new Error(`P4: ${totals.issued} issued and ${totals.held} held are not ${totals.pupils}`);
    const parts = PLACES.map((place) => `${place} ${(phases[place] / totals.issued).toFixed(1)}`);
    const processor = (used.user + used.system) / 1000 / totals.issued;
    return {
      id: 'P4',
      work: `${count(totals.issued)} transcripts: composed, two signatures and the seal, ledger, proof in the file (${totals.held} held back; together the ${count(totals.pupils)} pupils)`,
      lines: [
        `${each.toFixed(1)} ms a transcript: ${parts.join(', ')}`,
        `processor time of the server and of who asks it: ${processor.toFixed(1)} ms a transcript; load before and meanwhile ${loadavg()[0].toFixed(1)}`,
      ],
      ratio: each / GOAL_MS,
      goal: `≤ ${GOAL_MS} ms`,
      holds: each <= GOAL_MS,
    };
  } finally {
    await server.close();
  }
}

async function issueSchool(desks, { school, years: [year] }, phases) {
  const timed = async (place, work) => {
    const started = performance.now();
    const done = await work();
    phases[place] += performance.now() - started;
    return done;
  };
  const principal = desks.withRole(school.slug, 'principal');
  const sealer = desks.withRole(school.slug, 'sealer');
  const jobIs = async (reached) => {
    for (;;) {
      const job = await principal.get(`/api/issuing-jobs/${id}`);
      if (reached(job)) return job;
      await pause(250);
    }
  };
  const { id } = await principal.post('/api/issuing-jobs', { scope: 'school', yearId: year.id });
  const { classes } = await timed('composed', () => jobIs(({ state }) => state !== 'running'));
  const failed = classes.find(({ state }) => state !== 'composed');
  if (failed !== undefined) throw new Error(`P4: class ${failed.className}: ${failed.problem}`);
  for (const { classId, batchId } of classes) {
    const teacher = desks.of(homeroomOf(year, classId));
    const path = `/api/transcripts/batches/${batchId}/sign`;
    await timed('homeroom', () => teacher.stepUp('transcript.sign.homeroom', { batchId }, path));
  }
  const params = { batchIds: classes.map(({ batchId }) => batchId) };
  await timed('principal', () =>
    principal.stepUp('transcript.sign.principal', params, '/api/transcripts/batches/sign'),
  );
  await timed('sealed', () => sealer.stepUp('transcript.seal', params, '/api/transcripts/batches/seal'));
  const done = await timed('issued', () =>
    jobIs((job) => job.classes.every(({ composed, issued }) => composed === issued)),
  );
  return {
    issued: done.classes.reduce((sum, each) => sum + each.issued, 0),
    held: done.classes.reduce((sum, each) => sum + each.held, 0),
  };
}

function homeroomOf(year, classId) {
  const held = year.homerooms.find(
    ({ classId: of, from, to }) => of === classId && from <= DAY && (to === null || DAY <= to),
  );
  return held.teacherId;
}
