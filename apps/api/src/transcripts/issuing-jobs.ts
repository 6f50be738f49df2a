/** Jobs that compose the transcripts of a class, a grade or the school: started, looked at, cancelled before signing. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, IsNull, type EntityManager } from 'typeorm';
import type { IssuingJobAnswer, IssuingJobRequest } from '#contracts/issuing-jobs.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { notFound, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { SchoolYear } from '../school/school.entities.js';
import { IssuingJob, IssuingJobClass } from './issuing-jobs.entities.js';
import { IssuingJobReader } from './issuing-job-reader.js';
import { IssuingJobRunner } from './issuing-job-runner.js';
import { Transcript, TranscriptBatch, TranscriptSignature } from './transcripts.entities.js';

@Injectable()
export class IssuingJobs {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly reader: IssuingJobReader,
    private readonly runner: IssuingJobRunner,
    private readonly journal: Journal,
  ) {}

  /**
   * Starts a job; it goes on by itself, also after a restart.
   * @throws Problem NOT_FOUND, FORBIDDEN for a class that the person may not compose; STATE_CONFLICT while another job
   *   has one of the classes before it
   */
  async start(session: SessionContext, request: IssuingJobRequest): Promise<IssuingJobAnswer> {
    const asker = await this.access.asker(session);
    const infos = await this.classesOf(session, request);
    const rules = infos.map((info) => asker.authorize(info, 'transcript.compose', asker.mine.class(info)));
    const { schoolId, personId, sessionId } = session;
    const job: IssuingJob = {
      ...{ schoolId, id: randomUUID(), yearId: infos[0]!.year.id, scope: request.scope },
      ...{ grade: request.scope === 'grade' ? (request.grade ?? null) : null, document: 'hoc-ba' },
      ...{ signerId: request.signerId ?? null, startedBy: personId, sessionId },
      ...{ startedAt: this.clock.timestamp(), endedAt: null, cancelledBy: null, cancelledAt: null },
    };
    const rows = infos.map((info, position): IssuingJobClass => ({
      ...{ schoolId, jobId: job.id, classId: info.id, position, state: 'waiting', batchId: null },
      ...{ composed: null, held: null, problemCode: null, problem: null, doneAt: null },
    }));
    const by = { actor: personId, session: sessionId, rule: rules[0] ?? '', at: job.startedAt };
    await this.database.write(async (tx) => {
      await this.classes.hold(
        tx,
        schoolId,
        infos.map(({ id }) => id),
        'allowed',
      );
      await refuseTwice(tx, schoolId, infos);
      await tx.insert(IssuingJob, job);
      await tx.insert(IssuingJobClass, rows);
      await this.journal.appendAll(tx, schoolId, [
        {
          ...by,
          type: 'issuing-job.started',
          subject: 'issuing_jobs',
          subjectId: job.id,
          data: rowData(job),
        },
        ...rows.map((row): NewEvent => ({
          ...{ ...by, type: 'issuing-job.class-added', subject: 'issuing_job_classes' },
          ...{ subjectId: `${row.jobId}/${row.classId}`, data: classData(row) },
        })),
      ]);
    });
    void this.runner.look();
    return this.reader.one(session, job.id);
  }

  /**
   * Ends a job before anyone has signed: what it composed is taken back, what it has not is not composed any more.
   * @throws Problem NOT_FOUND, FORBIDDEN; STATE_CONFLICT once one of its transcripts is signed, or when it was cancelled
   */
  async cancel(session: SessionContext, id: string): Promise<IssuingJobAnswer> {
    const { schoolId, personId, sessionId } = session;
    const { rows, infos, asker } = await this.reader.open(session, id);
    const [rule = ''] = infos.map((info) =>
      asker.authorize(info, 'transcript.compose', asker.mine.class(info)),
    );
    await this.database.write(async (tx) => {
      await this.classes.hold(
        tx,
        schoolId,
        rows.map(({ classId }) => classId),
        'allowed',
      );
      const job = await tx.findOneOrFail(IssuingJob, { where: { schoolId, id }, ...rowLock(tx) });
      if (job.cancelledAt !== null) throw conflict('Lượt lập học bạ này đã hủy rồi.');
      const at = this.clock.timestamp();
      const by = { actor: personId, session: sessionId, rule, at };
      const cancelled = { endedAt: job.endedAt ?? at, cancelledBy: personId, cancelledAt: at };
      await tx.update(IssuingJob, { schoolId, id }, cancelled);
      await this.journal.appendAll(tx, schoolId, [
        { ...by, type: 'issuing-job.cancelled', subject: 'issuing_jobs', subjectId: id, data: cancelled },
        ...(await takeBack(tx, schoolId, id, by)),
      ]);
    });
    return this.reader.one(session, id);
  }

  /** In the order of their names. @throws Problem NOT_FOUND; VALIDATION where there is no such class */
  private async classesOf(session: SessionContext, request: IssuingJobRequest): Promise<ClassInfo[]> {
    const { schoolId } = session;
    if (request.scope === 'class') return [await this.classes.load(schoolId, request.classId ?? '')];
    const year = await this.database.read.findOneBy(SchoolYear, { schoolId, id: request.yearId ?? '' });
    if (year === null) throw notFound('năm học');
    const all = await this.classes.ofYear(schoolId, year.id);
    const chosen = request.scope === 'grade' ? all.filter(({ grade }) => grade === request.grade) : all;
    if (chosen.length === 0) {
      const message = `Năm học ${year.label} không có lớp nào trong phạm vi đã chọn.`;
      throw new Problem('VALIDATION', message, [{ where: 'grade', code: 'NO_CLASS', message }]);
    }
    return chosen.sort((a, b) => a.grade - b.grade || a.name.localeCompare(b.name, 'vi', { numeric: true }));
  }
}

