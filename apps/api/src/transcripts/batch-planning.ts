/** Decides, pupil by pupil, whose transcript is composed now and who is held back, with every reason. */
import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, Not } from 'typeorm';
import { PdfFillError } from '#pdf-fill/error.js';
import { switchesOf } from '#policy/switches.js';
import { encodeTranscript, TranscriptError } from '#transcript/canonical.js';
import { TranscriptReissue } from '../corrections/corrections.entities.js';
import { Database } from '../database/database.js';
import { takes } from '../school/class-info.js';
import type { ResultOfYear } from '../results/results.js';
import type { Pupil } from '../school/school.entities.js';
import { composeDocument, type BatchParts } from './compose-document.js';
import { isWaiting, lineageAt, newestEvents } from './document-lineage.js';
import { sha256Hex, TranscriptFiles } from './transcript-files.js';
import { isSigned } from './sheet-standing.js';
import type { ClassSource, PupilSource } from './transcript-sources.js';
import {
  Transcript,
  TranscriptEvent,
  TranscriptLineage,
  TranscriptSignature,
  type Held,
} from './transcripts.entities.js';

type Reason = Held['reasons'][number];

/** A document composed for one pupil, not yet written anywhere. */
export interface ComposedDocument {
  readonly pupil: Pupil;
  /** The newest version until now; undefined for the first. */
  readonly before: Transcript | undefined;
  /** Whether that one is unsigned and makes way for this; an issued one stays and is superseded. */
  readonly replaces: boolean;
  readonly event: number;
  /** L_0: new, or the one the pupil has for this year. */
  readonly firstLineage: Uint8Array;
  readonly lineageIsNew: boolean;
  readonly document: Uint8Array;
  readonly documentHash: string;
  readonly resultSeq: number;
  readonly decisionId: string;
}

/** What there is of a class's documents already, by pupil; of the sets, ids of transcripts. */
interface KnownDocuments {
  readonly transcripts: ReadonlyMap<string, Transcript>;
  readonly lineages: ReadonlyMap<string, Uint8Array>;
  readonly signed: ReadonlySet<string>;
  readonly toReissue: ReadonlySet<string>;
  readonly events: ReadonlyMap<string, TranscriptEvent>;
}

/** composed + held = the class. */
export interface PlannedBatch {
  readonly composed: readonly ComposedDocument[];
  readonly held: readonly Held[];
}

/** Its keys are gone: another version could not be linked to what was issued. */
const ERASED: Reason = {
  code: 'ERASED',
  message: 'Học bạ năm học này của em đã xóa theo quyết định; không lập lại, không cấp lại được.',
};

/** The next event of a lineage comes after the one before in the ledger too. */
const EVENT_WAITING: Reason = {
  code: 'EVENT_WAITING',
  message: 'Việc thu hồi hoặc chuyển học bạ trước đó chưa vào Sổ Cái; hãy lập lại sau ít phút.',
};

/** Decisions after which there is still something to be decided: the second list, after the summer. */
const OPEN_DECISIONS: Readonly<Record<string, Reason>> = {
  DANH_GIA_LAI: { code: 'SUMMER', message: 'Còn đánh giá lại môn học trong hè; vào danh sách lần hai.' },
  REN_LUYEN_HE: { code: 'SUMMER', message: 'Còn rèn luyện trong kì nghỉ hè; vào danh sách lần hai.' },
  DANH_GIA_BO_SUNG: { code: 'SUMMER', message: 'Còn đánh giá bổ sung; vào danh sách lần hai.' },
  HIEU_TRUONG_QUYET_DINH: {
    code: 'PRINCIPAL_DECIDES',
    message: 'Hiệu trưởng chưa quyết định lên lớp sau đánh giá bổ sung.',
  },
};

/** Of a late joiner of whom something was not required: people decide, and the result is completed. */
const RESULT_OPEN: Reason = {
  code: 'RESULT_OPEN',
  message: 'Kết quả cả năm còn để ngỏ vì có phần không yêu cầu (học sinh đến sau); chờ quyết định.',
};

@Injectable()
export class BatchPlanning {
  constructor(
    private readonly database: Database,
    private readonly files: TranscriptFiles,
  ) {}

  /** Composes everyone who can be; nothing is written. Other requests are served between pupils. */
  async plan(parts: BatchParts): Promise<PlannedBatch> {
    const known = await this.known(parts);
    const composed: ComposedDocument[] = [];
    const held: Held[] = [];
    // All at once: what takes long is done beside this thread.
    const outcomes = await Promise.all(
      parts.source.pupils.map((source) => this.outcome(parts, source, known)),
    );
    parts.source.pupils.forEach(({ pupil }, i) => {
      const outcome = outcomes[i]!;
      if ('document' in outcome) composed.push(outcome);
      else held.push({ pupilId: pupil.id, reasons: outcome });
    });
    return { composed, held };
  }

  /** The pupil's document, or why there is none. */
  private async outcome(
    parts: BatchParts,
    source: PupilSource,
    known: KnownDocuments,
  ): Promise<ComposedDocument | Reason[]> {
    await new Promise((resolve) => setImmediate(resolve));
    const present = known.transcripts.get(source.pupil.id);
    if (present !== undefined && present.erasedAt !== null) return [ERASED];
    const ended = known.events.get(source.pupil.id);
    if (ended !== undefined && (await isWaiting(this.database.read, source.pupil.schoolId, ended.entryId))) {
      return [EVENT_WAITING];
    }
    const overtaken = present !== undefined && isOvertaken(present, source, known.toReissue, ended);
    const standing = overtaken ? [] : standingReasons(present, known.signed);
    const reasons = [...standing, ...sourceReasons(source), ...unsignedReasons(parts.source, source)];
    return reasons.length > 0 ? reasons : this.compose(parts, source, present, ended, known.lineages);
  }

