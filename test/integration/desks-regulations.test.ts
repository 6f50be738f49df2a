/** What the regulations tell each desk: needed last marks, shares of a class, and whose turn a column is. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { FamilyMarksAnswer } from '#contracts/families.js';
import type { SheetAnswer } from '#contracts/gradebook.js';
import type { SharesAnswer, StatisticsAnswer } from '#contracts/reports.js';
import type { ExplanationsAnswer, PupilNeededAnswer } from '#contracts/results.js';
import { decidedClass, type DecidedClass } from './decided-class.js';
import { ENGINE } from './engine.js';
import { HOMEROOM, openEverything, recordColumn, TestServer } from './school.js';
import type { Desk, TestClass, TestSchool } from './school.js';

jest.setTimeout(60_000);

let server: TestServer;
let school: TestSchool;
let target: TestClass;
let teacher: Desk;
let second: Desk;
let homeroom: Desk;
let decided: DecidedClass;

beforeAll(async () => {
  server = await TestServer.start('2027-05-18T02:00:00.000Z');
  decided = await decidedClass(server, 'thcs-song-may', 4);
  school = decided.school;
  target = await school.class('6A8', 6, ['An', 'Bình'], ['GDCD', 'KHTN']);
  teacher = await school.person('gdcd', 'teacher');
  second = await school.person('khtn', 'teacher');
  homeroom = await school.person('cn', 'teacher');
  await school.assign(teacher, target, 'GDCD', 'KHTN');
  await school.assign(second, target, 'KHTN');
  await school.assign(homeroom, target, HOMEROOM);
  await openEverything(decided.vice, school, server.clock, 'HK1');
  for (const [column, values] of [
    ['TX1', ['7', '9']],
    ['TX2', ['6', '9']],
    ['GK', ['6', '9']],
  ] as const) {
    await recordColumn(teacher, target, 'GDCD/HK1', column, values);
  }
}, 120_000);
afterAll(() => server.stop(), 30_000);

const needed = (desk: Desk, sheet = 'area=GDCD&period=HK1') =>
  desk.get<PupilNeededAnswer[]>(`/api/results/${target.id}/needed?${sheet}`);

describe(`what a pupil still needs on ${ENGINE} (TT 22/2021 Đ.9)`, () => {
  test('the teacher of the sheet reads it, level by level, by hand: (7 + 6 + 2·6 + 3·CK) / 7', async () => {
    const { status, body } = await needed(teacher);
    expect(status).toBe(200);
    // 8,0: 25 + 3x >= 55,65; 6,5: >= 45,15; 5,0: >= 34,65; 3,5: >= 24,15.
    expect(body[0]?.needed.map(({ level, average, final }) => [level, average, final])).toEqual([
      ['TOT', '8.0', null],
      ['KHA', '6.5', '6.8'],
      ['DAT', '5.0', '3.3'],
    ]);
    expect(body[0]?.needed[1]?.sentence).toBe(
      'Giáo dục công dân, Học kì I: cần CK ≥ 6,8 để ĐTB đạt 6,5 (mức Khá).',
    );
    expect(body[1]?.needed[0]).toMatchObject({ level: 'TOT', final: '6.6' });
  });

  test('the homeroom teacher reads it with the explanation, the family with its own child’s marks', async () => {
    const pupilId = target.pupilIds[0] ?? '';
    const path = `/api/results/${target.id}/pupils/${pupilId}/explanation`;
    const { body } = await homeroom.get<ExplanationsAnswer>(path);
    expect(body.needed.map(({ final }) => final)).toEqual([null, '6.8', '3.3']);
    const parent = await school.person('me', 'guardian');
    const joined = { personId: parent.id, relation: 'mother', paper: 'Giấy khai sinh số 45/2015' };
    expect((await decided.sealer.post(`/api/pupils/${pupilId}/guardianships`, joined)).status).toBe(201);
    const family = await parent.get<FamilyMarksAnswer>(`/api/family/pupils/${pupilId}/marks`);
    expect(family.body.needed).toEqual(body.needed);
    expect((await parent.get(`/api/family/pupils/${target.pupilIds[1] ?? ''}/marks`)).status).toBe(404);
    expect((await needed(parent)).status).toBe(404);
  });

  test('nothing is promised where more than the last test is open, and nothing once it is there', async () => {
    expect((await needed(teacher, 'area=KHTN&period=HK1')).body.map((each) => each.needed)).toEqual([[], []]);
    await recordColumn(teacher, target, 'GDCD/HK1', 'CK', ['6.8', '6.7']);
    expect((await needed(teacher)).body.map((each) => each.needed)).toEqual([[], []]);
    const { body } = await homeroom.get<ExplanationsAnswer>(
      `/api/results/${target.id}/pupils/${target.pupilIds[0] ?? ''}/explanation`,
    );
    // What was said would do, does: 6,5.
    const term = body.explanations.find(({ about }) => about === 'subjects.GDCD.HK1');
    expect(term?.value).toBe('6.5');
  });
});

describe(`several teachers of one subject on ${ENGINE} (practice 4)`, () => {
  const strands = async (desk: Desk) => {
    const { body } = await desk.get<SheetAnswer>(`/api/classes/${target.id}/sheets/KHTN/HK1`);
    return new Map(body.columns.map(({ code, strand }) => [code, strand]));
  };

  test('the strands take turns in the regular columns, the tests are everybody’s', async () => {
    const columns = await strands(second);
    expect([...columns].slice(0, 6)).toEqual([
      ['TX1', 'Vật lí'],
      ['TX2', 'Hóa học'],
      ['TX3', 'Sinh học'],
      ['TX4', 'Vật lí'],
      ['GK', null],
      ['CK', null],
    ]);
  });

  test('what a teacher says of a column comes first; a subject of one teacher has no turns', async () => {
    const path = `/api/classes/${target.id}/sheets/KHTN/HK1/columns/TX1`;
    const said = { name: 'Kiểm tra 15 phút', strand: 'Sinh học', version: 0 };
    expect((await second.put(path, said)).status).toBe(200);
    expect((await strands(second)).get('TX1')).toBe('Sinh học');
    const alone = await school.class('6A9', 6, ['Chi'], ['KHTN']);
    await school.assign(second, alone, 'KHTN');
    const { body } = await second.get<SheetAnswer>(`/api/classes/${alone.id}/sheets/KHTN/HK1`);
    expect(body.columns.map(({ strand }) => strand).filter((strand) => strand !== null)).toEqual([]);
  });
});

describe(`statistics on ${ENGINE} (practice 6)`, () => {
  const of = (shares: readonly SharesAnswer[] | undefined, about: string) =>
    shares?.find((each) => each.about === about);
  const read = (desk: Desk) => desk.get<StatisticsAnswer>(`/api/statistics?yearId=${school.yearId}`);

  test('count each level of the results as computed, and add up to the class', async () => {
    const { body } = await read(decided.vice);
    const own = body.classes.find(({ classId }) => classId === decided.target.id);
    const results = await decided.vice.get<{ results: { answer: { learning: { year: string } } }[] }>(
      `/api/results/${decided.target.id}`,
    );
    const learning = of(own?.shares, 'learning.year');
    for (const { level, count, percent } of learning?.shares ?? []) {
      const having = results.body.results.filter(({ answer }) => answer.learning.year === level).length;
      expect([level, count, percent]).toEqual([level, having, `${String((100 * having) / 4)}.0`]);
    }
    expect(learning).toMatchObject({
      assessed: 4,
      notAssessed: 0,
      open: 0,
      label: 'Kết quả học tập, cả năm',
    });
    expect(learning?.shares.reduce((sum, { count }) => sum + count, 0)).toBe(4);
    const fresh = body.classes.find(({ classId }) => classId === target.id);
    expect(of(fresh?.shares, 'learning.year')).toMatchObject({ assessed: 2, open: 2 });
    expect(of(body.all?.shares, 'learning.year')).toMatchObject({ assessed: 7, open: 3 });
    expect(body.grades.map(({ grade }) => grade)).toEqual([6]);
  });

  test('whoever is under an individual plan stands beside the percentages and lowers none', async () => {
    const pupilId = target.pupilIds[0];
    const before = of(
      (await read(decided.vice)).body.classes.find(({ classId }) => classId === target.id)?.shares,
      'learning.year',
    );
    expect(before).toMatchObject({ assessed: 2, notAssessed: 0 });
    const notes = [{ pupilId, notAssessed: ['GDCD', 'KHTN'] }];
    expect((await homeroom.put(`/api/results/${target.id}/notes`, { notes })).status).toBe(200);
    const after = of(
      (await read(decided.vice)).body.classes.find(({ classId }) => classId === target.id)?.shares,
      'learning.year',
    );
    expect(after).toMatchObject({ assessed: 1, notAssessed: 1, open: 1 });
  });

  test('count the year of each subject by the level of its average, and each title', async () => {
    const { body } = await read(decided.vice);
    const own = body.classes.find(({ classId }) => classId === decided.target.id);
    const results = await decided.vice.get<{
      results: { answer: { subjects: Record<string, { year: string }>; honour: string | null } }[];
    }>(`/api/results/${decided.target.id}`);
    const answers = results.body.results.map(({ answer }) => answer);
    // The same bounds once more, written another way than the rule's table.
    const levelOf = (average: number) =>
      average < 5 ? 'CHUA_DAT' : average < 6.5 ? 'DAT' : average < 8 ? 'KHA' : 'TOT';
    const years = (area: string) => answers.map(({ subjects }) => subjects[area]?.year ?? '');
    const counted = (area: string) => own?.subjects.find((each) => each.area === area);
    for (const area of ['TOAN', 'NGU_VAN', 'NGOAI_NGU_1']) {
      const levels = years(area).map((average) => levelOf(Number(average)));
      expect(counted(area)).toMatchObject({ assessed: 4, notAssessed: 0, notTaken: 0, open: 0 });
      expect(counted(area)?.shares.map(({ level, count }) => [level, count])).toEqual(
        ['TOT', 'KHA', 'DAT', 'CHUA_DAT'].map((level) => [
          level,
          levels.filter((one) => one === level).length,
        ]),
      );
    }
    const passed = years('GDTC').filter((result) => result === 'D').length;
    expect(counted('GDTC')?.shares).toMatchObject([
      { level: 'D', label: 'Đạt', count: passed, percent: `${String(25 * passed)}.0` },
      { level: 'CD', label: 'Chưa đạt', count: 4 - passed },
    ]);
    for (const { honour, count } of own?.honours.titles ?? []) {
      expect(count).toBe(answers.filter((answer) => answer.honour === honour).length);
    }
    const { titles = [], none, open } = own?.honours ?? {};
    expect(titles.reduce((sum, { count }) => sum + count, (none ?? 0) + (open ?? 0))).toBe(4);
    expect(JSON.stringify(body)).not.toContain(decided.demo.pupils[0]?.fullName);
  });

  test('of a subject leave out who is not assessed in it; the grade’s is of the classes taught it', async () => {
    const { body } = await read(decided.vice);
    const fresh = body.classes.find(({ classId }) => classId === target.id);
    const civics = fresh?.subjects.find(({ area }) => area === 'GDCD');
    expect(civics).toMatchObject({ assessed: 1, notAssessed: 1, notTaken: 0, open: 1 });
    const ofGrade = (area: string) => body.grades[0]?.subjects.find((each) => each.area === area);
    expect(ofGrade('TOAN')?.assessed).toBe(4);
    expect(ofGrade('GDCD')).toMatchObject({ assessed: 5, notAssessed: 1, open: 1 });
    expect(body.all?.honours.open).toBe(3);
    expect(body.all?.subjects).toEqual(body.grades[0]?.subjects);
  });

  test('are no teacher’s and no family’s', async () => {
    expect((await read(teacher)).body.classes).toEqual([]);
    const parent = await school.person('cha', 'guardian');
    expect((await read(parent)).body).toMatchObject({ classes: [], grades: [], all: null });
  });
});
