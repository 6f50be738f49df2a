import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { toBase64, utf8 } from '#ledger/format/bytes.js';
import { leafHash } from '#ledger/format/hash.js';
import { COSIGNATURE_ED25519, ED25519, formatVkey } from '#ledger/format/note.js';
import { fsck, type Finding } from '#ledger/verify/fsck.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { createFolderLog, openFolderLog, readFolderKey } from '#ledger-node/folder-sequencer.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { createKeyFile, openKeyFile, readPassphrase } from '#ledger-node/key-file.js';
import { FolderWitnessStore } from '#ledger-node/witness-store.js';
import { rawLogIn } from './folder-logs.js';
import { ORIGIN, START } from './logs.js';
import { flipBit } from './trees.js';

const code = (value: string) => expect.objectContaining({ code: value });
let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'socai-ledger-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const rawLog = (name: string, count: number): Promise<string> => rawLogIn(scratch, name, count);

async function check(folder: string): Promise<string[]> {
  const findings: Finding[] = [];
  await fsck(new FolderTileStore(folder), await readFolderKey(folder), {
    crypto: nodeCrypto,
    onFinding: (finding) => findings.push(finding),
  });
  return findings.map((finding) => `${finding.code} ${finding.where}`);
}

describe('a log in a folder', () => {
  test('is the tree that is served, and nothing else but its keys is there', async () => {
    const folder = await rawLog('served', 600);
    const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
    expect(files).toEqual(
      [
        'checkpoint',
        'log.key',
        'log.vkey',
        ...['000.p/200', '000', '001.p/144', '001', '002.p/88'].flatMap((n) => [
          `tile/0/${n}`,
          `tile/entries/${n}`,
        ]),
        'tile/1/000.p/1',
        'tile/1/000.p/2',
      ].sort(),
    );
    expect((await stat(join(folder, 'log.key'))).mode & 0o777).toBe(0o600);
    expect(await check(folder)).toEqual([]);
  });

  test('goes on where it was after a restart', async () => {
    const folder = await rawLog('restart', 10);
    const log = await openFolderLog(folder, 'raw', () => START, undefined);
    log.store.add([{ id: 'next', kind: 'raw', entry: utf8('next') }]);
    expect((await log.sequencer.flush()).entries.map(({ seq }) => seq)).toEqual([10]);
    await log.close();
    expect(await check(folder)).toEqual([]);
  });

  test('a commit whose tiles were never written is replayed from the stage', async () => {
    const folder = await rawLog('replay', 10);
    const log = await openFolderLog(folder, 'raw', () => START, undefined);
    await log.sequencer.flush();
    log.store.add([{ id: 'next', kind: 'raw', entry: utf8('next') }]);
    // A checkpoint that cannot be replaced: everything up to it has happened, as when the power goes.
    await rename(join(folder, 'checkpoint'), join(folder, 'kept'));
    await mkdir(join(folder, 'checkpoint'));
    await expect(log.sequencer.flush()).rejects.toThrow();
    await log.close();
    await rm(join(folder, 'checkpoint'), { recursive: true });
    await rename(join(folder, 'kept'), join(folder, 'checkpoint'));
    await rm(join(folder, 'tile/entries/000.p/11'));
    await rm(join(folder, 'tile/0/000.p/11'));

    const again = await openFolderLog(folder, 'raw', () => START, undefined);
    const { size, published } = await again.sequencer.flush();
    expect([size, published?.size]).toEqual([11, 11]);
    await again.close();
    expect(await check(folder)).toEqual([]);
    expect(await readdir(folder)).not.toContain('stage');
  });

  test('refuses a damaged stage, a folder that is not empty, and a second writer', async () => {
    const folder = await rawLog('refusals', 3);
    await writeFile(join(folder, 'stage'), 'half written');
    await expect(openFolderLog(folder, 'raw', () => START, undefined)).rejects.toThrow(code('STATE_DAMAGED'));
    await rm(join(folder, 'stage'));
    await expect(createFolderLog(folder, 'raw.example/log', undefined)).rejects.toThrow(code('WRONG_LOG'));
    await expect(createFolderLog(join(scratch, 'unnamed'), 'a name', undefined)).rejects.toThrow(
      code('BAD_NAME'),
    );
    const log = await openFolderLog(folder, 'raw', () => START, undefined);
    await expect(openFolderLog(folder, 'raw', () => START, undefined)).rejects.toThrow(code('LOCKED'));
    await log.close();
    await (await openFolderLog(folder, 'raw', () => START, undefined)).close();
  });

  test('never overwrites a tile with other bytes', async () => {
    const tiles = new FolderTileStore(join(scratch, 'tiles'));
    const file = { path: 'tile/0/000.p/1', bytes: new Uint8Array(32) };
    await tiles.writeTiles([file]);
    await tiles.writeTiles([file]);
    await expect(tiles.writeTiles([{ ...file, bytes: flipBit(file.bytes, 3) }])).rejects.toThrow(
      code('TILE_CONFLICT'),
    );
    await expect(tiles.readTile('tile/0/../../log.key')).rejects.toThrow(code('BAD_LINE'));
  });
});

