/** Requests to correct what was recorded (đề nghị sửa điểm, sửa đánh giá), and what an applied one brings with it. */
import { Column, Entity, PrimaryColumn } from 'typeorm';

export type CorrectionState =
  'requested' | 'confirmed' | 'approved' | 'rejected' | 'applied' | 'withdrawn' | 'expired';

/** Why the homeroom teacher of the class cannot confirm a correction. */
export type HomeroomInvolved = 'requester-is-homeroom' | 'homeroom-recorded-it' | 'no-homeroom-teacher';

/** Why a correction is confirmed by nobody; shown as skipped. */
export type ConfirmationSkipped = 'primary-school' | 'school-policy' | HomeroomInvolved;

/** The list of causes; the free text stands beside it. */
export type CorrectionCause = 'added-up' | 'typed' | 'shifted' | 'make-up' | 'missing' | 'appeal' | 'other';

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
  @Column('text') cause: CorrectionCause;
  @Column('text') reason: string;
  @Column('text') state: CorrectionState;
  @Column('text', { name: 'teacher_of_record' }) teacherOfRecord: string;
  @Column('text', { name: 'requested_by' }) requestedBy: string;
  @Column('text', { name: 'requested_at' }) requestedAt: string;
  /** From this instant on it can no longer be decided or applied. */
  @Column('text', { name: 'expires_at' }) expiresAt: string;
  /** The appeal it comes of, and the family that appealed; null otherwise. */
  @Column('text', { name: 'appeal_id', nullable: true }) appealId: string | null;
  @Column('text', { nullable: true }) appellant: string | null;
  /** Why nobody is asked to confirm it; null when somebody is. */
  @Column('text', { name: 'confirmation_skipped', nullable: true })
  confirmationSkipped: ConfirmationSkipped | null;
  /** Why the group head (tổ trưởng) is asked in the homeroom teacher's place; null when that is not so. */
  @Column('text', { name: 'head_confirms', nullable: true }) headConfirms: HomeroomInvolved | null;
  @Column('text', { name: 'confirmed_by', nullable: true }) confirmedBy: string | null;
  @Column('text', { name: 'confirmed_at', nullable: true }) confirmedAt: string | null;
  @Column('text', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('text', { name: 'decided_at', nullable: true }) decidedAt: string | null;
  @Column('text', { name: 'decision_reason', nullable: true }) decisionReason: string | null;
  @Column('text', { name: 'act_id', nullable: true }) actId: string | null;
  /** The IT officer who applied it where the school's policy says so; null when the server did. */
  @Column('text', { name: 'applied_by', nullable: true }) appliedBy: string | null;
  @Column('text', { name: 'applied_at', nullable: true }) appliedAt: string | null;
}

/** An issued transcript that no longer says what the book says: to be superseded (cấp lại học bạ). */
@Entity('transcript_reissues')
export class TranscriptReissue {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'transcript_id' }) transcriptId: string;
  @Column('text', { name: 'pupil_id' }) pupilId: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text', { name: 'because_of' }) becauseOf: 'correction' | 'pupil-change' | 'reseal';
  @Column('text', { name: 'because_id' }) becauseId: string;
  @Column('text', { name: 'noted_at' }) notedAt: string;
}

/** A council's decision that a correction has overtaken for one pupil: to be met on again (cần họp lại). */
@Entity('reopened_decisions')
export class ReopenedDecision {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'decision_id' }) decisionId: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text', { name: 'pupil_id' }) pupilId: string;
  @Column('text', { name: 'correction_id' }) correctionId: string;
  @Column('text', { name: 'reopened_at' }) reopenedAt: string;
  /** A decision on the pupil with a later event settles it. */
  @Column('integer', { name: 'event_seq' }) eventSeq: number;
}
