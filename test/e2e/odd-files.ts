/** What people drop on a verifier beside the transcript itself, by mistake or on purpose. */
import { PDFDocument, StandardFonts } from 'pdf-lib';

/** A file and its twin of which one letter was changed, a little after the last `mark`. */
export function twins(
  file: Uint8Array,
  mark: string,
): { readonly true: Uint8Array; readonly changed: Uint8Array } {
  const at = Buffer.from(file).lastIndexOf(mark) + mark.length + 1;
  const changed = file.slice();
  changed[at] = changed[at] === 0x41 ? 0x42 : 0x41;
  return { true: file, changed };
}

/** By file name; only "hoc-ba.pdf" is what the school issued. */
export async function oddFiles(pdf: Uint8Array): Promise<Record<string, Uint8Array>> {
  const at = Buffer.from(pdf).lastIndexOf('/Root');
  const beginning = Buffer.from(pdf).indexOf('%%EOF\n') + '%%EOF\n'.length;
  return {
    'hoc-ba.pdf': pdf,
    'da-sua.pdf': changedIn(pdf, Math.floor(pdf.length / 2)),
    'chua-ki.pdf': pdf.subarray(0, beginning),
    'bi-cat.pdf': pdf.subarray(0, Math.floor(pdf.length * 0.6)),
    'luu-lai.pdf': await (await PDFDocument.load(pdf)).save(),
    'co-mat-khau.pdf': Buffer.concat([pdf.subarray(0, at), Buffer.from('/Encrypt 9 0 R '), pdf.subarray(at)]),
    'noi-them.pdf': Buffer.concat([pdf, Buffer.from('% one more line\n')]),
    'nguoi-khac.pdf': await foreign(),
    'rong.pdf': new Uint8Array(0),
    'thu.txt': Buffer.from('Kính gửi nhà trường'),
    'khac.json': Buffer.from('{"marks":[10,10,10]}'),
  };
}

function changedIn(file: Uint8Array, at: number): Uint8Array {
  const changed = file.slice();
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

async function foreign(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage().drawText('A letter', { font: await document.embedFont(StandardFonts.Helvetica) });
  return document.save();
}
