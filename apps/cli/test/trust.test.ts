/** A trust bundle as people make it: each root holder on a machine of their own, with a key file of their own. */
import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { toBase64 } from '#ledger/format/bytes.js';
import { sha256 } from '#ledger/format/crypto.js';
import type { LeafDraft } from '#ledger/format/leaf.js';
import { ED25519, formatVkey, seedSigner } from '#ledger/format/note.js';
import { openLogIn } from '#ledger-node/folder-sequencer.js';
import { trustCommand } from '#cli/trust.js';

const TODAY = new Date('2026-11-21T03:00:00Z');
const SCHOOL_LOG = seedSigner('song-may.example/thcs-song-may', ED25519, new Uint8Array(32).fill(1));
const DIRECTORY = seedSigner('song-may.example/directory', ED25519, new Uint8Array(32).fill(2));

let scratch: string;
/** "root <vkey>" lines of six people. */
const rootLines: string[] = [];
const at = (name: string) => join(scratch, name);
const keyOf = (person: number) => at(`person-${String(person)}.pem`);
const nameOf = (person: number) => `person-${String(person)}.example/root`;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'socai-trust-'));
  await writeFile(at('passphrase'), 'một câu đủ dài để làm mật khẩu\n');
  for (const person of [1, 2, 3, 4, 5, 6]) {
    const { status, out } = await trust(`keygen --out ${keyOf(person)} --name ${nameOf(person)}`);
    expect(status).toBe(0);
    rootLines.push(out.trim());
  }
  await writeFile(at('draft'), draft([1, 2, 3]));
  await trust(`make --from ${at('draft')} --out ${at('first')} --serial 1`);
  await trust(`sign --bundle ${at('first')} --key ${keyOf(1)}`);
  await trust(`sign --bundle ${at('first')} --key ${keyOf(3)}`);
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

interface Answer {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `socai trust …` in this process. */
async function trust(args: string, env: Record<string, string> = {}): Promise<Answer> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const answers = Promise.all([text(stdout), text(stderr)]);
  const io = {
    stdin: Readable.from([]),
    stdout,
    stderr,
    env: { SOCAI_KEY_PASSPHRASE_FILE: at('passphrase'), ...env },
    now: () => TODAY,
  };
  const status = await trustCommand(
    args.split(' ').filter((word) => word !== ''),
    io,
  );
  stdout.end();
  stderr.end();
  const [out, err] = await answers;
  return { status, out, err };
}

/** What an office writes by hand: two of these people are needed. */
function draft(people: readonly number[]): string {
  return `socai-trust/v1
# Tỉnh Sông Mây, kì 2026-2027
expires 2027-06-30
directory ${formatVkey(DIRECTORY)}

school thcs-song-may "Trường THCS Sông Mây" song-may
  log ${formatVkey(SCHOOL_LOG)} from 0

quorum none
threshold 2
${people.map((person) => rootLines[person - 1] ?? '').join('\n')}
`;
}

/** The bundle after the first with these roots, signed by these people one after the other. */
async function second(name: string, people: readonly number[], signers: readonly number[]): Promise<string> {
  await writeFile(at(`${name}-draft`), draft(people).replace('2027-06-30', '2027-12-31'));
  await trust(`make --from ${at(`${name}-draft`)} --out ${at(name)} --previous ${at('first')}`);
  for (const person of signers) {
    const { status } = await trust(
      `sign --bundle ${at(name)} --key ${keyOf(person)} --previous ${at('first')}`,
    );
    expect(status).toBe(0);
  }
  return at(name);
}

describe('socai trust keygen', () => {
  test('makes an encrypted key of mode 0600 and prints the line for the bundle', async () => {
    expect(rootLines[0]).toMatch(/^root person-1\.example\/root\+[0-9a-f]{8}\+/);
    expect(await readFile(keyOf(1), 'utf8')).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY/);
    expect((await stat(keyOf(1))).mode & 0o777).toBe(0o600);
  });

  test('never overwrites a key, and warns of one in the clear', async () => {
    expect((await trust(`keygen --out ${keyOf(1)} --name a.example/root`)).status).toBe(2);
    const { err } = await trust(`keygen --out ${at('plain.pem')} --name a.example/root`, {
      SOCAI_KEY_PASSPHRASE_FILE: '',
    });
    expect(err).toContain('is not encrypted');
  });
});

