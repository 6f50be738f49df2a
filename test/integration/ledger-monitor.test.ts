/** A stranger's monitor beside the running application: everything it knows it was served, and it believes none of it. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Database } from '#api/database/database.js';
import { Journal } from '#api/audit/journal.js';
import { DirectoryLog } from '#api/ledger-host/directory-log.js';
import { Outbox } from '#api/ledger-host/outbox.js';
import { SchoolLogs } from '#api/ledger-host/school-logs.js';
import { School } from '#api/school/school.entities.js';
import { ledgerCommand } from '#cli/ledger.js';
import { toBase64 } from '#ledger/format/bytes.js';
import { startApplication, type TestApplication } from './application.js';
import { ENGINE } from './engine.js';

const SLUGS = ['thcs-song-may', 'th-ben-tram'] as const;
const idOf = (slug: string) =>
  `b7b7c8a2-0000-4000-8000-00000000000${String(1 + SLUGS.findIndex((each) => each === slug))}`;

let application: TestApplication;
let scratch: string;
jest.setTimeout(60_000);

beforeEach(async () => {
  application = await startApplication();
  scratch = await mkdtemp(join(tmpdir(), 'socai-stranger-'));
  for (const slug of SLUGS) {
    await addSchool(slug);
    await publish(slug, 1);
  }
});
afterEach(async () => {
  await application.drop();
  await rm(scratch, { recursive: true, force: true });
});

describe(`a monitor of the application's logs, on ${ENGINE}`, () => {
  test('follows a log by its address and the policy served there, and says what is new', async () => {
    const watch = await watchOne('thcs-song-may');
    const first = await ledger(watch);
    expect(first).toMatchObject({ status: 0, err: '' });
    expect(codes(first.out)).toEqual(['LOG_OPENED', 'KEY_ADDED', 'ENTRIES', 'FOLLOWED']);
    await publish('thcs-song-may', 300);
    const second = await ledger(watch);
    expect(second).toMatchObject({ status: 0, out: expect.stringContaining('and on: 300 key.added') });
    expect(second.out).toMatch(/ FOLLOWED checkpoint: 302 entries, witnessed by so-gddt/);
    expect(codes((await ledger(watch)).out)).toEqual(['FOLLOWED']);
  });

  test('names a tile that was changed on the disk, and has no more to say once it is put right', async () => {
    await publish('thcs-song-may', 300);
    const watch = await watchOne('thcs-song-may');
    expect((await ledger(watch)).status).toBe(0);
    for (const tile of ['tile/0/000', 'tile/entries/000', 'tile/entries/001.p/46']) {
      const file = join(application.place.folder, 'ledger', 'thcs-song-may', tile);
      const bytes = await readFile(file);
      await writeFile(
        file,
        Uint8Array.from(bytes, (byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte)),
      );
      expect(await ledger(watch)).toMatchObject({ status: 1, out: expect.stringContaining(tile) });
      await writeFile(file, bytes);
    }
    expect((await ledger(watch)).status).toBe(0);
  });

  test('follows every log of the trust bundle served and the directory; under the policy of another log, none', async () => {
    await application.get(DirectoryLog).look();
    await writeFile(join(scratch, 'trust'), await served('/ledger/trust'));
    const watch = `monitor --url ${application.url}/ledger --trust ${join(scratch, 'trust')} --state ${join(scratch, 'all')} --once`;
    const { status, out } = await ledger(watch);
    expect([status, codes(out).filter((code) => code === 'TRUST_PUBLISHED').length > 0]).toEqual([0, true]);
    for (const slug of [...SLUGS, 'directory']) expect(out).toContain(`demo.so-cai.example/${slug} FOLLOWED`);
    const policy = await served(`/ledger/th-ben-tram/policy`);
    await writeFile(join(scratch, 'policy'), policy);
    const other = `monitor --url ${application.url}/ledger/thcs-song-may --policy ${join(scratch, 'policy')} --state ${join(scratch, 'other')} --once`;
    expect(await ledger(other)).toMatchObject({
      status: 1,
      out: expect.stringContaining(' CHECKPOINT_INVALID '),
    });
  });

  test('an application that is down is no fault of the log: status 3', async () => {
    const watch = await watchOne('thcs-song-may');
    await ledger(watch);
    await application.stop();
    expect(await ledger(watch)).toMatchObject({ status: 3, out: expect.stringContaining(' UNREACHABLE ') });
  });
});

/** The command line that follows one school's log once, with the policy as it is served now. */
async function watchOne(slug: string): Promise<string> {
  const [policy, state] = [join(scratch, `${slug}.policy`), join(scratch, slug)];
  await writeFile(policy, await served(`/ledger/${slug}/policy`));
  return `monitor --url ${application.url}/ledger/${slug} --policy ${policy} --state ${state} --once`;
}

async function ledger(args: string): Promise<{ status: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const answers = Promise.all([text(stdout), text(stderr)]);
  const io = { stdin: Readable.from([]), stdout, stderr, env: {}, now: () => new Date() };
  const status = await ledgerCommand(args.split(' '), io);
  stdout.end();
  stderr.end();
  const [out, err] = await answers;
  return { status, out, err };
}

const codes = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ')[2]);

async function publish(slug: string, count: number): Promise<void> {
  const drafts = Array.from({ length: count }, () => ({
    type: 'key.added' as const,
    body: { cert: toBase64(new Uint8Array(randomBytes(32))) },
  }));
  const ids = await application
    .get(Database)
    .write((tx) => application.get(Outbox).addAll(tx, idOf(slug), drafts));
  await application.get(SchoolLogs).awaitPublished(idOf(slug), ids);
}

async function addSchool(slug: string): Promise<void> {
  const id = idOf(slug);
  await application.get(Database).write(async (tx) => {
    await tx.insert(School, {
      id,
      slug,
      code: slug,
      name: `Trường ${slug}`,
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

async function served(path: string): Promise<Uint8Array> {
  for (let i = 0; i < 400; i++) {
    const answer = await fetch(application.url + path);
    if (answer.status === 200) return new Uint8Array(await answer.arrayBuffer());
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`${path} was not served in 10 s`);
}