  private async compose(
    parts: BatchParts,
    source: PupilSource,
    before: Transcript | undefined,
    ended: TranscriptEvent | undefined,
    lineages: ReadonlyMap<string, Uint8Array>,
  ): Promise<ComposedDocument | Reason[]> {
    const { pupil, result } = source;
    const known = lineages.get(pupil.id);
    const firstLineage = known ?? new Uint8Array(randomBytes(32));
    const replaces = before?.state === 'composed';
    const event = replaces ? before.event : Math.max(before?.event ?? -1, ended?.event ?? -1) + 1;
    const secrets = { event, lineage: lineageAt(firstLineage, event), salt: new Uint8Array(randomBytes(32)) };
    try {
      const document = encodeTranscript(composeDocument(parts, source, secrets));
      await this.files.check(document);
      return {
        pupil,
        before,
        replaces,
        event,
        firstLineage,
        lineageIsNew: known === undefined,
        document,
        documentHash: sha256Hex(document),
        resultSeq: result.eventSeq,
        decisionId: source.decision.id,
      };
    } catch (error) {
      return refusals(error);
    }
  }

  private async known({ source }: BatchParts): Promise<KnownDocuments> {
    const read = this.database.read;
    const { schoolId, year } = source.info;
    const pupilIds = source.pupils.map(({ pupil }) => pupil.id);
    const where = { schoolId, yearId: year.id, pupilId: In(pupilIds), kind: 'hoc-ba' as const };
    const rows = await read.find(Transcript, {
      where: { ...where, state: Not('returned' as const) },
      order: { event: 'ASC' },
    });
    const lineages = await read.findBy(TranscriptLineage, where);
    const signatures = await read.find(TranscriptSignature, {
      select: { transcriptId: true },
      where: { schoolId, transcriptId: In(rows.map(({ id }) => id)) },
    });
    const reissues = await read.findBy(TranscriptReissue, {
      schoolId,
      transcriptId: In(rows.map(({ id }) => id)),
    });
    return {
      events: await newestEvents(read, schoolId, year.id, pupilIds),
      toReissue: new Set(reissues.map(({ transcriptId }) => transcriptId)),
      transcripts: new Map(rows.map((row) => [row.pupilId, row])),
      lineages: new Map(lineages.map((row) => [row.pupilId, row.first])),
      signed: new Set(signatures.map(({ transcriptId }) => transcriptId)),
    };
  }
}

/** An issued transcript that no longer says what the book says, or was revoked: the next version supersedes it. */
function isOvertaken(
  { id, state, resultSeq, event }: Transcript,
  { result }: PupilSource,
  toReissue: ReadonlySet<string>,
  ended: TranscriptEvent | undefined,
): boolean {
  const revoked = ended?.kind === 'revoke' && ended.event > event;
  return state === 'issued' && (revoked || resultSeq !== result.eventSeq || toReissue.has(id));
}

/** A transcript that someone has signed is not composed again under them. */
function standingReasons(present: Transcript | undefined, signed: ReadonlySet<string>): Reason[] {
  if (present === undefined) return [];
  if (present.state !== 'composed') {
    return [{ code: 'ALREADY_ISSUED', message: 'Học bạ năm học này đã phát hành.' }];
  }
  return signed.has(present.id)
    ? [{ code: 'IN_SIGNING', message: 'Học bạ đang được kí; trả lại hoặc kí tiếp trước khi lập lại.' }]
    : [];
}

function sourceReasons({ pupil, result, stays }: PupilSource): Reason[] {
  const { promotion } = result.answer as ResultOfYear;
  const open = promotion === null ? undefined : OPEN_DECISIONS[promotion];
  const missing = (value: string | null, code: string, what: string): Reason[] =>
    value === null || value.trim() === '' ? [{ code, message: `Hồ sơ thiếu ${what}.` }] : [];
  return [
    ...(open === undefined ? [] : [open]),
    ...(promotion === null ? [RESULT_OPEN] : []),
    ...missing(pupil.registerNumber, 'NO_REGISTER_NUMBER', 'số đăng bộ'),
    ...missing(pupil.birthPlace, 'NO_BIRTH_PLACE', 'nơi sinh'),
    ...missing(pupil.ethnicity, 'NO_ETHNICITY', 'dân tộc'),
    ...(stays.length === 0 ? [{ code: 'NO_HISTORY', message: 'Hồ sơ thiếu quá trình học tập.' }] : []),
  ];
}

/** Where the school's transcripts wait for the subject teachers: their sheets that are not signed, of subjects that the pupil takes. */
function unsignedReasons({ info, sheets }: ClassSource, { pupil }: PupilSource): Reason[] {
  if (!switchesOf(info.school.settings).sheetSignatures) return [];
  const missing = sheets
    .filter((each) => !isSigned(each) && takes(info, pupil.id, each.sheet.area.area))
    .map(({ sheet: { area, period } }) => `${area.label} ${period}`);
  if (missing.length === 0) return [];
  const message = `Giáo viên môn học chưa kí trang sổ: ${missing.join(', ')}.`;
  return [{ code: 'SHEETS_NOT_SIGNED', message }];
}

/** Why a document cannot be written, as reasons to hold the pupil; anything else is thrown on. */
export function refusals(error: unknown): Reason[] {
  if (error instanceof TranscriptError) {
    return error.violations.map(({ path, message }) => ({
      code: 'DOCUMENT_INVALID',
      message: `Nội dung học bạ chưa hợp lệ ở ${path}: ${message}`,
    }));
  }
  if (error instanceof PdfFillError) {
    return [{ code: error.code, message: `Không in được trên mẫu: ${error.message}` }];
  }
  throw error;
}
