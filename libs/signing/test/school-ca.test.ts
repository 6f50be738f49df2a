import { beforeAll, describe, expect, test } from '@jest/globals';
import { parseCertificate } from '#signing/certificate.js';
import { issuePersonCertificate } from '#signing-node/school-ca.js';
import { demoSchool, newKey, NOT_BEFORE, type DemoSchool } from './demo-school.js';
import { expectCodeAsync } from './forge.js';

let school: DemoSchool;

beforeAll(async () => {
  school = await demoSchool();
});

test('serial numbers are 16 random octets, positive, never the same', () => {
  const members = [school.teacher, school.principal, school.vicePrincipal, school.seal];
  const serials = members.map(({ certificate }) => parseCertificate(certificate).serial);
  for (const serial of serials) expect(serial).toHaveLength(16);
  expect(new Set(serials.map((serial) => Buffer.from(serial).toString('hex'))).size).toBe(serials.length);
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
