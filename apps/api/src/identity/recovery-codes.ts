/** Recovery codes (mã khôi phục): ten on a sheet of paper for the day the telephone is lost; each opens one session. */
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Journal } from '../audit/journal.js';
import { valueDigest } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Authorizer } from './authorizer.js';
import { Person } from './identity.entities.js';
import { newPaperCode, paperCodeHash } from './one-time-secrets.js';
import type { SessionContext } from './session-context.js';

const CODES = 10;

/** New codes, and what is kept of them. */
export interface NewRecoveryCodes {
  /** Shown once. */
  readonly codes: string[];
  readonly hashes: string[];
}

export function newRecoveryCodes(personId: string): NewRecoveryCodes {
  const codes = Array.from({ length: CODES }, newPaperCode);
  return { codes, hashes: codes.map((code) => paperCodeHash('recovery', personId, code)) };
}

/** What an event says of the codes that are left. */
export function recoveryCodesData(hashes: string[] | null) {
  return { recoveryCodes: valueDigest(hashes), recoveryCodesLeft: hashes?.length ?? 0 };
}

@Injectable()
export class RecoveryCodes {
  constructor(
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly journal: Journal,
  ) {}

  /** Uses a code up; false when it is none of the person's, or another request used one at the same moment. */
  async use(tx: EntityManager, person: Person, typed: string): Promise<boolean> {
    const { schoolId, id, recoveryCodes } = person;
    const hash = paperCodeHash('recovery', id, typed);
    if (recoveryCodes?.includes(hash) !== true) return false;
    const left = recoveryCodes.filter((other) => other !== hash);
    const used = await tx.update(Person, { schoolId, id, recoveryCodes }, { recoveryCodes: left });
    return used.affected === 1;
  }

  /** Says in the journal that the session just opened cost one of the codes. */
  async tellUsed(tx: EntityManager, session: SessionContext): Promise<void> {
    const { schoolId, personId: id, sessionId } = session;
    const rule = await this.authorizer.authorize(session, 'session.open', {});
    const { recoveryCodes } = await tx.findOneByOrFail(Person, { schoolId, id });
    const event = { type: 'recovery-code.used', subject: 'people', subjectId: id, actor: id };
    const data = recoveryCodesData(recoveryCodes);
    const at = this.clock.timestamp();
    await this.journal.append(tx, schoolId, { ...event, session: sessionId, rule, at, data });
  }
}
