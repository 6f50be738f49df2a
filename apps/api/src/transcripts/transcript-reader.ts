/** Transcripts as those who may see them see them: lists, one with its data, its file, a batch with who is held back. */
import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import type {
  BatchAnswer,
  ReturnedAnswer,
  RoutePlaceAnswer,
  TranscriptAnswer,
  TranscriptDetailAnswer,
} from '#contracts/transcripts.js';
import { fromHex } from '#ledger/format/bytes.js';
import { decodeDocument } from '#transcript/canonical.js';
import { schoolYearOf, type SchoolDocument } from '#transcript/school-document.js';
import { formatVerificationCode } from '#transcript/verification-code.js';
import type { IssuedType } from '#policy/signing-routes.js';
import { Database } from '../database/database.js';
import { erased, notFound } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { areaLabel } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { People } from '../school/people.js';
import { classAsMember, type Named } from './batch-state.js';
import { TranscriptFiles } from './transcript-files.js';
import { Transcript, TranscriptBatch, TranscriptSignature, type RoutePlace } from './transcripts.entities.js';

/** A file to be sent, and under which name. */
export interface TranscriptFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Everything of a row but what is large and secret. */
type ListedTranscript = Omit<
  Transcript,
  'document' | 'paddingSeed' | 'proof' | 'timestamp' | 'digests' | 'credentialKeyId' | 'credentialSignatures'
>;

@Injectable()
export class TranscriptReader {
  constructor(
    private readonly database: Database,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly people: People,
    private readonly files: TranscriptFiles,
  ) {}

  /** Transcripts of a class, in the order of the class list. */
  async ofClass(
    session: SessionContext,
    classId: string,
    kind: IssuedType = 'hoc-ba',
  ): Promise<TranscriptAnswer[]> {
    await this.access.authorize(session, classId, 'transcript.read');
    return this.answers(session.schoolId, classId, { classId, kind });
  }

  /** In the order asked. */
  async batches(session: SessionContext, batchIds: readonly string[]): Promise<BatchAnswer[]> {
    const answers: BatchAnswer[] = [];
    for (const batchId of batchIds) answers.push(await this.batch(session, batchId));
    return answers;
  }

  async batch(session: SessionContext, batchId: string): Promise<BatchAnswer> {
    const { schoolId } = session;
    const batch = await this.database.read.findOneBy(TranscriptBatch, { schoolId, id: batchId });
    if (batch === null) throw notFound('đợt học bạ');
    const { info } = await this.access.authorize(session, batch.classId, 'transcript.read');
    const transcripts = await this.answers(schoolId, batch.classId, { batchId });
    const pupils = await this.pupils(schoolId, batch.classId);
    return {
      id: batch.id,
      document: batch.kind,
      period: batch.period,
      classId: batch.classId,
      className: info.name,
      composedAt: batch.composedAt,
      route: await this.routeOf(schoolId, batch.route, transcripts[0]?.id),
      transcripts,
      held: batch.held.map(({ pupilId, reasons }) => ({
        pupilId,
        code: pupils.get(pupilId)?.code ?? '',
        fullName: pupils.get(pupilId)?.fullName ?? '',
        reasons: reasons.map((reason) => ({ ...reason })),
      })),
      unsignedSheets: (batch.unsignedSheets ?? []).map(({ area, period }) => {
        return { area, areaLabel: areaLabel(info, area), period };
      }),
      paperSignedAt: batch.paperSignedAt,
      returned: await this.returned(batch),
    };
  }

  private async returned(batch: TranscriptBatch): Promise<ReturnedAnswer | null> {
    const { schoolId, returnedAt: at, returnedBy, returnReason, returnComments } = batch;
    if (at === null || returnedBy === null) return null;
    const names = await this.people.names(schoolId, [returnedBy]);
    return { at, by: names(returnedBy), reason: returnReason ?? '', comments: [...(returnComments ?? [])] };
  }

  async one(session: SessionContext, id: string): Promise<TranscriptDetailAnswer> {
    const row = await this.load(session, id);
    const [answer] = await this.answers(row.schoolId, row.classId, { id });
    const batch = await this.database.read.findOneByOrFail(TranscriptBatch, {
      schoolId: row.schoolId,
      id: row.batchId,
    });
    return {
      ...(answer as TranscriptAnswer),
      route: await this.routeOf(row.schoolId, batch.route, id),
      data: row.document === null ? null : { ...decodeDocument(row.document).data },
    };
  }

