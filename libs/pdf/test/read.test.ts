import { beforeAll, describe, expect, test } from '@jest/globals';
import { concat, utf8 } from '#ledger/format/bytes.js';
import type { DocumentPlan } from '#pdf-fill/plan.js';
import { writeBase } from '#pdf-fill/base.js';
import { parsePicture } from '#pdf-fill/picture.js';
import { looseSignatures, readTranscriptPdf } from '#pdf-fill/read.js';
import type { PdfReadError } from '#pdf-fill/read-error.js';
import {
  embedSignature,
  prepareRevision,
  replaceContents,
  revisionEnds,
  signedBytes,
} from '#pdf-fill/revision.js';
import { changed, PRIMARY, SECONDARY } from '../../transcript/test/samples.js';
import { edited, latin1, planOf, signedPdf, STAND_IN, TIMES } from './issued.js';
import { PICTURES, ring, styled } from './pictures.js';

let plan: DocumentPlan;
let pdf: Uint8Array;

beforeAll(async () => {
  plan = await planOf(SECONDARY);
  pdf = signedPdf(plan);
});

/** The code and step at which a file fails; "read" when it does not. */
async function verdict(file: Uint8Array): Promise<string> {
  try {
    await readTranscriptPdf(file);
    return 'read';
  } catch (error) {
    const { code, step } = error as PdfReadError;
    return `${String(step)} ${code}`;
  }
}

describe('a finished document', () => {
  test('reads back as its data, three signatures, and exactly the bytes that each one signs', async () => {
    for (const sample of [SECONDARY, PRIMARY]) {
      const itsPlan = await planOf(sample);
      const file = signedPdf(itsPlan);
      const read = await readTranscriptPdf(file);
      const ends = revisionEnds(file);
      expect(read.plan.transcript).toEqual(itsPlan.transcript);
      expect(read.signatures.map((signature) => signature.time)).toEqual(
        TIMES.map((time) => time.replace('Z', '.000Z')),
      );
      read.signatures.forEach((signature, i) => {
        expect(signature.cms).toEqual(STAND_IN);
        const [, a, b, c] = signature.byteRange;
        expect(b + c).toBe(ends[i + 1]);
        expect(latin1(file.subarray(a, a + 1)) + latin1(file.subarray(b - 1, b))).toBe('<>');
        expect(signedBytes(file, signature.byteRange)).toHaveLength(a + c);
      });
    }
  });

  test('reads after its seal was replaced by one with more in it', async () => {
    const larger = concat(Uint8Array.of(0x30, 0x82, 0x20, 0x00), new Uint8Array(0x2000).fill(7));
    const stamped = replaceContents(pdf, plan, 2, larger);
    expect(stamped).toHaveLength(pdf.length);
    expect((await readTranscriptPdf(stamped)).signatures[2]?.cms).toEqual(larger);
    expect(() => replaceContents(pdf, plan, 2, new Uint8Array(20_000))).toThrow('does not fit');
  });

  test('is signed in the order of the route only, and not at an impossible time', () => {
    const base = writeBase(plan);
    expect(() => prepareRevision(base, plan, 1, TIMES[0])).toThrow('exactly 1 signatures');
    expect(() => prepareRevision(pdf, plan, 2, TIMES[0])).toThrow('exactly 2 signatures');
    expect(() => prepareRevision(pdf, plan, 3, TIMES[0])).toThrow('signature 4');
    expect(() => prepareRevision(base, plan, 0, '2026-13-01T00:00:00Z')).toThrow('ISO-8601');
  });
});

