import { beforeAll, describe, expect, test } from '@jest/globals';
import { parseCertificate } from '#signing/certificate.js';
import { checkChain, checkValidity, type PinnedCa, type TrustedChain } from '#signing/certificate-chain.js';
import { octetString, sequence } from '#signing/der-write.js';
import type { SigningErrorCode } from '#signing/errors.js';
import { DOTTED, OID_DER } from '#signing/oids.js';
import { requireRouteRole, SCHOOL_PROFILE, type Holder, type RouteRole } from '#signing/school-profile.js';
import { createSchoolCa, issuePersonCertificate, issueSealCertificate } from '#signing-node/school-ca.js';
import { demoSchool, newKey, NOT_BEFORE, SCHOOL, type DemoSchool, type Member } from './demo-school.js';
import {
  draftOf,
  expectCode,
  expectCodeAsync,
  extension,
  forgeCertificate,
  keyUsage,
  name,
  NULL,
  spkiOf,
  TRUE,
  type CertificateDraft,
} from './forge.js';

let school: DemoSchool;
let other: DemoSchool;

beforeAll(async () => {
  [school, other] = await Promise.all([demoSchool(), demoSchool()]);
});

const check = (chain: readonly Uint8Array[], pins: readonly PinnedCa[] = school.pins): TrustedChain =>
  checkChain(chain.map(parseCertificate), pins);
const holderOf = (member: Member): Holder => check(member.chain).holder;

describe('a chain to a pinned school authority says who signed', () => {
  test('a person with role, name and title; DEMO apart from the name', () => {
    expect(holderOf(school.principal)).toEqual({
      kind: 'person',
      role: 'principal',
      name: 'Trần Thị Hiệu',
      title: 'Hiệu trưởng',
      school: SCHOOL,
      demo: true,
    });
  });

  test('the seal', () => {
    expect(holderOf(school.seal)).toEqual({ kind: 'seal', name: SCHOOL, school: SCHOOL, demo: true });
  });

  test('a real school’s names carry no DEMO, and a long name fits', async () => {
    const long = 'Trường Phổ thông Dân tộc Bán trú Tiểu học và Trung học cơ sở Tả Phìn Hồ, xã Hồ Thầu';
    const ca = await createSchoolCa({ key: newKey(), school: long, notBefore: NOT_BEFORE, demo: false });
    const seal = await issueSealCertificate(ca, { publicKey: newKey(), notBefore: NOT_BEFORE });
    const { spkiSha256 } = parseCertificate(ca.certificate);
    const pins = [{ spkiSha256, profile: SCHOOL_PROFILE, from: NOT_BEFORE }];
    expect(check([seal, ca.certificate], pins).holder).toEqual({
      kind: 'seal',
      name: long,
      school: long,
      demo: false,
    });
  });
});

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

