/** Twins that take a colluding log, witness or sealer, and a reading of every test: no code is without one that asserts it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { formatCheckpoint } from '#ledger/format/checkpoint.js';
import { cosignNoteText } from '#ledger/format/cosignature.js';
import { leafHash, nodeHash } from '#ledger/format/hash.js';
import { COSIGNATURE_ED25519, ED25519, formatNote, seedSigner, signNoteText } from '#ledger/format/note.js';
import { formatProof, parseProof } from '#ledger/format/proof.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseNote } from '#ledger/format/note.js';
import { utf8 } from '#ledger/format/bytes.js';
import {
  embedSignature,
  prepareRevision,
  replaceContents,
  revisionEnds,
  signedBytes,
} from '#pdf-fill/revision.js';
import { writeBase } from '#pdf-fill/base.js';
import { parseCertificate } from '#signing/certificate.js';
import { signCms } from '#signing/cms-sign.js';
import { formatCms, parseCms, type CmsParts } from '#signing/cms-structure.js';
import { withProof } from '#signing/proof-attribute.js';
import { SCHOOL_PROFILE } from '#signing/school-profile.js';
import { createSchoolCa, issuePersonCertificate } from '#signing-node/school-ca.js';
import { KeyFileSigner } from '#signing-node/signer.js';
import { stepOf } from '#verify/steps.js';
import type { VerifyOptions } from '#verify/verify-transcript.js';
import { SECONDARY } from '../../transcript/test/samples.js';
import { stripped, withLast } from './tampering.js';
import { newKey, sha256, World, type Issued } from './world.js';

let world: World;
let issued: Issued;

beforeAll(async () => {
  world = await World.make();
  issued = await world.issue();
});

/** "step CODE verdict" of a file. */
async function verdict(file: Uint8Array, options: Partial<VerifyOptions> = {}): Promise<string> {
  const { code, verdict: found, document } = await world.verify(file, options);
  if (found === 'invalid') expect(document).toBeNull();
  return code === null ? found : `${String(stepOf(code))} ${code} ${found}`;
}

describe('steps 2 to 6', () => {
  test('2: the pages alone, before anybody signed', async () => {
    const [end] = revisionEnds(issued.pdf);
    expect(await verdict(issued.pdf.subarray(0, end))).toBe('2 UNSIGNED invalid');
  });

  test('3: a form of a later release is not called invalid, unless its signatures are not over this file', async () => {
    const [known, later] = [issued.plan.transcript.template.id, 'hoc-ba-thpt-1'];
    expect(known).toBe('hoc-ba-thcs-1');
    expect(await verdict(withLast(issued.pdf, known, later))).toBe('6 CMS_DIGEST_MISMATCH invalid');
    let file = withLast(writeBase(issued.plan), known, later);
    for (const [i, signer] of world.signers.entries()) {
      const prepared = prepareRevision(file, issued.plan, i, '2026-05-29T08:30:00Z');
      file = embedSignature(
        prepared,
        await signCms(sha256(signedBytes(prepared.bytes, prepared.byteRange)), signer),
      );
    }
    expect(await verdict(file)).toBe('3 TEMPLATE_UNKNOWN unchecked');
  });

  test('5: a ByteRange that does not begin at the beginning', async () => {
    expect(await verdict(withLast(issued.pdf, '/ByteRange [0 ', '/ByteRange [1 '))).toBe(
      '5 BYTE_RANGE_ALTERED invalid',
    );
  });

  test('6: a value that nobody signed, a certificate too many, an attribute left out, another’s certificate', async () => {
    const parts = parseCms(issued.sealCms);
    const seal = (changes: Partial<CmsParts>): Promise<string> =>
      verdict(replaceContents(issued.pdf, issued.plan, 2, formatCms({ ...parts, ...changes })));
    const [teacher] = world.signers;
    const others = teacher!.certificateChain[0]!;
    const elsewhere = parseCms((await world.issue()).sealCms);
    expect(await seal({ signature: elsewhere.signature })).toBe('6 CMS_SIGNATURE_INVALID invalid');
    expect(await seal({ certificates: [...parts.certificates, others] })).toBe(
      '6 CMS_STRAY_CERTIFICATE invalid',
    );
    expect(await seal({ signedAttributes: parts.signedAttributes.slice(1) })).toMatch(
      /^6 CMS_ATTRIBUTE_MISSING invalid$/,
    );
    expect(await seal({ certificates: [others, ...parts.certificates.slice(1)] })).toMatch(
      /^6 CMS_(CERTIFICATE_MISSING|STRAY_CERTIFICATE|ESS_MISMATCH) invalid$/,
    );
  });
});

