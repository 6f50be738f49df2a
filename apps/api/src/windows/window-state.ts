/**
 * Whether a cell can be written at a moment, and why not: pure rules over notices, windows and locks. A window is open
 * or not by the times that are stored and by "now" alone: a restart, a process that was down or a clock that jumps back
 * and forth leave nothing behind that could keep it open.
 */
import { vietnamTime } from '../clock.js';
import type { EntryWindow, PeriodLock } from './windows.entities.js';

export type WindowState = 'announced' | 'open' | 'closed';

/** Where a cell is, as far as windows go. */
export interface CellPlace {
  readonly grade: number;
  readonly classId: string;
  readonly area: string;
  readonly column: string;
  /** Left out: the column as a whole, which a window for some pupils does not open. */
  readonly pupilId?: string;
}

/** A window with the numbers of its notices. */
export interface AnnouncedWindow {
  readonly window: EntryWindow;
  readonly noticeNumber: string;
  /** Of the last notice that changed it. */
  readonly changeNumber: string | null;
}

/** What may stand in the way of writing in a sheet. */
export interface Gate {
  /** Windows of the sheet's year and period. */
  readonly windows: readonly AnnouncedWindow[];
  /** The lock in force, with the name of who locked; null when not locked. */
  readonly lock: { readonly row: PeriodLock; readonly by: string } | null;
  /** When the school year was closed. */
  readonly yearClosedAt: string | null;
  /** ISO 8601, UTC. */
  readonly now: string;
}

export type ClosedCode =
  'YEAR_CLOSED' | 'LOCKED' | 'NO_WINDOW' | 'NOT_YET' | 'NOT_OPENED' | 'WINDOW_CLOSED' | 'CANCELLED';

/** Why a cell is closed: which window or lock, and whom to ask. */
export interface Closed {
  readonly code: ClosedCode;
  readonly sentence: string;
}

/** A window is never open outside the times that were announced, whoever opened it. */
export function windowState(window: EntryWindow, now: string): WindowState {
  if (window.cancelledAt !== null || window.closedAt !== null || now >= window.closesAt) return 'closed';
  if (now < window.opensAt) return 'announced';
  return window.opening === 'clock' || window.openedAt !== null ? 'open' : 'announced';
}

/** Whether a window's scope takes in a cell; a list that is left out means "all". */
function covers(window: EntryWindow, place: CellPlace): boolean {
  const { grades, classIds, areas, columns, pupilIds } = window.scope;
  return (
    (grades?.includes(place.grade) ?? true) &&
    (classIds?.includes(place.classId) ?? true) &&
    (areas?.includes(place.area) ?? true) &&
    (columns?.includes(place.column) ?? true) &&
    (pupilIds === undefined || (place.pupilId !== undefined && pupilIds.includes(place.pupilId)))
  );
}

/** The windows that are open over a cell; a lock or a closed year is another matter. */
export function openWindows(
  { windows, now }: Pick<Gate, 'windows' | 'now'>,
  place: CellPlace,
): EntryWindow[] {
  return windows
    .map(({ window }) => window)
    .filter((window) => covers(window, place) && windowState(window, now) === 'open');
}

/** Null when the cell is open. A lock and a window are told apart: lifting one never lifts the other. */
export function whyClosed(gate: Gate, place: CellPlace): Closed | null {
  if (gate.yearClosedAt !== null) {
    const sentence = `Năm học đã đóng lúc ${vietnamTime(gate.yearClosedAt)}; chỉ sửa được bằng đề nghị sửa đã duyệt.`;
    return { code: 'YEAR_CLOSED', sentence };
  }
  if (gate.lock !== null) {
    const { row, by } = gate.lock;
    const sentence = `Sổ đã khóa lúc ${vietnamTime(row.lockedAt)} (${by} khóa); muốn sửa hoặc bổ sung, hãy gửi đề nghị sửa.`;
    return { code: 'LOCKED', sentence };
  }
  if (openWindows(gate, place).length > 0) return null;
  return noWindowOpen(
    gate.windows.filter(({ window }) => covers(window, place)),
    gate.now,
  );
}

function noWindowOpen(relevant: readonly AnnouncedWindow[], now: string): Closed {
  const next = relevant
    .filter(({ window }) => windowState(window, now) === 'announced')
    .sort((a, b) => (a.window.opensAt < b.window.opensAt ? -1 : 1))[0];
  if (next !== undefined) return notOpenYet(next, now);
  const last = [...relevant].sort((a, b) => (endOf(a.window) < endOf(b.window) ? 1 : -1))[0];
  if (last === undefined) {
    return {
      code: 'NO_WINDOW',
      sentence: 'Chưa có thông báo mở cập nhật cho cột này; hãy hỏi Phó Hiệu trưởng phụ trách.',
    };
  }
  if (last.window.cancelledAt !== null) {
    const sentence = `Đợt cập nhật theo Thông báo số ${last.noticeNumber} đã bị hủy theo Thông báo số ${last.changeNumber ?? '?'}, lúc ${vietnamTime(last.window.cancelledAt)}; hãy hỏi Phó Hiệu trưởng phụ trách.`;
    return { code: 'CANCELLED', sentence };
  }
  return {
    code: 'WINDOW_CLOSED',
    sentence: `Đợt cập nhật theo ${noticesOf(last)} đã đóng lúc ${vietnamTime(endOf(last.window))}; muốn nhập thêm, hãy đề nghị Phó Hiệu trưởng phụ trách ra thông báo gia hạn.`,
  };
}

function notOpenYet(next: AnnouncedWindow, now: string): Closed {
  const { window } = next;
  if (now >= window.opensAt) {
    return {
      code: 'NOT_OPENED',
      sentence: `Đợt cập nhật theo ${noticesOf(next)} đã đến hạn mở nhưng nhân viên CNTT chưa mở; hãy nhắc nhân viên CNTT.`,
    };
  }
  return {
    code: 'NOT_YET',
    sentence: `Đợt cập nhật theo ${noticesOf(next)} mở từ ${vietnamTime(window.opensAt)} đến ${vietnamTime(window.closesAt)}.`,
  };
}

function noticesOf({ noticeNumber, changeNumber }: AnnouncedWindow): string {
  const first = `Thông báo số ${noticeNumber}`;
  return changeNumber === null ? first : `${first} (điều chỉnh theo Thông báo số ${changeNumber})`;
}

/** The moment from which it is over: the earliest of its announced end, a hand that closed it, and its calling off. */
function endOf({ closedAt, cancelledAt, closesAt }: EntryWindow): string {
  return [closedAt ?? closesAt, cancelledAt ?? closesAt, closesAt].sort()[0] ?? closesAt;
}