describe('step 1: the file', () => {
  test('of more than 10 MB, or that is no PDF, or not one of ours, is not read further', async () => {
    expect(await verdict(concat(pdf, new Uint8Array(10 * 1024 * 1024)))).toBe('1 FILE_TOO_LARGE');
    expect(await verdict(new Uint8Array(0))).toBe('1 NOT_A_PDF');
    expect(await verdict(concat(utf8('\n'), pdf))).toBe('1 NOT_A_PDF');
    expect(await verdict(edited(pdf, '%PDF-1.7', '%PDF-1.4'))).toBe('1 NOT_A_PDF');
    expect(await verdict(utf8('%PDF-1.7\n1 0 obj\n<< /Encrypt 2 0 R >>\nendobj\n%%EOF\n'))).toBe(
      '1 FOREIGN_PDF',
    );
  });

  test('with a byte after its end, or cut short, fails there', async () => {
    expect(await verdict(concat(pdf, utf8('\n')))).toBe('1 TRAILING_BYTES');
    expect(await verdict(pdf.subarray(0, pdf.length - 1))).toBe('1 TRAILING_BYTES');
    expect(await verdict(pdf.subarray(0, 60_000))).toBe('1 TRAILING_BYTES');
  });
});

describe('step 2: the revisions', () => {
  test('an unsigned or half-signed document says so', async () => {
    const ends = revisionEnds(pdf);
    expect(await verdict(pdf.subarray(0, ends[0]))).toBe('2 UNSIGNED');
    expect(await verdict(pdf.subarray(0, ends[2]))).toBe('2 SIGNATURES_MISSING');
  });

  test('a visible change appended as an update is found, whatever it holds', async () => {
    const xref = pdf.length + 40;
    const update = `90 0 obj\n<< /Type /Annot >>\nendobj\nxref\n90 1\n${String(pdf.length).padStart(10, '0')} 00000 n \ntrailer\n<< /Size 91 /Prev 1 >>\nstartxref\n${String(xref)}\n%%EOF\n`;
    expect(await verdict(concat(pdf, utf8(update)))).toBe('2 REVISION_COUNT');
  });

  test('a fourth signature, a document timestamp for instance, is one too many', async () => {
    const seal = pdf.subarray(revisionEnds(pdf)[2]);
    expect(await verdict(concat(pdf, seal))).toBe('2 REVISION_COUNT');
  });
});

describe('step 3: revision 0', () => {
  test('data that is cut, or claims to be longer than the file, is not found', async () => {
    expect(await verdict(edited(pdf, '2Fjson /Length ', '2Fjson /Length 99'))).toBe('3 ATTACHMENT_MALFORMED');
    expect(await verdict(edited(pdf, '2Fjson /Length ', '2Fjson /Length -'))).toBe('3 ATTACHMENT_MALFORMED');
  });

  test('row 31: a changed page, a second attachment of the same name, a hybrid table or a script is not what the data gives', async () => {
    for (const [from, to] of [
      ['<0033', '<0034'],
      ['/Names [(hoc-ba.json) 5 0 R]', '/Names [(hoc-ba.json) 5 0 R (hoc-ba.json) 4 0 R]'],
      ['/Info 3 0 R', '/XRefStm 9 /Info 3 0 R'],
      ['/Type /Catalog', '/Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >>'],
      ['/Lang (vi-VN)', '/Lang (en-US)'],
      ['endobj\n3 0 obj', 'endobj\n\n3 0 obj'],
    ] as const) {
      expect(await verdict(edited(pdf, from, to))).toBe('3 BASE_ALTERED');
    }
  });

  test('a template that this release does not know cannot be decided; a known one with another hash is false', async () => {
    const unknown = changed(plan.transcript, (copy) => (copy.template.id = 'hoc-ba-thpt-1'));
    const { template } = plan.loaded;
    const ofUnknown = signedPdf({
      ...plan,
      documentBytes: Buffer.from(
        latin1(plan.documentBytes).replace('hoc-ba-thcs-1', 'hoc-ba-thpt-1'),
        'latin1',
      ),
      transcript: unknown,
    });
    expect(template.id).toBe('hoc-ba-thcs-1');
    expect(await verdict(ofUnknown)).toBe('3 TEMPLATE_UNKNOWN');
    expect(looseSignatures(ofUnknown).map((signature) => signature.cms)).toEqual([
      STAND_IN,
      STAND_IN,
      STAND_IN,
    ]);
    expect(await verdict(edited(pdf, plan.loaded.hash, '0'.repeat(64)))).toBe('3 BASE_ALTERED');
  });
});

