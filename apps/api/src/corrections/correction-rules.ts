/** The states of a correction, and what each change of state leaves behind. Pure. */
import type { CorrectionState, ConfirmationSkipped, HomeroomInvolved } from './corrections.entities.js';

/** What can be done with a correction. */
export type CorrectionStep = 'confirm' | 'approve' | 'apply' | 'reject' | 'withdraw';

/** Not decided and done with yet: one of these at most a cell. */
export const OPEN_STATES: readonly CorrectionState[] = ['requested', 'confirmed', 'approved'];

/** States a step may start from; from no other state is it possible, so none can be skipped. */
const FROM: Readonly<Record<CorrectionStep, readonly CorrectionState[]>> = {
  confirm: ['requested'],
  approve: ['requested', 'confirmed'],
  apply: ['approved'],
  reject: ['requested', 'confirmed'],
  withdraw: ['requested', 'confirmed'],
};

/** A correction as far as its state goes. */
export interface CorrectionStanding {
  readonly state: CorrectionState;
  readonly confirmationSkipped: ConfirmationSkipped | null;
  /** ISO 8601, UTC. */
  readonly expiresAt: string;
}

/** The state at an instant: what nobody decided in time has expired, whether or not that is written down yet. */
export function stateAt({ state, expiresAt }: CorrectionStanding, now: string): CorrectionState {
  return OPEN_STATES.includes(state) && expiresAt <= now ? 'expired' : state;
}

/** Whether the step is possible now: an approval only after the confirmation, unless that is skipped. */
export function isPossible(step: CorrectionStep, correction: CorrectionStanding, now: string): boolean {
  const state = stateAt(correction, now);
  const { confirmationSkipped } = correction;
  if (!FROM[step].includes(state)) return false;
  if (step === 'approve') return state === 'confirmed' || confirmationSkipped !== null;
  return step !== 'confirm' || confirmationSkipped === null;
}

const DAY_MS = 86_400_000;

/** When a correction asked for at an instant expires. @param days the school's switch correctionDays */
export function expiryOf(requestedAt: string, days: number): string {
  return new Date(Date.parse(requestedAt) + days * DAY_MS).toISOString();
}

export const STATE_LABELS: Readonly<Record<CorrectionState, string>> = {
  requested: 'đã đề nghị',
  confirmed: 'đã xác nhận',
  approved: 'đã duyệt',
  rejected: 'không được duyệt',
  applied: 'đã sửa xong',
  withdrawn: 'đã rút',
  expired: 'hết hạn',
};

export const SKIPPED_LABELS: Readonly<Record<ConfirmationSkipped, string>> = {
  'primary-school': 'Cấp tiểu học: không qua bước giáo viên chủ nhiệm xác nhận.',
  'school-policy': 'Quy chế của trường: không qua bước giáo viên chủ nhiệm xác nhận.',
  'requester-is-homeroom': 'Người đề nghị là giáo viên chủ nhiệm: bỏ qua bước xác nhận.',
  'homeroom-recorded-it': 'Giáo viên chủ nhiệm là người đã ghi điểm: bỏ qua bước xác nhận.',
  'no-homeroom-teacher': 'Lớp hiện chưa có giáo viên chủ nhiệm: bỏ qua bước xác nhận.',
};

export const HEAD_CONFIRMS_LABELS: Readonly<Record<HomeroomInvolved, string>> = {
  'requester-is-homeroom': 'Người đề nghị là giáo viên chủ nhiệm: tổ trưởng xác nhận thay.',
  'homeroom-recorded-it': 'Giáo viên chủ nhiệm là người đã ghi điểm: tổ trưởng xác nhận thay.',
  'no-homeroom-teacher': 'Lớp hiện chưa có giáo viên chủ nhiệm: tổ trưởng xác nhận thay.',
};

/** Who stands where when a correction is asked for. */
export interface ConfirmationCase {
  readonly primary: boolean;
  /** The school's written policy: does the homeroom teacher confirm, and the group head in her place? */
  readonly homeroomConfirms: boolean;
  readonly groupHeadConfirms: boolean;
  /** Those who can still sign in. */
  readonly homeroomTeachers: readonly string[];
  /** Heads of the group that the class or subject belongs to who can still sign in and approve nothing themselves. */
  readonly groupHeads: readonly string[];
  readonly requestedBy: string;
  readonly teacherOfRecord: string;
}

/** Whose confirmation is asked for: nobody's, the group head's, or (both null) the homeroom teacher's. */
export interface AskedConfirmation {
  readonly confirmationSkipped: ConfirmationSkipped | null;
  readonly headConfirms: HomeroomInvolved | null;
}

/**
 * The homeroom teacher confirms (TT 22/2021 Đ.20). Where she is a party to it, or there is none, the step falls to a
 * group head who is not; where there is no such head either (a school without groups), it is skipped and shown so.
 */
export function confirmationOf(of: ConfirmationCase): AskedConfirmation {
  const skipped = (confirmationSkipped: ConfirmationSkipped) => ({ confirmationSkipped, headConfirms: null });
  if (of.primary) return skipped('primary-school');
  if (!of.homeroomConfirms) return skipped('school-policy');
  const involved = homeroomInvolved(of);
  if (involved === null) return { confirmationSkipped: null, headConfirms: null };
  const apart = of.groupHeads.some((id) => id !== of.requestedBy && id !== of.teacherOfRecord);
  if (!of.groupHeadConfirms || !apart) return skipped(involved);
  return { confirmationSkipped: null, headConfirms: involved };
}

function homeroomInvolved(of: ConfirmationCase): HomeroomInvolved | null {
  if (of.homeroomTeachers.length === 0) return 'no-homeroom-teacher';
  if (of.homeroomTeachers.includes(of.requestedBy)) return 'requester-is-homeroom';
  if (of.homeroomTeachers.every((id) => id === of.teacherOfRecord)) return 'homeroom-recorded-it';
  return null;
}
