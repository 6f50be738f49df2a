/** Requests to erase a pupil's personal data (đề nghị xóa dữ liệu cá nhân), and what was decided. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ErasureGround, ErasurePart } from '#regulations/retention.js';
import { asJson } from '../database/columns.js';

/** `approved` was carried out in the unit of work that approved it. */
export type ErasureState = 'requested' | 'approved' | 'refused' | 'withdrawn';

@Entity('erasures')
export class Erasure {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'pupil_id' }) pupilId: string;
  @Column('text', { transformer: asJson }) parts: ErasurePart[];
  @Column('text') ground: ErasureGround;
  /** The paper it rests on; names nobody. */
  @Column('text') paper: string;
  @Column('text') reason: string;
  @Column('text') state: ErasureState;
  @Column('text', { name: 'requested_by' }) requestedBy: string;
  @Column('text', { name: 'requested_at' }) requestedAt: string;
  /** Never who requested it. */
  @Column('text', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('text', { name: 'decided_at', nullable: true }) decidedAt: string | null;
  @Column('text', { name: 'decision_reason', nullable: true }) decisionReason: string | null;
  @Column('text', { name: 'act_id', nullable: true }) actId: string | null;
}
