/**
 * Signing with a key that this server does not have, in two phases: what each document's signature is over goes out once
 * the act is confirmed; the signatures come back from any token program or remote service and are checked before one is
 * kept. What came back late, twice, for other documents or by another key changes nothing.
 */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { OutsideSignature, OutsideSigningAnswer } from '#contracts/outside-signing.js';
import type { BatchAnswer } from '#contracts/transcripts.js';
import { fromHex, toHex } from '#ledger/format/bytes.js';
import { parseCertificate } from '#signing/certificate.js';
import { assembleCms, prepareSignedAttributes } from '#signing/cms-sign.js';
import { parseEcdsaSignature } from '#signing/ecdsa.js';
import { SigningError } from '#signing/errors.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { requireSound } from '../audit/issue-check.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound, Problem, type ProblemItem } from '../http/problem.js';
import { Acts, type ActAnswer } from '../identity/acts.js';
import type { SessionContext } from '../identity/session-context.js';
import { Classes } from '../school/classes.js';
import { Certificates, chainOf } from './certificates.js';
import { OutsideSigning, type StatedDocument } from './outside-signing.entities.js';
import { SEAL, SigningPlans, type SigningPlan } from './signing-plans.js';
import { sha256Hex, TranscriptFiles } from './transcript-files.js';
import { TranscriptIssuing } from './transcript-issuing.js';
import { TranscriptReader } from './transcript-reader.js';
import { secondOf, TranscriptSigning, type Signed } from './transcript-signing.js';
import type { Certificate } from './transcripts.entities.js';

/** A token asks for its PIN, perhaps for each document; for each batch. */
const VALID_MS = 30 * 60 * 1000;
/** However many batches: what goes out in the morning is back by noon. */
const MOST_TIMES = 8;
const RAW_P256_BYTES = 64;

