/** What attackers make of a finished document, as far as it takes more than changing a byte. */
import { concat, utf8 } from '#ledger/format/bytes.js';
import type { DocumentPlan } from '#pdf-fill/plan.js';
import {
  BYTE_RANGE_WIDTH,
  embedSignature,
  prepareRevision,
  revisionEnds,
  signedBytes,
} from '#pdf-fill/revision.js';
import { signCms } from '#signing/cms-sign.js';
import { formatCms, parseCms } from '#signing/cms-structure.js';
import { formatEcdsaSignature, parseEcdsaSignature } from '#signing/ecdsa.js';
import type { Signer } from '#signing/signer.js';
import { highTwin } from '../../signing/test/forge.js';
import { sha256 } from './world.js';

/** The other signature value of the same key over the same attributes: r and n − s. */
export function malleated(cms: Uint8Array): Uint8Array {
  const parts = parseCms(cms);
  const signature = formatEcdsaSignature(
    highTwin(parseEcdsaSignature(parts.signature, 'CMS_SIGNATURE_MALFORMED')),
  );
  return formatCms({ ...parts, signature });
}

/** The CMS without its unsigned attributes. */
export function stripped(cms: Uint8Array): Uint8Array {
  return formatCms({ ...parseCms(cms), unsignedAttributes: [] });
}

/**
 * The sealer's own attack: a page and the attachment are redefined inside the revision of the seal, with a correct
 * table, before the seal is put on. Every signature is then good, and every viewer shows another page.
 */
export async function swappedUnderTheSeal(
  pdf: Uint8Array,
  plan: DocumentPlan,
  seal: Signer,
): Promise<Uint8Array> {
  const start = revisionEnds(pdf)[2]!;
  const prepared = prepareRevision(pdf.subarray(0, start), plan, 2, '2026-05-29T08:30:00Z');
  const text = Buffer.from(prepared.bytes).toString('latin1');
  const tableAt = text.lastIndexOf('\nxref\n') + 1;
  const [, sections = '', trailer = ''] =
    /^xref\n([^]*)trailer\n(<<[^]*>>)\nstartxref/.exec(text.slice(tableAt)) ?? [];
  const page = plan.numbers.contents[3]!;
  const data = `1 0 obj\n<< /Type /EmbeddedFile /Length 14 >>\nstream\n{"mark":"10.0"}\nendstream\nendobj\n`;
  const content = `${String(page)} 0 obj\n<< /Length 33 >>\nstream\n1 0 0 rg 100 100 300 300 re f 0 g\nendstream\nendobj\n`;
  const entry = (at: number): string => `${String(at).padStart(10, '0')} 00000 n \n`;
  const newTable = tableAt + data.length + content.length;
  const rest = [
    data,
    content,
    `xref\n1 1\n${entry(tableAt)}${String(page)} 1\n${entry(tableAt + data.length)}${sections}`,
    `trailer\n${trailer}\nstartxref\n${String(newTable)}\n%%EOF\n`,
  ].join('');
  const bytes = concat(prepared.bytes.subarray(0, tableAt), utf8(rest));
  const [zero, a, b] = prepared.byteRange;
  const byteRange = [zero, a, b, bytes.length - b] as const;
  bytes.set(utf8(`[${byteRange.join(' ')}]`.padEnd(BYTE_RANGE_WIDTH)), prepared.byteRangeStart);
  const cms = await signCms(sha256(signedBytes(bytes, byteRange)), seal);
  return embedSignature({ ...prepared, bytes, byteRange }, cms);
}

/** `pdf` with `text` replaced by another of the same length at its last occurrence. */
export function withLast(pdf: Uint8Array, text: string, other: string): Uint8Array {
  const at = Buffer.from(pdf).lastIndexOf(text);
  const changed = pdf.slice();
  changed.set(utf8(other), at);
  return changed;
}
