/**
 * Importing a certificate whose key this server does not make: of a person's USB token or remote service, or of the seal
 * in the installation's token. Only what is public comes in. It must lead to an authority that the trust bundle in force
 * names for this school, and say of its holder what the school says.
 */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CertificateParams, type CertificateAnswer } from '#contracts/certificates.js';
import { toHex } from '#ledger/format/bytes.js';
import { endOfDay } from '#ledger/verify/trust.js';
import { parseCertificate, type Certificate as Parsed } from '#signing/certificate.js';
import { checkChain, checkValidity, type PinnedCa, type TrustedChain } from '#signing/certificate-chain.js';
import { nameValue } from '#signing/distinguished-name.js';
import { SigningError } from '#signing/errors.js';
import { OID } from '#signing/oids.js';
import type { StaffRole } from '#signing/school-profile.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { normalizeText } from '#transcript/text.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { Acts, type ActAnswer, type Change } from '../identity/acts.js';
import { Authorizer } from '../identity/authorizer.js';
import { isHeld } from '../identity/appointments.js';
import { Appointment, Person } from '../identity/identity.entities.js';
import type { SessionContext } from '../identity/session-context.js';
import { TrustKeeper } from '../ledger-host/trust-keeper.js';
import { School } from '../school/school.entities.js';
import { Certificates } from './certificates.js';
import { refuseRevoked } from './certificate-revocation.js';
import { SigningToken } from './signing-token.js';
import { Certificate } from './transcripts.entities.js';

const ACTIONS = { self: 'certificate.import', seal: 'certificate.import-seal' } as const;

/** What importing these certificates means now. */
interface ImportPlan {
  readonly school: School;
  readonly chain: readonly Parsed[];
  readonly role: Certificate['role'];
  readonly personId: string | null;
  readonly rule: string;
  readonly change: Change;
}

