/** People, their accounts and sessions, what they are appointed to, and the acts they stepped up for. */
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { asJson } from '../database/columns.js';

/** A member of staff, guardian or inspector with an account of their own. */
@Entity('people')
export class Person {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text') username: string;
  @Column('text', { name: 'full_name' }) fullName: string;
  /** Professional title as printed (chức danh), for example "Giáo viên THCS hạng II". */
  @Column('text') title: string;
  /** argon2id, PHC string. */
  @Column('text', { name: 'password_hash' }) passwordHash: string;
  /** TOTP secret, base32, sealed with the installation's key; null when not enrolled. */
  @Column('text', { name: 'totp_secret', nullable: true }) totpSecret: string | null;
  /** The last 30-second step whose code was used: a code works once. */
  @Column('integer', { name: 'totp_last_step' }) totpLastStep: number;
  /** SHA-256 (hex) of each recovery code not used yet; null when never made. */
  @Column('text', { name: 'recovery_codes', transformer: asJson, nullable: true }) recoveryCodes:
    string[] | null;
  /** When the person first set a password of their own; before, nobody can sign in. */
  @Column('text', { name: 'activated_at', nullable: true }) activatedAt: string | null;
  @Column('text', { name: 'disabled_at', nullable: true }) disabledAt: string | null;
}

/** Which school a user name belongs to: the one lookup made before the school is known. */
@Entity('logins')
export class Login {
  @PrimaryColumn('text') username: string;
  @Column('text', { name: 'school_id' }) schoolId: string;
  @Column('text', { name: 'person_id' }) personId: string;
}

/** A server-side session; the id is the SHA-256 of the cookie's secret. */
@Entity('sessions')
export class Session {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'person_id' }) personId: string;
  @Column('text', { name: 'csrf_token' }) csrfToken: string;
  @Column('text', { name: 'created_at' }) createdAt: string;
  @Column('text', { name: 'last_seen_at' }) lastSeenAt: string;
  @Column('text', { name: 'expires_at' }) expiresAt: string;
  @Column('text', { name: 'revoked_at', nullable: true }) revokedAt: string | null;
  /** With what the person proved themself besides the password; null when with nothing. */
  @Column('text', { name: 'second_factor', nullable: true }) secondFactor:
    'totp' | 'passkey' | 'recovery' | null;
}

/**
 * What an appointment is in charge of (lĩnh vực, khối, tổ phụ trách): classes by grade or one by one, and subjects. A list
 * left out means "all".
 */
export interface Charge {
  /** As the decision calls it: "Tổ Toán – Tin", "Khối 4". */
  readonly name?: string;
  readonly grades?: readonly number[];
  readonly classIds?: readonly string[];
  readonly subjects?: readonly string[];
}

/** A role held from one date to another (bổ nhiệm, phân công). */
@Entity('appointments')
export class Appointment {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'person_id' }) personId: string;
  @Column('text') role: string;
  @Column('text', { name: 'from_date' }) fromDate: string;
  @Column('text', { name: 'to_date', nullable: true }) toDate: string | null;
  @Column('text', { name: 'decision_number', nullable: true }) decisionNumber: string | null;
  @Column('text', { name: 'appointed_by', nullable: true }) appointedBy: string | null;
  /** Null: the whole school. */
  @Column('text', { nullable: true, transformer: asJson }) charge: Charge | null;
  /** Ended before its last day (thôi vai trò); it stops at the next request. */
  @Column('text', { name: 'ended_at', nullable: true }) endedAt: string | null;
  @Column('text', { name: 'ended_by', nullable: true }) endedBy: string | null;
  @Column('text', { name: 'end_reason', nullable: true }) endReason: string | null;
}

/** Principal's written delegation (ủy quyền): scope, dates, decision number. */
@Entity('delegations')
export class Delegation {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'from_person_id' }) fromPersonId: string;
  @Column('text', { name: 'to_person_id' }) toPersonId: string;
  @Column('text') scope: string;
  @Column('text', { name: 'from_date' }) fromDate: string;
  @Column('text', { name: 'to_date' }) toDate: string;
  @Column('text', { name: 'decision_number' }) decisionNumber: string;
  @Column('text', { name: 'ended_at', nullable: true }) endedAt: string | null;
  @Column('text', { name: 'ended_by', nullable: true }) endedBy: string | null;
  @Column('text', { name: 'end_reason', nullable: true }) endReason: string | null;
}

/** An act that asks for the second factor again, bound to the hash of the exact change; it works once. */
@Entity('acts')
export class Act {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'person_id' }) personId: string;
  @Column('text', { name: 'session_id' }) sessionId: string;
  @Column('text') action: string;
  @Column('text', { transformer: asJson }) change: object;
  /** SHA-256("socai.v1/act" ‖ 0x00 ‖ JCS(change) ‖ nonce), hex. */
  @Column('text', { name: 'change_hash' }) changeHash: string;
  @Column('text') nonce: string;
  @Column('text', { name: 'created_at' }) createdAt: string;
  @Column('text', { name: 'expires_at' }) expiresAt: string;
  @Column('text', { nullable: true }) method: 'totp' | 'passkey' | null;
  @Column('text', { name: 'used_at', nullable: true }) usedAt: string | null;
}
