/**
 * R2 and R3: the whole server is killed (SIGKILL) again and again while teachers write and a vice-principal approves over
 * real HTTP. What was acknowledged is there after each start; no approval is half applied; the audit finds nothing; the
 * witnesses, who saw every checkpoint, saw no fork.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import { auditInstallation } from '#api/audit/audit-installation.js';
import { Database } from '#api/database/database.js';
import { openDatabase } from '#api/database/data-source.js';
import { Correction } from '#api/corrections/corrections.entities.js';
import { MarkCell } from '#api/gradebook/gradebook.entities.js';
import { SecretBox } from '#api/identity/secret-box.js';
import { SchoolLogs } from '#api/ledger-host/school-logs.js';
import { createServer } from '#api/server.js';
import type { CorrectionsAnswer } from '#contracts/corrections.js';
import type { DraftsAnswer, SheetAnswer } from '#contracts/gradebook.js';
import { Random } from '#fixtures/random.js';
import { freshDatabase, type TestDatabase } from '../integration/engine.js';
import {
  openEverything,
  recordColumn,
  TestClock,
  TestServer,
  type Desk,
  type TestClass,
  type TestSchool,
} from '../integration/school.js';
import { TestWitnesses } from '../integration/witnesses.js';
import { figure, FULL } from './figures.js';
import { KilledServer } from './killed-server.js';

const SEED = process.env['SOCAI_SEED'] ?? 'so-cai';
const random = new Random(`R2 ${SEED}`);
const LOOPS = Number(process.env['SOCAI_R2_LOOPS'] ?? (FULL ? 1000 : 50));
const PUPILS = 12;
jest.setTimeout(FULL ? 6 * 3_600_000 : 1_200_000);

let place: TestDatabase;
let witnesses: TestWitnesses;
let server: KilledServer;
let school: TestSchool;
let ours: TestClass;
let teacher: Desk;
let vice: Desk;

/** A school with a class, people signed in, marks recorded; then the process that made it all is gone. */
beforeAll(async () => {
  place = await freshDatabase();
  witnesses = await TestWitnesses.start(place.folder);
  const passphrase = randomBytes(32).toString('base64url');
  await mkdir(join(place.folder, 'keys'), { recursive: true });
  const keyPassphraseFile = join(place.folder, 'keys', 'passphrase');
  await writeFile(keyPassphraseFile, `${passphrase}\n`, { mode: 0o600 });
  const clock = new TestClock(new Date().toISOString());
  const config = {
    ...{ port: 0, host: '127.0.0.1', dataDir: place.folder, database: place.config, keyPassphraseFile },
    ...{
      witnessPolicy: witnesses.policy,
      failOpen: false,
      demo: 'none' as const,
      logLevel: 'silent' as const,
    },
    publicUrl: 'http://localhost:3000',
  };
  const app = await createServer({ config, log: pino({ level: 'silent' }), passphrase, clock }, false);
  await app.listen(0, '127.0.0.1');
  const rig = {
    ...{ app, clock, url: (await app.getUrl()).replace('[::1]', '127.0.0.1') },
    ...{ database: app.get(Database), box: app.get(SecretBox) },
  };
  school = await TestServer.prototype.school.call(rig, 'thcs-giet', 'LOWER_SECONDARY', {
    homeroomConfirms: false,
  });
  await app.get(SchoolLogs, { strict: false }).open(school.id);
  teacher = await school.person('toan', 'teacher');
  vice = await school.person('pho', 'vice-principal');
  ours = await school.class(
    '6A1',
    6,
    Array.from({ length: PUPILS }, (_, i) => `Học Sinh ${String(i)}`),
    ['TOAN'],
  );
  await school.assign(teacher, ours, 'TOAN');
  await openEverything(vice, school, clock, 'HK1');
  await recordColumn(teacher, ours, 'TOAN/HK1', 'TX1', Array<string>(PUPILS).fill('6'));
  await app.close();
  server = await KilledServer.on({
    ...{ SOCAI_DATA_DIR: place.folder, SOCAI_WITNESS_POLICY: witnesses.policy },
    ...{ SOCAI_KEY_PASSPHRASE_FILE: keyPassphraseFile, SOCAI_PUBLIC_URL: config.publicUrl },
    ...(place.config.engine === 'postgres' ? { SOCAI_DATABASE_URL: place.config.url } : {}),
  });
  rig.url = server.url;
}, 120_000);
afterAll(async () => {
  await server.kill();
  await witnesses.close();
  await place.drop();
}, 30_000);

