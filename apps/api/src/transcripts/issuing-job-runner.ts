/**
 * Carries jobs out, one class after the other, and takes up after a restart what the last process left. A class's batch
 * and the job's row of the class are written in one unit of work, by whoever still finds the row waiting: of two
 * processes one composes it, and no pupil is composed twice or left out.
 */
import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { requireSound } from '../audit/issue-check.js';
import { Journal } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import { RegularWork } from '../regular-work.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { IssuingJob, IssuingJobClass } from './issuing-jobs.entities.js';
import { TranscriptBatches, type ComposedBatch } from './transcript-batches.js';

const LOOK_MS = 5000;

/** Classes in work at a time: while the pages of one are set, the rows of the other are read or written. */
const AT_A_TIME = 2;

/** Somebody else has composed the class meanwhile, or the job was cancelled: nothing is written. */
class NotWaiting extends Error {
  override readonly name = 'NotWaiting';
}

@Injectable()
export class IssuingJobRunner extends RegularWork {
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly classes: Classes,
    private readonly batches: TranscriptBatches,
    private readonly journal: Journal,
  ) {
    // At once: a job that a restart interrupted goes on when the server is there again.
    super('issuing', LOOK_MS, 'atOnce');
  }

  override async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await super.onModuleDestroy();
  }

  protected async work(): Promise<void> {
    const open = await this.database.read.find(IssuingJob, {
      where: { endedAt: IsNull() },
      order: { startedAt: 'ASC' },
    });
    for (const job of open) await this.run(job);
  }

  private async run(job: IssuingJob): Promise<void> {
    const { schoolId, id: jobId } = job;
    const rows = await this.database.read.find(IssuingJobClass, {
      where: { schoolId, jobId, state: 'waiting' },
      order: { position: 'ASC' },
    });
    const faults: unknown[] = [];
    const ids = rows.map(({ classId }) => classId);
    const infos = await this.classes.loadMany(schoolId, ids);
    // All of them together, for what is the school's is read for each look; the seal looks at everything again.
    const sound = ids.length > 0 && (await this.areSound(infos));
    const left = ids.values();
    const carryOn = async (): Promise<void> => {
      for (const classId of left) {
        if (this.stopping) return;
        const info = infos.find(({ id }) => id === classId);
        // What is no problem of the class's own (a full disk) keeps no other from it, and is tried again at the next look.
        if (info !== undefined)
          await this.compose(job, info, sound).catch((fault: unknown) => faults.push(fault));
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, carryOn));
    if (this.stopping) return;
    if (faults.length > 0) throw faults[0];
    await this.end(job);
  }

  /** Where they are not, each class is looked at by itself, so that a fault holds up only its own. */
  private async areSound(infos: readonly ClassInfo[]): Promise<boolean> {
    try {
      await requireSound(this.database.read, infos);
      return true;
    } catch (error) {
      if (error instanceof Problem) return false;
      throw error;
    }
  }

  private async compose(job: IssuingJob, info: ClassInfo, sound: boolean): Promise<void> {
    const { schoolId, startedBy: personId, sessionId, signerId } = job;
    const request = { classId: info.id, ...(signerId === null ? {} : { signerId }) };
    const attempt = async (): Promise<Problem | undefined> => {
      try {
        await this.batches.composeFor({ schoolId, personId, sessionId }, request, {
          sound,
          also: (tx, batch) => this.composed(tx, job, info, batch),
        });
      } catch (error) {
        if (error instanceof Problem) return error;
        if (!(error instanceof NotWaiting)) throw error;
      }
      return undefined;
    };
    // Marks or results may have moved while it composed: then a second time they are as they are.
    let problem = await attempt();
    if (problem?.code === 'STATE_CONFLICT') problem = await attempt();
    if (problem !== undefined) await this.failed(job, info, problem);
  }

  /** In the unit of work that writes the batch: the class is done, once. */
  private async composed(
    tx: EntityManager,
    { schoolId, id: jobId }: IssuingJob,
    info: ClassInfo,
    { batchId, composed, held, by }: ComposedBatch,
  ): Promise<void> {
    const size = (await this.classes.presentPupils(info)).length;
    if (composed + held !== size) {
      throw new Error(`class ${info.id}: ${composed} composed and ${held} held are not its ${size} pupils`);
    }
    const doneAt = this.clock.timestamp();
    await this.done(tx, schoolId, jobId, info.id, {
      values: { state: 'composed', batchId, composed, held, doneAt },
      by: { ...by, at: doneAt },
    });
  }

  private async failed(job: IssuingJob, info: ClassInfo, error: Problem): Promise<void> {
    const { schoolId, id: jobId } = job;
    const doneAt = this.clock.timestamp();
    const values = { state: 'failed', problemCode: error.code, problem: error.detail, doneAt } as const;
    const by = { actor: 'installation', at: doneAt };
    await this.database
      .write((tx) => this.done(tx, schoolId, jobId, info.id, { values, by }))
      .catch((reason: unknown) => {
        if (!(reason instanceof NotWaiting)) throw reason;
      });
  }

  /** @throws NotWaiting */
  private async done(
    tx: EntityManager,
    schoolId: string,
    jobId: string,
    classId: string,
    {
      values,
      by,
    }: {
      values: Partial<IssuingJobClass>;
      by: { actor: string; at: string; session?: string; rule?: string };
    },
  ): Promise<void> {
    const open = await tx.existsBy(IssuingJob, { schoolId, id: jobId, endedAt: IsNull() });
    const set = await tx.update(IssuingJobClass, { schoolId, jobId, classId, state: 'waiting' }, values);
    if (!open || set.affected !== 1) throw new NotWaiting();
    await this.journal.append(tx, schoolId, {
      ...{ ...by, type: `issuing-job.class-${values.state ?? ''}`, subject: 'issuing_job_classes' },
      ...{ subjectId: `${jobId}/${classId}`, data: { ...values } },
    });
  }

  /** Ends the job once none of its classes waits. */
  private async end({ schoolId, id }: IssuingJob): Promise<void> {
    await this.database.write(async (tx) => {
      if (await tx.existsBy(IssuingJobClass, { schoolId, jobId: id, state: 'waiting' })) return;
      const endedAt = this.clock.timestamp();
      const set = await tx.update(IssuingJob, { schoolId, id, endedAt: IsNull() }, { endedAt });
      if (set.affected !== 1) return;
      await this.journal.append(tx, schoolId, {
        ...{ type: 'issuing-job.ended', subject: 'issuing_jobs', subjectId: id },
        ...{ actor: 'installation', at: endedAt, data: { endedAt } },
      });
    });
  }
}
