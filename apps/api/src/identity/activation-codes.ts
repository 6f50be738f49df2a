/** Activation codes (mã kích hoạt): made for a printed letter, good once and for seven days. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { ActivationCode } from './account.entities.js';
import type { Person } from './identity.entities.js';
import { newPaperCode, paperCodeHash } from './one-time-secrets.js';
import { SignInAttempts } from './sign-in-attempts.js';

const VALID_MS = 7 * 24 * 60 * 60 * 1000;

/** Who issues it, as the event says. */
export type Issuer = Pick<NewEvent, 'actor' | 'session' | 'act' | 'rule'>;

/** A code, shown once. */
export interface IssuedCode {
  readonly code: string;
  readonly expiresAt: string;
}

@Injectable()
export class ActivationCodes {
  constructor(
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly attempts: SignInAttempts,
  ) {}

  /**
   * Makes a code; the person's earlier ones become useless, and their failed attempts are forgotten.
   * @param enrols whether it also enrols a second factor, rather than keep the one there is (security 7)
   */
  async issue(tx: EntityManager, person: Person, enrols: boolean, by: Issuer): Promise<IssuedCode> {
    const { schoolId, id: personId } = person;
    await this.voidAll(tx, person, by);
    await this.attempts.forgive(tx, person.username);
    const code = newPaperCode();
    const now = this.clock.now();
    const row: ActivationCode = {
      schoolId,
      id: randomUUID(),
      personId,
      codeHash: paperCodeHash('activation', personId, code),
      enrols: enrols ? 1 : 0,
      totpSecret: null,
      issuedBy: by.actor,
      issuedAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + VALID_MS).toISOString(),
      usedAt: null,
      voidedAt: null,
    };
    await tx.insert(ActivationCode, row);
    const event = { ...by, type: 'activation.issued', subject: 'activation_codes', subjectId: row.id };
    await this.journal.append(tx, schoolId, { ...event, at: row.issuedAt, data: rowData(row, 'totpSecret') });
    return { code, expiresAt: row.expiresAt };
  }

  /** Makes the person's unused codes useless. */
  async voidAll(tx: EntityManager, { schoolId, id: personId }: Person, by: Issuer): Promise<void> {
    const voidedAt = this.clock.timestamp();
    const unused = { schoolId, personId, usedAt: IsNull(), voidedAt: IsNull() };
    const rows = await tx.findBy(ActivationCode, unused);
    if (rows.length === 0) return;
    await tx.update(ActivationCode, unused, { voidedAt });
    const event = { ...by, type: 'activation.voided', subject: 'activation_codes', at: voidedAt };
    const events = rows.map(({ id }): NewEvent => ({ ...event, subjectId: id, data: { voidedAt } }));
    await this.journal.appendAll(tx, schoolId, events);
  }

  /** The code of a person that can be used now; null when there is none such. */
  async find(read: EntityManager, person: Person | null, typed: string): Promise<ActivationCode | null> {
    const codeHash = paperCodeHash('activation', person?.id ?? '', typed);
    const row = await read.findOneBy(ActivationCode, { schoolId: person?.schoolId ?? '', codeHash });
    if (row === null || row.usedAt !== null || row.voidedAt !== null) return null;
    return this.clock.timestamp() < row.expiresAt ? row : null;
  }

  /** Uses a code up; false when another request just did. */
  async use(tx: EntityManager, { schoolId, id, personId }: ActivationCode): Promise<boolean> {
    const usedAt = this.clock.timestamp();
    const open = { schoolId, id, usedAt: IsNull(), voidedAt: IsNull() };
    const used = await tx.update(ActivationCode, open, { usedAt, totpSecret: null });
    if (used.affected !== 1) return false;
    const event = { type: 'activation.used', subject: 'activation_codes', subjectId: id, actor: personId };
    await this.journal.append(tx, schoolId, { ...event, at: usedAt, data: { usedAt } });
    return true;
  }
}
