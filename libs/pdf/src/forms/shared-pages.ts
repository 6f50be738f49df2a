/** What both forms have: the foot of every page, the cover, the guide, and the row of signatures. */
import type { Box, Element, Page, SignaturePlace } from '#pdf-fill/template.js';
import type { FontMetrics } from '#pdf-fill/font.js';
import { leading, wrap } from '#pdf-fill/typeset.js';
import {
  bold,
  box,
  cell,
  frame,
  hundredths,
  INNER_WIDTH,
  italic,
  logo,
  MARGIN,
  PAGE,
  qr,
  rule,
  run,
  text,
} from './drawing.js';
import { picturedSeal } from './geometry.js';

const FOOT = PAGE.height - MARGIN.bottom - 44;
/** Where the foot of the page begins: nothing of a page's own reaches below. */
export const PAGE_END = FOOT - 6;

/** Verification code, address, page number and QR code, on every page. */
export function foot(page: number, pages: number): Element[] {
  const left = MARGIN.left;
  const width = INNER_WIDTH - 56;
  return [
    rule(left, FOOT, INNER_WIDTH, 0.5),
    text(box(left, FOOT + 4, width, 11), [run('regular', 'Mã xác thực: '), run('bold', '{code}')], {
      size: 7.5,
      min: 6,
    }),
    text(
      box(left, FOOT + 16, width, 11),
      [run('regular', 'Kiểm tra tại '), run('bold', '{verifier}'), run('regular', ' hoặc quét mã QR.')],
      { size: 7.5, min: 5, when: 'verifier' },
    ),
    text(box(left, FOOT + 28, width - 60, 11), bold('{demo}'), { size: 7.5, color: 'red', when: 'demo' }),
    text(box(left + width - 60, FOOT + 28, 60, 11), `Trang ${String(page)}/${String(pages)}`, {
      size: 7.5,
      align: 'right',
    }),
    qr(box(left + INNER_WIDTH - 44, FOOT + 4, 42, 42)),
  ];
}

/** The link to the verifier, over its printed address. */
const LINK_BOX: Box = box(MARGIN.left, FOOT + 16, INNER_WIDTH - 56, 11);

/** The cover of a book. */
export function cover(level: string, circular: string, pages: number): Page {
  const left = MARGIN.left;
  const line = (y: number, height: number): Box => box(left + 20, y, INNER_WIDTH - 40, height);
  return {
    title: 'Bìa',
    link: LINK_BOX,
    elements: [
      frame(box(left - 6, 34, INNER_WIDTH + 12, FOOT - 46), 1.6),
      frame(box(left - 1, 39, INNER_WIDTH + 2, FOOT - 56), 0.6),
      text(line(46, 17), '{governingBody}', { size: 12, min: 7, align: 'center' }),
      text(line(64, 24), bold('{schoolNameUpper}'), { size: 15, min: 8, align: 'center' }),
      text(line(92, 18), '{commune}', { size: 12, min: 8, align: 'center' }),
      text(line(110, 18), '{province}', { size: 12, min: 8, align: 'center' }),
      rule(left + INNER_WIDTH / 2 - 60, 136, 120),
      logo(box(left + INNER_WIDTH / 2 - 38, 144, 76, 72)),
      text(line(218, 16), italic('{motto}'), { size: 11, min: 6.5, align: 'center' }),
      text(line(236, 60), bold('HỌC BẠ'), { tag: 'H1', size: 42, align: 'center' }),
      text(line(300, 30), bold(level), { size: 18, align: 'center' }),
      text(line(336, 32), italic(circular), { size: 9.5, min: 7, align: 'center', valign: 'top' }),
      text(line(452, 18), 'Họ và tên học sinh', { size: 12, align: 'center' }),
      text(line(472, 28), bold('{fullNameUpper}'), { size: 18, min: 8, align: 'center' }),
      text(line(528, 18), [run('regular', '{registerLabel}: '), run('bold', '{registerNumber}')], {
        size: 12,
        align: 'center',
      }),
      text(line(548, 18), [run('regular', 'Mã học sinh: '), run('bold', '{pupilCode}')], {
        size: 12,
        align: 'center',
      }),
      text(line(650, 18), [run('regular', 'Năm học '), run('bold', '{schoolYear}')], {
        size: 12,
        align: 'center',
      }),
      ...foot(1, pages),
    ],
  };
}

/** One numbered part of the guide. */
export interface GuidePart {
  readonly heading: string;
  readonly lines: readonly string[];
}

const GUIDE_SIZE = 1050;

