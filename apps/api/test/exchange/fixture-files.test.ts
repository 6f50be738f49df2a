/**
 * The committed .xlsx files are what the program writes today, to the byte, and read back as the data they were made
 * of. `SOCAI_WRITE_FIXTURES=1` writes them anew.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readClassList, writeClassList } from '#api/exchange/class-list-workbook.js';
import { listMarkSheets, readMarkSheet, writeMarkSheets } from '#api/exchange/mark-sheet-workbook.js';
import { demoClass } from '#fixtures/demo-class.js';
import {
  classListFile,
  makeFiles,
  markSheetsFile,
  writeFiles,
  type MadeFile,
} from '#fixtures/node/make-files.js';
import type { DemoSlug, SheetPeriod } from '#fixtures/model.js';
import { markSheetInputs } from '#fixtures/workbook-inputs.js';

const FOLDER = join(process.cwd(), 'fixtures', 'files');

const made = new Map<string, MadeFile>();
for (const file of await makeFiles({ writeClassList, writeMarkSheets })) made.set(file.name, file);
if (process.env['SOCAI_WRITE_FIXTURES'] === '1') await writeFiles(FOLDER, [...made.values()]);

const CLASSES: [DemoSlug, SheetPeriod[]][] = [
  ['thcs-song-may', ['HK1', 'HK2']],
  ['th-ben-tram', ['GHK1', 'CHK1', 'GHK2', 'CN']],
];

describe('the committed workbooks', () => {
  test.each([...made.keys()])('%s is what the generator writes, to the byte', async (name) => {
    const committed = await readFile(join(FOLDER, name));
    expect(Buffer.compare(committed, made.get(name)?.bytes as Uint8Array)).toBe(0);
  });

  test.each(CLASSES)('the class list of %s reads back whole', async (slug) => {
    const demo = demoClass(slug);
    const reading = await readClassList(await readFile(join(FOLDER, classListFile(demo.schoolClass.name))));
    expect(reading.problems).toEqual([]);
    expect(reading.title).toMatchObject({ className: demo.schoolClass.name, schoolYear: '2026-2027' });
    expect(
      reading.rows.map(
        ({ pupilCode, fullName, birthDate, sex, personalId, registerNumber, address, className }) => ({
          code: pupilCode,
          fullName,
          birthDate,
          sex,
          personalId,
          registerNumber,
          address,
          className,
        }),
      ),
    ).toEqual(
      demo.pupils.map(({ code, fullName, birthDate, sex, personalId, registerNumber, address }) => ({
        code,
        fullName,
        birthDate,
        sex,
        personalId,
        registerNumber,
        address,
        className: demo.schoolClass.name,
      })),
    );
    reading.rows.forEach((row, index) => {
      const pupil = demo.pupils[index];
      expect(row.guardians).toEqual(
        pupil?.guardians.map(({ relation, fullName, occupation }) => ({ relation, fullName, occupation })),
      );
    });
  });

  test.each(CLASSES)(
    'every mark sheet of %s reads back whole',
    async (slug, periods) => {
      const demo = demoClass(slug);
      for (const period of periods) {
        const bytes = await readFile(join(FOLDER, markSheetsFile(demo.schoolClass.name, period)));
        const sheets = markSheetInputs(demo, period);
        expect((await listMarkSheets(bytes)).map(({ sheet }) => sheet)).toEqual(
          sheets.map(({ areaShort }) => areaShort),
        );
        for (const sheet of sheets) {
          const reading = await readMarkSheet(bytes, sheet);
          expect([sheet.area, reading.problems]).toEqual([sheet.area, []]);
          expect(reading.columns).toEqual(sheet.columns.map(({ code }) => code));
          expect(
            reading.rows.map(({ pupilCode, fullName, cells }) => ({
              code: pupilCode,
              fullName,
              values: Object.fromEntries(cells.map(({ column, value }) => [column, value])),
            })),
          ).toEqual(sheet.pupils);
        }
      }
    },
    60_000,
  );
});
