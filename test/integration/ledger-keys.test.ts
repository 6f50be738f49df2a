/** A school's log in the application: its keys replaced, revoked, closed; its folder rebuilt; its rows compared. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { toBase64 } from '#ledger/format/bytes.js';
import type { LeafDraft } from '#ledger/format/leaf.js';
import { formatVkey, parseNote, parseVkey } from '#ledger/format/note.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { checkProofUnderTrust } from '#ledger/verify/proof.js';
import { checkTrust, policyFor, schoolOfLog } from '#ledger/verify/trust.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { JournalHead } from '#api/audit/journal.entities.js';
import { BaseRows } from '#api/audit/base-rows.js';
import { Journal } from '#api/audit/journal.js';
import { auditInstallation } from '#api/audit/audit-installation.js';
import { Clock } from '#api/clock.js';
import { openDatabase } from '#api/database/data-source.js';
import { Database } from '#api/database/database.js';
import { InstallationSettings } from '#api/installation.module.js';
import { Anchors } from '#api/ledger-host/anchors.js';
import { KeyRotation } from '#api/ledger-host/key-rotation.js';
import { KeyStore } from '#api/ledger-host/key-store.js';
import { compareSchool, rebuildSchool } from '#api/ledger-host/operator.js';
import { LedgerProofs } from '#api/ledger-host/ledger-proofs.js';
import { LedgerEntryRow, LedgerKey, LedgerLog } from '#api/ledger-host/ledger.entities.js';
import { Outbox } from '#api/ledger-host/outbox.js';
import { SchoolLogs } from '#api/ledger-host/school-logs.js';
import { School } from '#api/school/school.entities.js';
import { ledgerCommand } from '#cli/ledger.js';
import { startApplication, type TestApplication } from './application.js';
import { ENGINE } from './engine.js';
import { until } from './until.js';

const SCHOOL = 'b7b7c8a2-0000-4000-8000-000000000001';
const SLUG = 'thcs-song-may';
const ORIGIN = `demo.so-cai.example/${SLUG}`;
const code = (value: string) => expect.objectContaining({ code: value });

let application: TestApplication;
jest.setTimeout(60_000);

beforeEach(async () => {
  application = await startApplication();
  await database().write(async (tx) => {
    const base = new BaseRows(tx, SCHOOL, new Date().toISOString());
    await base.enter(School, [
      {
        id: SCHOOL,
        slug: SLUG,
        code: SLUG,
        name: 'Trường THCS Sông Mây',
        level: 'LOWER_SECONDARY',
        commune: 'Phường Bến Tràm',
        province: 'Tỉnh Sông Mây',
        origin: ORIGIN,
        settings: { homeroomConfirms: true, allowTotpStepUp: true, demo: true },
      },
    ]);
    await application.get(Journal).open(tx, SCHOOL);
    await base.record(application.get(Journal));
    // Anchored just now: nothing comes into the log by itself while a test counts its entries.
    await tx.update(JournalHead, { schoolId: SCHOOL }, { anchoredAt: new Date().toISOString() });
  });
  await application.get(SchoolLogs).open(SCHOOL);
});
afterEach(() => application.drop());

const database = () => application.get(Database);
const draft = (): LeafDraft => ({
  type: 'key.added',
  body: { cert: toBase64(new Uint8Array(randomBytes(32))) },
});
const rotation = () =>
  new KeyRotation(database(), application.get(KeyStore), application.get(Journal), application.get(Clock));
const log = () => database().read.findOneByOrFail(LedgerLog, { schoolId: SCHOOL });
const folder = () => join(application.place.folder, 'ledger', SLUG);
const config = () => application.get(InstallationSettings).config;

/** Adds an entry and waits until it is public; answers its id. */
async function publish(): Promise<string> {
  const id = await database().write((tx) => application.get(Outbox).add(tx, SCHOOL, draft()));
  await application.get(SchoolLogs).awaitPublished(SCHOOL, [id], 20_000);
  return id;
}

