/**
 * Transcripts that a pupil brings from another school. Each is verified like by any stranger when it comes in, kept
 * sealed, and its receipt is the next event of the document's lineage, in the log of the school that received it.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { ReceivedTranscriptAnswer } from '#contracts/received-transcripts.js';
import { fromHex, toHex } from '#ledger/format/bytes.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { readTranscriptPdf } from '#pdf-fill/read.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { documentEventLeaf, nextLineage } from '#transcript/commitments.js';
import type { Transcript as Document } from '#transcript/document.js';
import { isTranscript } from '#transcript/school-document.js';
import { formatVerificationCode } from '#transcript/verification-code.js';
import { verifyTranscript } from '#verify/verify-transcript.js';
import type { VerificationResult } from '#verify/result.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { erased, notFound, Problem } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import { SecretBox } from '../identity/secret-box.js';
import type { SessionContext } from '../identity/session-context.js';
import { InstallationSettings } from '../installation.module.js';
import { Outbox } from '../ledger-host/outbox.js';
import { TrustKeeper } from '../ledger-host/trust-keeper.js';
import { People } from '../school/people.js';
import { Relations } from '../school/relations.js';
import { Pupil, School } from '../school/school.entities.js';
import { ReceivedTranscript } from './received-transcripts.entities.js';
import { sha256Hex } from './transcript-files.js';

/** A file that the verifier does not refuse, opened. */
interface Accepted {
  readonly document: Document;
  readonly hash: Uint8Array;
  readonly result: VerificationResult;
}

