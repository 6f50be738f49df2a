import { beforeAll, describe, expect, test } from '@jest/globals';
import { ED25519, seedSigner } from '#ledger/format/note.js';
import type { TrustSchool } from '#ledger/format/trust.js';
import { verifyCode } from '#verify/verify-code.js';
import { formatVerificationCode } from '#transcript/verification-code.js';
import { SECONDARY } from '../../transcript/test/samples.js';
import { NOW, openingOf, World, type Issued } from './world.js';

let world: World;
let issued: Issued;
/** The bundle after the world's: the school is no longer in it. */
let closed: Uint8Array;

beforeAll(async () => {
  world = await World.make();
  issued = await world.issue();
  closed = await world.trustWith({ serial: 2, expires: '2030-06-30', schools: [] });
});

describe('the bundle in force', () => {
  test('goes back to the roots that the verifier was given, or the verdict stays open', async () => {
    const { roots } = world.bundle;
    expect((await world.verify(issued.pdf, { trustRoots: { threshold: 1, roots } })).verdict).toBe('valid');
    const strangers = [seedSigner('stranger.example/root', ED25519, new Uint8Array(32).fill(9))];
    expect(await world.verify(issued.pdf, { trustRoots: { threshold: 1, roots: strangers } })).toMatchObject({
      verdict: 'unchecked',
      code: 'TRUST_NOT_PINNED',
    });
  });

  test('is not older than one that the verifier holds', async () => {
    expect(await world.verify(issued.pdf, { earlierTrust: [closed] })).toMatchObject({
      verdict: 'unchecked',
      code: 'TRUST_ROLLED_BACK',
    });
  });

  test('has one text under its serial', async () => {
    const other = await world.trustWith({ expires: '2028-06-30' });
    expect(await world.verify(issued.pdf, { earlierTrust: [other] })).toMatchObject({
      verdict: 'unchecked',
      code: 'TRUST_UNREADABLE',
    });
  });
});

describe('a school that has closed', () => {
  test('its transcripts hold with the bundle of their time beside the one in force', async () => {
    const alone = await world.verify(issued.pdf, { trust: closed });
    expect(alone).toMatchObject({ verdict: 'unchecked', code: 'ISSUER_NOT_TRUSTED' });
    const both = await world.verify(issued.pdf, { trust: closed, earlierTrust: [world.trust] });
    expect(both.verdict).toBe('valid');
    expect(both.reasons.join()).toContain('its keys are those of bundle 1');
  });

  test('years later too, when the bundle of their time has long expired', async () => {
    const now = new Date('2029-01-01T00:00:00Z');
    expect((await world.verify(issued.pdf, { now })).code).toBe('TRUST_EXPIRED');
    const both = { trust: closed, earlierTrust: [world.trust], now };
    expect((await world.verify(issued.pdf, both)).verdict).toBe('valid');
    const code = formatVerificationCode(issued.plan.hash);
    expect((await verifyCode({ code, opening: openingOf(issued), ...both })).verdict).toBe('valid');
  });

  test('but not what witnesses first saw after that bundle had ended', async () => {
    const ended = await world.trustWith({ serial: 0, expires: '2026-05-31' });
    const options = { trust: closed, earlierTrust: [ended], now: NOW };
    expect(await world.verify(issued.pdf, options)).toMatchObject({
      verdict: 'unchecked',
      code: 'TRUST_EXPIRED',
    });
    const code = formatVerificationCode(issued.plan.hash);
    expect((await verifyCode({ code, opening: openingOf(issued), ...options })).code).toBe('TRUST_EXPIRED');
  });

  test('and not with the key after a size up to which the bundle in force still trusts it', async () => {
    const [school] = world.bundle.schools;
    const stolen = await world.trustWith({
      serial: 2,
      schools: [{ ...school!, logs: school!.logs.map(({ key }) => ({ key, from: 0, to: 1 })) }],
    });
    expect(await world.verify(issued.pdf, { trust: stolen, earlierTrust: [world.trust] })).toMatchObject({
      verdict: 'unchecked',
      code: 'ISSUER_NOT_TRUSTED',
    });
  });
});

describe('a school that was renamed', () => {
  const renamed = (formerly: TrustSchool['formerly']) => {
    const [school] = world.bundle.schools;
    return world.trustWith({
      serial: 2,
      schools: [{ ...school!, name: 'Trường THCS Bến Mới', ...(formerly === undefined ? {} : { formerly }) }],
    });
  };
  const { name } = SECONDARY.data.school;

  test('its transcripts of before stay valid under the name that it had', async () => {
    const formerly = [
      { name: 'Trường Phổ thông cơ sở Cũ', to: '2019-08-31' },
      { name, to: '2026-08-31' },
    ];
    expect((await world.verify(issued.pdf, { trust: await renamed(formerly) })).verdict).toBe('valid');
  });

  test('nothing that witnesses first saw later may still state the old name, and never another school’s', async () => {
    const tooLate = await renamed([{ name, to: '2026-05-31' }]);
    expect(await world.verify(issued.pdf, { trust: tooLate })).toMatchObject({
      verdict: 'invalid',
      code: 'SCHOOL_MISMATCH',
      reasons: expect.arrayContaining([expect.stringContaining('until 2026-05-31')]) as unknown,
    });
    const others = await renamed([{ name: 'Trường THCS Khác', to: '2026-08-31' }]);
    for (const trust of [others, await renamed(undefined)]) {
      expect((await world.verify(issued.pdf, { trust })).code).toBe('SCHOOL_MISMATCH');
    }
  });
});
