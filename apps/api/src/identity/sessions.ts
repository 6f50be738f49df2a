/** Server-side sessions: a new id at each sign-in, idle and absolute limits, ended from anywhere. */
import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan, type EntityManager } from 'typeorm';
import { Journal } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Appointments, type PersonOfSchool } from './appointments.js';
import { Authorizer } from './authorizer.js';
import { Person, Session } from './identity.entities.js';
import { cookieHash } from './one-time-secrets.js';
import type { SecondFactor } from './second-factors.js';
import type { SessionContext } from './session-context.js';
import { isApprover, isStaff } from './account-roles.js';

const MINUTE_MS = 60 * 1000;
/** Security 10: fifteen minutes for who approves, signs or administers; an hour for the others; eight hours for all. */
const IDLE_MS = 15 * MINUTE_MS;
const LONG_IDLE_MS = 60 * MINUTE_MS;
const ABSOLUTE_MS = 8 * 60 * MINUTE_MS;
/** How stale last_seen_at may be before it is written again. */
const SEEN_GRANULARITY_MS = MINUTE_MS;

/** A session just opened: the cookie's value is shown once and kept nowhere. */
export interface OpenedSession {
  readonly cookie: string;
  readonly csrfToken: string;
  readonly context: SessionContext;
}

/** A session as the guard finds it. */
export interface FoundSession {
  readonly context: SessionContext;
  readonly csrfToken: string;
}

/** Who ends a session, as its event says; without a session of their own where a paper code sets a new password. */
export interface Ender {
  readonly actor: string;
  readonly session?: string;
  readonly rule?: string;
  readonly act?: string;
}

@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly appointments: Appointments,
    private readonly authorizer: Authorizer,
    private readonly journal: Journal,
  ) {}

  /**
   * Opens a session for somebody who has proved who they are. It is in the journal, so that a session put into the
   * table with SQL is found.
   */
  async open(
    tx: EntityManager,
    { schoolId, personId }: PersonOfSchool,
    secondFactor: SecondFactor | null,
  ): Promise<OpenedSession> {
    const secret = randomBytes(32).toString('base64url');
    const csrfToken = randomBytes(32).toString('base64url');
    const id = cookieHash(secret);
    const now = this.clock.now();
    const createdAt = now.toISOString();
    const expiresAt = new Date(now.getTime() + ABSOLUTE_MS).toISOString();
    const context = { schoolId, sessionId: id, personId };
    const rule = await this.authorizer.authorize(context, 'session.open', {});
    const facts = { personId, secondFactor, createdAt, expiresAt, revokedAt: null };
    await tx.insert(Session, { schoolId, id, ...facts, csrfToken, lastSeenAt: createdAt });
    const event = { type: 'session.opened', subject: 'sessions', subjectId: id, at: createdAt, data: facts };
    await this.journal.append(tx, schoolId, { ...event, actor: personId, session: id, rule });
    return { cookie: `${schoolId}.${secret}`, csrfToken, context };
  }

  /**
   * Finds the live session behind a cookie; null when there is none, it is over, the person was disabled, or they have
   * become staff since they signed in with a password alone.
   */
  async find(cookie: string): Promise<FoundSession | null> {
    const [schoolId, secret] = cookie.split('.');
    if (!schoolId || secret === undefined) return null;
    const read = this.database.read;
    const session = await read.findOneBy(Session, { schoolId, id: cookieHash(secret) });
    const now = this.clock.now();
    if (!session || session.revokedAt !== null || session.expiresAt <= now.toISOString()) return null;
    const context = { schoolId, sessionId: session.id, personId: session.personId };
    const idle = now.getTime() - Date.parse(session.lastSeenAt);
    if (!(await this.mayGoOn(context, session, idle))) return null;
    const person = await read.findOneBy(Person, { schoolId, id: session.personId });
    if (!person || person.disabledAt !== null) return null;
    if (idle > SEEN_GRANULARITY_MS) {
      await this.database.write((tx) =>
        tx.update(Session, { schoolId, id: session.id }, { lastSeenAt: now.toISOString() }),
      );
    }
    return { context, csrfToken: session.csrfToken };
  }

  /** Sessions of a person that are not over, the newest first. */
  async live({ schoolId, personId }: PersonOfSchool): Promise<Session[]> {
    return this.database.read.find(Session, {
      where: { schoolId, personId, revokedAt: IsNull(), expiresAt: MoreThan(this.clock.timestamp()) },
      order: { createdAt: 'DESC', id: 'ASC' },
    });
  }

  /** Ends one session, in the caller's unit of work; false when it was over already. */
  async end(tx: EntityManager, by: Ender, row: Pick<Session, 'schoolId' | 'id'>): Promise<boolean> {
    const { schoolId, id } = row;
    const revokedAt = this.clock.timestamp();
    const ended = await tx.update(Session, { schoolId, id, revokedAt: IsNull() }, { revokedAt });
    if (ended.affected !== 1) return false;
    const event = { ...by, type: 'session.ended', subject: 'sessions', subjectId: id };
    await this.journal.append(tx, schoolId, { ...event, at: revokedAt, data: { revokedAt } });
    return true;
  }

  /** Ends all live sessions of a person, but one perhaps. @returns how many */
  async endAll(tx: EntityManager, by: Ender, person: PersonOfSchool, but?: string): Promise<number> {
    const live = await this.live(person);
    let ended = 0;
    for (const row of live) {
      if (row.id !== but && (await this.end(tx, by, row))) ended += 1;
    }
    return ended;
  }

  /** Signs out. */
  async close(context: SessionContext): Promise<void> {
    const { schoolId, sessionId, personId } = context;
    const rule = await this.authorizer.authorize(context, 'session.close', { self: true });
    const by = { actor: personId, session: sessionId, rule };
    await this.database.write((tx) => this.end(tx, by, { schoolId, id: sessionId }));
  }

  /** The limits that depend on the person's roles of today; a clock that went back far ends the session too. */
  private async mayGoOn(person: PersonOfSchool, session: Session, idle: number): Promise<boolean> {
    if (Math.abs(idle) <= IDLE_MS && session.secondFactor !== null) return true;
    if (Math.abs(idle) > LONG_IDLE_MS) return false;
    const roles = await this.appointments.rolesToday(person);
    if (session.secondFactor === null && isStaff(roles)) return false;
    return Math.abs(idle) <= IDLE_MS || !isApprover(roles);
  }
}
