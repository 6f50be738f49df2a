/**
 * Clears away what was needed only for a while. Of what the journal follows, sessions and activation codes go with an
 * event each, so that audit knows who took the row; nothing else that audit compares is touched.
 */
import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan, type EntityManager } from 'typeorm';
import { ROW_PRUNED } from '../audit/expected-rows.js';
import { Journal } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { MarkCell, ScratchColumn, ScratchMark, SheetRead } from '../gradebook/gradebook.entities.js';
import { ActivationCode, PendingSignIn } from '../identity/account.entities.js';
import { Act, Session } from '../identity/identity.entities.js';
import { PasskeyChallenge } from '../identity/passkeys.entities.js';
import { RegularWork } from '../regular-work.js';
import { ClassAccessRow, School, SchoolClass, SchoolYear } from '../school/school.entities.js';

/** How long after its end each thing is kept, in days: the one place that says so. */
export const KEPT_DAYS = {
  /** Sessions that have ended; of each person the newest stays, for the account report. */
  sessions: 365,
  /** Activation codes used, expired or replaced. */
  activationCodes: 365,
  /** Acts that were stated and never confirmed. */
  unusedActs: 7,
  /** Passwords that wait for a second factor, challenges of passkeys: after they have expired. */
  challenges: 1,
  /** Who looked at what of a class, which the family may see. */
  accessLog: 2 * 365,
  /** When a teacher last read a sheet: what was read can not be withdrawn, on the same day only. */
  sheetReads: 7,
  /** Drafts that were never recorded, and scratch columns: after the last day of their school year. */
  drafts: 365,
} as const;

const LOOK_MS = 6 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Rows of sessions and codes taken in one unit of work. */
const AT_ONCE = 500;
const THE_CLOCK = 'clock';

@Injectable()
export class Pruning extends RegularWork {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {
    super('privacy', LOOK_MS);
  }

  protected work(): Promise<void> {
    return this.prune();
  }

  /** Clears what is over, in every school. */
  async prune(): Promise<void> {
    const schools = await this.database.read.find(School, { select: { id: true } });
    for (const { id: schoolId } of schools) {
      await this.database.write((tx) => this.clearUnfollowed(tx, schoolId));
      await this.database.write((tx) => this.clearDrafts(tx, schoolId));
      await this.database.write((tx) => this.clearSessions(tx, schoolId));
      await this.database.write((tx) => this.clearCodes(tx, schoolId));
    }
  }

  /** What no check of an audit looks at. */
  private async clearUnfollowed(tx: EntityManager, schoolId: string): Promise<void> {
    const challenges = LessThan(this.ago(KEPT_DAYS.challenges));
    await tx.delete(PendingSignIn, { schoolId, expiresAt: challenges });
    await tx.delete(PasskeyChallenge, { schoolId, expiresAt: challenges });
    const acts = LessThan(this.ago(KEPT_DAYS.unusedActs));
    await tx.delete(Act, { schoolId, usedAt: IsNull(), method: IsNull(), expiresAt: acts });
    await tx.delete(SheetRead, { schoolId, readAt: LessThan(this.ago(KEPT_DAYS.sheetReads)) });
    await tx.delete(ClassAccessRow, { schoolId, firstAt: LessThan(this.ago(KEPT_DAYS.accessLog)) });
  }

  /** Drafts of years that are long over; one that was recorded and withdrawn is in the journal, and stays. */
  private async clearDrafts(tx: EntityManager, schoolId: string): Promise<void> {
    const over = LessThan(this.ago(KEPT_DAYS.drafts).slice(0, 10));
    const years = await tx.findBy(SchoolYear, { schoolId, endsOn: over });
    const classes = await tx.find(SchoolClass, {
      select: { id: true },
      where: { schoolId, yearId: In(years.map(({ id }) => id)) },
    });
    const classId = In(classes.map(({ id }) => id));
    await tx.delete(MarkCell, {
      schoolId,
      classId,
      state: 'draft',
      eventSeq: IsNull(),
      recordedAt: IsNull(),
    });
    const columns = await tx.find(ScratchColumn, { select: { id: true }, where: { schoolId, classId } });
    const scratchId = In(columns.map(({ id }) => id));
    await tx.delete(ScratchMark, { schoolId, scratchId });
    await tx.delete(ScratchColumn, { schoolId, id: scratchId });
  }

  private async clearSessions(tx: EntityManager, schoolId: string): Promise<void> {
    const ended = LessThan(this.ago(KEPT_DAYS.sessions));
    const rows = await tx.find(Session, {
      select: { id: true, personId: true, createdAt: true },
      where: [
        { schoolId, expiresAt: ended },
        { schoolId, revokedAt: ended },
      ],
      order: { createdAt: 'ASC' },
    });
    const newest = await newestSessions(tx, schoolId);
    const over = rows.filter((row) => newest.get(row.personId) !== row.createdAt);
    const ids = over.slice(0, AT_ONCE).map(({ id }) => id);
    await tx.delete(Session, { schoolId, id: In(ids) });
    await this.record(tx, schoolId, 'sessions', ids);
  }

  private async clearCodes(tx: EntityManager, schoolId: string): Promise<void> {
    const ended = LessThan(this.ago(KEPT_DAYS.activationCodes));
    const rows = await tx.find(ActivationCode, {
      select: { id: true },
      where: [
        { schoolId, expiresAt: ended },
        { schoolId, usedAt: ended },
        { schoolId, voidedAt: ended },
      ],
      take: AT_ONCE,
    });
    const ids = rows.map(({ id }) => id);
    await tx.delete(ActivationCode, { schoolId, id: In(ids) });
    await this.record(tx, schoolId, 'activation_codes', ids);
  }

  private async record(
    tx: EntityManager,
    schoolId: string,
    subject: string,
    ids: readonly string[],
  ): Promise<void> {
    if (ids.length === 0) return;
    const by = { type: ROW_PRUNED, subject, actor: THE_CLOCK, at: this.clock.timestamp(), data: {} };
    await this.journal.appendAll(
      tx,
      schoolId,
      ids.map((subjectId) => ({ ...by, subjectId })),
    );
  }

  private ago(days: number): string {
    return new Date(this.clock.now().getTime() - days * DAY_MS).toISOString();
  }
}

/** By person: when their newest session began. */
async function newestSessions(tx: EntityManager, schoolId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .createQueryBuilder(Session, 'session')
    .select('session.personId', 'personId')
    .addSelect('MAX(session.createdAt)', 'createdAt')
    .where('session.schoolId = :schoolId', { schoolId })
    .groupBy('session.personId')
    .getRawMany<{ personId: string; createdAt: string }>();
  return new Map(rows.map(({ personId, createdAt }) => [personId, createdAt]));
}