describe('each deviation of a certificate from its profile is refused, though the authority signed it', () => {
  const person = (unit: string, common: string, organization = SCHOOL, title = 'Giáo viên'): Uint8Array =>
    name([
      [DOTTED.country, 'VN'],
      [DOTTED.organization, organization],
      [DOTTED.organizationalUnit, unit],
      [DOTTED.title, title],
      [DOTTED.commonName, common],
    ]);
  const seal = (common: string): Uint8Array =>
    name([
      [DOTTED.country, 'VN'],
      [DOTTED.organization, SCHOOL],
      [DOTTED.organizationalUnit, 'socai:seal'],
      [DOTTED.commonName, common],
    ]);
  const replace = (draft: CertificateDraft, i: number, value: Uint8Array): Partial<CertificateDraft> => ({
    extensions: draft.extensions.map((one, k) => (k === i ? value : one)),
  });
  const purposes = (...list: readonly Uint8Array[]): Uint8Array =>
    extension(DOTTED.extendedKeyUsage, false, sequence(...list));

  test('the unchanged draft passes', () => {
    const draft = {
      ...draftOf(school.teacher.certificate),
      subject: person('socai:teacher', 'Nguyễn Thị Hoa (DEMO)'),
    };
    expect(check([forgeCertificate(draft, school.ca.key), school.ca.certificate]).holder.kind).toBe('person');
  });

  const twins: readonly [string, SigningErrorCode, (draft: CertificateDraft) => Partial<CertificateDraft>][] =
    [
      ['a person with the seal’s key usage', 'CERT_KEY_USAGE', (d) => replace(d, 1, keyUsage('0780'))],
      ['a person with both usages', 'CERT_KEY_USAGE', (d) => replace(d, 1, keyUsage('06c0'))],
      [
        'a signer that is an authority',
        'CERT_KEY_USAGE',
        (d) => replace(d, 0, extension(DOTTED.basicConstraints, true, sequence(TRUE))),
      ],
      [
        'a signer without our purpose',
        'CERT_KEY_USAGE',
        (d) => replace(d, 2, purposes(OID_DER.emailProtection)),
      ],
      [
        'a signer with a third purpose',
        'CERT_KEY_USAGE',
        (d) => replace(d, 2, purposes(OID_DER.documentSigning, OID_DER.emailProtection, OID_DER.data)),
      ],
      [
        'key usage that is not critical',
        'CERT_PROFILE',
        (d) => replace(d, 1, sequence(OID_DER.keyUsage, octetString(Uint8Array.of(3, 2, 6, 0x40)))),
      ],
      [
        'an unknown critical extension',
        'CERT_PROFILE',
        (d) => ({ extensions: [...d.extensions, extension('2.5.29.36', true, sequence())] }),
      ],
      [
        'an unknown extension, not critical',
        'CERT_PROFILE',
        (d) => ({ extensions: [...d.extensions, extension('2.5.29.32', false, NULL)] }),
      ],
      ['no authority key identifier', 'CERT_PROFILE', (d) => ({ extensions: d.extensions.slice(0, 4) })],
      [
        'an unknown role',
        'CERT_ROLE',
        () => ({ subject: person('socai:minister', 'Nguyễn Thị Hoa (DEMO)') }),
      ],
      [
        'the authority’s unit on a signer',
        'CERT_ROLE',
        () => ({ subject: person('socai:school-ca', 'Nguyễn Thị Hoa (DEMO)') }),
      ],
      ['no role', 'CERT_ROLE', () => ({ subject: person('Tổ 4', 'Nguyễn Thị Hoa (DEMO)') })],
      [
        'another school',
        'CERT_PROFILE',
        () => ({ subject: person('socai:teacher', 'Nguyễn Thị Hoa (DEMO)', 'Trường khác') }),
      ],
      [
        'a name without DEMO under a DEMO authority',
        'CERT_PROFILE',
        () => ({ subject: person('socai:teacher', 'Nguyễn Thị Hoa') }),
      ],
      [
        'a name with a direction override',
        'CERT_PROFILE',
        () => ({ subject: person('socai:teacher', 'Nguyễn\u202e Hoa (DEMO)') }),
      ],
      [
        'a name that is not NFC',
        'CERT_PROFILE',
        () => ({ subject: person('socai:teacher', `${'Nguyễn'.normalize('NFD')} (DEMO)`) }),
      ],
      [
        'a person without a title',
        'CERT_PROFILE',
        () => ({ subject: person('socai:teacher', 'A (DEMO)', SCHOOL, '') }),
      ],
      ['a seal with a person’s key usage', 'CERT_KEY_USAGE', () => ({ subject: seal(`${SCHOOL} (DEMO)`) })],
      ['a seal of another name', 'CERT_PROFILE', () => ({ subject: seal('Sở GDĐT (DEMO)') })],
      [
        'another country',
        'CERT_PROFILE',
        () => ({
          subject: name([
            [DOTTED.country, 'LA'],
            [DOTTED.organization, SCHOOL],
            [DOTTED.organizationalUnit, 'socai:teacher'],
            [DOTTED.title, 'Giáo viên'],
            [DOTTED.commonName, 'Nguyễn Thị Hoa (DEMO)'],
          ]),
        }),
      ],
    ];

  test.each(twins)('%s: %s', (_, code, change) => {
    const draft = draftOf(school.teacher.certificate);
    const forged = forgeCertificate({ ...draft, ...change(draft) }, school.ca.key);
    expectCode(() => check([forged, school.ca.certificate]), code);
  });

  const authorityTwins: readonly [
    string,
    SigningErrorCode,
    (draft: CertificateDraft) => Partial<CertificateDraft>,
  ][] = [
    [
      'without a path length',
      'CERT_KEY_USAGE',
      (d) => replace(d, 0, extension(DOTTED.basicConstraints, true, sequence(TRUE))),
    ],
    [
      'that is none',
      'CERT_KEY_USAGE',
      (d) => replace(d, 0, extension(DOTTED.basicConstraints, true, sequence())),
    ],
    ['that may also sign documents', 'CERT_KEY_USAGE', (d) => replace(d, 1, keyUsage('0186'))],
    [
      'of the unit of a teacher',
      'CERT_ROLE',
      () => ({
        subject: name([
          [DOTTED.country, 'VN'],
          [DOTTED.organization, SCHOOL],
          [DOTTED.organizationalUnit, 'socai:teacher'],
          [DOTTED.commonName, `CA ${SCHOOL} (DEMO)`],
        ]),
      }),
    ],
    [
      'of another common name',
      'CERT_PROFILE',
      () => ({
        subject: name([
          [DOTTED.country, 'VN'],
          [DOTTED.organization, SCHOOL],
          [DOTTED.organizationalUnit, 'socai:school-ca'],
          [DOTTED.commonName, `${SCHOOL} (DEMO)`],
        ]),
      }),
    ],
  ];

  test.each(authorityTwins)('an authority %s: %s', (_, code, change) => {
    const draft = draftOf(school.ca.certificate);
    const changed = { ...draft, ...change(draft) };
    const authority = forgeCertificate({ ...changed, issuer: changed.subject }, school.ca.key);
    const signer = { ...draftOf(school.teacher.certificate), issuer: changed.subject };
    expectCode(() => check([forgeCertificate(signer, school.ca.key), authority]), code);
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

test('who may take which place of a signing route (roles.md rule 6)', () => {
  const members = {
    teacher: school.teacher,
    vice: school.vicePrincipal,
    principal: school.principal,
    seal: school.seal,
  };
  const allowed: string[] = [];
  for (const [who, member] of Object.entries(members)) {
    for (const place of ['homeroom', 'principal', 'seal'] satisfies RouteRole[]) {
      for (const onBehalf of [false, true]) {
        try {
          requireRouteRole(holderOf(member), place, onBehalf);
          allowed.push(`${who} as ${place}${onBehalf ? ' on behalf' : ''}`);
        } catch {
          expectCode(() => {
            requireRouteRole(holderOf(member), place, onBehalf);
          }, 'CERT_ROLE');
        }
      }
    }
  }
  expect(allowed).toEqual([
    'teacher as homeroom',
    'vice as principal on behalf',
    'principal as principal',
    'seal as seal',
  ]);
});

describe('the authority refuses to certify', () => {
  const request = () =>
    ({ publicKey: newKey(), title: 'Giáo viên', role: 'teacher', notBefore: NOT_BEFORE }) as const;

  test.each([
    ['nothing', ''],
    ['a name with a line break', 'Nguyễn\nHoa'],
    ['a name that is not NFC', 'Nguyễn'.normalize('NFD')],
    ['an endless name', 'A'.repeat(121)],
  ])('%s', async (_, bad) => {
    await expectCodeAsync(issuePersonCertificate(school.ca, { ...request(), name: bad }), 'CERT_REQUEST');
  });

  test('beyond its own end', async () => {
    const late = { ...request(), name: 'A', notBefore: new Date('2042-01-01T00:00:00Z') };
    await expectCodeAsync(issuePersonCertificate(school.ca, late), 'CERT_REQUEST');
  });

  test('with a key that is not the one of its certificate', async () => {
    const ca = { certificate: school.ca.certificate, key: newKey() };
    await expectCodeAsync(issuePersonCertificate(ca, { ...request(), name: 'A' }), 'CERT_SIGNATURE');
  });
});
