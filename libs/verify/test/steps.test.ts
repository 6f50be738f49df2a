/** Each step of the verification with its tampering twin: the attack fails at exactly that step, by that code. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { concat, utf8 } from '#ledger/format/bytes.js';
import { formatNote, parseNote } from '#ledger/format/note.js';
import { formatProof, parseProof } from '#ledger/format/proof.js';
import { replaceContents, revisionEnds } from '#pdf-fill/revision.js';
import { readTranscriptPdf } from '#pdf-fill/read.js';
import { withProof } from '#signing/proof-attribute.js';
import { parseCertificate } from '#signing/certificate.js';
import type { Signer } from '#signing/signer.js';
import { timestampDigest, withTimestamp } from '#signing/timestamp.js';
import { issuePersonCertificate, createSchoolCa } from '#signing-node/school-ca.js';
import { KeyFileSigner } from '#signing-node/signer.js';
import { stepOf } from '#verify/steps.js';
import { verifyTranscript, type VerifyOptions } from '#verify/verify-transcript.js';
import { forgeTimestamp, type TimestampSigner } from '../../signing/test/forge-timestamp.js';
import { PublicCa } from '../../signing/test/public-ca.js';
import { malleated, stripped, swappedUnderTheSeal, withLast } from './tampering.js';
import { SECONDARY } from '../../transcript/test/samples.js';
import { demoSigners, newKey, NOW, World, type Issued } from './world.js';

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

test('untouched, the document is valid', async () => {
  expect(await verdict(issued.pdf)).toBe('valid');
});

describe('steps 1 to 5', () => {
  test('1: bytes after the end', async () => {
    expect(await verdict(concat(issued.pdf, utf8(' ')))).toBe('1 TRAILING_BYTES invalid');
  });

  test('row 31: 2: a visible change appended as one more update', async () => {
    const end = issued.pdf.length;
    const update = `39 0 obj\n<< >>\nendobj\nxref\n39 1\n${String(end).padStart(10, '0')} 00000 n \ntrailer\n<< /Size 60 /Root 2 0 R /Prev 1 >>\nstartxref\n${String(end + 22)}\n%%EOF\n`;
    expect(await verdict(concat(issued.pdf, utf8(update)))).toBe('2 REVISION_COUNT invalid');
  });

  test('2: a signature taken off', async () => {
    expect(await verdict(issued.pdf.subarray(0, revisionEnds(issued.pdf)[2]))).toBe(
      '2 SIGNATURES_MISSING invalid',
    );
  });

  test('3: a hybrid table, or a second attachment of the same name, in revision 0', async () => {
    const hybrid = withLast(
      issued.pdf,
      '/ViewerPreferences << /DisplayDocTitle true >>',
      '/XRefStm 1234567 /DisplayDocTitle_______ true  ',
    );
    expect(await verdict(hybrid)).toBe('3 BASE_ALTERED invalid');
    const second = withLast(
      issued.pdf,
      '[(hoc-ba.json) 5 0 R] >> >> /AF [5 0 R]',
      '[(hoc-ba.json) 5 0 R (hoc-ba.json) 4 0 R',
    );
    expect(await verdict(second)).toBe('3 BASE_ALTERED invalid');
  });

  test('row 31: 4: a page and the attachment swapped inside the seal’s own revision, signed by the seal itself', async () => {
    const swapped = await swappedUnderTheSeal(issued.unproven, issued.plan, world.signers[2]!);
    expect(await verdict(swapped)).toBe('4 REVISION_ALTERED invalid');
  });

  test('row 31: 5: junk in the padding of /Contents', async () => {
    expect(await verdict(withLast(issued.pdf, '0000> >>', '0ff0> >>'))).toBe('5 CONTENTS_MALFORMED invalid');
  });
});

describe('step 6: the signatures', () => {
  const replaced = (index: number, cms: Uint8Array): Uint8Array =>
    replaceContents(issued.pdf, issued.plan, index, cms);

  test('a malleated signature value, which other tools accept', async () => {
    expect(await verdict(replaced(2, malleated(issued.sealCms)))).toBe('6 CMS_HIGH_S invalid');
  });

  test('a signature of another document', async () => {
    const other = await world.issue();
    expect(await verdict(replaced(2, other.sealCms))).toBe('6 CMS_DIGEST_MISMATCH invalid');
  });

  test('a teacher’s signature in the principal’s place', async () => {
    const [teacher, , seal] = world.signers as [Signer, Signer, Signer];
    const wrong = await world.issue({ signers: [teacher, teacher, seal] });
    expect(await verdict(wrong.pdf)).toBe('6 CERT_ROLE invalid');
  });

  test('a signature by an authority that nobody knows hides no wrong chain beside it', async () => {
    const school = SECONDARY.data.school.name;
    const stranger = await createSchoolCa({
      key: newKey(),
      school,
      notBefore: new Date('2025-08-15T00:00:00Z'),
      demo: true,
    });
    const unknown = await demoSigners(stranger);
    const [teacher, , seal] = world.signers as [Signer, Signer, Signer];
    const unpinned = await world.issue({ signers: [teacher, unknown[1]!, seal] });
    expect(await verdict(unpinned.pdf)).toBe('10 ISSUER_NOT_TRUSTED unchecked');
    // The seal's certificate stands under an authority of the right name that did not issue it.
    const chainOf: Signer = {
      certificateChain: [seal.certificateChain[0]!, stranger.certificate],
      sign: (bytes) => seal.sign(bytes),
    };
    const wrong = await world.issue({ signers: [teacher, unknown[1]!, chainOf] });
    expect(await verdict(wrong.pdf)).toMatch(/^6 CERT_(CHAIN|SIGNATURE) invalid$/);
  });

  test('a vice-principal who signs as if in their own right', async () => {
    const wrong = await world.issue({ edit: (copy) => delete copy.route[1].onBehalf });
    expect(await verdict(wrong.pdf)).toBe('6 CERT_ROLE invalid');
  });

  test('a proof carried by a person’s signature', async () => {
    const wrong = await world.issue({ personCms: (cms) => withProof(cms, issued.proof) });
    expect(await verdict(wrong.pdf)).toBe('6 CMS_UNSIGNED_ATTRIBUTE invalid');
    const { signatures } = await readTranscriptPdf(issued.pdf);
    const slippedIn = replaced(0, withProof(signatures[0]!.cms, issued.proof));
    expect(await verdict(slippedIn)).toBe('6 CMS_DIGEST_MISMATCH invalid');
  });
});

describe('step 6: a timestamp beside a signature', () => {
  let ca: PublicCa;
  let at: Date;
  beforeAll(() => {
    ca = PublicCa.make();
  });
  afterAll(() => {
    ca.remove();
  });

  /** The homeroom teacher's signature with a token of a clock; the signatures after it cover that. */
  const timed = async (purpose: string, change: Partial<TimestampSigner> = {}) => {
    const extensions = ['keyUsage=critical,digitalSignature', `extendedKeyUsage=critical,${purpose}`];
    const clock = ca.issue({ subject: '/C=VN/O=Authority/CN=Clock', extensions });
    at = new Date(Math.floor(Date.now() / 1000) * 1000);
    const genTime = at.toISOString().replace(/[-:T]|\.\d+/g, '');
    const signer = { ...clock, ...change };
    return world.issue({
      personCms: (cms) => withTimestamp(cms, forgeTimestamp(timestampDigest(cms), { genTime, signer })),
    });
  };

  test('shows whose clock it is, and who vouches for it; one that nobody knows makes nothing invalid', async () => {
    const { pdf } = await timed('timeStamping');
    const said = await world.verify(pdf);
    expect(said.verdict).toBe('valid');
    expect(said.signatures.map(({ timestamp }) => timestamp)).toMatchObject([
      { at: at.toISOString(), authority: 'Clock', clock: 'unknown' },
      undefined,
      undefined,
    ]);
    const timestampAuthorities = [parseCertificate(ca.root).spkiSha256];
    const known = await world.verify(pdf, { timestampAuthorities });
    expect(known.signatures[0]?.timestamp).toMatchObject({ clock: 'vouched' });
  });

  test('a wrong signature, or a certificate that is not for timestamps, is refused', async () => {
    const other = ca.issue({ subject: '/CN=Other' });
    expect(await verdict((await timed('timeStamping', { key: other.key })).pdf)).toBe(
      '6 TIMESTAMP_SIGNATURE invalid',
    );
    expect(await verdict((await timed('emailProtection')).pdf)).toBe('6 TIMESTAMP_CERTIFICATE invalid');
  });
});

