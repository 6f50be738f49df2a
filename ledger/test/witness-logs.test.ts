import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  ED25519,
  formatNote,
  formatVkey,
  seedSigner,
  signNoteText,
  type NoteSigner,
} from '#ledger/format/note.js';
import { formatTrustBundle, type TrustBundle } from '#ledger/format/trust.js';
import { answerAddCheckpoint } from '#ledger/log/witness.js';
import { LogList } from '#ledger-node/witness-logs.js';
import { logSigner, ORIGIN, START, testWitness } from './logs.js';
import { witnessSigner } from './witness-key.js';
import { checkpointOf, request } from './witness-requests.js';

const OTHER = seedSigner('demo.so-cai.example/thcs-song-may', ED25519, new Uint8Array(32).fill(9));
const NEXT = seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(8));
const ROOTS = [1, 2, 3].map((n) =>
  seedSigner(`root.example/${String(n)}`, ED25519, new Uint8Array(32).fill(40 + n)),
);
const THIEVES = [1, 2, 3].map((n) =>
  seedSigner(`root.example/${String(n)}`, ED25519, new Uint8Array(32).fill(60 + n)),
);

let folder: string;
let problems: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'socai-logs-'));
  problems = [];
});
afterEach(() => rm(folder, { recursive: true }));

const onProblem = (error: unknown) => void problems.push(String(error));
/** Whether the list knows a log's key, asked as a witness asks that did not find it before. */
async function knows(list: LogList, key: NoteSigner): Promise<boolean> {
  await new Promise((done) => setTimeout(done, 60));
  return (await list.find(key.name, true)).some((log) => log.key.keyId === key.keyId);
}

describe('a list of logs out of a policy file', () => {
  const policy = (...keys: NoteSigner[]) =>
    writeFile(
      join(folder, 'policy'),
      `${keys.map((key) => `log ${formatVkey(key)}\n`).join('')}quorum none\n`,
    );

  test('is read again when an unknown log is asked for, and only then knows it', async () => {
    await policy(logSigner);
    const list = LogList.ofPolicy(join(folder, 'policy'), onProblem);
    await list.refresh();
    expect([await knows(list, logSigner), await knows(list, OTHER)]).toEqual([true, false]);
    await policy(logSigner, OTHER);
    expect((await list.find(OTHER.name, false)).length).toBe(0);
    expect(await knows(list, OTHER)).toBe(true);
    await policy(OTHER);
    await list.refresh();
    expect(await knows(list, logSigner)).toBe(false);
    expect(problems).toEqual([]);
  });

  test('a file that cannot be read at the start is an error; one that breaks later leaves what was known', async () => {
    const list = LogList.ofPolicy(join(folder, 'policy'), onProblem);
    await expect(list.refresh()).rejects.toThrow('ENOENT');
    await policy(logSigner);
    expect(await knows(list, logSigner)).toBe(true);
    await writeFile(join(folder, 'policy'), 'log nonsense\n');
    expect([await knows(list, OTHER), await knows(list, logSigner)]).toEqual([false, true]);
    expect(problems.join()).toContain('nonsense');
  });
});

