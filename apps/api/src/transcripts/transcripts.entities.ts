/** Transcripts (học bạ), their signatures, and the certificates that make them. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { IssuedType } from '#policy/signing-routes.js';
import type { PrimaryPeriod } from '#regulations/types.js';
import type { RouteRole } from '#transcript/document.js';
import { asBase64, asJson } from '../database/columns.js';

/** What a document is about: a period of the year, or (CN) the whole. */
export type DocumentPeriod = 'HK1' | PrimaryPeriod;

/** `returned` was sent back before its seal; `sealed` waits for its ledger entry to be witnessed; `issued` carries the proof. */
export type TranscriptState = 'composed' | 'returned' | 'sealed' | 'issued';

/** One place of a batch's signing route, as it is printed, and the certificate that signs there. */
export interface RoutePlace {
  readonly role: RouteRole;
  /** Who signs; null for the seal, which whoever is appointed to it puts on. */
  readonly personId: string | null;
  readonly certificateId: string;
  readonly name: string;
  readonly title: string;
  /** "KT. HIỆU TRƯỞNG" when a delegate signs. */
  readonly onBehalf: string | null;
}

/** A pupil of the class who is held back, and why. */
export interface Held {
  readonly pupilId: string;
  readonly reasons: readonly { readonly code: string; readonly message: string }[];
}

/** A sheet by its place in the class. */
export interface UnsignedSheet {
  readonly area: string;
  readonly period: string;
}

/** A comment pinned to a transcript that is sent back. */
export interface TranscriptComment {
  readonly transcriptId: string;
  readonly comment: string;
}

/** A batch of documents of one kind for one class, composed together: issued n + held m = the class. */
@Entity('transcript_batches')
export class TranscriptBatch {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('text') kind: IssuedType;
  /** What the documents are about: CN is the whole year. */
  @Column('text') period: DocumentPeriod;
  @Column('text', { transformer: asJson }) route: RoutePlace[];
  @Column('text', { transformer: asJson }) held: Held[];
  /** Subjects' sheets that their teachers had not signed when it was composed; null for other kinds than the học bạ. */
  @Column('text', { name: 'unsigned_sheets', nullable: true, transformer: asJson }) unsignedSheets:
    UnsignedSheet[] | null;
  @Column('text', { name: 'composed_by' }) composedBy: string;
  @Column('text', { name: 'composed_at' }) composedAt: string;
  /** "Bản in kiểm tra, đã kí bản giấy": the step before electronic signatures, where a school keeps it. */
  @Column('text', { name: 'paper_signed_by', nullable: true }) paperSignedBy: string | null;
  @Column('text', { name: 'paper_signed_at', nullable: true }) paperSignedAt: string | null;
  /** Sent back (trả lại) before the seal. */
  @Column('text', { name: 'returned_by', nullable: true }) returnedBy: string | null;
  @Column('text', { name: 'returned_at', nullable: true }) returnedAt: string | null;
  @Column('text', { name: 'return_reason', nullable: true }) returnReason: string | null;
  @Column('text', { name: 'return_comments', nullable: true, transformer: asJson }) returnComments:
    TranscriptComment[] | null;
}

/** How many transcripts a class will have in its year, as the ledger was told; the newest row of a class counts. */
@Entity('transcript_rosters')
export class TranscriptRoster {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'class_id' }) classId: string;
  @Column('integer') count: number;
  /** 32-byte salt of the `roster` commitment, the same for all rows of a class. */
  @Column('text', { transformer: asBase64 }) salt: Uint8Array;
  /** Entry id of its roster.locked in the outbox and ledger. */
  @Column('text', { name: 'entry_id' }) entryId: string;
  @Column('text', { name: 'locked_at' }) lockedAt: string;
}

/**
 * The secret from which the versions of one document are linked: L_0. Of a pupil's transcript of one year, of a slip of
 * one period; of a class's document `pupilId` is the class. Destroyed by erasure.
 */
@Entity('transcript_lineages')
export class TranscriptLineage {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text', { name: 'pupil_id' }) pupilId: string;
  @PrimaryColumn('text', { name: 'year_id' }) yearId: string;
  @PrimaryColumn('text') kind: IssuedType;
  @PrimaryColumn('text') period: DocumentPeriod;
  @Column('text', { transformer: asBase64 }) first: Uint8Array;
}

/**
 * One version of one pupil's transcript of a year, or of another document that is signed and logged alike. The file itself is not kept: it follows, byte for byte, from J, the
 * released template, the signatures and the proof; `pdfHash` says what must come out.
 */
