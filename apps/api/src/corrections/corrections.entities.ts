/** Requests to correct what was recorded (đề nghị sửa điểm, sửa đánh giá). */
import { Column, Entity, PrimaryColumn } from 'typeorm';

export type CorrectionState =
  'requested' | 'confirmed' | 'approved' | 'rejected' | 'applied' | 'withdrawn' | 'expired';

/** Why a correction does not pass by the homeroom teacher; shown as skipped. */
export type ConfirmationSkipped =
  | 'primary-school'
  | 'school-policy'
  | 'requester-is-homeroom'
  | 'homeroom-recorded-it'
  | 'no-homeroom-teacher';

/** One cell's correction, from request to application. */
@Entity('corrections')
export class Correction {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  /** Cells asked for together, for one cause, share it. */
  @Column('text', { name: 'request_id' }) requestId: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text') area: string;
  @Column('text') period: string;
  @Column('text', { name: 'column_code' }) columnCode: string;
  @Column('text', { name: 'pupil_id' }) pupilId: string;
  /** Null when the cell was missing after a lock. */
  @Column('text', { name: 'mark_id', nullable: true }) markId: string | null;
  @Column('text', { name: 'old_value', nullable: true }) oldValue: string | null;
  @Column('text', { name: 'new_value' }) newValue: string;
  /** Version of the cell the request was made against; 0 for a missing one. */
  @Column('integer', { name: 'mark_version' }) markVersion: number;
  @Column('text') reason: string;
  @Column('text') state: CorrectionState;
  @Column('text', { name: 'teacher_of_record' }) teacherOfRecord: string;
  @Column('text', { name: 'requested_by' }) requestedBy: string;
  @Column('text', { name: 'requested_at' }) requestedAt: string;
  /** Why the homeroom teacher's confirmation is not asked for; null when it is. */
  @Column('text', { name: 'confirmation_skipped', nullable: true })
  confirmationSkipped: ConfirmationSkipped | null;
  @Column('text', { name: 'confirmed_by', nullable: true }) confirmedBy: string | null;
  @Column('text', { name: 'confirmed_at', nullable: true }) confirmedAt: string | null;
  @Column('text', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('text', { name: 'decided_at', nullable: true }) decidedAt: string | null;
  @Column('text', { name: 'decision_reason', nullable: true }) decisionReason: string | null;
  @Column('text', { name: 'act_id', nullable: true }) actId: string | null;
  @Column('text', { name: 'applied_at', nullable: true }) appliedAt: string | null;
}