async function proofOf(id: string) {
  const proven = (await application.get(LedgerProofs).of(SCHOOL, [id])).get(id);
  if (proven === undefined) throw new Error(`entry ${id} is not public`);
  return proven;
}

async function get(path: string): Promise<Uint8Array> {
  const answer = await fetch(application.url + path);
  expect([path, answer.status]).toEqual([path, 200]);
  return new Uint8Array(await answer.arrayBuffer());
}

const bundle = async () => checkTrust(await get('/ledger/trust'), Date.now()).bundle;
const logLines = async () =>
  (schoolOfLog(await bundle(), ORIGIN)?.logs ?? []).map(({ key, from, to }) => [formatVkey(key), from, to]);

/** The keys of the log under the served checkpoint. */
async function signers(): Promise<string[]> {
  const { signatures } = parseNote(await get(`/ledger/${SLUG}/checkpoint`));
  const rows = await database().read.find(LedgerKey, { where: { schoolId: SCHOOL } });
  return rows
    .map(({ vkey }) => vkey)
    .filter((vkey) =>
      signatures.some(({ keyId, name }) => name === ORIGIN && keyId === parseVkey(vkey).keyId),
    );
}

const inForce = (vkey: string) =>
  until(async () => (await logLines()).some(([known]) => known === vkey) && (await signers()).includes(vkey));

describe(`the key of a school's log, on ${ENGINE}`, () => {
  test('row 35: is replaced: both sign, then the new one; the bundle says from and to; old proofs hold', async () => {
    const id = await publish();
    const old = (await log()).vkey;
    const early = await proofOf(id);
    const next = await rotation().begin(SLUG);
    expect(await rotation().begin(SLUG)).toBe(next);
    await expect(rotation().close(SLUG)).rejects.toThrow(code('BEGUN_ALREADY'));
    await inForce(next);
    await publish();
    expect(new Set(await signers())).toEqual(new Set([old, next]));
    await expect(rotation().begin(SLUG)).rejects.toThrow(code('BEGUN_ALREADY'));

    expect(await rotation().finish(SLUG)).toBe(old);
    await until(async () => (await log()).vkey === next);
    await publish();
    await publish();
    expect(await signers()).toEqual([next]);
    await until(async () =>
      (await logLines()).every(([vkey, , to]) => (vkey === old) === (to !== undefined)),
    );
    const lines = await logLines();
    expect(lines.map(([vkey]) => vkey)).toEqual([old, next]);
    expect(checkProofUnderTrust(early.proof, early.entry, await bundle()).size).toBe(2);
    const late = await proofOf(id);
    expect(formatVkey(checkProofUnderTrust(late.proof, late.entry, await bundle()).logKey)).toBe(next);
    await expect(rotation().finish(SLUG)).rejects.toThrow(code('NOT_BEGUN'));

    await application.stop();
    application = await startApplication(application.place);
    await publish();
    expect(await signers()).toEqual([next]);
    expect((await compareSchool(config(), SLUG)).differences).toEqual([]);
    const audit = {
      database: config().database,
      dataDir: config().dataDir,
      checkpoints: [],
      now: new Date(),
    };
    expect((await auditInstallation(audit)).findings).toEqual([]);
    expect((await readdir(join(application.place.folder, 'keys', SLUG))).sort()).toEqual([
      'log-2.pem',
      'log.pem',
    ]);
  });

  test('row 35: that may be stolen: frozen, revoked, thawed; later proofs of it fail, new ones of every entry hold', async () => {
    const first = await publish();
    const early = await proofOf(first);
    const second = await publish();
    const tainted = await proofOf(second);
    const old = (await log()).vkey;
    await rotation().freeze(SLUG, 'nghi lộ khóa');
    await until(async () => (await log()).frozenAt !== null);
    await expect(rotation().replaceStolen(SLUG, 99)).rejects.toThrow(code('BAD_SIZE'));
    const waiting = database().write((tx) => application.get(Outbox).add(tx, SCHOOL, draft()));
    await waiting.catch(() => undefined);
    await until(() => Promise.resolve(application.get(SchoolLogs).standings().get(SCHOOL) === 'read-only'));
    await expect(publish()).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    expect((await log()).publishedSize).toBe(3);

    const next = await rotation().replaceStolen(SLUG, 2);
    await rotation().thaw(SLUG);
    await inForce(next);
    await until(() => Promise.resolve(application.get(SchoolLogs).isWritable(SCHOOL)));
    await publish();
    expect(await signers()).toEqual([next]);
    expect((await logLines())[0]).toEqual([old, 0, 2]);
    const now = await bundle();
    expect(checkProofUnderTrust(early.proof, early.entry, now).size).toBe(2);
    expect(() => checkProofUnderTrust(tainted.proof, tainted.entry, now)).toThrow(code('UNKNOWN_LOG'));
    const again = await proofOf(second);
    expect(checkProofUnderTrust(again.proof, again.entry, now).index).toBe(2);
  });

  test('retires with the log: it takes nothing more, and what was issued verifies', async () => {
    const id = await publish();
    const { proof, entry } = await proofOf(id);
    await rotation().close(SLUG);
    await until(async () => (await logLines()).every(([, , to]) => to !== undefined));
    await until(async () => (await log()).publishedSize === (await log()).size);
    await expect(publish()).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    const now = await bundle();
    const { size } = await log();
    const last = await get(`/ledger/${SLUG}/checkpoint`);
    expect(checkCheckpoint(last, policyFor(now, ORIGIN, size))).toMatchObject({ size });
    expect(checkProofUnderTrust(proof, entry, now).size).toBe(2);
    expect(() => policyFor(now, ORIGIN, size + 1)).toThrow(code('UNKNOWN_LOG'));
    const head = await database().read.findOneByOrFail(JournalHead, { schoolId: SCHOOL });
    expect(head.anchoredCount).toBe(head.count);
    await expect(rotation().begin(SLUG)).rejects.toThrow(code('LOG_CLOSED'));
    expect((await compareSchool(config(), SLUG)).differences).toEqual([]);
  });

  test('a step for a school that is not there is refused', async () => {
    await expect(rotation().begin('khong-co')).rejects.toThrow(code('SCHOOL_UNKNOWN'));
    await expect(rotation().finish(SLUG)).rejects.toThrow(code('NOT_BEGUN'));
  });
});

