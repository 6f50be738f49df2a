import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toBase64 } from '#ledger/format/bytes.js';
import { parseLeaf, type LeafDraft } from '#ledger/format/leaf.js';
import { parsePolicy } from '#ledger/format/policy.js';
import { parseBundle } from '#ledger/format/tile.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { checkTrust, policyFor } from '#ledger/verify/trust.js';
import { fsck } from '#ledger/verify/fsck.js';
import { parseVkey } from '#ledger/format/note.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { Journal } from '#api/audit/journal.js';
import { JournalHead } from '#api/audit/journal.entities.js';
import { Database } from '#api/database/database.js';
import { Anchors } from '#api/ledger-host/anchors.js';
import {
  LedgerEntryRow,
  LedgerLog,
  LedgerOutboxRow,
  LedgerStageRow,
} from '#api/ledger-host/ledger.entities.js';
import { Outbox } from '#api/ledger-host/outbox.js';
import { SchoolLogs } from '#api/ledger-host/school-logs.js';
import { School } from '#api/school/school.entities.js';
import { startApplication, type TestApplication } from './application.js';
import { ENGINE } from './engine.js';
import { until } from './until.js';

const SCHOOL = 'b7b7c8a2-0000-4000-8000-000000000001';
const SLUG = 'thcs-song-may';
const ORIGIN = `demo.so-cai.example/${SLUG}`;

let application: TestApplication;
jest.setTimeout(30_000);

beforeEach(async () => {
  application = await startApplication();
  await addSchool(SCHOOL, SLUG);
});
afterEach(() => application.drop());

