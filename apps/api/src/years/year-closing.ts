/** The principal closes a school year (đóng năm học): one act, after which the year changes by approved correction only. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { YearCloseParams, type YearClosingAnswer } from '#contracts/years.js';
import { Journal } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { notFound, Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { Acts, type ActAnswer, type Change } from '../identity/acts.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { refuseClosed, type ClosedRule } from '../school/closed-year.js';
import { People } from '../school/people.js';
import { Relations } from '../school/relations.js';
import { SchoolYear } from '../school/school.entities.js';
import { WindowClock } from '../windows/window-clock.js';
import { ClosingGates } from './closing-gates.js';

@Injectable()
export class YearClosing implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly acts: Acts,
    private readonly relations: Relations,
    private readonly classes: Classes,
    private readonly people: People,
    private readonly gates: ClosingGates,
    private readonly windowClock: WindowClock,
    private readonly journal: Journal,
  ) {}

  onModuleInit(): void {
    this.acts.register('year.close', async (session, params) => {
      return (await this.plan(session, validated(YearCloseParams, params))).change;
    });
  }

  /** What is still to be done before the year can be closed; of a closed one who closed it, and by which rules it stays. */
  async check(session: SessionContext, yearId: string): Promise<YearClosingAnswer> {
    await this.authorizer.authorize(session, 'year.check', await this.relations.ofSchool(session));
    const year = await this.year(session, yearId);
    const { label, closedAt, closedBy } = year;
    const names = await this.people.names(session.schoolId, [closedBy]);
    const { blockers, held, classes } = await this.gates.of(year);
    return {
      ...{ yearId, label, closedAt, closedBy: closedBy === null ? null : names(closedBy) },
      rules: [...(year.closedRules ?? rulesOf(classes))],
      blockers: closedAt === null ? [...blockers] : [],
      held: [...held],
    };
  }

  /**
   * Closes the year for good.
   * @throws Problem NOT_FOUND, FORBIDDEN (not the principal; pupils held back and no reason), YEAR_CLOSED;
   *   STATE_CONFLICT with everything that stands in the way
   */
  async close(session: SessionContext, params: YearCloseParams, act: ActAnswer): Promise<YearClosingAnswer> {
    const { schoolId } = session;
    await this.database.write(async (tx) => {
      // Whoever writes of the year holds its row or a class: each of them is before the closing, or after it.
      await tx.findOne(SchoolYear, { where: { schoolId, id: params.yearId }, ...rowLock(tx) });
      const all = await this.classes.ofYear(schoolId, params.yearId);
      await this.classes.hold(
        tx,
        schoolId,
        all.map(({ id }) => id),
        'allowed',
      );
      await this.windowClock.tellDue({ schoolId, yearId: params.yearId });
      const { change, rule, rules } = await this.plan(session, params);
      await this.acts.use(tx, session, act, 'year.close', change);
      const closed = { closedAt: this.clock.timestamp(), closedBy: session.personId, closedRules: rules };
      await tx.update(SchoolYear, { schoolId, id: params.yearId }, closed);
      await this.journal.append(tx, schoolId, {
        ...{ type: 'year.closed', subject: 'school_years', subjectId: params.yearId },
        ...{ actor: session.personId, session: session.sessionId, act: act.id, rule, at: closed.closedAt },
        data: {
          ...closed,
          closedRules: rules.map((each) => ({ ...each })),
          heldReason: params.heldReason ?? null,
        },
      });
    });
    return this.check(session, params.yearId);
  }

  /** The exact change, from what holds now; asked when the act is stated and again when it is used. */
  private async plan(
    session: SessionContext,
    { yearId, heldReason }: YearCloseParams,
  ): Promise<{ readonly change: Change; readonly rule: string; readonly rules: ClosedRule[] }> {
    const year = await this.year(session, yearId);
    const { blockers, held, classes } = await this.gates.of(year);
    const rule = await this.authorizer.authorize(session, 'year.close', {
      ...(await this.relations.ofSchool(session)),
      gaps: held.length > 0,
      reasonGiven: heldReason !== undefined,
    });
    refuseClosed(year);
    if (blockers.length > 0) {
      throw new Problem(
        'STATE_CONFLICT',
        `Chưa đóng được năm học ${year.label}: còn ${blockers.length} việc chưa xong.`,
        blockers,
      );
    }
    const rules = rulesOf(classes);
    const change = {
      ...{ action: 'year.close', year: { id: yearId, label: year.label }, heldReason: heldReason ?? null },
      rules: rules.map((each) => ({ ...each })),
      classes: classes.map(({ id, name }) => ({ id, name })),
      held: held.map(({ pupilId, className, reasons }) => ({ pupilId, className, reasons: [...reasons] })),
    };
    return { change, rule, rules };
  }

  private async year({ schoolId }: SessionContext, id: string): Promise<SchoolYear> {
    const year = await this.database.read.findOneBy(SchoolYear, { schoolId, id });
    if (year === null) throw notFound('năm học');
    return year;
  }
}

/** What each grade that has classes is judged by. */
function rulesOf(classes: readonly ClassInfo[]): ClosedRule[] {
  const grades = [...new Set(classes.map(({ grade }) => grade))].sort((a, b) => a - b);
  return grades.flatMap((grade) => {
    const ruleSet = classes.find((info) => info.grade === grade)?.ruleSet;
    return ruleSet === undefined ? [] : [{ grade, id: ruleSet.id, version: ruleSet.version }];
  });
}
