import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { utf8 } from '#ledger/format/bytes.js';
import { formatCheckpoint } from '#ledger/format/checkpoint.js';
import { cosignNoteText } from '#ledger/format/cosignature.js';
import { leafHash } from '#ledger/format/hash.js';
import {
  COSIGNATURE_ED25519,
  ED25519,
  formatNote,
  formatVkey,
  parseNote,
  seedSigner,
  signNoteText,
} from '#ledger/format/note.js';
import { formatProof } from '#ledger/format/proof.js';
import { checkProofUnderTrust } from '#ledger/verify/proof.js';
import { parseRootSet, parseTrustDraft } from '#ledger/format/trust-draft.js';
import { formatTrustBundle, parseTrustBundle, type TrustBundle } from '#ledger/format/trust.js';
import { checkSuccession, checkTrust, openTrust, policyFor, schoolOfLog } from '#ledger/verify/trust.js';

const bytes = new Uint8Array(readFileSync('ledger/test/fixtures/trust/valid/two-schools.txt'));
const note = parseNote(bytes);
const during = Date.parse('2026-11-21T03:00:00.000Z');
const code = (value: string) => expect.objectContaining({ name: 'VerifyError', code: value });
const root = (number: number) =>
  seedSigner(`root-${String(number)}.example/r`, ED25519, new Uint8Array(32).fill(10 + number));

async function signedBy(...numbers: number[]): Promise<Uint8Array> {
  return formatNote({
    text: note.text,
    signatures: await Promise.all(numbers.map((n) => signNoteText(note.text, root(n)))),
  });
}

describe('a trust bundle', () => {
  test('holds with two of its three roots, and is a demo while no verifier was given its roots', () => {
    const { bundle, signedBy: roots, demo } = checkTrust(bytes, during);
    expect([bundle.serial, demo]).toEqual([42, true]);
    expect(roots.map(({ name }) => name)).toEqual(['root-1.example/r', 'root-3.example/r']);
    const given = { threshold: 2, roots: [root(3), root(1), root(2)] };
    expect(checkTrust(bytes, during, { roots: given }).demo).toBe(false);
  });

  test('is refused by a verifier that was given other roots, or a higher threshold', () => {
    for (const roots of [
      { threshold: 3, roots: [root(1), root(2), root(3)] },
      { threshold: 2, roots: [root(1), root(2)] },
      { threshold: 2, roots: [root(1), root(2), root(4)] },
    ]) {
      expect(() => checkTrust(bytes, during, { roots })).toThrow(code('TRUST_NOT_PINNED'));
    }
  });

  test('does not hold with one root, a stranger, one root twice, or a changed text', async () => {
    const one = await signedBy(1);
    const stranger = await signNoteText(note.text, root(4));
    const [first] = parseNote(one).signatures;
    const twice = { ...(first as (typeof note.signatures)[0]), name: 'root-2.example/r' };
    for (const signatures of [[first], [first, stranger], [first, twice]]) {
      const changed = formatNote({
        text: note.text,
        signatures: signatures as (typeof note.signatures)[0][],
      });
      expect(() => checkTrust(changed, during)).toThrow(code('TRUST_NOT_SIGNED'));
    }
    const later = formatNote({ ...note, text: note.text.replace('serial 42', 'serial 43') });
    expect(() => checkTrust(later, during)).toThrow(code('BAD_SIGNATURE'));
    expect(() => checkTrust(bytes.slice(0, -1), during)).toThrow(code('MALFORMED'));
  });

  test('holds to the end of its last day, in UTC, and not a millisecond longer', () => {
    expect(checkTrust(bytes, Date.parse('2027-06-30T23:59:59.999Z')).bundle.serial).toBe(42);
    expect(() => checkTrust(bytes, Date.parse('2027-07-01T00:00:00.000Z'))).toThrow(code('TRUST_EXPIRED'));
  });

  test("names the school of a log, and the log's keys in force at a size", () => {
    const { bundle } = checkTrust(bytes, during);
    expect(schoolOfLog(bundle, 'fixtures.example/th-ben-tram')?.name).toBe('Trường Tiểu học Bến Tràm');
    expect(schoolOfLog(bundle, 'fixtures.example/thcs')).toBeUndefined();
    const keysAt = (size: number) =>
      policyFor(bundle, 'fixtures.example/th-ben-tram', size).logs.map(({ key }) => key.keyId);
    const [old, next] = bundle.schools[0]?.logs.map(({ key }) => key.keyId) ?? [];
    expect([keysAt(0), keysAt(99), keysAt(100), keysAt(5000)]).toEqual([[old], [old], [next], [next]]);
    expect(() => policyFor(bundle, 'fixtures.example/unknown', 1)).toThrow(code('UNKNOWN_LOG'));
  });
});

