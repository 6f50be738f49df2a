/** Transcripts of several classes as a job: each class once, whoever runs it and however often it starts again. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import { auditInstallation } from '#api/audit/audit-installation.js';
import { Pupil } from '#api/school/school.entities.js';
import { createServer } from '#api/server.js';
import { IssuingJob, IssuingJobClass } from '#api/transcripts/issuing-jobs.entities.js';
import { IssuingJobRunner } from '#api/transcripts/issuing-job-runner.js';
import { Transcript, TranscriptBatch } from '#api/transcripts/transcripts.entities.js';
import type { IssuingJobAnswer, IssuingJobsAnswer } from '#contracts/issuing-jobs.js';
import type { StatedActAnswer } from '#contracts/acts.js';
import type { BatchAnswer, BatchesAnswer } from '#contracts/transcripts.js';
import { decidedClass, type DecidedClass } from './decided-class.js';
import { ENGINE } from './engine.js';
import { TestServer, type Answer, type TestClass } from './school.js';

jest.setTimeout(120_000);

let server: TestServer;
let played: DecidedClass;
let undecided: TestClass;

beforeAll(async () => {
  server = await TestServer.start('2027-05-17T02:00:00.000Z');
  played = await decidedClass(server, 'thcs-song-may', 3);
  undecided = await played.school.class('6B1', 6, ['Lê Văn Chờ', 'Trần Thị Đợi']);
}, 120_000);
afterAll(() => server.stop(), 30_000);

const start = () =>
  played.vice.post<IssuingJobAnswer>('/api/issuing-jobs', { scope: 'school', yearId: played.school.yearId });

/** The job once it has ended. */
async function ended(id: string): Promise<IssuingJobAnswer> {
  for (;;) {
    const { body } = await played.vice.get<IssuingJobAnswer>(`/api/issuing-jobs/${id}`);
    if (body.state !== 'running') return body;
    await new Promise((wake) => setTimeout(wake, 20));
  }
}

const ofClass = (job: IssuingJobAnswer, { id }: TestClass) =>
  job.classes.find(({ classId }) => classId === id);

describe(`a job over the classes of a school on ${ENGINE}`, () => {
  let job: IssuingJobAnswer;

  test('composes the classes that can be, says of the others why not, and counts: composed + held = the class', async () => {
    job = await ended(ok(await start(), 201).id);
    const done = ofClass(job, played.target);
    expect(done).toMatchObject({ state: 'composed', composed: 3, held: 0, homeroom: 0, issued: 0 });
    expect(ofClass(job, undecided)).toMatchObject({
      state: 'failed',
      problemCode: 'RESULTS_MISSING',
      composed: 0,
    });
    const batch = await played.vice.get<BatchAnswer>(`/api/transcripts/batches/${done?.batchId ?? ''}`);
    expect(batch.body.transcripts.map(({ pupilId }) => pupilId).sort()).toEqual(
      [...played.target.pupilIds].sort(),
    );
  });

  test('is listed for those who may read all its classes, and refused to others', async () => {
    const mine = await played.vice.get<IssuingJobsAnswer>('/api/issuing-jobs');
    expect(mine.body.jobs.map(({ id }) => id)).toEqual([job.id]);
    const theirs = await played.homeroom.get<IssuingJobsAnswer>('/api/issuing-jobs');
    expect(theirs.body.jobs).toEqual([]);
    expect([403, 404]).toContain((await played.homeroom.get(`/api/issuing-jobs/${job.id}`)).status);
    expect([403, 404]).toContain((await played.homeroom.post(`/api/issuing-jobs/${job.id}/cancel`)).status);
  });

  test('is not started by somebody who may not compose one of its classes', async () => {
    const answer = await played.homeroom.post('/api/issuing-jobs', {
      scope: 'school',
      yearId: played.school.yearId,
    });
    expect([403, 404]).toContain(answer.status);
  });

  test('its pages can be looked at before anyone signs', async () => {
    const batchId = ofClass(job, played.target)?.batchId ?? '';
    const { transcripts } = (await played.vice.get<BatchAnswer>(`/api/transcripts/batches/${batchId}`)).body;
    const pdf = await played.vice.download(`/api/transcripts/${transcripts[0]?.id ?? ''}/pdf`);
    expect(Buffer.from(pdf.subarray(0, 8)).toString()).toBe('%PDF-1.7');
  });

  test('is cancelled before anyone has signed: what it composed is sent back, and the class is free again', async () => {
    const cancelled = ok(await played.vice.post<IssuingJobAnswer>(`/api/issuing-jobs/${job.id}/cancel`), 200);
    expect(cancelled.state).toBe('cancelled');
    const rows = await server.database.read.findBy(Transcript, { schoolId: played.school.id });
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['returned']));
    expect((await played.vice.post(`/api/issuing-jobs/${job.id}/cancel`)).body.code).toBe('STATE_CONFLICT');
  });

  test('composes each class once, also where two processes of the installation look for jobs at a time', async () => {
    // On SQLite there is one process; there the same runner looks twice.
    const { config, passphrase } = server.installation;
    const log = pino({ level: 'silent' });
    const second =
      ENGINE === 'postgres'
        ? await createServer({ config, log, passphrase, clock: server.clock }, false)
        : null;
    await second?.init();
    try {
      const count = () => server.database.read.countBy(TranscriptBatch, { schoolId: played.school.id });
      const before = await count();
      const { id } = ok(await start(), 201);
      await Promise.all(
        [server.app, second ?? server.app].map((app) => app.get(IssuingJobRunner, { strict: false }).look()),
      );
      job = await ended(id);
      expect(ofClass(job, played.target)).toMatchObject({ state: 'composed', composed: 3, held: 0 });
      expect((await count()) - before).toBe(1);
    } finally {
      await second?.close();
    }
  });

  test('is not cancelled once somebody has signed', async () => {
    const batchId = ofClass(job, played.target)?.batchId ?? '';
    ok(
      await played.homeroom.stepUp(
        'transcript.sign.homeroom',
        { batchId },
        `/api/transcripts/batches/${batchId}/sign`,
      ),
      200,
    );
    const answer = await played.vice.post(`/api/issuing-jobs/${job.id}/cancel`);
    expect([answer.status, answer.body.code]).toEqual([409, 'STATE_CONFLICT']);
    expect(ofClass(await ended(job.id), played.target)).toMatchObject({
      composed: 3,
      homeroom: 3,
      principal: 0,
    });
  });

  test('says what the journal says: the audit finds nothing, and finds a job’s row that SQL changed', async () => {
    const { config } = server.installation;
    const audit = () =>
      auditInstallation({
        ...{ database: config.database, dataDir: config.dataDir, checkpoints: [], now: server.clock.now() },
      });
    expect((await audit()).findings).toEqual([]);
    const key = { schoolId: played.school.id, jobId: job.id, classId: undecided.id };
    const row = await server.database.read.findOneByOrFail(IssuingJobClass, key);
    await server.database.write((tx) => tx.update(IssuingJobClass, key, { problem: 'một lí do khác' }));
    expect((await audit()).findings.map(({ table }) => table)).toEqual(['issuing_job_classes']);
    await server.database.write((tx) => tx.update(IssuingJobClass, key, { problem: row.problem }));
    const open = await server.database.read.countBy(IssuingJob, { schoolId: played.school.id });
    expect(open).toBe(2);
  });
});

