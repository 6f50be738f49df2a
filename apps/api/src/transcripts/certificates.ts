/**
 * Certificates of people and of the seal: made under the school's authority for keys encrypted on disk or in the
 * installation's token, or imported for keys that are in no reach of this server. Each is logged by a salted `key.added` in
 * the unit that makes it, and signs nothing before that entry is public.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, IsNull, type EntityManager } from 'typeorm';
import { toHex } from '#ledger/format/bytes.js';
import { parseCertificate } from '#signing/certificate.js';
import type { StaffRole } from '#signing/school-profile.js';
import type { Signer } from '#signing/signer.js';
import { issuePersonCertificate, issueSealCertificate } from '#signing-node/school-ca.js';
import { KeyFileSigner } from '#signing-node/signer.js';
import { keyAddedLeaf } from '#transcript/commitments.js';
import { normalizeText } from '#transcript/text.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import type { Person } from '../identity/identity.entities.js';
import { KeyStore } from '../ledger-host/key-store.js';
import { Outbox } from '../ledger-host/outbox.js';
import { SchoolAuthority } from '../ledger-host/school-authority.js';
import { SchoolLogs } from '../ledger-host/school-logs.js';
import type { School } from '../school/school.entities.js';
import { refuseRevoked } from './certificate-revocation.js';
import { SigningToken } from './signing-token.js';
import { Certificate } from './transcripts.entities.js';

/** A certificate that ends sooner than this is not used for a new document. */
const SPARE_MS = 30 * 24 * 60 * 60 * 1000;

/** Whose certificate: a person in an office, or the school's seal. */
export type CertificateHolder =
  { readonly role: StaffRole; readonly person: Person } | { readonly role: 'seal'; readonly person: null };

/** A certificate to be kept, and where its key is. */
export type MadeCertificate = Pick<
  Certificate,
  'personId' | 'role' | 'der' | 'issuers' | 'keyStore' | 'keyName'
>;

/** Who brought a certificate in, by which act and rule. */
export type ImportedBy = Pick<NewEvent, 'actor' | 'session' | 'act' | 'rule'>;