describe('a list of logs out of a trust bundle (witnesses take it from the directory)', () => {
  let now = START;
  const list = (place = join(folder, 'bundle')) =>
    LogList.ofTrust(
      { place, roots: join(folder, 'roots'), memory: join(folder, 'trust.json'), clock: () => now },
      onProblem,
    );
  beforeEach(async () => {
    now = START;
    const roots = ROOTS.map((root) => `root ${formatVkey(root)}\n`).join('');
    await writeFile(join(folder, 'roots'), `threshold 2\n${roots}`);
  });

  const publish = async (changes: Partial<TrustBundle>, by = ROOTS.slice(0, 2)) =>
    writeFile(join(folder, 'bundle'), await bundle(changes, by));

  test('a higher serial signed by two of three roots is taken; the directory’s own log is in it', async () => {
    await publish({ serial: 1 });
    const logs = list();
    await logs.refresh();
    expect([await knows(logs, logSigner), await knows(logs, OTHER)]).toEqual([true, false]);
    await publish({ serial: 2, directory: OTHER });
    expect(await knows(logs, OTHER)).toBe(true);
  });

  test.each([
    ['one signature too few', { serial: 2, directory: OTHER }, ROOTS.slice(0, 1)],
    ['other keys under the roots’ names', { serial: 2, directory: OTHER, roots: THIEVES }, THIEVES],
    ['a lower serial', { serial: 0, directory: OTHER }, ROOTS],
    ['the same serial with another text', { serial: 1, directory: OTHER }, ROOTS],
    ['a day too late', { serial: 2, directory: OTHER, expires: '2026-11-20' }, ROOTS],
  ])('refused: %s; what was known stays, and after a restart too', async (_, changes, by) => {
    await publish({ serial: 1 });
    const logs = list();
    await logs.refresh();
    await publish(changes, by);
    expect([await knows(logs, OTHER), await knows(logs, logSigner)]).toEqual([false, true]);
    expect(problems.length).toBeGreaterThan(0);
    // A new process remembers the highest serial it accepted, and goes on with that.
    const restarted = list();
    await restarted.refresh();
    expect([await knows(restarted, OTHER), await knows(restarted, logSigner)]).toEqual([false, true]);
  });

  test('a bundle that expires while it is in force knows no log any more', async () => {
    await publish({ serial: 1, expires: '2026-11-21' });
    const logs = list();
    await logs.refresh();
    expect(await knows(logs, logSigner)).toBe(true);
    now += 24 * 60 * 60 * 1000;
    expect(await knows(logs, logSigner)).toBe(false);
    expect(problems.join()).toContain('expired');
  });

  test('a change of roots that was missed is followed through the archived bundles, and not without them', async () => {
    const heirs = [1, 2, 3].map((n) =>
      seedSigner(`heir.example/${String(n)}`, ED25519, new Uint8Array(32).fill(80 + n)),
    );
    await publish({ serial: 1 });
    const logs = list();
    await logs.refresh();
    // Signed by two of the former roots and two of the new ones, and gone before the witness looked again.
    const handover = await bundle({ serial: 2, roots: heirs }, [...ROOTS.slice(0, 2), ...heirs.slice(0, 2)]);
    await publish({ serial: 3, roots: heirs, directory: OTHER }, heirs.slice(0, 2));
    expect(await knows(logs, OTHER)).toBe(false);
    await mkdir(join(folder, 'archive'));
    await writeFile(join(folder, 'archive/2'), await bundle({ serial: 2, roots: heirs }, heirs.slice(0, 2)));
    expect(await knows(logs, OTHER)).toBe(false);
    await writeFile(join(folder, 'archive/2'), handover);
    expect(await knows(logs, OTHER)).toBe(true);
    const restarted = list();
    await restarted.refresh();
    expect(await knows(restarted, OTHER)).toBe(true);
  });

  test('over HTTP: taken from an address; with the address dead, a restart goes on with what it remembers', async () => {
    const bytes = await bundle({ serial: 7 }, ROOTS);
    const server: Server = createServer((_, response) => response.end(bytes));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/trust`;
    const logs = list(address);
    await logs.refresh();
    expect((await logs.find(ORIGIN, false)).length).toBe(1);
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    const restarted = list(address);
    await restarted.refresh();
    expect((await restarted.find(ORIGIN, false)).length).toBe(1);
    expect(problems.join()).toContain('ECONNREFUSED');
    await rm(join(folder, 'trust.json'));
    await expect(list(address).refresh()).rejects.toThrow('ECONNREFUSED');
  }, 20_000);

  test('a key counts only for the sizes the bundle gives it', async () => {
    await publish({ serial: 1, schools: [school([logSigner, 0, 300], [NEXT, 300])] });
    const logs = list();
    const options = { ...testWitness(1).options, signer: witnessSigner, logs: logs.find };
    const ask = async (old: number, size: number, by: NoteSigner) =>
      (await answerAddCheckpoint(await request(old, size, await checkpointOf(size, by)), options)).status;
    expect(await ask(0, 299, NEXT)).toBe(403);
    expect(await ask(0, 299, logSigner)).toBe(200);
    expect(await ask(299, 300, NEXT)).toBe(200);
    expect(await ask(300, 300, logSigner)).toBe(200);
    expect(await ask(300, 301, logSigner)).toBe(403);
    expect(await ask(300, 301, NEXT)).toBe(200);
  });
});

function school(...logs: [NoteSigner, number, number?][]): TrustBundle['schools'][number] {
  return {
    code: 'th-ben-tram',
    name: 'Trường Tiểu học Bến Tràm',
    province: 'song-may',
    logs: logs.map(([key, from, to]) => ({ key, from, ...(to === undefined ? {} : { to }) })),
    cas: [],
  };
}

async function bundle(changes: Partial<TrustBundle>, by: readonly NoteSigner[]): Promise<Uint8Array> {
  const text = formatTrustBundle({
    ...{ serial: 1, expires: '2027-11-21', schools: [school([logSigner, 0])] },
    ...{ witnesses: [], groups: [], quorum: null, threshold: 2, roots: ROOTS },
    ...changes,
  });
  const signatures = await Promise.all(by.map((root) => signNoteText(text, root)));
  return formatNote({ text, signatures });
}
