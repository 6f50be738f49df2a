/**
 * Certificates of people and of the seal, under the school's authority, with keys encrypted on disk. Each is logged by a
 * salted `key.added` in the unit that makes it, and signs nothing before that entry is public.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { toHex } from '#ledger/format/bytes.js';
import { parseCertificate } from '#signing/certificate.js';
import type { StaffRole } from '#signing/school-profile.js';
import type { Signer } from '#signing/signer.js';
import { issuePersonCertificate, issueSealCertificate } from '#signing-node/school-ca.js';
import { KeyFileSigner } from '#signing-node/signer.js';
import { keyAddedLeaf } from '#transcript/commitments.js';
import { normalizeText } from '#transcript/text.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import type { Person } from '../identity/identity.entities.js';
import { KeyStore } from '../ledger-host/key-store.js';
import { Outbox } from '../ledger-host/outbox.js';
import { SchoolAuthority } from '../ledger-host/school-authority.js';
import { SchoolLogs } from '../ledger-host/school-logs.js';
import type { School } from '../school/school.entities.js';
import { Certificate } from './transcripts.entities.js';

/** A certificate that ends sooner than this is not used for a new document. */
const SPARE_MS = 30 * 24 * 60 * 60 * 1000;

/** Whose certificate: a person in an office, or the school's seal. */
export type CertificateHolder =
  { readonly role: StaffRole; readonly person: Person } | { readonly role: 'seal'; readonly person: null };

@Injectable()
export class Certificates {
  private readonly signers = new Map<string, Promise<Signer>>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly keys: KeyStore,
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
    const inForce = known.filter(({ expiresAt }) => expiresAt > enough);
    return inForce.sort((a, b) => b.issuedAt.localeCompare(a.issuedAt))[0] ?? this.make(school, holder);
  }

  /** Signs with the certificate's key. */
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

  /** @throws Problem LEDGER_UNAVAILABLE when one of them is not publicly logged in time: it may not sign yet */
  async requireLogged(schoolId: string, certificates: readonly Certificate[]): Promise<void> {
    await this.logs.awaitPublished(
      schoolId,
      certificates.map(({ entryId }) => entryId),
    );
  }

  private async openSigner(school: School, { keyName, der }: Certificate): Promise<Signer> {
    const key = await this.keys.existingSigningKey('keys', school.slug, keyName);
    return new KeyFileSigner(key, [der, (await this.authority.of(school)).certificate]);
  }

  private async make(school: School, { role, person }: CertificateHolder): Promise<Certificate> {
    const id = randomUUID();
    const notBefore = this.clock.now();
    const ca = await this.authority.of(school);
    const publicKey = await this.keys.signingKey('keys', school.slug, id);
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
    const salt = new Uint8Array(randomBytes(32));
    return this.database.write(async (tx) => {
      const entryId = await this.outbox.add(tx, school.id, keyAddedLeaf(toHex(salt), der));
      const row: Certificate = {
        schoolId: school.id,
        id,
        personId: person?.id ?? null,
        role,
        der,
        salt,
        keyName: id,
        entryId,
        issuedAt: notBefore.toISOString(),
        expiresAt: parseCertificate(der).notAfter.toISOString(),
        retiredAt: null,
      };
      await tx.insert(Certificate, row);
      const data = { ...rowData(row, 'der', 'salt'), der: base64(der), salt: base64(salt) };
      await this.journal.append(tx, school.id, {
        type: 'certificate.issued',
        subject: 'certificates',
        subjectId: id,
        actor: person?.id ?? 'installation',
        at: row.issuedAt,
        data,
      });
      return row;
    });
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
