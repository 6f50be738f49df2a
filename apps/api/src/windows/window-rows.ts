/** Entry windows between request, row and answer. Pure. */
import { randomUUID } from 'node:crypto';
import type { WindowAnswer, WindowRequest } from '#contracts/windows.js';
import type { Switches } from '#policy/switches.js';
import type { ProblemItem } from '../http/problem.js';
import { windowState } from './window-state.js';
import type { EntryWindow, WindowScope } from './windows.entities.js';

/** What an announced window is judged by. */
export interface AnnouncementRules {
  /** Periods that this school has sheets of. */
  readonly periods: readonly string[];
  readonly windowOpening: Switches['windowOpening'];
  readonly now: string;
}

/** What is wrong with an announced window, each at its place in the request. */
export function windowProblems(
  window: WindowRequest,
  where: string,
  { periods, windowOpening, now }: AnnouncementRules,
): ProblemItem[] {
  const items: ProblemItem[] = [];
  const add = (field: string, code: string, message: string) =>
    items.push({ where: `${where}.${field}`, code, message });
  if (!periods.includes(window.period)) {
    add('period', 'WRONG_PERIOD', `Trường này cập nhật theo các thời điểm: ${periods.join(', ')}.`);
  }
  if (windowOpening !== 'either' && window.opening !== windowOpening) {
    const how = windowOpening === 'clock' ? 'mở theo đồng hồ' : 'do nhân viên CNTT mở';
    add('opening', 'WRONG_OPENING', `Quy chế của trường: mọi đợt cập nhật ${how}.`);
  }
  const makeUp = window.kind === 'make-up';
  if (makeUp && window.scope.columns === undefined) {
    add('scope.columns', 'MAKE_UP_COLUMNS', 'Đợt kiểm tra bù phải nêu rõ các cột được nhập.');
  }
  if (!makeUp && window.scope.pupilIds !== undefined) {
    add('scope.pupilIds', 'NOT_MAKE_UP', 'Chỉ đợt kiểm tra bù mới mở riêng cho một số học sinh.');
  }
  return [...items, ...timeProblems(utc(window.opensAt), utc(window.closesAt), where, now)];
}

/** What is wrong with the times of a window that has not ended. @param opensAt in UTC, as `closesAt` */
export function timeProblems(opensAt: string, closesAt: string, where: string, now: string): ProblemItem[] {
  if (opensAt >= closesAt) {
    const message = 'Giờ đóng phải sau giờ mở.';
    return [{ where: `${where}.closesAt`, code: 'ENDS_BEFORE_START', message }];
  }
  if (closesAt > now) return [];
  return [{ where: `${where}.closesAt`, code: 'IN_THE_PAST', message: 'Giờ đóng đã qua.' }];
}

/** The window as it is kept: times in UTC, nothing opened yet. */
export function windowRow(
  notice: { schoolId: string; id: string },
  yearId: string,
  window: WindowRequest,
): EntryWindow {
  return {
    schoolId: notice.schoolId,
    id: randomUUID(),
    noticeId: notice.id,
    yearId,
    period: window.period,
    scope: scopeOf(window.scope),
    opensAt: utc(window.opensAt),
    closesAt: utc(window.closesAt),
    opening: window.opening,
    openedAt: null,
    openedBy: null,
    closedAt: null,
    closedBy: null,
    kind: window.kind ?? 'general',
    cancelledAt: null,
    changeNoticeId: null,
    clockOpenedAt: null,
    clockClosedAt: null,
  };
}

/** Without the lists that were left out. */
function scopeOf({ grades, classIds, areas, columns, pupilIds }: WindowScope) {
  return {
    ...(grades === undefined ? {} : { grades: [...grades] }),
    ...(classIds === undefined ? {} : { classIds: [...classIds] }),
    ...(areas === undefined ? {} : { areas: [...areas] }),
    ...(columns === undefined ? {} : { columns: [...columns] }),
    ...(pupilIds === undefined ? {} : { pupilIds: [...pupilIds] }),
  };
}

/** The window as it is shown, with its state now. @param numbers of notices, by id */
export function windowAnswer(
  window: EntryWindow,
  now: string,
  numbers: ReadonlyMap<string, string>,
): WindowAnswer {
  const { id, yearId, period, opensAt, closesAt, opening, openedAt, closedAt, kind, cancelledAt } = window;
  return {
    ...{ id, yearId, period, opensAt, closesAt, opening, openedAt, closedAt, kind, cancelledAt },
    scope: scopeOf(window.scope),
    changedBy: window.changeNoticeId === null ? null : (numbers.get(window.changeNoticeId) ?? '?'),
    state: windowState(window, now),
  };
}

/** An instant with any offset, in UTC as it is kept. */
export function utc(instant: string): string {
  return new Date(instant).toISOString();
}