@Injectable()
export class OutsideSignings {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly acts: Acts,
    private readonly classes: Classes,
    private readonly plans: SigningPlans,
    private readonly certificates: Certificates,
    private readonly files: TranscriptFiles,
    private readonly signing: TranscriptSigning,
    private readonly issuing: TranscriptIssuing,
    private readonly reader: TranscriptReader,
    private readonly journal: Journal,
  ) {}

  /**
   * First phase: the act of the next place of the route, confirmed; what is to be signed.
   * @throws Problem as for signing here; STATE_CONFLICT when the key is one that this server signs with
   */
  async state(session: SessionContext, batchId: string, act: ActAnswer): Promise<OutsideSigningAnswer> {
    const [answer] = await this.stateSeveral(session, [batchId], act);
    if (answer === undefined) throw new Error('one batch was stated');
    return answer;
  }

  /**
   * The same of several batches that are at one place of their route, by one act that lists every document; each comes
   * back by itself, in any order.
   */
  async stateSeveral(
    session: SessionContext,
    batchIds: readonly string[],
    act: ActAnswer,
  ): Promise<OutsideSigningAnswer[]> {
    const { schoolId } = session;
    const position = Math.min(await this.plans.position(schoolId, batchIds[0] ?? ''), SEAL);
    const { plans } = await this.plans.planAll(session, batchIds, position);
    const infos = plans.map(({ state }) => state.info);
    await requireSound(this.database.read, infos);
    const now = this.clock.now();
    const stated: { row: OutsideSigning; certificate: Certificate }[] = [];
    for (const [i, { state, place }] of plans.entries()) {
      const certificate = await this.certificates.logged(schoolId, place.certificateId);
      if (certificate.keyStore !== 'outside') throw keyIsHere();
      const signedAt = secondOf(now);
      const row: OutsideSigning = {
        ...{ schoolId, id: randomUUID(), batchId: batchIds[i] ?? '', position, personId: session.personId },
        ...{
          certificateId: certificate.id,
          documents: await this.digests(state.members, signedAt),
          signedAt,
        },
        expiresAt: new Date(now.getTime() + VALID_MS * Math.min(plans.length, MOST_TIMES)).toISOString(),
        ...{ actId: act.id, usedAt: null },
      };
      stated.push({ row, certificate });
    }
    const current = await this.database.write(async (tx) => {
      await this.classes.hold(
        tx,
        schoolId,
        infos.map(({ id }) => id),
        'allowed',
      );
      const all = await this.plans.planAll(session, batchIds, position);
      await this.acts.use(tx, session, act, all.action, all.change);
      for (const [i, plan] of all.plans.entries()) {
        const { row } = stated[i]!;
        requireSame(row.documents, await this.digests(plan.state.members, row.signedAt));
        await tx.insert(OutsideSigning, row);
        await this.record(session, row, 'signing.stated', { ...rowData(row) }, plan, tx);
      }
      return all.plans;
    });
    return stated.map(({ row, certificate }, i) => answerOf(row, current[i]!, certificate));
  }

  /**
   * Second phase: the signatures, each checked against the person's certificate and exactly its document.
   * @throws Problem NOT_FOUND also for another person's; STATE_CONFLICT: used, expired, or the batch is another by now;
   *   SIGNATURE_REFUSED naming each signature that does not hold: nothing is kept then
   */
  async deliver(
    session: SessionContext,
    id: string,
    signatures: readonly OutsideSignature[],
  ): Promise<BatchAnswer> {
    const { schoolId } = session;
    const stated = await this.load(session, id);
    const { batchId, position, signedAt, actId, documents } = stated;
    const { state } = await this.plans.plan(session, batchId, position);
    await requireSound(this.database.read, state.info);
    const certificate = await this.certificates.logged(schoolId, stated.certificateId);
    const made = assembleAll(stated, certificate, signatures);
    const prepared = await this.signing.prepare(state, position);
    await this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, [state.info.id], 'allowed');
      const plan = await this.plans.plan(session, batchId, position);
      if (plan.place.certificateId !== certificate.id) throw otherBatch();
      requireSame(documents, await this.digests(plan.state.members, signedAt));
      const usedAt = this.clock.timestamp();
      const used = await tx.update(OutsideSigning, { schoolId, id, usedAt: IsNull() }, { usedAt });
      if (used.affected !== 1 || stated.expiresAt <= usedAt) throw usedOrLate();
      await this.record(session, stated, 'signing.delivered', { usedAt }, plan, tx);
      const signed = plan.state.members.map((member): Signed => ({
        ...member,
        made: made.get(member.row.id)!,
      }));
      await this.signing.write(tx, session, plan, signed, prepared, { signedAt, actId, certificate });
    });
    if (position === SEAL) await this.issuing.awaitIssued(schoolId, batchId);
    return this.reader.batch(session, batchId);
  }

  private async load({ schoolId, personId }: SessionContext, id: string): Promise<OutsideSigning> {
    const row = await this.database.read.findOneBy(OutsideSigning, { schoolId, id, personId });
    if (row === null) throw notFound('lần kí này');
    if (row.usedAt !== null || row.expiresAt <= this.clock.timestamp()) throw usedOrLate();
    return row;
  }

  /** What the next signature of each document is over. */
  private async digests(
    members: SigningPlan['state']['members'],
    signedAt: string,
  ): Promise<StatedDocument[]> {
    const stated: StatedDocument[] = [];
    for (const { row, signatures } of members) {
      const digest = await this.files.digestToSign(row.document, signatures, signedAt);
      stated.push({ transcriptId: row.id, digest: toHex(digest) });
    }
    return stated;
  }

  private async record(
    { schoolId, personId, sessionId }: SessionContext,
    { id, actId }: OutsideSigning,
    type: string,
    data: object,
    { rule }: SigningPlan,
    tx: Parameters<Journal['append']>[0],
  ): Promise<void> {
    await this.journal.append(tx, schoolId, {
      ...{ type, subject: 'outside_signings', subjectId: id, data: { ...data }, rule },
      ...{ actor: personId, session: sessionId, act: actId, at: this.clock.timestamp() },
    });
  }
}

