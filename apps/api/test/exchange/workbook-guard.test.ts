import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { readCells } from '#api/exchange/workbook-cells.js';
import type { WorkbookErrorCode } from '#api/exchange/workbook-error.js';
import { guardWorkbook, LARGEST_WORKBOOK } from '#api/exchange/workbook-guard.js';
import { readArchive, type ArchiveLimits } from '#api/exchange/zip-archive.js';
import { storeArchive, withFixedTimes } from '#api/exchange/zip-writing.js';
import { rawParts, rawWorkbook, sheetXml, workbookOfXml } from './raw-workbook.js';

const LIMITS: ArchiveLimits = { entries: 10, totalBytes: 1_000_000, ratio: 50, freeBytes: 100_000 };
const GOOD = rawWorkbook([{ name: 'Trang 1', rows: [['Mã học sinh', 'Họ và tên']] }]);

function refusal(bytes: Uint8Array): WorkbookErrorCode | 'accepted' {
  try {
    guardWorkbook(bytes);
    return 'accepted';
  } catch (error) {
    return (error as { code: WorkbookErrorCode }).code;
  }
}

function archiveRefusal(read: () => unknown): string {
  try {
    read();
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

/** An archive of one deflated entry; `claimed` is the size its headers announce. */
function deflated(name: string, data: Uint8Array, claimed = data.length): Uint8Array {
  const packed = deflateRawSync(data);
  const bytes = storeArchive([{ name, data: packed }]);
  const view = new DataView(bytes.buffer);
  const directory = bytes.length - 22 - 46 - name.length;
  view.setUint16(8, 8, true);
  view.setUint32(22, claimed, true);
  view.setUint16(directory + 10, 8, true);
  view.setUint32(directory + 24, claimed, true);
  return bytes;
}

describe('an uploaded workbook (security 27, 28, 29)', () => {
  test('that is well formed is let through', async () => {
    expect(refusal(GOOD)).toBe('accepted');
    const [sheet] = await readCells(GOOD);
    expect(sheet?.rows[0]?.map((cell) => cell?.kind)).toEqual(['text', 'text']);
  });

  test('row 27: larger than 5 MB is refused before it is looked at', () => {
    expect(refusal(new Uint8Array(LARGEST_WORKBOOK + 1))).toBe('FILE_TOO_LARGE');
  });

  test('that is no .xlsx at all, an old .xls or protected by a password is refused with the way out', () => {
    expect(refusal(new TextEncoder().encode('Họ và tên,Điểm'))).toBe('NOT_A_WORKBOOK');
    expect(refusal(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1))).toBe('NOT_A_WORKBOOK');
    expect(refusal(storeArchive([{ name: 'anh.xml', data: new Uint8Array(3) }]))).toBe('NOT_A_WORKBOOK');
  });

  test('row 27: that is a ZIP bomb stops while it inflates', () => {
    const bomb = deflated('xl/workbook.xml', new Uint8Array(60 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(100_000);
    expect(refusal(bomb)).toBe('WORKBOOK_LIMIT');
  });

  test('row 27: that announces less than it holds stops while it inflates', () => {
    const liar = deflated('xl/workbook.xml', new Uint8Array(60 * 1024 * 1024), 1000);
    expect(refusal(liar)).toBe('WORKBOOK_LIMIT');
  });

  test('row 27: with too many parts is refused', () => {
    const parts = Array.from({ length: 400 }, (_, i) => ({
      name: `xl/media/${i}.png`,
      data: new Uint8Array(1),
    }));
    expect(refusal(storeArchive(parts))).toBe('WORKBOOK_LIMIT');
  });

  test('row 28: with a DTD or an entity is refused, wherever it stands', () => {
    for (const declaration of [
      '<!DOCTYPE x [<!ENTITY a "b">]>',
      '<!doctype x SYSTEM "file:///etc/passwd">',
    ]) {
      for (const part of ['xl/workbook.xml', 'xl/styles.xml', 'xl/worksheets/sheet1.xml']) {
        const parts = rawParts([{ name: 'Trang 1', xml: sheetXml([['a']]) }]).map((entry) =>
          entry.name === part
            ? {
                name: part,
                data: new TextEncoder().encode(declaration + new TextDecoder().decode(entry.data)),
              }
            : entry,
        );
        expect(refusal(storeArchive(parts))).toBe('DTD_REFUSED');
      }
    }
  });

  test('with a cell in the last row or column is refused, however the place is written', () => {
    const sheet = (cell: string) =>
      workbookOfXml(`<worksheet><sheetData><row r="1">${cell}</row></sheetData></worksheet>`);
    expect(refusal(sheet('<c r="A1"><v>1</v></c>'))).toBe('accepted');
    for (const cell of [
      '<c r="A1048576"><v>1</v></c>',
      '<c r="XFD1"><v>1</v></c>',
      '<c s="1" r="A9999999"><v>1</v></c>',
      '<c x:r="A1048576" r="A1"><v>1</v></c>',
    ]) {
      expect([cell, refusal(sheet(cell))]).toEqual([cell, 'WORKBOOK_LIMIT']);
    }
    for (const cell of [
      "<c r='A1048576'><v>1</v></c>",
      '<c r="A&#49;048576"><v>1</v></c>',
      '<c t=">" r="A1048576"><v>1</v></c>',
      '<é:c r="A1048576"><v>1</v></é:c>',
      '<c r = "A1048576"><v>1</v></c>',
    ]) {
      expect([cell, refusal(sheet(cell))]).toEqual([cell, 'DAMAGED_WORKBOOK']);
    }
    expect(refusal(workbookOfXml('<worksheet><sheetData><row r="1048576"/></sheetData></worksheet>'))).toBe(
      'WORKBOOK_LIMIT',
    );
  });

  test('with millions of empty rows is refused', () => {
    const xml = `<worksheet><sheetData>${'<row/>'.repeat(400_000)}</sheetData></worksheet>`;
    expect(refusal(workbookOfXml(xml))).toBe('WORKBOOK_LIMIT');
  });

  test('whose sheet lies in an unusual place is looked through all the same', () => {
    const parts = rawParts([{ name: 'Trang 1', xml: sheetXml([['a']]) }]);
    parts.push({
      name: 'xl/elsewhere.xml',
      data: new TextEncoder().encode(
        '<x:worksheet><x:sheetData><x:row r="1048576"/></x:sheetData></x:worksheet>',
      ),
    });
    expect(refusal(storeArchive(parts))).toBe('WORKBOOK_LIMIT');
  });

  test('with a sheet of its list that is not there, or is a chart, reads as if that sheet were empty', async () => {
    const parts = rawParts([
      { name: 'Biểu đồ', xml: sheetXml([['a']]) },
      { name: 'Trang 2', xml: sheetXml([['b']]) },
    ]).map(({ name, data }) => ({
      name,
      data:
        name === 'xl/_rels/workbook.xml.rels'
          ? new TextEncoder().encode(new TextDecoder().decode(data).replace('/worksheet"', '/chartsheet"'))
          : data,
    }));
    for (const archive of [parts, parts.filter(({ name }) => name !== 'xl/worksheets/sheet1.xml')]) {
      const sheets = await readCells(storeArchive(archive));
      expect(sheets.map(({ name, rows }) => [name, rows.length])).toEqual([
        ['Biểu đồ', 0],
        ['Trang 2', 1],
      ]);
    }
  });

  test('not written in UTF-8 is refused', () => {
    const parts = rawParts([{ name: 'Trang 1', xml: sheetXml([['a']]) }]);
    parts.push({ name: 'xl/sharedStrings.xml', data: Uint8Array.of(0xff, 0xfe, 0x3c, 0x00) });
    expect(refusal(storeArchive(parts))).toBe('DAMAGED_WORKBOOK');
  });

  test('cut off or with a changed byte is refused, not half read', () => {
    for (let length = 4; length < GOOD.length; length += 97) {
      expect(refusal(GOOD.subarray(0, length))).not.toBe('accepted');
    }
    let accepted = 0;
    for (let at = 30; at < GOOD.length; at += 11) {
      const changed = GOOD.slice();
      changed[at] = (changed[at] as number) ^ 0x5a;
      if (refusal(changed) === 'accepted') accepted++;
    }
    // Fields that say nothing about the contents (times, versions) may change.
    expect(accepted).toBeLessThan(GOOD.length / 11 / 4);
  });
});

describe('an archive', () => {
  const entries = [
    { name: 'a.xml', data: new TextEncoder().encode('<a/>') },
    { name: 'b/ă.xml', data: new TextEncoder().encode('<b/>') },
  ];

  test('gives back what was stored in it', () => {
    expect(readArchive(storeArchive(entries), LIMITS)).toEqual(entries);
  });

  test('row 29: with names that climb out of it, or twice the same name, is damaged', () => {
    for (const name of ['../a.xml', '/etc/passwd', 'a\\b.xml', 'x/../../a.xml']) {
      expect(
        archiveRefusal(() => readArchive(storeArchive([{ name, data: new Uint8Array(1) }]), LIMITS)),
      ).toBe('DAMAGED_ARCHIVE');
    }
    const twice = ['x.xml', 'X.XML'].map((name) => ({ name, data: new Uint8Array(1) }));
    expect(() => readArchive(storeArchive(twice), LIMITS)).toThrow(/hai thành phần/);
  });

  test('row 27: whose entries share bytes is damaged (overlapping bombs)', () => {
    const bytes = storeArchive(entries);
    const view = new DataView(bytes.buffer);
    const directory = view.getUint32(bytes.length - 6, true);
    // The second directory entry points at the first local header and takes its name.
    const second = directory + 46 + 5;
    view.setUint32(second + 42, 0, true);
    expect(archiveRefusal(() => readArchive(bytes, LIMITS))).toBe('DAMAGED_ARCHIVE');
  });

  test('that is encrypted, in parts or packed in a strange way is not supported', () => {
    const flagged = (offset: number, value: number) => {
      const bytes = storeArchive(entries.slice(0, 1));
      const view = new DataView(bytes.buffer);
      view.setUint16(view.getUint32(bytes.length - 6, true) + offset, value, true);
      return bytes;
    };
    for (const bytes of [flagged(8, 1), flagged(10, 14)]) {
      expect(archiveRefusal(() => readArchive(bytes, LIMITS))).toBe('UNSUPPORTED_ARCHIVE');
    }
  });

  test('with its times put to 1980 has the same contents and no clock in its bytes', () => {
    const bytes = storeArchive(entries);
    const view = new DataView(bytes.buffer);
    view.setUint32(10, 0x59765432, true);
    expect(withFixedTimes(bytes)).toEqual(storeArchive(entries));
  });
});
