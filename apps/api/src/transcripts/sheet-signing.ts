/**
 * Subject teachers sign their sheets (class × subject × term) once they are locked: with their certificate where they
 * have one, else by a recorded confirmation, the act with its second factor. Many sheets by one act: a teacher of civics
 * has eighteen classes. The vice-principal's place in that route is the lock.
 */
import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SheetSignParams, type SheetSignRequest } from '#contracts/sheet-signatures.js';
import { fromHex, toHex } from '#ledger/format/bytes.js';
import { parseCertificate } from '#signing/certificate.js';
import { assembleCms, prepareSignedAttributes, signCms } from '#signing/cms-sign.js';
import { SigningError } from '#signing/errors.js';
import type { Signer } from '#signing/signer.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { requireSound } from '../audit/issue-check.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { MarkStore } from '../gradebook/mark-store.js';
import { notFound, Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { Acts, type ActAnswer, type Change } from '../identity/acts.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { Certificates, chainOf } from './certificates.js';
import { rawOf } from './outside-signing.js';
import { SheetStandings, type StandingSheet } from './sheet-standing.js';
import { SheetSignature } from './sheet-signatures.entities.js';
import { sha256Hex } from './transcript-files.js';
import type { Certificate } from './transcripts.entities.js';

/** A sheet to be signed: where it is, and what of it. */
interface PlannedSheet {
  readonly info: ClassInfo;
  readonly standing: StandingSheet;
  readonly lockId: string;
  readonly digest: string;
}

interface SheetPlan {
  readonly sheets: readonly PlannedSheet[];
  readonly certificate: Certificate | null;
  readonly rule: string;
  readonly change: Change;
}

@Injectable()
export class SheetSigning implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly acts: Acts,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly marks: MarkStore,
    private readonly standings: SheetStandings,
    private readonly certificates: Certificates,
    private readonly journal: Journal,
  ) {}

  onModuleInit(): void {
    this.acts.register('sheet.sign', async (session, params) => {
      return (await this.plan(session, validated(SheetSignParams, params))).change;
    });
  }

  /**
   * Signs the sheets, all or none.
   * @throws Problem NOT_FOUND, FORBIDDEN (not one's own, not locked), STATE_CONFLICT (signed already, a form without such
   *   signatures); JOURNAL_BROKEN; SIGNATURE_REFUSED for signatures from outside that do not hold
   */
  async sign(session: SessionContext, request: Omit<SheetSignRequest, 'act'>, act: ActAnswer): Promise<void> {
    const { schoolId, personId } = session;
    const asked = await this.plan(session, request);
    const infos = [...new Map(asked.sheets.map(({ info }) => [info.id, info])).values()];
    await requireSound(this.database.read, infos);
    const key = await this.keyOf(schoolId, asked);
    const classIds = infos.map(({ id }) => id);
    await this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, classIds);
      const plan = await this.plan(session, request);
      if (plan.certificate?.id !== asked.certificate?.id) throw otherCertificate();
      await this.acts.use(tx, session, act, 'sheet.sign', plan.change);
      const signedAt = this.clock.timestamp();
      const rows: SheetSignature[] = [];
      for (const [i, { info, standing, lockId, digest }] of plan.sheets.entries()) {
        rows.push({
          ...{ schoolId, id: randomUUID(), classId: info.id, area: standing.sheet.area.area },
          ...{ period: standing.sheet.period, lockId, personId, digest },
          certificateId: plan.certificate?.id ?? null,
          cms: await this.cmsOf(plan, key, digest, request.signatures?.[i]),
          ...{ signedAt, actId: act.id, liftedAt: null, liftReason: null },
        });
      }
      await tx.insert(SheetSignature, rows);
      const by = { actor: personId, session: session.sessionId, act: act.id, rule: plan.rule, at: signedAt };
      await this.journal.appendAll(
        tx,
        schoolId,
        rows.map((row) => signedEvent(row, by)),
      );
    });
  }

  /** What signing these sheets now would mean; asked when the act is stated and again when it is used. */
  private async plan(session: SessionContext, { sheets }: SheetSignParams): Promise<SheetPlan> {
    const { schoolId, personId } = session;
    const asker = await this.access.asker(session);
    const infos = await this.classes.loadMany(
      schoolId,
      sheets.map(({ classId }) => classId),
    );
    const standing = new Map<string, StandingSheet[]>();
    const planned: PlannedSheet[] = [];
    let rule = '';
    for (const { classId, area, period } of sheets) {
      const info = infos.find(({ id }) => id === classId);
      if (info === undefined) throw notFound('lớp');
      if (!standing.has(classId)) {
        const cells = await this.marks.ofClasses(schoolId, [classId]);
        standing.set(classId, await this.standings.ofClass(info, cells));
      }
      const found = standing
        .get(classId)
        ?.find((each) => each.sheet.area.area === area && each.sheet.period === period);
      const locked = (found?.lockId ?? null) !== null;
      rule = asker.authorize(info, 'sheet.sign', { ...asker.mine.sheet(info, area), locked });
      planned.push(plannedSheet(info, found, personId));
    }
    const certificate = await this.certificates.ofPerson(schoolId, personId);
    return { sheets: planned, certificate, rule, change: changeOf(planned, certificate) };
  }

  private async keyOf(schoolId: string, { certificate, sheets }: SheetPlan): Promise<Signer | null> {
    const school = sheets[0]?.info.school;
    if (certificate === null || school === undefined) return null;
    await this.certificates.requireLogged(schoolId, [certificate]);
    return certificate.keyStore === 'outside' ? null : this.certificates.signer(school, certificate);
  }

  private async cmsOf(
    { certificate }: SheetPlan,
    key: Signer | null,
    digest: string,
    signature: string | undefined,
  ): Promise<Uint8Array | null> {
    if (certificate === null) return null;
    if (key !== null) return signCms(fromHex(digest), key, { provider: nodeProvider });
    if (signature === undefined) throw keyOutside();
    const prepared = prepareSignedAttributes(fromHex(digest), certificate.der);
    try {
      return assembleCms(prepared, rawOf(signature, certificate), chainOf(certificate), nodeProvider);
    } catch (error) {
      if (!(error instanceof SigningError)) throw error;
      throw new Problem(
        'SIGNATURE_REFUSED',
        'Chữ kí gửi lên không phải của chứng thư này trên đúng trang sổ này; không chữ kí nào được ghi. Hãy kí lại bằng đúng thiết bị.',
      );
    }
  }
}

