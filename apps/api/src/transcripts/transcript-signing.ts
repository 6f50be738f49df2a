/**
 * Signs and seals batches in the order of their route, each by one act that lists every document with its hash. The
 * seal's unit of work writes the transcripts and their ledger entries together: the one commit point of issuing.
 */
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { BatchAnswer } from '#contracts/transcripts.js';
import { toHex } from '#ledger/format/bytes.js';
import type { Signer } from '#signing/signer.js';
import { requireSound } from '../audit/issue-check.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Acts, type ActAnswer } from '../identity/acts.js';
import type { SessionContext } from '../identity/session-context.js';
import { Outbox } from '../ledger-host/outbox.js';
import { Classes } from '../school/classes.js';
import type { BatchMember, StandingBatch } from './batch-state.js';
import { Certificates } from './certificates.js';
import { CredentialKeys } from './credential-keys.js';
import {
  issueLeaf,
  sealDigests,
  type DocumentHead,
  type EnteredCredentials,
} from './document-commitments.js';
import { SEAL, SigningPlans, type SigningPlan } from './signing-plans.js';
import { signatureRow, signedEvent, stillThere } from './signature-rows.js';
import { TranscriptFiles, type NewSignature } from './transcript-files.js';
import { TranscriptIssuing } from './transcript-issuing.js';
import { TranscriptReader } from './transcript-reader.js';
import { Transcript, TranscriptSignature, type Certificate } from './transcripts.entities.js';

/** What the ledger's entry needs beside the seal. */
export interface PreparedDocument {
  readonly head: DocumentHead;
  readonly credentials: EnteredCredentials;
}

/** A document with the signature just made. */
export interface Signed extends BatchMember {
  readonly made: NewSignature;
}

