/** What a status scan means for a verdict. */
import { fromBase64, equal } from '#ledger/format/bytes.js';
import { NOTES } from './notes.js';
import type { Report } from './result.js';
import type { LoggedKey } from './signer-step.js';
import {
  LedgerUnreadable,
  scanStatus,
  type LaterEvent,
  type LedgerReader,
  type Scan,
  type ScanInput,
} from './status-step.js';
import { StepFailure } from './steps.js';

export interface StatusInput extends Omit<ScanInput, 'reader'> {
  readonly reader?: LedgerReader;
  /** The signers' logged keys; none where only a code is verified. */
  readonly keys: readonly LoggedKey[];
  readonly requireStatus: boolean;
}

/** Runs the scan, if there is a ledger to read, and reports what it finds. */
export async function reportStatus(input: StatusInput, report: Report): Promise<void> {
  const { reader } = input;
  if (reader === undefined) {
    noStatus(input, report);
    return;
  }
  let scan: Scan;
  try {
    scan = await scanStatus({ ...input, reader });
  } catch (error) {
    if (!(error instanceof LedgerUnreadable)) throw error;
    report.find(error.code, error.message);
    return;
  }
  report.status = scan.status;
  checkRetired(scan, input);
  reportEvents(scan.events, report);
}

function noStatus({ requireStatus }: StatusInput, report: Report): void {
  const reason = 'whether a later version replaced it was not looked up';
  if (requireStatus) report.find('STATUS_REQUIRED', reason);
  else report.note(reason);
}

/** A key that was retired for this entry, before or after it was made, does not count. */
function checkRetired({ retired }: Scan, { keys, index }: StatusInput): void {
  for (const { cert, invalidFrom } of retired) {
    if (invalidFrom <= index && keys.some(({ commitment }) => equal(commitment, fromBase64(cert)))) {
      throw new StepFailure(
        'KEY_RETIRED',
        `a signer's key was retired for entries from ${String(invalidFrom)} on`,
      );
    }
  }
}

function reportEvents(events: readonly LaterEvent[], report: Report): void {
  for (const { kind, index } of events) {
    const where = `entry ${String(index)} of the ledger`;
    if (kind === 'revoke') report.find('REVOKED', `the school revoked it in ${where}`);
    else if (kind === 'supersede' || kind === 'issue')
      report.find('SUPERSEDED', `a newer version replaced it in ${where}`);
    else report.note(`${NOTES[kind]} (${where})`);
  }
}
