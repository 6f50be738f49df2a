/** Row 24: a name that looks like another's: made of decomposed letters, of another alphabet's, or with some that nobody sees. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { writeClassList } from '#api/exchange/class-list-workbook.js';
import { Person } from '#api/identity/identity.entities.js';
import { Pupil } from '#api/school/school.entities.js';
import type { IssuedCodeAnswer } from '#contracts/accounts.js';
import type { EnrolmentAnswer } from '#contracts/enrolments.js';
import type { RosterImportAnswer } from '#contracts/roster.js';
import { ENGINE } from '../integration/engine.js';
import { HOMEROOM, TestServer, type Answer, type Desk, type TestSchool } from '../integration/school.js';

jest.setTimeout(60_000);

const NAME = 'Nguyễn Thị Ánh';
/** Each is read as NAME by people, or nearly so, and is another text. */
const IMPOSTORS = [
  ['a Cyrillic А', NAME.replace('T', 'Т')],
  ['a Greek ν', NAME.replace('u', 'υ')],
  ['a zero-width space', NAME.replace(' ', ' \u200b')],
  ['a direction mark', `${NAME}\u202e`],
  ['an eth for a đ', 'Nguyễn Ðình Ánh'],
] as const;

let server: TestServer;
let school: TestSchool;
let it: Desk;
let clerk: Desk;
let homeroom: Desk;
let classId: string;
let pupilId: string;
let code = 0;

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-ten-that', 'LOWER_SECONDARY');
  it = await school.person('cntt', 'it-officer');
  clerk = await school.person('vt', 'clerk');
  homeroom = await school.person('cn', 'teacher');
  const own = await school.class('6A1', 6, ['Trần An'], ['TOAN']);
  await school.assign(homeroom, own, HOMEROOM);
  [classId, pupilId] = [own.id, own.pupilIds[0] ?? ''];
});
afterAll(() => server.stop());

const account = (fullName: string) =>
  it.post('/api/accounts', { kind: 'staff', name: `gv.${++code}`, fullName, title: 'Giáo viên' });
const newcomer = (fullName: string) =>
  clerk.post(`/api/classes/${classId}/pupils`, {
    pupil: { code: `M-${++code}`, fullName, sex: 'NU', birthDate: '2015-03-08' },
    on: '2026-11-09',
    paper: 'Giấy giới thiệu chuyển trường số 14/GT',
  });
const change = (fullName: string) =>
  homeroom.post(`/api/pupils/${pupilId}/changes`, {
    fields: { fullName },
    reason: 'Giấy khai sinh ghi khác danh sách lớp',
  });
const listed = async (fullName: string) => {
  const pupil = {
    code: `L-${++code}`,
    fullName,
    sex: 'NU',
    birthDate: '2014-03-08',
    personalId: null,
  } as const;
  const heading = { name: 'Trường thử', commune: 'Phường Thử' };
  const list = {
    school: heading,
    schoolYear: '2026-2027',
    className: '6A2',
    pupils: [{ ...pupil, guardians: [] }],
  };
  return it.upload('/api/roster/import', await writeClassList(list));
};
/** Every way by which a name comes in. */
const WAYS: readonly (readonly [string, (name: string) => Promise<Answer<unknown>>])[] = [
  ['an account', account],
  ['a pupil who joins', newcomer],
  ['a change of personal data', change],
  ['a class list', listed],
];

describe(`row 24 on ${ENGINE}`, () => {
  test.each(WAYS)(
    'row 24: %s takes no look-alike, no other alphabet, nothing unseen, and says which letter',
    async (_, send) => {
      for (const [what, name] of IMPOSTORS) {
        const { status, body } = await send(name);
        expect([what, [400, 422].includes(status)]).toEqual([what, true]);
        expect(JSON.stringify(body)).toMatch(/U\+[0-9A-F]{4}|không hiển thị/);
      }
    },
  );

  test.each(WAYS)('row 24: %s takes the true name, also in decomposed letters', async (_, send) => {
    const { status, body } = await send(NAME.normalize('NFD'));
    expect([status, body]).toEqual([201, expect.anything()]);
  });

  test('row 24: whatever way it came, a name is kept composed, so that the same name is the same text', async () => {
    const { personId } = (await account(`${NAME} Một`.normalize('NFD'))).body as unknown as IssuedCodeAnswer;
    const joined = (await newcomer(`${NAME} Hai`.normalize('NFD'))).body as unknown as EnrolmentAnswer;
    const imported = (await listed(`${NAME} Ba`.normalize('NFD'))).body as unknown as RosterImportAnswer;
    expect(imported.newPupils).toBe(1);
    const { read } = server.database;
    const person = await read.findOneByOrFail(Person, { schoolId: school.id, id: personId });
    const pupils = await read.findBy(Pupil, { schoolId: school.id });
    expect(person.fullName).toBe(`${NAME} Một`);
    expect(pupils.find(({ id }) => id === joined.pupilId)?.fullName).toBe(`${NAME} Hai`);
    const names = pupils.map(({ fullName }) => fullName);
    expect(names).toContain(`${NAME} Ba`);
    expect(names.filter((name) => name !== name.normalize('NFC'))).toEqual([]);
  });
});