@Injectable()
export class TranscriptSigning {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly acts: Acts,
    private readonly classes: Classes,
    private readonly plans: SigningPlans,
    private readonly certificates: Certificates,
    private readonly credentialKeys: CredentialKeys,
    private readonly files: TranscriptFiles,
    private readonly outbox: Outbox,
    private readonly issuing: TranscriptIssuing,
    private readonly reader: TranscriptReader,
    private readonly journal: Journal,
  ) {}

  /** The next person's signature. @throws Problem ROUTE_ORDER when only the seal is left, or all is done */
  async sign(session: SessionContext, batchId: string, act: ActAnswer): Promise<BatchAnswer> {
    await this.signSeveral(session, [batchId], act);
    return this.reader.batch(session, batchId);
  }

  /** The same of several batches, all at one place of their route, by one act. */
  async signSeveral(session: SessionContext, batchIds: readonly string[], act: ActAnswer): Promise<void> {
    const position = await this.plans.position(session.schoolId, batchIds[0] ?? '');
    await this.complete(session, batchIds, Math.min(position, SEAL - 1), act);
  }

  /**
   * Puts the seal on. Answers when the ledger's proof is in the files, or, where witnesses keep it waiting, with the
   * batch still `sealed`: issuing goes on by itself. @throws Problem ROUTE_ORDER before the last signature
   */
  async seal(session: SessionContext, batchId: string, act: ActAnswer): Promise<BatchAnswer> {
    await this.sealSeveral(session, [batchId], act);
    return this.reader.batch(session, batchId);
  }

  /** The same of several batches by one act. */
  async sealSeveral(session: SessionContext, batchIds: readonly string[], act: ActAnswer): Promise<void> {
    await this.complete(session, batchIds, SEAL, act);
    await this.issuing.awaitIssued(session.schoolId, ...batchIds);
  }

  private async complete(
    session: SessionContext,
    batchIds: readonly string[],
    position: number,
    act: ActAnswer,
  ): Promise<void> {
    const { schoolId } = session;
    const { plans } = await this.plans.planAll(session, batchIds, position);
    const classes = plans.map(({ state }) => state.info);
    const ids = classes.map(({ id }) => id);
    const preparing = Promise.all([this.keys(plans), this.prepareAll(plans, position)]);
    // Of a document that was changed, preparing fails as well: what is answered is which row it was.
    preparing.catch(() => undefined);
    await requireSound(this.database.read, classes, position === SEAL ? 'everything' : 'documents');
    const [keys, prepared] = await preparing;
    // The act is used before a key signs anything, and nothing is held meanwhile: a token may take a second a signature.
    const confirmed = await this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, ids, 'allowed');
      const { plans: now, action, change } = await this.plans.planAll(session, batchIds, position);
      await this.acts.use(tx, session, act, action, change);
      return now;
    });
    const signedAt = secondOf(this.clock.now());
    const signed = await Promise.all(
      confirmed.map((plan) => this.signAll(plan, keyOf(keys, plan).signer, signedAt)),
    );
    await this.database.write(async (tx) => {
      await this.classes.hold(tx, schoolId, ids, 'allowed');
      const { plans: now } = await this.plans.planAll(session, batchIds, position);
      for (const [i, plan] of now.entries()) {
        const { certificate } = keyOf(keys, plan);
        const made = stillThere(plan, signed[i] ?? []);
        await this.write(tx, session, plan, made, prepared, { signedAt, actId: act.id, certificate });
      }
    });
  }

  private async prepareAll(
    plans: readonly SigningPlan[],
    position: number,
  ): Promise<Map<string, PreparedDocument>> {
    const prepared = await Promise.all(plans.map(({ state }) => this.prepare(state, position)));
    return new Map(prepared.flatMap((documents) => [...documents]));
  }

  /** Certificates of the places, publicly logged, with who signs by them. @throws Problem LEDGER_UNAVAILABLE, KEY_OUTSIDE */
  private async keys(plans: readonly SigningPlan[]): Promise<Keys> {
    const keys = new Map<string, { certificate: Certificate; signer: Signer }>();
    for (const { place, state } of plans) {
      if (keys.has(place.certificateId)) continue;
      const { schoolId, school } = state.info;
      const certificate = await this.certificates.logged(schoolId, place.certificateId);
      keys.set(place.certificateId, {
        certificate,
        signer: await this.certificates.signer(school, certificate),
      });
    }
    return keys;
  }

  /** Sets pages, and for the seal makes the credentials, before the unit of work: they take longer than signing. */
  async prepare({ members, info }: StandingBatch, position: number): Promise<Map<string, PreparedDocument>> {
    const key = position === SEAL ? await this.credentialKeys.inForce(info.school) : undefined;
    const prepared = members.map(async ({ row }): Promise<[string, PreparedDocument][]> => {
      await this.files.check(row.document);
      if (key === undefined || row.paddingSeed === null) return [];
      const made = await this.credentialKeys.sign(info.school, key, row.document, row.paddingSeed);
      return [[row.id, { head: made.head, credentials: made }]];
    });
    return new Map((await Promise.all(prepared)).flat());
  }

  private async signAll({ state }: SigningPlan, signer: Signer, signedAt: string): Promise<Signed[]> {
    const signed = state.members.map(async (member): Promise<Signed> => {
      const { row, signatures } = member;
      return { ...member, made: await this.files.sign(row.document, signatures, signedAt, signer) };
    });
    return Promise.all(signed);
  }

  /** Keeps the signatures of one place of the route, whoever's key made them; those of the seal with the ledger's entries. */
  async write(
    tx: EntityManager,
    session: SessionContext,
    plan: SigningPlan,
    signed: readonly Signed[],
    prepared: ReadonlyMap<string, PreparedDocument>,
    { signedAt, actId, certificate }: { signedAt: string; actId: string; certificate: Certificate },
  ): Promise<void> {
    const { schoolId } = session;
    const rows = signed.map((each) => signatureRow(session, plan, each, signedAt, actId));
    await tx.insert(TranscriptSignature, rows);
    const by = {
      actor: session.personId,
      session: session.sessionId,
      act: actId,
      rule: plan.rule,
      at: this.clock.timestamp(),
    };
    const sealed = plan.position === SEAL ? await this.enter(tx, signed, prepared, certificate.der, by) : [];
    await this.journal.appendAll(tx, schoolId, [
      ...rows.map((row, i) => signedEvent(row, signed[i]?.row.documentHash ?? '', by)),
      ...sealed,
    ]);
  }

  /** The sealed transcripts and their ledger entries. */
  private async enter(
    tx: EntityManager,
    signed: readonly Signed[],
    prepared: ReadonlyMap<string, PreparedDocument>,
    sealCertificate: Uint8Array,
    by: Pick<NewEvent, 'actor' | 'session' | 'act' | 'rule' | 'at'>,
  ): Promise<NewEvent[]> {
    const digests = signed.map(({ row, made }) => sealDigests(row.document, made, sealCertificate));
    const leaves = signed.map(({ row }, i) => {
      const [ready, own] = [prepared.get(row.id), digests[i]];
      if (ready === undefined || own === undefined) throw new Error(`transcript ${row.id} was not prepared`);
      return issueLeaf(ready.head, own, ready.credentials.digests);
    });
    const schoolId = signed[0]?.row.schoolId ?? '';
    const keyIds = [...prepared.values()].map(({ credentials }) => credentials.kept.credentialKeyId);
    await this.credentialKeys.requireInForce(tx, schoolId, keyIds);
    const entryIds = await this.outbox.addAll(tx, schoolId, leaves);
    const events: NewEvent[] = [];
    for (const [i, { row }] of signed.entries()) {
      const { sealedBytes, sealSignature, sealCertificate: certificate } = digests[i]!;
      const values = {
        state: 'sealed' as const,
        entryId: entryIds[i] ?? null,
        digests: [toHex(sealedBytes), toHex(sealSignature), toHex(certificate)] as [string, string, string],
        ...prepared.get(row.id)!.credentials.kept,
      };
      await tx.update(Transcript, { schoolId, id: row.id }, values);
      events.push({
        ...by,
        type: 'transcript.sealed',
        subject: 'transcripts',
        subjectId: row.id,
        data: values,
      });
    }
    return events;
  }
}

/** What signs at each place, by the certificate's id. */
type Keys = ReadonlyMap<string, { readonly certificate: Certificate; readonly signer: Signer }>;

function keyOf(keys: Keys, { place, state }: SigningPlan) {
  const key = keys.get(place.certificateId);
  if (key === undefined) throw new Error(`batch ${state.batch.id} was not prepared`);
  return key;
}

/** As it stands in a file: ISO 8601 to the second. */
export function secondOf(time: Date): string {
  return new Date(Math.floor(time.getTime() / 1000) * 1000).toISOString();
}
