/** What happened to issued transcripts, against the ledger: each event's entry says exactly this. Part of the audit. */
import { In, type EntityManager } from 'typeorm';
import { fromHex, toBase64 } from '#ledger/format/bytes.js';
import { parseLeaf } from '#ledger/format/leaf.js';
import { decodeTranscript } from '#transcript/canonical.js';
import { eventKind, eventTag } from '#transcript/commitments.js';
import type { Finding } from '../audit/report.js';
import { LedgerEntryRow, LedgerOutboxRow } from '../ledger-host/ledger.entities.js';
import { ahead } from './document-lineage.js';
import { Transcript, TranscriptEvent } from './transcripts.entities.js';

/** Findings of the school's transcript events; of an erased document nothing can be computed any more. */
export async function checkTranscriptEvents(read: EntityManager, schoolId: string): Promise<Finding[]> {
  const events = await read.findBy(TranscriptEvent, { schoolId });
  const documents = await read.find(Transcript, {
    select: { id: true, event: true, document: true },
    where: { schoolId, id: In(events.map(({ transcriptId }) => transcriptId)) },
  });
  const entries = await bodiesOf(
    read,
    schoolId,
    events.map(({ entryId }) => entryId),
  );
  return events.flatMap((row): Finding[] => {
    const version = documents.find(({ id }) => id === row.transcriptId);
    if (version?.document === null) return [];
    const said = entries.get(row.entryId);
    const expected =
      version?.document === undefined ? undefined : bodyOf(row, version.event, version.document);
    if (said !== undefined && expected === said) return [];
    const detail =
      said === undefined
        ? 'không có mục nào của Sổ Cái cho việc này'
        : 'mục của Sổ Cái nói một việc khác về học bạ, hoặc về học bạ khác';
    return [{ code: 'DOCUMENT_ENTRY', table: 'transcript_events', id: row.id, detail }];
  });
}

/** What opens: the tag and the kind. The other two commitments of such an entry are random. */
function bodyOf({ event, kind }: TranscriptEvent, version: number, document: Uint8Array): string {
  const lineage = ahead(fromHex(decodeTranscript(document).lineage), event - version);
  return spoken(toBase64(eventTag(lineage, event)), toBase64(eventKind(lineage, event, kind)));
}

async function bodiesOf(
  read: EntityManager,
  schoolId: string,
  entryIds: readonly string[],
): Promise<Map<string, string>> {
  const where = { schoolId, entryId: In([...entryIds]) };
  const waiting = await read.findBy(LedgerOutboxRow, where);
  const sequenced = await read.findBy(LedgerEntryRow, where);
  return new Map([
    ...waiting.map(({ entryId, body }) => [entryId, opened(JSON.parse(body))] as const),
    ...sequenced.map(({ entryId, entry }) => [entryId, opened(parseLeaf(entry).body)] as const),
  ]);
}

function opened(body: unknown): string {
  const { tag, kind } = body as { readonly tag?: unknown; readonly kind?: unknown };
  return spoken(String(tag), String(kind));
}

function spoken(tag: string, kind: string): string {
  return `${tag} ${kind}`;
}