describe('step 3: the pictures of a school and its signers', () => {
  let own: DocumentPlan;
  let file: Uint8Array;

  beforeAll(async () => {
    own = await planOf(styled(SECONDARY), PICTURES);
    file = signedPdf(own);
  });

  test('are read out of the file itself, and the pages written again with them', async () => {
    expect(await verdict(file)).toBe('read');
    const { plan: read } = await readTranscriptPdf(file);
    expect([...read.images.keys()]).toEqual(['homeroom', 'logo', 'principal', 'seal']);
    expect(read.images).toEqual(own.images);
  });

  test('row 31: another picture in the place of one, or one byte of it, is not the one that the data name', async () => {
    const other = parsePicture(ring(90, [20, 30, 200]))!;
    const place = own.images.get('seal')!;
    const at = Buffer.from(file).indexOf(place.colour);
    const swapped = concat(file.subarray(0, at), other.colour, file.subarray(at + place.colour.length));
    expect(await verdict(swapped)).toBe('3 IMAGE_ALTERED');
    for (const { colour, alpha } of own.images.values()) {
      for (const stream of [colour, alpha!]) {
        const flipped = file.slice();
        const middle = Buffer.from(file).indexOf(stream) + Math.floor(stream.length / 2);
        flipped[middle] = (flipped[middle] ?? 0) ^ 1;
        expect(await verdict(flipped)).toBe('3 IMAGE_ALTERED');
      }
    }
    const [entry] = /\/Width 90 \/Height 90/.exec(latin1(file))!;
    expect(await verdict(edited(file, entry, '/Width 91 /Height 90'))).toBe('3 IMAGE_ALTERED');
    expect(await verdict(edited(file, '/SMask', '/SMusk'))).toBe('3 IMAGE_ALTERED');
  });

  test('a picture swapped for one that the document has elsewhere, or drawn twice, is not what the data gives', async () => {
    const name = (place: string): string => `/S ${String(own.numbers.images.get(place))} 0 R`;
    const later = (from: string, to: string): Promise<string> =>
      verdict(editedAfter(file, revisionEnds(file)[0] ?? 0, from, to));
    expect(await later(name('homeroom'), name('logo').padEnd(name('homeroom').length))).toBe(
      '4 REVISION_ALTERED',
    );
    expect(await verdict(edited(file, '/L Do Q', '/L Do /L Do Q'))).toBe('3 BASE_ALTERED');
  });

  test('a text of the school changed on its page, or in the data, is found there', async () => {
    const motto = styled(SECONDARY, { motto: 'Học để biết' });
    const plain = signedPdf(await planOf(motto, PICTURES));
    expect(await verdict(plain)).toBe('read');
    const shown = (text: string): string => own.metrics.encode(text);
    expect(await verdict(edited(plain, shown('Học để biết'), shown('Học để chơi')))).toBe('3 BASE_ALTERED');
    expect(await verdict(edited(plain, '"motto":"H', '"motto":"h'))).toBe('8 DOCUMENT_MALFORMED');
  });
});

