/** Audits every school of a data folder, or of a database, without a running server and without writing anything. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseNote } from '#ledger/format/note.js';
import type { Policy } from '#ledger/format/policy.js';
import { readIfThere } from '#ledger-node/durable-files.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import type { Config } from '../config.js';
import { openForAudit } from '../database/data-source.js';
import { School } from '../school/school.entities.js';
import { auditSchool } from './audit-school.js';
import type { EventReceipt } from './event-receipt.js';
import { viewLedger, type LedgerView } from './ledger-check.js';
import { mergeReports, type AuditReport } from './report.js';

export interface InstallationAudit {
  readonly database: Config['database'];
  /** Where ledger/ and trust/ are. */
  readonly dataDir: string;
  /** From outside: which keys and witnesses to believe. */
  readonly policy?: Policy;
  /** From outside: kept checkpoints, one a log. */
  readonly checkpoints: readonly Uint8Array[];
  /** From outside: receipts that teachers kept. */
  readonly receipts?: readonly EventReceipt[];
  readonly now: Date;
}

/** There is nothing to audit where one looked. */
export class AuditInputError extends Error {
  override readonly name = 'AuditInputError';
  readonly code = 'NOTHING_TO_AUDIT';
}

/** One report of all schools. @throws AuditInputError, FormatError for an outside checkpoint that cannot be read */
export async function auditInstallation(audit: InstallationAudit): Promise<AuditReport> {
  const { database: config, dataDir, policy, now } = audit;
  if (config.engine === 'sqlite' && !(await isThere(config.file))) {
    throw new AuditInputError(`there is no database ${config.file}: name the data folder with --data`);
  }
  const checkpoints = new Map(
    audit.checkpoints.map((note) => [parseCheckpoint(parseNote(note).text).origin, note]),
  );
  const trust = await readIfThere(join(dataDir, 'trust', 'bundle'));
  const open = await openForAudit(config);
  try {
    // The folders are looked at before the snapshot is taken: what they hold is in it.
    const views = new Map<string, LedgerView | undefined>();
    for (const { slug } of await open.read.find(School))
      views.set(slug, await viewOf(join(dataDir, 'ledger', slug)));
    return await open.snapshot(async (snapshot) => {
      const reports: AuditReport[] = [];
      const schools = await snapshot.find(School, { order: { slug: 'ASC' } });
      refuseForeign(audit.receipts ?? [], schools);
      for (const school of schools) {
        const checkpoint = checkpoints.get(school.origin);
        const receipts = (audit.receipts ?? []).filter(({ origin }) => origin === school.origin);
        const outside = { ...(policy ? { policy } : {}), ...(checkpoint ? { checkpoint } : {}), receipts };
        const ledger = views.get(school.slug);
        reports.push(await auditSchool(snapshot, { school, ledger, trust, outside, now }));
      }
      return mergeReports(reports);
    });
  } finally {
    await open.close();
  }
}

/** A receipt that no school here gave would else pass unseen. */
function refuseForeign(receipts: readonly EventReceipt[], schools: readonly School[]): void {
  const foreign = receipts.find(({ origin }) => !schools.some((school) => school.origin === origin));
  if (foreign !== undefined)
    throw new AuditInputError(`the receipt is of ${foreign.origin}: no school of this database`);
}

async function viewOf(folder: string): Promise<LedgerView | undefined> {
  return (await isThere(folder)) ? viewLedger(new FolderTileStore(folder)) : undefined;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
