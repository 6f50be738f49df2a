/** Jobs as those see them who may read the transcripts of their classes: progress, class by class. */
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { IssuingJobAnswer, IssuingJobClassAnswer } from '#contracts/issuing-jobs.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess, type Asker } from '../school/class-access.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { People } from '../school/people.js';
import { IssuingJob, IssuingJobClass } from './issuing-jobs.entities.js';
import { Transcript, TranscriptSignature } from './transcripts.entities.js';

/** A job with its classes, and who asked for it. */
export interface OpenedJob {
  readonly job: IssuingJob;
  readonly rows: readonly IssuingJobClass[];
  readonly infos: readonly ClassInfo[];
  readonly asker: Asker;
}

/** Jobs shown in a list. */
const SHOWN = 50;
const NOTHING = { homeroom: 0, principal: 0, sealed: 0, issued: 0 };
type Reached = typeof NOTHING;

@Injectable()
export class IssuingJobReader {
  constructor(
    private readonly database: Database,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly people: People,
  ) {}

  /** @throws Problem NOT_FOUND also for another school's; FORBIDDEN where one of its classes is not theirs to read */
  async one(session: SessionContext, id: string): Promise<IssuingJobAnswer> {
    return this.answer(await this.open(session, id));
  }

  /** The newest jobs all of whose classes the person may read. */
  async list(session: SessionContext): Promise<IssuingJobAnswer[]> {
    const { schoolId } = session;
    const jobs = await this.database.read.find(IssuingJob, {
      where: { schoolId },
      order: { startedAt: 'DESC', id: 'ASC' },
      take: SHOWN,
    });
    const asker = await this.access.asker(session);
    const answers: IssuingJobAnswer[] = [];
    for (const job of jobs) {
      const opened = await this.complete(job, asker);
      if (isTheirs(opened)) answers.push(await this.answer(opened));
    }
    return answers;
  }

  async open(session: SessionContext, id: string): Promise<OpenedJob> {
    const { schoolId } = session;
    const job = await this.database.read.findOneBy(IssuingJob, { schoolId, id });
    if (job === null) throw notFound('lượt lập học bạ');
    const opened = await this.complete(job, await this.access.asker(session));
    authorizeAll(opened);
    return opened;
  }

  private async complete(job: IssuingJob, asker: Asker): Promise<OpenedJob> {
    const { schoolId, id: jobId } = job;
    const rows = await this.database.read.find(IssuingJobClass, {
      where: { schoolId, jobId },
      order: { position: 'ASC' },
    });
    const infos = await this.classes.loadMany(
      schoolId,
      rows.map(({ classId }) => classId),
    );
    return { job, rows, infos, asker };
  }

  private async answer({ job, rows, infos }: OpenedJob): Promise<IssuingJobAnswer> {
    const { id, schoolId, scope, grade, yearId, startedBy, startedAt, endedAt, cancelledAt } = job;
    const names = await this.people.names(schoolId, [startedBy]);
    const reached = await this.reached(schoolId, rows);
    const running = endedAt === null ? 'running' : 'ended';
    return {
      ...{ id, scope, grade, yearId, state: cancelledAt === null ? running : 'cancelled' },
      ...{ startedBy: names(startedBy), startedAt, endedAt },
      classes: rows.map((row): IssuingJobClassAnswer => {
        const { classId, state, batchId, composed, held, problemCode, problem } = row;
        const className = infos.find((info) => info.id === classId)?.name ?? '';
        const counts = { composed: composed ?? 0, held: held ?? 0 };
        const far = reached.get(batchId ?? '') ?? NOTHING;
        return { classId, className, state, batchId, ...counts, ...far, problemCode, problem };
      }),
    };
  }

  /** How far each batch has come, counted by the database. */
  private async reached(
    schoolId: string,
    rows: readonly IssuingJobClass[],
  ): Promise<ReadonlyMap<string, Reached>> {
    const batchIds = rows.flatMap(({ batchId }) => batchId ?? []);
    if (batchIds.length === 0) return new Map();
    const read = this.database.read;
    const signed = await read
      .createQueryBuilder(TranscriptSignature, 'signature')
      .innerJoin(
        Transcript,
        'transcript',
        'transcript.schoolId = signature.schoolId AND transcript.id = signature.transcriptId',
      )
      .select('transcript.batchId', 'batchId')
      .addSelect('signature.position', 'position')
      .addSelect('COUNT(*)', 'count')
      .where({ schoolId })
      .andWhere('transcript.batchId IN (:...batchIds)', { batchIds })
      .groupBy('transcript.batchId')
      .addGroupBy('signature.position')
      .getRawMany<{ batchId: string; position: number; count: number | string }>();
    const issued = await read
      .createQueryBuilder(Transcript, 'transcript')
      .select('transcript.batchId', 'batchId')
      .addSelect('COUNT(*)', 'count')
      .where({ schoolId, batchId: In(batchIds), state: 'issued' })
      .groupBy('transcript.batchId')
      .getRawMany<{ batchId: string; count: number | string }>();
    const places = ['homeroom', 'principal', 'sealed'] as const;
    const reached = new Map(batchIds.map((id) => [id, { ...NOTHING }]));
    for (const { batchId, position, count } of signed) {
      const [far, place] = [reached.get(batchId), places[position]];
      if (far !== undefined && place !== undefined) far[place] = Number(count);
    }
    for (const { batchId, count } of issued) {
      const far = reached.get(batchId);
      if (far !== undefined) far.issued = Number(count);
    }
    return reached;
  }
}

/** @throws Problem NOT_FOUND, FORBIDDEN for the first class whose transcripts are not theirs to read */
function authorizeAll({ infos, asker }: OpenedJob): void {
  for (const info of infos) asker.authorize(info, 'transcript.read', asker.mine.class(info));
}

function isTheirs(opened: OpenedJob): boolean {
  try {
    authorizeAll(opened);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