/** What the server said is done, by pupil. */
const drafts = new Map<string, { value: string; version: number }>();
const approved = new Map<string, string>();
const counted = { drafts: 0, approvals: 0 };

const sheet = () => `/api/classes/${ours.id}/sheets/TOAN/HK1`;
const mark = () => `${String(random.below(10))},${String(random.below(10))}`;

async function cells(column: string) {
  const { status, body } = await teacher.get<SheetAnswer>(sheet());
  if (status !== 200) throw new Error(JSON.stringify(body));
  return new Map(
    body.pupils.flatMap(({ id, cells }) =>
      cells.filter((cell) => cell.column === column).map((cell) => [id, cell] as const),
    ),
  );
}

/** Saves drafts one after the other until the server is gone. */
async function drafting(): Promise<void> {
  const versions = new Map([...(await cells('TX2'))].map(([id, { version }]) => [id, version]));
  for (;;) {
    const pupilId = random.pick(ours.pupilIds);
    const [value, version] = [mark(), versions.get(pupilId) ?? 0];
    const saved = await teacher.put<DraftsAnswer>(`${sheet()}/drafts`, {
      cells: [{ pupilId, column: 'TX2', value, version }],
    });
    if (saved.status !== 200) throw new Error(`draft: ${JSON.stringify(saved.body)}`);
    // Its version as the server says it: a value that stood there already keeps its own.
    const now = saved.body.cells[0]?.version ?? 0;
    versions.set(pupilId, now);
    drafts.set(pupilId, { value, version: now });
    counted.drafts += 1;
  }
}

/** Asks for corrections and approves them until the server is gone; takes up what was asked before. */
async function approving(): Promise<void> {
  const open = await vice.get<CorrectionsAnswer>(`/api/corrections?classId=${ours.id}&state=requested`);
  for (const { id } of open.body.corrections) await teacher.post(`/api/corrections/${id}/withdraw`);
  for (;;) {
    const pupilId = random.pick(ours.pupilIds);
    const version = (await cells('TX1')).get(pupilId)?.version ?? 0;
    const cell = { pupilId, column: 'TX1', newValue: mark(), version };
    const reason = 'Cộng sót điểm câu 2b bài kiểm tra';
    const request = { classId: ours.id, area: 'TOAN', period: 'HK1', reason, cells: [cell] };
    const asked = await teacher.post<CorrectionsAnswer>('/api/corrections', request);
    const [made] = asked.body.corrections ?? [];
    // The value that stands there already is no correction.
    if (made === undefined) continue;
    const done = await vice.stepUp(
      'correction.approve',
      { correctionIds: [made.id] },
      '/api/corrections/approve',
    );
    if (done.status !== 200) throw new Error(`approval: ${JSON.stringify(done.body)}`);
    approved.set(pupilId, cell.newValue);
    counted.approvals += 1;
  }
}

/** Waits, however slow the machine is, until something was acknowledged in this life: an approval in every other one. */
async function someWork(loop: number): Promise<void> {
  const [drafted, decided] = [counted.drafts + 2 + random.below(8), counted.approvals + 1];
  const enough = () => (loop % 2 === 0 ? counted.approvals >= decided : counted.drafts >= drafted);
  for (const deadline = Date.now() + 20_000; !enough() && Date.now() < deadline;)
    await new Promise((wake) => setTimeout(wake, 20));
}

const BROKEN = ['TypeError', 'SyntaxError', 'SocketError'];

