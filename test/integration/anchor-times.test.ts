/** When a running server anchors its journals: its own timer, its own clock; only the clock's hands are moved here. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import { JournalEvent, JournalHead } from '#api/audit/journal.entities.js';
import { Database } from '#api/database/database.js';
import { LedgerEntryRow, LedgerLog, LedgerOutboxRow } from '#api/ledger-host/ledger.entities.js';
import { SchoolLogs } from '#api/ledger-host/school-logs.js';
import { createServer } from '#api/server.js';
import type { ClassAnswer } from '#contracts/school.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseLeaf } from '#ledger/format/leaf.js';
import { parsePolicy } from '#ledger/format/policy.js';
import { parseNote } from '#ledger/format/note.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { ENGINE } from './engine.js';
import { HOMEROOM, openEverything, recordColumn, TestServer } from './school.js';
import type { Desk, TestClass, TestSchool } from './school.js';

jest.setTimeout(60_000);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Longer than the server's timer needs to look once and publish. */
const ONE_LOOK_MS = 10_000;

let server: TestServer;
/** Where something is recorded; where nothing ever happens. */
let busy: TestSchool;
let idle: TestSchool;
let target: TestClass;
let teacher: Desk;
let vice: Desk;

beforeAll(async () => {
  server = await TestServer.start('2026-11-10T02:00:00.000Z');
  busy = await server.school('thcs-ban-ron', 'LOWER_SECONDARY');
  idle = await server.school('thcs-vang-ve', 'LOWER_SECONDARY');
  target = await busy.class('6A', 6, ['An', 'Bình'], ['TOAN']);
  vice = await busy.person('pho', 'vice-principal');
  teacher = await busy.person('gv', 'teacher');
  await busy.assign(teacher, target, 'TOAN', HOMEROOM);
  for (const { id } of [busy, idle]) await server.app.get(SchoolLogs, { strict: false }).open(id);
  await openEverything(vice, busy, server.clock, 'HK1', 'HK2');
  // The windows' own clock has spoken: what is written from here on is what the tests write.
  const opened = { schoolId: busy.id, type: 'window.opened' };
  await until(async () => (await read().countBy(JournalEvent, opened)) === 2);
  await until(async () => (await anchors(busy)) === 1 && (await anchors(idle)) === 1);
}, 60_000);
afterAll(() => server.stop());

const read = () => server.database.read;

/** Anchors of the school's journal in its published log. */
const anchors = async ({ id }: TestSchool) => (await publicAnchors(id)).length;
const isMarkAnchored = () => isAnchored(busy, 'mark.recorded');

/** Whether the newest event of the type is under a public anchor. */
async function isAnchored({ id: schoolId }: TestSchool, type: string): Promise<boolean> {
  const { seq } = await newest(schoolId, type);
  return ((await publicAnchors(schoolId)).at(-1) ?? 0) > seq;
}

function newest(schoolId: string, type: string): Promise<JournalEvent> {
  return read().findOneOrFail(JournalEvent, { where: { schoolId, type }, order: { seq: 'DESC' } });
}

