/** Opens and closes windows by hand: the IT officer, inside the announced times. */
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { WindowAnswer } from '#contracts/windows.js';
import { Journal } from '../audit/journal.js';
import { Clock, vietnamTime } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { notFound, Problem } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { holdOpenYear } from '../school/closed-year.js';
import { Relations } from '../school/relations.js';
import { windowAnswer } from './window-rows.js';
import { windowState } from './window-state.js';
import { EntryWindow, Notice } from './windows.entities.js';

@Injectable()
export class WindowMoves {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly relations: Relations,
    private readonly journal: Journal,
  ) {}

  /** Opens a window by hand, inside the announced times. @throws Problem STATE_CONFLICT outside them, or if it is over */
  async open(session: SessionContext, windowId: string): Promise<WindowAnswer> {
    return this.move(session, windowId, 'window.open', async (tx, window, now) => {
      const at = `${vietnamTime(window.opensAt)} đến ${vietnamTime(window.closesAt)}`;
      if (window.cancelledAt !== null) throw new Problem('STATE_CONFLICT', 'Đợt này đã bị hủy.');
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

  /** Closes an open window before its announced end. @throws Problem STATE_CONFLICT when it is not open */
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
      await holdOpenYear(tx, schoolId, found.yearId);
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
      const notices = await tx.findBy(Notice, { schoolId });
      return windowAnswer(
        { ...window, ...data },
        now,
        new Map(notices.map(({ id, number }) => [id, number])),
      );
    });
  }
}
