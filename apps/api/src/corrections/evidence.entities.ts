/** Evidence (minh chứng): scans kept encrypted, never run, never named by who sent them. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { asBase64 } from '../database/columns.js';

export type EvidenceKind = 'pdf' | 'jpeg' | 'png';
export type EvidenceAbout = 'correction' | 'appeal' | 'pupil-change';

@Entity('evidence_files')
export class EvidenceFile {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text') about: EvidenceAbout;
  /** The request of a correction (not of one cell), an appeal, or a change of personal data. */
  @Column('text', { name: 'about_id' }) aboutId: string;
  /** By content, whatever the sender called it. */
  @Column('text') kind: EvidenceKind;
  /** In bytes. */
  @Column('integer') size: number;
  /** SHA-256 of the file, hex. */
  @Column('text') hash: string;
  /** SHA-256 of what is stored, hex: audit checks it without the key. */
  @Column('text', { name: 'sealed_hash' }) sealedHash: string;
  /** AES-256-GCM under the installation's key. Destroyed by erasure. */
  @Column('text', { transformer: asBase64, nullable: true }) sealed: Uint8Array | null;
  @Column('text', { name: 'added_by' }) addedBy: string;
  @Column('text', { name: 'added_at' }) addedAt: string;
  /** When an erasure (event `evidence.erased` with this column) destroyed the content; else null. */
  @Column('text', { name: 'erased_at', nullable: true }) erasedAt: string | null;
}
