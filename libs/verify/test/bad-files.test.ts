/** What people drop on a verifier by mistake: each gets a clear verdict, in bounded time and memory. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { concat, utf8 } from '#ledger/format/bytes.js';
import { MAX_FILE_BYTES } from '#pdf-fill/read.js';
import { World, type Issued } from './world.js';

let world: World;
let issued: Issued;

beforeAll(async () => {
  world = await World.make();
  issued = await world.issue();
});

const outcome = async (file: Uint8Array) => {
  const { verdict, code, reasons } = await world.verify(file);
  return { said: `${verdict} ${String(code)}`, why: reasons.join(' ') };
};
async function foreign(pages: number): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (let i = 0; i < pages; i++) document.addPage().drawText('A letter', { font });
  return document.save();
}
/** As a viewer's "save as" writes the whole document anew. */
const resaved = async (useObjectStreams: boolean) =>
  (await PDFDocument.load(issued.pdf)).save({ useObjectStreams });

describe('a file that is no sealed transcript', () => {
  test('nothing at all, a text, a picture', async () => {
    const picture = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    for (const file of [new Uint8Array(0), utf8('%'), utf8('Kính gửi nhà trường'), picture]) {
      expect((await outcome(file)).said).toBe('invalid NOT_A_PDF');
    }
  });

  test('a PDF of somebody else, one that only begins like ours, and one with a password', async () => {
    expect((await outcome(await foreign(1))).said).toBe('invalid FOREIGN_PDF');
    expect((await outcome(utf8('%PDF-1.7\n%%EOF\n'))).said).toBe('invalid FOREIGN_PDF');
    const at = Buffer.from(issued.pdf).lastIndexOf('/Root');
    const locked = concat(issued.pdf.subarray(0, at), utf8('/Encrypt 9 0 R '), issued.pdf.subarray(at));
    expect((await outcome(locked)).said).toBe('invalid REVISION_ALTERED');
  });

  test('our document saved again by another program: what was signed is not there any more', async () => {
    for (const useObjectStreams of [true, false]) {
      const { said, why } = await outcome(await resaved(useObjectStreams));
      expect(said).toMatch(/^invalid /);
      expect(why.length).toBeGreaterThan(20);
    }
  });

  test('our document cut off anywhere is never valid, and is not blamed on anything else', async () => {
    const step = Math.ceil(issued.pdf.length / 64);
    const said = new Set<string>();
    for (let end = step; end < issued.pdf.length; end += step) {
      said.add((await outcome(issued.pdf.subarray(0, end))).said);
    }
    expect([...said].filter((each) => !each.startsWith('invalid '))).toEqual([]);
    expect([...said].join()).toMatch(/TRUNCATED|TRAILING_BYTES|ATTACHMENT_MALFORMED/);
  });

  test('a hundred megabytes are refused by their length, before anything of them is read', async () => {
    const huge = new Uint8Array(100 * 1024 * 1024);
    huge.set(issued.pdf);
    expect((await outcome(huge)).said).toBe('invalid FILE_TOO_LARGE');
    expect((await outcome(huge.subarray(0, MAX_FILE_BYTES))).said).not.toBe('invalid FILE_TOO_LARGE');
  });
});
