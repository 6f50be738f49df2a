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
  parseNote,
  seedSigner,
  signNoteText,
} from '#ledger/format/note.js';
import { formatProof } from '#ledger/format/proof.js';
import { checkProofUnderTrust } from '#ledger/verify/proof.js';
import { checkTrust, policyFor, schoolOfLog } from '#ledger/verify/trust.js';

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
  test('holds with two of its three roots, and is a demo while no verifier ships with its roots', () => {
    const { bundle, signedBy: roots, demo } = checkTrust(bytes, during);
    expect([bundle.serial, demo]).toEqual([42, true]);
    expect(roots.map(({ name }) => name)).toEqual(['root-1.example/r', 'root-3.example/r']);
    const pinned = [{ threshold: 2, roots: [root(3), root(1), root(2)] }];
    expect(checkTrust(bytes, during, { pinned }).demo).toBe(false);
  });

  test('is still a demo when the verifier ships with other roots, or with another threshold', () => {
    for (const pinned of [
      [{ threshold: 1, roots: [root(1), root(2), root(3)] }],
      [{ threshold: 2, roots: [root(1), root(2)] }],
      [{ threshold: 2, roots: [root(1), root(2), root(4)] }],
    ]) {
      expect(checkTrust(bytes, during, { pinned }).demo).toBe(true);
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
