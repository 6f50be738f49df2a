import { beforeAll, describe, expect, test } from '@jest/globals';
import { parseCertificate } from '#signing/certificate.js';
import { checkChain, type PinnedCa, type TrustedChain } from '#signing/certificate-chain.js';
import { octetString, sequence } from '#signing/der-write.js';
import type { SigningErrorCode } from '#signing/errors.js';
import { DOTTED, OID_DER } from '#signing/oids.js';
import { requireRouteRole, SCHOOL_PROFILE, type Holder, type RouteRole } from '#signing/school-profile.js';
import { createSchoolCa, issueSealCertificate } from '#signing-node/school-ca.js';
import { demoSchool, newKey, NOT_BEFORE, SCHOOL, type DemoSchool, type Member } from './demo-school.js';
import {
  draftOf,
  expectCode,
  extension,
  forgeCertificate,
  keyUsage,
  name,
  NULL,
  TRUE,
  type CertificateDraft,
} from './forge.js';

let school: DemoSchool;

beforeAll(async () => {
  school = await demoSchool();
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