describe(`a school's ledger in the application, on ${ENGINE}`, () => {
  test('opens with log.opened, witnessed, and serves it to anyone', async () => {
    await published([await add(draft())]);
    const policy = parsePolicy(await served(`/ledger/${SLUG}/policy`));
    const checkpoint = checkCheckpoint(await served(`/ledger/${SLUG}/checkpoint`), policy);
    expect(checkpoint).toMatchObject({ origin: ORIGIN, size: 2 });
    expect(checkpoint.witnesses.map(({ name }) => name)).toEqual(['so-gddt', 'truong-ban']);
    const entries = parseBundle(await served(`/ledger/${SLUG}/tile/entries/000.p/2`), 2);
    expect(entries.map((entry) => parseLeaf(entry).type)).toEqual(['log.opened', 'key.added']);
  });

  test('lists the logs, the authority and a trust bundle signed by two demo roots', async () => {
    await published([await add(draft())]);
    const { logs } = JSON.parse(text(await served('/ledger/'))) as { logs: unknown[] };
    expect(logs).toEqual([
      expect.objectContaining({ school: SLUG, origin: ORIGIN, url: `http://localhost:3000/ledger/${SLUG}` }),
    ]);
    expect(text(await served(`/ledger/${SLUG}/issuer.pem`))).toMatch(/^-----BEGIN CERTIFICATE-----/);
    const { bundle, signedBy, demo } = checkTrust(await served('/ledger/trust'), Date.now());
    expect({ signed: signedBy.length, demo, serial: bundle.serial }).toEqual({
      signed: 2,
      demo: true,
      serial: 1,
    });
    const policy = policyFor(bundle, ORIGIN, 2);
    expect(checkCheckpoint(await served(`/ledger/${SLUG}/checkpoint`), policy).size).toBe(2);
  });

  test('a new school raises the serial of the trust bundle; a restart does not', async () => {
    await addSchool('b7b7c8a2-0000-4000-8000-000000000002', 'th-ben-tram');
    expect(checkTrust(await served('/ledger/trust'), Date.now()).bundle).toMatchObject({ serial: 2 });
    await restart();
    expect(checkTrust(await served('/ledger/trust'), Date.now()).bundle).toMatchObject({ serial: 2 });
  });

  test('a leaf is announced with what it announces, or not at all', async () => {
    const failing = database().write(async (tx) => {
      await application.get(Outbox).add(tx, SCHOOL, draft());
      throw new Error('the unit fails');
    });
    await expect(failing).rejects.toThrow('the unit fails');
    expect(await database().read.count(LedgerOutboxRow)).toBe(0);
    const id = await add(draft());
    await published([id]);
    expect(await database().read.findOneByOrFail(LedgerEntryRow, { entryId: id })).toMatchObject({ seq: 1 });
  });

  test('a draft that could not be written never reaches the outbox', async () => {
    const bad = { type: 'key.added', body: { cert: 'not 32 bytes' } } as LeafDraft;
    await expect(add(bad)).rejects.toThrow();
    expect(await database().read.count(LedgerOutboxRow)).toBe(0);
  });

  test('300 entries of many units: every one once, tiles and chain without a fault, nothing staged', async () => {
    const ids = (
      await Promise.all(Array.from({ length: 60 }, () => addAll(Array.from({ length: 5 }, draft))))
    ).flat();
    await published(ids);
    const rows = await database().read.find(LedgerEntryRow, { order: { seq: 'ASC' } });
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 301 }, (_, i) => i));
    expect(new Set(rows.map(({ entryId }) => entryId)).size).toBe(301);
    await restart();
    expect(await faults()).toEqual([]);
    expect(await database().read.count(LedgerStageRow)).toBe(0);
  });

  test('what was committed before a crash is sequenced by the next start', async () => {
    await published([await add(draft())]);
    await application.stop();
    const id = 'left-behind';
    application = await startApplication(application.place);
    await database().write((tx) =>
      tx.insert(LedgerOutboxRow, {
        schoolId: SCHOOL,
        entryId: id,
        ...row(draft()),
        createdAt: new Date().toISOString(),
      }),
    );
    await restart();
    await published([id]);
    expect((await faults()).length).toBe(0);
  });

  test('an old backup of the database beside newer tiles: read-only, and nothing more is promised', async () => {
    await published([await add(draft())]);
    const before = await database().read.findOneByOrFail(LedgerLog, { schoolId: SCHOOL });
    await published([await add(draft())]);
    await database().write(async (tx) => {
      await tx.delete(LedgerEntryRow, { schoolId: SCHOOL, seq: before.size });
      await tx.update(LedgerLog, { schoolId: SCHOOL }, { ...before });
    });
    await restart();
    await until(() => application.get(SchoolLogs).standings().get(SCHOOL) === 'read-only');
    await expect(add(draft())).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    expect(parsePolicy(await served(`/ledger/${SLUG}/policy`)).logs).toHaveLength(1);
  });

  test('an old backup of database and tiles together is caught by the witness', async () => {
    await published([await add(draft())]);
    await application.stop();
    const tiles = join(application.place.folder, 'ledger');
    const copy = join(application.place.folder, 'ledger-copy');
    await cp(tiles, copy, { recursive: true });
    application = await startApplication(application.place);
    const before = await database().read.findOneByOrFail(LedgerLog, { schoolId: SCHOOL });
    await published([await add(draft())]);
    await database().write(async (tx) => {
      await tx.delete(LedgerEntryRow, { schoolId: SCHOOL, seq: before.size });
      await tx.update(LedgerLog, { schoolId: SCHOOL }, { ...before });
    });
    await application.stop();
    await rm(tiles, { recursive: true });
    await cp(copy, tiles, { recursive: true });
    application = await startApplication(application.place);
    await until(() => application.get(SchoolLogs).standings().get(SCHOOL) === 'read-only');
  });

  test('a second process on the same data stands by, and takes over when the first ends', async () => {
    await published([await add(draft())]);
    const second = await startApplication(application.place);
    try {
      await until(() => second.get(SchoolLogs).standings().get(SCHOOL) === 'standby');
      const id = await second.get(Database).write((tx) => second.get(Outbox).add(tx, SCHOOL, draft()));
      await second.get(SchoolLogs).awaitPublished(SCHOOL, [id]);
      await application.stop();
      await until(() => second.get(SchoolLogs).standings().get(SCHOOL) === 'running');
    } finally {
      await second.stop();
      application = await startApplication(application.place);
    }
    expect(await faults()).toEqual([]);
  });

  test('anchors the head of the journal, and again only when it is due', async () => {
    await append(3);
    const anchors = application.get(Anchors);
    await anchors.anchorNow(SCHOOL);
    const head = await database().read.findOneByOrFail(JournalHead, { schoolId: SCHOOL });
    expect(head).toMatchObject({ count: 3, anchoredCount: 3 });
    expect((await leaves()).at(-1)).toMatchObject({
      type: 'journal.anchored',
      body: { head: head.hash, count: 3 },
    });
    await append(1);
    await anchors.anchorDue();
    expect((await leaves()).filter(({ type }) => type === 'journal.anchored')).toHaveLength(1);
    await append(1, 'locks');
    await anchors.anchorDue();
    await until(async () => (await leaves()).filter(({ type }) => type === 'journal.anchored').length === 2);
  });

  test('no address outside the log is served, and headers are those of tlog-tiles', async () => {
    await published([await add(draft())]);
    for (const path of [
      'tile/entries/../../../keys/passphrase',
      'tile/entries/%2e%2e/%2e%2e/keys/passphrase',
      'tile/0/000.p/02',
      'tile/00/000.p/2',
      'tile/0/000.p/3',
      'tile/0/0',
      '.tmp/x',
      'tile/0//000.p/2',
    ]) {
      expect([path, (await fetch(`${application.url}/ledger/${SLUG}/${path}`)).status]).toEqual([path, 404]);
    }
    expect((await fetch(`${application.url}/ledger/another/checkpoint`)).status).toBe(404);
    const checkpoint = await fetch(`${application.url}/ledger/${SLUG}/checkpoint`);
    expect(checkpoint.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(checkpoint.headers.get('cache-control')).toBe('public, max-age=5');
    const tile = await fetch(`${application.url}/ledger/${SLUG}/tile/0/000.p/2`);
    expect(tile.headers.get('content-type')).toBe('application/octet-stream');
    expect(tile.headers.get('cache-control')).toContain('immutable');
    expect((await tile.arrayBuffer()).byteLength).toBe(64);
  });

  test('row 34: keys are encrypted on disk', async () => {
    await published([await add(draft())]);
    for (const file of [`keys/${SLUG}/log.pem`, `ca/${SLUG}.pem`, 'demo-roots/1.pem']) {
      expect(await readFile(join(application.place.folder, file), 'utf8')).toMatch(
        /^-----BEGIN (SOCAI )?ENCRYPTED PRIVATE KEY/,
      );
    }
  });

  test('a flipped bit in a served tile is found', async () => {
    await published([await add(draft())]);
    const file = join(application.place.folder, 'ledger', SLUG, 'tile/entries/000.p/2');
    const bytes = await readFile(file);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await writeFile(file, bytes);
    expect((await faults()).length).toBeGreaterThan(0);
  });
});

