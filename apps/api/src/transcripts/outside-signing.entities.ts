/** Batches that are being signed with a key that is not on this server. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { asJson } from '../database/columns.js';

/** A document of such a batch, and what exactly its signature is over. */
export interface StatedDocument {
  readonly transcriptId: string;
  /** SHA-256 of the bytes that the signature covers, hex. */
  readonly digest: string;
}

/** What was given out to be signed outside, once confirmed with the second factor; it is taken back once. */
@Entity('outside_signings')
export class OutsideSigning {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'batch_id' }) batchId: string;
  /** Place of the route. */
  @Column('integer') position: number;
  @Column('text', { name: 'person_id' }) personId: string;
  @Column('text', { name: 'certificate_id' }) certificateId: string;
  @Column('text', { transformer: asJson }) documents: StatedDocument[];
  /** As it will stand in the files. */
  @Column('text', { name: 'signed_at' }) signedAt: string;
  @Column('text', { name: 'expires_at' }) expiresAt: string;
  @Column('text', { name: 'act_id' }) actId: string;
  @Column('text', { name: 'used_at', nullable: true }) usedAt: string | null;
}
