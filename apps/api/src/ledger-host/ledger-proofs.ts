/** Proofs of entries under a school's newest public checkpoint, many at a time from one reading of its tiles. */
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseNote } from '#ledger/format/note.js';
import { formatProof } from '#ledger/format/proof.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { Database } from '../database/database.js';
import { School } from '../school/school.entities.js';
import { LedgerEntryRow, LedgerLog } from './ledger.entities.js';
import { LedgerTiles } from './ledger-tiles.js';

/** An entry and its tlog-proof. */
export interface ProvenEntry {
  readonly entry: Uint8Array;
  readonly proof: Uint8Array;
}

@Injectable()
export class LedgerProofs {
  constructor(
    private readonly database: Database,
    private readonly folders: LedgerTiles,
  ) {}

  /** Of these entries those that are public, by id; each proof is checked against the checkpoint's root. */
  async of(schoolId: string, entryIds: readonly string[]): Promise<Map<string, ProvenEntry>> {
    const read = this.database.read;
    const school = await read.findOneByOrFail(School, { id: schoolId });
    const { checkpoint } = await read.findOneByOrFail(LedgerLog, { schoolId });
    const proven = new Map<string, ProvenEntry>();
    if (checkpoint === null) return proven;
    const { size, root } = parseCheckpoint(parseNote(checkpoint).text);
    const tree = new TileTree(size, root, this.folders.of(school), nodeCrypto.sha256);
    const rows = await read.findBy(LedgerEntryRow, { schoolId, entryId: In([...new Set(entryIds)]) });
    for (const { entryId, seq, entry } of rows) {
      if (seq >= size) continue;
      const hashes = await tree.proveInclusion(seq);
      proven.set(entryId, { entry, proof: formatProof({ index: seq, hashes, checkpoint }) });
    }
    return proven;
  }
}