@Entity('transcripts')
export class Transcript {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'batch_id' }) batchId: string;
  @Column('text', { name: 'class_id' }) classId: string;
  /** Whose; of a class's document the class itself. */
  @Column('text', { name: 'pupil_id' }) pupilId: string;
  @Column('text', { name: 'year_id' }) yearId: string;
  @Column('text') kind: IssuedType;
  @Column('text') period: DocumentPeriod;
  /** e: number of the event in the pupil's lineage of the year. */
  @Column('integer') event: number;
  @Column('text') state: TranscriptState;
  /** J: the JSON attachment's bytes. Destroyed by erasure. */
  @Column('text', { transformer: asBase64, nullable: true }) document: Uint8Array | null;
  /** SHA-256(J), hex: the verification code (mã xác thực). */
  @Column('text', { name: 'document_hash' }) documentHash: string;
  /** Journal event of the result it states, or the newest of what another kind was composed from; a later one overtakes it. */
  @Column('integer', { name: 'result_seq' }) resultSeq: number;
  /** The council's decision that a học bạ prints; null for other kinds. */
  @Column('text', { name: 'decision_id', nullable: true }) decisionId: string | null;
  /** 32 random bytes from which the padding leaves of the field tree are derived. */
  @Column('text', { name: 'padding_seed', transformer: asBase64, nullable: true })
  paddingSeed: Uint8Array | null;
  /** SHA-256 of the seal's signed bytes, its signature value and its certificate, hex; null until sealed. */
  @Column('text', { transformer: asJson, nullable: true }) digests: [string, string, string] | null;
  /** Which key signed its credentials; null until sealed, and of a document that has none. */
  @Column('text', { name: 'credential_key_id', nullable: true }) credentialKeyId: string | null;
  /** Its signatures, base64: of the SD-JWT, and of the credential's two proofs. The rest follows from J. */
  @Column('text', { name: 'credential_signatures', transformer: asJson, nullable: true })
  credentialSignatures: string[] | null;
  /** Entry id in the outbox and ledger; null until sealed. */
  @Column('text', { name: 'entry_id', nullable: true }) entryId: string | null;
  /** SocaiProof, DER: put into the seal's CMS; null until issued. */
  @Column('text', { transformer: asBase64, nullable: true }) proof: Uint8Array | null;
  /** RFC 3161 token about the seal's signature, DER: beside the proof; null where no authority was asked, or none answered. */
  @Column('text', { transformer: asBase64, nullable: true }) timestamp: Uint8Array | null;
  /** SHA-256 of the issued file, hex; null until issued. */
  @Column('text', { name: 'pdf_hash', nullable: true }) pdfHash: string | null;
  @Column('text', { name: 'composed_at' }) composedAt: string;
  @Column('text', { name: 'issued_at', nullable: true }) issuedAt: string | null;
  /** When an approved erasure destroyed the document and its keys; else null. */
  @Column('text', { name: 'erased_at', nullable: true }) erasedAt: string | null;
}

/** One signature of a transcript's route, in order. */
@Entity('transcript_signatures')
export class TranscriptSignature {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text', { name: 'transcript_id' }) transcriptId: string;
  @PrimaryColumn('integer') position: number;
  @Column('text') role: RouteRole;
  /** Who signed; for the seal who put it on. */
  @Column('text', { name: 'person_id' }) personId: string;
  @Column('text', { name: 'certificate_id' }) certificateId: string;
  /** As it stands in the file, to the second. */
  @Column('text', { name: 'signed_at' }) signedAt: string;
  @Column('text', { name: 'act_id' }) actId: string;
  /** The signature, without the proof that the seal's carries later. */
  @Column('text', { transformer: asBase64 }) cms: Uint8Array;
}

/** What happened to an issued document besides a newer version: one more event of its lineage, and of the ledger. */
@Entity('transcript_events')
export class TranscriptEvent {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  /** The version that was the newest then. */
  @Column('text', { name: 'transcript_id' }) transcriptId: string;
  @Column('text', { name: 'pupil_id' }) pupilId: string;
  @Column('text', { name: 'year_id' }) yearId: string;
  /** e: number of the event in the pupil's lineage of the year; versions and these are counted together. */
  @Column('integer') event: number;
  @Column('text') kind: 'revoke' | 'transfer' | 'finish';
  @Column('text') decision: string;
  @Column('text') reason: string;
  @Column('text', { name: 'other_school', nullable: true }) otherSchool: string | null;
  @Column('text', { name: 'entered_by' }) enteredBy: string;
  @Column('text', { name: 'entered_at' }) enteredAt: string;
  @Column('text', { name: 'act_id' }) actId: string;
  /** Entry id in the outbox and ledger. */
  @Column('text', { name: 'entry_id' }) entryId: string;
}

/** A certificate of a person or of the seal, logged by `key.added` before its first use. */
@Entity('certificates')
export class Certificate {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  /** Null for the school's seal. */
  @Column('text', { name: 'person_id', nullable: true }) personId: string | null;
  /** The office that the certificate states; whose homeroom teacher someone is stands in J. */
  @Column('text') role: 'teacher' | 'vice-principal' | 'principal' | 'seal';
  @Column('text', { transformer: asBase64 }) der: Uint8Array;
  /** 32-byte salt of the `key.added` commitment. */
  @Column('text', { transformer: asBase64 }) salt: Uint8Array;
  /** DER of its issuers up to the self-signed authority, base64. */
  @Column('text', { transformer: asJson }) issuers: string[];
  /** Where the private key is: a file of the installation, its PKCS#11 token, or with its holder, outside. */
  @Column('text', { name: 'key_store' }) keyStore: 'file' | 'token' | 'outside';
  /** Name of the key file under the data folder's keys/<school>/; null where it is not a file. */
  @Column('text', { name: 'key_name', nullable: true }) keyName: string | null;
  @Column('text', { name: 'entry_id' }) entryId: string;
  @Column('text', { name: 'issued_at' }) issuedAt: string;
  @Column('text', { name: 'expires_at' }) expiresAt: string;
  @Column('text', { name: 'retired_at', nullable: true }) retiredAt: string | null;
}
