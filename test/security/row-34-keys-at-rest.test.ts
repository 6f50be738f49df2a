/** Row 34: who takes the disk and the database away gets no key that signs, and no second factor of anybody. */
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createPrivateKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { loadKeyFile } from '#signing-node/key-file.js';
import { InstallationSettings } from '#api/installation.module.js';
import { Person } from '#api/identity/identity.entities.js';
import { decidedClass, issueClass } from '../integration/decided-class.js';
import { ENGINE } from '../integration/engine.js';
import { TestServer } from '../integration/school.js';

jest.setTimeout(120_000);

let server: TestServer;
let folder: string;
let passphrase: string;

beforeAll(async () => {
  server = await TestServer.start('2027-05-17T02:00:00.000Z');
  await issueClass(await decidedClass(server, 'thcs-song-may', 1));
  const settings = server.app.get(InstallationSettings, { strict: false });
  folder = settings.config.dataDir;
  passphrase = server.installation.passphrase;
});
afterAll(() => server.stop());

interface Stolen {
  readonly path: string;
  readonly bytes: Buffer;
  readonly mode: number;
}

/** Every file of the installation, the database of SQLite among them; the witnesses beside it are other people's. */
async function stolen(): Promise<Stolen[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(join(folder, 'witnesses')))
      .map((entry) => taken(join(entry.parentPath, entry.name))),
  );
  return files.flat();
}

/** A file, or nothing where the running server has just put another in its place. */
async function taken(path: string): Promise<Stolen[]> {
  try {
    const [bytes, { mode }] = [await readFile(path), await stat(path)];
    return [{ path: path.slice(folder.length + 1), bytes, mode }];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** What a thief could use without the passphrase. */
function usable({ path, bytes, mode }: Stolen): string[] {
  const text = bytes.toString('latin1');
  const found = [...text.matchAll(/-----BEGIN ([A-Z ]*PRIVATE KEY)-----/g)].map(([, kind]) => kind);
  return [
    ...found
      .filter((kind) => !kind?.endsWith('ENCRYPTED PRIVATE KEY'))
      .map((kind) => `${path}: ${String(kind)}`),
    ...(found.length > 0 && (mode & 0o077) !== 0 ? [`${path}: others may read it`] : []),
    ...(text.includes(passphrase) ? [`${path}: the passphrase`] : []),
  ];
}

describe(`row 34 on ${ENGINE}`, () => {
  test('row 34: the keys of the log, the authority, the seal and of each who signed are encrypted, for nobody else to read', async () => {
    const files = await stolen();
    expect(files.flatMap(usable)).toEqual([]);
    const keys = files.filter(({ bytes }) => bytes.includes('PRIVATE KEY'));
    // The log's keys are PKCS#8 as every tool reads it; those that sign documents are under argon2id.
    const sealed = keys.filter(({ bytes }) => bytes.includes('BEGIN SOCAI ENCRYPTED'));
    for (const { path, bytes } of keys) {
      const pem = bytes.toString('utf8');
      expect(() => createPrivateKey(pem)).toThrow();
      expect(() => createPrivateKey({ key: pem, passphrase: 'mật khẩu đoán' })).toThrow();
      if (!bytes.includes('BEGIN SOCAI ENCRYPTED')) {
        expect(createPrivateKey({ key: pem, passphrase }).type).toBe('private');
        continue;
      }
      expect(() => createPrivateKey({ key: pem, passphrase })).toThrow();
      await expect(loadKeyFile(join(folder, path), 'mật khẩu đoán')).rejects.toThrow('does not open');
      expect((await loadKeyFile(join(folder, path), passphrase)).type).toBe('private');
    }
    expect(sealed.length).toBeGreaterThanOrEqual(3);
    expect(keys.length).toBeGreaterThanOrEqual(5);
  });

  test('row 34: a key in the clear, one that others may read, and a passphrase left lying about would be seen', () => {
    const clear = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n';
    const sealed = clear.replaceAll('PRIVATE', 'ENCRYPTED PRIVATE');
    const file = (text: string, mode = 0o100600) => usable({ path: 'x', bytes: Buffer.from(text), mode });
    expect(file(clear)).toEqual(['x: PRIVATE KEY']);
    expect(file(sealed)).toEqual([]);
    expect(file(sealed, 0o100644)).toEqual(['x: others may read it']);
    expect(file(`SOCAI=${passphrase}`)).toEqual(['x: the passphrase']);
  });

  test('row 34: one-time-code secrets lie in the database sealed, and open only under the passphrase', async () => {
    const people = await server.database.read.find(Person);
    const secrets = people.flatMap(({ id, totpSecret }) => (totpSecret === null ? [] : [{ id, totpSecret }]));
    expect(secrets.length).toBeGreaterThan(3);
    const files = await stolen();
    for (const { id, totpSecret } of secrets) {
      const secret = server.box.open(totpSecret, `totp/${id}`);
      expect(secret).toMatch(/^[A-Z2-7]{16,}$/);
      expect(files.filter(({ bytes }) => bytes.includes(secret)).map(({ path }) => path)).toEqual([]);
      expect(JSON.stringify(people)).not.toContain(secret);
      // Moved to another person's row it opens nothing.
      expect(() =>
        server.box.open(totpSecret, `totp/${people.find((other) => other.id !== id)?.id ?? ''}`),
      ).toThrow();
    }
  });
});
