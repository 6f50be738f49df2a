import { beforeAll, describe, expect, test } from '@jest/globals';
import { fromHex, toHex } from '#ledger/format/bytes.js';
import { nextLineage } from '#transcript/commitments.js';
import { formatVerificationCode } from '#transcript/verification-code.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { replaceContents } from '#pdf-fill/revision.js';
import { withProof } from '#signing/proof-attribute.js';
import { verifyCode } from '#verify/verify-code.js';
import { verifyTranscript } from '#verify/verify-transcript.js';
import { NOW, openingOf, World, type Issued } from './world.js';

let world: World;
let issued: Issued;

beforeAll(async () => {
  world = await World.make();
  issued = await world.issue();
});

describe('an issued transcript', () => {
  test('is valid offline, with its signers, its place in the ledger and its data', async () => {
    const result = await world.verify(issued.pdf);
    expect(result).toMatchObject({
      file: 'hoc-ba.pdf',
      verdict: 'valid',
      code: null,
      reasons: ['whether a later version replaced it was not looked up'],
      demo: true,
      status: { method: 'none', asOf: null, size: null },
      resultsFollow: true,
    });
    expect(result.signatures.map(({ role, name, at }) => [role, name, at])).toEqual([
      ['homeroom', 'Trần Thị Ngọc Diệp', '2026-05-29T03:15:30.000Z'],
      ['principal', 'Phạm Hữu Trọng', '2026-05-29T04:00:00.000Z'],
      ['seal', 'Trường THCS Sông Mây', '2026-05-29T08:30:00.000Z'],
    ]);
    expect(result.ledger).toMatchObject({
      origin: world.origin,
      index: 4,
      size: 5,
      existedAt: '2026-06-01T02:00:00.000Z',
      witnesses: [{ name: 'so-gddt', at: '2026-06-01T02:00:00.000Z' }],
    });
    expect(result.document).toMatchObject({
      type: 'hoc-ba',
      data: { pupil: { fullName: 'Nguyễn Hoàng Phương Uyên Thảo Nguyên' } },
    });
  });

  test('is judged alike by the cryptography of the browser', async () => {
    const options = { file: issued.pdf, fileName: 'hoc-ba.pdf', trust: world.trust, now: NOW };
    expect(await verifyTranscript(options)).toEqual(await world.verify(issued.pdf));
  });

  test('row 33: gives none of its salts away in the answer', async () => {
    const answer = JSON.stringify(await world.verify(issued.pdf));
    const { lineage, salt, route } = issued.plan.transcript;
    for (const secret of [lineage, salt, ...route.map((entry) => entry.certificateSalt)]) {
      expect(answer).not.toContain(secret);
    }
  });

  test('has a status once the ledger is read, from its own entries to the newest checkpoint', async () => {
    const result = await world.verify(issued.pdf, { ledgerReader: world.reader, requireStatus: true });
    expect(result).toMatchObject({ verdict: 'valid', reasons: [], status: { method: 'scan', size: 5 } });
    expect(result.status.asOf).toBe('2026-06-01T02:00:00.000Z');
  });

  test('stays valid with a newer proof beside the first, which is kept', async () => {
    const other = await World.make();
    const early = await other.issue();
    await other.issue();
    const latest = await other.sequencer.prove(4);
    const refreshed = replaceContents(
      early.pdf,
      early.plan,
      2,
      withProof(early.sealCms, { ...early.proof, latest }),
    );
    expect((await other.verify(refreshed, { ledgerReader: other.reader })).verdict).toBe('valid');
    expect((await other.verify(refreshed)).ledger?.size).toBe(5);
  });

  test('is a demo by its certificates, even if it does not say so itself', async () => {
    const silent = await world.issue({ edit: (copy) => delete copy.demo });
    expect(await world.verify(silent.pdf)).toMatchObject({ verdict: 'valid', demo: true });
  });

  test('with a stapled status of an unknown form is as good as without', async () => {
    const stapled = await world.issue({ changeProof: (proof) => ({ ...proof, status: Uint8Array.of(1) }) });
    const result = await world.verify(stapled.pdf);
    expect(result).toMatchObject({ verdict: 'valid', status: { method: 'none' } });
    expect(result.reasons[0]).toContain('stapled');
  });

  test('says when its results do not follow from its marks', async () => {
    const edited = await world.issue({ edit: (copy) => (copy.data.year.learning.year = 'KHA') });
    expect(await world.verify(edited.pdf)).toMatchObject({ verdict: 'valid', resultsFollow: false });
    const unknownRules = await world.issue({ edit: (copy) => (copy.ruleSet.hash = '00'.repeat(32)) });
    expect(await world.verify(unknownRules.pdf)).toMatchObject({ verdict: 'valid', resultsFollow: null });
    const transferred = await world.issue({ edit: (copy) => (copy.data.year.subjects[0].HK1 = null) });
    expect(await world.verify(transferred.pdf)).toMatchObject({ verdict: 'valid', resultsFollow: null });
  });
});

