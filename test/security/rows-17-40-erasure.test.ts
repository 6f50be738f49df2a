/** Rows 17 and 40: what was erased cannot be opened again by who holds the whole database; nobody erases alone. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { isCommitted } from '#api/audit/journal-check.js';
import { JournalEvent } from '#api/audit/journal.entities.js';
import { MarkCell } from '#api/gradebook/gradebook.entities.js';
import { Erasure } from '#api/privacy/privacy.entities.js';
import { Pupil } from '#api/school/school.entities.js';
import type { ErasureAnswer } from '#contracts/privacy.js';
import { ENGINE } from '../integration/engine.js';
import {
  openEverything,
  recordColumn,
  TestServer,
  type Desk,
  type TestSchool,
} from '../integration/school.js';

jest.setTimeout(30_000);

const ASKED = {
  ...{ parts: ['book', 'identity'], ground: 'authority-decision', paper: 'Quyết định số 88/QĐ-UBND' },
  reason: 'Dữ liệu được thu thập sai đối tượng',
};

let server: TestServer;
let school: TestSchool;
let both: Desk;
let clerk: Desk;
let pupilId: string;
let event: JournalEvent;

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-xoa', 'LOWER_SECONDARY');
  both = await school.person('truong', 'principal', 'clerk');
  clerk = await school.person('vanthu', 'clerk');
  const vice = await school.person('pho', 'vice-principal');
  const teacher = await school.person('toan', 'teacher');
  const ours = await school.class('6A1', 6, ['Trần Nhật Ánh', 'Lê Bình'], ['TOAN']);
  [pupilId = ''] = ours.pupilIds;
  await school.assign(teacher, ours, 'TOAN');
  await openEverything(vice, school, server.clock, 'HK1');
  await recordColumn(teacher, ours, 'TOAN/HK1', 'TX1', ['6.5', '8']);
  const left = { on: '2026-11-09', paper: 'Giấy chuyển trường số 12' };
  const gone = await clerk.post(`/api/classes/${ours.id}/pupils/${pupilId}/leave`, left);
  if (gone.status >= 300) throw new Error(JSON.stringify(gone.body));
  server.clock.advance(2 * 86_400_000);
  const { eventSeq } = await server.database.read.findOneByOrFail(MarkCell, { schoolId: school.id, pupilId });
  event = await server.database.read.findOneByOrFail(JournalEvent, {
    ...{ schoolId: school.id, seq: eventSeq ?? -1 },
  });
}, 60_000);
afterAll(() => server.stop());

/** The event's text with every mark that there is: who knows all but the mark tries them all. */
function guesses(): string[] {
  const text = event.payload ?? '';
  expect(text).toContain('"value":"6.5"');
  return Array.from({ length: 101 }, (_none, i) =>
    text.replace('"value":"6.5"', `"value":"${String(i / 10)}"`),
  );
}

/** The mark that a guesser finds, with these salts. */
const opened = (salts: readonly (Uint8Array | null)[]) =>
  guesses().filter((text) =>
    salts.some((salt) => salt !== null && isCommitted(salt, text, event.commitment)),
  );

const salts = async () =>
  (await server.database.read.findBy(JournalEvent, { schoolId: school.id })).map(({ salt }) => salt);

async function asked(desk: Desk): Promise<string> {
  const answer = await desk.post<ErasureAnswer>(`/api/pupils/${pupilId}/erasures`, ASKED);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body.id;
}

describe(`erasure on ${ENGINE}`, () => {
  test('row 17: who holds both offices cannot approve what they asked for, by the rule and by the database', async () => {
    const id = await asked(both);
    const stated = await both.post('/api/acts', { action: 'erasure.approve', params: { erasureId: id } });
    expect([stated.status, stated.body.rule]).toEqual([403, 'R16.6']);
    const alone = { state: 'approved' as const, decidedBy: both.id, decidedAt: 'x', actId: 'x' };
    await expect(
      server.database.write((tx) => tx.update(Erasure, { schoolId: school.id, id }, alone)),
    ).rejects.toThrow(/constraint/i);
    const begun = { schoolId: school.id, id: 'x', pupilId, ...ASKED, ...alone, decidedBy: clerk.id };
    await expect(
      server.database.write((tx) =>
        tx.insert(Erasure, { ...begun, requestedBy: both.id, requestedAt: 'x' } as Erasure),
      ),
    ).rejects.toThrow(/begins as requested/);
    expect((await both.post(`/api/erasures/${id}/withdraw`)).status).toBe(200);
  });

  test('row 40: an approval that does not hold destroys nothing', async () => {
    const id = await asked(clerk);
    const act = await both.act('erasure.approve', { erasureId: id });
    const forged = { id: act.id, method: 'totp', code: '000000' };
    expect((await both.post(`/api/erasures/${id}/approve`, { act: forged })).body.code).toBe(
      'SECOND_FACTOR_FAILED',
    );
    expect(await server.database.read.countBy(MarkCell, { schoolId: school.id, pupilId })).toBe(1);
    expect(opened(await salts())).toHaveLength(1);
    expect((await clerk.post(`/api/erasures/${id}/withdraw`)).status).toBe(200);
  });

  test('row 40: once erased, no salt that is left opens the mark, though the whole rest of the text is known', async () => {
    expect(opened(await salts())).toEqual([event.payload]);
    const id = await asked(clerk);
    const act = await both.act('erasure.approve', { erasureId: id });
    const done = await both.post(`/api/erasures/${id}/approve`, { act });
    expect([done.status, done.body]).toMatchObject([200, { state: 'approved' }]);
    expect(opened(await salts())).toEqual([]);
    const pupil = await server.database.read.findOneByOrFail(Pupil, { schoolId: school.id, id: pupilId });
    expect(pupil).toMatchObject({ fullName: '(đã xóa)', birthDate: '', code: pupilId });
  });

  test('row 40: nor is the salt, or the name, left in the database’s own file', async () => {
    const { database } = server.installation.config;
    // PostgreSQL keeps old row versions until VACUUM: SECURITY.md says so.
    if (database.engine !== 'sqlite') return;
    const file = await readFile(database.file);
    const salt = Buffer.from(event.salt ?? []).toString('base64');
    const other = (await salts()).find((each) => each !== null) ?? new Uint8Array();
    expect(file.includes(Buffer.from(other).toString('base64'))).toBe(true);
    expect(file.includes(salt)).toBe(false);
    expect(file.includes('Trần Nhật Ánh')).toBe(false);
    expect((await readFile(`${database.file}-wal`)).length).toBe(0);
  });
});
