/**
 * Composes the documents of a class that are no học bạ: slips for parents, one a pupil and period; the class summary of
 * a period; the register of the year. From there on they are signed, sealed, logged and verified as transcripts are.
 * Nothing is dropped: composed n + held m with reasons = the class, or the class's one document.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, Not, type EntityManager } from 'typeorm';
import type { ComposeRequest } from '#contracts/transcripts.js';
import { toHex } from '#ledger/format/bytes.js';
import type { Json } from '#ledger/format/jcs.js';
import { loadTemplate } from '#pdf-fill/templates.js';
import { encodeDocument } from '#transcript/canonical.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import { requireSound } from '../audit/issue-check.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { InstallationSettings } from '../installation.module.js';
import { ruleSetHash } from '../results/result-computation.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { refusals } from './batch-planning.js';
import { lookOf } from './compose-document.js';
import { DocumentLooks } from './document-looks.js';
import {
  documentPeriod,
  plannedOf,
  standingReasons,
  templateFor,
  type DocumentParts,
  type OtherType,
  type PlannedDocument,
  type Reason,
} from './document-plans.js';
import { lineageAt } from './document-lineage.js';
import { PeriodSources } from './period-source.js';
import { ResultStanding } from './result-standing.js';
import { SigningRoute } from './signing-route.js';
import { sha256Hex, TranscriptFiles } from './transcript-files.js';
import {
  Transcript,
  TranscriptBatch,
  TranscriptLineage,
  TranscriptSignature,
  type Held,
} from './transcripts.entities.js';

type By = Pick<NewEvent, 'actor' | 'session' | 'rule' | 'at'>;

interface Composed {
  readonly id: string;
  readonly before: Transcript | undefined;
  readonly event: number;
  readonly first: Uint8Array;
  readonly lineageIsNew: boolean;
  readonly document: Uint8Array;
  readonly newest: number;
}

@Injectable()
export class OtherDocuments {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly settings: InstallationSettings,
    private readonly classes: Classes,
    private readonly sources: PeriodSources,
    private readonly standing: ResultStanding,
    private readonly route: SigningRoute,
    private readonly looks: DocumentLooks,
    private readonly files: TranscriptFiles,
    private readonly journal: Journal,
  ) {}

  /**
   * @param rule by which the session may compose
   * @returns the batch's id
   * @throws Problem VALIDATION (a period or circular that has no such document); STATE_CONFLICT when a sheet is not
   *   locked, nobody can sign, or something moved while composing; JOURNAL_BROKEN
   */
  async compose(
    session: SessionContext,
    info: ClassInfo,
    rule: string,
    request: ComposeRequest & { readonly document: OtherType },
  ): Promise<string> {
    const kind = request.document;
    const period = documentPeriod(info, kind, request.period);
    await requireSound(this.database.read, info);
    const source = await this.sources.of(info, period);
    const route = await this.route.ofKind(info, kind, request.signerId);
    const parts: DocumentParts = {
      ...{ kind, period, source, route },
      template: await loadTemplate(templateFor(info, kind, period)),
      look: await this.looks.of(info.schoolId, route.places),
    };
    const { composed, held } = await this.plan(parts);
    const composedAt = this.clock.timestamp();
    const batch: TranscriptBatch = {
      ...{ schoolId: info.schoolId, id: randomUUID(), classId: info.id, kind, period },
      ...{ route: [...parts.route.places], held, unsignedSheets: null },
      ...{ composedBy: session.personId, composedAt },
      ...{ paperSignedBy: null, paperSignedAt: null },
      ...{ returnedBy: null, returnedAt: null, returnReason: null, returnComments: null },
    };
    const by = { actor: session.personId, session: session.sessionId, rule, at: composedAt };
    await this.database.write(async (tx) => {
      await this.classes.hold(tx, info.schoolId, [info.id], 'allowed');
      await this.refuseMoved(tx, parts, composed);
      await this.write(tx, info, batch, composed, by);
    });
    return batch.id;
  }

  private async plan(parts: DocumentParts): Promise<{ composed: Composed[]; held: Held[] }> {
    const planned = plannedOf(parts, this.clock.today());
    const ids = planned.map(({ id }) => id);
    const present = await this.present(this.database.read, parts, ids);
    const lineages = await this.database.read.findBy(TranscriptLineage, whereOf(parts, ids));
    const signed = await this.signed([...present.values()]);
    const composed: Composed[] = [];
    const held: Held[] = [];
    for (const each of planned) {
      await new Promise((resolve) => setImmediate(resolve));
      const before = present.get(each.id);
      const reasons = [...standingReasons(before, signed, each), ...each.reasons];
      const first = lineages.find(({ pupilId }) => pupilId === each.id)?.first;
      const outcome = reasons.length > 0 ? reasons : await this.composeOne(parts, each, before, first);
      if (Array.isArray(outcome)) held.push({ pupilId: each.id, reasons: outcome });
      else composed.push(outcome);
    }
    return { composed, held };
  }

  private async composeOne(
    parts: DocumentParts,
    { id, data, newest }: PlannedDocument,
    before: Transcript | undefined,
    known: Uint8Array | undefined,
  ): Promise<Composed | Reason[]> {
    const first = known ?? new Uint8Array(randomBytes(32));
    const event = before === undefined ? 0 : before.event + (isReplaced(before) ? 0 : 1);
    try {
      const document = encodeDocument(this.documentOf(parts, data, event, lineageAt(first, event)));
      await this.files.prepare(document);
      return { id, before, event, first, lineageIsNew: known === undefined, document, newest };
    } catch (error) {
      return refusals(error);
    }
  }

  private documentOf(
    { kind, source: { info }, route, template, look }: DocumentParts,
    data: SchoolDocument['data'],
    event: number,
    lineage: Uint8Array,
  ): SchoolDocument {
    const { school, ruleSet } = info;
    const document = {
      ...{ v: 1, type: kind, origin: school.origin, event },
      ...{ lineage: toHex(lineage), salt: toHex(new Uint8Array(randomBytes(32))) },
      ...(school.settings.demo ? { demo: true } : {}),
      verifier: `${this.settings.config.publicUrl}/kiem-chung`,
      ruleSet: { id: ruleSet.id, version: ruleSet.version, hash: ruleSetHash(ruleSet) },
      ...lookOf(template, look),
      route: route.places.map(({ role, name, title, onBehalf }, i) => ({
        ...{ role, name, title },
        ...(onBehalf === null ? {} : { onBehalf }),
        certificateSalt: toHex(route.certificates[i]?.salt ?? new Uint8Array()),
      })),
      data,
    };
    // Kind and data belong together by `plannedOf`; the schema is checked when it is encoded.
    return document as unknown as SchoolDocument;
  }

  /** The newest version of each that was not sent back. */
  private async present(
    read: EntityManager,
    parts: DocumentParts,
    ids: readonly string[],
  ): Promise<Map<string, Transcript>> {
    const where = { ...whereOf(parts, ids), state: Not('returned' as const) };
    const rows = await read.find(Transcript, { where, order: { event: 'ASC' } });
    return new Map(rows.map((row) => [row.pupilId, row]));
  }

  private async signed(rows: readonly Transcript[]): Promise<ReadonlySet<string>> {
    const schoolId = rows[0]?.schoolId;
    if (schoolId === undefined) return new Set();
    const signatures = await this.database.read.find(TranscriptSignature, {
      select: { transcriptId: true },
      where: { schoolId, transcriptId: In(rows.map(({ id }) => id)) },
    });
    return new Set(signatures.map(({ transcriptId }) => transcriptId));
  }

  /** Composing took a while: what is stated, and the versions there were, must still be the same. */
  private async refuseMoved(
    tx: EntityManager,
    parts: DocumentParts,
    composed: readonly Composed[],
  ): Promise<void> {
    const { info, period } = parts.source;
    const used = composed.map(({ id, newest }) => ({ pupilId: id, resultSeq: newest }));
    const moved = await this.standing.movedSince(info, period, used);
    const present = await this.present(
      tx,
      parts,
      composed.map(({ id }) => id),
    );
    const untouched = composed.every(({ id, before }) => {
      const row = present.get(id);
      return row?.id === before?.id && row?.batchId === before?.batchId && row?.state === before?.state;
    });
    if (moved.size === 0 && untouched) return;
    throw new Problem('STATE_CONFLICT', 'Điểm hoặc văn bản của lớp vừa thay đổi trong lúc lập. Hãy lập lại.');
  }

  private async write(
    tx: EntityManager,
    info: ClassInfo,
    batch: TranscriptBatch,
    composed: readonly Composed[],
    by: By,
  ): Promise<void> {
    const { schoolId, kind, period } = batch;
    const rows = composed.map((each) => rowOf(info, batch, each));
    const lineages = composed.flatMap(({ lineageIsNew, id: pupilId, first }) =>
      lineageIsNew ? [{ schoolId, pupilId, yearId: info.year.id, kind, period, first }] : [],
    );
    await tx.insert(TranscriptBatch, batch);
    if (lineages.length > 0) await tx.insert(TranscriptLineage, lineages);
    if (rows.length > 0) await tx.upsert(Transcript, rows, ['schoolId', 'id']);
    await this.journal.appendAll(tx, schoolId, [
      {
        ...{ ...by, type: 'batch.composed', subject: 'transcript_batches', subjectId: batch.id },
        data: JSON.parse(JSON.stringify(rowData(batch))) as Json,
      },
      ...rows.map((row): NewEvent => ({
        ...{ ...by, type: 'transcript.composed', subject: 'transcripts', subjectId: row.id },
        data: { ...rowData(row, 'document', 'paddingSeed', 'proof', 'timestamp', 'digests') },
      })),
    ]);
  }
}

function whereOf({ kind, period, source: { info } }: DocumentParts, ids: readonly string[]) {
  return { schoolId: info.schoolId, yearId: info.year.id, kind, period, pupilId: In([...ids]) };
}

/** Whether a version is composed over again in its own row; one that was erased never is. */
function isReplaced(before: Transcript | undefined): before is Transcript {
  return before?.state === 'composed' && before.erasedAt === null;
}

function rowOf(info: ClassInfo, batch: TranscriptBatch, each: Composed): Transcript {
  const { before, document } = each;
  return {
    ...{ schoolId: info.schoolId, id: isReplaced(before) ? before.id : randomUUID() },
    ...{ batchId: batch.id, classId: info.id, pupilId: each.id, yearId: info.year.id },
    ...{ kind: batch.kind, period: batch.period, event: each.event, state: 'composed' as const },
    ...{ document, documentHash: sha256Hex(document), resultSeq: each.newest, decisionId: null },
    ...{ paddingSeed: new Uint8Array(randomBytes(32)), credentialKeyId: null, credentialSignatures: null },
    ...{ digests: null, entryId: null, proof: null, timestamp: null, pdfHash: null },
    ...{ composedAt: batch.composedAt, issuedAt: null, erasedAt: null },
  };
}