describe('from one trust bundle to the next', () => {
  const { bundle } = checkTrust(bytes, during);
  const [oldRoots, newRoots] = [
    [1, 2, 3],
    [4, 5, 6],
  ] as const;

  /** The fixture's bundle with other serial, roots or content, signed by these roots. */
  async function bundleBy(signers: readonly number[], changes: Partial<TrustBundle>): Promise<Uint8Array> {
    const text = formatTrustBundle({ ...bundle, ...changes });
    const signatures = await Promise.all(signers.map((n) => signNoteText(text, root(n))));
    return formatNote({ text, signatures });
  }
  const of = (numbers: readonly number[]) => ({ threshold: 2, roots: numbers.map(root) });
  const newRootsBy = (...signers: number[]) => bundleBy(signers, { serial: 43, ...of(newRoots) });
  const succeeds = (previous: Uint8Array, next: Uint8Array) => () =>
    checkSuccession(openTrust(previous), openTrust(next));

  test('the same roots sign the next one, and the serial rises', async () => {
    expect(succeeds(bytes, await bundleBy([2, 3], { serial: 43 }))).not.toThrow();
    expect(succeeds(bytes, await bundleBy([2, 3], { serial: 100 }))).not.toThrow();
  });

  test('the serial never falls: an older bundle is refused by who holds a newer one', async () => {
    const older = await bundleBy([1, 2], { serial: 41 });
    expect(succeeds(bytes, older)).toThrow(code('TRUST_ROLLED_BACK'));
    expect(() => checkTrust(older, during, { earlier: [bytes] })).toThrow(code('TRUST_ROLLED_BACK'));
  });

  test('the same serial may carry other signatures, but no other text', async () => {
    expect(succeeds(bytes, await signedBy(1, 2, 3))).not.toThrow();
    const other = await bundleBy([1, 2], { expires: '2027-12-31' });
    expect(succeeds(bytes, other)).toThrow(code('TRUST_FORKED'));
  });

  test('new roots are signed by a quorum of the old and of the new', async () => {
    expect(succeeds(bytes, await newRootsBy(1, 3, 4, 6))).not.toThrow();
  });

  test.each([
    ['the old ones only', [1, 2, 3], 'TRUST_NOT_SIGNED'],
    ['the new ones only', [4, 5, 6], 'TRUST_NOT_SUCCEEDED'],
    ['one of the old ones too few', [2, 4, 5, 6], 'TRUST_NOT_SUCCEEDED'],
    ['one of the new ones too few', [1, 2, 3, 5], 'TRUST_NOT_SIGNED'],
  ])('new roots are not signed by %s', async (_who, signers, expected) => {
    const next = await newRootsBy(...signers);
    expect(succeeds(bytes, next)).toThrow(code(expected));
  });

  test('a new threshold is a change of roots too: the old one decides who has to agree', async () => {
    const easier = { serial: 43, threshold: 1 };
    expect(succeeds(bytes, await bundleBy([1, 2], easier))).not.toThrow();
    expect(succeeds(bytes, await bundleBy([1], easier))).toThrow(code('TRUST_NOT_SUCCEEDED'));
  });

  test('a verifier that ships with old roots follows them through the bundles between', async () => {
    const roots = of(oldRoots);
    const change = await newRootsBy(1, 3, 4, 6);
    const newest = await bundleBy([5, 6], { serial: 44, ...of(newRoots) });
    expect(() => checkTrust(newest, during, { roots })).toThrow(code('TRUST_NOT_PINNED'));
    const { bundle: found, demo, earlier } = checkTrust(newest, during, { roots, earlier: [change, bytes] });
    expect([found.serial, demo, earlier.map(({ serial }) => serial)]).toEqual([44, false, [42, 43]]);
    // The bundle of the change alone is enough: the old roots signed it.
    expect(checkTrust(newest, during, { roots, earlier: [change] }).demo).toBe(false);
    const forged = await newRootsBy(4, 6, 1);
    expect(() => checkTrust(newest, during, { roots, earlier: [bytes, forged] })).toThrow(
      code('TRUST_NOT_SUCCEEDED'),
    );
  });

  test('bundles between may have expired; the newest may not', async () => {
    const roots = of(oldRoots);
    const change = await newRootsBy(1, 3, 4, 6);
    const newest = await bundleBy([5, 6], { serial: 44, expires: '2029-06-30', ...of(newRoots) });
    const later = Date.parse('2028-01-01T00:00:00.000Z');
    expect(checkTrust(newest, later, { roots, earlier: [bytes, change] }).demo).toBe(false);
    expect(() => checkTrust(change, later, { roots, earlier: [bytes] })).toThrow(code('TRUST_EXPIRED'));
  });

  test('a genuine bundle with a stranger’s signatures added does not vouch for a bundle the stranger made before it', async () => {
    const forged = await bundleBy([7, 8], { serial: 41, ...of([7, 8, 9]) });
    const strangers = await Promise.all([7, 8].map((n) => signNoteText(note.text, root(n))));
    const signatures = [...note.signatures, ...strangers];
    const dressed = formatNote({ text: note.text, signatures });
    const found = checkTrust(dressed, during, { roots: of(oldRoots), earlier: [forged] });
    expect([found.bundle.serial, found.earlier]).toEqual([42, []]);
  });
});

