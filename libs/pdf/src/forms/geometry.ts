/** Sheets of paper of other shapes than the book's page: their margins, their foot, their row of signatures. */
import type { Box, Element, SignaturePlace } from '#pdf-fill/template.js';
import { bold, box, italic, logo, qr, rule, run, text } from './drawing.js';

/** Lengths in points. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  /** Width between the margins. */
  readonly inner: number;
  /** Where the foot begins: nothing of a page's own reaches below. */
  readonly end: number;
}

const MARGINS = { left: 48, right: 40, bottom: 30 } as const;
const FOOT_HEIGHT = 50;

function sheet(width: number, height: number): Sheet {
  const inner = Math.floor(width - MARGINS.left - MARGINS.right);
  return { width, height, left: MARGINS.left, inner, end: height - MARGINS.bottom - FOOT_HEIGHT };
}

export const A4_PORTRAIT = sheet(595.28, 841.89);
export const A4_LANDSCAPE = sheet(841.89, 595.28);
export const A3_LANDSCAPE = sheet(1190.55, 841.89);

/** Verification code, address, page number and QR code, on every page. */
export function sheetFoot({ left, inner, end }: Sheet): Element[] {
  const top = end + 6;
  const width = inner - 56;
  return [
    rule(left, top, inner, 0.5),
    text(box(left, top + 4, width, 11), [run('regular', 'Mã xác thực: '), run('bold', '{code}')], {
      size: 7.5,
      min: 6,
    }),
    text(
      box(left, top + 16, width, 11),
      [run('regular', 'Kiểm tra tại '), run('bold', '{verifier}'), run('regular', ' hoặc quét mã QR.')],
      { size: 7.5, min: 5, when: 'verifier' },
    ),
    text(box(left, top + 28, width - 60, 11), bold('{demo}'), { size: 7.5, color: 'red', when: 'demo' }),
    text(box(left + width - 60, top + 28, 60, 11), 'Trang {page}/{pages}', { size: 7.5, align: 'right' }),
    qr(box(left + inner - 44, top + 4, 42, 42)),
  ];
}

/** The link to the verifier, over its printed address. */
export function sheetLink({ left, inner, end }: Sheet): Box {
  return box(left, end + 22, inner - 56, 11);
}

/** Logo and school at the left of a sheet's head, the name of the form in its middle. */
export function sheetHead({ left, inner }: Sheet, title: string, subtitle: string): Element[] {
  const side = Math.floor(inner * 0.3);
  return [
    logo(box(left, 24, LOGO, 44)),
    ...schoolLines(left, side, 'noLogo'),
    ...schoolLines(left + LOGO + 4, side - LOGO - 4, 'logo'),
    text(box(left + side, 30, inner - side, 20), bold(title), {
      tag: 'H1',
      size: 14,
      min: 9,
      align: 'center',
    }),
    text(box(left + side, 50, inner - side, 16), bold(subtitle), { size: 10.5, min: 7, align: 'center' }),
  ];
}

/** Width of a logo at the head of a sheet. */
const LOGO = 40;

function schoolLines(x: number, width: number, when: 'logo' | 'noLogo'): Element[] {
  const line = (y: number, height: number, runs: Parameters<typeof text>[1], size: number): Element =>
    text(box(x, y, width, height), runs, { size, min: 4, align: 'center', when });
  return [
    line(14, 12, '{governingBody}', 8),
    line(26, 24, bold('{schoolNameUpper}'), 9.5),
    line(50, 11, '{commune}', 8),
    line(61, 11, '{province}', 8),
  ];
}

/** A seal's picture in its true size: 36 mm. */
const SEAL_SIDE = 102;

/**
 * Where a seal stands that has a picture: over a third of the written signature at its right, whose field begins at `right`; its words
 * stand to its left, clear of the field of the homeroom teacher.
 */
export function picturedSeal(right: number, top: number, height: number): Box {
  // The picture of a signature takes the left 38 % of its field.
  const over = Math.round((PERSON_WIDTH * 0.38) / 3);
  const words = 60;
  const x = right + over - SEAL_SIDE - words;
  return box(x, top + height - SEAL_SIDE, SEAL_SIDE + words, SEAL_SIDE);
}

const PERSON_ROOM = 8192;
const SEAL_ROOM = 16384;
const PERSON_WIDTH = 176;
const SEAL_WIDTH = 128;
/** Height of the signature row from its headings to the end of the fields. */
export const SHEET_SIGNATURES_HEIGHT = 108;

export interface SheetSignatures {
  readonly manager: 'vice-principal' | 'principal';
  /** Shown only on the page that carries the fields. */
  readonly when?: string;
}

/** Headings above the three fields. */
export function sheetSignatureHeadings(
  { left, inner }: Sheet,
  y: number,
  { manager, when }: SheetSignatures,
): Element[] {
  const right = left + inner - PERSON_WIDTH;
  const shown = when === undefined ? {} : { when };
  const heading = manager === 'principal' ? 'HIỆU TRƯỞNG' : 'LÃNH ĐẠO NHÀ TRƯỜNG';
  return [
    text(box(left, y + 14, PERSON_WIDTH, 14), bold('GIÁO VIÊN CHỦ NHIỆM'), {
      ...shown,
      size: 10,
      align: 'center',
    }),
    text(box(right - 30, y, PERSON_WIDTH + 30, 13), italic('{placeAndDate}'), {
      ...shown,
      size: 9.5,
      min: 6.5,
      align: 'right',
    }),
    text(box(right, y + 14, PERSON_WIDTH, 14), bold(heading), { ...shown, size: 10, align: 'center' }),
  ];
}

/** The fields: homeroom teacher left, seal beside the signature it belongs to, manager right. */
export function sheetSignatures(
  { left, inner }: Sheet,
  page: number,
  y: number,
  { manager }: SheetSignatures,
): SignaturePlace[] {
  const top = y + 30;
  const height = SHEET_SIGNATURES_HEIGHT - 32;
  const right = left + inner - PERSON_WIDTH;
  const person = (role: string, x: number): SignaturePlace => ({
    role,
    page,
    box: box(x, top, PERSON_WIDTH, height),
    room: PERSON_ROOM,
    style: 'person',
  });
  return [
    person('homeroom', left),
    person(manager, right),
    {
      ...{ role: 'seal', page, room: SEAL_ROOM, style: 'seal' },
      box: box(right - SEAL_WIDTH - 10, top, SEAL_WIDTH, height),
      pictured: picturedSeal(right, top, height),
    },
  ];
}
