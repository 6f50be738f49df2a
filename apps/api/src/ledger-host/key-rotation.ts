/**
 * Replacing the key of a school's log, closing the log, and freezing it (ledger/SPEC.md, "Keys"). What is decided here
 * waits in the outbox and is done by whichever process sequences the log; so it can be asked for with the server running
 * or not. Each step is an event of the school's journal.
 */
import type { EntityManager } from 'typeorm';
import { checkDraft, type LeafDraft } from '#ledger/format/leaf.js';
import { ED25519, formatVkey, parseNote, parseVkey } from '#ledger/format/note.js';
import { JournalHead } from '../audit/journal.entities.js';
import { type Journal, lockedHead } from '../audit/journal.js';
import { type Clock } from '../clock.js';
import { type Database } from '../database/database.js';
import { rowLock } from '../database/row-lock.js';
import { School } from '../school/school.entities.js';
import { type KeyStore } from './key-store.js';
import { LedgerEntryRow, LedgerKey, LedgerLog, LedgerOutboxRow } from './ledger.entities.js';

/** Why a step is not possible now. */
export type RotationCode =
  'SCHOOL_UNKNOWN' | 'NOT_BEGUN' | 'BEGUN_ALREADY' | 'NOT_PUBLIC_YET' | 'LOG_CLOSED' | 'BAD_SIZE';

export class RotationError extends Error {
  override readonly name = 'RotationError';

  constructor(
    readonly code: RotationCode,
    message: string,
  ) {
    super(message);
  }
}

/** An operator's acts are not a person's. */
const ACTOR = 'installation';

export class KeyRotation {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyStore,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the next key of a school's log; from its entry on both keys sign. Again, before that entry, it answers the same.
   * @returns the new verifier key, for witnesses (those that read the trust bundle learn it there)
   */
  async begin(slug: string): Promise<string> {
    const { school, rows } = await this.look(slug);
    const waiting = rows.find(({ fromSize }) => fromSize === null);
    if (waiting !== undefined) return waiting.vkey;
    if (inForce(rows).length > 1) {
      throw new RotationError('BEGUN_ALREADY', `both keys of ${slug} sign already: finish the rotation`);
    }
    const next = await this.nextKey(school, rows);
    await this.database.write((tx) => this.addKey(tx, school, next));
    return next.vkey;
  }

  /**
   * Ends the time of both keys: the old one signs nothing from its entry on. Only once the newest public checkpoint has
   * the new key's signature too, so that whoever follows the log has seen it.
   * @returns the old verifier key
   */
  async finish(slug: string): Promise<string> {
    const { school, rows, log } = await this.look(slug);
    const [old, next, ...more] = inForce(rows);
    if (old === undefined || next === undefined || more.length > 0) {
      throw new RotationError('NOT_BEGUN', `the log of ${slug} has one key in force: begin a rotation first`);
    }
    const { name, keyId } = parseVkey(next.vkey);
    const signatures = log.checkpoint === null ? [] : parseNote(log.checkpoint).signatures;
    if (!signatures.some((signature) => signature.name === name && signature.keyId === keyId)) {
      throw new RotationError(
        'NOT_PUBLIC_YET',
        `the newest public checkpoint of ${slug} is not signed by ${next.vkey} yet: start the server, then try again`,
      );
    }
    await this.database.write((tx) => this.retire(tx, school, old.vkey));
    return old.vkey;
  }

  /**
   * Replaces the key that signs now because it may be stolen: its signatures of trees of more than `invalidFrom` entries do
   * not count, and the log goes on under a new key alone. Witnesses learn the new key from the next trust bundle.
   * @returns the new verifier key
   */
  async replaceStolen(slug: string, invalidFrom: number): Promise<string> {
    const { school, rows, log } = await this.look(slug);
    if (invalidFrom > log.size) {
      throw new RotationError('BAD_SIZE', `the log of ${slug} has ${String(log.size)} entries only`);
    }
    const waiting = rows.find(({ fromSize }) => fromSize === null);
    const next = waiting ?? (await this.nextKey(school, rows));
    await this.database.write(async (tx) => {
      if (waiting === undefined) await this.addKey(tx, school, next);
      const draft: LeafDraft = { type: 'key.retired', body: { vkey: log.vkey, invalidFrom } };
      checkDraft(draft);
      await this.wait(
        tx,
        school.id,
        `key.retired ${log.vkey} ${String(invalidFrom)}`,
        draft.type,
        draft.body,
      );
      await this.record(tx, school.id, 'ledger.keyStolen', log.vkey, { invalidFrom });
    });
    return next.vkey;
  }