describe('step 7: the signers', () => {
  const colleague = async (
    name: string,
    notBefore = new Date('2025-08-15T00:00:00Z'),
    key = newKey(),
  ): Promise<Signer> => {
    const certificate = await issuePersonCertificate(world.ca, {
      publicKey: key,
      name,
      title: 'Giáo viên',
      role: 'teacher',
      notBefore,
    });
    return new KeyFileSigner(key, [certificate, world.ca.certificate]);
  };
  const withTeacher = (teacher: Signer): readonly Signer[] => [teacher, ...world.signers.slice(1)];

  test('another teacher than the document names', async () => {
    const wrong = await world.issue({ signers: withTeacher(await colleague('Lê Thị Khác')) });
    expect(await verdict(wrong.pdf)).toBe('7 SIGNER_MISMATCH invalid');
  });

  test('one key behind two signatures', async () => {
    const key = newKey();
    const teacher = await colleague('Trần Thị Ngọc Diệp', undefined, key);
    const certificate = await issuePersonCertificate(world.ca, {
      publicKey: key,
      name: 'Phạm Hữu Trọng',
      title: 'Phó Hiệu trưởng',
      role: 'vice-principal',
      notBefore: new Date('2025-08-15T00:00:00Z'),
    });
    const twin = new KeyFileSigner(key, [certificate, world.ca.certificate]);
    const wrong = await world.issue({ signers: [teacher, twin, world.signers[2]!] });
    expect(await verdict(wrong.pdf)).toBe('7 SIGNER_KEY_REUSED invalid');
    // That is wrong whoever certified them: no trust is needed to see it.
    const bundleless = await verifyTranscript({ file: wrong.pdf, fileName: 'a.pdf', now: NOW });
    expect(bundleless.code).toBe('SIGNER_KEY_REUSED');
  });

  test('a certificate that was never logged, or only after its use', async () => {
    expect(await verdict((await world.issue({ logKeys: 'never' })).pdf)).toBe('7 KEY_NOT_LOGGED invalid');
    expect(await verdict((await world.issue({ logKeys: 'after' })).pdf)).toBe(
      '7 KEY_LOGGED_TOO_LATE invalid',
    );
  });

  test('row 35: a key retired for this entry, found when the ledger is read; one retired for later entries still counts', async () => {
    const [early, late] = [await world.issue(), await world.issue()];
    const { size } = await world.store.readState();
    await world.retire(early, 0, size + 1);
    expect(await verdict(early.pdf, { ledgerReader: world.reader })).toBe('valid');
    await world.retire(late, 0, 1);
    expect(await verdict(late.pdf, { ledgerReader: world.reader })).toBe('7 KEY_RETIRED invalid');
  });

  test('a certificate that had ended, or not begun, when witnesses saw the entry', async () => {
    const name = 'Trần Thị Ngọc Diệp';
    const ended = await world.issue({
      signers: withTeacher(await colleague(name, new Date('2026-07-01T00:00:00Z'))),
    });
    expect(await verdict(ended.pdf)).toBe('7 CERT_NOT_YET_VALID invalid');
    const [school] = world.bundle.schools;
    const later = await world.trustWith({
      schools: [{ ...school!, cas: [{ ...school!.cas[0]!, from: '2026-07-01' }] }],
    });
    expect(await verdict(issued.pdf, { trust: later })).toBe('7 CA_PIN_NOT_IN_FORCE invalid');
  });

  test('a school that issues in another school’s name', async () => {
    const [school] = world.bundle.schools;
    const renamed = await world.trustWith({ schools: [{ ...school!, name: 'Trường THCS Gò Sen' }] });
    expect(await verdict(issued.pdf, { trust: renamed })).toBe('7 SCHOOL_MISMATCH invalid');
    const borrowed = await world.issue({ edit: (copy) => (copy.data.school.name = 'Trường THCS Gò Sen') });
    expect(await verdict(borrowed.pdf)).toBe('7 SCHOOL_MISMATCH invalid');
  });
});

