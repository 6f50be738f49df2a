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
import type { LoadedTemplate } from '#pdf-fill/template.js';
import type { IssuedType } from '#policy/signing-routes.js';
import { PRIMARY_PERIODS } from '#regulations/types.js';
import { encodeDocument } from '#transcript/canonical.js';
import type { SchoolIdentity } from '#transcript/document.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import { normalizeText } from '#transcript/text.js';
import { requireSound } from '../audit/issue-check.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { InstallationSettings } from '../installation.module.js';
import { ruleSetHash } from '../results/result-computation.js';
import { LEVELS, type ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { refusals } from './batch-planning.js';
import { registerOf, summaryOf } from './class-document-data.js';
import { lineageAt } from './document-lineage.js';
import {
  missingAt,
  PeriodSources,
  shownPeriod,
  type PeriodPupil,
  type PeriodSource,
} from './period-source.js';
import { slipOf } from './result-slip.js';
import { ResultStanding } from './result-standing.js';
import { SigningRoute, type CertifiedRoute } from './signing-route.js';
import { sha256Hex, TranscriptFiles } from './transcript-files.js';
import {
  Transcript,
  TranscriptBatch,
  TranscriptLineage,
  TranscriptSignature,
  type DocumentPeriod,
  type Held,
} from './transcripts.entities.js';

type OtherType = Exclude<IssuedType, 'hoc-ba'>;
type Reason = Held['reasons'][number];
type By = Pick<NewEvent, 'actor' | 'session' | 'rule' | 'at'>;

/** What is the same in every document of a batch. */
interface Parts {
  readonly kind: OtherType;
  readonly period: DocumentPeriod;
  readonly source: PeriodSource;
  readonly route: CertifiedRoute;
  readonly template: LoadedTemplate;
}

/** Whose document, what it says, and why it has to wait. */
interface Planned {
  /** The pupil, or the class. */
  readonly id: string;
  readonly data: SchoolDocument['data'];
  readonly newest: number;
  readonly reasons: readonly Reason[];
}

interface Composed {
  readonly id: string;
  readonly before: Transcript | undefined;
  readonly event: number;
  readonly first: Uint8Array;
  readonly lineageIsNew: boolean;
  readonly document: Uint8Array;
  readonly newest: number;
}

const UNDECIDED: Reason = {
  code: 'NO_DECISION',
  message: 'Hội đồng chưa quyết định về kết quả hiện nay của em này; chờ quyết định.',
};

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
    const period = periodOf(info, kind, request.period);
    await requireSound(this.database.read, info);
    const source = await this.sources.of(info, period);
    const parts: Parts = {
      kind,
      period,
      source,
      route: await this.route.ofKind(info, kind, request.signerId),
      template: await loadTemplate(templateOf(info, kind, period)),
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

  private async plan(parts: Parts): Promise<{ composed: Composed[]; held: Held[] }> {
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
    parts: Parts,
    { id, data, newest }: Planned,
    before: Transcript | undefined,
    known: Uint8Array | undefined,
  ): Promise<Composed | Reason[]> {
    const first = known ?? new Uint8Array(randomBytes(32));
    const event = before === undefined ? 0 : before.event + (before.state === 'composed' ? 0 : 1);
    try {
      const document = encodeDocument(this.documentOf(parts, data, event, lineageAt(first, event)));
      await this.files.prepare(document);
      return { id, before, event, first, lineageIsNew: known === undefined, document, newest };
    } catch (error) {
      return refusals(error);
    }
  }

  private documentOf(
    { kind, source: { info }, route, template }: Parts,
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
      template: { id: template.template.id, hash: template.hash },
      images: [],
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
    parts: Parts,
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
  private async refuseMoved(tx: EntityManager, parts: Parts, composed: readonly Composed[]): Promise<void> {
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

function whereOf({ kind, period, source: { info } }: Parts, ids: readonly string[]) {
  return { schoolId: info.schoolId, yearId: info.year.id, kind, period, pupilId: In([...ids]) };
}

/** @throws Problem VALIDATION when the class's circular has no such document at that time */
function periodOf(
  { ruleSet }: ClassInfo,
  kind: OtherType,
  asked: DocumentPeriod | undefined,
): DocumentPeriod {
  const secondary = ruleSet.id === 'tt22-2021';
  const allowed: Readonly<Record<OtherType, readonly DocumentPeriod[]>> = {
    'phieu-ket-qua': secondary ? ['HK1', 'CN'] : PRIMARY_PERIODS,
    'bang-tong-hop': secondary ? [] : PRIMARY_PERIODS,
    'so-theo-doi-lop': secondary ? ['CN'] : [],
  };
  const periods = allowed[kind];
  const period = asked ?? (periods.length === 1 ? periods[0] : undefined);
  if (period !== undefined && periods.includes(period)) return period;
  const message =
    periods.length === 0
      ? 'Thông tư của lớp này không có mẫu văn bản ấy.'
      : `Chọn một kì của văn bản: ${periods.join(', ')}.`;
  throw new Problem('VALIDATION', message, [{ where: 'period', code: 'NO_SUCH_DOCUMENT', message }]);
}

function templateOf({ ruleSet }: ClassInfo, kind: OtherType, period: DocumentPeriod): string {
  switch (kind) {
    case 'phieu-ket-qua':
      if (ruleSet.id === 'tt27-2020') return 'phieu-th-1';
      return period === 'CN' ? 'phieu-trung-hoc-cn-1' : 'phieu-trung-hoc-hk-1';
    case 'bang-tong-hop':
      return period === 'CN' ? 'bang-tong-hop-cn-1' : 'bang-tong-hop-1';
    case 'so-theo-doi-lop':
      return 'so-theo-doi-1';
  }
}

function plannedOf({ kind, source }: Parts, date: string): Planned[] {
  const { info, pupils } = source;
  const common = { school: schoolOf(info), issuedAt: { place: placeOf(info.school.province), date } };
  if (kind === 'phieu-ket-qua') {
    return pupils.map((each) => ({
      id: each.pupil.id,
      data: { ...common, pupil: readerOf(each), slip: slipOf(source, each) },
      newest: each.newest,
      reasons: slipReasons(source, each),
    }));
  }
  const data = kind === 'bang-tong-hop' ? summaryOf(source) : registerOf(source);
  const newest = Math.max(-1, ...pupils.map((each) => each.newest));
  return [{ id: info.id, data: { ...common, ...data }, newest, reasons: [] }];
}

function slipReasons(source: PeriodSource, pupil: PeriodPupil): Reason[] {
  const { info, period } = source;
  if (period === 'CN' && pupil.answer === null) return [UNDECIDED];
  return missingAt(info, pupil, shownPeriod(info, period)).map((what) => ({
    code: 'MARK_MISSING',
    message: `Còn thiếu: ${what}.`,
  }));
}

/** A document that someone has signed, or that still says what the book says, is not composed again. */
function standingReasons(
  present: Transcript | undefined,
  signed: ReadonlySet<string>,
  { newest }: Planned,
): Reason[] {
  if (present === undefined) return [];
  if (present.erasedAt !== null) {
    return [{ code: 'ERASED', message: 'Văn bản này đã xóa theo quyết định; không lập lại được.' }];
  }
  if (present.state === 'composed') {
    return signed.has(present.id)
      ? [{ code: 'IN_SIGNING', message: 'Văn bản đang được kí; trả lại hoặc kí tiếp trước khi lập lại.' }]
      : [];
  }
  return present.state === 'issued' && newest > present.resultSeq
    ? []
    : [{ code: 'ALREADY_ISSUED', message: 'Văn bản này đã phát hành và vẫn đúng với sổ.' }];
}

function rowOf(info: ClassInfo, batch: TranscriptBatch, each: Composed): Transcript {
  const { before, document } = each;
  return {
    ...{ schoolId: info.schoolId, id: before?.state === 'composed' ? before.id : randomUUID() },
    ...{ batchId: batch.id, classId: info.id, pupilId: each.id, yearId: info.year.id },
    ...{ kind: batch.kind, period: batch.period, event: each.event, state: 'composed' as const },
    ...{ document, documentHash: sha256Hex(document), resultSeq: each.newest, decisionId: null },
    ...{ paddingSeed: new Uint8Array(randomBytes(32)), credentialKeyId: null, credentialSignatures: null },
    ...{ digests: null, entryId: null, proof: null, timestamp: null, pdfHash: null },
    ...{ composedAt: batch.composedAt, issuedAt: null, erasedAt: null },
  };
}

function schoolOf({ school }: ClassInfo): SchoolIdentity {
  return {
    code: school.code,
    name: normalizeText(school.name),
    commune: normalizeText(school.commune),
    province: normalizeText(school.province),
    level: LEVELS[school.level],
  };
}

function readerOf({ pupil: { code, fullName, sex, birthDate } }: PeriodPupil) {
  return { code, fullName: normalizeText(fullName), sex, birthDate };
}

/** "Tỉnh Sông Mây" → "Sông Mây", as it stands before a date. */
function placeOf(province: string): string {
  return normalizeText(province).replace(/^(Tỉnh|Thành phố)\s+/, '');
}
