/** Passkeys (khóa truy cập) of people, and the challenges that wait for a new one. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { asJson } from '../database/columns.js';

/** A WebAuthn credential of one person. The journal keeps the same: audit checks assertions from the journal alone. */
@Entity('passkeys')
export class Passkey {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  /** The credential's id, base64url. */
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'person_id' }) personId: string;
  /** The relying party that it answers to: the host name under which it was made. */
  @Column('text', { name: 'rp_id' }) rpId: string;
  /** COSE_Key, base64url. */
  @Column('text', { name: 'public_key' }) publicKey: string;
  @Column('text') algorithm: PasskeyAlgorithm;
  /** The signature counter it last showed; 0 for those that do not count (WebAuthn § 6.1.1). */
  @Column('integer') counter: number;
  @Column('text', { transformer: asJson }) transports: readonly string[];
  @Column('text') name: string;
  @Column('text', { name: 'created_at' }) createdAt: string;
  @Column('text', { name: 'last_used_at', nullable: true }) lastUsedAt: string | null;
  @Column('text', { name: 'revoked_at', nullable: true }) revokedAt: string | null;
}

export type PasskeyAlgorithm = 'ES256' | 'EdDSA' | 'RS256';

/** A challenge that a new passkey must answer: once, within minutes, in the session that asked for it. */
@Entity('passkey_challenges')
export class PasskeyChallenge {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  /** The challenge, base64url of 32 random bytes. */
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'person_id' }) personId: string;
  @Column('text', { name: 'session_id' }) sessionId: string;
  @Column('text', { name: 'expires_at' }) expiresAt: string;
}