describe('socai trust make', () => {
  test('writes the canonical text of a draft, and says what it holds', async () => {
    const { status, out } = await trust(`make --from ${at('draft')} --out ${at('made')} --serial 1`);
    expect([status, out]).toEqual([
      0,
      'trust bundle 1: 1 school, 0 witnesses, no quorum needed, directory song-may.example/directory\n',
    ]);
    const made = await readFile(at('made'), 'utf8');
    expect(made).toMatch(/^socai-trust\/v1\nserial 1\nexpires 2027-06-30\ndirectory /);
    expect(made).not.toContain('#');
  });

  test('after a bundle gives the next serial, shows the changes, and warns of new roots', async () => {
    await writeFile(at('next-draft'), draft([1, 2, 4]).replace('2027-06-30', '2027-12-31'));
    const made = await trust(`make --from ${at('next-draft')} --out ${at('next')} --previous ${at('first')}`);
    expect(made.out.split('\n').slice(1)).toEqual([
      'changes since bundle 1:',
      '  - expires 2027-06-30',
      `  - ${rootLines[2]!}`,
      '  + expires 2027-12-31',
      `  + ${rootLines[3]!}`,
      'THE ROOTS CHANGE: a quorum of the old and of the new ones has to sign',
      '',
    ]);
    expect(await readFile(at('next'), 'utf8')).toContain('\nserial 2\n');
  });

  test('takes a signed bundle as a draft of the next', async () => {
    const options = `--previous ${at('first')} --expires 2028-06-30`;
    const { out } = await trust(`make --from ${at('first')} --out ${at('again')} ${options}`);
    expect(out).toContain('\n  - expires 2027-06-30\n  + expires 2028-06-30\n');
  });

  test('refuses a draft with the line and the reason, a serial that does not rise, and to overwrite', async () => {
    await writeFile(at('bad'), draft([1, 2, 3]).replace('threshold 2', 'threshold 4'));
    const bad = await trust(`make --from ${at('bad')} --out ${at('none')} --serial 1`);
    expect([bad.status, bad.err]).toEqual([
      2,
      'socai trust make: BAD_NUMBER: line 10: 4 of 3 roots is not possible\n',
    ]);
    await expect(stat(at('none'))).rejects.toThrow();
    const same = `make --from ${at('draft')} --out ${at('none')} --previous ${at('first')} --serial 1`;
    expect((await trust(same)).status).toBe(2);
    expect((await trust(`make --from ${at('draft')} --out ${at('first')} --serial 9`)).status).toBe(2);
  });
});

