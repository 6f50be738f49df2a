import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { toBase64 } from '#ledger/format/bytes.js';
import { parsePolicy } from '#ledger/format/policy.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { Journal } from '#api/audit/journal.js';
import { Database } from '#api/database/database.js';
import { Outbox } from '#api/ledger-host/outbox.js';
import { SchoolLogs } from '#api/ledger-host/school-logs.js';
import { School } from '#api/school/school.entities.js';
import type { HealthAnswer } from '#contracts/health.js';
import { startApplication, type TestApplication } from './application.js';
import { ENGINE } from './engine.js';

const SCHOOL = 'b7b7c8a2-0000-4000-8000-000000000001';
const SLUG = 'thcs-song-may';
const ORIGIN = `demo.so-cai.example/${SLUG}`;

let application: TestApplication;
jest.setTimeout(60_000);
afterEach(() => application.drop());

describe(`a school's log whose quorum is two witnesses, on ${ENGINE}`, () => {
  test('row 40: with one dead nothing new is public and health says who is missing; with it back everything is', async () => {
    application = await startApplication();
    await addSchool();
    await published(await add());
    await until(async () => (await logHealth()).standing === 'running');
    const healthy = await logHealth();
    expect(healthy.fault).toBeNull();
    expect(healthy.witnesses.map(({ witness, size }) => [witness, size])).toEqual([
      ['so-gddt', healthy.publishedSize],
      ['truong-ban', healthy.publishedSize],
    ]);

    await application.witnesses.kill('truong-ban');
    const before = await served('checkpoint');
    const waiting = await add();
    await until(async () => (await logHealth()).standing === 'waiting-for-witnesses');
    const without = await logHealth();
    expect(without.fault).toBe('WITNESSES_UNREACHABLE');
    expect(without.publishedSize).toBeLessThan(without.size);
    const { witnesses } = (await health()).ledger;
    expect(witnesses.map(({ name, failure }) => [name, failure === null])).toEqual([
      ['so-gddt', true],
      ['truong-ban', false],
    ]);
    expect(await served('checkpoint')).toEqual(before);
    await expect(application.get(SchoolLogs).awaitPublished(SCHOOL, [waiting], 200)).rejects.toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
    });

    await application.witnesses.resume('truong-ban');
    await published(waiting);
    await until(async () => (await logHealth()).standing === 'running');
    const policy = parsePolicy(await served('policy'));
    const size = checkCheckpoint(await served('checkpoint'), policy).size;
    expect(size).toBeGreaterThanOrEqual(without.size);
    expect((await health()).ledger.witnesses.map(({ failure }) => failure)).toEqual([null, null]);
  });

  test('a start without them waits, read and written as before, and goes on when they answer', async () => {
    application = await startApplication();
    await addSchool();
    await published(await add());
    await application.stop();
    await application.witnesses.kill('so-gddt');
    application = await startApplication(application.place);
    await until(async () => (await logHealth()).standing === 'waiting-for-witnesses');
    expect(await logHealth()).toMatchObject({ fault: 'WITNESSES_UNREACHABLE' });
    const waiting = await add();
    await application.witnesses.resume('so-gddt');
    await published(waiting);
    await until(async () => (await logHealth()).standing === 'running');
  });

  test('fail-open publishes without them, only when it is chosen, and says so', async () => {
    application = await startApplication(undefined, { failOpen: true });
    await application.witnesses.close();
    await addSchool();
    await published(await add());
    expect((await health()).ledger.failOpen).toBe(true);
    expect(await logHealth()).toMatchObject({ publishedAt: null, witnesses: [] });
    const policy = parsePolicy(await served('policy'));
    const checkpoint = await served('checkpoint');
    expect(() => checkCheckpoint(checkpoint, policy)).toThrow(expect.objectContaining({ code: 'NO_QUORUM' }));
    // Nothing new has to come for the witnesses to be asked again: the checkpoint gets what it lacked.
    await application.witnesses.resume('so-gddt');
    await application.witnesses.resume('truong-ban');
    const isWitnessed = (note: Uint8Array) => checkCheckpoint(note, policy).witnesses.length === 2;
    await until(async () => isWitnessed(await served('checkpoint')), 'NO_QUORUM');
  });

  test('health tells neither keys, nor passphrases, nor where the witnesses are', async () => {
    application = await startApplication();
    await addSchool();
    await application.witnesses.kill('truong-ban');
    await add();
    await until(async () => (await logHealth()).standing === 'waiting-for-witnesses');
    const text = JSON.stringify(await health());
    expect(text).toContain('"failOpen":false');
    expect(text).not.toMatch(/127\.0\.0\.1|http:|passphrase|PRIVATE|\/tmp|socai-it-/);
  });
});

async function health(): Promise<HealthAnswer> {
  const answer = await fetch(`${application.url}/api/health`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as HealthAnswer;
}

async function logHealth() {
  const { ledger } = await health();
  const log = ledger.logs.find(({ origin }) => origin === ORIGIN);
  if (log === undefined) throw new Error(`health says nothing of ${ORIGIN}`);
  return log;
}

async function addSchool(): Promise<void> {
  await application.get(Database).write(async (tx) => {
    await tx.insert(School, {
      id: SCHOOL,
      slug: SLUG,
      code: SLUG,
      name: 'Trường THCS Sông Mây',
      level: 'LOWER_SECONDARY',
      commune: 'Phường Bến Tràm',
      province: 'Tỉnh Sông Mây',
      origin: ORIGIN,
      settings: { homeroomConfirms: true, allowTotpStepUp: true, demo: true },
    });
    await application.get(Journal).open(tx, SCHOOL);
  });
  await application.get(SchoolLogs).open(SCHOOL);
}

/** One entry into the outbox; answers its id. */
async function add(): Promise<string> {
  const body = { cert: toBase64(new Uint8Array(randomBytes(32))) };
  const id = await application
    .get(Database)
    .write((tx) => application.get(Outbox).add(tx, SCHOOL, { type: 'key.added', body }));
  application.get(SchoolLogs).wake(SCHOOL);
  return id;
}

async function published(id: string): Promise<void> {
  await application.get(SchoolLogs).awaitPublished(SCHOOL, [id], 20_000);
}

async function served(path: string): Promise<Uint8Array> {
  const answer = await fetch(`${application.url}/ledger/${SLUG}/${path}`);
  expect([path, answer.status]).toEqual([path, 200]);
  return new Uint8Array(await answer.arrayBuffer());
}

/** Waits until it holds; a failure with the code `before` counts as not yet. */
async function until(holds: () => Promise<boolean>, before?: string): Promise<void> {
  for (let i = 0; i < 800; i++) {
    const held = await holds().catch((error: unknown) => {
      if (before === undefined || (error as { code?: string }).code !== before) throw error;
      return false;
    });
    if (held) return;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error('it did not come true in 20 s');
}
