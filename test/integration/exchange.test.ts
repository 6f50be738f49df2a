import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeClassList, type ClassListPupil } from '#api/exchange/class-list-workbook.js';
import { writeMarkSheets } from '#api/exchange/mark-sheet-workbook.js';
import type { SheetAnswer, SheetImportAnswer, SheetImportPreviewAnswer } from '#contracts/gradebook.js';
import type { RosterImportAnswer, RosterPreviewAnswer } from '#contracts/roster.js';
import type { AssignmentsAnswer, ClassAnswer, ClassesAnswer } from '#contracts/school.js';
import { demoClass } from '#fixtures/demo-class.js';
import { classListFile, markSheetsFile } from '#fixtures/node/make-files.js';
import { markSheetInputs } from '#fixtures/workbook-inputs.js';
import { ENGINE } from './engine.js';
import { openEverything, TestServer, type Desk, type TestSchool } from './school.js';

const demo = demoClass('thcs-song-may');
const file = (name: string) => readFile(`fixtures/files/${name}`);

let server: TestServer;
let school: TestSchool;
let it: Desk;
let vice: Desk;
let teacher: Desk;

beforeAll(async () => {
  server = await TestServer.start('2026-10-20T02:00:00.000Z');
  school = await server.school('thcs-e', 'LOWER_SECONDARY');
  it = await school.person('cntt', 'it-officer');
  vice = await school.person('pho', 'vice-principal');
  teacher = await school.person('toan', 'teacher');
}, 60_000);
afterAll(() => server.stop(), 30_000);

const PUPIL: ClassListPupil = {
  ...{ code: '7400000001', fullName: 'Trần Văn An', sex: 'NAM', birthDate: '2014-03-08' },
  ...{ personalId: '074214123456', guardians: [{ relation: 'mother', fullName: 'Lê Thị Bình' }] },
};

function list(className: string, ...pupils: Partial<ClassListPupil>[]): Promise<Uint8Array> {
  const rows = pupils.map((pupil) => ({ ...PUPIL, ...pupil }));
  const heading = { name: 'Trường thử', commune: 'Phường Thử' };
  return writeClassList({ school: heading, schoolYear: '2026-2027', className, pupils: rows });
}