/** A connection that broke is the kill; anything that the server said itself is not. */
async function untilGone(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    // By name: fetch's errors are of another realm than the test's.
    if (!(
      typeof error === 'object' &&
      error !== null &&
      'name' in error &&
      BROKEN.includes(String(error.name))
    ))
      throw error;
  });
}

const plain = (value: string | null | undefined) => (value ?? '').replace(',', '.').replace(/\.0$/, '');

/** Looks for what was acknowledged: the value, or a later one that was asked for and not acknowledged any more. */
async function lost(): Promise<string[]> {
  const [drafted, recorded] = [await cells('TX2'), await cells('TX1')];
  const missing: string[] = [];
  for (const [pupilId, { value, version }] of drafts) {
    const cell = drafted.get(pupilId);
    const kept = cell !== undefined && (cell.version > version || plain(cell.value) === plain(value));
    if (!kept) missing.push(`draft ${pupilId} ${value}: ${JSON.stringify(cell)}`);
  }
  const applied = await vice.get<CorrectionsAnswer>(`/api/corrections?classId=${ours.id}&state=applied`);
  for (const [pupilId, value] of approved) {
    const said = applied.body.corrections.some(
      (row) => row.pupilId === pupilId && plain(row.newValue) === plain(value),
    );
    if (!said || recorded.get(pupilId) === undefined) missing.push(`approval ${pupilId} ${value}`);
  }
  return missing;
}

describe('R2, R3: the server is killed while it works', () => {
  test(`R2, R3: ${String(LOOPS)} kills lose nothing that was acknowledged and leave nothing half done`, async () => {
    const losses: string[] = [];
    await server.start();
    for (let loop = 0; loop < LOOPS; loop++) {
      const work = [untilGone(drafting()), untilGone(approving())];
      await someWork(loop);
      await new Promise((wake) => setTimeout(wake, random.below(200)));
      await server.kill();
      await Promise.all(work);
      await server.start();
      losses.push(...(await lost()));
    }
    await server.kill();
    const half = await halfApplied();
    const audit = await auditInstallation({
      ...{ database: place.config, dataDir: place.folder, checkpoints: [], now: new Date() },
    });
    const said = `${String(counted.drafts)} drafts, ${String(counted.approvals)} approvals acknowledged; seed ${SEED}`;
    figure({
      ...{
        id: 'R2',
        what: 'kill -9 of the whole server under load: acknowledged writes lost, forks',
        bar: '0 in N',
      },
      ...{
        value: `${String(losses.length)} in ${String(LOOPS)}`,
        holds: losses.length === 0 && audit.ok,
        detail: said,
      },
    });
    figure({
      ...{ id: 'R3', what: 'half-applied approvals after these kills', value: String(half.length), bar: '0' },
      ...{ holds: half.length === 0, detail: said },
    });
    expect(losses).toEqual([]);
    expect(half).toEqual([]);
    expect(audit.findings).toEqual([]);
    expect(counted.drafts).toBeGreaterThan(0);
    expect(counted.approvals).toBeGreaterThan(0);
  });
});

/** Corrections that say approved and are not applied, and marks that are not what their last applied correction says. */
async function halfApplied(): Promise<string[]> {
  const open = await openDatabase(place.config);
  try {
    const read = open.database.read;
    const corrections = await read.find(Correction, {
      where: { schoolId: school.id },
      order: { appliedAt: 'ASC' },
    });
    const last = new Map(
      corrections.filter(({ state }) => state === 'applied').map((row) => [row.markId, row]),
    );
    const marks = await read.findBy(MarkCell, { schoolId: school.id, columnCode: 'TX1' });
    return [
      ...corrections
        .filter(({ state }) => state === 'approved')
        .map(({ id }) => `approved, not applied: ${id}`),
      ...marks
        .filter(({ id, value }) => last.has(id) && plain(last.get(id)?.newValue) !== plain(value))
        .map(({ id }) => `mark ${id} is not what was applied last`),
    ];
  } finally {
    await open.close();
  }
}
