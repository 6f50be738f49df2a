/**
 * Enters the council's decisions (quyết định sau họp hội đồng): number and date, on results that hold. A decision is on
 * the pupils of the list that the meeting passed, and on nobody else: the first on the whole class, a later one on those
 * whose result a correction or the summer has changed.
 */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { DecisionAnswer, DecisionRequest } from '#contracts/results.js';
import { Journal } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { Classes } from '../school/classes.js';
import { ClassLists } from './class-lists.js';
import { CouncilMeetings } from './council-meetings.js';
import { CouncilDecision } from './results.entities.js';
import { Results } from './results.js';
import { holdDecided } from './reopened-classes.js';

@Injectable()
export class CouncilDecisions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly results: Results,
    private readonly lists: ClassLists,
    private readonly meetings: CouncilMeetings,
    private readonly journal: Journal,
  ) {}

  /**
   * @throws Problem RESULTS_MISSING; STATE_CONFLICT when the meeting did not pass the list that stands; ALREADY_EXISTS;
   *   VALIDATION for a day that has not come or lies before the meeting
   */
  async enter(session: SessionContext, request: DecisionRequest): Promise<DecisionAnswer> {
    const { classId, meetingId, number, decidedOn } = request;
    const { info, rule } = await this.access.authorize(session, classId, 'decision.enter');
    const { schoolId } = info;
    if (decidedOn > this.clock.today()) {
      const item = { where: 'decidedOn', code: 'IN_THE_FUTURE', message: 'Ngày quyết định chưa đến.' };
      throw new Problem('VALIDATION', item.message, [item]);
    }
    const id = randomUUID();
    await this.database.write(async (tx) => {
      await holdDecided(this.classes, tx, schoolId, [classId]);
      const list = await this.lists.standing(info);
      const results = await this.results.complete(info, list?.pupilIds);
      const meeting = await this.meetings.passing(info, meetingId);
      if (decidedOn < meeting.heldOn) {
        const message = `Ngày quyết định đứng trước ngày họp hội đồng (${meeting.heldOn}).`;
        throw new Problem('VALIDATION', message, [{ where: 'decidedOn', code: 'BEFORE_MEETING', message }]);
      }
      const same = await tx.findOneBy(CouncilDecision, { schoolId, classId, number });
      if (same)
        throw new Problem('ALREADY_EXISTS', `Quyết định số ${number} đã được nhập cho lớp ${info.name}.`);
      const row = {
        yearId: info.year.id,
        classId,
        meetingId,
        number,
        decidedOn,
        enteredBy: session.personId,
        enteredAt: this.clock.timestamp(),
        pupilIds: results.map(({ pupil }) => pupil.id),
      };
      const decidedResults = results.map(({ result }) => ({
        resultId: result.id,
        eventSeq: result.eventSeq,
      }));
      const eventSeq = await this.journal.append(tx, schoolId, {
        type: 'decision.entered',
        subject: 'council_decisions',
        subjectId: id,
        actor: session.personId,
        session: session.sessionId,
        rule,
        at: row.enteredAt,
        data: { ...row, results: decidedResults },
      });
      await tx.insert(CouncilDecision, { schoolId, id, ...row, eventSeq });
    });
    const entered = (await this.results.decisionsOf(session, classId)).find((answer) => answer.id === id);
    if (entered === undefined) throw new Error('a decision just entered is not there');
    return entered;
  }
}
