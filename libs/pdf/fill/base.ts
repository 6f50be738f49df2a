/**
 * Revision 0, written from J and its template alone: the same J gives the same bytes on every machine, so that a
 * verifier writes it again and compares. Classic cross-reference table, every object once, content uncompressed.
 */
import { fromBase64, utf8 } from '#ledger/format/bytes.js';
import { compactVerificationCode } from '#transcript/verification-code.js';
import { pageContent } from './page.js';
import { writePicture } from './picture.js';
import { FACE_NAMES, number } from './paint.js';
import { FACES, fileIdentifier, OBJECTS, type DocumentPlan } from './plan.js';
import { lastOf } from './planned-page.js';
import { substituted } from './printed.js';
import { packRows, qrCode } from './qr.js';
import { writeStructure, type TaggedAnnotation } from './structure-tree.js';
import { asciiString, ObjectWriter, reference, textString, xmlText } from './syntax.js';
import type { Box, Face, FontResource, SignaturePlace } from './template.js';

/** The first bytes of every document: version, and a comment that marks the file as binary. */
export const HEADER = '%PDF-1.7\n%\u00a7\u00a7\n';

/** What stands before the length of J in the first object. */
export const DOCUMENT_ENTRIES = '/Type /EmbeddedFile /Subtype /application#2Fjson';

/** Name of the attachment: the kind of the document. */
function attachmentName({ transcript }: DocumentPlan): string {
  return asciiString(`${transcript.type}.json`);
}

/** The bytes of revision 0. Text that has no place on the form: PdfFillError. */
export function writeBase(plan: DocumentPlan): Uint8Array {
  const title = substituted(plan.loaded.template.title, plan.view);
  const attachment = attachmentName(plan);
  const writer = new ObjectWriter(0);
  writer.raw(HEADER);
  writer.stream(OBJECTS.document, DOCUMENT_ENTRIES, plan.documentBytes);
  // Directly behind J, where a reader finds them without believing anything else of the file.
  for (const [place, picture] of plan.images) {
    writePicture(writer, plan.numbers.images.get(place)!, picture);
  }
  writer.object(OBJECTS.catalog, catalog(plan));
  writer.object(OBJECTS.info, `<< /Title ${textString(title)} /CreationDate ${createdAt(plan)} >>`);
  writer.stream(OBJECTS.metadata, '/Type /Metadata /Subtype /XML', utf8(xmp(title)));
  writer.object(
    OBJECTS.fileSpec,
    `<< /Type /Filespec /F ${attachment} /UF ${attachment} /AFRelationship /Source /EF << /F ${reference(OBJECTS.document)} /UF ${reference(OBJECTS.document)} >> >>`,
  );
  const kids = plan.numbers.pages.map(reference).join(' ');
  writer.object(
    OBJECTS.pages,
    `<< /Type /Pages /Kids [${kids}] /Count ${String(plan.numbers.pages.length)} >>`,
  );
  writeOutlines(writer, plan);
  writeFonts(writer, plan);
  writeQr(writer, plan);
  writePages(writer, plan);
  writeAnnotations(writer, plan);
  return writer.finish(trailerEntries(plan, 0, plan.numbers.next));
}

/** /Size, /Root, /Info and /ID of a revision's trailer. */
export function trailerEntries(plan: DocumentPlan, revision: number, size: number): string {
  return `/Size ${String(size)} /Root ${reference(OBJECTS.catalog)} /Info ${reference(OBJECTS.info)} ${fileIdentifier(plan, revision)}`;
}

/** The dictionary of signature field `index`; `filled` holds what its signature adds. */
export function widget(plan: DocumentPlan, index: number, filled: string): string {
  const place = plan.loaded.template.signatures[index]!;
  const title = plan.transcript.route[index]?.title ?? '';
  const rect = rectangle(fieldBox(plan, place), plan.loaded.template.height);
  return `<< /Type /Annot /Subtype /Widget /FT /Sig /T ${asciiString(`signature${String(index + 1)}`)} /TU ${textString(title)} /Rect ${rect} /F 132 /StructParent ${String(plan.pages.length + index)} /P ${reference(plan.numbers.pages[lastOf(plan.pages, place.page)]!)}${filled} >>`;
}

/** Where a signature stands: larger, as its template says, with a picture. */
export function fieldBox({ images }: DocumentPlan, { box, pictured, role }: SignaturePlace): Box {
  return images.has(role) ? (pictured ?? box) : box;
}

/** Fonts for a page or an appearance. */
export function fontResources(plan: DocumentPlan): string {
  const fonts = FACES.map((face) => `/${FACE_NAMES[face]} ${reference(plan.numbers.fonts[face])}`);
  return `/Font << ${fonts.join(' ')} >>`;
}

