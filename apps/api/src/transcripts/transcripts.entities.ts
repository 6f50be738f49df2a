/** Transcripts (học bạ), their signatures, and the certificates that make them. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { asBase64 } from '../database/columns.js';

export type TranscriptState = 'composed' | 'signed' | 'sealed' | 'issued';

/** A batch of transcripts of one class, composed together: issued n + held m = the class. */
@Entity('transcript_batches')
export class TranscriptBatch {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text', { name: 'decision_id' }) decisionId: string;
  @Column('text', { name: 'composed_by' }) composedBy: string;
  @Column('text', { name: 'composed_at' }) composedAt: string;
}

/** One version of one pupil's transcript of a year. */
@Entity('transcripts')
export class Transcript {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'batch_id' }) batchId: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text', { name: 'pupil_id' }) pupilId: string;
  @Column('text', { name: 'year_id' }) yearId: string;
  /** e: number of the event in the pupil's lineage of the year. */
  @Column('integer') event: number;
  @Column('text') state: TranscriptState;
  /** J: the JSON attachment's bytes. Destroyed by erasure. */
  @Column('text', { transformer: asBase64, nullable: true }) document: Uint8Array | null;
  /** SHA-256(J), hex: the verification code (mã xác thực). */
  @Column('text', { name: 'document_hash' }) documentHash: string;
  @Column('text', { transformer: asBase64, nullable: true }) pdf: Uint8Array | null;
  /** Entry id in the outbox and ledger; null until sealed. */
  @Column('text', { name: 'entry_id', nullable: true }) entryId: string | null;
  @Column('text', { name: 'composed_at' }) composedAt: string;
  @Column('text', { name: 'issued_at', nullable: true }) issuedAt: string | null;
}

/** One signature of a transcript's route, in order. */
@Entity('transcript_signatures')
export class TranscriptSignature {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text', { name: 'transcript_id' }) transcriptId: string;
  @PrimaryColumn('integer') position: number;
  @Column('text') role: string;
  @Column('text', { name: 'person_id' }) personId: string;
  @Column('text', { name: 'certificate_id' }) certificateId: string;
  @Column('text', { name: 'signed_at' }) signedAt: string;
  @Column('text', { name: 'act_id' }) actId: string;
}

/** A certificate of a person or of the seal, logged by `key.added` before its first use. */
@Entity('certificates')
export class Certificate {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  /** Null for the school's seal. */
  @Column('text', { name: 'person_id', nullable: true }) personId: string | null;
  @Column('text') role: 'homeroom' | 'principal' | 'seal';
  @Column('text', { transformer: asBase64 }) der: Uint8Array;
  /** 32-byte salt of the `key.added` commitment. */
  @Column('text', { transformer: asBase64 }) salt: Uint8Array;
  /** Name of the key file under the data folder's keys/. */
  @Column('text', { name: 'key_name' }) keyName: string;
  @Column('text', { name: 'entry_id' }) entryId: string;
  @Column('text', { name: 'retired_at', nullable: true }) retiredAt: string | null;
}
