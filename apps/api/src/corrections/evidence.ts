/** Evidence (minh chứng): taken in by content, kept encrypted, handed out as a download, its hash in the journal. */
import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Action } from '#policy/types.js';
import type { EvidenceAnswer, EvidenceFields } from '#contracts/evidence.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import { SecretBox } from '../identity/secret-box.js';
import type { SessionContext } from '../identity/session-context.js';
import { evidenceName, kindOf, LARGEST_EVIDENCE, MEDIA_TYPES } from './evidence-kinds.js';
import { EvidenceOwners } from './evidence-owners.js';
import { EvidenceFile, type EvidenceAbout } from './evidence.entities.js';

/** A file to be handed out. */
export interface HandedOut {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

const MOST_FILES = 5;

/** Changes of personal data are held against the paper by the office, the rest by who confirms and approves. */
const READ_ACTION: Readonly<Record<EvidenceAbout, Action>> = {
  correction: 'evidence.read',
  appeal: 'evidence.read',
  'pupil-change': 'pupil.read',
};

@Injectable()
export class Evidence {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly owners: EvidenceOwners,
    private readonly box: SecretBox,
    private readonly journal: Journal,
  ) {}

  /**
   * Adds a file to what the person asked for.
   * @throws Problem NOT_FOUND, FORBIDDEN; VALIDATION when it is no PDF, JPEG or PNG; TOO_LARGE; STATE_CONFLICT when it
   *   has been decided
   */
  async add(
    session: SessionContext,
    { about, aboutId }: EvidenceFields,
    bytes: Uint8Array,
  ): Promise<EvidenceAnswer> {
    const rule = await this.authorize(session, about, aboutId, 'evidence.add');
    const kind = kindOf(bytes);
    if (bytes.length > LARGEST_EVIDENCE)
      throw new Problem('TOO_LARGE', 'Mỗi tệp minh chứng nhiều nhất 4 MB.');
    if (kind === null) {
      const message = 'Minh chứng phải là tệp PDF, JPEG hoặc PNG còn nguyên vẹn; tên tệp không quyết định.';
      throw new Problem('VALIDATION', message, [{ where: 'file', code: 'EVIDENCE_KIND', message }]);
    }
    const { schoolId, personId, sessionId } = session;
    const id = randomUUID();
    const sealed = this.box.sealBytes(bytes, purpose(schoolId, id));
    const row = {
      ...{ schoolId, id, about, aboutId, kind, size: bytes.length, hash: sha256(bytes) },
      ...{ sealedHash: sha256(sealed), addedBy: personId, addedAt: this.clock.timestamp() },
      erasedAt: null,
    };
    return this.database.write(async (tx) => {
      const { open } = await this.owners.locate(session, about, aboutId);
      if (!open) throw new Problem('STATE_CONFLICT', 'Đề nghị này đã giải quyết: không đính kèm thêm được.');
      if ((await tx.countBy(EvidenceFile, { schoolId, about, aboutId })) >= MOST_FILES) {
        throw new Problem('STATE_CONFLICT', `Mỗi đề nghị nhiều nhất ${String(MOST_FILES)} tệp minh chứng.`);
      }
      await tx.insert(EvidenceFile, { ...row, sealed });
      await this.journal.append(tx, schoolId, {
        ...{ type: 'evidence.added', subject: 'evidence_files', subjectId: id, rule, data: rowData(row) },
        ...{ actor: personId, session: sessionId, at: row.addedAt },
      });
      return { id, kind, size: row.size, addedAt: row.addedAt };
    });
  }

  /** @throws Problem NOT_FOUND; JOURNAL_BROKEN when what is stored is not what was added */
  async file(session: SessionContext, id: string): Promise<HandedOut> {
    const { schoolId } = session;
    const row = await this.database.read.findOneBy(EvidenceFile, { schoolId, id });
    if (row === null || row.sealed === null) throw notFound('tệp minh chứng');
    await this.authorize(session, row.about, row.aboutId, READ_ACTION[row.about]);
    const bytes = this.opened(row, row.sealed);
    return { name: evidenceName(id, row.kind), mediaType: MEDIA_TYPES[row.kind], bytes };
  }

  private opened(row: EvidenceFile, sealed: Uint8Array): Uint8Array {
    try {
      const bytes = this.box.openBytes(sealed, purpose(row.schoolId, row.id));
      if (sha256(bytes) === row.hash) return bytes;
    } catch {
      // Changed, or sealed for another place: said below.
    }
    throw new Problem(
      'JOURNAL_BROKEN',
      'Tệp minh chứng này đã bị thay đổi trong cơ sở dữ liệu; hãy báo Hiệu trưởng.',
    );
  }

  /** What the person may not see is not there. */
  private async authorize(
    session: SessionContext,
    about: EvidenceAbout,
    aboutId: string,
    action: Action,
  ): Promise<string> {
    const { relation } = await this.owners.locate(session, about, aboutId);
    try {
      return await this.authorizer.authorize(session, action, relation);
    } catch (error) {
      if (error instanceof Problem && error.code === 'FORBIDDEN') throw notFound('đề nghị, minh chứng');
      throw error;
    }
  }
}

/** Binds what is sealed to its place: moved to another row it does not open. */
function purpose(schoolId: string, id: string): string {
  return `evidence/${schoolId}/${id}`;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