describe(`a class list on ${ENGINE}`, () => {
  test('is previewed without changing anything, then imported whole by the IT officer', async () => {
    const bytes = await file(classListFile('6A2'));
    const preview = await it.upload<RosterPreviewAnswer>('/api/roster/preview', bytes);
    expect(preview.body).toMatchObject({ className: '6A2', grade: 6, classExists: false, importable: true });
    expect(preview.body.counts).toEqual({ new: demo.pupils.length, known: 0, present: 0, refused: 0 });
    expect((await it.get<ClassesAnswer>('/api/classes')).body.classes).toEqual([]);

    const imported = await it.upload<RosterImportAnswer>('/api/roster/import', bytes);
    expect(imported.status).toBe(201);
    expect(imported.body).toMatchObject({ created: true, newPupils: demo.pupils.length, present: 0 });
    const { body } = await it.get<ClassAnswer>(`/api/classes/${imported.body.classId}`);
    expect(body.pupils.map(({ fullName }) => fullName)).toEqual(demo.pupils.map(({ fullName }) => fullName));
    expect(body.sheets).toHaveLength(26);
  });

  test('imported again finds everyone present and adds nobody', async () => {
    const again = await it.upload<RosterImportAnswer>('/api/roster/import', await file(classListFile('6A2')));
    expect(again.body).toMatchObject({
      created: false,
      newPupils: 0,
      enrolled: 0,
      present: demo.pupils.length,
    });
  });

  test('is not for teachers or managers to import, and each school keeps its own rolls', async () => {
    const bytes = await file(classListFile('6A2'));
    for (const desk of [teacher, vice])
      expect((await desk.upload('/api/roster/import', bytes)).status).toBe(403);
    const other = await server.school('thcs-f', 'LOWER_SECONDARY');
    const clerk = await other.person('van-thu', 'clerk');
    const preview = await clerk.upload<RosterPreviewAnswer>('/api/roster/preview', bytes);
    expect(preview.body).toMatchObject({ classExists: false, counts: { new: demo.pupils.length } });
    expect((await clerk.upload('/api/roster/preview', bytes, { yearId: school.yearId })).status).toBe(404);
  });

  test('with errors names each row, and nothing of it is imported', async () => {
    const bytes = await list(
      '6A3',
      {},
      { code: '7400000002', fullName: 'Bùi Thị Cúc', personalId: '074214123456', sex: 'NU' },
      { code: '7400000003', fullName: 'Đỗ Gia Huy', personalId: null, birthDate: '2014-13-45' },
      { code: '7400000001', fullName: 'Người Trùng Mã', personalId: null },
      { code: 'mã-quá-dài-không-ai-dùng', fullName: 'Lò Thị Ó', personalId: null },
    );
    const { body: preview } = await it.upload<RosterPreviewAnswer>('/api/roster/preview', bytes);
    expect(preview.importable).toBe(false);
    expect(
      preview.problems
        .filter(({ severity }) => severity === 'error')
        .map(({ code }) => code)
        .sort(),
    ).toEqual(['BAD_CODE', 'DUPLICATE_PUPIL', 'PERSONAL_ID_TWICE', 'UNREADABLE_CELL'].sort());
    const refused = await it.upload('/api/roster/import', bytes);
    expect([refused.status, refused.body.code]).toEqual([422, 'WORKBOOK_INVALID']);
    expect(refused.body.items?.every(({ where }) => where !== 'file')).toBe(true);
    expect((await it.get<ClassesAnswer>('/api/classes')).body.classes.map(({ name }) => name)).toEqual([
      '6A2',
    ]);
  });

  test('with a personal id that does not fit sex or birth year warns, and is imported', async () => {
    const bytes = await list('6A3', { sex: 'NU' }, { code: '7400000004', personalId: null });
    const imported = await it.upload<RosterImportAnswer>('/api/roster/import', bytes);
    expect(imported.body).toMatchObject({ className: '6A3', newPupils: 2 });
    expect(imported.body.warnings.map(({ code }) => code)).toEqual([
      'PERSONAL_ID_DIFFERS',
      'SAME_NAME_AND_BIRTHDAY',
    ]);
  });

  test('knows a pupil by code: another name, another class or another’s personal id is refused', async () => {
    const bytes = await list(
      '6A4',
      { fullName: 'Tên Khác Hẳn', personalId: null },
      { code: '7400000004', personalId: null },
      { code: '7400000009', fullName: 'Mượn Số Định Danh' },
    );
    const { body } = await it.upload<RosterPreviewAnswer>('/api/roster/preview', bytes);
    const errors = body.problems.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ row, code }) => `${row} ${code}`)).toEqual([
      expect.stringContaining('PUPIL_DIFFERS'),
      expect.stringContaining('IN_OTHER_CLASS'),
      expect.stringContaining('IN_OTHER_CLASS'),
      expect.stringContaining('PERSONAL_ID_TAKEN'),
    ]);
  });

  test('of another level, another kind of file or with fields nobody knows is refused in words', async () => {
    const primary = await it.upload('/api/roster/import', await file(classListFile('4A2')));
    expect(primary.body.items?.map(({ code }) => code)).toContain('UNKNOWN_GRADE');
    const text = await it.upload('/api/roster/preview', Buffer.from('không phải Excel'));
    expect([text.status, text.body.code]).toEqual([422, 'WORKBOOK_INVALID']);
    const huge = await it.upload('/api/roster/preview', new Uint8Array(6 * 1024 * 1024));
    expect([huge.status, huge.body.code]).toEqual([413, 'TOO_LARGE']);
    const forged = await it.upload('/api/roster/import', await list('6A9', {}), { schoolId: 'x' });
    expect(forged.body.items?.map(({ code }) => code)).toEqual(['UNKNOWN_FIELD']);
    expect((await it.post('/api/roster/preview', {})).status).toBe(400);
  });
});

