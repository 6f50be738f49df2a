/**
 * What happens to an issued transcript besides a newer version: it is revoked, handed to another school, or its book is
 * closed. Each is decided by the principal with a number and a second factor, and is an event of the document's lineage
 * in the ledger: whoever holds the document finds it, and nobody else can tell whose it is (transcript-format.md).
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, Not, type EntityManager } from 'typeorm';
import {
  TranscriptEventParams,
  type TranscriptEventAnswer,
  type TranscriptEventKind,
} from '#contracts/transcript-events.js';
import { fromHex } from '#ledger/format/bytes.js';
import type { LeafDraft } from '#ledger/format/leaf.js';
import type { Action } from '#policy/actions.js';
import { decodeTranscript } from '#transcript/canonical.js';
import { documentEventLeaf } from '#transcript/commitments.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { erased, notFound, Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { Acts, type ActAnswer, type Change } from '../identity/acts.js';
import type { SessionContext } from '../identity/session-context.js';
import { LedgerEntryRow } from '../ledger-host/ledger.entities.js';
import { Outbox } from '../ledger-host/outbox.js';
import { ClassAccess, type RelationOf } from '../school/class-access.js';
import { Classes } from '../school/classes.js';
import { People } from '../school/people.js';
import { ahead, isWaiting, newestEvents } from './document-lineage.js';
import { Transcript, TranscriptEvent } from './transcripts.entities.js';

const ACTIONS = {
  revoke: 'transcript.revoke',
  transfer: 'transcript.transfer',
  finish: 'transcript.finish',
} as const satisfies Record<TranscriptEventKind, Action>;

/** A document of which something is about to be said. */
interface Standing {
  readonly row: Transcript & { readonly document: Uint8Array };
  /** e of what is about to be said. */
  readonly event: number;
}

@Injectable()
export class TranscriptEvents implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly acts: Acts,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly people: People,
    private readonly outbox: Outbox,
    private readonly journal: Journal,
  ) {}

  onModuleInit(): void {
    for (const [kind, action] of Object.entries(ACTIONS)) {
      this.acts.register(action, async (session, params) => {
        const asked = validated(TranscriptEventParams, params);
        if (asked.kind !== kind) throw otherKind();
        const { row } = await this.located(session, asked.transcriptId, action);
        return changeOf(action, await standingOf(this.database.read, row), asked);
      });
    }
  }

  /** What happened to this version so far, the oldest first. @throws Problem NOT_FOUND, ERASED */
  async of(session: SessionContext, transcriptId: string): Promise<TranscriptEventAnswer[]> {
    const { row } = await this.located(session, transcriptId, 'transcript.read');
    if (row.erasedAt !== null) throw erased('học bạ này');
    const { schoolId } = session;
    const events = await this.database.read.find(TranscriptEvent, {
      where: { schoolId, transcriptId },
      order: { event: 'ASC' },
    });
    const names = await this.people.names(
      schoolId,
      events.map(({ enteredBy }) => enteredBy),
    );
    const entries = await this.database.read.find(LedgerEntryRow, {
      select: { entryId: true, seq: true },
      where: { schoolId, entryId: In(events.map(({ entryId }) => entryId)) },
    });
    const places = new Map(entries.map(({ entryId, seq }) => [entryId, seq]));
    return events.map(
      ({ id, kind, event, decision, reason, otherSchool, enteredBy, enteredAt, entryId }) => ({
        ...{ id, kind, event, decision, reason, otherSchool, by: names(enteredBy), at: enteredAt },
        index: places.get(entryId) ?? null,
      }),
    );
  }

  /**
   * Says it of the newest issued version.
   * @throws Problem NOT_FOUND, ERASED; STATE_CONFLICT when it is not issued, superseded, revoked before, or being
   *   issued anew; ACT_INVALID when it is not what was confirmed
   */
  async enter(
    session: SessionContext,
    asked: TranscriptEventParams,
    act: ActAnswer,
  ): Promise<TranscriptEventAnswer[]> {
    const action = ACTIONS[asked.kind];
    const { schoolId, personId, sessionId } = session;
    const { row: found, rule } = await this.located(session, asked.transcriptId, action);
    await this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, [found.classId], 'allowed');
      const row = await tx.findOneByOrFail(Transcript, { schoolId, id: found.id });
      const standing = await standingOf(tx, row);
      await this.acts.use(tx, session, act, action, changeOf(action, standing, asked));
      const { kind, decision, reason, otherSchool } = asked;
      const said: TranscriptEvent = {
        ...{ schoolId, id: randomUUID(), transcriptId: row.id, pupilId: row.pupilId, yearId: row.yearId },
        ...{ event: standing.event, kind, decision, reason, otherSchool },
        ...{ enteredBy: personId, enteredAt: this.clock.timestamp(), actId: act.id },
        entryId: await this.outbox.add(tx, schoolId, leafOf(standing, kind)),
      };
      await tx.insert(TranscriptEvent, said);
      await this.journal.append(tx, schoolId, {
        ...{ type: 'transcript.ended', subject: 'transcript_events', subjectId: said.id },
        ...{ actor: personId, session: sessionId, act: act.id, rule, at: said.enteredAt },
        data: rowData(said),
      });
    });
    return this.of(session, asked.transcriptId);
  }

  /** @throws Problem NOT_FOUND also for another school's, or one of a class that the person may not see */
  private async located(session: SessionContext, id: string, action: Action) {
    const row = await this.database.read.findOneBy(Transcript, { schoolId: session.schoolId, id });
    if (row === null) throw notFound('học bạ');
    const relation: RelationOf = (info, own) => ({
      ...own.class(info),
      ownChild: own.isChild(row.pupilId),
      issued: row.state === 'issued',
    });
    const { rule } = await this.access.authorize(session, row.classId, action, relation);
    if (row.kind !== 'hoc-ba') {
      throw conflict('Chỉ học bạ mới thu hồi, chuyển, kết thúc; văn bản khác thì cấp bản thay thế.');
    }
    return { row, rule };
  }
}

