/** Transcripts that pupils brought from other schools. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { asBase64 } from '../database/columns.js';

@Entity('received_transcripts')
export class ReceivedTranscript {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'pupil_id' }) pupilId: string;
  /** SHA-256(J), hex: the verification code that the other school printed. */
  @Column('text', { name: 'document_hash' }) documentHash: string;
  /** Of the other school's ledger. */
  @Column('text') origin: string;
  @Column('text', { name: 'school_name' }) schoolName: string;
  @Column('text', { name: 'school_year' }) schoolYear: string;
  @Column('text', { name: 'class_name' }) className: string;
  /** As it came in. */
  @Column('text') verdict: 'valid' | 'unchecked';
  @Column('text', { nullable: true }) code: string | null;
  @Column('integer') demo: 0 | 1;
  /** SHA-256 of what is stored, hex: audit checks it without the key. */
  @Column('text', { name: 'sealed_hash' }) sealedHash: string;
  /** The file, AES-256-GCM under the installation's key. Destroyed by erasure. */
  @Column('text', { transformer: asBase64, nullable: true }) sealed: Uint8Array | null;
  @Column('text', { name: 'received_by' }) receivedBy: string;
  @Column('text', { name: 'received_at' }) receivedAt: string;
  /** Entry id in the outbox and ledger. */
  @Column('text', { name: 'entry_id' }) entryId: string;
  @Column('text', { name: 'erased_at', nullable: true }) erasedAt: string | null;
}
