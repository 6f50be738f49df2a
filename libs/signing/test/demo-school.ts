/** A demo school with its authority, for the tests of this room. Keys are new each time; times are fixed. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { parseCertificate } from '#signing/certificate.js';
import type { PinnedCa } from '#signing/certificate-chain.js';
import { SCHOOL_PROFILE, type StaffRole } from '#signing/school-profile.js';
import { KeyFileSigner } from '#signing-node/signer.js';
import {
  createSchoolCa,
  issuePersonCertificate,
  issueSealCertificate,
  type SchoolCa,
} from '#signing-node/school-ca.js';

export const SCHOOL = 'Trường Tiểu học Bến Tràm';
export const NOT_BEFORE = new Date('2026-08-15T00:00:00Z');
export const CONTENT = utf8ToBytes('the bytes outside /Contents');
export const DIGEST = sha256(CONTENT);

export interface Member {
  readonly key: KeyObject;
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly signer: KeyFileSigner;
}

export interface DemoSchool {
  readonly ca: SchoolCa;
  readonly pins: readonly PinnedCa[];
  readonly teacher: Member;
  readonly vicePrincipal: Member;
  readonly principal: Member;
  readonly seal: Member;
}

export function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
}

export async function demoSchool(): Promise<DemoSchool> {
  const ca = await createSchoolCa({ key: newKey(), school: SCHOOL, notBefore: NOT_BEFORE, demo: true });
  const member = (key: KeyObject, certificate: Uint8Array): Member => {
    const chain = [certificate, ca.certificate];
    return { key, certificate, chain, signer: new KeyFileSigner(key, chain) };
  };
  const person = async (name: string, title: string, role: StaffRole): Promise<Member> => {
    const key = newKey();
    return member(
      key,
      await issuePersonCertificate(ca, { publicKey: key, name, title, role, notBefore: NOT_BEFORE }),
    );
  };
  const sealKey = newKey();
  return {
    ca,
    pins: [
      { spkiSha256: parseCertificate(ca.certificate).spkiSha256, profile: SCHOOL_PROFILE, from: NOT_BEFORE },
    ],
    teacher: await person('Nguyễn Thị Hoa', 'Giáo viên chủ nhiệm', 'teacher'),
    vicePrincipal: await person('Lê Văn Phó', 'Phó Hiệu trưởng', 'vice-principal'),
    principal: await person('Trần Thị Hiệu', 'Hiệu trưởng', 'principal'),
    seal: member(sealKey, await issueSealCertificate(ca, { publicKey: sealKey, notBefore: NOT_BEFORE })),
  };
}
