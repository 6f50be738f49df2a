/**
 * The key with which a school signs credentials: Ed25519, encrypted on disk, logged by a salted `key.added` before it
 * signs anything. It is not the log's key: whoever has it can sign credentials, but not put them into the ledger.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { toBase64 } from '#ledger/format/bytes.js';
import { ED25519, type NoteSigner } from '#ledger/format/note.js';
import { credentialKeyLeaf } from '#disclosure/credential-key.js';
import { Journal } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { KeyStore } from '../ledger-host/key-store.js';
import { Outbox } from '../ledger-host/outbox.js';
import { SchoolLogs } from '../ledger-host/school-logs.js';
import type { School } from '../school/school.entities.js';
import { CredentialKey } from './credential-keys.entities.js';
import type { DocumentHead, EnteredCredentials } from './document-commitments.js';
import type { CredentialSignatures } from './document-credentials.js';
import { TranscriptFiles } from './transcript-files.js';

@Injectable()
export class CredentialKeys {
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
    const key = known ?? (await this.make(school));
    await this.logs.awaitPublished(school.id, [key.entryId]);
    return key;
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

  private async make(school: School): Promise<CredentialKey> {
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
      const entryId = await this.outbox.add(tx, schoolId, credentialKeyLeaf(salt, publicKey));
      const addedAt = this.clock.timestamp();
      const row: CredentialKey = {
        schoolId,
        id,
        publicKey,
        salt,
        keyName,
        entryId,
        addedAt,
        retiredAt: null,
      };
      await tx.insert(CredentialKey, row);
      await this.journal.append(tx, schoolId, {
        type: 'credential-key.added',
        subject: 'credential_keys',
        subjectId: id,
        actor: 'installation',
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
