import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toBase64 } from '#ledger/format/bytes.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import {
  ED25519,
  formatNote,
  formatVkey,
  parseNote,
  seedSigner,
  signNoteText,
  type NoteSigner,
} from '#ledger/format/note.js';
import { formatTrustBundle, parseTrustBundle } from '#ledger/format/trust.js';
import { parsePolicy } from '#ledger/format/policy.js';
import { checkAnchored, checkAnchors, checkLogged, readDirectory } from '#ledger/verify/directory.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { fsck } from '#ledger/verify/fsck.js';
import { checkTrust } from '#ledger/verify/trust.js';
import { HttpLogReader } from '#ledger-node/http-log.js';
import { Journal } from '#api/audit/journal.js';
import { Database } from '#api/database/database.js';
import { DirectoryKey } from '#api/ledger-host/directory-key.js';
import { DirectoryLog } from '#api/ledger-host/directory-log.js';
import { KeyStore } from '#api/ledger-host/key-store.js';
import { Outbox } from '#api/ledger-host/outbox.js';
import { SchoolLogs } from '#api/ledger-host/school-logs.js';
import { School } from '#api/school/school.entities.js';
import { startApplication, type TestApplication } from './application.js';
import { ENGINE } from './engine.js';

const FIRST = { id: 'b7b7c8a2-0000-4000-8000-000000000001', slug: 'thcs-song-may' };
const SECOND = { id: 'b7b7c8a2-0000-4000-8000-000000000002', slug: 'th-ben-tram' };
const DIRECTORY = 'demo.so-cai.example/directory';
const originOf = ({ slug }: typeof FIRST) => `demo.so-cai.example/${slug}`;

let application: TestApplication;
jest.setTimeout(30_000);

beforeEach(async () => {
  application = await startApplication();
  await addSchool(FIRST);
});
afterEach(() => application.drop());

