/** Notices of entry times, and the windows under them: announced by a vice-principal, opened and closed by IT. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Like, type EntityManager } from 'typeorm';
import { periodsOf } from '#regulations/sheets.js';
import type { NoticeAnswer, NoticeRequest, WindowAnswer } from '#contracts/windows.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock, vietnamTime } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { notFound, Problem } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { Classes } from '../school/classes.js';
import { People } from '../school/people.js';
import { Relations } from '../school/relations.js';
import { School, SchoolYear } from '../school/school.entities.js';
import { windowAnswer, windowProblems, windowRow } from './window-rows.js';
import { windowState } from './window-state.js';
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
    const now = this.clock.timestamp();
    return notices.map((notice) => ({
      id: notice.id,
      number: notice.number,
      issuedOn: notice.issuedOn,
      title: notice.title,
      announcedBy: names(notice.announcedBy),
      windows: windows
        .filter((window) => window.noticeId === notice.id)
        .map((window) => windowAnswer(window, now)),
    }));
  }

  /** Announces a notice with its windows. @throws Problem ALREADY_EXISTS for a number used in that year */
  async announce(session: SessionContext, request: NoticeRequest): Promise<NoticeAnswer> {
    const relation = await this.relations.ofSchool(session);
    const rule = await this.authorizer.authorize(session, 'notice.announce', relation);
    const { schoolId } = session;
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
      // Papers are numbered anew each calendar year.
      const year = Like(`${notice.issuedOn.slice(0, 4)}-%`);
      const same = await tx.findOneBy(Notice, { schoolId, number: notice.number, issuedOn: year });
      if (same)
        throw new Problem('ALREADY_EXISTS', `Đã có Thông báo số ${notice.number} ngày ${same.issuedOn}.`);
      await tx.insert(Notice, notice);
      await tx.insert(EntryWindow, windows);
      const by = { actor: session.personId, session: session.sessionId, rule, at: announcedAt };
      const events = windows.map((window): NewEvent => {
        const data = { ...rowData(window, 'scope'), scope: { ...window.scope } };
        return { ...by, type: 'window.announced', subject: 'windows', subjectId: window.id, data };
      });
      const data = rowData(notice);
      await this.journal.appendAll(tx, schoolId, [
        { ...by, type: 'notice.announced', subject: 'notices', subjectId: notice.id, data },
        ...events,
      ]);
    });
    const [found] = (await this.list(session)).filter((answer) => answer.id === notice.id);
    if (found === undefined) throw new Error('a notice just written is not there');
    return found;
  }

  /** Opens a window by hand, inside the announced times. */
  async open(session: SessionContext, windowId: string): Promise<WindowAnswer> {
    return this.move(session, windowId, 'window.open', async (tx, window, now) => {
      const at = `${vietnamTime(window.opensAt)} đến ${vietnamTime(window.closesAt)}`;
      if (window.opening === 'clock') {
        throw new Problem('STATE_CONFLICT', `Đợt này tự mở theo thông báo, từ ${at}; không mở bằng tay.`);
      }
      if (window.openedAt !== null) throw new Problem('STATE_CONFLICT', 'Đợt này đã được mở.');
      if (now < window.opensAt || now >= window.closesAt || window.closedAt !== null) {
        throw new Problem('STATE_CONFLICT', `Chỉ mở được trong thời gian đã thông báo: từ ${at}.`);
      }
      const opened = { openedAt: now, openedBy: session.personId };
      await tx.update(EntryWindow, { schoolId: window.schoolId, id: window.id }, opened);
      return opened;
    });
  }

  /** Closes an open window before its announced end. */
  async close(session: SessionContext, windowId: string): Promise<WindowAnswer> {
    return this.move(session, windowId, 'window.close', async (tx, window, now) => {
      if (windowState(window, now) !== 'open') {
        throw new Problem('STATE_CONFLICT', 'Đợt này hiện không mở nên không có gì để đóng.');
      }
      const closed = { closedAt: now, closedBy: session.personId };
      await tx.update(EntryWindow, { schoolId: window.schoolId, id: window.id }, closed);
      return closed;
    });
  }

  private async move(
    session: SessionContext,
    windowId: string,
    action: 'window.open' | 'window.close',
    change: (tx: EntityManager, window: EntryWindow, now: string) => Promise<Record<string, string>>,
  ): Promise<WindowAnswer> {
    const { schoolId } = session;
    const found = await this.database.read.findOneBy(EntryWindow, { schoolId, id: windowId });
    if (!found) throw notFound('đợt cập nhật');
    // Every window stands on a notice: the foreign key sees to it.
    const relation = { ...(await this.relations.ofSchool(session)), noticeAnnounced: true };
    const rule = await this.authorizer.authorize(session, action, relation);
    const now = this.clock.timestamp();
    return this.database.write(async (tx) => {
      const window = await tx.findOneOrFail(EntryWindow, {
        where: { schoolId, id: windowId },
        ...rowLock(tx),
      });
      const data = await change(tx, window, now);
      await this.journal.append(tx, schoolId, {
        type: action === 'window.open' ? 'window.opened' : 'window.closed',
        subject: 'windows',
        subjectId: windowId,
        actor: session.personId,
        session: session.sessionId,
        rule,
        at: now,
        data,
      });
      return windowAnswer({ ...window, ...data }, now);
    });
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
    const school = await read.findOneByOrFail(School, { id: schoolId });
    const periods: readonly string[] = periodsOf(school.level === 'PRIMARY' ? 'tt27-2020' : 'tt22-2021');
    const now = this.clock.timestamp();
    const items = request.windows.flatMap((window, i) =>
      windowProblems(window, `windows.${i}`, periods, now),
    );
    if (items.length > 0)
      throw new Problem('VALIDATION', `Thông báo có ${items.length} chỗ chưa đúng.`, items);
  }
}
