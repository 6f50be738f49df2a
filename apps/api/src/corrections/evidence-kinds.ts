/** Which kind a file of evidence is, by its content: what the sender calls it counts for nothing. Pure. */
import type { EvidenceKind } from './evidence.entities.js';

/** A scan of a page or two. */
export const LARGEST_EVIDENCE = 4 * 1024 * 1024;

const PDF_HEAD = /^%PDF-[12]\.\d/;
const PNG_HEAD = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** An empty chunk IEND with its check sum: nothing may follow. */
const PNG_END = [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82];
const JPEG_HEAD = [0xff, 0xd8, 0xff];
const JPEG_END = [0xff, 0xd9];
/** How far before its end a PDF may end (Adobe's readers look as far). */
const PDF_TAIL = 1024;

/** Null for anything but a whole PDF, JPEG or PNG. */
export function kindOf(file: Uint8Array): EvidenceKind | null {
  if (begins(file, PNG_HEAD)) return ends(file, PNG_END) ? 'png' : null;
  if (begins(file, JPEG_HEAD)) return ends(file, JPEG_END) ? 'jpeg' : null;
  if (!PDF_HEAD.test(latin1(file.subarray(0, 8)))) return null;
  return latin1(file.subarray(-PDF_TAIL)).includes('%%EOF') ? 'pdf' : null;
}

export const MEDIA_TYPES: Readonly<Record<EvidenceKind, string>> = {
  pdf: 'application/pdf',
  jpeg: 'image/jpeg',
  png: 'image/png',
};

/** The name under which a file is handed out; made here, so that no sender's name reaches a disk. */
export function evidenceName(id: string, kind: EvidenceKind): string {
  return `minh-chung-${id.slice(0, 8)}.${kind === 'jpeg' ? 'jpg' : kind}`;
}

function begins(file: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, i) => file[i] === byte);
}

function ends(file: Uint8Array, tail: readonly number[]): boolean {
  return file.length >= tail.length && tail.every((byte, i) => file[file.length - tail.length + i] === byte);
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