describe(`the province's directory log, on ${ENGINE}`, () => {
  test('anchors each school’s published checkpoint and logs each bundle, witnessed, for anyone to read', async () => {
    await publish(FIRST);
    await addSchool(SECOND);
    await publish(SECOND);
    await look();
    const { checkpoint, directory, bundle, note } = await read();
    expect(checkpoint).toMatchObject({
      origin: DIRECTORY,
      witnesses: [{ name: 'so-gddt' }, { name: 'truong-ban' }],
    });
    expect(directory.bundles.map(({ serial }) => serial)).toEqual([1, 2]);
    expect(checkLogged(directory, note, bundle.serial)).toMatchObject({ serial: 2 });
    for (const school of [FIRST, SECOND]) {
      const shown = await checkpointOf(school);
      const anchors = directory.anchorsOf(originOf(school));
      expect(anchors).toMatchObject([{ size: 2, root: shown.root }]);
      await checkAnchors(anchors, shown, logAt(school.slug));
    }
  });

  test('a school’s log shown in another form contradicts its anchor', async () => {
    await publish(FIRST);
    await look();
    const { directory } = await read();
    const shown = await checkpointOf(FIRST);
    const anchors = directory.anchorsOf(shown.origin);
    expect(() => checkAnchored(anchors, shown)).not.toThrow();
    const forked = { ...shown, root: shown.root.map((byte) => byte ^ 1) };
    expect(() => checkAnchored(anchors, forked)).toThrow(expect.objectContaining({ code: 'NOT_CONSISTENT' }));
  });

  test('anchors a log that grows all the time only now and then', async () => {
    await publish(FIRST);
    await look();
    await publish(FIRST);
    await look();
    const { directory, checkpoint } = await read();
    expect(directory.anchorsOf(originOf(FIRST)).map(({ size }) => size)).toEqual([2]);
    expect(checkpoint.size).toBe(3);
  });

  test('does not anchor a checkpoint that the school’s log did not sign', async () => {
    await publish(FIRST);
    const file = join(application.place.folder, 'ledger', FIRST.slug, 'checkpoint');
    const served = await readFile(file, 'utf8');
    await writeFile(file, served.replace('\n2\n', '\n3\n'));
    await look();
    expect((await read()).directory.anchorsOf(originOf(FIRST))).toEqual([]);
  });

  test('goes on after a restart where it was, and logs nothing twice', async () => {
    await publish(FIRST);
    await look();
    const before = await read();
    await application.stop();
    application = await startApplication(application.place);
    await look();
    const after = await read();
    expect(after.bundle.directory).toEqual(before.bundle.directory);
    expect(after.checkpoint.size).toBe(before.checkpoint.size);
    await addSchool(SECOND);
    await publish(SECOND);
    await look();
    expect((await read()).checkpoint.size).toBe(before.checkpoint.size + 2);
    expect(await faults()).toEqual([]);
  });

  test('with a witness away nothing new is public; when it is back everything is, once', async () => {
    await publish(FIRST);
    await look();
    const before = await served('/ledger/directory/checkpoint');
    await addSchool(SECOND);
    await publish(SECOND);
    await application.witnesses.kill('truong-ban');
    for (let looks = 0; looks < 2; looks++) {
      await look();
      expect(application.get(DirectoryLog).standing).toBe('waiting-for-witnesses');
    }
    expect(await served('/ledger/directory/checkpoint')).toEqual(before);
    await application.stop();
    application = await startApplication(application.place);
    await application.witnesses.resume('truong-ban');
    await look();
    const { directory } = await read();
    expect(directory.bundles.map(({ serial }) => serial)).toEqual([1, 2]);
    expect(directory.anchorsOf(originOf(SECOND))).toHaveLength(1);
    expect(await faults()).toEqual([]);
  });

  test('a second process of the installation stands by, and takes over when the first ends', async () => {
    await publish(FIRST);
    await look();
    const second = await startApplication(application.place);
    try {
      await second.get(DirectoryLog).look();
      expect(second.get(DirectoryLog).standing).toBe('standby');
      await application.stop();
      await second.get(DirectoryLog).look();
      expect(second.get(DirectoryLog).standing).toBe('running');
    } finally {
      await second.stop();
      application = await startApplication(application.place);
    }
    expect(await faults()).toEqual([]);
  });

  test('a directory folder whose entries were changed is not written to any more', async () => {
    await publish(FIRST);
    await look();
    await application.stop();
    const { size } = parseCheckpoint(parseNote(await readFile(at('directory/checkpoint'))).text);
    const file = at(`directory/tile/0/000.p/${String(size)}`);
    const bytes = await readFile(file);
    bytes[40] = bytes[40]! ^ 1;
    await writeFile(file, bytes);
    application = await startApplication(application.place);
    await look();
    expect(application.get(DirectoryLog).standing).toBe('read-only');
    expect((await faults()).length).toBeGreaterThan(0);
  });

  test('is served as tlog-tiles with a policy of its own, and has no authority', async () => {
    expect((await fetch(`${application.url}/ledger/directory/checkpoint`)).status).toBe(404);
    await publish(FIRST);
    await look();
    const policy = parsePolicy(await served('/ledger/directory/policy'));
    expect(policy.logs).toMatchObject([
      { key: { name: DIRECTORY }, url: 'http://localhost:3000/ledger/directory' },
    ]);
    const { size } = checkCheckpoint(await served('/ledger/directory/checkpoint'), policy);
    const list = JSON.parse(new TextDecoder().decode(await served('/ledger/'))) as { directory: object };
    expect(list.directory).toEqual({
      origin: DIRECTORY,
      vkey: formatVkey(policy.logs[0]!.key),
      size,
      url: 'http://localhost:3000/ledger/directory',
    });
    for (const path of ['issuer.pem', 'log.vkey', 'stage', 'tile/0/000.p/02', '../keys/passphrase']) {
      expect([path, (await fetch(`${application.url}/ledger/directory/${path}`)).status]).toEqual([
        path,
        404,
      ]);
    }
    expect(await readFile(at('keys/directory/log.pem'), 'utf8')).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY/);
  });

  test('no school may have its address', async () => {
    for (const slug of ['directory', 'trust']) {
      const id = `b7b7c8a2-0000-4000-8000-00000000000${String(slug.length)}`;
      await expect(addSchool({ id, slug })).rejects.toThrow(`/ledger/${slug}`);
    }
  });
});

describe(`trust bundles, on ${ENGINE}`, () => {
  test('every one that was in force can be had by its serial, and each succeeds the one before', async () => {
    const first = await served('/ledger/trust');
    await addSchool(SECOND);
    expect(await served('/ledger/trust/1')).toEqual(first);
    expect(await served('/ledger/trust/2')).toEqual(await served('/ledger/trust'));
    const { earlier } = checkTrust(await served('/ledger/trust'), Date.now(), { earlier: [first] });
    expect(earlier.map(({ serial }) => serial)).toEqual([1]);
    for (const wrong of ['0', '3', '01', 'policy', '1e0', '..%2fbundle']) {
      expect([wrong, (await fetch(`${application.url}/ledger/trust/${wrong}`)).status]).toEqual([wrong, 404]);
    }
  });

  test('a bundle in the archive whose turn never came does not give its serial to another text', async () => {
    const text = parseNote(await served('/ledger/trust')).text.replace('serial 1', 'serial 2');
    await writeFile(at('trust/archive/2'), text);
    await addSchool(SECOND);
    expect(checkTrust(await served('/ledger/trust'), Date.now()).bundle.serial).toBe(3);
  });
});

