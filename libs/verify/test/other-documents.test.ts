/** Every other signed document of a school is verified by the same ten steps, and forged no better. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { issuePersonCertificate } from '#signing-node/school-ca.js';
import { KeyFileSigner } from '#signing-node/signer.js';
import { withProof } from '#signing/proof-attribute.js';
import { readTranscriptPdf } from '#pdf-fill/read.js';
import { replaceContents } from '#pdf-fill/revision.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import { byHash, LOGO, ring, SEAL, SIGNATURES, styled } from '../../pdf/test/pictures.js';
import { registerOf, SLIP, summaryOf } from '../../transcript/test/other-samples.js';
import { changed, SECONDARY } from '../../transcript/test/samples.js';
import { stripped, swappedUnderTheSeal, withLast } from './tampering.js';
import { newKey, World, type Issued } from './world.js';

/** A primary class's summary in the name of the world's school, which its trust bundle knows. */
const SUMMARY: SchoolDocument = changed(summaryOf(4, 'CN', 12), (copy) => {
  copy.origin = SECONDARY.origin;
  copy.data.school = { ...structuredClone(SECONDARY.data.school), level: 'primary' };
  copy.route.forEach((entry, i) => (entry.name = SLIP.route[i]!.name));
});

describe.each([
  ['phieu-ket-qua', SLIP],
  ['bang-tong-hop', SUMMARY],
  ['so-theo-doi-lop', registerOf(6)],
] as const)('a document of the kind %s', (kind, sample: SchoolDocument) => {
  let world: World;
  let issued: Issued;
  beforeAll(async () => {
    world = await World.make();
    issued = await world.issue({ sample });
  });
  const codeOf = async (file: Uint8Array): Promise<string | null> => (await world.verify(file)).code;

  test('is valid, by its own route, and shown', async () => {
    const result = await world.verify(issued.pdf, { ledgerReader: world.reader });
    expect(result).toMatchObject({
      verdict: 'valid',
      code: null,
      demo: true,
      resultsFollow: null,
      document: { type: kind, data: sample.data },
    });
    expect(result.signatures.map(({ role }) => role)).toEqual(sample.route.map(({ role }) => role));
  });

  test('is superseded or revoked by a later event of its lineage', async () => {
    const other = await world.issue({ sample });
    await world.laterEvent(other, 'revoke');
    expect(await world.verify(other.pdf, { ledgerReader: world.reader })).toMatchObject({
      verdict: 'revoked',
    });
  });

  test('with a value of its data changed, or of its page, is not what was signed', async () => {
    const name = sample.data.school.name;
    const data = issued.pdf.slice();
    data[Buffer.from(data).indexOf(name) + 2]! ^= 1;
    expect(['DOCUMENT_MALFORMED', 'BASE_ALTERED']).toContain(await codeOf(data));
    const page = issued.pdf.slice();
    page[Buffer.from(page).indexOf('BT 0 g') + 3] = 0x31;
    expect(await codeOf(page)).toBe('BASE_ALTERED');
  });

  test('swapped under the seal, cut short, without proof, or of another document’s proof is refused', async () => {
    const seal = world.signers[2]!;
    expect(await codeOf(await swappedUnderTheSeal(issued.unproven, issued.plan, seal))).toBe(
      'REVISION_ALTERED',
    );
    expect(await codeOf(issued.pdf.subarray(0, issued.pdf.length - 40))).toBe('TRAILING_BYTES');
    expect(await codeOf(replaceContents(issued.pdf, issued.plan, 2, stripped(issued.sealCms)))).toBe(
      'NO_PROOF',
    );
    const other = await world.issue({ sample });
    const borrowed = withProof(stripped(issued.sealCms), other.proof);
    expect(await codeOf(replaceContents(issued.pdf, issued.plan, 2, borrowed))).toBe('ENTRY_MISMATCH');
  });

  test('signed by the wrong person, or by one person twice, is refused', async () => {
    const [homeroom, manager, seal] = world.signers;
    const turned = await world.issue({ sample, signers: [manager!, homeroom!, seal!] });
    expect(await codeOf(turned.pdf)).toBe('CERT_ROLE');
    expect(await codeOf(withLast(issued.pdf, '/Name', '/Mane'))).toBe('REVISION_ALTERED');
  });
});

describe('kinds of documents', () => {
  test('row 31: signatures made under the school’s own seal do not stand under another picture, named in the data or not', async () => {
    const world = await World.make();
    const [own, other] = [SEAL, ring(90, [20, 120, 20])].map((seal) => ({
      sample: styled(SLIP, { motto: 'Học để biết' }, { logo: LOGO, seal, signatures: SIGNATURES }),
      pictures: byHash(LOGO, seal, ...SIGNATURES),
    }));
    const issued = await world.issue(own);
    expect((await world.verify(issued.pdf)).verdict).toBe('valid');
    // Everything written anew from data that name the other picture, with the same salt and lineage: only the seal tells.
    const { lineage, salt } = issued.plan.transcript;
    const forged = await world.issue({ ...other, edit: (copy) => Object.assign(copy, { lineage, salt }) });
    const { signatures } = await readTranscriptPdf(issued.pdf);
    const moved = signatures.reduce(
      (pdf, { index, cms }) => replaceContents(pdf, forged.plan, index, cms),
      forged.pdf,
    );
    expect((await world.verify(moved)).code).toBe('CMS_DIGEST_MISMATCH');
    const swapped = Buffer.from(issued.pdf);
    const seal = issued.plan.images.get('seal')!.colour;
    swapped.fill(0, swapped.indexOf(seal) + 20, swapped.indexOf(seal) + 40);
    expect(await world.verify(swapped)).toMatchObject({ verdict: 'invalid', code: 'IMAGE_ALTERED' });
  });

  test('a document cannot be passed off as one of another kind', async () => {
    const world = await World.make();
    const issued = await world.issue({ sample: SLIP });
    const text = Buffer.from(issued.pdf);
    const from = Buffer.from('"type":"phieu-ket-qua"');
    const renamed = Buffer.concat([
      text.subarray(0, text.indexOf(from)),
      Buffer.from('"type":"bang-tong-hop"'),
      text.subarray(text.indexOf(from) + from.length),
    ]);
    expect((await world.verify(renamed)).code).toBe('DOCUMENT_MALFORMED');
  });

  test('a vice-principal’s place is a vice-principal’s, or the principal’s, and never under a delegation', async () => {
    const world = await World.make();
    const name = 'Đoàn Thị Như Quỳnh';
    const key = newKey();
    const certificate = await issuePersonCertificate(world.ca, {
      ...{ publicKey: key, name, title: 'Hiệu trưởng', role: 'principal' },
      notBefore: new Date('2025-08-15T00:00:00Z'),
    });
    const [homeroom, , seal] = world.signers;
    const principal = new KeyFileSigner(key, [certificate, world.ca.certificate]);
    const byPrincipal = await world.issue({
      ...{ sample: SLIP, signers: [homeroom!, principal, seal!] },
      edit: (copy) => Object.assign(copy.route[1], { name, title: 'HIỆU TRƯỞNG' }),
    });
    expect((await world.verify(byPrincipal.pdf)).verdict).toBe('valid');
    const delegated = await world.issue({
      sample: SLIP,
      edit: (copy) => (copy.route[1].onBehalf = 'KT. HIỆU TRƯỞNG'),
    });
    expect((await world.verify(delegated.pdf)).code).toBe('CERT_ROLE');
  });
});
