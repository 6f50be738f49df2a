/** Minutes of progress checks and reminders. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { asJson } from '../database/columns.js';

/** Minutes of a check of entry progress (biên bản kiểm tra tiến độ), with what was there at the moment it looked at. */
@Entity('inspections')
export class Inspection {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text') number: string;
  /** The moment looked at, ISO 8601, UTC. */
  @Column('text') at: string;
  @Column('text', { name: 'year_id' }) yearId: string;
  @Column('text', { name: 'class_ids', transformer: asJson }) classIds: string[];
  @Column('text', { nullable: true }) period: string | null;
  @Column('text') conclusion: string;
  /** The progress as it was answered then. */
  @Column('text', { transformer: asJson }) snapshot: object;
  @Column('text', { name: 'checked_by' }) checkedBy: string;
  @Column('text', { name: 'checked_at' }) checkedAt: string;
}

/** What a teacher who was checked says to it (ý kiến của người được kiểm tra). */
@Entity('inspection_opinions')
export class InspectionOpinion {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text', { name: 'inspection_id' }) inspectionId: string;
  @PrimaryColumn('text', { name: 'person_id' }) personId: string;
  /** Null until the teacher has spoken. */
  @Column('text', { nullable: true }) opinion: string | null;
  @Column('text', { name: 'given_at', nullable: true }) givenAt: string | null;
}

/** A reminder to a teacher about a sheet with gaps (nhắc việc). */
@Entity('reminders')
export class Reminder {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text') area: string;
  @Column('text') period: string;
  @Column('text', { name: 'to_person_id' }) toPersonId: string;
  @Column('text', { name: 'from_person_id' }) fromPersonId: string;
  @Column('text', { nullable: true }) message: string | null;
  /** Required cells that were missing when it was sent. */
  @Column('integer') missing: number;
  @Column('text', { name: 'sent_at' }) sentAt: string;
  @Column('text', { name: 'seen_at', nullable: true }) seenAt: string | null;
}