function plannedSheet(info: ClassInfo, standing: StandingSheet | undefined, personId: string): PlannedSheet {
  if (standing === undefined) {
    throw new Problem(
      'STATE_CONFLICT',
      `Lớp ${info.name} không có trang sổ này để giáo viên môn học kí (cấp tiểu học, rèn luyện và chuyên cần không kí ở đây).`,
    );
  }
  const { lockId, digest, signatures, sheet } = standing;
  const what = `${info.name}, ${sheet.area.label}, ${sheet.period}`;
  if (lockId === null || digest === null) {
    throw new Problem('STATE_CONFLICT', `${what}: hãy mở lại rồi khóa sổ lại trước khi kí.`);
  }
  if (signatures.some((row) => row.personId === personId)) {
    throw new Problem('STATE_CONFLICT', `${what}: bạn đã kí trang sổ này; mỗi trang kí một lần.`);
  }
  return { info, standing, lockId, digest };
}

/** Every sheet as the person reads and confirms it; where the key is outside, with what it signs. */
function changeOf(sheets: readonly PlannedSheet[], certificate: Certificate | null): Change {
  const own = certificate === null ? null : toHex(parseCertificate(certificate.der).sha256);
  return {
    action: 'sheet.sign',
    certificate: own,
    sheets: sheets.map(({ info, standing: { sheet }, digest }) => ({
      ...{ classId: info.id, className: info.name, area: sheet.area.area, areaLabel: sheet.area.label },
      ...{ period: sheet.period, digest },
      ...(certificate?.keyStore === 'outside' ? { toBeSigned: toBeSigned(digest, certificate) } : {}),
    })),
  };
}

function toBeSigned(digest: string, { der }: Certificate): string {
  return Buffer.from(prepareSignedAttributes(fromHex(digest), der).toBeSigned).toString('base64');
}

function signedEvent(
  row: SheetSignature,
  by: Pick<NewEvent, 'actor' | 'session' | 'act' | 'rule' | 'at'>,
): NewEvent {
  const cms = row.cms === null ? null : sha256Hex(row.cms);
  const data = { ...rowData(row, 'cms'), cms };
  return { ...by, type: 'sheet.signed', subject: 'sheet_signatures', subjectId: row.id, data };
}

function keyOutside(): Problem {
  return new Problem(
    'KEY_OUTSIDE',
    'Khóa kí của bạn không ở trên máy chủ: hãy kí nội dung đã nêu bằng thiết bị của mình rồi gửi chữ kí cùng lúc với xác nhận.',
  );
}

function otherCertificate(): Problem {
  return new Problem('STATE_CONFLICT', 'Chứng thư của bạn vừa thay đổi. Hãy xem lại rồi kí lại.');
}
