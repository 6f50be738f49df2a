/** The journal: append-only, one row an event, a hash chain of salted commitments per school. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { asBase64 } from '../database/columns.js';

/** One event. The chain covers the commitment, never the payload, so that erasure does not break it. */
@Entity('journal_events')
export class JournalEvent {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('integer') seq: number;
  @Column('text') type: string;
  /** Table and row the event is about, for example "marks" and its id. */
  @Column('text') subject: string;
  @Column('text', { name: 'subject_id' }) subjectId: string;
  /** JCS of the whole event: type, subject, actor, session, its second factor, act, rule, time, data. Null after erasure. */
  @Column('text', { nullable: true }) payload: string | null;
  @Column('text', { transformer: asBase64, nullable: true }) salt: Uint8Array | null;
  /** HMAC-SHA256(salt, "socai.v1/journal" ‖ 0x00 ‖ payload), base64. */
  @Column('text') commitment: string;
  /** SHA-256("socai.v1/journal-link" ‖ 0x00 ‖ previous hash ‖ u32be(seq) ‖ commitment), base64. */
  @Column('text') hash: string;
}

/** Head of a school's journal; its row is locked by every unit that appends. */
@Entity('journal_heads')
export class JournalHead {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  /** Events so far. */
  @Column('integer') count: number;
  @Column('text') hash: string;
  /** Count at the last anchoring in the ledger. */
  @Column('integer', { name: 'anchored_count' }) anchoredCount: number;
  @Column('text', { name: 'anchored_at', nullable: true }) anchoredAt: string | null;
}

/** Where the ledger was told the head after so many events: how a receipt finds its entry. */
@Entity('journal_anchors')
export class JournalAnchor {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text', { name: 'entry_id' }) entryId: string;
  @Column('integer') count: number;
}

/** An event whose text and salt were erased (law 91/2025), and the event that approved it: an "erasure.approved". */
@Entity('erased_events')
export class ErasedEvent {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('integer') seq: number;
  @Column('integer', { name: 'approval_seq' }) approvalSeq: number;
}