  /** The file as far as it is signed; once issued, with the proof. */
  async file(session: SessionContext, id: string): Promise<TranscriptFile> {
    const row = await this.load(session, id);
    if (row.document === null) throw erased('học bạ này');
    const signatures = await this.database.read.find(TranscriptSignature, {
      where: { schoolId: row.schoolId, transcriptId: id },
      order: { position: 'ASC' },
    });
    const name = fileName(decodeDocument(row.document), row.period);
    return { name, bytes: await this.files.file(row.document, signatures, row.proof, row.timestamp) };
  }

  /** @throws Problem NOT_FOUND also for another school's, or one of a class that the person may not see */
  private async load({ schoolId, ...session }: SessionContext, id: string): Promise<Transcript> {
    const row = await this.database.read.findOneBy(Transcript, { schoolId, id });
    if (row === null) throw notFound('học bạ');
    await this.access.authorize({ schoolId, ...session }, row.classId, 'transcript.read', (info, own) => ({
      ...own.class(info),
      ownChild: own.isChild(row.pupilId),
      issued: row.state === 'issued',
    }));
    if (row.erasedAt !== null) throw erased('học bạ này');
    return row;
  }

  private async answers(
    schoolId: string,
    classId: string,
    where:
      | { readonly classId: string; readonly kind: IssuedType }
      | { readonly batchId: string }
      | { readonly id: string },
  ): Promise<TranscriptAnswer[]> {
    const rows: ListedTranscript[] = await this.database.read.find(Transcript, {
      select: {
        schoolId: true,
        id: true,
        batchId: true,
        pupilId: true,
        kind: true,
        period: true,
        event: true,
        state: true,
        documentHash: true,
        composedAt: true,
        issuedAt: true,
      },
      where: { schoolId, ...where, erasedAt: IsNull() },
    });
    const signatures = await this.database.read.find(TranscriptSignature, {
      select: { transcriptId: true, position: true },
      where: { schoolId, transcriptId: In(rows.map(({ id }) => id)) },
    });
    const pupils = await this.pupils(schoolId, classId);
    const order = [...pupils.keys()];
    return rows
      .sort((a, b) => order.indexOf(a.pupilId) - order.indexOf(b.pupilId) || a.event - b.event)
      .map((row) => answerOf(row, pupils.get(row.pupilId), countOf(signatures, row.id)));
  }

  /** Everyone of the class, in the order of its list. */
  private async pupils(schoolId: string, classId: string): Promise<Map<string, Named>> {
    const info = await this.classes.load(schoolId, classId);
    const pupils = (await this.classes.pupils(info)).map(({ pupil }) => [pupil.id, pupil] as const);
    // A class's own document is about the class.
    return new Map<string, Named>([...pupils, [classId, classAsMember(info)]]);
  }

  private async routeOf(
    schoolId: string,
    route: readonly RoutePlace[],
    transcriptId: string | undefined,
  ): Promise<RoutePlaceAnswer[]> {
    const signatures =
      transcriptId === undefined
        ? []
        : await this.database.read.find(TranscriptSignature, {
            select: { position: true, signedAt: true },
            where: { schoolId, transcriptId },
          });
    return route.map(({ role, name, title, onBehalf }, i) => ({
      role,
      name,
      title,
      onBehalf,
      signedAt: signatures.find(({ position }) => position === i)?.signedAt ?? null,
    }));
  }
}

/** Who, or which class, and about when. */
function fileName(document: SchoolDocument, period: string): string {
  const { type, data } = document;
  const whose = 'pupil' in data ? data.pupil.code : data.className;
  const parts = [type, whose, schoolYearOf(document), ...(period === 'CN' ? [] : [period])];
  return `${parts.join('-')}.pdf`.replaceAll(/[^A-Za-z0-9._-]/g, '_');
}

function countOf(signatures: readonly { readonly transcriptId: string }[], id: string): number {
  return signatures.filter(({ transcriptId }) => transcriptId === id).length;
}

function answerOf(row: ListedTranscript, pupil: Named | undefined, signatures: number): TranscriptAnswer {
  return {
    id: row.id,
    document: row.kind,
    period: row.period,
    batchId: row.batchId,
    pupilId: row.pupilId,
    code: pupil?.code ?? '',
    fullName: pupil?.fullName ?? '',
    version: row.event + 1,
    state: row.state === 'composed' && signatures > 0 ? 'signed' : row.state,
    signatures,
    verificationCode: formatVerificationCode(fromHex(row.documentHash)),
    composedAt: row.composedAt,
    issuedAt: row.issuedAt,
  };
}