function catalog(plan: DocumentPlan): string {
  const { numbers } = plan;
  const fileSpec = reference(OBJECTS.fileSpec);
  return [
    `<< /Type /Catalog /Pages ${reference(OBJECTS.pages)} /Lang (vi-VN) /Metadata ${reference(OBJECTS.metadata)}`,
    `/Names << /EmbeddedFiles << /Names [${attachmentName(plan)} ${fileSpec}] >> >> /AF [${fileSpec}]`,
    `/Outlines ${reference(OBJECTS.outlines)} /ViewerPreferences << /DisplayDocTitle true >> /MarkInfo << /Marked true >> /StructTreeRoot ${reference(numbers.structure.root)}`,
    `/AcroForm << /Fields [${numbers.widgets.map(reference).join(' ')}] /SigFlags 3 >> >>`,
  ].join(' ');
}

function createdAt({ transcript }: DocumentPlan): string {
  return asciiString(`D:${transcript.data.issuedAt.date.replaceAll('-', '')}000000+07'00'`).replace(
    /\\/g,
    '',
  );
}

function xmp(title: string): string {
  return [
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:format>application/pdf</dc:format>',
    `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${xmlText(title)}</rdf:li></rdf:Alt></dc:title>`,
    '<dc:language><rdf:Bag><rdf:li>vi-VN</rdf:li></rdf:Bag></dc:language></rdf:Description></rdf:RDF></x:xmpmeta>',
    '<?xpacket end="r"?>',
  ].join('\n');
}

function writeOutlines(writer: ObjectWriter, { numbers, pages }: DocumentPlan): void {
  const items = numbers.outlineItems;
  const first = reference(items[0]!);
  writer.object(
    OBJECTS.outlines,
    `<< /Type /Outlines /First ${first} /Last ${reference(items.at(-1)!)} /Count ${String(items.length)} >>`,
  );
  items.forEach((item, i) => {
    const siblings = [
      i > 0 ? ` /Prev ${reference(items[i - 1]!)}` : '',
      i + 1 < items.length ? ` /Next ${reference(items[i + 1]!)}` : '',
    ].join('');
    const title = textString(pages[i]!.title);
    writer.object(
      item,
      `<< /Title ${title} /Parent ${reference(OBJECTS.outlines)}${siblings} /Dest [${reference(numbers.pages[i]!)} /Fit] >>`,
    );
  });
}

function writeFonts(writer: ObjectWriter, plan: DocumentPlan): void {
  const { font } = plan.loaded;
  const streams = fontStreams(font);
  writer.stream(plan.numbers.toUnicode, '', streams.toUnicode);
  for (const face of FACES) writeFace(writer, plan, face, streams.files[face]);
}