describe('step 4: the signature revisions', () => {
  test('a page and the attachment swapped inside the revision of the seal itself', async () => {
    const beforeSeal = pdf.subarray(0, revisionEnds(pdf)[2]);
    const prepared = prepareRevision(beforeSeal, plan, 2, TIMES[2]);
    const extra = `\n1 0 obj\n<< /Type /EmbeddedFile /Length 2 >>\nstream\n{}\nendstream\nendobj\n${String(plan.numbers.contents[3])} 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj`;
    const swapped = edited(embedSignature(prepared, STAND_IN), '\nxref\n', '\nxref\n');
    const text = latin1(swapped);
    const at = text.lastIndexOf('\nxref\n');
    expect(await verdict(Buffer.from(text.slice(0, at) + extra + text.slice(at), 'latin1'))).toBe(
      '4 REVISION_ALTERED',
    );
  });

  test('another name, right or time in what is shown', async () => {
    const tampered = (from: string, to: string): Promise<string> =>
      verdict(editedAfter(pdf, revisionEnds(pdf)[0] ?? 0, from, to));
    expect(await tampered("D:20260529101530+07'00'", "D:20260529101531+07'00'")).toBe('4 REVISION_ALTERED');
    expect(await tampered('D:20260529', 'D:20269929')).toBe('4 REVISION_ALTERED');
    expect(await tampered('/Name <FEFF00', '/Name <FEFF01')).toBe('4 REVISION_ALTERED');
    expect(await tampered('<00', '<01')).toBe('4 REVISION_ALTERED');
    expect(await tampered('/F 132', '/F 130')).toBe('4 REVISION_ALTERED');
    expect(await tampered('/Root 2 0 R', '/Root 2 0 R /XRefStm 5')).toBe('4 REVISION_ALTERED');
    expect(await tampered('/ETSI.CAdES.detached', '/adbe.pkcs7.detached')).toBe('4 REVISION_ALTERED');
  });
});

describe('step 5: ByteRange and /Contents', () => {
  const last = (file: Uint8Array, from: string, to: string): Uint8Array => {
    const text = latin1(file);
    const at = text.lastIndexOf(from);
    return Buffer.from(text.slice(0, at) + to + text.slice(at + from.length), 'latin1');
  };

  test('row 31: a ByteRange that leaves something out', async () => {
    const range = /\/ByteRange \[0 (\d+)/.exec(latin1(pdf))?.[1] ?? '';
    const smaller = String(Number(range) - 1).padStart(range.length, '0');
    expect(await verdict(edited(pdf, `/ByteRange [0 ${range}`, `/ByteRange [0 ${smaller}`))).toBe(
      '5 BYTE_RANGE_ALTERED',
    );
    expect(await verdict(edited(pdf, '/ByteRange [0 ', '/ByteRange [1 '))).toBe('5 BYTE_RANGE_ALTERED');
  });

  test('junk in the padding, upper-case digits, white space, or no signature at all', async () => {
    expect(await verdict(last(pdf, '00> >>', '01> >>'))).toBe('5 CONTENTS_MALFORMED');
    expect(await verdict(last(pdf, '00> >>', '0 > >>'))).toBe('5 CONTENTS_MALFORMED');
    expect(await verdict(edited(pdf, '<3003020105', '<300302010A'))).toBe('5 CONTENTS_MALFORMED');
    expect(await verdict(edited(pdf, '<3003020105', '<0003020105'))).toBe('5 CONTENTS_MALFORMED');
    expect(await verdict(edited(pdf, '<3003020105', '<3002020105'))).toBe('5 CONTENTS_MALFORMED');
    expect(await verdict(edited(pdf, '<3003020105', '<3083ffffff'))).toBe('5 CONTENTS_MALFORMED');
  });
});

test('step 8 comes early for data that is not canonical, repeats a key or breaks the schema', async () => {
  expect(await verdict(edited(pdf, '{"data":', '{"dbta":'))).toBe('8 DOCUMENT_MALFORMED');
  expect(await verdict(edited(pdf, '"sex":"NU"', '"sex":"XX"'))).toBe('8 DOCUMENT_MALFORMED');
});

test('one byte changed anywhere is found, but for the digits of a CMS, which is opened elsewhere', async () => {
  const text = latin1(pdf);
  const contents = [...text.matchAll(/\/Contents <3003020105/g)].map(
    (match) => match.index + '/Contents <'.length,
  );
  const survivors: number[] = [];
  for (let at = 3; at < pdf.length; at += 1499) {
    const flipped = pdf.slice();
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    if ((await verdict(flipped)) === 'read') survivors.push(at);
  }
  expect(survivors.filter((at) => !contents.some((start) => at >= start && at < start + 10))).toEqual([]);
});

function editedAfter(file: Uint8Array, start: number, from: string, to: string): Uint8Array {
  return concat(file.subarray(0, start), edited(file.subarray(start), from, to));
}
