/** Signing in and out: server-side sessions with a new id at each login, idle and absolute limits. */
import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import { Login, Person, Session } from './identity.entities.js';
import { checkPassword, NO_SUCH_USER_HASH } from './passwords.js';
import type { SessionContext } from './session-context.js';

const IDLE_MS = 15 * 60 * 1000;
const ABSOLUTE_MS = 8 * 60 * 60 * 1000;
/** How stale last_seen_at may be before it is written again. */
const SEEN_GRANULARITY_MS = 60 * 1000;

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

@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks user name and password. An unknown user, a wrong password and a disabled account give the same answer
   * after the same work.
   * @throws Problem SIGN_IN_FAILED
   */
  async open(username: string, password: string): Promise<OpenedSession> {
    const read = this.database.read;
    const login = await read.findOneBy(Login, { username: username.normalize('NFC').trim().toLowerCase() });
    const person = login && (await read.findOneBy(Person, { schoolId: login.schoolId, id: login.personId }));
    const matches = await checkPassword(person?.passwordHash ?? NO_SUCH_USER_HASH, password);
    if (!person || !matches || person.disabledAt !== null) {
      throw new Problem(
        'SIGN_IN_FAILED',
        'Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra lại, phân biệt chữ hoa, chữ thường.',
      );
    }
    const secret = randomBytes(32).toString('base64url');
    const csrfToken = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    const context = { schoolId: person.schoolId, sessionId: sessionId(secret), personId: person.id };
    await this.database.write((tx) =>
      tx.insert(Session, {
        schoolId: context.schoolId,
        id: context.sessionId,
        personId: context.personId,
        csrfToken,
        createdAt: now.toISOString(),
        lastSeenAt: now.toISOString(),
        expiresAt: new Date(now.getTime() + ABSOLUTE_MS).toISOString(),
        revokedAt: null,
        secondFactor: null,
      }),
    );
    return { cookie: `${person.schoolId}.${secret}`, csrfToken, context };
  }

  /** Finds the live session behind a cookie; null when there is none, it is over, or the person was disabled. */
  async find(cookie: string): Promise<FoundSession | null> {
    const dot = cookie.indexOf('.');
    if (dot < 1) return null;
    const schoolId = cookie.slice(0, dot);
    const read = this.database.read;
    const session = await read.findOneBy(Session, { schoolId, id: sessionId(cookie.slice(dot + 1)) });
    const now = this.clock.now();
    if (!session || session.revokedAt !== null || session.expiresAt <= now.toISOString()) return null;
    const idle = now.getTime() - Date.parse(session.lastSeenAt);
    if (idle > IDLE_MS) return null;
    const person = await read.findOneBy(Person, { schoolId, id: session.personId });
    if (!person || person.disabledAt !== null) return null;
    if (idle > SEEN_GRANULARITY_MS) {
      await this.database.write((tx) =>
        tx.update(Session, { schoolId, id: session.id }, { lastSeenAt: now.toISOString() }),
      );
    }
    return {
      context: { schoolId, sessionId: session.id, personId: session.personId },
      csrfToken: session.csrfToken,
    };
  }

  /** Ends a session. */
  async close(context: SessionContext): Promise<void> {
    await this.database.write((tx) =>
      tx.update(
        Session,
        { schoolId: context.schoolId, id: context.sessionId },
        { revokedAt: this.clock.timestamp() },
      ),
    );
  }
}

function sessionId(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