describe('step 8: the document and the ledger', () => {
  test('data that is not canonical', async () => {
    expect(await verdict(withLast(issued.pdf, '"v":1,', '"v":2,'))).toBe('8 DOCUMENT_MALFORMED invalid');
  });

  test('the proof of another document', async () => {
    const other = await world.issue();
    const wrong = await world.issue({ changeProof: () => other.proof });
    expect(await verdict(wrong.pdf)).toBe('8 ENTRY_MISMATCH invalid');
  });

  test('an entry that says revoked, or of another version', async () => {
    expect(await verdict((await world.issue({ kind: 'revoke' })).pdf)).toBe('8 ENTRY_MISMATCH invalid');
    const other = (await world.issue()).proof.entry;
    expect(
      await verdict((await world.issue({ changeProof: (proof) => ({ ...proof, entry: other }) })).pdf),
    ).toBe('8 ENTRY_MISMATCH invalid');
  });

  test('a proof of another place, without the witness, or not signed by the log', async () => {
    const other = await world.issue();
    const first = async (change: (first: Uint8Array) => Uint8Array): Promise<string> =>
      verdict(
        (await world.issue({ changeProof: (proof) => ({ ...proof, first: change(proof.first) }) })).pdf,
      );
    expect(await first(() => other.proof.first)).toBe('8 PROOF_NOT_INCLUDED invalid');
    expect(await first((bytes) => withoutSignature(bytes, 1))).toBe('8 PROOF_NO_QUORUM invalid');
    expect(await first((bytes) => withoutSignature(bytes, 0))).toBe('8 PROOF_LOG_SIGNATURE invalid');
    expect(await first((bytes) => withLast(bytes, '— ', '- -'))).toBe('8 PROOF_MALFORMED invalid');
    expect(await first((bytes) => withLast(bytes, '\ndemo.so-cai', '\ndemo.so-xai'))).toBe(
      '8 PROOF_WRONG_ORIGIN invalid',
    );
  });

  test('a newer proof that is older, or of another place', async () => {
    const other = await world.issue();
    const wrong = await world.issue({ changeProof: (proof) => ({ ...proof, latest: other.proof.first }) });
    expect(await verdict(wrong.pdf)).toBe('8 PROOF_NOT_INCLUDED invalid');
  });
});

