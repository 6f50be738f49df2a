/** What a further notice does to windows announced before: other times (gia hạn, dời), or calling off (hủy). Pure. */
import type { WindowChangeRequest } from '#contracts/windows.js';
import type { ProblemItem } from '../http/problem.js';
import { timeProblems, utc } from './window-rows.js';
import type { EntryWindow } from './windows.entities.js';

/** New values of a window's columns, as its event keeps them. */
export interface WindowChange {
  readonly type: 'window.changed' | 'window.cancelled';
  readonly window: EntryWindow;
  readonly data: Partial<Omit<EntryWindow, 'schoolId' | 'id' | 'scope'>>;
}

/** The change, or what is wrong with it, at its place in the request. */
export function plannedChange(
  window: EntryWindow,
  change: WindowChangeRequest,
  by: { readonly noticeId: string; readonly where: string; readonly now: string },
): WindowChange | ProblemItem[] {
  const { noticeId, where, now } = by;
  if (window.cancelledAt !== null || window.closedAt !== null) {
    const what = window.cancelledAt === null ? 'đóng bằng tay' : 'hủy';
    const message = `Đợt này đã bị ${what}; muốn nhập thêm, hãy thông báo một đợt mới.`;
    return [{ where, code: 'WINDOW_OVER', message }];
  }
  if (change.cancel === true) {
    return { type: 'window.cancelled', window, data: { cancelledAt: now, changeNoticeId: noticeId } };
  }
  const opensAt = change.opensAt === undefined ? window.opensAt : utc(change.opensAt);
  const closesAt = change.closesAt === undefined ? window.closesAt : utc(change.closesAt);
  if (opensAt === window.opensAt && closesAt === window.closesAt) {
    return [{ where, code: 'NOTHING_CHANGED', message: 'Hãy nêu giờ mở, giờ đóng mới, hoặc hủy đợt.' }];
  }
  if (opensAt !== window.opensAt && now >= window.opensAt) {
    const message = 'Đã quá giờ mở của đợt này nên chỉ đổi được giờ đóng.';
    return [{ where: `${where}.opensAt`, code: 'ALREADY_BEGUN', message }];
  }
  const wrong = timeProblems(opensAt, closesAt, where, now);
  if (wrong.length > 0) return wrong;
  // With other times the clock's openings and endings are told to the journal anew.
  const again = {
    ...(opensAt === window.opensAt ? {} : { clockOpenedAt: null }),
    ...(closesAt === window.closesAt ? {} : { clockClosedAt: null }),
  };
  return { type: 'window.changed', window, data: { opensAt, closesAt, changeNoticeId: noticeId, ...again } };
}