@Injectable()
export class CertificateImport implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly acts: Acts,
    private readonly authorizer: Authorizer,
    private readonly trust: TrustKeeper,
    private readonly token: SigningToken,
    private readonly certificates: Certificates,
  ) {}

  onModuleInit(): void {
    for (const [holder, action] of Object.entries(ACTIONS)) {
      this.acts.register(action, async (session, params) => {
        const request = validated(CertificateParams, params);
        if (request.holder !== holder) throw refused('Thao tác xác nhận không dành cho chứng thư này.');
        return (await this.plan(session, request)).change;
      });
    }
  }

  /** The person's own and the seal's, newest first, retired ones too. */
  async list(session: SessionContext): Promise<CertificateAnswer[]> {
    await this.authorizer.authorize(session, 'certificate.read', { self: true });
    const { schoolId, personId } = session;
    const rows = await this.database.read.findBy(Certificate, [
      { schoolId, personId },
      { schoolId, role: 'seal' },
    ]);
    return rows.sort((a, b) => b.issuedAt.localeCompare(a.issuedAt)).map(answerOf);
  }

  /**
   * Checks, logs and records; from the next batch on it signs.
   * @throws Problem CERTIFICATE_REFUSED with what is wrong, ALREADY_EXISTS, ACT_INVALID, SECOND_FACTOR_FAILED, TOKEN_UNAVAILABLE
   */
  async add(session: SessionContext, request: CertificateParams, act: ActAnswer): Promise<void> {
    const { school, chain, role, personId, rule, change } = await this.plan(session, request);
    const [own, ...issuers] = chain as readonly [Parsed, ...Parsed[]];
    const keyStore = (await this.token.holds(own.spkiSha256)) ? ('token' as const) : ('outside' as const);
    const imported = {
      ...{ personId, role, keyStore, der: own.der, keyName: null },
      issuers: issuers.map(({ der }) => Buffer.from(der).toString('base64')),
    } as const;
    const by = { actor: session.personId, session: session.sessionId, act: act.id, rule };
    await this.certificates.import(school, imported, by, async (tx) => {
      await this.acts.use(tx, session, act, ACTIONS[request.holder], change);
    });
  }

  private async plan(
    session: SessionContext,
    { holder, chain: given }: CertificateParams,
  ): Promise<ImportPlan> {
    const { schoolId, personId } = session;
    const rule = await this.authorizer.authorize(session, ACTIONS[holder], { self: true });
    const read = this.database.read;
    const school = await read.findOneByOrFail(School, { id: schoolId });
    const person = await read.findOneByOrFail(Person, { schoolId, id: personId });
    const { chain, holder: named } = await this.trusted(school, given);
    const expected = holder === 'seal' ? school.name : person.fullName;
    if (named.name !== normalizeText(expected) || named.school !== normalizeText(school.name)) {
      throw refused(
        `Chứng thư ghi «${named.name}», «${named.school}»; hồ sơ ghi «${expected}», «${school.name}».`,
      );
    }
    const role = named.kind === 'seal' ? 'seal' : await this.officeOf(session, named.role);
    if ((role === 'seal') !== (holder === 'seal')) {
      throw refused('Chứng thư cá nhân và chứng thư con dấu không thay cho nhau được.');
    }
    const own = chain[0]!;
    await this.refuseKnownKey(schoolId, own);
    const issuers = chain.slice(1).map(({ der }) => Buffer.from(der).toString('base64'));
    await refuseRevoked(read, schoolId, [{ der: own.der, issuers, retiredAt: null }]);
    const sha256 = toHex(own.sha256);
    const certificate = { holder, role, name: named.name, sha256, expiresAt: own.notAfter.toISOString() };
    const change = { action: ACTIONS[holder], certificate };
    return { school, chain, role, personId: holder === 'seal' ? null : personId, rule, change };
  }

  /** The office that the certificate states; where its authority states none, the highest that the person holds. */
  private async officeOf(
    { schoolId, personId }: SessionContext,
    stated: StaffRole | 'unstated',
  ): Promise<StaffRole> {
    if (stated !== 'unstated') return stated;
    const held = await this.database.read.findBy(Appointment, { schoolId, personId });
    const today = this.clock.today();
    const roles = held.filter((row) => isHeld(row, today)).map(({ role }) => role);
    return (['principal', 'vice-principal'] as const).find((role) => roles.includes(role)) ?? 'teacher';
  }

  /** Whether it is one that every verifier accepts of this school now. */
  private async trusted(school: School, given: readonly string[]): Promise<TrustedChain> {
    const bundle = await this.trust.bundle();
    const cas = bundle?.schools.find(({ code }) => code === school.slug)?.cas ?? [];
    const pins = cas.map(({ spki, profile, from, to }): PinnedCa => {
      const end = to === undefined ? {} : { to: new Date(endOfDay(to)) };
      return { spkiSha256: spki, profile, from: new Date(`${from}T00:00:00.000Z`), ...end };
    });
    try {
      const chain = given.map((text) => parseCertificate(new Uint8Array(Buffer.from(text, 'base64'))));
      const trusted = checkChain(chain, pins, nodeProvider);
      checkValidity(trusted, this.clock.now());
      return trusted;
    } catch (error) {
      if (!(error instanceof SigningError)) throw error;
      const words = WORDS[error.code] ?? 'Chứng thư không đúng mẫu mà trường dùng.';
      const message = `${words} (${error.code}: ${error.message})`;
      throw new Problem('CERTIFICATE_REFUSED', words, [{ where: 'chain', code: error.code, message }]);
    }
  }

  /** Documents whose signers share a key are refused by every verifier. */
  private async refuseKnownKey(schoolId: string, { spkiSha256 }: Parsed): Promise<void> {
    const key = toHex(spkiSha256);
    const rows = await this.database.read.findBy(Certificate, { schoolId });
    if (!rows.some(({ der }) => toHex(parseCertificate(der).spkiSha256) === key)) return;
    throw new Problem(
      'ALREADY_EXISTS',
      'Khóa của chứng thư này đã có trong trường; mỗi người một khóa riêng.',
    );
  }
}

const WORDS: Readonly<Partial<Record<string, string>>> = {
  CA_NOT_PINNED:
    'Nơi cấp chứng thư này không phải nơi mà trường dùng (không có trong gói tin cậy đang dùng).',
  CERT_EXPIRED: 'Chứng thư đã hết hạn.',
  CERT_NOT_YET_VALID: 'Chứng thư chưa đến ngày có hiệu lực.',
  CERT_SIGNATURE: 'Chứng thư không do nơi cấp đã nêu kí.',
};

function refused(detail: string): Problem {
  return new Problem('CERTIFICATE_REFUSED', detail);
}

function answerOf({ id, role, keyStore, der, issuedAt, expiresAt }: Certificate): CertificateAnswer {
  const { sha256, subject } = parseCertificate(der);
  return {
    id,
    role,
    name: nameValue(subject, OID.commonName) ?? '',
    keyStore,
    sha256: toHex(sha256),
    issuedAt,
    expiresAt,
  };
}
