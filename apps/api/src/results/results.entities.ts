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
  @Column('text', { name: 'rule_set_version' }) ruleSetVersion: string;
  /** SHA-256 of the rule set's descriptor, hex: a closed year keeps the version it was computed with. */
  @Column('text', { name: 'rule_set_hash' }) ruleSetHash: string;
  @Column('text', { transformer: asJson }) input: object;
  @Column('text', { transformer: asJson }) answer: object;
  @Column('text', { name: 'computed_by' }) computedBy: string;
  @Column('text', { name: 'computed_at' }) computedAt: string;
  /** The journal event that computed it; a mark or note with a later event makes it stale. */
  @Column('integer', { name: 'event_seq' }) eventSeq: number;
}

/** What the regulations leave to people, a pupil's year; the words of libs/regulations' evaluate input. */
export interface YearNoteContent {
  /** Subject codes under an individual plan ("không đánh giá"): nothing is missing of them. */
  readonly notAssessed?: readonly string[];
  /** Subject codes whose practice is exempt (TT 22/2021 Đ.10). */
  readonly exempt?: readonly string[];
  /** TT 27/2020 Đ.13: outstanding in a subject or clear progress. */
  readonly outstanding?: boolean;
  readonly classRecognised?: boolean;
  readonly reassessment?: object;
  readonly additionalAssessment?: object;
  readonly replacedTests?: object;
}

/** Notes of a pupil's year that enter its result beside the recorded cells. */
@Entity('year_notes')
export class YearNote {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text', { name: 'pupil_id' }) pupilId: string;
  @Column('text', { transformer: asJson }) note: YearNoteContent;
  @Column('text', { name: 'entered_by' }) enteredBy: string;
  @Column('text', { name: 'entered_at' }) enteredAt: string;
  /** The journal event that the note comes from. */
  @Column('integer', { name: 'event_seq' }) eventSeq: number;
}

/** A decision of the school's council on results (quyết định sau họp hội đồng). */
@Entity('council_decisions')
export class CouncilDecision {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'year_id' }) yearId: string;
  @Column('text', { name: 'class_id' }) classId: string;
  /** The meeting whose vote it rests on. */
  @Column('text', { name: 'meeting_id' }) meetingId: string;
  @Column('text') number: string;
  @Column('text', { name: 'decided_on' }) decidedOn: string;
  @Column('text', { name: 'entered_by' }) enteredBy: string;
  @Column('text', { name: 'entered_at' }) enteredAt: string;
  /** On whom: the pupils of the list that the meeting passed. */
  @Column('text', { name: 'pupil_ids', transformer: asJson }) pupilIds: string[];
  /** The journal event that entered it; results computed later are not what was decided on. */
  @Column('integer', { name: 'event_seq' }) eventSeq: number;
}