@Injectable()
export class Certificates {
  private readonly signers = new Map<string, Promise<Signer>>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly keys: KeyStore,
    private readonly token: SigningToken,
    private readonly authority: SchoolAuthority,
    private readonly outbox: Outbox,
    private readonly logs: SchoolLogs,
    private readonly journal: Journal,
  ) {}

  /** The holder's certificate in force; made, logged and recorded when there is none. */
  async of(school: School, holder: CertificateHolder): Promise<Certificate> {
    const known = await this.database.read.findBy(Certificate, {
      schoolId: school.id,
      personId: holder.person?.id ?? IsNull(),
      role: holder.role,
      retiredAt: IsNull(),
    });
    const enough = new Date(this.clock.now().getTime() + SPARE_MS).toISOString();
    const inForce = known.filter((row) => row.expiresAt > enough && this.isUsable(row));
    return inForce.sort((a, b) => b.issuedAt.localeCompare(a.issuedAt))[0] ?? this.make(school, holder);
  }

  /** The certificate in force that a person has, of whatever office; null without one: none is made. */
  async ofPerson(schoolId: string, personId: string): Promise<Certificate | null> {
    const now = this.clock.timestamp();
    const known = await this.database.read.findBy(Certificate, { schoolId, personId, retiredAt: IsNull() });
    const inForce = known.filter((row) => row.expiresAt > now && this.isUsable(row));
    return inForce.sort((a, b) => b.issuedAt.localeCompare(a.issuedAt))[0] ?? null;
  }

  /** A key in the token needs the token; where there is one, no seal lies in a file any more. */
  private isUsable({ keyStore, role }: Certificate): boolean {
    if (keyStore === 'outside') return true;
    return keyStore === 'token' ? this.token.isConfigured : role !== 'seal' || !this.token.isConfigured;
  }

  /** Signs with the certificate's key. @throws Problem KEY_OUTSIDE when its holder has it; TOKEN_UNAVAILABLE */
  signer(school: School, certificate: Certificate): Promise<Signer> {
    let signer = this.signers.get(certificate.id);
    if (signer === undefined) {
      signer = this.openSigner(school, certificate);
      this.signers.set(certificate.id, signer);
      signer.catch(() => this.signers.delete(certificate.id));
    }
    return signer;
  }

  async byIds(schoolId: string, ids: readonly string[]): Promise<Map<string, Certificate>> {
    const rows = await this.database.read.findBy(Certificate, { schoolId, id: In([...new Set(ids)]) });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** A certificate that may sign. @throws Problem as {@link requireLogged} */
  async logged(schoolId: string, id: string): Promise<Certificate> {
    const certificate = (await this.byIds(schoolId, [id])).get(id);
    if (certificate === undefined) throw new Error(`certificate ${id} is not there`);
    await this.requireLogged(schoolId, [certificate]);
    return certificate;
  }

  /**
   * @throws Problem CERTIFICATE_REFUSED when one of them was revoked; LEDGER_UNAVAILABLE when one is not publicly logged
   *   in time: it may not sign yet
   */
  async requireLogged(schoolId: string, certificates: readonly Certificate[]): Promise<void> {
    await refuseRevoked(this.database.read, schoolId, certificates);
    await this.logs.awaitPublished(
      schoolId,
      certificates.map(({ entryId }) => entryId),
    );
  }

  private async openSigner(school: School, certificate: Certificate): Promise<Signer> {
    const chain = chainOf(certificate);
    if (certificate.keyStore === 'token') return this.token.signer(chain);
    if (certificate.keyName === null) throw keyOutside();
    const key = await this.keys.existingSigningKey('keys', school.slug, certificate.keyName);
    return new KeyFileSigner(key, chain);
  }

  private async make(school: School, { role, person }: CertificateHolder): Promise<Certificate> {
    const id = randomUUID();
    const notBefore = this.clock.now();
    const ca = await this.authority.of(school);
    const inToken = person === null && this.token.isConfigured;
    const publicKey = inToken
      ? await this.token.sealKey(school.slug)
      : await this.keys.signingKey('keys', school.slug, id);
    const der =
      person === null
        ? await issueSealCertificate(ca, { publicKey, notBefore })
        : await issuePersonCertificate(ca, {
            publicKey,
            notBefore,
            role,
            name: normalizeText(person.fullName),
            title: normalizeText(person.title),
          });
    const issuers = [base64(ca.certificate)];
    const key = inToken
      ? ({ keyStore: 'token', keyName: null } as const)
      : ({ keyStore: 'file', keyName: id } as const);
    const by = { type: 'certificate.issued', actor: person?.id ?? 'installation' };
    return this.add(school, { id, personId: person?.id ?? null, role, der, issuers, ...key }, by);
  }

  /**
   * Takes in a certificate that was made elsewhere; from then on it is the one in force of its holder.
   * @param confirm uses the act up, in the same unit of work
   */
  import(
    school: School,
    made: MadeCertificate,
    by: ImportedBy,
    confirm: (tx: EntityManager) => Promise<void>,
  ): Promise<Certificate> {
    return this.add(school, { ...made, id: randomUUID() }, { ...by, type: 'certificate.imported' }, confirm);
  }

  /** Logs and records a certificate. */
  private async add(
    { id: schoolId }: School,
    made: MadeCertificate & Pick<Certificate, 'id'>,
    by: Pick<NewEvent, 'type' | 'actor' | 'session' | 'act' | 'rule'>,
    confirm?: (tx: EntityManager) => Promise<void>,
  ): Promise<Certificate> {
    const { id, der } = made;
    const salt = new Uint8Array(randomBytes(32));
    return this.database.write(async (tx) => {
      await confirm?.(tx);
      const entryId = await this.outbox.add(tx, schoolId, keyAddedLeaf(toHex(salt), der));
      const row: Certificate = {
        ...made,
        schoolId,
        salt,
        entryId,
        issuedAt: this.clock.timestamp(),
        expiresAt: parseCertificate(der).notAfter.toISOString(),
        retiredAt: null,
      };
      await tx.insert(Certificate, row);
      const data = { ...rowData(row, 'der', 'salt'), der: base64(der), salt: base64(salt) };
      await this.journal.append(tx, schoolId, {
        ...by,
        subject: 'certificates',
        subjectId: id,
        at: row.issuedAt,
        data,
      });
      return row;
    });
  }
}

/** The certificate and its issuers, as they stand in a signature. */
export function chainOf({ der, issuers }: Certificate): Uint8Array[] {
  return [der, ...issuers.map((issuer) => new Uint8Array(Buffer.from(issuer, 'base64')))];
}

function keyOutside(): Problem {
  return new Problem(
    'KEY_OUTSIDE',
    'Khóa kí của chứng thư này không ở trên máy chủ: hãy lấy nội dung cần kí về, kí bằng thiết bị của mình rồi gửi chữ kí lên.',
  );
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