describe('step 9: the status', () => {
  test('row 38: a fork: the operator shows a ledger that never had the document', async () => {
    const other = await World.make();
    for (let i = 0; i < 3; i++) await other.issue();
    expect(await verdict(issued.pdf, { ledgerReader: other.reader })).toBe('9 LEDGER_FORKED invalid');
  });

  test('row 40: a ledger that cannot be reached, is damaged or an old copy proves nothing against the document', async () => {
    const nothing = {
      readTile: () => Promise.resolve(undefined),
      readCheckpoint: () => Promise.resolve(undefined),
    };
    expect(await verdict(issued.pdf, { ledgerReader: nothing })).toBe('9 LEDGER_UNREACHABLE unchecked');
    const offline = { ...nothing, readCheckpoint: () => Promise.reject(new Error('offline')) };
    expect(await verdict(issued.pdf, { ledgerReader: offline })).toBe('9 LEDGER_UNREACHABLE unchecked');
    const damaged = {
      ...world.reader,
      readTile: async (path: string) => {
        const bytes = await world.reader.readTile(path);
        return path.includes('entries') && bytes !== undefined
          ? bytes.map((byte, i) => (i === bytes.length - 5 ? byte ^ 1 : byte))
          : bytes;
      },
    };
    expect(await verdict(issued.pdf, { ledgerReader: damaged })).toBe('9 LEDGER_INVALID unchecked');
    const garbled = { ...world.reader, readCheckpoint: () => Promise.resolve(utf8('nonsense\n')) };
    expect(await verdict(issued.pdf, { ledgerReader: garbled })).toBe('9 LEDGER_INVALID unchecked');
  });

  test('an old copy of the ledger is not taken for its newest state', async () => {
    const fresh = await World.make();
    await fresh.issue();
    const old = fresh.tiles.checkpoint;
    const later = await fresh.issue();
    const reader = { ...fresh.reader, readCheckpoint: () => Promise.resolve(old) };
    expect((await fresh.verify(later.pdf, { ledgerReader: reader })).code).toBe('LEDGER_UNREACHABLE');
  });
});

