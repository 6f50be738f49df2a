/** Revocation lists of authorities whose certificates the school's people sign with. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { asBase64 } from '../database/columns.js';

/** One list as its authority published it; all are kept, so that what was known when something was signed can be shown. */
@Entity('revocation_lists')
export class RevocationListRow {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  /** SHA-256 of the authority's public key (SPKI), hex. */
  @Column('text') authority: string;
  @Column('text', { name: 'this_update' }) thisUpdate: string;
  @Column('text', { name: 'next_update', nullable: true }) nextUpdate: string | null;
  @Column('integer') count: number;
  @Column('text', { transformer: asBase64 }) der: Uint8Array;
  @Column('text', { name: 'imported_by' }) importedBy: string;
  @Column('text', { name: 'imported_at' }) importedAt: string;
}