describe('steps 7 to 9', () => {
  test('7: a certificate that had ended when witnesses saw the entry', async () => {
    const notBefore = new Date('2019-01-01T00:00:00Z');
    const school = SECONDARY.data.school.name;
    const former = await createSchoolCa({ key: newKey(), school, notBefore, demo: true });
    const key = newKey();
    const certificate = await issuePersonCertificate(former, {
      ...{
        publicKey: key,
        name: 'Trần Thị Ngọc Diệp',
        title: 'Giáo viên',
        role: 'teacher' as const,
        notBefore,
      },
    });
    const teacher = new KeyFileSigner(key, [certificate, former.certificate]);
    const old = await world.issue({ signers: [teacher, ...world.signers.slice(1)] });
    const [known] = world.bundle.schools;
    const spki = parseCertificate(former.certificate).spkiSha256;
    const cas = [...known!.cas, { spki, profile: SCHOOL_PROFILE, from: '2019-01-01' }];
    const trust = await world.trustWith({ schools: [{ ...known!, cas }] });
    expect(await verdict(old.pdf, { trust })).toBe('7 CERT_EXPIRED invalid');
  });

  test('8: a newer proof that is older than the first', async () => {
    const index = parseProof(issued.proof.first).index;
    await world.issue();
    const newer = await world.sequencer.prove(index);
    const proven = (first: Uint8Array, latest: Uint8Array): Promise<string> =>
      verdict(
        replaceContents(
          issued.pdf,
          issued.plan,
          2,
          withProof(stripped(issued.sealCms), { ...issued.proof, first, latest }),
        ),
      );
    expect(await proven(issued.proof.first, newer)).toBe('valid');
    expect(await proven(newer, issued.proof.first)).toBe('8 ENTRY_MISPLACED invalid');
  });

  test('8: an entry at another place than it states, in a tree that log and witness signed', async () => {
    const { entry } = issued.proof;
    const alone = await forgedProof(0, [leafHash(entry)]);
    const file = replaceContents(
      ...([issued.pdf, issued.plan, 2] as const),
      withProof(stripped(issued.sealCms), { ...issued.proof, first: alone }),
    );
    expect(await verdict(file)).toBe('8 ENTRY_MISPLACED invalid');
  });

  test('8: two trees of one size, both signed by log and witness', async () => {
    const { first, entry } = issued.proof;
    const { index, checkpoint } = parseProof(first);
    const { size } = parseCheckpoint(parseNote(checkpoint).text);
    const leaves = Array.from({ length: size }, (_, i) =>
      i === index ? leafHash(entry) : sha256(utf8(String(i))),
    );
    const latest = await forgedProof(index, leaves);
    const file = replaceContents(
      ...([issued.pdf, issued.plan, 2] as const),
      withProof(stripped(issued.sealCms), { ...issued.proof, latest }),
    );
    expect(await verdict(file)).toBe('8 PROOF_NOT_CONSISTENT invalid');
  });

  test('9: a second document in the place of the first, found by reading the log', async () => {
    const { lineage, route } = issued.plan.transcript;
    const second = await world.issue({
      lineage,
      logKeys: 'never',
      edit: (copy) => {
        route.forEach(({ certificateSalt }, i) => (copy.route[i].certificateSalt = certificateSalt));
      },
      changeProof: (proof) => ({ ...proof, keys: issued.proof.keys! }),
    });
    expect(await verdict(second.pdf)).toBe('valid');
    expect(await verdict(second.pdf, { ledgerReader: world.reader })).toBe('9 NOT_THE_FIRST_EVENT invalid');
  });
});

/** A proof in a tree of these leaves, under a checkpoint that the world's log and witness signed. */
async function forgedProof(index: number, leaves: readonly Uint8Array[]): Promise<Uint8Array> {
  const [log] = world.bundle.schools[0]!.logs;
  const logSigner = seedSigner(log!.key.name, ED25519, new Uint8Array(32).fill(1));
  const [witness] = world.bundle.witnesses;
  const witnessSigner = seedSigner(witness!.key.name, COSIGNATURE_ED25519, new Uint8Array(32).fill(2));
  const { root, hashes } = tree(index, leaves);
  const text = formatCheckpoint({ origin: world.origin, size: leaves.length, root });
  const time = Date.parse('2026-06-01T02:00:00Z') / 1000;
  const signatures = [await signNoteText(text, logSigner), await cosignNoteText(text, time, witnessSigner)];
  return formatProof({ index, hashes, checkpoint: formatNote({ text, signatures }) });
}

/** RFC 6962, 2.1: the root, and the path from a leaf to it. */
function tree(index: number, leaves: readonly Uint8Array[]): { root: Uint8Array; hashes: Uint8Array[] } {
  if (leaves.length === 1) return { root: leaves[0]!, hashes: [] };
  const split = 2 ** (Math.ceil(Math.log2(leaves.length)) - 1);
  const inLeft = index < split;
  const left = tree(inLeft ? index : 0, leaves.slice(0, split));
  const right = tree(inLeft ? 0 : index - split, leaves.slice(split));
  return {
    root: nodeHash(left.root, right.root),
    hashes: inLeft ? [...left.hashes, right.root] : [...right.hashes, left.root],
  };
}

/** The last line of defence of its parser: each deviation that we know of has a code of its own. */
const WITHOUT = ['CMS_NOT_CANONICAL'];

test('every code of the ten steps is asserted by a test', () => {
  const read = (path: string): string => readFileSync(path, 'utf8');
  const codes = [
    ...read('libs/pdf/fill/read-error.ts').matchAll(/^ {2}([A-Z_]+): \d+,/gm),
    ...read('libs/verify/src/steps.ts').matchAll(/^ {2}([A-Z_]+): \[\d+,/gm),
    ...read('libs/signing/src/errors.ts').matchAll(/\| '((?:DER|CMS|SIGNATURE|PROOF)_[A-Z_]+)'/g),
  ].map(([, code = '']) => code);
  const folders = ['verify', 'signing', 'pdf', 'disclosure'].map((room) => `libs/${room}/test`);
  const tests = [...folders, 'test/integration'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('rare-codes.test.ts'))
      .map((name) => read(join(folder, name))),
  );
  // Of this file only what is expected of a verdict counts.
  const own = [...read('libs/verify/test/rare-codes.test.ts').matchAll(/'\d+ ([A-Z_]+) [a-z]+'/g)];
  const asserted = new Set([
    ...tests.flatMap((text) =>
      [...text.matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b|\bREVOKED\b|\bUNSIGNED\b|\bSUPERSEDED\b/g)].map(
        ([code]) => code,
      ),
    ),
    ...own.map(([, code = '']) => code),
  ]);
  expect(codes.length).toBeGreaterThan(70);
  expect(codes.filter((code) => !asserted.has(code) && !WITHOUT.includes(code))).toEqual([]);
});