describe('step 10: what cannot be decided is not called invalid', () => {
  test('row 40: no proof, or a proof that was stripped', async () => {
    expect(await verdict(issued.unproven)).toBe('10 NO_PROOF unchecked');
    expect(await verdict(replaceContents(issued.pdf, issued.plan, 2, stripped(issued.sealCms)))).toBe(
      '10 NO_PROOF unchecked',
    );
  });

  test('no trust bundle, one that does not know the school or its authority, an expired or unsigned one', async () => {
    const bare = await (
      await import('#verify/verify-transcript.js')
    ).verifyTranscript({ file: issued.pdf, fileName: 'x', now: NOW });
    expect(bare).toMatchObject({ verdict: 'unchecked', code: 'ISSUER_NOT_TRUSTED', demo: true });
    expect(bare.document).not.toBeNull();
    const elsewhere = await World.make();
    expect(await verdict(issued.pdf, { trust: elsewhere.trust })).toBe('10 ISSUER_NOT_TRUSTED unchecked');
    expect(await verdict(issued.pdf, { trust: await world.trustWith({ schools: [] }) })).toBe(
      '10 ISSUER_NOT_TRUSTED unchecked',
    );
    expect(await verdict(issued.pdf, { now: new Date('2027-07-01T00:00:00Z') })).toBe(
      '10 TRUST_EXPIRED unchecked',
    );
    expect(await verdict(issued.pdf, { trust: utf8('not a bundle') })).toBe('10 TRUST_UNREADABLE unchecked');
  });

  test('a tampered document is invalid even when nothing is trusted', async () => {
    const file = replaceContents(issued.pdf, issued.plan, 2, malleated(issued.sealCms));
    expect((await verifyTranscript({ file, fileName: 'x', now: NOW })).code).toBe('CMS_HIGH_S');
  });

  test('row 32: a document of an authority of somebody’s own making', async () => {
    const ca = await createSchoolCa({
      key: newKey(),
      school: 'Trường THCS Sông Mây',
      notBefore: new Date('2025-08-15T00:00:00Z'),
      demo: true,
    });
    const key = newKey();
    const certificate = await issuePersonCertificate(ca, {
      publicKey: key,
      name: 'Trần Thị Ngọc Diệp',
      title: 'GV',
      role: 'teacher',
      notBefore: new Date('2025-08-15T00:00:00Z'),
    });
    const forged = await world.issue({
      signers: [new KeyFileSigner(key, [certificate, ca.certificate]), ...world.signers.slice(1)],
    });
    expect(await verdict(forged.pdf)).toBe('10 ISSUER_NOT_TRUSTED unchecked');
  });
});

test('one byte changed anywhere makes the document invalid', async () => {
  const wrong: string[] = [];
  for (let at = 7; at < issued.pdf.length; at += 2311) {
    const file = issued.pdf.slice();
    file[at] = (file[at] ?? 0) ^ 1;
    const result = await world.verify(file);
    if (result.verdict !== 'invalid') wrong.push(`${String(at)} ${String(result.code)}`);
  }
  expect(wrong).toEqual([]);
});

/** A proof whose checkpoint lacks signature `index`. */
function withoutSignature(proof: Uint8Array, index: number): Uint8Array {
  const parsed = parseProof(proof);
  const note = parseNote(parsed.checkpoint);
  const signatures = note.signatures.filter((_, i) => i !== index);
  return formatProof({ ...parsed, checkpoint: formatNote({ ...note, signatures }) });
}
