/**
 * What of a document follows from J and its template before a byte is written: the numbers of all objects, which every
 * later signature revision needs too.
 */
import { toHex } from '#ledger/format/bytes.js';
import { decodeDocument, documentHash } from '#transcript/canonical.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import { PdfFillError } from './error.js';
import { FontMetrics } from './font.js';
import { objectsOf, type Picture } from './picture.js';
import { planPages, type PlannedPage } from './planned-page.js';
import type { View } from './printed.js';
import { countNodes } from './structure-tree.js';
import { pageStructure, type StructureNode } from './structure.js';
import type { Face, LoadedTemplate } from './template.js';
import { viewOf } from './view.js';

export const FACES: readonly Face[] = ['regular', 'bold', 'italic'];

/** Fixed numbers; J comes first in the file, so that a reader needs nothing else to find it. */
export const OBJECTS = {
  document: 1,
  catalog: 2,
  info: 3,
  metadata: 4,
  fileSpec: 5,
  pages: 6,
  outlines: 7,
} as const;

export interface DocumentPlan {
  readonly documentBytes: Uint8Array;
  /** J, of whatever kind. */
  readonly transcript: SchoolDocument;
  /** H = SHA-256(J). */
  readonly hash: Uint8Array;
  readonly loaded: LoadedTemplate;
  readonly metrics: FontMetrics;
  readonly view: View;
  /** The pages of the file: those of the template, each as often as the data asks for. */
  readonly pages: readonly PlannedPage[];
  readonly numbers: ObjectNumbers;
  /** What the pieces of each page are to each other. */
  readonly structure: readonly (readonly StructureNode[])[];
  /** The pictures that J names, by their places. */
  readonly images: ReadonlyMap<string, Picture>;
}

export interface ObjectNumbers {
  /** Of each picture the first of its one or two objects, by its place. */
  readonly images: ReadonlyMap<string, number>;
  readonly outlineItems: readonly number[];
  readonly toUnicode: number;
  /** Of each face: font, descendant font, descriptor and file are four numbers in a row. */
  readonly fonts: { readonly [F in Face]: number };
  readonly qr: number | undefined;
  /** Root of the structure, its document, its table of parents; of each page its first element, a section. */
  readonly structure: { readonly root: number; readonly document: number; readonly parents: number };
  readonly sections: readonly number[];
  /** First of the elements of the signature fields, in their order, and of the link. */
  readonly annotations: number;
  readonly pages: readonly number[];
  readonly contents: readonly number[];
  readonly widgets: readonly number[];
  readonly link: number | undefined;
  /** The first number that revision 0 does not use. */
  readonly next: number;
}

const metricsOf = new WeakMap<LoadedTemplate, FontMetrics>();

/**
 * The plan of the document with these bytes. J that is none: TranscriptError or FormatError; J that pins another
 * template or route, or pictures that are not there: PdfFillError.
 * @param pictures by their hashes
 */
export function planDocument(
  documentBytes: Uint8Array,
  loaded: LoadedTemplate,
  pictures: ReadonlyMap<string, Picture> = new Map(),
): DocumentPlan {
  const transcript = decodeDocument(documentBytes);
  checkPins(transcript, loaded);
  const images = imagesOf(transcript, pictures);
  let metrics = metricsOf.get(loaded);
  if (metrics === undefined) {
    metrics = new FontMetrics(loaded.font);
    metricsOf.set(loaded, metrics);
  }
  const hash = documentHash(documentBytes);
  const view = viewOf(loaded.template, transcript, hash);
  const pages = planPages(loaded.template, view);
  const structure = pages.map(({ page, view: own }) => pageStructure(page, own));
  const numbers = numberObjects(transcript, loaded, pages, images, structure);
  return { documentBytes, transcript, hash, loaded, metrics, view, pages, numbers, structure, images };
}

function checkPins(transcript: SchoolDocument, { template, hash }: LoadedTemplate): void {
  if (transcript.template.id !== template.id || transcript.template.hash !== hash) {
    throw new PdfFillError(
      'TEMPLATE_MISMATCH',
      `the document pins template ${transcript.template.id} (${transcript.template.hash.slice(0, 16)}…), not ${template.id} (${hash.slice(0, 16)}…)`,
    );
  }
  const logo = template.pages.some(({ elements }) => elements.some(({ kind }) => kind === 'image'));
  for (const { place } of transcript.images) {
    if (place === 'logo' ? logo : template.signatures.some(({ role }) => role === place)) continue;
    throw new PdfFillError('IMAGE_NOT_IN_TEMPLATE', `the template ${template.id} has no place "${place}"`);
  }
  const roles = template.signatures.map((place) => place.role).join(', ');
  if (transcript.route.map((entry) => entry.role).join(', ') !== roles) {
    throw new PdfFillError('ROUTE_MISMATCH', `the template ${template.id} has places for: ${roles}`);
  }
}

/** The pictures that J names. One that is not there: PdfFillError IMAGE_MISSING. */
function imagesOf(
  { images }: SchoolDocument,
  pictures: ReadonlyMap<string, Picture>,
): ReadonlyMap<string, Picture> {
  return new Map(
    images.map(({ place, hash }) => {
      const picture = pictures.get(hash);
      if (picture !== undefined) return [place, picture];
      throw new PdfFillError('IMAGE_MISSING', `the picture at "${place}" is not the one that the data name`);
    }),
  );
}

function numberObjects(
  transcript: SchoolDocument,
  { template }: LoadedTemplate,
  planned: readonly PlannedPage[],
  pictures: ReadonlyMap<string, Picture>,
  structure: DocumentPlan['structure'],
): ObjectNumbers {
  let next: number = OBJECTS.outlines + 1;
  const take = (count: number): number => {
    next += count;
    return next - count;
  };
  const images = new Map([...pictures].map(([place, picture]) => [place, take(objectsOf(picture))]));
  const outlineItems = planned.map(() => take(1));
  const toUnicode = take(1);
  const fonts = { regular: take(4), bold: take(4), italic: take(4) };
  const online = transcript.verifier !== undefined;
  const qr = online ? take(1) : undefined;
  const pages: number[] = [];
  const contents: number[] = [];
  planned.forEach(() => {
    pages.push(take(1));
    contents.push(take(1));
  });
  const tree = { root: take(1), document: take(1), parents: take(1) };
  const widgets = template.signatures.map(() => take(1));
  const link = online && planned.some(({ page }) => page.link !== undefined) ? take(1) : undefined;
  const annotations = take(widgets.length + (link === undefined ? 0 : 1));
  const sections = structure.map((nodes) => take(1 + countNodes(nodes)));
  return {
    ...{ outlineItems, toUnicode, fonts, qr, pages, contents, structure: tree, sections, annotations },
    ...{ widgets, link, next, images },
  };
}

/** The two halves of /ID: the first from J alone, the second from J and the number of the revision. */
export function fileIdentifier(plan: DocumentPlan, revision: number): string {
  const first = plan.hash.subarray(0, 16);
  const second = plan.hash.slice(16, 32);
  second[15] = (second[15] ?? 0) ^ revision;
  return `/ID [<${toHex(first)}> <${toHex(second)}>]`;
}
