import { beforeAll, describe, test } from '@jest/globals';
import { parseCertificate } from '#signing/certificate.js';
import { checkChain, checkValidity, type PinnedCa, type TrustedChain } from '#signing/certificate-chain.js';
import { demoSchool, newKey, type DemoSchool } from './demo-school.js';
import { draftOf, expectCode, forgeCertificate, spkiOf, type CertificateDraft } from './forge.js';

let school: DemoSchool;
let other: DemoSchool;

beforeAll(async () => {
  [school, other] = await Promise.all([demoSchool(), demoSchool()]);
});

const check = (chain: readonly Uint8Array[], pins: readonly PinnedCa[] = school.pins): TrustedChain =>
  checkChain(chain.map(parseCertificate), pins);

describe('a chain that does not hold is refused', () => {
  test('an authority that nobody pinned is CA_NOT_PINNED: unchecked, not invalid', () => {
    expectCode(() => check(other.teacher.chain), 'CA_NOT_PINNED');
    expectCode(() => check(school.teacher.chain, []), 'CA_NOT_PINNED');
  });

  test('a pin of a profile that this verifier does not know is told apart', () => {
    for (const profile of ['gov-ca/v1', 'constructor', '__proto__']) {
      expectCode(
        () =>
          check(
            school.teacher.chain,
            school.pins.map((pin) => ({ ...pin, profile })),
          ),
        'CA_PROFILE_UNKNOWN',
      );
    }
  });

  test('another authority of the same name, whose key did not sign, is found', () => {
    const chain = [school.teacher.certificate, other.ca.certificate];
    expectCode(() => check(chain, [...school.pins, ...other.pins]), 'CERT_CHAIN');
    // The attacker copies the key identifier too: then only the signature tells.
    const copied = { ...draftOf(school.ca.certificate), spki: spkiOf(other.ca.key) };
    const twin = forgeCertificate(copied, other.ca.key);
    expectCode(
      () => check([school.teacher.certificate, twin], [...school.pins, ...other.pins]),
      'CERT_SIGNATURE',
    );
  });

  test('a chain in the wrong order, without its authority, or empty is refused', () => {
    expectCode(() => check([school.ca.certificate, school.teacher.certificate]), 'CERT_CHAIN');
    expectCode(() => check([school.teacher.certificate]), 'CERT_CHAIN');
    expectCode(() => check([]), 'CERT_CHAIN');
  });

  test('the authority itself cannot sign documents', () => {
    expectCode(() => check([school.ca.certificate]), 'CERT_PROFILE');
  });

  test('a teacher cannot issue certificates, though the chain of names and signatures is whole', () => {
    const teacher = parseCertificate(school.teacher.certificate);
    const draft: CertificateDraft = {
      ...draftOf(school.principal.certificate),
      issuer: teacher.subject.der,
      spki: spkiOf(newKey()),
      extensions: draftOf(school.principal.certificate).extensions.slice(0, 4),
    };
    const forged = forgeCertificate(draft, school.teacher.key);
    expectCode(() => check([forged, ...school.teacher.chain]), 'CERT_PROFILE');
  });
});

describe('validity is judged by a time passed in', () => {
  const at = (iso: string): Date => new Date(iso);

  test('from the first second to the last', () => {
    const trusted = check(school.teacher.chain);
    checkValidity(trusted, at('2026-08-15T00:00:00Z'));
    checkValidity(trusted, at('2031-08-14T23:59:59Z'));
  });

  test('a second earlier and a second later are refused', () => {
    const trusted = check(school.teacher.chain);
    expectCode(() => {
      checkValidity(trusted, at('2026-08-14T23:59:59Z'));
    }, 'CERT_NOT_YET_VALID');
    expectCode(() => {
      checkValidity(trusted, at('2031-08-15T00:00:00Z'));
    }, 'CERT_EXPIRED');
  });

  test('an expired authority ends its certificates', () => {
    const draft = { ...draftOf(school.ca.certificate), notAfter: at('2028-01-01T00:00:00Z') };
    const trusted = check([school.teacher.certificate, forgeCertificate(draft, school.ca.key)]);
    checkValidity(trusted, at('2028-01-01T00:00:00Z'));
    expectCode(() => {
      checkValidity(trusted, at('2028-01-01T00:00:01Z'));
    }, 'CERT_EXPIRED');
  });

  test('a pin has its own span', () => {
    const pins = school.pins.map((pin) => ({
      ...pin,
      from: at('2026-09-01T00:00:00Z'),
      to: at('2027-09-01T00:00:00Z'),
    }));
    const trusted = check(school.teacher.chain, pins);
    checkValidity(trusted, at('2026-09-01T00:00:00Z'));
    for (const iso of ['2026-08-31T23:59:59Z', '2027-09-01T00:00:00Z']) {
      expectCode(() => {
        checkValidity(trusted, at(iso));
      }, 'CA_PIN_NOT_IN_FORCE');
    }
  });
});