/** How many events each public anchor of the journal stands for, oldest first. */
async function publicAnchors(schoolId: string): Promise<number[]> {
  const log = await read().findOneByOrFail(LedgerLog, { schoolId });
  const entries = await read().find(LedgerEntryRow, { where: { schoolId }, order: { seq: 'ASC' } });
  return entries.flatMap(({ seq, entry }) => {
    const leaf = parseLeaf(entry);
    return leaf.type === 'journal.anchored' && seq < log.publishedSize ? [leaf.body.count] : [];
  });
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 3 * ONE_LOOK_MS;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error('the server did not anchor');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The timer looks, and anchors nothing. */
async function staysSo(...schools: readonly TestSchool[]): Promise<void> {
  const before = await Promise.all(schools.map(anchors));
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(await Promise.all(schools.map(anchors))).toEqual(before);
}

let marks = 0;
async function change(): Promise<void> {
  marks += 1;
  const sheet = marks > 4 ? 'TOAN/HK2' : 'TOAN/HK1';
  await recordColumn(teacher, target, sheet, `TX${String(((marks - 1) % 4) + 1)}`, ['8', '7']);
}

describe(`anchors of a running server on ${ENGINE}`, () => {
  test('a change is anchored within ten minutes, not at once; where nothing changed nothing is', async () => {
    await change();
    server.clock.advance(2 * MINUTE_MS);
    await staysSo(busy, idle);
    expect(await isMarkAnchored()).toBe(false);
    server.clock.advance(7 * MINUTE_MS);
    const before = await anchors(idle);
    await until(isMarkAnchored);
    expect(await anchors(idle)).toBe(before);
  });

  test('a lock is anchored at once, the clock standing still', async () => {
    const at = server.clock.timestamp();
    const { body } = await teacher.get<ClassAnswer>(`/api/classes/${target.id}`);
    const other = body.sheets.find(({ area, period }) => period === 'HK1' && area !== 'TOAN');
    const sheets = [{ classId: target.id, area: other?.area, period: 'HK1' }];
    const done = await vice.stepUp('period.lock', { sheets, gapsReason: 'Số liệu để thử' }, '/api/locks');
    expect(done.status).toBe(201);
    const moved = server.clock.now().getTime() - Date.parse(at);
    expect(moved).toBeLessThan(2 * MINUTE_MS);
    await until(() => isAnchored(busy, 'lock.made'));
  });

  test('a day on which nothing happens is anchored and cosigned again all the same', async () => {
    const before = await anchors(idle);
    server.clock.advance(23 * HOUR_MS);
    await staysSo(idle);
    server.clock.advance(HOUR_MS + MINUTE_MS);
    await until(async () => (await anchors(idle)) === before + 1);
    const get = async (file: string) =>
      new Uint8Array(await (await fetch(`${server.url}/ledger/${idle.slug}/${file}`)).arrayBuffer());
    const note = await get('checkpoint');
    const { witnesses } = checkCheckpoint(note, parsePolicy(await get('policy')));
    const now = Math.floor(server.clock.now().getTime() / 1000);
    expect(witnesses.map(({ time }) => now - time < 60)).toEqual([true, true]);
    const { publishedSize } = await read().findOneByOrFail(LedgerLog, { schoolId: idle.id });
    expect(parseCheckpoint(parseNote(note).text).size).toBe(publishedSize);
  });

  test('a clock set back by days: the log signs nothing in the past, and the anchor waits until the clock is right', async () => {
    await change();
    server.clock.advance(-72 * HOUR_MS);
    const { seq } = await newest(busy.id, 'mark.recorded');
    const head = () => read().findOneByOrFail(JournalHead, { schoolId: busy.id });
    await until(async () => (await head()).anchoredCount > seq);
    expect(await isMarkAnchored()).toBe(false);
    const waiting = await read().countBy(LedgerOutboxRow, { schoolId: busy.id });
    await staysSo(busy);
    expect(await read().countBy(LedgerOutboxRow, { schoolId: busy.id })).toBe(waiting);
    server.clock.advance(72 * HOUR_MS);
    await until(isMarkAnchored);
    // That anchor is of three days ago: the daily one is due, and is no other test's.
    const now = server.clock.timestamp();
    await until(async () => ((await head()).anchoredAt ?? '') >= now);
    await until(async () => (await read().countBy(LedgerOutboxRow, { schoolId: busy.id })) === 0);
  });

  test('a clock put forward by days loses no anchor, and makes one, not one for each day', async () => {
    await change();
    const before = await anchors(busy);
    server.clock.advance(9 * 24 * HOUR_MS);
    await until(isMarkAnchored);
    await staysSo(busy);
    expect(await anchors(busy)).toBe(before + 1);
  });

  test('a server that was down for an hour anchors when it starts', async () => {
    await change();
    expect(await isMarkAnchored()).toBe(false);
    await server.app.close();
    server.clock.advance(HOUR_MS);
    const installation = { ...server.installation, log: pino({ level: 'silent' }), clock: server.clock };
    const restarted = await createServer(installation, false);
    try {
      await restarted.listen(0, '127.0.0.1');
      const database = restarted.get(Database);
      await until(async () => {
        const { count, anchoredCount } = await database.read.findOneByOrFail(JournalHead, {
          schoolId: busy.id,
        });
        return count === anchoredCount;
      });
    } finally {
      await restarted.close();
    }
  });
});
