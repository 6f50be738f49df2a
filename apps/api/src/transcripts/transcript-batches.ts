/**
 * Composes a class's transcripts as one batch, once the council has decided on results that still hold. Nothing is
 * dropped: composed n + held m with reasons = the class.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, Not, type EntityManager } from 'typeorm';
import { isIssued, supportOf, type DocumentType } from '#policy/signing-routes.js';
import type { BatchAnswer, ComposeRequest } from '#contracts/transcripts.js';
import type { Json } from '#ledger/format/jcs.js';
import { loadTemplate } from '#pdf-fill/templates.js';
import { requireSound } from '../audit/issue-check.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { MarkStore } from '../gradebook/mark-store.js';
import { Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { InstallationSettings } from '../installation.module.js';
import { Results, type DecidedClass } from '../results/results.js';
import { ClassAccess } from '../school/class-access.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { BatchPlanning, type ComposedDocument, type PlannedBatch } from './batch-planning.js';
import { ClassRosters } from './class-rosters.js';
import { DocumentLooks } from './document-looks.js';
import { newestEvents } from './document-lineage.js';
import { templateOf } from './compose-document.js';
import { OtherDocuments } from './other-documents.js';
import { ResultStanding } from './result-standing.js';
import { isSigned } from './sheet-standing.js';
import { SigningRoute } from './signing-route.js';
import { TranscriptReader } from './transcript-reader.js';
import { TranscriptSources } from './transcript-sources.js';
import { Transcript, TranscriptBatch, TranscriptLineage, type Held } from './transcripts.entities.js';

const NOT_DECIDED = {
  code: 'NO_DECISION',
  message: 'Hội đồng chưa quyết định về kết quả hiện nay của em này; chờ danh sách và cuộc họp tiếp theo.',
};
/** There will be no result, and nothing to wait for. */
const BOOK_ERASED = {
  code: 'BOOK_ERASED',
  message:
    'Điểm và kết quả của em đã xóa theo quyết định trước khi có học bạ; không lập được học bạ năm học này.',
};

/** A class's batch as a job keeps it. */
export interface ComposedBatch {
  readonly batchId: string;
  readonly composed: number;
  readonly held: number;
  readonly by: Pick<NewEvent, 'actor' | 'session' | 'rule' | 'at'>;
}

/** What a job adds to composing a class. */
export interface JobPart {
  /** Whether the rows were compared with the journal just now, with those of other classes. */
  readonly sound: boolean;
  /** Done in the unit of work that writes the batch. */
  readonly also: (tx: EntityManager, batch: ComposedBatch) => Promise<void>;
}