@Injectable()
export class ReceivedTranscripts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly settings: InstallationSettings,
    private readonly authorizer: Authorizer,
    private readonly relations: Relations,
    private readonly people: People,
    private readonly trust: TrustKeeper,
    private readonly box: SecretBox,
    private readonly outbox: Outbox,
    private readonly journal: Journal,
  ) {}

  /**
   * @throws Problem NOT_FOUND, FORBIDDEN, ERASED; VALIDATION for what does not verify, is no học bạ, is the school's own,
   *   or names another pupil; ALREADY_EXISTS
   */
  async receive(
    session: SessionContext,
    pupilId: string,
    file: Uint8Array,
  ): Promise<ReceivedTranscriptAnswer[]> {
    const { pupil, rule } = await this.located(session, pupilId);
    const { schoolId, personId, sessionId } = session;
    const { document, hash, result } = await this.accepted(schoolId, file);
    refuseOther(pupil, document);
    const id = randomUUID();
    const sealed = this.box.sealBytes(file, purposeOf(schoolId, id));
    const { school, year } = document.data;
    await this.database.write(async (tx) => {
      const documentHash = toHex(hash);
      if (await tx.existsBy(ReceivedTranscript, { schoolId, documentHash })) {
        throw new Problem('ALREADY_EXISTS', 'Học bạ này đã được nhận vào hồ sơ từ trước.');
      }
      const row = {
        ...{ schoolId, id, pupilId, documentHash, origin: document.origin, schoolName: school.name },
        ...{ schoolYear: year.schoolYear, className: year.className, verdict: result.verdict as 'valid' },
        ...{
          code: result.code,
          demo: result.demo ? (1 as const) : (0 as const),
          sealedHash: sha256Hex(sealed),
        },
        ...{ receivedBy: personId, receivedAt: this.clock.timestamp(), erasedAt: null },
        entryId: await this.outbox.add(tx, schoolId, receiptLeaf(document)),
      };
      await tx.insert(ReceivedTranscript, { ...row, sealed });
      await this.journal.append(tx, schoolId, {
        ...{ type: 'transcript.received', subject: 'received_transcripts', subjectId: id, rule },
        ...{ actor: personId, session: sessionId, at: row.receivedAt, data: rowData(row) },
      });
    });
    return this.of(session, pupilId);
  }

  /** What the pupil brought, the oldest first. @throws Problem NOT_FOUND, FORBIDDEN, ERASED */
  async of(session: SessionContext, pupilId: string): Promise<ReceivedTranscriptAnswer[]> {
    await this.located(session, pupilId);
    const { schoolId } = session;
    const rows = await this.database.read.find(ReceivedTranscript, {
      where: { schoolId, pupilId },
      order: { receivedAt: 'ASC', id: 'ASC' },
    });
    const names = await this.people.names(
      schoolId,
      rows.map(({ receivedBy }) => receivedBy),
    );
    return rows.map((row) => {
      const { id, schoolName, origin, schoolYear, className, verdict, code } = row;
      return {
        ...{ id, schoolName, origin, schoolYear, className, verdict, code, demo: row.demo === 1 },
        verificationCode: formatVerificationCode(fromHex(row.documentHash)),
        ...{ by: names(row.receivedBy), at: row.receivedAt },
      };
    });
  }

  /** The file as it came. @throws Problem NOT_FOUND; JOURNAL_BROKEN when what is stored is not what came */
  async file(session: SessionContext, pupilId: string, id: string): Promise<Uint8Array> {
    await this.located(session, pupilId);
    const { schoolId } = session;
    const row = await this.database.read.findOneBy(ReceivedTranscript, { schoolId, id, pupilId });
    if (row === null || row.sealed === null) throw notFound('học bạ nhận về này');
    try {
      return this.box.openBytes(row.sealed, purposeOf(schoolId, id));
    } catch {
      const detail = 'Tệp học bạ nhận về này đã bị thay đổi trong cơ sở dữ liệu; hãy báo Hiệu trưởng.';
      throw new Problem('JOURNAL_BROKEN', detail);
    }
  }

  /** A pupil whom the person may not see is not there. */
  private async located(
    session: SessionContext,
    pupilId: string,
  ): Promise<{ readonly pupil: Pupil; readonly rule: string }> {
    const relation = await this.relations.ofPupil(session, pupilId);
    await this.authorizer.authorize(session, 'pupil.read', relation).catch((error: unknown) => {
      throw error instanceof Problem && error.code === 'FORBIDDEN' ? notFound('học sinh') : error;
    });
    const pupil = await this.database.read.findOneBy(Pupil, { schoolId: session.schoolId, id: pupilId });
    if (pupil === null) throw notFound('học sinh');
    const rule = await this.authorizer.authorize(session, 'transcript.receive', relation);
    if (pupil.erasedAt !== null) throw erased('học sinh này');
    return { pupil, rule };
  }

  private async accepted(schoolId: string, file: Uint8Array): Promise<Accepted> {
    const result = await this.verified(file);
    const { verdict, code, reasons } = result;
    if (verdict !== 'valid' && verdict !== 'unchecked') {
      const message = `Không nhận được tệp này (${verdict} ${code ?? ''}); hãy mở trang Kiểm chứng để xem vì sao.`;
      const items = reasons.map((reason) => ({ where: 'file', code: code ?? 'INVALID', message: reason }));
      throw new Problem('VALIDATION', message, items);
    }
    const { transcript: document, hash } = (await readTranscriptPdf(file)).plan;
    if (!isTranscript(document)) throw new Problem('VALIDATION', 'Tệp này không phải là học bạ.');
    const { origin } = await this.database.read.findOneByOrFail(School, { id: schoolId });
    if (document.origin === origin) {
      throw new Problem('VALIDATION', 'Học bạ này do chính trường phát hành; không cần nhận về.');
    }
    return { document, hash, result };
  }

  /** As a stranger would; the log is read too where the other school is of this installation. */
  private async verified(file: Uint8Array): Promise<VerificationResult> {
    const [trust, ...earlier] = await this.bundles();
    const means = { file, fileName: 'hoc-ba.pdf', now: this.clock.now() };
    const options = {
      ...{ ...means, crypto: nodeCrypto, provider: nodeProvider, earlierTrust: earlier },
      ...(trust === undefined ? {} : { trust }),
    };
    const alone = await verifyTranscript(options);
    const origin = alone.ledger?.origin;
    const near =
      origin === undefined ? null : await this.database.read.findOne(School, { where: { origin } });
    if (near === null) return alone;
    const log = new FolderTileStore(join(this.settings.config.dataDir, 'ledger', near.slug));
    return verifyTranscript({ ...options, ledgerReader: log });
  }

  /** The bundle in force, then those before it. */
  private async bundles(): Promise<Uint8Array[]> {
    const present = await this.trust.read();
    if (present === undefined) return [];
    const serials = (await this.trust.serials()).slice(0, -1);
    const earlier = await Promise.all(serials.map((serial) => this.trust.readArchived(serial)));
    return [present, ...earlier.filter((bundle) => bundle !== undefined)];
  }
}

/** A transcript of another child does not get into this one's file by mistake. */
function refuseOther({ fullName, birthDate }: Pupil, { data: { pupil } }: Document): void {
  if (pupil.fullName === fullName.normalize('NFC') && pupil.birthDate === birthDate) return;
  throw new Problem(
    'VALIDATION',
    `Học bạ này của ${pupil.fullName}, sinh ngày ${pupil.birthDate}; hồ sơ ở trường ghi ${fullName}, sinh ngày ${birthDate}. Hãy kiểm tra lại tệp, hoặc sửa hồ sơ theo giấy tờ trước.`,
  );
}

/** Who holds the document can look forward, so the receiving school can write the next event of its lineage. */
function receiptLeaf({ lineage, event }: Document) {
  return documentEventLeaf({
    lineage: nextLineage(fromHex(lineage)),
    event: event + 1,
    kind: 'receive',
    doc: new Uint8Array(randomBytes(32)),
    cred: new Uint8Array(randomBytes(32)),
  });
}

/** Binds what is sealed to its place: moved to another row it does not open. */
function purposeOf(schoolId: string, id: string): string {
  return `received/${schoolId}/${id}`;
}
