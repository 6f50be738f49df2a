/** Every file of fixtures/files/broken is refused, or questioned, in the way its list says. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readClassList } from '#api/exchange/class-list-workbook.js';
import { readMarkSheet } from '#api/exchange/mark-sheet-workbook.js';
import { sheetColumns } from '#regulations/sheets.js';
import { BROKEN_FILES, brokenReadme, type BrokenFile } from './broken-files.js';

const FOLDER = join(process.cwd(), 'fixtures', 'files', 'broken');

if (process.env['SOCAI_WRITE_FIXTURES'] === '1') {
  await mkdir(FOLDER, { recursive: true });
  for (const file of BROKEN_FILES) await writeFile(join(FOLDER, file.name), file.make());
  await writeFile(join(FOLDER, 'README.md'), brokenReadme());
}

const TARGET = {
  schoolYear: '2026-2027',
  className: '6A2',
  area: 'TOAN',
  areaLabel: 'Toán',
  areaShort: 'Toán',
  period: 'HK1',
  columns: sheetColumns('tt22-2021', 6, 'TOAN', 'HK1'),
} as const;

async function outcomeOf(file: BrokenFile): Promise<string | string[]> {
  const bytes = await readFile(join(FOLDER, file.name));
  try {
    const { problems } =
      file.kind === 'class-list'
        ? await readClassList(bytes, { grades: [6, 9] })
        : await readMarkSheet(bytes, TARGET);
    return problems.map(({ code }) => code);
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('the broken workbooks', () => {
  test.each(BROKEN_FILES.map((file) => [file.name, file] as const))(
    '%s comes out as listed',
    async (_, file) => {
      expect(await outcomeOf(file)).toEqual(file.outcome);
    },
  );

  test('are all there, and their list says what each is', async () => {
    const names = (await readdir(FOLDER)).sort();
    expect(names).toEqual([...BROKEN_FILES.map(({ name }) => name), 'README.md'].sort());
    expect(await readFile(join(FOLDER, 'README.md'), 'utf8')).toBe(brokenReadme());
  });
});