describe(`a trust bundle whose roots are elsewhere, on ${ENGINE}`, () => {
  const root = (number: number) =>
    seedSigner(`root-${String(number)}.example/r`, ED25519, new Uint8Array(32).fill(number));
  const roots = { threshold: 2, roots: [root(1), root(2), root(3)] };
  const pinned = async () => checkTrust(await served('/ledger/trust'), Date.now(), { roots }).bundle;

  /** The demo's roots, by whose word the demo's witnesses follow to the new ones. */
  const demoRoots = () =>
    ['1', '2'].map((n) =>
      application.get(KeyStore).noteSigner(`demo-root.so-cai.example/${n}`, ED25519, 'demo-roots', n),
    );

  /** Has this text signed and hands it to the installation. */
  async function handIn(text: string, ...signers: (number | NoteSigner)[]): Promise<void> {
    const signatures = await Promise.all(
      signers.map((each) => signNoteText(text, typeof each === 'number' ? root(each) : each)),
    );
    await writeFile(at('trust/incoming'), formatNote({ text, signatures }));
    await look();
    await expect(readFile(at('trust/incoming'))).rejects.toThrow('ENOENT');
  }
  /** The text of the bundle in force with other roots or another serial. */
  async function text(changes: object): Promise<string> {
    const { bundle } = checkTrust(await served('/ledger/trust'), Date.now());
    return formatTrustBundle({ ...bundle, ...changes });
  }

  test('comes into force, is logged, and is never replaced by the installation itself: it drafts the next', async () => {
    await publish(FIRST);
    await handIn(await text({ serial: 10, ...roots }), 1, 3, ...(await Promise.all(demoRoots())));
    expect((await pinned()).serial).toBe(10);
    expect((await read()).directory.bundles.map(({ serial }) => serial)).toEqual([1, 10]);
    await addSchool(SECOND);
    expect((await pinned()).serial).toBe(10);
    const draft = await readFile(at('trust/draft'), 'utf8');
    expect(parseTrustBundle(draft)).toMatchObject({
      serial: 11,
      threshold: 2,
      roots: roots.roots.map(({ name }) => ({ name })),
      schools: [{ code: SECOND.slug }, { code: FIRST.slug }],
    });
    await handIn(draft, 2, 3);
    expect((await pinned()).schools).toHaveLength(2);
    await expect(readFile(at('trust/draft'))).rejects.toThrow('ENOENT');
    await publish(SECOND);
    await look();
    expect((await read()).directory.bundles.map(({ serial }) => serial)).toEqual([1, 10, 11]);
  });

  test('is refused with too few signatures, a serial that was used, or roots to which the former did not agree', async () => {
    await handIn(await text({ serial: 10, ...roots }), 2);
    expect((await read()).bundle.serial).toBe(1);
    await handIn(await text({ serial: 10, ...roots }), 1, 2);
    await handIn(await text({ serial: 9 }), 1, 2);
    await handIn(await text({ serial: 10, expires: '2029-01-01' }), 1, 2);
    const strangers = { threshold: 2, roots: [root(4), root(5)] };
    await handIn(await text({ serial: 11, ...strangers }), 4, 5);
    expect((await pinned()).serial).toBe(10);
    await handIn(await text({ serial: 11, ...strangers }), 4, 5, 1, 3);
    expect(checkTrust(await served('/ledger/trust'), Date.now()).bundle.serial).toBe(11);
  });

  test('what is no bundle at all is refused', async () => {
    await writeFile(at('trust/incoming'), 'socai-trust/v1\n');
    await look();
    expect((await read()).bundle.serial).toBe(1);
  });
});

const at = (path: string) => join(application.place.folder, path);
const look = () => application.get(DirectoryLog).look();
const logAt = (slug: string) => new HttpLogReader(`${application.url}/ledger/${slug}`);

/** The directory log and the bundle in force, as a stranger reads them. */
async function read() {
  const note = await served('/ledger/trust');
  const { bundle } = checkTrust(note, Date.now());
  return { note, bundle, ...(await readDirectory(logAt('directory'), bundle)) };
}

async function checkpointOf({ slug }: typeof FIRST) {
  return parseCheckpoint(parseNote(await served(`/ledger/${slug}/checkpoint`)).text);
}

async function addSchool({ id, slug }: typeof FIRST): Promise<void> {
  await application.get(Database).write(async (tx) => {
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

/** One more entry in the school's log, published. */
async function publish({ id }: typeof FIRST): Promise<void> {
  const cert = toBase64(new Uint8Array(randomBytes(32)));
  const entry = await application
    .get(Database)
    .write((tx) => application.get(Outbox).add(tx, id, { type: 'key.added', body: { cert } }));
  await application.get(SchoolLogs).awaitPublished(id, [entry]);
}

async function faults() {
  const found: unknown[] = [];
  const key = await application.get(DirectoryKey).signer();
  await fsck(logAt('directory'), key!, { onFinding: (finding) => found.push(finding) });
  return found;
}

async function served(path: string): Promise<Uint8Array> {
  const answer = await fetch(application.url + path);
  expect([path, answer.status]).toEqual([path, 200]);
  return new Uint8Array(await answer.arrayBuffer());
}