const database = () => application.get(Database);
const draft = (): LeafDraft => ({
  type: 'key.added',
  body: { cert: toBase64(new Uint8Array(randomBytes(32))) },
});
const row = ({ type, body }: LeafDraft) => ({ type, body: JSON.stringify(body) });
const add = async (leaf: LeafDraft) => (await addAll([leaf]))[0] as string;
const addAll = (leaves: LeafDraft[]) =>
  database().write((tx) => application.get(Outbox).addAll(tx, SCHOOL, leaves));
const published = (ids: string[]) => application.get(SchoolLogs).awaitPublished(SCHOOL, ids);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

async function addSchool(id: string, slug: string): Promise<void> {
  await database().write(async (tx) => {
    await tx.insert(School, {
      id,
      slug,
      code: slug,
      name: 'Trường THCS Sông Mây',
      level: 'LOWER_SECONDARY',
      commune: 'Phường Bến Tràm',
      province: 'Tỉnh Sông Mây',
      origin: `demo.so-cai.example/${slug}`,
      settings: { homeroomConfirms: true, allowTotpStepUp: true, demo: true },
    });
    await application.get(Journal).open(tx, id);
  });
  await application.get(SchoolLogs).open(id);
}

async function append(count: number, subject = 'things'): Promise<void> {
  const events = Array.from({ length: count }, (_, i) => ({
    type: 'thing.done',
    subject,
    subjectId: String(i),
    actor: 'operator',
    at: new Date().toISOString(),
    data: {},
  }));
  await database().write((tx) => application.get(Journal).appendAll(tx, SCHOOL, events));
}

async function leaves() {
  const rows = await database().read.find(LedgerEntryRow, { order: { seq: 'ASC' } });
  return rows.map(({ entry }) => parseLeaf(entry));
}

async function faults() {
  const { vkey } = await database().read.findOneByOrFail(LedgerLog, { schoolId: SCHOOL });
  const found: unknown[] = [];
  const store = new FolderTileStore(join(application.place.folder, 'ledger', SLUG));
  await fsck(store, parseVkey(vkey), { onFinding: (finding) => found.push(finding) });
  return found;
}

async function served(path: string): Promise<Uint8Array> {
  const answer = await fetch(application.url + path);
  expect([path, answer.status]).toEqual([path, 200]);
  return new Uint8Array(await answer.arrayBuffer());
}

async function restart(): Promise<void> {
  await application.stop();
  application = await startApplication(application.place);
}
