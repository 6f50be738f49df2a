/** Jobs that compose the transcripts of several classes, one class after the other. */
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One class, a grade, or every class of the year. */
export type JobScope = 'class' | 'grade' | 'school';

/** A job; it has ended when each of its classes is composed or has failed, or when it was cancelled. */
@Entity('issuing_jobs')
export class IssuingJob {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'year_id' }) yearId: string;
  @Column('text') scope: JobScope;
  /** Of a grade's job; else null. */
  @Column('integer', { nullable: true }) grade: number | null;
  @Column('text') document: 'hoc-ba';
  /** Who signs as principal, where that is not the principal. */
  @Column('text', { name: 'signer_id', nullable: true }) signerId: string | null;
  @Column('text', { name: 'started_by' }) startedBy: string;
  /** The session in which it was started: every class is composed in its name. */
  @Column('text', { name: 'session_id' }) sessionId: string;
  @Column('text', { name: 'started_at' }) startedAt: string;
  @Column('text', { name: 'ended_at', nullable: true }) endedAt: string | null;
  @Column('text', { name: 'cancelled_by', nullable: true }) cancelledBy: string | null;
  @Column('text', { name: 'cancelled_at', nullable: true }) cancelledAt: string | null;
}

/** A class of a job. Its batch and this row are written in one unit of work: after a restart none is composed twice. */
@Entity('issuing_job_classes')
export class IssuingJobClass {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text', { name: 'job_id' }) jobId: string;
  @PrimaryColumn('text', { name: 'class_id' }) classId: string;
  /** In the order of names, from 0. */
  @Column('integer') position: number;
  @Column('text') state: 'waiting' | 'composed' | 'failed';
  @Column('text', { name: 'batch_id', nullable: true }) batchId: string | null;
  /** How many transcripts the batch has, and how many pupils are held back: together the class. */
  @Column('integer', { nullable: true }) composed: number | null;
  @Column('integer', { nullable: true }) held: number | null;
  /** Why nothing was composed: a problem's code and sentence. */
  @Column('text', { name: 'problem_code', nullable: true }) problemCode: string | null;
  @Column('text', { nullable: true }) problem: string | null;
  @Column('text', { name: 'done_at', nullable: true }) doneAt: string | null;
}
