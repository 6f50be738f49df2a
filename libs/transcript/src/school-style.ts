/**
 * What a school may change on its documents: its logo, some texts, pictures of its seal and of its signers' signatures.
 * J names the pictures by hash and holds the texts, so that a verifier needs nothing else to write the pages again.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '#ledger/format/bytes.js';
import { canonicalize, type Json } from '#ledger/format/jcs.js';

/** Texts that a school may set; each has one place on the forms, or a few. */
export interface StyleTexts {
  /** Cơ quan chủ quản, above the school's name: "UBND PHƯỜNG BẾN TRÀM". */
  readonly governingBody?: string;
  /** The school's name as its documents print it at the head: "Trường THCS Bến Tràm (cơ sở 2)". */
  readonly schoolName?: string;
  /** Under the name on a cover. */
  readonly motto?: string;
  /** Địa danh, before a date: "Bến Tràm". */
  readonly place?: string;
  /** What the number in the register is called on the cover: "Số đăng bộ". */
  readonly registerLabel?: string;
  /** A last sentence on the page that explains the book. */
  readonly guideNote?: string;
  /** A last sentence on a slip for parents: whom to ask, and when. */
  readonly slipNote?: string;
}

/** The longest each text may be, in characters: every one fits its place at that length. */
export const STYLE_TEXT_LENGTHS: Readonly<Record<keyof StyleTexts, number>> = {
  governingBody: 80,
  schoolName: 100,
  motto: 80,
  place: 40,
  registerLabel: 40,
  guideNote: 300,
  slipNote: 160,
};

/** Pictures that belong to the school; those of people have the role of the route as their place. */
export const STYLE_IMAGES = ['logo', 'seal'] as const;

export type StyleImage = (typeof STYLE_IMAGES)[number];

/** Version of a school's template file as J names it. */
export interface SchoolStyle {
  readonly version: number;
  /** Of the file: {@link styleHash}. */
  readonly hash: string;
  readonly texts: StyleTexts;
}

/** SHA-256 (hex) over the canonical JSON of a school's template file, its pictures by their hashes. */
export function styleHash(texts: StyleTexts, images: Readonly<Partial<Record<StyleImage, string>>>): string {
  return toHex(sha256(canonicalize({ format: 1, texts, images } as unknown as Json)));
}
