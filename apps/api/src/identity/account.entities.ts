/** How accounts come to life and are recovered, sign-ins that wait for their second factor, and failed attempts. */
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A code printed on a letter (mã kích hoạt): sets a password once; shown once, kept as a hash. */
@Entity('activation_codes')
export class ActivationCode {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'person_id' }) personId: string;
  /** SHA-256, hex. */
  @Column('text', { name: 'code_hash' }) codeHash: string;
  /** 1 when it also enrols a second factor: the first activation, and after two people have reset the former one. */
  @Column('integer') enrols: 0 | 1;
  /** The TOTP secret shown to the person while they activate, sealed; not theirs before they have given a code of it. */
  @Column('text', { name: 'totp_secret', nullable: true }) totpSecret: string | null;
  @Column('text', { name: 'issued_by' }) issuedBy: string;
  @Column('text', { name: 'issued_at' }) issuedAt: string;
  @Column('text', { name: 'expires_at' }) expiresAt: string;
  @Column('text', { name: 'used_at', nullable: true }) usedAt: string | null;
  /** When a newer code or the account's end made it useless. */
  @Column('text', { name: 'voided_at', nullable: true }) voidedAt: string | null;
}

/** A password that was right, waiting for the second factor; the id is the SHA-256 of its cookie's secret. */
@Entity('pending_sign_ins')
export class PendingSignIn {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'person_id' }) personId: string;
  /** base64url of 32 random bytes, for a passkey to sign. */
  @Column('text') challenge: string;
  @Column('text', { name: 'created_at' }) createdAt: string;
  @Column('text', { name: 'expires_at' }) expiresAt: string;
}

/** Two people reset the second factor of a third (khôi phục xác thực lần hai): one proposes, one confirms. */
@Entity('account_recoveries')
export class AccountRecovery {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'person_id' }) personId: string;
  @Column('text') reason: string;
  @Column('text', { name: 'proposed_by' }) proposedBy: string;
  @Column('text', { name: 'proposed_at' }) proposedAt: string;
  @Column('text', { name: 'expires_at' }) expiresAt: string;
  @Column('text', { name: 'confirmed_by', nullable: true }) confirmedBy: string | null;
  @Column('text', { name: 'confirmed_at', nullable: true }) confirmedAt: string | null;
  @Column('text', { name: 'act_id', nullable: true }) actId: string | null;
}

/** The month's look over all accounts, signed off by the vice-principal. */
@Entity('account_reviews')
export class AccountReview {
  @PrimaryColumn('text', { name: 'school_id' }) schoolId: string;
  @PrimaryColumn('text') id: string;
  /** YYYY-MM, in Viet Nam. */
  @Column('text') month: string;
  /** SHA-256 of the list that was looked at, hex. */
  @Column('text', { name: 'report_hash' }) reportHash: string;
  @Column('integer') accounts: number;
  @Column('text', { nullable: true }) note: string | null;
  @Column('text', { name: 'reviewed_by' }) reviewedBy: string;
  @Column('text', { name: 'reviewed_at' }) reviewedAt: string;
}

/** Failures of one account since its last success. No school: counted before anyone knows whether there is one. */
@Entity('account_throttles')
export class AccountThrottle {
  /** What is counted: a hash, so that a password typed as a user name is not kept. */
  @PrimaryColumn('text') account: string;
  @Column('integer') failures: number;
  @Column('text', { name: 'last_at' }) lastAt: string;
}

/** When an account last failed and last signed in at an address; both as hashes. */
@Entity('address_accounts')
export class AddressAccount {
  @PrimaryColumn('text') address: string;
  @PrimaryColumn('text') account: string;
  @Column('text', { name: 'failed_at', nullable: true }) failedAt: string | null;
  @Column('text', { name: 'succeeded_at', nullable: true }) succeededAt: string | null;
}
