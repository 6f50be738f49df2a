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
