/** Computed results, and the council's decisions that gate issuing. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { asJson } from '../database/columns.js';

/** A pupil's result of a year, with everything it was computed from. */
@Entity('results')
export class PupilResult {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text', { name: 'pupil_id' }) pupilId: string;
  @Column('text', { name: 'year_id' }) yearId: string;
  @Column('text', { name: 'rule_set' }) ruleSet: string;
  /** SHA-256 of the rule set's descriptor, hex: a closed year keeps the version it was computed with. */
  @Column('text', { name: 'rule_set_hash' }) ruleSetHash: string;
  @Column('text', { transformer: asJson }) input: Record<string, unknown>;
  @Column('text', { transformer: asJson }) answer: Record<string, unknown>;
  @Column('text', { name: 'computed_by' }) computedBy: string;
  @Column('text', { name: 'computed_at' }) computedAt: string;
  @Column('integer', { name: 'event_seq' }) eventSeq: number;
}

/** A decision of the school's council on results (quyết định sau họp hội đồng). */
@Entity('council_decisions')
export class CouncilDecision {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'year_id' }) yearId: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text') number: string;
  @Column('text', { name: 'decided_on' }) decidedOn: string;
  @Column('text', { name: 'entered_by' }) enteredBy: string;
  @Column('text', { name: 'entered_at' }) enteredAt: string;
}
