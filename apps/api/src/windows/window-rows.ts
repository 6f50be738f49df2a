/** Entry windows between request, row and answer. Pure. */
import { randomUUID } from 'node:crypto';
import type { WindowAnswer, WindowRequest } from '#contracts/windows.js';
import type { ProblemItem } from '../http/problem.js';
import { windowState } from './window-state.js';
import type { EntryWindow, WindowScope } from './windows.entities.js';

/** What is wrong with an announced window, each at its place in the request. */
export function windowProblems(
  window: WindowRequest,
  where: string,
  periods: readonly string[],
  now: string,
): ProblemItem[] {
  const items: ProblemItem[] = [];
  if (!periods.includes(window.period)) {
    const message = `Trường này cập nhật theo các thời điểm: ${periods.join(', ')}.`;
    items.push({ where: `${where}.period`, code: 'WRONG_PERIOD', message });
  }
  if (utc(window.opensAt) >= utc(window.closesAt)) {
    items.push({
      where: `${where}.closesAt`,
      code: 'ENDS_BEFORE_START',
      message: 'Giờ đóng phải sau giờ mở.',
    });
  } else if (utc(window.closesAt) <= now) {
    items.push({ where: `${where}.closesAt`, code: 'IN_THE_PAST', message: 'Giờ đóng đã qua.' });
  }
  return items;
}

/** The window as it is kept: times in UTC, nothing opened yet. */
export function windowRow(notice: { schoolId: string; id: string }, yearId: string, window: WindowRequest) {
  return {
    schoolId: notice.schoolId,
    id: randomUUID(),
    noticeId: notice.id,
    yearId,
    period: window.period,
    scope: scopeOf(window),
    opensAt: utc(window.opensAt),
    closesAt: utc(window.closesAt),
    opening: window.opening,
    openedAt: null,
    openedBy: null,
    closedAt: null,
    closedBy: null,
  };
}

function scopeOf({ scope }: WindowRequest): WindowScope {
  const { grades, classIds, areas, columns } = scope;
  return {
    ...(grades === undefined ? {} : { grades }),
    ...(classIds === undefined ? {} : { classIds }),
    ...(areas === undefined ? {} : { areas }),
    ...(columns === undefined ? {} : { columns }),
  };
}

/** The window as it is shown, with its state now. */
export function windowAnswer(window: EntryWindow, now: string): WindowAnswer {
  const { id, yearId, period, opensAt, closesAt, opening, openedAt, closedAt } = window;
  const { grades, classIds, areas, columns } = window.scope;
  const scope = {
    ...(grades === undefined ? {} : { grades: [...grades] }),
    ...(classIds === undefined ? {} : { classIds: [...classIds] }),
    ...(areas === undefined ? {} : { areas: [...areas] }),
    ...(columns === undefined ? {} : { columns: [...columns] }),
  };
  return {
    id,
    yearId,
    period,
    scope,
    opensAt,
    closesAt,
    opening,
    openedAt,
    closedAt,
    state: windowState(window, now),
  };
}

function utc(instant: string): string {
  return new Date(instant).toISOString();
}