describe('what people write by hand', () => {
  const draft = `socai-trust/v1   # province of …
# serial comes from the command line
expires 2026-12-31

threshold 1
root ${formatVkey(root(1))}
quorum none
school th-ben-tram "Trường Tiểu học Bến Tràm"\tcan-tho
  log ${formatVkey(seedSigner('fixtures.example/th-ben-tram', ED25519, new Uint8Array(32).fill(21)))}  from 0
`;

  const sameName = `root ${formatVkey(seedSigner('root-1.example/r', ED25519, new Uint8Array(32).fill(99)))}`;
  const ca = (before = '', behind = '', to = '2026-09-30') =>
    `  ca ${before}${'ab'.repeat(32)}${behind} issuing from 2026-09-01 to ${to}\n`;

  test('comments, spaces, sections in any order and a name in quotes become the one canonical text', () => {
    const bundle = parseTrustDraft(utf8(draft), { serial: '7', expires: '2027-06-30' });
    const text = formatTrustBundle(bundle);
    expect(parseTrustBundle(text)).toEqual(bundle);
    expect(text.split('\n').slice(0, 4)).toEqual([
      'socai-trust/v1',
      'serial 7',
      'expires 2027-06-30',
      'school th-ben-tram VHLGsOG7nW5nIFRp4buDdSBo4buNYyBC4bq/biBUcsOgbQ== can-tho',
    ]);
  });

  test('the canonical text is a draft of itself', () => {
    expect(formatTrustBundle(parseTrustDraft(utf8(note.text)))).toBe(note.text);
  });

  test.each([
    ['MISSING_LINE', 'there is no serial line', draft],
    ['BAD_LINE', 'line 8: a quote is not closed', draft.replace('Tràm"', 'Tràm')],
    ['BAD_LINE', 'line 9: expected "from <start>"', draft.replace('from 0', 'since 0')],
    ['DUPLICATE', 'line 4: a second expires line', draft.replace('\n\n', '\nexpires 2027-01-01\n')],
    ['BAD_NUMBER', 'line 5: 2 of 1 roots is not possible', draft.replace('threshold 1', 'threshold 2')],
    ['BAD_LINE', 'line 7: unknown line "quorun"', draft.replace('quorum', 'quorun')],
    ['CONTROL_CHARACTER', 'line 8: a control character', draft.replace('can-tho', 'can-tho\x7f')],
    ['BAD_HEADER', 'line 3: a trust bundle starts with', draft.replace('socai-trust/v1', '#')],
  ])('a draft with a mistake is refused with the line: %s %s', (expected, message, text) => {
    const changes = expected === 'MISSING_LINE' ? {} : { serial: '7' };
    expect(() => parseTrustDraft(utf8(text), changes)).toThrow(
      expect.objectContaining({
        name: 'FormatError',
        code: expected,
        message: expect.stringContaining(message),
      }),
    );
  });

  test('a serial or a day given beside the draft is as strict as in it', () => {
    const refusal = (changes: object) => () => parseTrustDraft(utf8(draft), { serial: '7', ...changes });
    expect(refusal({ serial: '07' })).toThrow('"07" is not a decimal number without leading zeros');
    expect(refusal({ expires: '2027-02-30' })).toThrow('"2027-02-30" is not a date YYYY-MM-DD');
    // Neither is a line of the draft: none is named.
    for (const changes of [{ serial: '07' }, { expires: '2027-02-30' }])
      expect(refusal(changes)).toThrow(expect.objectContaining({ line: undefined }));
    for (const changes of [{}, { serial: '7' }])
      expect(() => parseTrustDraft(utf8('# nothing yet'), changes)).toThrow(
        'line 1: a trust bundle starts with socai-trust/v1',
      );
  });

  test('a name in quotes is a word of its own: between spaces, or last in its line', () => {
    const glued = draft.replace('th-ben-tram "', 'th-ben-tram"');
    expect(() => parseTrustDraft(utf8(glued), { serial: '7' })).toThrow(
      expect.objectContaining({ code: 'BAD_LINE' }),
    );
    const behind = draft.replace('Tràm"\tcan-tho', 'Tràm"can-tho');
    expect(() => parseTrustDraft(utf8(behind), { serial: '7' })).toThrow('line 8: a quote is not closed');
    const last = draft.replace('\tcan-tho', '');
    expect(() => parseTrustDraft(utf8(last), { serial: '7' })).toThrow('a school line does not have 3 words');
    const later = draft.replace('can-tho', '"Cần Thơ');
    expect(() => parseTrustDraft(utf8(later), { serial: '7' })).toThrow(
      'line 8: a quote is not closed: "Cần Thơ',
    );
  });

  /** The draft with these former names below its school. */
  const formerly = (...names: readonly string[]) =>
    draft.replace(/^(school .*)$/m, `$1\n${names.map((name) => `formerly ${name}`).join('\n')}`);

  test.each([
    ['a header in two words', draft.replace('socai-trust/v1', 'socai- trust/v1'), 'BAD_HEADER', 1],
    ['a quote that is closed too early', draft.replace('Tràm"', 'Tràm"x "y"'), 'BAD_LINE', 8],
    ['one root name for two keys', draft.replace('threshold 1', `threshold 1\n${sameName}`), 'DUPLICATE', 7],
    ['a fingerprint with one digit before', `${draft}${ca('x')}`, 'BAD_HEX', 10],
    ['a fingerprint with one digit behind', `${draft}${ca('', 'x')}`, 'BAD_HEX', 10],
    ['a CA that ends before it begins', `${draft}${ca('', '', '2026-08-31')}`, 'BAD_TIME', 10],
    ['a log that ends before it begins', draft.replace('from 0', 'from 6 to 5'), 'BAD_NUMBER', 9],
    ['a former name without its last day', formerly('"Cũ"'), 'BAD_LINE', 9],
    ['a former name with another word', formerly('"Cũ" until 2020-08-31'), 'BAD_LINE', 9],
    ['a former name that is none', formerly('"" to 2020-08-31'), 'BAD_NAME', 9],
    ['a former name until no day', formerly('"Cũ" to 2020-02-30'), 'BAD_TIME', 9],
    ['former names the newest first', formerly('"B" to 2020-08-31', '"A" to 2019-08-31'), 'BAD_TIME', 10],
  ])('%s is refused', (_what, text, expected, line) => {
    const wrong = expect.objectContaining({ code: expected, line });
    expect(() => parseTrustDraft(utf8(text), { serial: '7' })).toThrow(wrong);
  });

  test('a school keeps the names that it had, each with its last day', () => {
    const text = formerly('"Trường Cũ" to 2019-08-31', '"Trường Giữa" to 2019-08-31');
    const bundle = parseTrustDraft(utf8(text), { serial: '7' });
    const names = [
      { name: 'Trường Cũ', to: '2019-08-31' },
      { name: 'Trường Giữa', to: '2019-08-31' },
    ];
    expect(bundle.schools[0]?.formerly).toEqual(names);
    expect(parseTrustBundle(formatTrustBundle(bundle))).toEqual(bundle);
    const [school] = bundle.schools;
    const denormal = { ...school!, formerly: [{ ...names[0]!, name: 'Trường Cũ'.normalize('NFD') }] };
    expect(() => formatTrustBundle({ ...bundle, schools: [denormal] })).toThrow(
      expect.objectContaining({ code: 'BAD_NAME' }),
    );
    expect(Object.hasOwn(parseTrustDraft(utf8(draft), { serial: '7' }).schools[0]!, 'formerly')).toBe(false);
  });

  test('a log may be in force for one size, a CA for one day; what is left out is not there', () => {
    const text = `${draft.replace('from 0', 'from 5 to 5')}${ca('', '', '2026-09-01')}`;
    const bundle = parseTrustDraft(utf8(text), { serial: '7' });
    expect(bundle.schools[0]).toMatchObject({
      logs: [{ from: 5, to: 5 }],
      cas: [{ from: '2026-09-01', to: '2026-09-01' }],
    });
    expect(Object.hasOwn(bundle, 'directory')).toBe(false);
    expect(parseTrustBundle(note.text).witnesses.map((witness) => Object.hasOwn(witness, 'url'))).toEqual(
      note.text.match(/^witness .*$/gm)!.map((line) => line.split(' ').length === 5),
    );
  });

  test('a school’s log cannot be the directory log too', () => {
    const both = draft.replace('\n\n', `\ndirectory ${draft.match(/log (\S+)/)![1]!}\n`);
    expect(() => parseTrustDraft(utf8(both), { serial: '1' })).toThrow(
      expect.objectContaining({ code: 'DUPLICATE' }),
    );
  });

  test('a list of roots is a threshold and keys, and nothing else', () => {
    const text = `# who may sign\nthreshold 2\nroot ${formatVkey(root(1))}\nroot ${formatVkey(root(2))}\n`;
    expect(parseRootSet(utf8(text)).roots.map(({ name }) => name)).toEqual([
      'root-1.example/r',
      'root-2.example/r',
    ]);
    expect(() => parseRootSet(utf8(`${text}serial 1\n`))).toThrow('line 5: unknown line "serial"');
    expect(() => parseRootSet(utf8(`${text}serial 1\n`))).toThrow(
      expect.objectContaining({ code: 'BAD_LINE' }),
    );
    for (const wrong of [text.replace('threshold 2', 'threshold 3'), `${text}serial 1\n`, 'threshold 1\n']) {
      expect(() => parseRootSet(utf8(wrong))).toThrow(expect.objectContaining({ name: 'FormatError' }));
    }
  });
});