/** All columns but those of the key. */
function classData(row: IssuingJobClass) {
  const { position, state, batchId, composed, held, problemCode, problem, doneAt } = row;
  return { position, state, batchId, composed, held, problemCode, problem, doneAt };
}

/** Two jobs at a time over one class would compose it twice. */
async function refuseTwice(tx: EntityManager, schoolId: string, infos: readonly ClassInfo[]): Promise<void> {
  const open = await tx.findBy(IssuingJob, { schoolId, endedAt: IsNull() });
  const waiting = await tx.findBy(IssuingJobClass, {
    ...{ schoolId, jobId: In(open.map(({ id }) => id)), state: 'waiting' },
    classId: In(infos.map(({ id }) => id)),
  });
  if (waiting.length === 0) return;
  const names = infos.filter(({ id }) => waiting.some((row) => row.classId === id)).map(({ name }) => name);
  throw conflict(`Lớp ${names.join(', ')} đang chờ trong một lượt lập học bạ khác.`);
}

/** Sends back every batch of the job that nobody has signed. */
async function takeBack(
  tx: EntityManager,
  schoolId: string,
  jobId: string,
  by: Pick<NewEvent, 'actor' | 'session' | 'rule' | 'at'>,
): Promise<NewEvent[]> {
  const classes = await tx.findBy(IssuingJobClass, { schoolId, jobId, state: 'composed' });
  const batchIds = classes.flatMap(({ batchId }) => batchId ?? []);
  // Of a batch that a later one has taken over, nothing is left here.
  const rows = await tx.find(Transcript, {
    select: { schoolId: true, id: true, batchId: true, state: true },
    where: { schoolId, batchId: In(batchIds) },
  });
  const transcriptIds = rows.filter(({ state }) => state !== 'returned').map(({ id }) => id);
  const signed = await tx.existsBy(TranscriptSignature, { schoolId, transcriptId: In(transcriptIds) });
  if (signed) throw conflict('Đã có học bạ của lượt này được kí; hãy trả lại từng đợt thay vì hủy cả lượt.');
  const returned = {
    ...{ returnedBy: by.actor, returnedAt: by.at, returnReason: 'Hủy lượt lập học bạ' },
    returnComments: [],
  };
  const standing = await tx.findBy(TranscriptBatch, { schoolId, id: In(batchIds), returnedAt: IsNull() });
  const ids = standing.map(({ id }) => id);
  await tx.update(TranscriptBatch, { schoolId, id: In(ids) }, returned);
  await tx.update(Transcript, { schoolId, id: In(transcriptIds) }, { state: 'returned' });
  return [
    ...ids.map((id): NewEvent => ({
      ...{ ...by, type: 'batch.returned', subject: 'transcript_batches', subjectId: id, data: returned },
    })),
    ...transcriptIds.map((id): NewEvent => ({
      ...{ ...by, type: 'transcript.returned', subject: 'transcripts', subjectId: id },
      data: { state: 'returned' },
    })),
  ];
}

function conflict(detail: string): Problem {
  return new Problem('STATE_CONFLICT', detail);
}