describe('socai trust sign and check', () => {
  test('two of three people, each with an own key, in any order: holds, and says who signed', async () => {
    const { status, out } = await trust(`check --bundle ${at('first')}`);
    expect([status, out.split('\n')]).toEqual([
      0,
      [
        'trust bundle 1, which expires on 2027-06-30: 1 school, 0 witnesses, no quorum needed, directory song-may.example/directory',
        '2 of 3 roots signed, 2 needed',
        '  signed  person-1.example/root',
        '  missing person-2.example/root',
        '  signed  person-3.example/root',
        'DEMO: no roots were given, so nobody vouches for its own',
        'holds',
        '',
      ],
    ]);
  });

  test('with the roots that the verifier was given it is no demo; with others it does not hold', async () => {
    const roots = (people: number[]) =>
      `# the roots\nthreshold 2\n${people.map((p) => rootLines[p - 1] ?? '').join('\n')}\n`;
    await writeFile(at('roots'), roots([1, 2, 3]));
    await writeFile(at('other-roots'), roots([4, 5, 6]));
    const given = await trust(`check --bundle ${at('first')} --roots ${at('roots')}`);
    expect([given.status, given.out]).toEqual([0, expect.stringContaining('goes back to the given roots')]);
    const other = await trust(`check --bundle ${at('first')}`, { SOCAI_TRUST_ROOTS: at('other-roots') });
    expect([other.status, other.out]).toEqual([1, expect.stringContaining('TRUST_NOT_PINNED')]);
  });

  test('says before signing what is signed, and what differs from the bundle in force', async () => {
    await second('shown', [1, 2, 3], []);
    const { err } = await trust(
      `sign --bundle ${at('shown')} --key ${keyOf(2)} --previous ${at('first')} --out ${at('shown-2')}`,
    );
    expect(err).toMatch(
      /^signing trust bundle 2, which expires on 2027-12-31\n.*\nchanges since bundle 1:\n {2}- expires/,
    );
    // The file that came stays as it was.
    expect(await readFile(at('shown'), 'utf8')).not.toContain('—');
    expect(await readFile(at('shown-2'), 'utf8')).toContain('— person-2.example/root ');
  });

  test('does not hold with one signature missing, nor when one root signs twice', async () => {
    const bundle = await second('missing', [1, 2, 3], [2]);
    const again = await trust(`sign --bundle ${bundle} --key ${keyOf(2)}`);
    expect(again).toMatchObject({ status: 0, err: expect.stringContaining('had been signed by') });
    const { status, out } = await trust(`check --bundle ${bundle}`);
    expect([status, out]).toEqual([1, expect.stringContaining('does not hold: TRUST_NOT_SIGNED: 1 of')]);
    await trust(`sign --bundle ${bundle} --key ${keyOf(1)}`);
    expect((await trust(`check --bundle ${bundle} --previous ${at('first')}`)).status).toBe(0);
  });

  test('a text that nobody has signed does not hold', async () => {
    const bundle = await second('unsigned', [1, 2, 3], []);
    const { status, out } = await trust(`check --bundle ${bundle}`);
    expect([status, out]).toEqual([1, expect.stringContaining('0 of 3 roots signed')]);
  });

  test('a byte changed after signing is found by who checks, and by the next who is asked to sign', async () => {
    const bundle = await second('changed', [1, 2, 3], [1]);
    const signed = await readFile(bundle, 'utf8');
    await writeFile(bundle, signed.replace('expires 2027-12-31', 'expires 2099-12-31'));
    expect(await trust(`sign --bundle ${bundle} --key ${keyOf(2)}`)).toMatchObject({
      status: 1,
      err: expect.stringContaining('BAD_SIGNATURE'),
    });
    const { status, out } = await trust(`check --bundle ${bundle}`);
    expect([status, out]).toEqual([1, expect.stringContaining('BAD_SIGNATURE')]);
  });

  test('refuses the key of somebody who is no root, and a name that is not the key’s', async () => {
    const bundle = await second('refused', [1, 2, 3], []);
    const stranger = await trust(`sign --bundle ${bundle} --key ${keyOf(5)}`);
    expect([stranger.status, stranger.err]).toEqual([
      2,
      expect.stringContaining('is no root of this bundle'),
    ]);
    const wrong = await trust(`sign --bundle ${bundle} --key ${keyOf(1)} --name ${nameOf(2)}`);
    expect([wrong.status, wrong.err]).toEqual([
      2,
      expect.stringContaining(`is the root ${nameOf(1)}, not ${nameOf(2)}`),
    ]);
    expect(await readFile(bundle, 'utf8')).not.toContain('—');
  });

  test('a serial lower than that of a bundle known already does not hold, and is not signed', async () => {
    const newer = await second('newer', [1, 2, 3], [1, 2]);
    const { status, out } = await trust(`check --bundle ${at('first')} --previous ${newer}`);
    expect([status, out]).toEqual([1, expect.stringContaining('TRUST_ROLLED_BACK')]);
    const older = `sign --bundle ${at('first')} --key ${keyOf(2)} --previous ${newer} --out ${at('x')}`;
    expect(await trust(older)).toMatchObject({
      status: 2,
      err: expect.stringContaining('nothing is signed'),
    });
  });

  test('other text under a serial that was used already does not hold', async () => {
    const one = await second('fork-1', [1, 2, 3], [1, 2]);
    await writeFile(at('fork-2'), (await readFile(at('fork-1'), 'utf8')).split('\n\n')[0]!.concat('\n'));
    const other = (await readFile(at('fork-2'), 'utf8')).replace('2027-12-31', '2028-12-31');
    await writeFile(at('fork-2'), other);
    for (const person of [1, 2]) await trust(`sign --bundle ${at('fork-2')} --key ${keyOf(person)}`);
    expect((await trust(`check --bundle ${at('fork-2')}`)).status).toBe(0);
    const { status, out } = await trust(`check --bundle ${at('fork-2')} --previous ${one}`);
    expect([status, out]).toEqual([1, expect.stringContaining('TRUST_FORKED')]);
  });

  test('expired, it does not hold; on its last day it does', async () => {
    expect((await trust(`check --bundle ${at('first')} --now 2027-06-30T23:59:59Z`)).status).toBe(0);
    const { status, out } = await trust(`check --bundle ${at('first')} --now 2027-07-01`);
    expect([status, out]).toEqual([1, expect.stringContaining('TRUST_EXPIRED')]);
  });

  test('is wrongly used without its options, and says how it is used', async () => {
    for (const args of ['', 'frobnicate', 'check', 'sign --bundle x', 'make', 'keygen --out x']) {
      expect(await trust(args)).toMatchObject({ status: 2, out: '', err: expect.stringContaining('usage:') });
    }
    expect((await trust(`check --bundle ${at('not-there')}`)).status).toBe(2);
    expect((await trust(`check --bundle ${at('passphrase')}`)).status).toBe(2);
    expect((await trust(`check --bundle ${at('first')} --now soon`)).status).toBe(2);
  });
});

