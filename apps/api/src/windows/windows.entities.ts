/** Notices, the entry windows they announce, and locks of sheets. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { asJson } from '../database/columns.js';

/** What a window is about; an absent list means "all". */
export interface WindowScope {
  readonly grades?: readonly number[];
  readonly classIds?: readonly string[];
  readonly areas?: readonly string[];
  readonly columns?: readonly string[];
  /** Only in make-up windows. */
  readonly pupilIds?: readonly string[];
}

/** A vice-principal's notice of entry times (thông báo thời gian mở, đóng). */
@Entity('notices')
export class Notice {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  /** Number as printed, for example "12/TB-THCSSM". */
  @Column('text') number: string;
  @Column('text', { name: 'issued_on' }) issuedOn: string;
  @Column('text') title: string;
  @Column('text', { name: 'announced_by' }) announcedBy: string;
  @Column('text', { name: 'announced_at' }) announcedAt: string;
}

/** An entry window (đợt cập nhật điểm) under a notice. */
@Entity('windows')
export class EntryWindow {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'notice_id' }) noticeId: string;
  @Column('text', { name: 'year_id' }) yearId: string;
  @Column('text') period: string;
  @Column('text', { transformer: asJson }) scope: WindowScope;
  @Column('text', { name: 'opens_at' }) opensAt: string;
  @Column('text', { name: 'closes_at' }) closesAt: string;
  /** Whether the clock opens and closes it, or the IT officer does on the notice. */
  @Column('text') opening: 'clock' | 'hand';
  @Column('text', { name: 'opened_at', nullable: true }) openedAt: string | null;
  @Column('text', { name: 'opened_by', nullable: true }) openedBy: string | null;
  @Column('text', { name: 'closed_at', nullable: true }) closedAt: string | null;
  @Column('text', { name: 'closed_by', nullable: true }) closedBy: string | null;
  /** A make-up window (kiểm tra bù) asks for evidence of each mark entered under it alone. */
  @Column('text') kind: 'general' | 'make-up';
  /** When a further notice called it off. */
  @Column('text', { name: 'cancelled_at', nullable: true }) cancelledAt: string | null;
  /** The last further notice that changed its times or called it off. */
  @Column('text', { name: 'change_notice_id', nullable: true }) changeNoticeId: string | null;
  /**
   * When the journal was told that the clock had opened or ended it: once, however often the clock goes back. Nothing
   * is open or closed because of these two.
   */
  @Column('text', { name: 'clock_opened_at', nullable: true }) clockOpenedAt: string | null;
  @Column('text', { name: 'clock_closed_at', nullable: true }) clockClosedAt: string | null;
}

/** A lock of one sheet (khóa sổ); lifted only by a reopening with a reason. */
@Entity('locks')
export class PeriodLock {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text') area: string;
  @Column('text') period: string;
  @Column('text', { name: 'locked_by' }) lockedBy: string;
  @Column('text', { name: 'locked_at' }) lockedAt: string;
  /** Why it was locked with gaps; null when complete. */
  @Column('text', { name: 'gaps_reason', nullable: true }) gapsReason: string | null;
  @Column('text', { name: 'act_id' }) actId: string;
  @Column('text', { name: 'lifted_at', nullable: true }) liftedAt: string | null;
  @Column('text', { name: 'lifted_by', nullable: true }) liftedBy: string | null;
  @Column('text', { name: 'lift_reason', nullable: true }) liftReason: string | null;
}