/** The page that says how the book is kept, in the software's own words. */
export function guide(
  heading: string,
  parts: readonly GuidePart[],
  pages: number,
  metrics: FontMetrics,
): Page {
  const left = MARGIN.left;
  const elements: Element[] = [
    text(box(left, 48, INNER_WIDTH, 26), bold(heading), { tag: 'H1', size: 15, align: 'center' }),
  ];
  let y = 92;
  for (const part of parts) {
    elements.push(text(box(left, y, INNER_WIDTH, 18), bold(part.heading), { size: 11.5, tag: 'H2' }));
    y += 20;
    for (const content of part.lines) {
      const runs = [run('regular', `– ${content}`)];
      const lines = wrap(runs, metrics, GUIDE_SIZE, hundredths(INNER_WIDTH - 14)) ?? [];
      const height = (lines.length * leading(GUIDE_SIZE)) / 100;
      elements.push(
        text(box(left + 14, y, INNER_WIDTH - 14, height), runs, { size: GUIDE_SIZE / 100, valign: 'top' }),
      );
      y += height + 5;
    }
    y += 8;
  }
  elements.push(
    text(box(left, y, INNER_WIDTH, PAGE_END - y), '{guideNote}', {
      size: GUIDE_SIZE / 100,
      min: 7,
      valign: 'top',
    }),
  );
  return { title: 'Hướng dẫn sử dụng học bạ', elements: [...elements, ...foot(2, pages)] };
}

const PERSON_ROOM = 8192;
const SEAL_ROOM = 16384;

/** Height of the signature row from its headings to the end of the fields. */
export const SIGNATURES_HEIGHT = 126;

/** Headings above the three signature fields of the last page. */
export function signatureHeadings(y: number, homeroomHeading: string, principalHeading: string): Element[] {
  const left = MARGIN.left;
  return [
    text(box(left, y + 15, 176, 16), bold(homeroomHeading), { size: 10.5, align: 'center' }),
    text(box(left, y + 30, 176, 13), italic('(Kí số)'), { size: 9, align: 'center' }),
    text(box(left + 290, y, 209, 15), italic('{placeAndDate}'), { size: 10, min: 7, align: 'center' }),
    text(box(left + 323, y + 15, 176, 16), bold(principalHeading), { size: 10.5, align: 'center' }),
    text(box(left + 323, y + 30, 176, 13), italic('(Kí số, đóng dấu số)'), { size: 9, align: 'center' }),
  ];
}

/** The fields: homeroom teacher left, seal in the middle beside the signature it belongs to, principal right. */
export function signaturePlaces(page: number, y: number): SignaturePlace[] {
  const left = MARGIN.left;
  const top = y + 48;
  const height = 76;
  return [
    { role: 'homeroom', page, box: box(left, top, 176, height), room: PERSON_ROOM, style: 'person' },
    { role: 'principal', page, box: box(left + 323, top, 176, height), room: PERSON_ROOM, style: 'person' },
    {
      ...{ role: 'seal', page, box: box(left + 186, top, 128, height), room: SEAL_ROOM, style: 'seal' },
      pictured: picturedSeal(left + 323, top, height),
    },
  ];
}

/** The place of the photograph, and the principal's block on the opening page, in its own right or on behalf of the principal. */
export function openingSignature(y: number, lastPage: number): Element[] {
  const x = MARGIN.left + 270;
  const width = 229;
  return [
    cell(box(MARGIN.left, y + 2, 81, 106), italic('Ảnh 3 × 4 cm'), { size: 9, color: 'grey' }),
    text(box(x, y, width, 15), italic('{placeAndDate}'), { size: 10, align: 'center', min: 7 }),
    text(box(x, y + 16, width, 15), bold('{principalOnBehalf}'), { size: 10.5, align: 'center' }),
    text(box(x, y + 31, width, 15), bold('{principalTitle}'), { size: 10.5, align: 'center' }),
    text(box(x, y + 46, width, 13), italic(`(Kí số ở trang ${String(lastPage)})`), {
      size: 9,
      align: 'center',
    }),
    text(box(x, y + 66, width, 16), bold('{principal}'), { size: 10.5, align: 'center', min: 7 }),
  ];
}

/** Who confirmed an earlier page: both names, signed on the last page. */
export function confirmedLater(y: number, lastPage: number): Element[] {
  const left = MARGIN.left;
  const note = italic(`(Kí số ở trang ${String(lastPage)})`);
  const half = INNER_WIDTH / 2;
  return [
    text(box(left, y, half, 14), bold('Xác nhận của giáo viên chủ nhiệm'), { size: 9.5, align: 'center' }),
    text(box(left, y + 14, half, 12), note, { size: 8.5, align: 'center' }),
    text(box(left, y + 27, half, 14), bold('{homeroomTeacher}'), { size: 9.5, align: 'center' }),
    text(box(left + half, y, half, 14), bold('Xác nhận của Hiệu trưởng'), { size: 9.5, align: 'center' }),
    text(box(left + half, y + 14, half, 12), note, { size: 8.5, align: 'center' }),
    text(
      box(left + half, y + 27, half, 14),
      [run('regular', '{principalOnBehalf} '), run('bold', '{principal}')],
      {
        size: 9.5,
        align: 'center',
      },
    ),
  ];
}
