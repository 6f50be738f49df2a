/** Makes a new passkey possible: what the browser is asked to make, and whether what it made holds (WebAuthn § 7.1). */
import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { verifyRegistrationResponse, type RegistrationResponseJSON } from '@simplewebauthn/server';
import {
  COSEALG,
  decodeClientDataJSON,
  decodeCredentialPublicKey,
  isoBase64URL,
} from '@simplewebauthn/server/helpers';
import { LessThanOrEqual, MoreThan, type EntityManager } from 'typeorm';
import type { CredentialDto, PasskeyCreationOptions } from '#contracts/passkeys.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import { Person } from './identity.entities.js';
import { Passkey, PasskeyChallenge, type PasskeyAlgorithm } from './passkeys.entities.js';
import { RelyingParty } from './relying-party.js';
import type { SessionContext } from './session-context.js';

const VALID_MS = 5 * 60 * 1000;
/** In the order of preference. */
const ALGORITHMS: ReadonlyMap<number, PasskeyAlgorithm> = new Map([
  [COSEALG.ES256, 'ES256'],
  [COSEALG.EdDSA, 'EdDSA'],
  [COSEALG.RS256, 'RS256'],
]);
/** Position of a COSE_Key's algorithm (RFC 9052 § 7.1). */
const COSE_ALG = 3;

/** A credential that holds: what is kept of it. */
export type NewCredential = Pick<
  Passkey,
  'id' | 'rpId' | 'publicKey' | 'algorithm' | 'counter' | 'transports'
>;

@Injectable()
export class PasskeyRegistration {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rp: RelyingParty,
  ) {}

  /** What the browser is asked to make, with a challenge of this session. @throws Problem NOT_SUPPORTED */
  async options(session: SessionContext, known: readonly Passkey[]): Promise<PasskeyCreationOptions> {
    this.rp.refuseUnusable();
    const { schoolId, personId, sessionId } = session;
    const person = await this.database.read.findOneByOrFail(Person, { schoolId, id: personId });
    const challenge = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    await this.database.write(async (tx) => {
      await tx.delete(PasskeyChallenge, { schoolId, expiresAt: LessThanOrEqual(now.toISOString()) });
      const expiresAt = new Date(now.getTime() + VALID_MS).toISOString();
      await tx.insert(PasskeyChallenge, { schoolId, id: challenge, personId, sessionId, expiresAt });
    });
    return {
      challenge,
      rp: { id: this.rp.id, name: this.rp.name },
      user: {
        // Says nothing about the person: authenticators give the handle away (WebAuthn § 14.6.1).
        id: createHash('sha256').update(`socai.v1/passkey-user\0${schoolId}/${personId}`).digest('base64url'),
        name: person.username,
        displayName: person.fullName,
      },
      pubKeyCredParams: [...ALGORITHMS.keys()].map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: known.map(({ id }) => ({ id, type: 'public-key' })),
      authenticatorSelection: {
        residentKey: 'preferred',
        requireResidentKey: false,
        userVerification: 'required',
      },
      attestation: 'none',
      timeout: VALID_MS,
    };
  }

  /**
   * Checks a credential against the challenge that waits for it in this session; does not use the challenge up.
   * @throws Problem SECOND_FACTOR_FAILED
   */
  async check(session: SessionContext, credential: CredentialDto): Promise<NewCredential> {
    const challenge = challengeIn(credential);
    const waiting = await this.database.read.findOneBy(PasskeyChallenge, this.waiting(session, challenge));
    if (waiting === null) throw refused('Lần thêm khóa truy cập này đã dùng hoặc đã quá 5 phút.');
    const { id, clientDataJSON, attestationObject, transports } = credential;
    try {
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: {
          ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
          response: { clientDataJSON, attestationObject },
        } satisfies RegistrationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: this.originOf(credential),
        expectedRPID: this.rp.id,
        requireUserVerification: true,
        supportedAlgorithmIDs: [...ALGORITHMS.keys()],
      });
      if (!verified || registrationInfo.credential.id !== id) throw new Error('not verified');
      const { publicKey, counter } = registrationInfo.credential;
      return {
        ...{ id, rpId: this.rp.id, counter, transports },
        ...{ publicKey: isoBase64URL.fromBuffer(publicKey), algorithm: algorithmOf(publicKey) },
      };
    } catch {
      throw refused('Khóa truy cập vừa tạo không hợp lệ, hoặc thiết bị chưa hỏi vân tay, khuôn mặt, mã PIN.');
    }
  }

  /** Uses the challenge of a credential up. @throws Problem SECOND_FACTOR_FAILED when somebody was quicker */
  async useUp(tx: EntityManager, session: SessionContext, credential: CredentialDto): Promise<void> {
    const used = await tx.delete(PasskeyChallenge, this.waiting(session, challengeIn(credential)));
    if (used.affected !== 1) throw refused('Lần thêm khóa truy cập này đã dùng hoặc đã quá 5 phút.');
  }

  private waiting({ schoolId, personId, sessionId }: SessionContext, challenge: string) {
    return { schoolId, id: challenge, personId, sessionId, expiresAt: MoreThan(this.clock.timestamp()) };
  }

  private originOf({ clientDataJSON }: CredentialDto): string {
    const { origin } = decodeClientDataJSON(clientDataJSON);
    return this.rp.accepts(origin) ? origin : this.rp.origin;
  }
}

function algorithmOf(publicKey: Uint8Array<ArrayBuffer>): PasskeyAlgorithm {
  const algorithm = ALGORITHMS.get(decodeCredentialPublicKey(publicKey).get(COSE_ALG) as number);
  if (algorithm === undefined) throw new Error('a credential of an algorithm that was not asked for');
  return algorithm;
}

function challengeIn({ clientDataJSON }: CredentialDto): string {
  try {
    return String(decodeClientDataJSON(clientDataJSON).challenge);
  } catch {
    throw refused('Dữ liệu của khóa truy cập không đọc được.');
  }
}

function refused(why: string): Problem {
  return new Problem('SECOND_FACTOR_FAILED', `${why} Hãy thêm lại từ đầu.`);
}