describe(`several batches at one place of their route on ${ENGINE}`, () => {
  let own: DecidedClass;
  const batchIds: string[] = [];

  /** The first batch without the third pupil, whose register number was missing; then one for that pupil alone. */
  beforeAll(async () => {
    own = await decidedClass(server, 'thcs-song-may', 3, undefined, 'thcs-hai-dot');
    const third = own.target.pupilIds[2] ?? '';
    const number = (registerNumber: string | null) =>
      own.school.founded((base) => base.change(Pupil, third, { registerNumber }));
    await number(null);
    for (const each of [null, '0042/THCS']) {
      await number(each);
      const composed = await own.homeroom.post<BatchAnswer>('/api/transcripts/batches', {
        classId: own.target.id,
      });
      const batchId = ok(composed, 201).id;
      batchIds.push(batchId);
      const path = `/api/transcripts/batches/${batchId}/sign`;
      ok(await own.homeroom.stepUp('transcript.sign.homeroom', { batchId }, path), 200);
    }
  }, 120_000);

  test('are signed by one act that lists every document of each with its hash', async () => {
    const stated = await own.principal.post<StatedActAnswer>('/api/acts', {
      ...{ action: 'transcript.sign.principal', params: { batchIds } },
    });
    const { batches, transcripts } = ok(stated, 201).change as {
      batches: { batchId: string }[];
      transcripts: { hash: string }[];
    };
    expect(batches.map(({ batchId }) => batchId)).toEqual(batchIds);
    const rows = await server.database.read.findBy(Transcript, {
      schoolId: own.school.id,
      state: 'composed',
    });
    expect(transcripts.map(({ hash }) => hash).sort()).toEqual(
      rows.map(({ documentHash }) => documentHash).sort(),
    );
    const answer = await own.principal.post<BatchesAnswer>('/api/transcripts/batches/sign', {
      ...{ batchIds, act: await own.principal.sign(stated.body) },
    });
    expect(ok(answer, 200).batches.map(({ transcripts: signed }) => signed.length)).toEqual([2, 1]);
  });

  test('are not sealed by an act that was stated for one of them', async () => {
    const act = await own.sealer.act('transcript.seal', { batchIds: [batchIds[0]] });
    const answer = await own.sealer.post('/api/transcripts/batches/seal', { batchIds, act });
    expect([answer.status, answer.body.code]).toEqual([409, 'ACT_INVALID']);
  });

  test('are sealed and issued by one act, and the audit finds the act behind each signature', async () => {
    const answer = await own.sealer.stepUp<BatchesAnswer>(
      'transcript.seal',
      { batchIds },
      '/api/transcripts/batches/seal',
    );
    const states = ok(answer, 200).batches.flatMap(({ transcripts }) =>
      transcripts.map(({ state }) => state),
    );
    expect(states).toEqual(['issued', 'issued', 'issued']);
    const { config } = server.installation;
    const audit = await auditInstallation({
      ...{ database: config.database, dataDir: config.dataDir, checkpoints: [], now: server.clock.now() },
    });
    expect(audit.findings).toEqual([]);
  });
});

function ok<T>(answer: Answer<T>, status: number): T {
  if (answer.status !== status) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}