/** @throws Problem ERASED, STATE_CONFLICT when nothing can be said of this version now */
async function standingOf(read: EntityManager, row: Transcript): Promise<Standing> {
  const { schoolId, yearId, pupilId, document } = row;
  if (row.erasedAt !== null || document === null) throw erased('học bạ này');
  if (row.state !== 'issued') throw conflict('Học bạ này chưa phát hành; trả lại đợt để sửa hoặc bỏ.');
  const where = { schoolId, yearId, pupilId, kind: row.kind, state: Not('returned' as const) };
  const [newest] = await read.find(Transcript, { where, order: { event: 'DESC' }, take: 1 });
  if (newest?.id !== row.id) {
    throw conflict(
      'Học bạ này đã có bản mới hơn (hoặc bản mới đang lập, đang kí); hãy làm với bản mới nhất.',
    );
  }
  const before = (await newestEvents(read, schoolId, yearId, [pupilId])).get(pupilId);
  if (before === undefined || before.event < row.event) {
    return { row: { ...row, document }, event: row.event + 1 };
  }
  if (before.kind === 'revoke') throw conflict('Học bạ này đã thu hồi; chỉ còn cách cấp bản mới.');
  if (await isWaiting(read, schoolId, before.entryId)) {
    throw conflict('Việc trước đó của học bạ này chưa vào Sổ Cái; hãy thử lại sau ít phút.');
  }
  return { row: { ...row, document }, event: before.event + 1 };
}

/** Its kind can be read by who holds the document; the other two commitments open nothing. */
function leafOf({ row, event }: Standing, kind: TranscriptEventKind): LeafDraft {
  return documentEventLeaf({
    lineage: ahead(fromHex(decodeTranscript(row.document).lineage), event - row.event),
    event,
    kind,
    doc: new Uint8Array(randomBytes(32)),
    cred: new Uint8Array(randomBytes(32)),
  });
}

/** Names the pupil by the document alone: an act is kept for ever. */
function changeOf(
  action: Action,
  { row, event }: Standing,
  { decision, reason, otherSchool }: TranscriptEventParams,
): Change {
  return {
    action,
    transcripts: [{ id: row.id, hash: row.documentHash }],
    event: { event, decision, reason, otherSchool },
  };
}

function otherKind(): Problem {
  return new Problem(
    'VALIDATION',
    'Việc được xác nhận và việc ghi trong nội dung gửi lên không phải là một.',
  );
}

function conflict(detail: string): Problem {
  return new Problem('STATE_CONFLICT', detail);
}