function writeFace(writer: ObjectWriter, plan: DocumentPlan, face: Face, file: Uint8Array): void {
  const data = plan.loaded.font.faces[face];
  const base = plan.numbers.fonts[face];
  // Six capital letters and a plus sign mark a subset (ISO 32000-1, 9.6.4).
  const name = `/SOCAIA+${data.postScriptName}`;
  writer.object(
    base,
    `<< /Type /Font /Subtype /Type0 /BaseFont ${name} /Encoding /Identity-H /DescendantFonts [${reference(base + 1)}] /ToUnicode ${reference(plan.numbers.toUnicode)} >>`,
  );
  writer.object(
    base + 1,
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont ${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor ${reference(base + 2)} /DW ${String(data.missingWidth)} /W [1 [${data.widths.join(' ')}]] /CIDToGIDMap /Identity >>`,
  );
  writer.object(
    base + 2,
    `<< /Type /FontDescriptor /FontName ${name} /Flags ${String(data.flags)} /FontBBox [${data.box.join(' ')}] /ItalicAngle ${String(data.italicAngle)} /Ascent ${String(data.ascent)} /Descent ${String(data.descent)} /CapHeight ${String(data.capHeight)} /StemV ${String(data.stemV)} /FontFile2 ${reference(base + 3)} >>`,
  );
  writer.stream(base + 3, `/Filter /FlateDecode /Length1 ${String(data.fileLength)}`, file);
}

interface FontStreams {
  readonly toUnicode: Uint8Array;
  readonly files: { readonly [F in Face]: Uint8Array };
}

const streamsOf = new WeakMap<FontResource, FontStreams>();

/** The streams that are the same in every document with this font. */
function fontStreams(font: FontResource): FontStreams {
  const known = streamsOf.get(font);
  if (known !== undefined) return known;
  const file = (face: Face): Uint8Array => fromBase64(font.faces[face].file);
  const files = { regular: file('regular'), bold: file('bold'), italic: file('italic') };
  const streams = { toUnicode: utf8(toUnicodeMap(font.characters)), files };
  streamsOf.set(font, streams);
  return streams;
}

function toUnicodeMap(characters: string): string {
  const codes = [...characters].map((character, i) => {
    const unicode = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return `<${(i + 1).toString(16).toUpperCase().padStart(4, '0')}> <${unicode}>`;
  });
  const sections: string[] = [];
  // ISO 32000-1, 9.10.3 allows 100 entries a section.
  for (let i = 0; i < codes.length; i += 100) {
    const part = codes.slice(i, i + 100);
    sections.push(`${String(part.length)} beginbfchar\n${part.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit /ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange',
    ...sections,
    'endcmap',
    'CMapName currentdict /CMap defineresource pop',
    'end',
    'end',
  ].join('\n');
}

function writeQr(writer: ObjectWriter, plan: DocumentPlan): void {
  const { verifier } = plan.transcript;
  if (plan.numbers.qr === undefined || verifier === undefined) return;
  const matrix = qrCode(`${verifier}#`, compactVerificationCode(plan.hash));
  const side = String(matrix.length);
  writer.stream(
    plan.numbers.qr,
    `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ImageMask true /BitsPerComponent 1`,
    packRows(matrix),
  );
}

/** The image resources of a page: the QR code and the logo, where there are any. */
function pageImages({ numbers }: DocumentPlan): string {
  const logo = numbers.images.get('logo');
  const named = [
    ...(numbers.qr === undefined ? [] : [`/Q ${reference(numbers.qr)}`]),
    ...(logo === undefined ? [] : [`/L ${reference(logo)}`]),
  ];
  return named.length === 0 ? '' : ` /XObject << ${named.join(' ')} >>`;
}

function writePages(writer: ObjectWriter, plan: DocumentPlan): void {
  const { template } = plan.loaded;
  const { numbers, pages } = plan;
  const images = pageImages(plan);
  const signedPages = template.signatures.map((place) => lastOf(pages, place.page));
  const linkedPage = linkedPageOf(plan);
  pages.forEach((planned, i) => {
    const annotations = signedPages.flatMap((page, s) => (page === i ? [numbers.widgets[s]!] : []));
    if (linkedPage === i && numbers.link !== undefined) annotations.push(numbers.link);
    const annots = annotations.length === 0 ? '' : ` /Annots [${annotations.map(reference).join(' ')}]`;
    writer.object(
      numbers.pages[i]!,
      `<< /Type /Page /Parent ${reference(OBJECTS.pages)} /MediaBox [0 0 ${number(template.width)} ${number(template.height)}] /Resources << ${fontResources(plan)}${images} >> /Contents ${reference(numbers.contents[i]!)} /StructParents ${String(i)} /Tabs /S${annots} >>`,
    );
    writer.stream(numbers.contents[i]!, '', utf8(pageContent(template, planned, plan)));
  });
  writeStructure(writer, plan, taggedAnnotations(plan));
}

/** The fields of the signatures, in the order of the route, and the link. */
function taggedAnnotations(plan: DocumentPlan): TaggedAnnotation[] {
  const { numbers, pages, loaded, transcript } = plan;
  const fields = numbers.widgets.map((object, i): TaggedAnnotation => ({
    ...{ object, tag: 'Form', page: lastOf(pages, loaded.template.signatures[i]!.page) },
    alt: `Chữ kí số: ${transcript.route[i]?.title ?? ''}, ${transcript.route[i]?.name ?? ''}`,
  }));
  if (numbers.link === undefined) return fields;
  return [
    ...fields,
    { object: numbers.link, tag: 'Link', page: linkedPageOf(plan), alt: 'Trang kiểm tra văn bản' },
  ];
}

/** The first page with a place for the link. */
function linkedPageOf({ pages }: DocumentPlan): number {
  return pages.findIndex(({ page }) => page.link !== undefined);
}

function writeAnnotations(writer: ObjectWriter, plan: DocumentPlan): void {
  plan.numbers.widgets.forEach((object, i) => {
    writer.object(object, widget(plan, i, ''));
  });
  const { template } = plan.loaded;
  const link = plan.pages[linkedPageOf(plan)]?.page.link;
  const { verifier } = plan.transcript;
  if (plan.numbers.link === undefined || link === undefined || verifier === undefined) return;
  const address = asciiString(`${verifier}#${compactVerificationCode(plan.hash)}`);
  writer.object(
    plan.numbers.link,
    `<< /Type /Annot /Subtype /Link /Rect ${rectangle(link, template.height)} /Border [0 0 0] /F 4 /StructParent ${String(plan.pages.length + plan.numbers.widgets.length)} /Contents ${textString('Trang kiểm tra văn bản')} /A << /S /URI /URI ${address} >> >>`,
  );
}

function rectangle({ x, y, width, height }: Box, pageHeight: number): string {
  const corners = [x, pageHeight - y - height, x + width, pageHeight - y];
  return `[${corners.map(number).join(' ')}]`;
}
