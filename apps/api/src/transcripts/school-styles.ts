/** The school's template file and the pictures of its signers' signatures: who puts them in, and what is kept of them. */
import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import {
  SchoolStyleParams,
  type SchoolStyleAnswer,
  type StylePictureAnswer,
} from '#contracts/school-styles.js';
import { canonicalJson, type Json } from '#ledger/format/jcs.js';
import { FontMetrics } from '#pdf-fill/font.js';
import { parsePicture, pictureHash } from '#pdf-fill/picture.js';
import { loadTemplate, TEMPLATE_IDS } from '#pdf-fill/templates.js';
import type { StyleTexts } from '#transcript/school-style.js';
import { styleTexts } from '#transcript/schema-parts.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { columnDigest, rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem, type ProblemItem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { Acts, type ActAnswer, type Change } from '../identity/acts.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { Relations } from '../school/relations.js';
import { styleOf } from './document-looks.js';
import { PictureError } from './picture-error.js';
import { importPicture } from './picture-import.js';
import {
  DocumentPicture,
  DocumentStyle,
  SCHOOL_OWNER,
  type StylePictures,
} from './school-styles.entities.js';

/** A person's pictures are kept for as long as documents; more than this is no mistake any more. */
const MOST_PICTURES = 40;

@Injectable()
export class SchoolStyles implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly acts: Acts,
    private readonly relations: Relations,
    private readonly journal: Journal,
  ) {}

  onModuleInit(): void {
    this.acts.register('style.change', async (session, params) => {
      return (await this.plan(this.database.read, session, validated(SchoolStyleParams, params))).change;
    });
  }

  /** What holds now, and the picture of one's own signature. */
  async read(session: SessionContext): Promise<SchoolStyleAnswer> {
    await this.authorize(session, 'style.read');
    const { schoolId, personId } = session;
    const read = this.database.read;
    const own = await newest(read, schoolId, SCHOOL_OWNER);
    const mine = await newest(read, schoolId, personId);
    const { logo, seal } = own?.pictures ?? {};
    const picture = (id: string | undefined) => this.picture(schoolId, id);
    return {
      version: own?.version ?? 0,
      hash: own === null ? null : styleOf(own).hash,
      texts: own?.texts ?? {},
      logo: await picture(logo),
      seal: await picture(seal),
      signature: await picture(mine?.pictures.signature),
    };
  }

  /** Puts in a logo or a seal, for the file to name. @throws Problem VALIDATION when it is no picture; STATE_CONFLICT */
  async addPicture(session: SessionContext, file: Uint8Array): Promise<StylePictureAnswer> {
    const rule = await this.authorize(session, 'style.picture');
    return this.database.write((tx) => this.keep(tx, session, rule, file));
  }

  /** Takes the school's new file into force, for documents composed from then on. @throws Problem as `plan` */
  async change(
    session: SessionContext,
    params: SchoolStyleParams,
    act: ActAnswer,
  ): Promise<SchoolStyleAnswer> {
    await this.database.write(async (tx) => {
      const { change, style, rule } = await this.plan(tx, session, params);
      await this.acts.use(tx, session, act, 'style.change', change);
      await this.write(tx, session, { ...style, owner: SCHOOL_OWNER }, { rule, act: act.id });
    });
    return this.read(session);
  }

  /** Puts in, or takes away, the picture of one's own signature. @param file null takes it away */
  async changeOwn(session: SessionContext, file: Uint8Array | null): Promise<SchoolStyleAnswer> {
    const rule = await this.authorize(session, 'style.own');
    await this.database.write(async (tx) => {
      const before = await newest(tx, session.schoolId, session.personId);
      const kept = file === null ? undefined : await this.keep(tx, session, rule, file);
      const style = {
        ...{ owner: session.personId, version: (before?.version ?? 0) + 1, texts: {} },
        ...{ pictures: kept === undefined ? {} : { signature: kept.hash } },
        ...{ decisionNumber: null, decidedOn: null },
      };
      await this.write(tx, session, style, { rule });
    });
    return this.read(session);
  }

  private async authorize(
    session: SessionContext,
    action: 'style.read' | 'style.change' | 'style.picture' | 'style.own',
  ): Promise<string> {
    return this.authorizer.authorize(session, action, await this.relations.ofSchool(session));
  }

  /**
   * The exact change, from what holds now.
   * @throws Problem FORBIDDEN; STALE_VERSION; VALIDATION (a text that no form can print, a picture nobody put in)
   */
  private async plan(read: EntityManager, session: SessionContext, params: SchoolStyleParams) {
    const rule = await this.authorize(session, 'style.change');
    const { schoolId } = session;
    const { logo, seal, decisionNumber, decidedOn } = params;
    const before = await newest(read, schoolId, SCHOOL_OWNER);
    if ((before?.version ?? 0) !== params.version) {
      throw new Problem(
        'STATE_CONFLICT',
        `Mẫu riêng của trường đã là phiên bản ${String(before?.version ?? 0)}. Hãy xem lại rồi sửa tiếp từ đó.`,
      );
    }
    const texts = Object.fromEntries(
      Object.entries(params.texts).filter(([, text]) => text !== undefined),
    ) as StyleTexts;
    await refuseUnprintable(texts);
    const pictures: StylePictures = {
      ...(logo === null || logo === undefined ? {} : { logo }),
      ...(seal === null || seal === undefined ? {} : { seal }),
    };
    const wanted = Object.values(pictures) as string[];
    const known = await read.findBy(DocumentPicture, { schoolId, id: In(wanted) });
    if (!wanted.every((hash) => known.some(({ id }) => id === hash))) {
      throw invalid('pictures', 'UNKNOWN_PICTURE', 'Hình này chưa được đưa vào; hãy đưa tệp hình vào trước.');
    }
    const style = { version: params.version + 1, texts, pictures, decisionNumber, decidedOn };
    const change: Change = {
      action: 'style.change',
      style: JSON.parse(canonicalJson(style as never)) as Json,
    };
    return { change, style, rule };
  }

  /** @throws Problem VALIDATION when the file is no picture; STATE_CONFLICT when the person put in too many */
  private async keep(
    tx: EntityManager,
    session: SessionContext,
    rule: string,
    file: Uint8Array,
  ): Promise<StylePictureAnswer> {
    const bytes = imported(file);
    const { schoolId, personId } = session;
    const id = pictureHash(bytes);
    const { width, height } = parsePicture(bytes) ?? { width: 0, height: 0 };
    if (await tx.existsBy(DocumentPicture, { schoolId, id })) return { hash: id, width, height };
    if ((await tx.countBy(DocumentPicture, { schoolId, addedBy: personId })) >= MOST_PICTURES) {
      const most = `Mỗi người đưa vào nhiều nhất ${String(MOST_PICTURES)} hình: văn bản đã lập còn dùng, không xóa được.`;
      throw new Problem('STATE_CONFLICT', most);
    }
    const row = { schoolId, id, bytes, width, height, addedBy: personId, addedAt: this.clock.timestamp() };
    await tx.insert(DocumentPicture, row);
    await this.journal.append(tx, schoolId, {
      ...{ type: 'picture.added', subject: 'document_pictures', subjectId: id },
      ...{ actor: personId, session: session.sessionId, rule, at: row.addedAt },
      data: { ...rowData(row, 'bytes'), bytes: columnDigest(bytes) },
    });
    return { hash: id, width, height };
  }

  private async write(
    tx: EntityManager,
    { schoolId, personId, sessionId }: SessionContext,
    style: Omit<DocumentStyle, 'schoolId' | 'id' | 'madeBy' | 'madeAt'>,
    by: Pick<NewEvent, 'rule' | 'act'>,
  ): Promise<void> {
    const madeAt = this.clock.timestamp();
    const row: DocumentStyle = { schoolId, id: randomUUID(), ...style, madeBy: personId, madeAt };
    await tx.insert(DocumentStyle, row);
    await this.journal.append(tx, schoolId, {
      ...{ type: row.owner === SCHOOL_OWNER ? 'style.changed' : 'style.own-changed' },
      ...{ subject: 'document_styles', subjectId: row.id, ...by },
      ...{ actor: personId, session: sessionId, at: madeAt },
      data: JSON.parse(JSON.stringify(rowData(row))) as Json,
    });
  }

  private async picture(schoolId: string, id: string | undefined): Promise<StylePictureAnswer | null> {
    if (id === undefined) return null;
    const row = await this.database.read.findOneOrFail(DocumentPicture, {
      select: { id: true, width: true, height: true },
      where: { schoolId, id },
    });
    return { hash: row.id, width: row.width, height: row.height };
  }
}

