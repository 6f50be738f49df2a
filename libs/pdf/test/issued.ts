/** Documents for the tests of the PDF room: pinned to the released templates, with stand-ins where a CMS would be. */
import { concat } from '#ledger/format/bytes.js';
import type { Picture } from '#pdf-fill/picture.js';
import { planDocument, type DocumentPlan } from '#pdf-fill/plan.js';
import { writeBase } from '#pdf-fill/base.js';
import { embedSignature, prepareRevision } from '#pdf-fill/revision.js';
import { loadTemplate } from '#pdf-fill/templates.js';
import { encodeDocument } from '#transcript/canonical.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import { changed } from '../../transcript/test/samples.js';

/** A DER SEQUENCE that is no CMS; the PDF room does not open it. */
export const STAND_IN = Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05);

export const TIMES = ['2026-05-29T03:15:30Z', '2026-05-29T04:00:00Z', '2026-05-29T08:30:00Z'] as const;

/** The plan of a sample, pinned to the template as released. */
export async function planOf(
  sample: SchoolDocument,
  pictures?: ReadonlyMap<string, Picture>,
): Promise<DocumentPlan> {
  const loaded = await loadTemplate(sample.template.id);
  const pinned = changed(sample, (copy) => (copy.template.hash = loaded.hash));
  return planDocument(encodeDocument(pinned), loaded, pictures);
}

/** The finished file: three revisions with `cms` in each. */
export function signedPdf(plan: DocumentPlan, cms: Uint8Array = STAND_IN): Uint8Array {
  return TIMES.reduce<Uint8Array>(
    (pdf, time, index) => embedSignature(prepareRevision(pdf, plan, index, time), cms),
    writeBase(plan),
  );
}

/** The file as text, one character a byte. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

/** `pdf` with one text, the first to be found, replaced by another of any length. */
export function edited(pdf: Uint8Array, from: string, to: string): Uint8Array {
  const text = latin1(pdf);
  const at = text.indexOf(from);
  if (at < 0) throw new Error(`the file has no "${from}"`);
  return concat(pdf.subarray(0, at), Buffer.from(to, 'latin1'), pdf.subarray(at + from.length));
}

/** Text of a page as its operators spell it. */
export function shownText(plan: DocumentPlan, pdf: Uint8Array): string {
  const characters = [...plan.loaded.font.characters];
  return [...latin1(pdf).matchAll(/<([0-9A-F]+)> Tj/g)]
    .map(([, hex = '']) =>
      (hex.match(/.{4}/g) ?? [])
        .map((code) => characters[Number.parseInt(code, 16) - 1])
        .join('')
        .trimEnd(),
    )
    .join('\n');
}
