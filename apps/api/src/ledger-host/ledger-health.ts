/** How the logs and their witnesses are: for monitoring, and for the pages that warn their users. No secrets. */
import { Injectable } from '@nestjs/common';
import type { LedgerHealth as LedgerHealthAnswer, LogHealth, WitnessedHealth } from '#contracts/health.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseNote } from '#ledger/format/note.js';
import { goodSignatures } from '#ledger/verify/note.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { Database } from '../database/database.js';
import { School } from '../school/school.entities.js';
import { DirectoryKey } from './directory-key.js';
import { DirectoryLog } from './directory-log.js';
import { LedgerLog } from './ledger.entities.js';
import { SchoolLogs } from './school-logs.js';
import { Witnesses } from './witnesses.js';

@Injectable()
export class LedgerHealth {
  constructor(
    private readonly database: Database,
    private readonly logs: SchoolLogs,
    private readonly directory: DirectoryLog,
    private readonly directoryKey: DirectoryKey,
    private readonly witnesses: Witnesses,
  ) {}

  /** The state of all logs now. */
  async now(): Promise<LedgerHealthAnswer> {
    const rows = await this.database.read.find(LedgerLog, {
      select: { schoolId: true, origin: true, size: true, publishedSize: true, checkpoint: true },
      order: { origin: 'ASC' },
    });
    const slugs = new Map((await this.database.read.find(School)).map(({ id, slug }) => [id, slug]));
    const logs = rows.map(({ schoolId, origin, size, publishedSize, checkpoint }) => ({
      school: slugs.get(schoolId) ?? null,
      origin,
      ...this.logs.standingOf(schoolId),
      size,
      publishedSize,
      ...this.witnessed(checkpoint),
    }));
    return {
      failOpen: this.witnesses.failOpen,
      witnesses: this.witnesses.health(),
      logs: [...logs, ...(await this.directoryHealth())],
    };
  }

  private async directoryHealth(): Promise<LogHealth[]> {
    const checkpoint = (await new FolderTileStore(this.directoryKey.folder).readCheckpoint()) ?? null;
    if (checkpoint === null) return [];
    const { origin, size } = parseCheckpoint(parseNote(checkpoint).text);
    const { standing } = this.directory;
    return [
      {
        school: null,
        origin,
        standing,
        fault: null,
        size,
        publishedSize: size,
        ...this.witnessed(checkpoint),
      },
    ];
  }

  /** Who has seen a public checkpoint, and when. */
  private witnessed(checkpoint: Uint8Array | null): Pick<LogHealth, 'publishedAt' | 'witnesses'> {
    if (checkpoint === null) return { publishedAt: null, witnesses: [] };
    const note = parseNote(checkpoint);
    const { size } = parseCheckpoint(note.text);
    const known = this.witnesses.description().witnesses;
    const keys = known.map(({ key }) => key);
    const times = new Map(goodSignatures(note, keys, nodeCrypto).map(({ key, time }) => [key, time]));
    const witnesses = known.flatMap(({ name, key }): WitnessedHealth[] => {
      const time = times.get(key);
      return time === undefined ? [] : [{ witness: name, size, at: new Date(time * 1000).toISOString() }];
    });
    const publishedAt =
      witnesses
        .map(({ at }) => at)
        .sort()
        .at(-1) ?? null;
    return { publishedAt, witnesses };
  }
}
