/** What a well-known library that had no part in the writing reads out of our documents. */
import { describe, expect, test } from '@jest/globals';
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFRawStream,
  PDFSignature,
} from 'pdf-lib';
import { PRIMARY, SECONDARY } from '../../transcript/test/samples.js';
import { edited, planOf, signedPdf } from './issued.js';

/** Bytes of every embedded file in the name tree. */
function attachments(document: PDFDocument): Uint8Array[] {
  const names = document.catalog
    .lookup(PDFName.of('Names'), PDFDict)
    .lookup(PDFName.of('EmbeddedFiles'), PDFDict);
  const pairs = names.lookup(PDFName.of('Names'), PDFArray);
  return Array.from({ length: pairs.size() / 2 }, (_, i) => {
    const file = pairs.lookup(2 * i + 1, PDFDict).lookup(PDFName.of('EF'), PDFDict);
    const stream = file.lookup(PDFName.of('F'));
    if (!(stream instanceof PDFRawStream)) throw new Error('the attachment is no stream');
    return decodePDFRawStream(stream).decode();
  });
}

describe.each([
  ['secondary', SECONDARY, 5],
  ['primary', PRIMARY, 6],
] as const)('a signed %s transcript, read by pdf-lib', (_, sample, pages) => {
  test('has its pages, its language, three signature fields and J as its only attachment', async () => {
    const plan = await planOf(sample);
    const document = await PDFDocument.load(signedPdf(plan), { updateMetadata: false });
    expect(document.getPageCount()).toBe(pages);
    expect(document.catalog.lookup(PDFName.of('Lang'))?.toString()).toContain('vi');
    const fields = document.getForm().getFields();
    expect(fields).toHaveLength(3);
    for (const field of fields) {
      expect(field).toBeInstanceOf(PDFSignature);
      expect(field.acroField.dict.has(PDFName.of('V'))).toBe(true);
    }
    const found = attachments(document);
    expect(found).toHaveLength(1);
    expect(Buffer.compare(found[0] ?? new Uint8Array(), plan.documentBytes)).toBe(0);
  });

  test('with one letter of it changed no longer carries J', async () => {
    const plan = await planOf(sample);
    const pdf = edited(signedPdf(plan), '"type":"hoc-ba"', '"type":"hoc-bb"');
    const document = await PDFDocument.load(pdf, { updateMetadata: false });
    expect(Buffer.compare(attachments(document)[0] ?? new Uint8Array(), plan.documentBytes)).not.toBe(0);
  });
});
