/** Sheets (class × subject × term) that their teachers signed, and the salts of what they signed. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { asBase64 } from '../database/columns.js';

/**
 * 32 random bytes a lock: what is signed of the sheet under it cannot be guessed from its digest, which transcripts
 * carry. Destroyed when the book of a pupil of the class is erased; the digest then opens to nobody.
 */
@Entity('sheet_salts')
export class SheetSalt {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text', { name: 'lock_id' }) lockId: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text', { transformer: asBase64 }) salt: Uint8Array;
}

/** One teacher's signature, or recorded confirmation, of one locked sheet as it stood. */
@Entity('sheet_signatures')
export class SheetSignature {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text') area: string;
  @Column('text') period: string;
  /** The lock under which it stood so. */
  @Column('text', { name: 'lock_id' }) lockId: string;
  @Column('text', { name: 'person_id' }) personId: string;
  /** SHA-256 of the canonical sheet, hex. */
  @Column('text') digest: string;
  /** Null for a recorded confirmation: the act with its second factor is what there is. */
  @Column('text', { name: 'certificate_id', nullable: true }) certificateId: string | null;
  /** Detached signature over the canonical sheet; null for a recorded confirmation. */
  @Column('text', { transformer: asBase64, nullable: true }) cms: Uint8Array | null;
  @Column('text', { name: 'signed_at' }) signedAt: string;
  @Column('text', { name: 'act_id' }) actId: string;
  /** From then on it says nothing of the sheet: a mark changed, or the sheet was reopened. */
  @Column('text', { name: 'lifted_at', nullable: true }) liftedAt: string | null;
  @Column('text', { name: 'lift_reason', nullable: true }) liftReason: LiftReason | null;
}

/** Why a signature no longer stands. */
export type LiftReason = 'corrected' | 'carried' | 'reopened';
