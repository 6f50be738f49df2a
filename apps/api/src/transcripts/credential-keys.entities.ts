/** Keys with which a school signs what is disclosed of its documents. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { asBase64 } from '../database/columns.js';

/** A school's credential key, logged by `key.added` before its first use. */
@Entity('credential_keys')
export class CredentialKey {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  /** Ed25519, 32 bytes. */
  @Column('text', { name: 'public_key', transformer: asBase64 }) publicKey: Uint8Array;
  /** 32-byte salt of the `key.added` commitment. */
  @Column('text', { transformer: asBase64 }) salt: Uint8Array;
  /** Name of the key file under the data folder's keys/<school>/. */
  @Column('text', { name: 'key_name' }) keyName: string;
  @Column('text', { name: 'entry_id' }) entryId: string;
  @Column('text', { name: 'added_at' }) addedAt: string;
  /** When another took its place: it signs nothing new, and what it signed stays. */
  @Column('text', { name: 'retired_at', nullable: true }) retiredAt: string | null;
  /** Entry id of its `key.retired`; null until everything that it signed is in the ledger. */
  @Column('text', { name: 'retirement_entry_id', nullable: true }) retirementEntryId: string | null;
}
