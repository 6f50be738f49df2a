/**
 * The certificate authority of each school, made on first start. In the demo it is on the same machine as everything
 * else, so whoever holds the machine can invent a principal: every name it issues carries DEMO. A real school's
 * authority is elsewhere, and only certificates come here.
 */
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { parseCertificate } from '#signing/certificate.js';
import { PUBLIC_PROFILE } from '#signing/public-profile.js';
import { TSA_PROFILE } from '#signing/timestamp-check.js';
import { SCHOOL_PROFILE_RSA } from '#signing/school-profile.js';
import {
  certificateToPem,
  readCertificateFile,
  writeCertificateFile,
} from '#signing-node/certificate-file.js';
import { createSchoolCa, type SchoolCa } from '#signing-node/school-ca.js';
import { normalizeText } from '#transcript/text.js';
import { Clock } from '../clock.js';
import { InstallationSettings } from '../installation.module.js';
import type { School } from '../school/school.entities.js';
import { KeyStore } from './key-store.js';

@Injectable()
export class SchoolAuthority {
  private readonly opened = new Map<string, Promise<SchoolCa>>();

  constructor(
    private readonly settings: InstallationSettings,
    private readonly keys: KeyStore,
    private readonly clock: Clock,
  ) {}

  /** The school's authority; made when it has none yet. */
  of(school: School): Promise<SchoolCa> {
    let ca = this.opened.get(school.slug);
    if (ca === undefined) {
      ca = this.openOrCreate(school);
      this.opened.set(school.slug, ca);
      ca.catch(() => this.opened.delete(school.slug));
    }
    return ca;
  }

  /**
   * What the trust bundle pins: its own authority, and each root in certificates/<school>/authorities/*.pem, whose
   * certificates of staff the school takes too (a government authority); and timestamping authorities, those of
   * certificates/<school>/timestamps/*.pem.
   * @throws SigningError CERT_FILE_MALFORMED
   */
  async pinsOf(school: School): Promise<AuthorityPin[]> {
    const own = pinOf((await this.of(school)).certificate, SCHOOL_PROFILE_RSA);
    const others = await this.certificatesIn(school, 'authorities');
    const clocks = await this.certificatesIn(school, 'timestamps');
    return [
      own,
      ...others.map((der) => pinOf(der, PUBLIC_PROFILE)),
      ...clocks.map((der) => pinOf(der, TSA_PROFILE)),
    ];
  }

  private async certificatesIn(school: School, kind: 'authorities' | 'timestamps'): Promise<Uint8Array[]> {
    const folder = join(this.settings.config.dataDir, 'certificates', school.slug, kind);
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.pem')).sort();
    return Promise.all(names.map((name) => readCertificateFile(join(folder, name))));
  }

  /** Its certificate, as it is served. */
  async pemOf(school: School): Promise<string> {
    return certificateToPem((await this.of(school)).certificate);
  }

  private async openOrCreate(school: School): Promise<SchoolCa> {
    const file = join(this.settings.config.dataDir, 'certificates', school.slug, 'ca.pem');
    const key = await this.keys.signingKey('ca', school.slug);
    if (await exists(file)) return { certificate: await readCertificateFile(file), key };
    const ca = await createSchoolCa({
      key,
      school: normalizeText(school.name),
      notBefore: this.clock.now(),
      demo: school.settings.demo,
    });
    await writeCertificateFile(file, ca.certificate);
    return ca;
  }
}

/** A `ca` line of the trust bundle. */
interface AuthorityPin {
  readonly spki: Uint8Array;
  readonly profile: string;
  /** YYYY-MM-DD. */
  readonly from: string;
}

function pinOf(der: Uint8Array, profile: string): AuthorityPin {
  const { spkiSha256, notBefore } = parseCertificate(der);
  return { spki: spkiSha256, profile, from: notBefore.toISOString().slice(0, 10) };
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