describe(`a mark sheet on ${ENGINE}`, () => {
  let classId: string;
  let sheet: string;

  beforeAll(async () => {
    const { body } = await it.get<ClassesAnswer>('/api/classes');
    classId = body.classes.find(({ name }) => name === '6A2')?.id ?? '';
    sheet = `/api/classes/${classId}/sheets/TOAN/HK1`;
    const assignments = [{ area: 'TOAN', personId: teacher.id }];
    const assigned = await it.post<AssignmentsAnswer>(`/api/classes/${classId}/assignments`, { assignments });
    expect(assigned.body.assignments).toMatchObject([{ area: 'TOAN', teacher: { id: teacher.id } }]);
    await openEverything(vice, school, server.clock, 'HK1');
  }, 60_000);

  test('is previewed cell by cell, then imported into drafts against the same state', async () => {
    const bytes = await file(markSheetsFile('6A2', 'HK1'));
    const preview = await teacher.upload<SheetImportPreviewAnswer>(`${sheet}/preview`, bytes);
    expect(preview.body).toMatchObject({ importable: true, problems: [] });
    const values = demo.sheets.find(({ area, period }) => area === 'TOAN' && period === 'HK1')?.rows ?? [];
    const count = values.reduce((sum, row) => sum + Object.keys(row.values).length, 0);
    expect(preview.body.counts).toEqual({ new: count, changed: 0, unchanged: 0, refused: 0 });
    const { basis } = preview.body;
    const imported = await teacher.upload<SheetImportAnswer>(`${sheet}/import`, bytes, { basis });
    expect(imported.body).toEqual({ written: count, unchanged: 0 });

    const { body } = await teacher.get<SheetAnswer>(sheet);
    const first = demo.pupils[0];
    const found = body.pupils.find(({ code }) => code === first?.code);
    const wanted = values.find(({ pupilId }) => pupilId === first?.id)?.values ?? {};
    expect(Object.fromEntries(found?.cells.map(({ column, value }) => [column, value]) ?? [])).toEqual(
      wanted,
    );
    const stale = await teacher.upload(`${sheet}/import`, bytes, { basis });
    expect([stale.status, stale.body.code]).toEqual([409, 'STALE_VERSION']);
  });

  test('taken out as a workbook and put back changes nothing', async () => {
    const workbook = await teacher.download(`${sheet}/workbook`);
    const preview = await teacher.upload<SheetImportPreviewAnswer>(`${sheet}/preview`, workbook);
    expect(preview.body.cells).toEqual([]);
    expect(preview.body.counts.unchanged).toBeGreaterThan(100);
  });

  test('refuses recorded cells by row and pupil, and then imports nothing at all', async () => {
    await teacher.post(`${sheet}/record`, { columns: ['TX1'] });
    const { body } = await teacher.get<SheetAnswer>(sheet);
    const cell = body.pupils[0]?.cells.find(({ column }) => column === 'TX2');
    const cells = [{ pupilId: body.pupils[0]?.id, column: 'TX2', value: null, version: cell?.version }];
    expect((await teacher.put(`${sheet}/drafts`, { cells })).status).toBe(200);
    const inputs = markSheetInputs(demo, 'HK1').filter(({ area }) => area === 'TOAN');
    const changed = (column: string) =>
      writeMarkSheets(
        inputs.map((input) => ({
          ...input,
          pupils: input.pupils.map((pupil, i) => {
            const value = pupil.values[column] === '9.5' ? '9' : '9.5';
            return i === 0 ? { ...pupil, values: { ...pupil.values, [column]: value } } : pupil;
          }),
        })),
      );
    const draft = await teacher.upload<SheetImportPreviewAnswer>(`${sheet}/preview`, await changed('TX3'));
    expect(draft.body).toMatchObject({ importable: true, counts: { new: 1, changed: 1, refused: 0 } });
    const recorded = await changed('TX1');
    const preview = await teacher.upload<SheetImportPreviewAnswer>(`${sheet}/preview`, recorded);
    expect(preview.body).toMatchObject({ importable: false, counts: { new: 1, changed: 0, refused: 1 } });
    const { basis } = preview.body;
    const refused = await teacher.upload(`${sheet}/import`, recorded, { basis });
    expect([refused.status, refused.body.code]).toEqual([422, 'WORKBOOK_INVALID']);
    expect(refused.body.items?.[0]?.message).toContain('đã ghi sổ');
    const after = await teacher.get<SheetAnswer>(sheet);
    expect(after.body.pupils[0]?.cells.find(({ column }) => column === 'TX2')?.value).toBeNull();
  });

  test('is not imported by who does not teach it', async () => {
    const bytes = await file(markSheetsFile('6A2', 'HK1'));
    expect((await vice.upload(`${sheet}/preview`, bytes)).status).toBe(403);
    const stranger = await school.person('khac', 'teacher');
    expect((await stranger.upload(`${sheet}/preview`, bytes)).status).toBe(404);
  });
});

describe(`assignments on ${ENGINE}`, () => {
  test('are made by the managers and IT, replaced from a day on, and never twice', async () => {
    const { body } = await it.get<ClassesAnswer>('/api/classes');
    const path = `/api/classes/${body.classes.find(({ name }) => name === '6A3')?.id}/assignments`;
    const one = await school.person('mot', 'teacher');
    const two = await school.person('hai', 'teacher');
    const gvcn = (desk: Desk, more = {}) => ({ assignments: [{ area: 'GVCN', personId: desk.id, ...more }] });
    expect((await teacher.post(path, gvcn(one))).status).toBe(404);
    expect((await vice.post(path, gvcn(one))).status).toBe(201);
    expect((await vice.post(path, gvcn(one))).body.code).toBe('ALREADY_EXISTS');
    expect((await it.post(path, gvcn(two))).body.code).toBe('STATE_CONFLICT');
    const replaced = await it.post<AssignmentsAnswer>(
      path,
      gvcn(two, { from: '2026-10-19', replaces: true }),
    );
    expect(replaced.body.assignments).toMatchObject([
      { area: 'GVCN', teacher: { id: two.id }, from: '2026-10-19' },
    ]);
    expect((await one.get('/api/classes')).body).toMatchObject({ classes: [] });

    const other = await server.school('thcs-g', 'LOWER_SECONDARY');
    const foreign = await other.person('gv', 'teacher');
    expect((await it.post(path, gvcn(foreign, { replaces: true }))).status).toBe(404);
    const wrong = await it.post(path, { assignments: [{ area: 'VAT_LI', personId: one.id }] });
    expect(wrong.body.items?.map(({ code }) => code)).toEqual(['UNKNOWN_AREA']);
  });
});
