/** The way to the council's decision: the homeroom teacher's list, the class's recognition, the meeting. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { asJson } from '../database/columns.js';

/** A comment pinned to a pupil's row of a list that is sent back. */
export interface RowComment {
  readonly pupilId: string;
  readonly comment: string;
}

/** The homeroom teacher's list of a class (danh sách đề nghị): results that hold, put before the council. */
@Entity('class_lists')
export class ClassList {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'class_id' }) classId: string;
  /** Whom it puts before the council: everyone the first time, then those whose decision a correction or the summer reopened. */
  @Column('text', { name: 'pupil_ids', transformer: asJson }) pupilIds: string[];
  /** Number of the newest of their results' journal events: a later result is not what the list says. */
  @Column('integer', { name: 'results_seq' }) resultsSeq: number;
  @Column('text', { nullable: true }) note: string | null;
  @Column('text', { name: 'submitted_by' }) submittedBy: string;
  @Column('text', { name: 'submitted_at' }) submittedAt: string;
  /** Sent back (trả lại) with comments pinned to rows; null while it stands. */
  @Column('text', { name: 'returned_by', nullable: true }) returnedBy: string | null;
  @Column('text', { name: 'returned_at', nullable: true }) returnedAt: string | null;
  @Column('text', { name: 'return_reason', nullable: true }) returnReason: string | null;
  @Column('text', { nullable: true, transformer: asJson }) comments: RowComment[] | null;
}

/** A pupil put to the class, with the hands raised for them. */
export interface RecognisedPupil {
  readonly pupilId: string;
  readonly votes: number;
  readonly recognised: boolean;
}

/** The class recognises pupils (bình bầu ở lớp; TT 27/2020 Đ.13). */
@Entity('class_recognitions')
export class ClassRecognition {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text', { name: 'held_on' }) heldOn: string;
  /** Pupils who voted. */
  @Column('integer') present: number;
  @Column('text', { transformer: asJson }) pupils: RecognisedPupil[];
  @Column('text', { name: 'entered_by' }) enteredBy: string;
  @Column('text', { name: 'entered_at' }) enteredAt: string;
}

/** How the council voted on a class's list. */
export interface ClassVote {
  readonly classId: string;
  readonly listId: string;
  readonly votesFor: number;
  readonly votesAgainst: number;
  readonly abstained: number;
}

/** A meeting of the school's council (họp hội đồng) with its minutes and votes. */
@Entity('council_meetings')
export class CouncilMeeting {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'year_id' }) yearId: string;
  @Column('text', { name: 'held_on' }) heldOn: string;
  @Column('text', { name: 'chair_id' }) chairId: string;
  @Column('text', { name: 'secretary_id' }) secretaryId: string;
  @Column('integer') members: number;
  @Column('integer') present: number;
  @Column('text') minutes: string;
  @Column('text', { transformer: asJson }) votes: ClassVote[];
  @Column('text', { name: 'entered_by' }) enteredBy: string;
  @Column('text', { name: 'entered_at' }) enteredAt: string;
}