function newest(read: EntityManager, schoolId: string, owner: string): Promise<DocumentStyle | null> {
  return read.findOne(DocumentStyle, { where: { schoolId, owner }, order: { version: 'DESC' } });
}

function imported(file: Uint8Array): Uint8Array {
  try {
    return importPicture(file);
  } catch (error) {
    if (error instanceof PictureError) throw invalid('file', error.code, error.message);
    throw error;
  }
}

/** A text that breaks the schema of J, or has a character that the forms' font has not, is refused now, not at composing. */
async function refuseUnprintable(texts: StyleTexts): Promise<void> {
  styleTexts.check(texts as unknown as Json, '', (where, code, message) => {
    throw invalid(`texts${where.replaceAll('/', '.')}`, code, `Dòng chữ này không in được: ${message}.`);
  });
  const metrics = new FontMetrics((await loadTemplate(TEMPLATE_IDS[0] ?? '')).font);
  for (const [key, text] of Object.entries(texts) as [string, string][]) {
    try {
      metrics.encode(`${text}${text.toUpperCase()}`);
    } catch {
      throw invalid(`texts.${key}`, 'CHARACTER', 'Dòng chữ này có kí tự mà phông chữ của văn bản không có.');
    }
  }
}

function invalid(where: string, code: string, message: string): Problem {
  const item: ProblemItem = { where, code, message };
  return new Problem('VALIDATION', message, [item]);
}