@Injectable()
export class TranscriptBatches {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly settings: InstallationSettings,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly results: Results,
    private readonly standing: ResultStanding,
    private readonly marks: MarkStore,
    private readonly sources: TranscriptSources,
    private readonly route: SigningRoute,
    private readonly planning: BatchPlanning,
    private readonly others: OtherDocuments,
    private readonly looks: DocumentLooks,
    private readonly rosters: ClassRosters,
    private readonly reader: TranscriptReader,
    private readonly journal: Journal,
  ) {}

  /**
   * @throws Problem VALIDATION (another kind of document than the học bạ); RESULTS_MISSING, NO_DECISION; JOURNAL_BROKEN when marks differ from the journal; STATE_CONFLICT when
   *   nobody can sign, or something moved while composing
   */
  async compose(session: SessionContext, request: ComposeRequest): Promise<BatchAnswer> {
    return this.reader.batch(session, await this.composeFor(session, request));
  }

  /** As {@link compose}, also for a job. @returns the batch's id */
  async composeFor(session: SessionContext, request: ComposeRequest, job?: JobPart): Promise<string> {
    const { info, rule } = await this.access.authorize(session, request.classId, 'transcript.compose');
    const document = request.document ?? 'hoc-ba';
    if (isIssued(document) && document !== 'hoc-ba') {
      return this.others.compose(session, info, rule, { ...request, document });
    }
    refuseUnsupported(document);
    const cells = await this.marks.ofClasses(info.schoolId, [info.id]);
    const decided = await this.results.decided(info, cells);
    if (job?.sound !== true) await requireSound(this.database.read, info);
    const route = await this.route.of(info, request.signerId);
    const source = await this.sources.ofClass(info, decided, cells);
    const planned = await this.planning.plan({
      source,
      route,
      template: await loadTemplate(templateOf(info.ruleSet.id, info.grade)),
      look: await this.looks.of(info.schoolId, route.places),
      date: this.clock.today(),
      verifier: `${this.settings.config.publicUrl}/kiem-chung`,
    });
    const composedAt = this.clock.timestamp();
    const held = [...planned.held, ...heldBack(decided)];
    const batch: TranscriptBatch = {
      schoolId: info.schoolId,
      id: randomUUID(),
      classId: info.id,
      kind: 'hoc-ba',
      period: 'CN',
      route: [...route.places],
      held,
      unsignedSheets: source.sheets
        .filter((each) => !isSigned(each))
        .map(({ sheet: { area, period } }) => ({ area: area.area, period })),
      composedBy: session.personId,
      composedAt,
      paperSignedBy: null,
      paperSignedAt: null,
      returnedBy: null,
      returnedAt: null,
      returnReason: null,
      returnComments: null,
    };
    const by = { actor: session.personId, session: session.sessionId, rule, at: composedAt };
    await this.database.write(async (tx) => {
      await this.classes.hold(tx, info.schoolId, [info.id], 'allowed');
      await this.refuseMoved(tx, info, planned);
      await this.write(tx, info, batch, planned, by);
      await this.rosters.lock(tx, info, planned.composed.length + held.length, by);
      const counts = { composed: planned.composed.length, held: held.length };
      await job?.also(tx, { batchId: batch.id, ...counts, by });
    });
    return batch.id;
  }

  private async write(
    tx: EntityManager,
    info: ClassInfo,
    batch: TranscriptBatch,
    { composed }: PlannedBatch,
    by: Pick<NewEvent, 'actor' | 'session' | 'rule' | 'at'>,
  ): Promise<void> {
    const { schoolId } = info;
    const rows = composed.map((each) => transcriptRow(info, batch, each));
    await tx.insert(TranscriptBatch, batch);
    const lineages = composed
      .filter(({ lineageIsNew }) => lineageIsNew)
      .map(({ pupil, firstLineage }) => ({
        schoolId,
        pupilId: pupil.id,
        yearId: info.year.id,
        kind: 'hoc-ba' as const,
        period: 'CN' as const,
        first: firstLineage,
      }));
    if (lineages.length > 0) await tx.insert(TranscriptLineage, lineages);
    if (rows.length > 0) await tx.upsert(Transcript, rows, ['schoolId', 'id']);
    await this.journal.appendAll(tx, schoolId, [
      {
        ...by,
        type: 'batch.composed',
        subject: 'transcript_batches',
        subjectId: batch.id,
        data: JSON.parse(JSON.stringify(rowData(batch))) as Json,
      },
      ...rows.map((row): NewEvent => ({
        ...by,
        type: 'transcript.composed',
        subject: 'transcripts',
        subjectId: row.id,
        data: { ...rowData(row, 'document', 'paddingSeed', 'proof', 'timestamp', 'digests') },
      })),
    ]);
  }

  /** Composing took a while: results and unsigned versions must still be those it started from. */
  private async refuseMoved(tx: EntityManager, info: ClassInfo, { composed }: PlannedBatch): Promise<void> {
    const used = composed.map(({ pupil, resultSeq }) => ({ pupilId: pupil.id, resultSeq }));
    const overtaken = await this.standing.overtaken(info, used);
    const { schoolId, year } = info;
    const pupilIds = composed.map(({ pupil }) => pupil.id);
    const ofThem = { schoolId, yearId: year.id, pupilId: In(pupilIds) };
    const present = await tx.find(Transcript, {
      select: { id: true, pupilId: true, batchId: true, state: true },
      where: { ...ofThem, kind: 'hoc-ba', state: Not('returned' as const) },
      order: { event: 'ASC' },
    });
    const ended = await newestEvents(tx, info.schoolId, info.year.id, pupilIds);
    const untouched = composed.every(({ pupil, before, event }) => {
      const row = present.findLast(({ pupilId }) => pupilId === pupil.id);
      if ((ended.get(pupil.id)?.event ?? -1) >= event) return false;
      return row?.id === before?.id && row?.batchId === before?.batchId && row?.state === before?.state;
    });
    if (overtaken.size === 0 && untouched) return;
    throw new Problem(
      'STATE_CONFLICT',
      'Kết quả hoặc học bạ của lớp vừa thay đổi trong lúc lập. Hãy lập lại.',
    );
  }
}

/** A kind of document whose route is known, and which cannot be signed here yet. */
function refuseUnsupported(document: DocumentType): void {
  const message = supportOf(document);
  if (message === null) return;
  throw new Problem('VALIDATION', message, [{ where: 'document', code: 'NOT_SUPPORTED', message }]);
}

/** Whoever the council has not decided on (a result corrected since, somebody who came late) waits; the class does not. */
function heldBack({ undecided, withoutBook }: DecidedClass): Held[] {
  return [
    ...undecided.map(({ id }) => ({ pupilId: id, reasons: [NOT_DECIDED] })),
    ...withoutBook.map(({ id }) => ({ pupilId: id, reasons: [BOOK_ERASED] })),
  ];
}

function transcriptRow(info: ClassInfo, batch: TranscriptBatch, each: ComposedDocument): Transcript {
  return {
    schoolId: info.schoolId,
    id: (each.replaces ? each.before?.id : undefined) ?? randomUUID(),
    batchId: batch.id,
    classId: info.id,
    pupilId: each.pupil.id,
    yearId: info.year.id,
    kind: 'hoc-ba',
    period: 'CN',
    event: each.event,
    state: 'composed',
    document: each.document,
    documentHash: each.documentHash,
    resultSeq: each.resultSeq,
    decisionId: each.decisionId,
    paddingSeed: new Uint8Array(randomBytes(32)),
    credentialKeyId: null,
    credentialSignatures: null,
    digests: null,
    entryId: null,
    proof: null,
    timestamp: null,
    pdfHash: null,
    composedAt: batch.composedAt,
    issuedAt: null,
    erasedAt: null,
  };
}