describe('new roots', () => {
  const pinned = () => `--roots ${at('old-roots')}`;
  beforeAll(() => writeFile(at('old-roots'), `threshold 2\n${rootLines.slice(0, 3).join('\n')}\n`));

  test('signed by two of the old and two of the new people hold for who knows the old ones only', async () => {
    const bundle = await second('handover', [4, 5, 6], [1, 4, 6, 2]);
    const { status, out } = await trust(`check --bundle ${bundle} --previous ${at('first')} ${pinned()}`);
    expect(status).toBe(0);
    expect(out).toContain('2 of 3 roots of bundle 1 signed, 2 needed');
    expect(out).toContain('THE ROOTS CHANGE');
    // The next bundle is the new people's alone; it leads back through the one of the change.
    await trust(`make --from ${bundle} --out ${at('third')} --previous ${bundle} --expires 2029-06-30`);
    for (const person of [5, 6]) await trust(`sign --bundle ${at('third')} --key ${keyOf(person)}`);
    const newest = `check --bundle ${at('third')} ${pinned()}`;
    expect(await trust(newest)).toMatchObject({
      status: 1,
      out: expect.stringContaining('TRUST_NOT_PINNED'),
    });
    expect((await trust(`${newest} --previous ${bundle}`)).status).toBe(0);
    expect((await trust(`${newest} --previous ${bundle} --previous ${at('first')}`)).status).toBe(0);
  });

  test.each([
    ['by the old ones only', [1, 2, 3], 'TRUST_NOT_SIGNED'],
    ['by the new ones only', [4, 5, 6], 'TRUST_NOT_SUCCEEDED'],
    ['by one of the old ones too few', [3, 4, 5], 'TRUST_NOT_SUCCEEDED'],
  ])('signed %s do not hold', async (how, signers, code) => {
    const bundle = await second(how.replaceAll(' ', '-'), [4, 5, 6], signers);
    const { status, out } = await trust(`check --bundle ${bundle} --previous ${at('first')} ${pinned()}`);
    expect([status, out]).toEqual([1, expect.stringContaining(code)]);
  });
});

describe('socai trust check --directory', () => {
  test('finds the entry that logs the bundle; a bundle that was not shown to all does not hold', async () => {
    const note = new Uint8Array(await readFile(at('first')));
    const folder = at('directory');
    const log = await openLogIn(folder, { signer: DIRECTORY, kind: 'chain', clock: () => TODAY.getTime() });
    const logged = (serial: number, bytes: Uint8Array): LeafDraft => ({
      type: 'trust.published',
      body: { serial, bundle: toBase64(sha256(bytes)) },
    });
    for (const [serial, bytes] of [[1, note] as const, [2, new Uint8Array(1)] as const]) {
      log.store.add([{ id: String(serial), kind: 'leaf', draft: logged(serial, bytes) }]);
      await log.sequencer.flush();
    }
    await log.close();
    const found = await trust(`check --bundle ${at('first')} --directory ${folder}`);
    expect(found.status).toBe(0);
    expect(found.out).toContain('in entry 1 of song-may.example/directory, which has 3 entries');
    expect(found.out).toContain('a newer bundle was logged at 2026-11-21T03:00:00.000Z: 2');

    const hidden = await second('hidden', [1, 2, 3], [1, 2]);
    expect(await trust(`check --bundle ${hidden} --directory ${folder}`)).toMatchObject({
      status: 1,
      out: expect.stringContaining('TRUST_NOT_LOGGED'),
    });
    await copyFile(join(folder, 'tile/entries/000.p/2'), join(folder, 'tile/entries/000.p/3'));
    expect(await trust(`check --bundle ${at('first')} --directory ${folder}`)).toMatchObject({ status: 1 });
    for (const away of [at('no-folder'), 'http://127.0.0.1:1/ledger/directory']) {
      expect((await trust(`check --bundle ${at('first')} --directory ${away}`)).status).toBe(3);
    }
  });
});
