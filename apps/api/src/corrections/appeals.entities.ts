/** Appeals of families against a mark (đề nghị phúc khảo). */
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `kept`: looked at again and left as it is; `changed`: a correction was asked for. */
export type AppealState = 'asked' | 'kept' | 'changed' | 'withdrawn';

@Entity('appeals')
export class Appeal {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text') area: string;
  @Column('text') period: string;
  @Column('text', { name: 'column_code' }) columnCode: string;
  @Column('text', { name: 'pupil_id' }) pupilId: string;
  @Column('text', { name: 'mark_id' }) markId: string;
  /** What the family saw. */
  @Column('text', { name: 'mark_value' }) markValue: string;
  @Column('integer', { name: 'mark_version' }) markVersion: number;
  @Column('text', { name: 'teacher_of_record' }) teacherOfRecord: string;
  @Column('text') reason: string;
  @Column('text') state: AppealState;
  @Column('text', { name: 'asked_by' }) askedBy: string;
  @Column('text', { name: 'asked_at' }) askedAt: string;
  @Column('text', { name: 'answered_by', nullable: true }) answeredBy: string | null;
  @Column('text', { name: 'answered_at', nullable: true }) answeredAt: string | null;
  @Column('text', { nullable: true }) answer: string | null;
  /** The correction asked for; null unless changed. */
  @Column('text', { name: 'request_id', nullable: true }) requestId: string | null;
}
