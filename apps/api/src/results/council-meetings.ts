/** Meetings of the council (họp hội đồng): who was there, the minutes, and how each class's list was voted on. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { MeetingAnswer, MeetingRequest } from '#contracts/council.js';
import type { Json } from '#ledger/format/jcs.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock, vietnamDate } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound, Problem, type ProblemItem } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import { Person } from '../identity/identity.entities.js';
import type { SessionContext } from '../identity/session-context.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { People } from '../school/people.js';
import { Relations } from '../school/relations.js';
import { ClassLists } from './class-lists.js';
import { CouncilMeeting, type ClassVote } from './council.entities.js';
import { holdDecided } from './reopened-classes.js';

@Injectable()
export class CouncilMeetings {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly relations: Relations,
    private readonly classes: Classes,
    private readonly people: People,
    private readonly lists: ClassLists,
    private readonly journal: Journal,
  ) {}

  /** Meetings of a year, newest first. */
  async list(session: SessionContext, yearId: string): Promise<MeetingAnswer[]> {
    await this.authorizer.authorize(session, 'council.read', await this.relations.ofSchool(session));
    const { schoolId } = session;
    const order = { heldOn: 'DESC', enteredAt: 'DESC' } as const;
    const rows = await this.database.read.find(CouncilMeeting, { where: { schoolId, yearId }, order });
    const classIds = rows.flatMap(({ votes }) => votes.map(({ classId }) => classId));
    const classes = await this.classes.loadMany(schoolId, [...new Set(classIds)]);
    const names = await this.people.names(
      schoolId,
      rows.flatMap((row) => [row.chairId, row.secretaryId]),
    );
    return rows.map(({ id, heldOn, chairId, secretaryId, members, present, minutes, votes }) => ({
      ...{ id, heldOn, members, present, minutes },
      chair: { id: chairId, fullName: names(chairId) },
      secretary: { id: secretaryId, fullName: names(secretaryId) },
      votes: votes.map(({ classId, votesFor, votesAgainst, abstained }) => ({
        ...{ classId, votesFor, votesAgainst, abstained },
        className: classes.find((info) => info.id === classId)?.name ?? classId,
        passed: passed({ votesFor }, present),
      })),
    }));
  }

  /**
   * Keeps a meeting; each class voted on has a list that stands.
   * @throws Problem NOT_FOUND (year, class, person), STATE_CONFLICT (a class without a list), VALIDATION (numbers, days)
   */
  async enter(session: SessionContext, request: MeetingRequest): Promise<MeetingAnswer> {
    const { schoolId } = session;
    const classIds = request.votes.map(({ classId }) => classId);
    const relation = await this.relations.ofReach(session, [{ classIds }]);
    const rule = await this.authorizer.authorize(session, 'council.minutes', relation);
    await this.refuseStrangers(schoolId, request);
    refuseWrong(request, this.clock.today());
    const id = randomUUID();
    await this.database.write(async (tx) => {
      await holdDecided(this.classes, tx, schoolId, classIds);
      const infos = await this.classes.loadMany(schoolId, classIds);
      if (infos.some((info) => info.year.id !== request.yearId)) throw notFound('lớp trong năm học này');
      const votes = await this.votes(infos, request);
      const { yearId, heldOn, chairId, secretaryId, members, present, minutes } = request;
      const row = {
        ...{ schoolId, id, yearId, heldOn, chairId, secretaryId, members, present, minutes, votes },
        ...{ enteredBy: session.personId, enteredAt: this.clock.timestamp() },
      };
      await tx.insert(CouncilMeeting, row);
      await this.journal.append(tx, schoolId, {
        ...{ type: 'council.met', subject: 'council_meetings', subjectId: id },
        ...{ actor: session.personId, session: session.sessionId, rule, at: row.enteredAt },
        data: { ...rowData(row), votes: votes as unknown as Json },
      });
    });
    const entered = (await this.list(session, request.yearId)).find((answer) => answer.id === id);
    if (entered === undefined) throw new Error('a meeting just entered is not there');
    return entered;
  }

  /**
   * The meeting that a decision on the class may rest on.
   * @throws Problem NOT_FOUND; STATE_CONFLICT when it did not pass the list that stands now
   */
  async passing(info: ClassInfo, meetingId: string): Promise<CouncilMeeting> {
    const { schoolId, id: classId, name } = info;
    const row = await this.database.read.findOneBy(CouncilMeeting, { schoolId, id: meetingId });
    if (row === null || row.yearId !== info.year.id) throw notFound('cuộc họp hội đồng');
    const vote = row.votes.find((candidate) => candidate.classId === classId);
    if (vote === undefined) throw conflict(`Cuộc họp này không biểu quyết về lớp ${name}.`);
    if (!passed(vote, row.present)) throw conflict(`Hội đồng không thông qua danh sách lớp ${name}.`);
    const list = await this.lists.standing(info);
    if (list?.id !== vote.listId) {
      throw conflict(
        `Kết quả lớp ${name} đã đổi (hoặc danh sách đã trả lại) sau khi hội đồng họp; cần danh sách mới và họp lại.`,
      );
    }
    return row;
  }

  private async votes(infos: readonly ClassInfo[], request: MeetingRequest): Promise<ClassVote[]> {
    const votes: ClassVote[] = [];
    const items: ProblemItem[] = [];
    for (const [i, { classId, votesFor, votesAgainst, abstained }] of request.votes.entries()) {
      const info = infos.find((candidate) => candidate.id === classId);
      const list = info === undefined ? null : await this.lists.standing(info);
      if (list === null || vietnamDate(new Date(list.submittedAt)) > request.heldOn) {
        const message = `Lớp ${info?.name ?? ''}: ngày ${request.heldOn} chưa có danh sách đúng với kết quả để biểu quyết.`;
        items.push({ where: `votes.${i}`, code: 'NO_LIST', message });
      } else {
        votes.push({ classId, listId: list.id, votesFor, votesAgainst, abstained });
      }
    }
    if (items.length > 0) throw new Problem('STATE_CONFLICT', 'Còn lớp chưa đưa ra hội đồng được.', items);
    return votes;
  }

  private async refuseStrangers(schoolId: string, { chairId, secretaryId }: MeetingRequest): Promise<void> {
    const ids = [...new Set([chairId, secretaryId])];
    const known = await this.database.read.countBy(Person, { schoolId, id: In(ids) });
    if (known < ids.length) throw notFound('người chủ trì hoặc thư kí');
  }
}