describe(`the folder of a school's log, on ${ENGINE}`, () => {
  test('that lacks everything is made again: proofs, tiles and checkpoint are served, and entries go on', async () => {
    const id = await publish();
    await application.stop();
    await rm(folder(), { recursive: true });
    application = await startApplication(application.place);
    const { proof, entry } = await proofOf(id);
    checkProofUnderTrust(proof, entry, await bundle());
    await get(`/ledger/${SLUG}/checkpoint`);
    await get(`/ledger/${SLUG}/tile/0/000.p/2`);
    await publish();
    expect((await compareSchool(config(), SLUG)).differences).toEqual([]);
  });

  test('with other bytes is not: the log is read-only, compare and rebuild name the file and leave it', async () => {
    await publish();
    await application.stop();
    const file = join(folder(), 'tile/0/000.p/2');
    const bytes = new Uint8Array(await readFile(file));
    const damaged = bytes.map((byte, i) => (i === 7 ? byte ^ 1 : byte));
    await writeFile(file, damaged);
    expect((await compareSchool(config(), SLUG)).differences).toEqual([
      expect.objectContaining({ table: 'folder', id: 'tile/0/000.p/2' }),
    ]);
    expect(await rebuildSchool(config(), SLUG)).toMatchObject({ written: 0, differing: ['tile/0/000.p/2'] });
    expect(new Uint8Array(await readFile(file))).toEqual(damaged);
    application = await startApplication(application.place);
    await until(() => Promise.resolve(application.get(SchoolLogs).standings().get(SCHOOL) === 'read-only'));
  });

  test('is rebuilt elsewhere, byte for byte', async () => {
    for (let i = 0; i < 3; i++) await publish();
    const elsewhere = join(application.place.folder, 'elsewhere');
    expect(await rebuildSchool(config(), SLUG, elsewhere)).toMatchObject({ size: 4, written: 2, kept: 0 });
    for (const path of ['checkpoint', 'tile/0/000.p/4', 'tile/entries/000.p/4']) {
      expect([path, await readFile(join(elsewhere, path))]).toEqual([
        path,
        await readFile(join(folder(), path)),
      ]);
    }
  });

  test('of another host, which another process has outrun, catches up by being read', async () => {
    await publish();
    const kept = join(application.place.folder, 'kept');
    await cp(folder(), kept, { recursive: true });
    await publish();
    await application.stop();
    await rm(folder(), { recursive: true });
    await cp(kept, folder(), { recursive: true });
    application = await startApplication(application.place);
    expect(
      checkCheckpoint(await get(`/ledger/${SLUG}/checkpoint`), policyFor(await bundle(), ORIGIN, 3)).size,
    ).toBe(3);
    expect(await new FolderTileStore(folder()).readTile('tile/entries/000.p/3')).toBeDefined();
  });
});

