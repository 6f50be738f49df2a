/** J out of a document: it is the first object of the file, so nothing else has to be believed to find it. */
import { fromUtf8, utf8 } from '#ledger/format/bytes.js';
import { MAX_DOCUMENT_BYTES } from '#transcript/canonical.js';
import { DOCUMENT_ENTRIES, HEADER } from './base.js';
import { readPictures, type Picture } from './picture.js';
import { OBJECTS } from './plan.js';

const OPENING = utf8(`${HEADER}${String(OBJECTS.document)} 0 obj\n<< ${DOCUMENT_ENTRIES} /Length `);

/** Whether the file begins as this writer's documents do. */
export function beginsLikeOurs(pdf: Uint8Array): boolean {
  return OPENING.every((byte, i) => pdf[i] === byte);
}

/** The bytes of J; undefined when the file does not begin as this writer's documents do. J itself is not checked. */
export function extractDocument(pdf: Uint8Array): Uint8Array | undefined {
  const found = findDocument(pdf);
  return found === undefined ? undefined : pdf.subarray(found.start, found.end);
}

/** The `count` pictures behind J, under their hashes. */
export function extractPictures(pdf: Uint8Array, count: number): ReadonlyMap<string, Picture> {
  const found = count === 0 ? undefined : findDocument(pdf);
  if (found === undefined) return new Map();
  return readPictures(pdf, found.end + '\nendstream\nendobj\n'.length, count);
}

function findDocument(pdf: Uint8Array): { readonly start: number; readonly end: number } | undefined {
  if (!beginsLikeOurs(pdf)) return undefined;
  const head = pdf.subarray(OPENING.length, OPENING.length + 24);
  const text = fromUtf8(head.map((byte) => (byte < 0x80 ? byte : 0x3f)));
  const length = /^(\d{1,7}) >>\nstream\n/.exec(text);
  if (length === null) return undefined;
  const start = OPENING.length + length[0].length;
  const end = start + Number(length[1]);
  if (end > pdf.length || end - start > MAX_DOCUMENT_BYTES) return undefined;
  return { start, end };
}