test('a slow publisher never takes a newer checkpoint back', async () => {
  const [older, newer] = [await rawLog('older', 3), await rawLog('newer', 4)];
  const tiles = new FolderTileStore(newer);
  const before = await tiles.readCheckpoint();
  await tiles.replaceCheckpoint(new Uint8Array(await readFile(join(older, 'checkpoint'))));
  expect(await tiles.readCheckpoint()).toEqual(before);
  await new FolderTileStore(older).replaceCheckpoint(before as Uint8Array);
  expect(await new FolderTileStore(older).readCheckpoint()).toEqual(before);
});

describe('key files', () => {
  test('are encrypted under a passphrase, private to their owner, and never overwritten', async () => {
    const path = join(scratch, 'encrypted.key');
    const key = await createKeyFile(path, 'a.example/log', ED25519, 'a long enough passphrase');
    expect(await readFile(path, 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY');
    const opened = await openKeyFile(path, 'a.example/log', ED25519, 'a long enough passphrase');
    expect(formatVkey(opened)).toBe(formatVkey(key));
    const signature = await opened.sign(utf8('x'));
    expect(nodeCrypto.ed25519Verify(signature, utf8('x'), key.publicKey)).toBe(true);
    expect(nodeCrypto.ed25519Verify(signature, utf8('y'), key.publicKey)).toBe(false);
    await expect(openKeyFile(path, 'a.example/log', ED25519, undefined)).rejects.toThrow(
      code('PASSPHRASE_NEEDED'),
    );
    await expect(openKeyFile(path, 'a.example/log', ED25519, 'another long passphrase')).rejects.toThrow(
      code('KEY_MALFORMED'),
    );
    await expect(createKeyFile(path, 'a.example/log', ED25519, undefined)).rejects.toThrow(
      code('KEY_EXISTS'),
    );
    await expect(openKeyFile(`${path}.no`, 'a.example/log', ED25519, undefined)).rejects.toThrow(
      code('KEY_MISSING'),
    );
    await chmod(path, 0o644);
    await expect(openKeyFile(path, 'a.example/log', ED25519, 'a long enough passphrase')).rejects.toThrow(
      code('KEY_EXPOSED'),
    );
  });

  test('a passphrase of a person is stretched by scrypt, one of 256 random bits is not', async () => {
    const derSearch = (pem: string, oid: string): boolean =>
      Buffer.from(pem.replaceAll(/-----.*-----|\n/g, ''), 'base64').includes(Buffer.from(oid, 'hex'));
    const [scrypt, pbkdf2] = ['06092b06010401da47040b', '06092a864886f70d01050c'];
    const person = join(scratch, 'person.key');
    const key = await createKeyFile(person, 'a.example/log', ED25519, 'mười sáu ký tự trở lên');
    const pem = await readFile(person, 'utf8');
    expect([derSearch(pem, scrypt), derSearch(pem, pbkdf2)]).toEqual([true, false]);
    expect(formatVkey(await openKeyFile(person, 'a.example/log', ED25519, 'mười sáu ký tự trở lên'))).toBe(
      formatVkey(key),
    );

    const random = randomBytes(32).toString('base64url');
    const machine = join(scratch, 'machine.key');
    await createKeyFile(machine, 'a.example/log', ED25519, random);
    const quick = await readFile(machine, 'utf8');
    expect([derSearch(quick, scrypt), derSearch(quick, pbkdf2)]).toEqual([false, true]);
    await expect(openKeyFile(machine, 'a.example/log', ED25519, `${random}x`)).rejects.toThrow(
      code('KEY_MALFORMED'),
    );
  });

  const isRequired = process.env['SOCAI_REQUIRE_OPENSSL'] === '1';
  const withOpenssl = isRequired || spawnSync('openssl', ['version']).status === 0 ? test : test.skip;
  withOpenssl('openssl opens a key file with its passphrase, and not with another', async () => {
    const path = join(scratch, 'for-openssl.key');
    await createKeyFile(path, 'a.example/log', ED25519, 'sixteen characters or more');
    const open = (input: string): number | null =>
      spawnSync('openssl', ['pkey', '-in', path, '-passin', 'stdin', '-noout'], { input }).status;
    expect([open('sixteen characters or more\n'), open('seventeen characters\n')]).toEqual([0, 1]);
  });

  test('a short passphrase is refused', async () => {
    const path = join(scratch, 'passphrase');
    await writeFile(path, 'short\n');
    await expect(readPassphrase(path)).rejects.toThrow(code('PASSPHRASE_NEEDED'));
    await writeFile(path, 'a long enough passphrase\n');
    expect(await readPassphrase(path)).toBe('a long enough passphrase');
  });
});

test("a witness' folder keeps what was cosigned last, for one process at a time", async () => {
  const folder = join(scratch, 'witness');
  const store = await FolderWitnessStore.open(folder);
  await expect(FolderWitnessStore.open(folder)).rejects.toThrow(code('LOCKED'));
  expect(await store.latest(ORIGIN)).toBeUndefined();
  expect(await store.swap(ORIGIN, undefined, utf8('one'))).toBe(true);
  expect(await store.swap(ORIGIN, undefined, utf8('fork'))).toBe(false);
  expect(
    await Promise.all([
      store.swap(ORIGIN, utf8('one'), utf8('two')),
      store.swap(ORIGIN, utf8('one'), utf8('2')),
    ]),
  ).toEqual([true, false]);
  await store.close();
  const again = await FolderWitnessStore.open(folder);
  expect(await again.latest(ORIGIN)).toEqual(utf8('two'));
  await again.close();
  expect(COSIGNATURE_ED25519).toBe(4);
});

describe('kill -9 during socai ledger append', () => {
  const socai = [
    '--no-warnings',
    '--conditions=socai-source',
    '--import',
    resolve('ledger/test/source-loader.mjs'),
    resolve('apps/cli/src/main.ts'),
  ];

  test('loses no entry whose line was printed', async () => {
    const folder = join(scratch, 'killed');
    const key = await createFolderLog(folder, 'raw.example/log', undefined);
    const printed = new Map<number, string>();
    let given = 0;
    for (const linesBeforeKill of [1, 500, 1500, 2600]) {
      const child = spawn(process.execPath, [...socai, 'ledger', 'append', '--dir', folder], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const hashes: string[] = [];
      const entries = Array.from({ length: 20_000 }, () => utf8(`entry ${String(given++)}`));
      child.stdin.on('error', () => undefined);
      child.stdin.write(entries.map((entry) => `${toBase64(entry)}\n`).join(''));
      const known = new Set(entries.map((entry) => toBase64(leafHash(entry))));
      let text = '';
      for await (const chunk of child.stdout) {
        text += String(chunk);
        const lines = text.split('\n');
        text = lines.pop() ?? '';
        for (const line of lines) {
          const [index = '', hash = ''] = line.split(' ');
          expect(known.has(hash)).toBe(true);
          expect(printed.has(Number(index))).toBe(false);
          printed.set(Number(index), hash);
          hashes.push(hash);
        }
        if (hashes.length >= linesBeforeKill) child.kill('SIGKILL');
      }
      expect(hashes.length).toBeGreaterThanOrEqual(linesBeforeKill);
    }
    // The next process finds the folder unlocked, replays the stage, and every printed line is in the log.
    const log = await openFolderLog(folder, 'raw', () => START, undefined);
    const { size } = await log.sequencer.flush();
    const all = await log.store.readEntries(0, size);
    await log.close();
    for (const [index, hash] of printed) expect(toBase64(leafHash(all[index] as Uint8Array))).toBe(hash);
    const findings: Finding[] = [];
    const options = { crypto: nodeCrypto, onFinding: (finding: Finding) => findings.push(finding) };
    expect((await fsck(new FolderTileStore(folder), key, options))?.size).toBe(size);
    expect(findings).toEqual([]);
  }, 60_000);
});
