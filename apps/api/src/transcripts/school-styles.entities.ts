/** How a school's documents look: pictures, and versions of the school's and its signers' own choices. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StyleTexts } from '#transcript/school-style.js';
import { asBase64, asJson } from '../database/columns.js';

/** A picture as documents attach it; never changed, and kept, since issued documents are written with it again. */
@Entity('document_pictures')
export class DocumentPicture {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  /** SHA-256 of its bytes, hex: what J names it by. */
  @PrimaryColumn('text') id: string;
  @Column('text', { transformer: asBase64 }) bytes: Uint8Array;
  /** Pixels. */
  @Column('integer') width: number;
  @Column('integer') height: number;
  @Column('text', { name: 'added_by' }) addedBy: string;
  @Column('text', { name: 'added_at' }) addedAt: string;
}

/** Ids of pictures: of the school `logo` and `seal`, of a person `signature`. */
export interface StylePictures {
  readonly logo?: string;
  readonly seal?: string;
  readonly signature?: string;
}

/** One version of the school's template file, or of what a person signs with; the newest of an owner holds. */
@Entity('document_styles')
export class DocumentStyle {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  /** `school`, or the person's id. */
  @Column('text') owner: string;
  /** From 1. */
  @Column('integer') version: number;
  @Column('text', { transformer: asJson }) texts: StyleTexts;
  @Column('text', { transformer: asJson }) pictures: StylePictures;
  /** Of the principal's decision; a person needs none for their own. */
  @Column('text', { name: 'decision_number', nullable: true }) decisionNumber: string | null;
  @Column('text', { name: 'decided_on', nullable: true }) decidedOn: string | null;
  @Column('text', { name: 'made_by' }) madeBy: string;
  @Column('text', { name: 'made_at' }) madeAt: string;
}

/** Owner of what is the school's. */
export const SCHOOL_OWNER = 'school';
