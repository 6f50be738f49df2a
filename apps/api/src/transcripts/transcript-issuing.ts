/**
 * Finishes issuing: once a sealed transcript's entry is under a public checkpoint, its proof goes into the seal. Runs
 * after each publication and takes up what a restart left behind.
 */
import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { In } from 'typeorm';
import { formatProof as formatDer } from '#signing/proof-attribute.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { LedgerProofs, type ProvenEntry } from '../ledger-host/ledger-proofs.js';
import { SchoolLogs } from '../ledger-host/school-logs.js';
import { Certificates } from './certificates.js';
import { SealTimestamps } from './seal-timestamps.js';
import { sha256Hex, TranscriptFiles } from './transcript-files.js';
import { Transcript, TranscriptBatch, TranscriptSignature, type RoutePlace } from './transcripts.entities.js';

/** Transcripts finished in one unit of work. */
const AT_ONCE = 50;
/** While the files of one part are hashed, the rows of the other are read or written. */
const PARTS_AT_A_TIME = 2;
const WAIT_MS = 15_000;
const LOOK_MS = 25;
/** Until an authority that gave no timestamp is asked again. */
const ASK_AGAIN_MS = 30_000;

@Injectable()
export class TranscriptIssuing implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('transcripts');
  private readonly running = new Map<string, Promise<void>>();
  /** Schools whose log published again while their transcripts were being finished. */
  private readonly again = new Set<string>();
  private readonly askAgain = new Map<string, NodeJS.Timeout>();
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly logs: SchoolLogs,
    private readonly proofs: LedgerProofs,
    private readonly certificates: Certificates,
    private readonly files: TranscriptFiles,
    private readonly timestamps: SealTimestamps,
    private readonly journal: Journal,
  ) {}

  onModuleInit(): void {
    this.logs.onPublished((schoolId) => this.wake(schoolId));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    for (const timer of this.askAgain.values()) clearTimeout(timer);
    await Promise.all(this.running.values());
  }

  /** Waits until batches are issued; gives up without an error when witnesses, or a timestamping authority, keep them waiting. */
  async awaitIssued(schoolId: string, ...batchIds: readonly string[]): Promise<void> {
    const deadline = performance.now() + WAIT_MS;
    const where = { schoolId, batchId: In([...batchIds]), state: 'sealed' as const };
    while (performance.now() < deadline && (await this.database.read.existsBy(Transcript, where))) {
      if (this.askAgain.has(schoolId)) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  /** Looks whether something of a school can be issued now. */
  wake(schoolId: string): void {
    if (this.running.has(schoolId)) {
      this.again.add(schoolId);
      return;
    }
    const run = this.issueAll(schoolId)
      .catch((error: unknown) => this.logger.error(`issuing is held up: ${String(error)}`))
      .finally(() => {
        this.running.delete(schoolId);
        if (this.again.delete(schoolId) && !this.stopping) this.wake(schoolId);
      });
    this.running.set(schoolId, run);
  }

  private async issueAll(schoolId: string): Promise<void> {
    const waiting = await this.database.read.find(Transcript, {
      select: { schoolId: true, id: true, entryId: true },
      where: { schoolId, state: 'sealed' },
    });
    const parts = Array.from({ length: Math.ceil(waiting.length / AT_ONCE) }, (_, i) =>
      waiting.slice(i * AT_ONCE, (i + 1) * AT_ONCE).map(({ id }) => id),
    );
    const left = parts.values();
    const carryOn = async (): Promise<void> => {
      for (const ids of left) if (!this.stopping) await this.issue(schoolId, ids);
    };
    await Promise.all(Array.from({ length: PARTS_AT_A_TIME }, carryOn));
  }

  private async issue(schoolId: string, ids: readonly string[]): Promise<void> {
    const rows = await this.database.read.findBy(Transcript, { schoolId, id: In([...ids]), state: 'sealed' });
    const keys = await this.routeKeys(schoolId, rows);
    const entryIds = [...rows.map(({ entryId }) => entryId ?? ''), ...[...keys.values()].flat()];
    const proven = await this.proofs.of(schoolId, entryIds);
    const signatures = await this.signatures(schoolId, ids);
    const ready = rows.flatMap((row) => {
      const entry = proven.get(row.entryId ?? '');
      const own = (keys.get(row.batchId) ?? []).map((id) => proven.get(id));
      const seal = signatures.get(row.id)?.at(-1);
      if (entry === undefined || row.document === null || seal === undefined || !allProven(own)) return [];
      const proof = formatDer({ entry: entry.entry, first: entry.proof, keys: own });
      return [{ row, document: row.document, seal, proof }];
    });
    const tokens = await this.timestamps.of(
      ready.map(({ row, seal }) => ({ ...seal, id: row.id, known: row.timestamp })),
    );
    if (tokens.size < ready.length) this.wakeLater(schoolId);
    else this.askAgain.delete(schoolId);
    const finished = ready.map(async ({ row: { id }, document, proof }): Promise<IssuedValues[]> => {
      const timestamp = tokens.get(id);
      if (timestamp === undefined) return [];
      const pdfHash = await this.files.fileHash(document, signatures.get(id) ?? [], proof, timestamp);
      return [{ id, proof, timestamp, pdfHash }];
    });
    const issued = (await Promise.all(finished)).flat();
    if (issued.length > 0) await this.record(schoolId, issued);
  }

  /** Nothing is published meanwhile that would take up what waits for a timestamp. */
  private wakeLater(schoolId: string): void {
    clearTimeout(this.askAgain.get(schoolId));
    if (this.stopping) return;
    const timer = setTimeout(() => {
      this.askAgain.delete(schoolId);
      this.wake(schoolId);
    }, ASK_AGAIN_MS);
    this.askAgain.set(schoolId, timer.unref());
  }

  /** Signatures of each transcript, in the order of the route. */
  private async signatures(
    schoolId: string,
    ids: readonly string[],
  ): Promise<Map<string, TranscriptSignature[]>> {
    const rows = await this.database.read.find(TranscriptSignature, {
      where: { schoolId, transcriptId: In([...ids]) },
      order: { position: 'ASC' },
    });
    return new Map(ids.map((id) => [id, rows.filter(({ transcriptId }) => transcriptId === id)]));
  }

  /** Ids of the key.added entries of each batch's route. */
  private async routeKeys(schoolId: string, rows: readonly Transcript[]): Promise<Map<string, string[]>> {
    const batches = await this.database.read.findBy(TranscriptBatch, {
      schoolId,
      id: In([...new Set(rows.map(({ batchId }) => batchId))]),
    });
    const certificateIds = (route: readonly RoutePlace[]) => route.map(({ certificateId }) => certificateId);
    const certificates = await this.certificates.byIds(
      schoolId,
      batches.flatMap(({ route }) => certificateIds(route)),
    );
    return new Map(
      batches.map(({ id, route }) => [
        id,
        certificateIds(route).map((certificateId) => certificates.get(certificateId)?.entryId ?? ''),
      ]),
    );
  }

  private async record(schoolId: string, issued: readonly IssuedValues[]): Promise<void> {
    await this.database.write(async (tx) => {
      const issuedAt = this.clock.timestamp();
      const events: NewEvent[] = [];
      for (const { id, proof, timestamp, pdfHash } of issued) {
        const values = { state: 'issued' as const, pdfHash, issuedAt };
        const set = await tx.update(
          Transcript,
          { schoolId, id, state: 'sealed' },
          { ...values, proof, timestamp },
        );
        // Another process of the installation may have been quicker.
        if (set.affected !== 1) continue;
        events.push({
          type: 'transcript.issued',
          subject: 'transcripts',
          subjectId: id,
          actor: 'installation',
          at: issuedAt,
          data: { ...values, proof: sha256Hex(proof), timestamp: timestamp && sha256Hex(timestamp) },
        });
      }
      if (events.length > 0) await this.journal.appendAll(tx, schoolId, events);
    });
  }
}

interface IssuedValues {
  readonly id: string;
  readonly proof: Uint8Array;
  readonly timestamp: Uint8Array | null;
  readonly pdfHash: string;
}

function allProven(entries: readonly (ProvenEntry | undefined)[]): entries is readonly ProvenEntry[] {
  return entries.every((entry) => entry !== undefined);
}