describe('what happened after the issue', () => {
  test('a newer version supersedes the first, and is itself valid', async () => {
    const { lineage } = issued.plan.transcript;
    const second = await world.issue({ lineage: toHex(nextLineage(fromHex(lineage))), event: 1 });
    const old = await world.verify(issued.pdf, { ledgerReader: world.reader });
    expect(old).toMatchObject({ verdict: 'superseded', code: 'SUPERSEDED' });
    expect(old.document).not.toBeNull();
    expect((await world.verify(second.pdf, { ledgerReader: world.reader })).verdict).toBe('valid');
    await world.laterEvent(second, 'revoke');
    expect((await world.verify(second.pdf, { ledgerReader: world.reader })).verdict).toBe('revoked');
    expect((await world.verify(issued.pdf, { ledgerReader: world.reader })).verdict).toBe('revoked');
  });

  test('a transfer or an erasure leaves it valid and is said', async () => {
    const moved = await world.issue();
    await world.laterEvent(moved, 'erase');
    const result = await world.verify(moved.pdf, { ledgerReader: world.reader });
    expect(result.verdict).toBe('valid');
    expect(result.reasons[0]).toContain('no longer holds this record');
  });

  test('offline it cannot be known, and says so where a status is required', async () => {
    const result = await world.verify(issued.pdf, { requireStatus: true });
    expect(result).toMatchObject({
      verdict: 'unchecked',
      code: 'STATUS_REQUIRED',
      status: { method: 'none' },
    });
  });
});

describe('a verification code', () => {
  const check = (code: string, opening: any, changes = {}) =>
    verifyCode({ code, opening, trust: world.trust, now: NOW, crypto: nodeCrypto, ...changes });

  test('opens the ledger’s commitment and follows the later events', async () => {
    const fresh = await world.issue();
    const opening = openingOf(fresh);
    for (const code of [toHex(fresh.plan.hash), formatVerificationCode(fresh.plan.hash).toLowerCase()]) {
      expect(await check(code, opening, { ledgerReader: world.reader })).toMatchObject({
        verdict: 'valid',
        document: null,
        demo: true,
        status: { method: 'scan' },
      });
    }
    await world.laterEvent(fresh, 'revoke');
    expect((await check(toHex(fresh.plan.hash), opening, { ledgerReader: world.reader })).verdict).toBe(
      'revoked',
    );
  });

  test('of another document, or a server that answers with another opening, does not open', async () => {
    const [one, two] = [await world.issue(), await world.issue()];
    expect(await check(toHex(one.plan.hash), openingOf(two))).toMatchObject({
      verdict: 'invalid',
      code: 'ENTRY_MISMATCH',
    });
    const mixed = { ...(openingOf(one) as object), first: (openingOf(two) as any).first };
    expect(await check(toHex(one.plan.hash), mixed)).toMatchObject({
      verdict: 'invalid',
      code: 'PROOF_NOT_INCLUDED',
    });
  });

  test('with an answer that cannot be read, or without a trust bundle, stays unchecked', async () => {
    const { plan } = issued;
    for (const opening of [null, [], 'x', {}, { ...(openingOf(issued) as object), pupil: 'name' }]) {
      expect(await check(toHex(plan.hash), opening)).toMatchObject({
        verdict: 'unchecked',
        code: 'OPENING_UNREADABLE',
      });
    }
    expect(await check(toHex(plan.hash), openingOf(issued), { trust: undefined })).toMatchObject({
      verdict: 'unchecked',
      code: 'ISSUER_NOT_TRUSTED',
    });
    await expect(check('ABCD', openingOf(issued))).rejects.toMatchObject({ code: 'BAD_VERIFICATION_CODE' });
  });
});