  /**
   * Closes a school's log for good, as when the school is merged or ends: its journal is anchored once more, and its last
   * key retires with the last entry.
   */
  async close(slug: string): Promise<void> {
    const { school, rows } = await this.look(slug);
    const [last, ...more] = inForce(rows);
    if (last === undefined || more.length > 0 || rows.some(({ fromSize }) => fromSize === null)) {
      throw new RotationError('BEGUN_ALREADY', `a key of ${slug} is being replaced: finish that first`);
    }
    await this.database.write(async (tx) => {
      await this.record(tx, school.id, 'ledger.closed', last.vkey, {});
      const { hash, count } = await lockedHead(tx, school.id);
      await this.wait(tx, school.id, `journal.anchored ${String(count)} last`, 'journal.anchored', {
        head: hash,
        count,
      });
      await tx.update(
        JournalHead,
        { schoolId: school.id },
        { anchoredCount: count, anchoredAt: this.clock.timestamp() },
      );
      await this.wait(tx, school.id, `key.retired ${last.vkey}`, 'key.retired', { vkey: last.vkey });
    });
  }

  /** Nothing is signed for this school until `thaw`; what is announced meanwhile is refused, what waits stays. */
  async freeze(slug: string, reason: string): Promise<void> {
    const { school, log } = await this.look(slug);
    await this.database.write(async (tx) => {
      const frozen = { frozenAt: this.clock.timestamp(), frozenReason: reason };
      await tx.update(LedgerLog, { schoolId: school.id }, frozen);
      await this.record(tx, school.id, 'ledger.frozen', log.vkey, { reason });
    });
  }

  /** Lets a frozen log go on. */
  async thaw(slug: string): Promise<void> {
    const { school, log } = await this.look(slug);
    await this.database.write(async (tx) => {
      await tx.update(LedgerLog, { schoolId: school.id }, { frozenAt: null, frozenReason: null });
      await this.record(tx, school.id, 'ledger.thawed', log.vkey, {});
    });
  }

  private async look(slug: string) {
    const { read } = this.database;
    const school = await read.findOneBy(School, { slug });
    const log = school && (await read.findOneBy(LedgerLog, { schoolId: school.id }));
    if (school === null || log === null) {
      throw new RotationError('SCHOOL_UNKNOWN', `there is no school ${slug} with a log in this installation`);
    }
    const rows = await read.find(LedgerKey, { where: { schoolId: school.id }, order: { fromSize: 'ASC' } });
    if (inForce(rows).length === 0) throw new RotationError('LOG_CLOSED', `the log of ${slug} is closed`);
    return { school, log, rows };
  }

  /** A key file of its own for each key; one that a crash left without a row is taken up again. */
  private async nextKey({ slug, origin }: School, rows: readonly LedgerKey[]) {
    const file = `log-${String(rows.length + 1)}`;
    const signer = await this.keys.noteSigner(origin, ED25519, 'keys', slug, file);
    return { vkey: formatVkey(signer), file };
  }

  private async addKey(
    tx: EntityManager,
    { id: schoolId }: School,
    { vkey, file }: Pick<LedgerKey, 'vkey' | 'file'>,
  ): Promise<void> {
    await tx.insert(LedgerKey, { schoolId, vkey, file, fromSize: null, toSize: null });
    await this.wait(tx, schoolId, `key.added ${vkey}`, 'key.added', { vkey });
    await this.record(tx, schoolId, 'ledger.keyAdded', vkey, {});
  }

  private async retire(tx: EntityManager, { id }: School, vkey: string): Promise<void> {
    if (!(await this.wait(tx, id, `key.retired ${vkey}`, 'key.retired', { vkey }))) return;
    await this.record(tx, id, 'ledger.keyRetired', vkey, {});
  }

  /** Into the outbox, once; false when it is there, or in the log, already. */
  private async wait(
    tx: EntityManager,
    schoolId: string,
    entryId: string,
    type: string,
    body: object,
  ): Promise<boolean> {
    // In the order of the log's own transactions, so that two steps at once are one after the other.
    await tx.findOneOrFail(LedgerLog, { where: { schoolId }, ...rowLock(tx) });
    const where = { schoolId, entryId };
    if ((await tx.existsBy(LedgerOutboxRow, where)) || (await tx.existsBy(LedgerEntryRow, where)))
      return false;
    const createdAt = this.clock.timestamp();
    await tx.insert(LedgerOutboxRow, { ...where, type, body: JSON.stringify(body), createdAt });
    return true;
  }

  private async record(
    tx: EntityManager,
    schoolId: string,
    type: string,
    subjectId: string,
    data: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    const at = this.clock.timestamp();
    await this.journal.append(tx, schoolId, {
      type,
      subject: 'ledger_keys',
      subjectId,
      actor: ACTOR,
      at,
      data: { ...data },
    });
  }
}

/** Those that sign trees that are yet to come, the oldest first. */
function inForce(rows: readonly LedgerKey[]): LedgerKey[] {
  return rows.filter(({ fromSize, toSize }) => fromSize !== null && toSize === null);
}
