/** A person's own sessions on all their machines: seen, and ended one by one or all others at once. */
import { Injectable } from '@nestjs/common';
import type { OwnSessionAnswer } from '#contracts/session.js';
import { Database } from '../database/database.js';
import { notFound } from '../http/problem.js';
import { Authorizer } from './authorizer.js';
import type { SessionContext } from './session-context.js';
import { Sessions } from './sessions.js';

@Injectable()
export class OwnSessions {
  constructor(
    private readonly database: Database,
    private readonly authorizer: Authorizer,
    private readonly sessions: Sessions,
  ) {}

  async list(session: SessionContext): Promise<OwnSessionAnswer[]> {
    await this.authorizer.authorize(session, 'session.read', { self: true });
    const rows = await this.sessions.live(session);
    return rows.map(({ id, createdAt, lastSeenAt, secondFactor }) => {
      return { id, createdAt, lastSeenAt, secondFactor, current: id === session.sessionId };
    });
  }

  /** @throws Problem NOT_FOUND for what is not the person's own, or over */
  async end(session: SessionContext, id: string): Promise<void> {
    const { schoolId, personId } = session;
    const rule = await this.authorizer.authorize(session, 'session.close', { self: true });
    const own = (await this.sessions.live(session)).some((row) => row.id === id);
    if (!own) throw notFound('phiên làm việc');
    const by = { actor: personId, session: session.sessionId, rule };
    await this.database.write((tx) => this.sessions.end(tx, by, { schoolId, id }));
  }

  /** @returns how many were ended */
  async endOthers(session: SessionContext): Promise<number> {
    const rule = await this.authorizer.authorize(session, 'session.close', { self: true });
    const by = { actor: session.personId, session: session.sessionId, rule };
    return this.database.write((tx) => this.sessions.endAll(tx, by, session, session.sessionId));
  }
}