/** The CMS of each document. @throws Problem SIGNATURE_REFUSED */
function assembleAll(
  { documents }: OutsideSigning,
  certificate: Certificate,
  signatures: readonly OutsideSignature[],
): Map<string, Signed['made']> {
  const given = new Map(signatures.map(({ transcriptId, signature }) => [transcriptId, signature]));
  const chain = chainOf(certificate);
  const made = new Map<string, Signed['made']>();
  const items: ProblemItem[] = [];
  for (const { transcriptId, digest } of documents) {
    const signature = given.get(transcriptId);
    const fault = (code: string, message: string) => items.push({ where: transcriptId, code, message });
    if (signature === undefined) {
      fault('SIGNATURE_MISSING', 'Thiếu chữ kí cho học bạ này.');
      continue;
    }
    try {
      const signedDigest = fromHex(digest);
      const prepared = prepareSignedAttributes(signedDigest, certificate.der);
      const cms = assembleCms(prepared, rawOf(signature, certificate), chain, nodeProvider);
      made.set(transcriptId, { cms, signedDigest });
    } catch (error) {
      if (!(error instanceof SigningError)) throw error;
      fault(error.code, 'Chữ kí không phải của chứng thư này trên đúng học bạ này.');
    }
  }
  const known = new Set(documents.map(({ transcriptId }) => transcriptId));
  for (const transcriptId of given.keys()) {
    if (known.has(transcriptId)) continue;
    items.push({ where: transcriptId, code: 'NOT_ASKED', message: 'Học bạ này không có trong lần kí.' });
  }
  if (items.length === 0) return made;
  const detail = `${String(items.length)} chữ kí không dùng được; không chữ kí nào được ghi. Hãy kí lại bằng đúng thiết bị.`;
  throw new Problem('SIGNATURE_REFUSED', detail, items);
}

/** Raw r ‖ s, or RSA's octets: token programs give ECDSA also as DER. */
export function rawOf(signature: string, { der }: Certificate): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(signature, 'base64'));
  const isDer = parseCertificate(der).publicKey.kind === 'p256' && bytes.length !== RAW_P256_BYTES;
  return isDer ? parseEcdsaSignature(bytes) : bytes;
}

function answerOf(
  row: OutsideSigning,
  { state, place }: SigningPlan,
  { der }: Certificate,
): OutsideSigningAnswer {
  const { id, batchId, signedAt, expiresAt } = row;
  const rsa = parseCertificate(der).publicKey.kind === 'rsa';
  return {
    ...{ id, batchId, className: state.info.name, name: place.name, title: place.title, signedAt, expiresAt },
    certificate: Buffer.from(der).toString('base64'),
    algorithm: rsa ? 'rsa-pkcs1-sha256' : 'ecdsa-p256-sha256',
    documents: state.members.map(({ row: { id: transcriptId, documentHash }, pupil }, i) => {
      const { toBeSigned } = prepareSignedAttributes(fromHex(row.documents[i]?.digest ?? ''), der);
      return {
        ...{ transcriptId, code: pupil.code, fullName: pupil.fullName, documentHash },
        toBeSigned: Buffer.from(toBeSigned).toString('base64'),
        digest: sha256Hex(toBeSigned),
      };
    }),
  };
}

function requireSame(stated: readonly StatedDocument[], now: readonly StatedDocument[]): void {
  const same = stated.every(
    ({ transcriptId, digest }, i) => now[i]?.transcriptId === transcriptId && now[i].digest === digest,
  );
  if (!same || stated.length !== now.length) throw otherBatch();
}

function otherBatch(): Problem {
  return new Problem(
    'STATE_CONFLICT',
    'Đợt học bạ đã thay đổi từ khi lấy nội dung về kí. Hãy lấy lại rồi kí lại.',
  );
}

function usedOrLate(): Problem {
  return new Problem(
    'STATE_CONFLICT',
    'Lần kí này đã nhận chữ kí rồi, hoặc đã quá 30 phút. Hãy bắt đầu lại.',
  );
}

function keyIsHere(): Problem {
  return new Problem(
    'STATE_CONFLICT',
    'Khóa kí của chứng thư này ở trên máy chủ: hãy kí trực tiếp, không cần gửi ra ngoài.',
  );
}