describe('a proof under a trust bundle', () => {
  const entry = utf8('the only entry');
  const oldKey = seedSigner('fixtures.example/th-ben-tram', ED25519, new Uint8Array(32).fill(21));
  const newKey = seedSigner('fixtures.example/th-ben-tram', ED25519, new Uint8Array(32).fill(22));
  const witnesses = [2, 3].map((fill, i) =>
    seedSigner(`witness-${String(i + 1)}.example/w`, COSIGNATURE_ED25519, new Uint8Array(32).fill(fill)),
  );

  async function proofBy(logKey: typeof oldKey, cosigners: typeof witnesses): Promise<Uint8Array> {
    const text = formatCheckpoint({ origin: logKey.name, size: 1, root: leafHash(entry) });
    const cosignatures = await Promise.all(
      cosigners.map((witness) => cosignNoteText(text, 1795230000, witness)),
    );
    const checkpoint = formatNote({ text, signatures: [await signNoteText(text, logKey), ...cosignatures] });
    return formatProof({ index: 0, hashes: [], checkpoint });
  }

  test('holds with the key in force and the quorum; not with the other key, nor without one of the witnesses', async () => {
    const { bundle } = checkTrust(bytes, during);
    expect(checkProofUnderTrust(await proofBy(oldKey, witnesses), entry, bundle)).toMatchObject({
      index: 0,
      size: 1,
    });
    const byNewKey = await proofBy(newKey, witnesses);
    expect(() => checkProofUnderTrust(byNewKey, entry, bundle)).toThrow(code('NO_LOG_SIGNATURE'));
    const oneWitness = await proofBy(oldKey, witnesses.slice(1));
    expect(() => checkProofUnderTrust(oneWitness, entry, bundle)).toThrow(code('NO_QUORUM'));
  });
});
