/** Proposed changes of a pupil's personal data (đề nghị sửa thông tin học sinh). */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { asJson } from '../database/columns.js';

/** What of a pupil can be proposed; the school's code and the guardians' accounts are kept elsewhere. */
export type PupilField =
  | 'fullName'
  | 'birthDate'
  | 'sex'
  | 'birthPlace'
  | 'ethnicity'
  | 'nationality'
  | 'address'
  | 'personalId'
  | 'registerNumber';

export interface PupilFieldChange {
  readonly field: PupilField;
  readonly old: string | null;
  readonly new: string | null;
}

@Entity('pupil_changes')
export class PupilChange {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'pupil_id' }) pupilId: string;
  @Column('text', { transformer: asJson }) changes: PupilFieldChange[];
  @Column('text') reason: string;
  @Column('text') state: 'proposed' | 'confirmed' | 'refused' | 'withdrawn';
  @Column('text', { name: 'proposed_by' }) proposedBy: string;
  @Column('text', { name: 'proposed_at' }) proposedAt: string;
  @Column('text', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('text', { name: 'decided_at', nullable: true }) decidedAt: string | null;
  /** The paper it was held against: kind, number, date. */
  @Column('text', { nullable: true }) paper: string | null;
  @Column('text', { name: 'decision_reason', nullable: true }) decisionReason: string | null;
}
