/**
 * Writes the journal: every recorded value, correction, lock, result and decision becomes an event whose salted
 * commitment is chained to the one before. Audit recomputes the chain; the ledger anchors its head.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { fromBase64, toBase64, u32be, utf8 } from '#ledger/format/bytes.js';
import { canonicalJson, type Json } from '#ledger/format/jcs.js';
import { Session } from '../identity/identity.entities.js';
import { lackOf } from './event-rules.js';
import { ErasedEvent, JournalEvent, JournalHead } from './journal.entities.js';

/** An event to be written. */
export interface NewEvent {
  /** Dotted name, for example "mark.recorded". */
  readonly type: string;
  /** Table the event is about. */
  readonly subject: string;
  /** Row the event is about. */
  readonly subjectId: string;
  /** Person who acted. */
  readonly actor: string;
  readonly at: string;
  readonly session?: string;
  /** The step-up behind it, if one was asked for. */
  readonly act?: string;
  /** Number of the policy's rule that allowed it. */
  readonly rule?: string;
  readonly data: Json;
}

/** Hash before the first event of a school. */
export function journalGenesis(schoolId: string): Uint8Array {
  return sha256(utf8('socai.v1/journal-genesis'), NUL, utf8(schoolId));
}

/** Commitment to an event's payload: HMAC-SHA256(salt, "socai.v1/journal" ‖ 0x00 ‖ payload). */
export function journalCommitment(salt: Uint8Array, payload: string): Uint8Array {
  const hmac = createHmac('sha256', salt).update('socai.v1/journal').update(NUL);
  return new Uint8Array(hmac.update(payload, 'utf8').digest());
}

/** Chain hash: SHA-256("socai.v1/journal-link" ‖ 0x00 ‖ previous ‖ u32be(seq) ‖ commitment). */
export function journalLink(previous: Uint8Array, seq: number, commitment: Uint8Array): Uint8Array {
  return sha256(utf8('socai.v1/journal-link'), NUL, previous, u32be(seq), commitment);
}

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** The canonical text of an event that its commitment covers. */
function journalPayload(event: NewEvent, secondFactor: string | null): string {
  return canonicalJson({
    type: event.type,
    subject: event.subject,
    subjectId: event.subjectId,
    actor: event.actor,
    at: event.at,
    session: event.session ?? null,
    secondFactor,
    act: event.act ?? null,
    rule: event.rule ?? null,
    data: event.data,
  });
}

const NUL = Uint8Array.of(0);

/** Rows in one insert statement: 9 columns each, under SQLite's limit of 32,766 variables. */
const ROWS_PER_INSERT = 1000;

@Injectable()
export class Journal {
  /** Opens the journal of a new school. */
  async open(tx: EntityManager, schoolId: string): Promise<void> {
    await tx.insert(JournalHead, {
      schoolId,
      count: 0,
      hash: toBase64(journalGenesis(schoolId)),
      anchoredCount: 0,
      anchoredAt: null,
    });
  }

  /** Appends one event and returns its number. */
  async append(tx: EntityManager, schoolId: string, event: NewEvent): Promise<number> {
    return this.appendAll(tx, schoolId, [event]);
  }

  /**
   * Appends events in order, inside the caller's unit of work. The head's row is locked, so that two processes on one
   * PostgreSQL cannot chain to the same link. Each says with which second factor its session was opened.
   * @returns number of the first event; the others follow
   * @throws Error for an event that does not say who did it by which rule
   */
  async appendAll(tx: EntityManager, schoolId: string, events: readonly NewEvent[]): Promise<number> {
    refuseIncomplete(events);
    const secondFactors = await secondFactorsOf(tx, schoolId, events);
    const head = await lockedHead(tx, schoolId);
    let previous = fromBase64(head.hash);
    const rows = events.map((event, i) => {
      const seq = head.count + i;
      const payload = journalPayload(event, secondFactors.get(event.session) ?? null);
      const salt = new Uint8Array(randomBytes(32));
      const commitment = journalCommitment(salt, payload);
      previous = journalLink(previous, seq, commitment);
      return {
        schoolId,
        seq,
        type: event.type,
        subject: event.subject,
        subjectId: event.subjectId,
        payload,
        salt,
        commitment: toBase64(commitment),
        hash: toBase64(previous),
      };
    });
    for (let i = 0; i < rows.length; i += ROWS_PER_INSERT) {
      await tx.insert(JournalEvent, rows.slice(i, i + ROWS_PER_INSERT));
    }
    await tx.update(JournalHead, { schoolId }, { count: head.count + rows.length, hash: toBase64(previous) });
    return head.count;
  }

  /**
   * Destroys texts and salts of events. Their commitments stay, so that the chain holds; what they said is known to
   * nobody any more. The engine refuses it unless `approval` is an event "erasure.approved"; audit accepts it only for
   * the events that its data lists as `events`.
   * @param approval number of the event that approved it, later than all of `seqs`
   */
  async erase(tx: EntityManager, schoolId: string, seqs: readonly number[], approval: number): Promise<void> {
    for (let i = 0; i < seqs.length; i += ROWS_PER_INSERT) {
      const part = seqs.slice(i, i + ROWS_PER_INSERT);
      await tx.insert(
        ErasedEvent,
        part.map((seq) => ({ schoolId, seq, approvalSeq: approval })),
      );
      await tx.update(JournalEvent, { schoolId, seq: In(part) }, { payload: null, salt: null });
      // A login's key is the user name: the one key that says who somebody is.
      await tx.update(JournalEvent, { schoolId, seq: In(part), subject: 'logins' }, { subjectId: '' });
    }
  }
}

function refuseIncomplete(events: readonly NewEvent[]): void {
  for (const event of events) {
    const lack = lackOf(event);
    if (lack !== undefined) throw new Error(`the event ${event.type} lacks ${lack}`);
  }
}

/** By session: with what its person proved themself besides the password. */
async function secondFactorsOf(
  tx: EntityManager,
  schoolId: string,
  events: readonly NewEvent[],
): Promise<ReadonlyMap<string | undefined, string | null>> {
  const ids = [...new Set(events.flatMap(({ session }) => session ?? []))];
  if (ids.length === 0) return new Map();
  const sessions = await tx.findBy(Session, { schoolId, id: In(ids) });
  return new Map(sessions.map(({ id, secondFactor }) => [id, secondFactor]));
}

/** The head's row, locked until the unit ends: nobody else appends meanwhile. */
export async function lockedHead(tx: EntityManager, schoolId: string): Promise<JournalHead> {
  const query = tx.createQueryBuilder(JournalHead, 'head').where('head.schoolId = :schoolId', { schoolId });
  if (tx.connection.options.type === 'postgres') query.setLock('pessimistic_write');
  return query.getOneOrFail();
}