/** SQL that somebody with the database runs, and the row that has to be named. */
const TAMPERINGS: readonly (readonly [string, string | undefined])[] = [
  ['UPDATE ledger_entries SET seq = seq WHERE seq = 1', undefined],
  ["UPDATE ledger_entries SET leaf_hash = 'X' WHERE seq = 1", 'ledger_entries 1'],
  ["UPDATE ledger_entries SET entry = 'e30=' WHERE seq = 1", 'ledger_entries 1'],
  ['DELETE FROM ledger_entries WHERE seq = 1', 'ledger_entries 1'],
  ["UPDATE ledger_logs SET root = 'X'", 'ledger_logs root'],
  ["UPDATE ledger_logs SET edge = 'X'", 'ledger_logs edge'],
  ['UPDATE ledger_logs SET published_size = 1', 'ledger_logs published_size'],
  ['UPDATE ledger_logs SET checkpoint = NULL', 'ledger_logs checkpoint'],
  ['UPDATE ledger_keys SET to_size = 2', 'ledger_keys demo.so-cai.example'],
];

describe(`a row of the ledger changed by SQL, on ${ENGINE}`, () => {
  test('is named by compare, whichever it is', async () => {
    await publish();
    await publish();
    await application.stop();
    const open = await openDatabase(config().database);
    try {
      const { read } = open.database;
      const [row, key] = [
        await read.findOneByOrFail(LedgerLog, {}),
        await read.findOneByOrFail(LedgerKey, {}),
      ];
      const entry = await read.findOneByOrFail(LedgerEntryRow, { seq: 1 });
      for (const [sql, named] of TAMPERINGS) {
        const other = toBase64(new Uint8Array(32).fill(9));
        await open.database.write((tx) => tx.query(sql.replaceAll("'X'", `'${other}'`)));
        const found = (await compareSchool(config(), SLUG)).differences.map(
          ({ table, id }) => `${table} ${id}`,
        );
        const isNamed = found.some((name) => named !== undefined && name.startsWith(named));
        expect([sql, found.length > 0, isNamed]).toEqual([sql, named !== undefined, named !== undefined]);
        await open.database.write(async (tx) => {
          await tx.delete(LedgerEntryRow, { schoolId: SCHOOL, seq: 1 });
          await tx.insert(LedgerEntryRow, { ...entry });
          await tx.update(LedgerLog, { schoolId: SCHOOL }, { ...row });
          await tx.update(LedgerKey, { schoolId: SCHOOL }, { ...key });
        });
      }
    } finally {
      await open.close();
    }
  });

  test('a committed entry that is missing keeps the log from opening', async () => {
    await publish();
    await publish();
    await application.stop();
    application = await startApplication(application.place);
    await database().write((tx) => tx.delete(LedgerEntryRow, { seq: 1 }));
    await application.stop();
    application = await startApplication(application.place);
    await until(() => Promise.resolve(application.get(SchoolLogs).standings().get(SCHOOL) === 'read-only'));
  });
});

