/** The ledger's state in the application's database: outbox, entries, staged tiles, and each log's committed head. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { asBase64 } from '../database/columns.js';

/** Committed state of one school's log. */
@Entity('ledger_logs')
export class LedgerLog {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @Column('text') origin: string;
  /** The key that signs now: of several in force the newest. */
  @Column('text') vkey: string;
  /** Entries in the committed tree. */
  @Column('integer') size: number;
  /** RFC 6962 root of that tree. */
  @Column('text', { transformer: asBase64 }) root: Uint8Array;
  /** The tree's right edge, opaque to the database: what the next entries are appended to. */
  @Column('text', { transformer: asBase64 }) edge: Uint8Array;
  /** Size of the newest published (witnessed) checkpoint. */
  @Column('integer', { name: 'published_size' }) publishedSize: number;
  /** The newest published checkpoint, the signed note verbatim. */
  @Column('text', { nullable: true, transformer: asBase64 }) checkpoint: Uint8Array | null;
  /** While it is set nothing is signed: the operator's order, as when a key may be stolen. */
  @Column('text', { name: 'frozen_at', nullable: true }) frozenAt: string | null;
  @Column('text', { name: 'frozen_reason', nullable: true }) frozenReason: string | null;
}

/** One of a log's keys, with the sizes of the trees it signs, as the log's own entries say. */
@Entity('ledger_keys')
export class LedgerKey {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') vkey: string;
  /** The file of its secret among the school's keys, without ending. */
  @Column('text') file: string;
  /** Null while its entry waits in the outbox. */
  @Column('integer', { name: 'from_size', nullable: true }) fromSize: number | null;
  /** The last size it signs; null while there is none. Below `fromSize` when it was taken back altogether. */
  @Column('integer', { name: 'to_size', nullable: true }) toSize: number | null;
}

/** What waits to be sequenced: written in the same transaction as what it records. */
@Entity('ledger_outbox')
export class LedgerOutboxRow {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text', { name: 'entry_id' }) entryId: string;
  @Column('text') type: string;
  /** JSON body of the leaf. */
  @Column('text') body: string;
  @Column('text', { name: 'created_at' }) createdAt: string;
}

/** A sequenced entry. */
@Entity('ledger_entries')
export class LedgerEntryRow {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('integer') seq: number;
  @Column('text', { name: 'entry_id' }) entryId: string;
  @Column('text', { transformer: asBase64 }) entry: Uint8Array;
  @Column('text', { name: 'leaf_hash', transformer: asBase64 }) leafHash: Uint8Array;
}

/** Bytes of a tile or bundle of a committed but not yet published tree. */
@Entity('ledger_stage')
export class LedgerStageRow {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') path: string;
  /** Entries of the tree it was staged for. */
  @Column('integer') size: number;
  /** Its place among the files staged for that tree. */
  @Column('integer') position: number;
  @Column('text', { transformer: asBase64 }) bytes: Uint8Array;
}
