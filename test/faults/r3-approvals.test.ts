/**
 * R3: a server process is killed (SIGKILL) in the midst of approvals. Afterwards each correction is applied with all that
 * belongs to it (its row, its mark, its act, its events) or not at all; what was answered with 200 is applied.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { auditSchool } from '#api/audit/audit-school.js';
import { JournalEvent } from '#api/audit/journal.entities.js';
import { Correction } from '#api/corrections/corrections.entities.js';
import { openDatabase } from '#api/database/data-source.js';
import { MarkCell } from '#api/gradebook/gradebook.entities.js';
import { Act } from '#api/identity/identity.entities.js';
import { School } from '#api/school/school.entities.js';
import type { CorrectionsAnswer } from '#contracts/corrections.js';
import { ENGINE } from '../integration/engine.js';
import {
  HOMEROOM,
  openEverything,
  recordColumn,
  TestServer,
  type Desk,
  type TestClass,
  type TestSchool,
} from '../integration/school.js';
import { FULL, figure } from './figures.js';

const KILLS = FULL ? 50 : 2;
const PUPILS = 24;
const COMMAND = fileURLToPath(new URL('./approval-server.mjs', import.meta.url));

let server: TestServer;
let school: TestSchool;
let vice: Desk;
let teacher: Desk;
let ours: TestClass;
let child: ChildProcess | undefined;

beforeAll(async () => {
  server = await TestServer.start(new Date().toISOString());
  school = await server.school('thcs-r3', 'LOWER_SECONDARY', { homeroomConfirms: false });
  vice = await school.person('pho', 'vice-principal');
  teacher = await school.person('toan', 'teacher');
  const names = Array.from({ length: PUPILS }, (_, i) => `Học Sinh ${String(i + 1)}`);
  ours = await school.class('6A1', 6, names, ['TOAN']);
  await school.assign(teacher, ours, 'TOAN', HOMEROOM);
  await openEverything(vice, school, server.clock, 'HK1');
  await recordColumn(teacher, ours, 'TOAN/HK1', 'TX1', Array(PUPILS).fill('6'));
  await server.app.close();
}, 120_000);
afterAll(async () => {
  child?.kill('SIGKILL');
  await server.stop();
}, 60_000);

/** A process that serves the same installation; the desks turn to it. */
async function serve(): Promise<ChildProcess> {
  const started = spawn(process.execPath, [COMMAND], { stdio: ['pipe', 'pipe', 'inherit'] });
  child = started;
  started.stdin.end(JSON.stringify(server.installation));
  const [url] = (await once(createInterface(started.stdout), 'line')) as [string];
  server.url = url;
  return started;
}

/** Approves every pupil's correction at the same moment, and kills the process when so many have been answered. */
async function approveAndKill(after: number): Promise<ReadonlySet<string>> {
  const process = await serve();
  const open = await teacher.get<CorrectionsAnswer>('/api/corrections?state=requested');
  if (open.body.corrections.length > 0) {
    await teacher.post('/api/corrections/withdraw', {
      correctionIds: open.body.corrections.map(({ id }) => id),
    });
  }
  const sheet = await teacher.get<{
    pupils: { id: string; cells: { column: string; value: string; version: number }[] }[];
  }>(`/api/classes/${ours.id}/sheets/TOAN/HK1`);
  const cells = sheet.body.pupils.map(({ id, cells: own }) => {
    const cell = own.find(({ column }) => column === 'TX1');
    return { pupilId: id, column: 'TX1', newValue: cell?.value === '6' ? '9' : '6', version: cell?.version };
  });
  const reason = 'Cộng sót điểm câu 2b bài kiểm tra';
  const asked = await teacher.post<CorrectionsAnswer>('/api/corrections', {
    ...{ classId: ours.id, area: 'TOAN', period: 'HK1', reason, cells },
  });
  const ids = asked.body.corrections.map(({ id }) => id);
  const approvals = [];
  for (const id of ids) {
    const params = { correctionIds: [id] };
    approvals.push({ ...params, act: await vice.act('correction.approve', params) });
  }
  const acknowledged = new Set<string>();
  await Promise.allSettled(
    approvals.map(async (approval) => {
      const { status } = await vice.post('/api/corrections/approve', approval);
      if (status === 200) for (const id of approval.correctionIds) acknowledged.add(id);
      if (acknowledged.size >= after) process.kill('SIGKILL');
    }),
  );
  process.kill('SIGKILL');
  if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
  return acknowledged;
}

/** What is half done, or acknowledged and not there. */
async function halves(acknowledged: ReadonlySet<string>): Promise<string[]> {
  const opened = await openDatabase(server.installation.config.database);
  try {
    const { read } = opened.database;
    const schoolId = school.id;
    const wrong: string[] = [];
    for (const row of await read.findBy(Correction, { schoolId })) {
      const told = (type: string, subjectId = row.id) =>
        read.countBy(JournalEvent, { schoolId, type, subjectId });
      const applied = row.state === 'applied' ? 1 : 0;
      if (acknowledged.has(row.id) && applied === 0) wrong.push(`${row.id}: acknowledged and not applied`);
      if ((await told('correction.approved')) !== applied) wrong.push(`${row.id}: half approved`);
      if ((await told('correction.applied')) !== applied) wrong.push(`${row.id}: half applied`);
      if (applied === 0) continue;
      const act = await read.findOneBy(Act, { schoolId, id: row.actId ?? '' });
      if ((act?.usedAt ?? null) === null) wrong.push(`${row.id}: its act was not used`);
      const mark = await read.findOneByOrFail(MarkCell, { schoolId, id: row.markId ?? '' });
      if (mark.version <= row.markVersion) wrong.push(`${row.id}: its mark did not move`);
    }
    const applied = await read.countBy(Correction, { schoolId, state: 'applied' });
    const corrected = await read.countBy(JournalEvent, { schoolId, type: 'mark.corrected' });
    if (applied !== corrected) wrong.push(`${String(applied)} applied, ${String(corrected)} marks corrected`);
    const info = await read.findOneByOrFail(School, { id: schoolId });
    const outside = { ledger: undefined, trust: undefined, outside: {} };
    const { findings } = await auditSchool(read, { school: info, ...outside, now: new Date() });
    // The folder of the log is not handed to this audit: it says so.
    const others = findings.filter(({ table }) => table !== 'ledger');
    return [...wrong, ...others.map(({ code, table, id }) => `${code} ${table} ${id}`)];
  } finally {
    await opened.close();
  }
}

describe(`R3 on ${ENGINE}`, () => {
  jest.setTimeout(3600_000);

  test(`${String(KILLS)} kills amid ${String(PUPILS)} approvals: none half applied, none lost`, async () => {
    const wrong: string[] = [];
    let applied = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const acknowledged = await approveAndKill(1 + ((kill * 7) % (PUPILS - 4)));
      applied += acknowledged.size;
      wrong.push(...(await halves(acknowledged)));
    }
    figure({
      id: 'R3',
      what: `half-applied approvals on ${ENGINE} after SIGKILL of the server amid approvals`,
      value: `${String(wrong.length)} in ${String(KILLS)} kills`,
      bar: '0',
      holds: wrong.length === 0 && applied > 0,
      detail: `${String(applied)} of ${String(KILLS * PUPILS)} approvals were acknowledged before their kill`,
    });
    expect(wrong).toEqual([]);
    expect(applied).toBeGreaterThan(0);
  });
});
