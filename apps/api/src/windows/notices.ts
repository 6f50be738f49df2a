/** Notices of entry times: announced by a vice-principal, with new windows, and with changes of earlier ones. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, Like, type EntityManager } from 'typeorm';
import { switchesOf } from '#policy/switches.js';
import { periodsOf } from '#regulations/sheets.js';
import type { NoticeAnswer, NoticeRequest } from '#contracts/windows.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { notFound, Problem, type ProblemItem } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import type { Reach } from '../school/charges.js';
import { Classes } from '../school/classes.js';
import { holdOpenYear } from '../school/closed-year.js';
import { People } from '../school/people.js';
import { Relations } from '../school/relations.js';
import { Enrolment, School, SchoolYear } from '../school/school.entities.js';
import { plannedChange, type WindowChange } from './window-changes.js';
import { windowAnswer, windowProblems, windowRow } from './window-rows.js';
import { EntryWindow, Notice } from './windows.entities.js';

@Injectable()
export class Notices {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly relations: Relations,
    private readonly classes: Classes,
    private readonly people: People,
    private readonly journal: Journal,
  ) {}

  /** Every notice of the school with its windows, newest first. */
  async list(session: SessionContext): Promise<NoticeAnswer[]> {
    await this.authorizer.authorize(session, 'window.read', await this.relations.ofSchool(session));
    const { schoolId } = session;
    const notices = await this.database.read.find(Notice, {
      where: { schoolId },
      order: { issuedOn: 'DESC', announcedAt: 'DESC' },
    });
    const windows = await this.database.read.find(EntryWindow, {
      where: { schoolId },
      order: { opensAt: 'ASC', id: 'ASC' },
    });
    const names = await this.people.names(
      schoolId,
      notices.map((notice) => notice.announcedBy),
    );
    const numbers = new Map(notices.map(({ id, number }) => [id, number]));
    const now = this.clock.timestamp();
    return notices.map((notice) => ({
      id: notice.id,
      number: notice.number,
      issuedOn: notice.issuedOn,
      title: notice.title,
      announcedBy: names(notice.announcedBy),
      windows: windows
        .filter((window) => window.noticeId === notice.id)
        .map((window) => windowAnswer(window, now, numbers)),
      changed: windows
        .filter((window) => window.changeNoticeId === notice.id)
        .map((window) => windowAnswer(window, now, numbers)),
    }));
  }

  /**
   * Announces a notice with its windows and its changes of earlier windows, all or none.
   * @throws Problem ALREADY_EXISTS for a number used in that year; NOT_FOUND; VALIDATION with every place that is wrong
   */
  async announce(session: SessionContext, request: NoticeRequest): Promise<NoticeAnswer> {
    const { schoolId } = session;
    const relation = await this.relations.ofReach(session, await this.reach(schoolId, request));
    const rule = await this.authorizer.authorize(session, 'notice.announce', relation);
    await this.check(schoolId, request);
    const announcedAt = this.clock.timestamp();
    const notice = {
      schoolId,
      id: randomUUID(),
      number: request.number,
      issuedOn: request.issuedOn,
      title: request.title,
      announcedBy: session.personId,
      announcedAt,
    };
    const windows = request.windows.map((window) => windowRow(notice, request.yearId, window));
    await this.database.write(async (tx) => {
      await holdOpenYear(tx, schoolId, request.yearId);
      await refuseSameNumber(tx, notice);
      const changes = await this.changes(tx, request, notice);
      await tx.insert(Notice, notice);
      if (windows.length > 0) await tx.insert(EntryWindow, windows);
      for (const { window, data } of changes) {
        await tx.update(EntryWindow, { schoolId, id: window.id }, data);
      }
      const by = { actor: session.personId, session: session.sessionId, rule, at: announcedAt };
      const announced = windows.map((window): NewEvent => {
        const data = { ...rowData(window, 'scope'), scope: { ...window.scope } };
        return { ...by, type: 'window.announced', subject: 'windows', subjectId: window.id, data };
      });
      const changed = changes.map(({ type, window, data }): NewEvent => {
        return { ...by, type, subject: 'windows', subjectId: window.id, data: { ...data } };
      });
      await this.journal.appendAll(tx, schoolId, [
        { ...by, type: 'notice.announced', subject: 'notices', subjectId: notice.id, data: rowData(notice) },
        ...announced,
        ...changed,
      ]);
    });
    const [found] = (await this.list(session)).filter((answer) => answer.id === notice.id);
    if (found === undefined) throw new Error('a notice just written is not there');
    return found;
  }

  /** All that a notice is about: its own windows, and those that it changes. */
  private async reach(schoolId: string, { windows, changes = [] }: NoticeRequest): Promise<Reach[]> {
    const changed =
      changes.length === 0
        ? []
        : await this.database.read.findBy(EntryWindow, {
            schoolId,
            id: In(changes.map(({ windowId }) => windowId)),
          });
    return [...windows, ...changed].map(({ scope }) => scope);
  }

  /** The changes of earlier windows, held until the unit ends. */
  private async changes(
    tx: EntityManager,
    { changes = [], yearId }: NoticeRequest,
    { schoolId, id, announcedAt }: Pick<Notice, 'schoolId' | 'id' | 'announcedAt'>,
  ): Promise<WindowChange[]> {
    if (changes.length === 0) return [];
    const windows = await tx.find(EntryWindow, {
      where: { schoolId, yearId, id: In(changes.map(({ windowId }) => windowId)) },
      order: { id: 'ASC' },
      ...rowLock(tx),
    });
    const planned = changes.map((change, i) => {
      const window = windows.find((candidate) => candidate.id === change.windowId);
      if (window === undefined) throw notFound('đợt cập nhật');
      return plannedChange(window, change, { noticeId: id, where: `changes.${i}`, now: announcedAt });
    });
    const items = planned.flatMap((plan) => ('type' in plan ? [] : plan));
    refuse(items);
    return planned.filter((plan): plan is WindowChange => 'type' in plan);
  }

  private async check(schoolId: string, request: NoticeRequest): Promise<void> {
    const read = this.database.read;
    const year = await read.findOneBy(SchoolYear, { schoolId, id: request.yearId });
    if (!year) throw notFound('năm học');
    const classIds = [...new Set(request.windows.flatMap((window) => window.scope.classIds ?? []))];
    const classes = await this.classes.loadMany(schoolId, classIds);
    if (classes.length < classIds.length || classes.some((info) => info.year.id !== year.id)) {
      throw notFound('lớp trong phạm vi của thông báo');
    }
    const pupilIds = [...new Set(request.windows.flatMap((window) => window.scope.pupilIds ?? []))];
    const enrolled = await read.findBy(Enrolment, { schoolId, pupilId: In(pupilIds) });
    if (new Set(enrolled.map(({ pupilId }) => pupilId)).size < pupilIds.length) throw notFound('học sinh');
    const school = await read.findOneByOrFail(School, { id: schoolId });
    const rules = {
      periods: periodsOf(school.level === 'PRIMARY' ? 'tt27-2020' : 'tt22-2021'),
      windowOpening: switchesOf(school.settings).windowOpening,
      now: this.clock.timestamp(),
    };
    const nothing = request.windows.length + (request.changes ?? []).length === 0;
    refuse([
      ...(nothing
        ? [{ where: 'windows', code: 'NO_WINDOWS', message: 'Thông báo phải có ít nhất một đợt nhập.' }]
        : []),
      ...request.windows.flatMap((window, i) => windowProblems(window, `windows.${i}`, rules)),
    ]);
  }
}

/** Papers are numbered anew each calendar year. */
async function refuseSameNumber(
  tx: EntityManager,
  { schoolId, number, issuedOn }: Pick<Notice, 'schoolId' | 'number' | 'issuedOn'>,
): Promise<void> {
  const year = Like(`${issuedOn.slice(0, 4)}-%`);
  const same = await tx.findOneBy(Notice, { schoolId, number, issuedOn: year });
  if (same) throw new Problem('ALREADY_EXISTS', `Đã có Thông báo số ${number} ngày ${same.issuedOn}.`);
}

function refuse(items: readonly ProblemItem[]): void {
  if (items.length === 0) return;
  throw new Problem('VALIDATION', `Thông báo có ${items.length} chỗ chưa đúng.`, items);
}