test(`an idle log is cosigned again at least daily, on ${ENGINE}`, async () => {
  await publish();
  const anchors = application.get(Anchors);
  await anchors.anchorNow(SCHOOL);
  const { publishedSize } = await log();
  await anchors.anchorDue();
  expect((await log()).size).toBe(publishedSize);
  const clock = application.get(Clock);
  const start = Date.now();
  for (const [hours, grown] of [
    [23, 0],
    [25, 1],
    [30, 1],
    [50, 2],
  ] as const) {
    clock.now = () => new Date(start + hours * 3_600_000);
    await anchors.anchorDue();
    await until(async () => (await log()).publishedSize === publishedSize + grown);
    const checkpoint = await get(`/ledger/${SLUG}/checkpoint`);
    const size = publishedSize + grown;
    expect(checkCheckpoint(checkpoint, policyFor(await bundle(), ORIGIN, size)).witnesses.length).toBe(2);
  }
});

describe(`socai ledger on an installation, on ${ENGINE}`, () => {
  async function socai(...args: string[]): Promise<{ status: number; out: string; err: string }> {
    const said = { out: '', err: '' };
    const into = (which: 'out' | 'err') =>
      new Writable({
        write(chunk, _encoding, done) {
          said[which] += String(chunk);
          done();
        },
      });
    const { database: place, dataDir, keyPassphraseFile } = config();
    await writeFile(keyPassphraseFile, application.get(InstallationSettings).passphrase);
    const status = await ledgerCommand([...args, '--data', dataDir], {
      stdin: process.stdin,
      stdout: into('out'),
      stderr: into('err'),
      env: place.engine === 'postgres' ? { SOCAI_DATABASE_URL: place.url } : {},
      now: () => new Date(),
    });
    return { status, ...said };
  }

  test('compares, rebuilds, rotates, freezes and thaws beside the running server; tells what is not possible', async () => {
    await publish();
    expect(await socai('compare')).toMatchObject({ status: 0, out: `${SLUG} ok 2 entries\n` });
    await rm(join(folder(), 'tile/0/000.p/2'));
    expect(await socai('compare')).toMatchObject({
      status: 1,
      out: expect.stringContaining('folder tile/0/000.p/2'),
    });
    expect(await socai('rebuild')).toMatchObject({
      status: 0,
      out: `${SLUG} 2 entries: 1 files written, 1 there already\n`,
    });
    const begun = await socai('rotate', '--school', SLUG, '--step', 'begin');
    expect(begun).toMatchObject({ status: 0, out: expect.stringMatching(/^begun demo\.so-cai\.example/) });
    await inForce(begun.out.split(' ')[1] ?? '');
    expect(await socai('rotate', '--school', SLUG, '--step', 'finish')).toMatchObject({ status: 0 });
    await until(async () => (await logLines()).some(([, , to]) => to !== undefined));
    expect(await socai('rotate', '--school', SLUG, '--step', 'finish')).toMatchObject({
      status: 2,
      err: expect.stringContaining('NOT_BEGUN'),
    });
    expect(await socai('freeze', '--school', SLUG, '--reason', 'thử')).toMatchObject({ status: 0 });
    expect((await log()).frozenReason).toBe('thử');
    expect(await socai('thaw', '--school', SLUG)).toMatchObject({ status: 0 });
    expect(await socai('compare', '--school', 'khong-co')).toMatchObject({ status: 2 });
    expect(await socai('revoke', '--school', SLUG)).toMatchObject({ status: 2 });
    expect(await socai('rotate', '--school', SLUG, '--step', 'later')).toMatchObject({ status: 2 });
  });
});
