/** Certificates of an authority that is not the school's own, made by openssl as such authorities make them. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseCertificate } from '#signing/certificate.js';
import { checkChain, type PinnedCa } from '#signing/certificate-chain.js';
import { signCms } from '#signing/cms-sign.js';
import { verifyCms } from '#signing/cms-verify.js';
import type { SigningErrorCode } from '#signing/errors.js';
import { PUBLIC_PROFILE } from '#signing/public-profile.js';
import { requireRouteRole, SCHOOL_PROFILE_RSA, type Holder } from '#signing/school-profile.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { KeyFileSigner } from '#signing-node/signer.js';
import { DIGEST, NOT_BEFORE, SCHOOL } from './demo-school.js';
import { expectCode } from './forge.js';
import { opensslIsThere } from './openssl-tsa.js';
import {
  checkRevocationList,
  isStale,
  ON_HOLD,
  parseRevocationList,
  revocationOf,
} from '#signing/revocation-list.js';
import { PublicCa, SIGNER_EXTENSIONS } from './public-ca.js';

if (!opensslIsThere) console.warn('skipped: no openssl on this machine');
const PERSON = `/C=VN/O=UBND phường thử nghiệm/OU=${SCHOOL}/CN=Trần Thị Hiệu`;

(opensslIsThere ? describe : describe.skip)('an authority that is not the school’s own', () => {
  let ca: PublicCa;
  let pins: readonly PinnedCa[];

  beforeAll(() => {
    ca = PublicCa.make();
    pins = [pinOf(ca, PUBLIC_PROFILE)];
  }, 30_000);
  afterAll(() => ca.remove());

  const pinOf = ({ root }: PublicCa, profile: string): PinnedCa => ({
    ...{ spkiSha256: parseCertificate(root).spkiSha256, profile, from: NOT_BEFORE },
  });
  const holderOf = (chain: readonly Uint8Array[], by = pins): Holder =>
    checkChain(chain.map(parseCertificate), by, nodeProvider).holder;

  test('a person’s certificate through an issuing authority signs, and says who and where, not in which office', async () => {
    const { key, chain } = ca.issue({ subject: PERSON });
    const cms = await signCms(DIGEST, new KeyFileSigner(key, chain));
    const verified = verifyCms(cms, DIGEST, nodeProvider);
    expect(verified.chain).toHaveLength(3);
    const { holder } = checkChain(verified.chain, pins, nodeProvider);
    expect(holder).toEqual({
      ...{ kind: 'person', role: 'unstated', name: 'Trần Thị Hiệu', title: '', school: SCHOOL, demo: false },
    });
    for (const place of ['homeroom', 'vice-principal', 'principal'] as const) {
      requireRouteRole(holder, place, false);
    }
    expectCode(() => requireRouteRole(holder, 'seal', false), 'CERT_ROLE');
  }, 30_000);

  test('the seal’s carries the school’s name, and signs in no person’s place', () => {
    for (const subject of [
      `/C=VN/O=UBND phường/OU=${SCHOOL}/CN=${SCHOOL}`,
      `/C=VN/O=${SCHOOL}/CN=${SCHOOL}`,
    ]) {
      const holder = holderOf(ca.issue({ subject }).chain);
      expect(holder).toEqual({ kind: 'seal', name: SCHOOL, school: SCHOOL, demo: false });
      requireRouteRole(holder, 'seal', false);
      expectCode(() => requireRouteRole(holder, 'principal', false), 'CERT_ROLE');
    }
  }, 30_000);

  test('pinned as the school’s own authority it passes for nothing, and unpinned for nobody', () => {
    const { chain } = ca.issue({ subject: PERSON });
    expectCode(() => holderOf(chain, [pinOf(ca, SCHOOL_PROFILE_RSA)]), 'CERT_PROFILE');
    expectCode(() => holderOf(chain, []), 'CA_NOT_PINNED');
    // The root vouches for the issuing authority; without it nothing leads there.
    expectCode(() => holderOf([chain[0]!, chain[2]!]), 'CERT_CHAIN');
  });

  const but = (without: string, ...more: string[]) => [
    ...SIGNER_EXTENSIONS.filter((one) => !one.startsWith(without)),
    ...more,
  ];
  test.each<readonly [what: string, subject: string, extensions: readonly string[], code: SigningErrorCode]>([
    ['may issue', PERSON, but('basicConstraints', 'basicConstraints=CA:TRUE'), 'CERT_KEY_USAGE'],
    [
      'signs certificates',
      PERSON,
      but('keyUsage', 'keyUsage=critical,digitalSignature,keyCertSign'),
      'CERT_KEY_USAGE',
    ],
    ['only encrypts', PERSON, but('keyUsage', 'keyUsage=critical,keyEncipherment'), 'CERT_KEY_USAGE'],
    ['says no use', PERSON, but('keyUsage'), 'CERT_KEY_USAGE'],
    ['is a website’s', PERSON, but('extendedKeyUsage', 'extendedKeyUsage=serverAuth'), 'CERT_KEY_USAGE'],
    [
      'has an unknown critical extension',
      PERSON,
      but('', ...SIGNER_EXTENSIONS, '1.2.3.4=critical,DER:0500'),
      'CERT_PROFILE',
    ],
    ['names nobody', `/C=VN/OU=${SCHOOL}`, SIGNER_EXTENSIONS, 'CERT_PROFILE'],
    ['names no school', '/C=VN/CN=Trần Thị Hiệu', SIGNER_EXTENSIONS, 'CERT_PROFILE'],
    ['hides a direction mark in a name', `${PERSON}\u202e`, SIGNER_EXTENSIONS, 'CERT_PROFILE'],
  ])('a certificate that %s is refused', (_, subject, extensions, code) => {
    const { chain } = ca.issue({ subject, extensions });
    expectCode(() => holderOf(chain), code);
  });

  test('an issuing certificate that may not issue is refused', () => {
    const person = ca.issue({ subject: PERSON, extensions: SIGNER_EXTENSIONS });
    for (const wrong of ['basicConstraints=critical,CA:FALSE', 'basicConstraints=CA:FALSE']) {
      const other = PublicCa.make([wrong]);
      const { chain } = other.issue({ subject: PERSON });
      expectCode(() => holderOf(chain, [pinOf(other, PUBLIC_PROFILE)]), 'CERT_KEY_USAGE');
      expectCode(() => holderOf([person.chain[0]!, ...chain.slice(1)], pins), 'CERT_CHAIN');
      other.remove();
    }
  }, 60_000);

  describe('its revocation lists', () => {
    const day = (d: string) => new Date(`${d}T00:00:00Z`);
    const [AT, UNTIL] = [day('2026-11-20'), day('2026-11-27')];
    let chain: readonly Uint8Array[];
    beforeAll(() => {
      ({ chain } = ca.issue({ subject: PERSON }));
    });
    const issuing = () => parseCertificate(ca.issuing);

    test('say which certificates are revoked, from when on, and when the next list comes', () => {
      const revoked = [{ certificate: chain[0]!, from: day('2026-11-01'), reason: 'keyCompromise' }];
      const list = parseRevocationList(ca.list({ revoked, at: AT, until: UNTIL }));
      checkRevocationList(list, issuing(), nodeProvider);
      checkRevocationList(list, issuing());
      expect(list).toMatchObject({ thisUpdate: AT, nextUpdate: UNTIL });
      expect(revocationOf(list, parseCertificate(chain[0]!))).toEqual({ from: day('2026-11-01'), reason: 1 });
      expect(revocationOf(list, parseCertificate(ca.root))).toBeUndefined();
      expect([isStale(list, AT), isStale(list, day('2026-11-28'))]).toEqual([false, true]);
      const held = [{ certificate: chain[0]!, from: AT, reason: 'certificateHold' }];
      const onHold = parseRevocationList(ca.list({ revoked: held, at: AT, until: UNTIL }));
      expect(revocationOf(onHold, parseCertificate(chain[0]!))?.reason).toBe(ON_HOLD);
      expect(parseRevocationList(ca.list({ at: AT, until: UNTIL })).revoked.size).toBe(0);
    });

    test('of another authority, changed, or partial ones are refused', () => {
      const der = ca.list({ revoked: [{ certificate: chain[0]!, from: AT }], at: AT, until: UNTIL });
      const list = parseRevocationList(der);
      expectCode(() => checkRevocationList(list, parseCertificate(ca.root)), 'CRL_ISSUER');
      const other = PublicCa.make();
      try {
        expectCode(() => checkRevocationList(list, parseCertificate(other.issuing)), 'CRL_ISSUER');
        const nameless = ca.list({ at: AT, until: UNTIL, extensions: 'issuerAltName=email:a@b.vn' });
        const unnamed = parseRevocationList(nameless);
        expectCode(() => checkRevocationList(unnamed, parseCertificate(other.issuing)), 'CRL_SIGNATURE');
      } finally {
        other.remove();
      }
      const changed = Uint8Array.from(der);
      const at = Buffer.from(der).indexOf(Buffer.from('261120'));
      changed[at + 1] = '7'.charCodeAt(0);
      expectCode(() => checkRevocationList(parseRevocationList(changed), issuing()), 'CRL_SIGNATURE');
      const partial = {
        at: AT,
        until: UNTIL,
        extensions: 'issuingDistributionPoint=critical,DER:3003820101',
      };
      expectCode(() => parseRevocationList(ca.list(partial)), 'CRL_UNSUPPORTED');
      expectCode(() => parseRevocationList(ca.root), 'CRL_MALFORMED');
    });
  });
});
