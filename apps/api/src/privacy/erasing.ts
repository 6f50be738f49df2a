/** Destroys what an approval lists, in the approval's unit of work: rows, documents, keys, texts and salts of events. */
import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import { fromHex } from '#ledger/format/bytes.js';
import type { LeafDraft } from '#ledger/format/leaf.js';
import { decodeDocument } from '#transcript/canonical.js';
import { documentEventLeaf } from '#transcript/commitments.js';
import { AUDITED_TABLES } from '../audit/audited-tables.js';
import { statedValues } from '../audit/base-rows.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { overwritingDeleted } from '../database/overwriting.js';
import { Database } from '../database/database.js';
import { Outbox } from '../ledger-host/outbox.js';
import { TranscriptFiles } from '../transcripts/transcript-files.js';
import { ahead } from '../transcripts/document-lineage.js';
import type { Transcript, TranscriptEvent } from '../transcripts/transcripts.entities.js';
import type { PartPlan } from './erasure-plan.js';
import type { PersonalTable } from './personal-data.js';
import type { FoundRows } from './pupil-rows.js';

type By = Pick<NewEvent, 'actor' | 'session' | 'act' | 'rule' | 'at'>;

@Injectable()
export class Erasing {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly files: TranscriptFiles,
    private readonly journal: Journal,
  ) {}

  /**
   * @param approval the event "erasure.approved", whose data list the parts' events
   * @throws Problem LEDGER_UNAVAILABLE when transcripts are erased and the log takes nothing
   */
  async erase(
    tx: EntityManager,
    schoolId: string,
    parts: readonly PartPlan[],
    approval: NewEvent,
  ): Promise<void> {
    const { actor, session, act, rule, at } = approval;
    const by = { actor, session, act, rule, at } as By;
    await overwritingDeleted(tx, async () => {
      const found = parts.flatMap((part) => part.found);
      const rowsOf = <T>(name: string) =>
        found.flatMap(({ table, rows }) => (table.table === name ? (rows as readonly T[]) : []));
      const transcripts = rowsOf<Transcript>('transcripts');
      // The ledger is told first; it then holds what shows that the school no longer has the document.
      const leaves = eraseLeaves(transcripts, rowsOf<TranscriptEvent>('transcript_events'));
      if (leaves.length > 0) await this.outbox.addAll(tx, schoolId, leaves);
      const seq = await this.journal.append(tx, schoolId, approval);
      const left: NewEvent[] = [];
      for (const rows of found) left.push(...(await clear(tx, rows, by)));
      if (left.length > 0) await this.journal.appendAll(tx, schoolId, left);
      await this.journal.erase(tx, schoolId, eventsOf(parts), seq);
      this.database.afterCommit(() => this.files.forget(transcripts.map((row) => row.documentHash)));
    });
  }
}

/** Numbers of all parts' events, each once, in order. */
export function eventsOf(parts: readonly PartPlan[]): number[] {
  return [...new Set(parts.flatMap(({ events }) => events))].sort((a, b) => a - b);
}

/** Deletes or empties rows. @returns the events that state what is left of those that audit compares */
async function clear(tx: EntityManager, { table, rows }: FoundRows, by: By): Promise<NewEvent[]> {
  const { entity, emptied, event: type } = table;
  const keys = tx.connection.getMetadata(entity).primaryColumns.map(({ propertyName }) => propertyName);
  const audited = AUDITED_TABLES.find((each) => each.table === table.table);
  const left: NewEvent[] = [];
  for (const row of rows) {
    const key = Object.fromEntries(keys.map((property) => [property, row[property] as string]));
    if (emptied === undefined) {
      await tx.delete(entity, key);
      continue;
    }
    const values = emptiedValues(table, row, by.at);
    await tx.update(entity, key, values);
    if (audited === undefined || type === undefined) throw new Error(`${table.table} is not audited`);
    const subjectId = audited.key.map((property) => String(row[property])).join('/');
    const data = statedValues(tx, audited, { ...row, ...values });
    left.push({ ...by, type, subject: table.table, subjectId, data });
  }
  return left;
}

/** What is left of a row's emptied columns: a value that was null stays null. */
function emptiedValues({ emptied = {}, erasedAt }: PersonalTable, row: ObjectLiteral, at: string): object {
  const values = Object.entries(emptied).map(([property, value]) => [
    property,
    row[property] === null ? null : typeof value === 'function' ? value(row) : value,
  ]);
  const when = erasedAt === undefined ? {} : { [erasedAt]: (row[erasedAt] as string | null) ?? at };
  return { ...Object.fromEntries(values), ...when } as object;
}

/** One entry for each document's lineage: the next event after the newest sealed version, or after what was said of it, says "erase". */
function eraseLeaves(transcripts: readonly Transcript[], ended: readonly TranscriptEvent[]): LeafDraft[] {
  const newest = new Map<string, Transcript>();
  for (const row of transcripts) {
    if (row.state !== 'issued' || row.document === null) continue;
    const lineage = [row.pupilId, row.yearId, row.kind, row.period].join('/');
    if ((newest.get(lineage)?.event ?? -1) < row.event) newest.set(lineage, row);
  }
  return [...newest.values()].map(({ document, event: version, yearId, kind }) => {
    const events = ended
      .filter((row) => kind === 'hoc-ba' && row.yearId === yearId)
      .map(({ event }) => event);
    const event = Math.max(version, ...events) + 1;
    return documentEventLeaf({
      lineage: ahead(fromHex(decodeDocument(document ?? new Uint8Array()).lineage), event - version),
      event,
      kind: 'erase',
      doc: new Uint8Array(randomBytes(32)),
      cred: new Uint8Array(randomBytes(32)),
    });
  });
}