/** More than half of those present. */
export function passed({ votesFor }: Pick<ClassVote, 'votesFor'>, present: number): boolean {
  return votesFor * 2 > present;
}

function refuseWrong(request: MeetingRequest, today: string): void {
  const items: ProblemItem[] = [];
  const wrong = (where: string, code: string, message: string) => items.push({ where, code, message });
  const { heldOn, members, present, votes, chairId, secretaryId } = request;
  if (heldOn > today) wrong('heldOn', 'IN_THE_FUTURE', 'Ngày họp chưa đến.');
  if (chairId === secretaryId)
    wrong('secretaryId', 'SAME_PERSON', 'Chủ trì và thư kí là hai người khác nhau.');
  if (present > members) wrong('present', 'TOO_MANY', 'Số người có mặt nhiều hơn số thành viên.');
  if (present * 2 <= members) wrong('present', 'NO_QUORUM', 'Chưa quá nửa số thành viên có mặt.');
  for (const [i, { votesFor, votesAgainst, abstained }] of votes.entries()) {
    const all = votesFor + votesAgainst + abstained;
    if (all === present) continue;
    wrong(`votes.${i}`, 'VOTES_DIFFER', `Có ${all} phiếu mà ${present} người có mặt.`);
  }
  if (items.length > 0) throw new Problem('VALIDATION', `Biên bản có ${items.length} chỗ chưa đúng.`, items);
}

function conflict(detail: string): Problem {
  return new Problem('STATE_CONFLICT', detail);
}
