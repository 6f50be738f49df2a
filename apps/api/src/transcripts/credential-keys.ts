/**
 * The key with which a school signs credentials: Ed25519, encrypted on disk, logged by a salted `key.added` before it
 * signs anything. It is not the log's key: whoever has it can sign credentials, but not put them into the ledger.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { In, IsNull, Not, type EntityManager } from 'typeorm';
import { toBase64, toHex } from '#ledger/format/bytes.js';
import { ED25519, type NoteSigner } from '#ledger/format/note.js';
import { credentialKeyLeaf, credentialKeyRetiredLeaf } from '#disclosure/credential-key.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { Problem } from '../http/problem.js';
import { KeyStore } from '../ledger-host/key-store.js';
import { LedgerEntryRow, LedgerOutboxRow } from '../ledger-host/ledger.entities.js';
import { Outbox } from '../ledger-host/outbox.js';
import { SchoolLogs } from '../ledger-host/school-logs.js';
import type { School } from '../school/school.entities.js';
import { CredentialKey } from './credential-keys.entities.js';
import type { DocumentHead, EnteredCredentials } from './document-commitments.js';
import type { CredentialSignatures } from './document-credentials.js';
import { TranscriptFiles } from './transcript-files.js';
import { Transcript } from './transcripts.entities.js';

@Injectable()
export class CredentialKeys {
  private readonly logger = new Logger('credential-keys');
  private readonly signers = new Map<string, Promise<NoteSigner>>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly keys: KeyStore,
    private readonly files: TranscriptFiles,
    private readonly outbox: Outbox,
    private readonly logs: SchoolLogs,
    private readonly journal: Journal,
  ) {}

  /**
   * The school's key in force, publicly logged; made when there is none.
   * @throws Problem LEDGER_UNAVAILABLE when its entry is not public in time: it may not sign yet
   */
  async inForce(school: School): Promise<CredentialKey> {
    const where = { schoolId: school.id, retiredAt: IsNull() };
    const known = await this.database.read.findOne(CredentialKey, { where, order: { addedAt: 'DESC' } });
    const key = known ?? (await this.make(school, { actor: 'installation' }));
    await this.finishRetirements(school.id);
    await this.logs.awaitPublished(school.id, [key.entryId]);
    return key;
  }

  /**
   * Makes the school's next key; the one before signs nothing new. What it signed stays valid: the ledger retires it from
   * an entry on that comes after all of those.
   * @param confirm uses the act up, in the same unit of work
   */
  async rotate(
    school: School,
    by: Pick<NewEvent, 'actor' | 'session' | 'act' | 'rule'>,
    confirm: (tx: EntityManager) => Promise<void>,
  ): Promise<void> {
    const { schoolId, id } = await this.make(school, by, async (tx, at) => {
      await confirm(tx);
      const retired = { retiredAt: at };
      const where = { schoolId: school.id, retiredAt: IsNull() };
      const old = await tx.find(CredentialKey, { where, ...rowLock(tx) });
      for (const key of old) {
        await tx.update(CredentialKey, { schoolId: school.id, id: key.id }, retired);
        await this.record(
          tx,
          key,
          'credential-key.retired',
          { ...by, at },
          {
            ...retired,
            replaced: toHex(key.publicKey),
          },
        );
      }
    });
    await this.finishRetirements(schoolId);
    this.logger.log(`credential key ${id} of ${school.slug} takes over`);
  }

  /**
   * In the unit that enters documents: keys with which their credentials were made just before. Held until it ends, so
   * that none is retired in between.
   * @throws Problem STATE_CONFLICT when one has been replaced meanwhile
   */
  async requireInForce(tx: EntityManager, schoolId: string, ids: readonly (string | null)[]): Promise<void> {
    const wanted = [...new Set(ids.filter((id) => id !== null))];
    if (wanted.length === 0) return;
    const where = { schoolId, id: In(wanted), retiredAt: IsNull() };
    const found = await tx.find(CredentialKey, { where, ...rowLock(tx) });
    if (found.length === wanted.length) return;
    throw new Problem('STATE_CONFLICT', 'Khóa kí bản trích của trường vừa được thay. Hãy đóng dấu lại.');
  }

  /** `key.retired` of each replaced key, once all that it signed has its place in the ledger before it. */
  private async finishRetirements(schoolId: string): Promise<void> {
    const where = { schoolId, retiredAt: Not(IsNull()), retirementEntryId: IsNull() };
    if (!(await this.database.read.existsBy(CredentialKey, where))) return;
    await this.database.write(async (tx) => {
      for (const key of await tx.find(CredentialKey, { where, ...rowLock(tx) })) {
        const sealed = { schoolId, credentialKeyId: key.id, state: 'sealed' as const };
        const waiting = await tx.find(Transcript, { select: { entryId: true }, where: sealed });
        const entryId = In(waiting.map((row) => row.entryId ?? ''));
        if (await tx.existsBy(LedgerOutboxRow, { schoolId, entryId })) continue;
        const invalidFrom = await tx.countBy(LedgerEntryRow, { schoolId });
        const leaf = credentialKeyRetiredLeaf(key.salt, key.publicKey, invalidFrom);
        const done = { retirementEntryId: await this.outbox.add(tx, schoolId, leaf) };
        await tx.update(CredentialKey, { schoolId, id: key.id }, done);
        const by = { actor: 'installation', at: this.clock.timestamp() };
        await this.record(tx, key, 'credential-key.retirement-logged', by, done);
      }
    });
  }

  private async record(
    tx: EntityManager,
    { schoolId, id }: CredentialKey,
    type: string,
    by: Pick<NewEvent, 'actor' | 'session' | 'act' | 'rule' | 'at'>,
    data: { readonly [key: string]: string },
  ): Promise<void> {
    await this.journal.append(tx, schoolId, { ...by, type, subject: 'credential_keys', subjectId: id, data });
  }

  /** What the entry of a document commits to in `cred`: of a học bạ its credentials, of all others their fields alone. */
  async sign(
    school: School,
    key: CredentialKey,
    document: Uint8Array,
    paddingSeed: Uint8Array,
  ): Promise<EnteredCredentials & { readonly head: DocumentHead }> {
    const { publicKey } = key;
    const { head, inputs, plain } = await this.files.credentialInputs(document, paddingSeed, publicKey);
    if (inputs === null) {
      if (plain === null) throw new Error('a document without credentials commits to its fields');
      return { head, digests: plain, kept: { credentialKeyId: null, credentialSignatures: null } };
    }
    const signer = await this.signer(school, key);
    const [jwt, jcs, rdfc] = inputs;
    const signatures: CredentialSignatures = [
      await signer.sign(jwt),
      await signer.sign(jcs),
      await signer.sign(rdfc),
    ];
    const digests = await this.files.credentialDigests(document, paddingSeed, publicKey, signatures);
    const kept = { credentialKeyId: key.id, credentialSignatures: signatures.map(toBase64) };
    return { head, digests, kept };
  }

  private signer(school: School, { id, keyName }: CredentialKey): Promise<NoteSigner> {
    let signer = this.signers.get(id);
    if (signer === undefined) {
      signer = this.keys.existingNoteSigner(signerName(school), ED25519, 'keys', school.slug, keyName);
      this.signers.set(id, signer);
      signer.catch(() => this.signers.delete(id));
    }
    return signer;
  }

  private async make(
    school: School,
    by: Pick<NewEvent, 'actor' | 'session' | 'act' | 'rule'>,
    first: (tx: EntityManager, at: string) => Promise<void> = () => Promise.resolve(),
  ): Promise<CredentialKey> {
    const id = randomUUID();
    const keyName = `credentials-${id}`;
    const { publicKey } = await this.keys.noteSigner(
      signerName(school),
      ED25519,
      'keys',
      school.slug,
      keyName,
    );
    const salt = new Uint8Array(randomBytes(32));
    const schoolId = school.id;
    return this.database.write(async (tx) => {
      const addedAt = this.clock.timestamp();
      await first(tx, addedAt);
      const entryId = await this.outbox.add(tx, schoolId, credentialKeyLeaf(salt, publicKey));
      const row: CredentialKey = {
        schoolId,
        id,
        publicKey,
        salt,
        keyName,
        entryId,
        addedAt,
        retiredAt: null,
        retirementEntryId: null,
      };
      await tx.insert(CredentialKey, row);
      await this.journal.append(tx, schoolId, {
        ...by,
        type: 'credential-key.added',
        subject: 'credential_keys',
        subjectId: id,
        at: addedAt,
        data: { ...rowData(row, 'publicKey', 'salt'), publicKey: toBase64(publicKey), salt: toBase64(salt) },
      });
      return row;
    });
  }
}

/** A key file asks for a name; nothing is signed under it. */
function signerName({ origin }: School): string {
  return `${origin}/credentials`;
}
