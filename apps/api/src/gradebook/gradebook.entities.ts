/** The cells of the gradebook. A cell's value here is a copy of its last journal event; audit compares the two. */
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One cell: pupil × column of a sheet (class × area × period). */
@Entity('marks')
export class MarkCell {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text') area: string;
  @Column('text') period: string;
  @Column('text', { name: 'column_code' }) columnCode: string;
  @Column('text', { name: 'pupil_id' }) pupilId: string;
  /** Draft (nháp) is the teacher's own; recorded (đã ghi sổ) changes only by an approved correction. */
  @Column('text') state: 'draft' | 'recorded';
  /** Canonical text of libs/regulations sheets; null is an emptied draft. */
  @Column('text', { nullable: true }) value: string | null;
  /** Counts every change of the cell, from 1. */
  @Column('integer') version: number;
  /** Teacher of record: who recorded it, or drafts it. */
  @Column('text', { name: 'teacher_id' }) teacherId: string;
  @Column('text', { name: 'updated_at' }) updatedAt: string;
  @Column('text', { name: 'recorded_at', nullable: true }) recordedAt: string | null;
  /** The journal event that the value comes from; null while a draft. */
  @Column('integer', { name: 'event_seq', nullable: true }) eventSeq: number | null;
}

/** What a teacher says of a column: the test's name and day, its strand (mạch nội dung), and whose column it is. */
@Entity('column_details')
export class ColumnDetail {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text') area: string;
  @Column('text') period: string;
  @Column('text', { name: 'column_code' }) columnCode: string;
  @Column('text', { nullable: true }) name: string | null;
  @Column('text', { name: 'held_on', nullable: true }) heldOn: string | null;
  /** Of a subject with several strands: "Âm nhạc", "Vật lí". */
  @Column('text', { nullable: true }) strand: string | null;
  /** Null: shared by all teachers of the subject in this class. */
  @Column('text', { name: 'owner_id', nullable: true }) ownerId: string | null;
  @Column('integer') version: number;
}

/**
 * The ground of a cell (căn cứ): a pupil was absent without a valid reason (V counts as zero, a decision that the
 * parents are told of), or takes the test later on evidence (kiểm tra bù).
 */
@Entity('mark_grounds')
export class MarkGround {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text') area: string;
  @Column('text') period: string;
  @Column('text', { name: 'column_code' }) columnCode: string;
  @Column('text', { name: 'pupil_id' }) pupilId: string;
  @Column('text') kind: 'absent' | 'make-up';
  @Column('text') reason: string;
  /** The paper behind it: "Giấy ra viện số 123/GRV, 12/11/2026". */
  @Column('text', { nullable: true }) evidence: string | null;
  @Column('text', { name: 'notified_on', nullable: true }) notifiedOn: string | null;
  @Column('text', { name: 'notified_how', nullable: true }) notifiedHow: string | null;
  @Column('text', { name: 'entered_by' }) enteredBy: string;
  @Column('text', { name: 'entered_at' }) enteredAt: string;
  @Column('text', { name: 'withdrawn_at', nullable: true }) withdrawnAt: string | null;
  @Column('text', { name: 'withdrawn_by', nullable: true }) withdrawnBy: string | null;
}

/** A cell of a pupil who joined in the year: the sending school's value, or "not required" before they came. */
@Entity('earlier_marks')
export class EarlierMark {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  /** Cells entered together are judged together. */
  @Column('text', { name: 'request_id' }) requestId: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text', { name: 'pupil_id' }) pupilId: string;
  @Column('text') area: string;
  @Column('text') period: string;
  @Column('text', { name: 'column_code' }) columnCode: string;
  /** They came from another school, or took up another optional subject, in the year. */
  @Column('text') because: 'joined' | 'subject-changed';
  /** Canonical text; null: not required of this pupil. */
  @Column('text', { nullable: true }) value: string | null;
  /** As it is printed: "THCS Đoàn Kết, xã X, tỉnh Y". */
  @Column('text') origin: string;
  @Column('text') evidence: string;
  @Column('text') state: 'entered' | 'confirmed' | 'refused';
  @Column('text', { name: 'entered_by' }) enteredBy: string;
  @Column('text', { name: 'entered_at' }) enteredAt: string;
  /** Never the person who entered it. */
  @Column('text', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('text', { name: 'decided_at', nullable: true }) decidedAt: string | null;
  @Column('text', { name: 'decision_reason', nullable: true }) decisionReason: string | null;
}

/** When somebody last read a sheet: what they read can no longer be withdrawn. */
@Entity('sheet_reads')
export class SheetRead {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text', { name: 'class_id' }) classId: string;
  @PrimaryColumn('text') area: string;
  @PrimaryColumn('text') period: string;
  @PrimaryColumn('text', { name: 'person_id' }) personId: string;
  @Column('text', { name: 'read_at' }) readAt: string;
}

/** A scratch column (cột nháp): results out of which the teacher chooses what goes into the book. */
@Entity('scratch_columns')
export class ScratchColumn {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text') area: string;
  @Column('text') period: string;
  @Column('text', { name: 'teacher_id' }) teacherId: string;
  @Column('text') name: string;
  @Column('text', { name: 'held_on', nullable: true }) heldOn: string | null;
  @Column('text', { name: 'made_at' }) madeAt: string;
}

/** A pupil's value in a scratch column; it is nobody's mark until it is chosen and recorded. */
@Entity('scratch_marks')
export class ScratchMark {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text', { name: 'scratch_id' }) scratchId: string;
  @PrimaryColumn('text', { name: 'pupil_id' }) pupilId: string;
  @Column('text', { nullable: true }) value: string | null;
  @Column('integer') version: number;
}
