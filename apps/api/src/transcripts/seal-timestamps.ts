/**
 * RFC 3161 timestamps of seals, where an authority is configured. They say to readers of PDF that know no ledger when the
 * seal was there; our own verifier goes by the ledger's witnesses. So an authority that is away holds up issuing for its
 * patience and no longer: after that a transcript is issued without, and its event and the server's log say so.
 */
import { Injectable, Logger } from '@nestjs/common';
import { SigningError } from '#signing/errors.js';
import { timestampToken } from '#signing-node/timestamp-client.js';
import { Clock } from '../clock.js';
import { InstallationSettings } from '../installation.module.js';

/** A seal that waits for its timestamp. */
export interface SealedRow {
  readonly id: string;
  readonly cms: Uint8Array;
  /** ISO 8601. */
  readonly signedAt: string;
  /** One that was given before. */
  readonly known: Uint8Array | null;
}

const TIMEOUT_MS = 10_000;
const AT_ONCE = 4;

@Injectable()
export class SealTimestamps {
  private readonly logger = new Logger('timestamps');

  constructor(
    private readonly settings: InstallationSettings,
    private readonly clock: Clock,
  ) {}

  /** The token of each; null: it goes without. Those that are left out wait, and are asked for again later. */
  async of(rows: readonly SealedRow[]): Promise<Map<string, Uint8Array | null>> {
    const authority = this.settings.config.timestamps;
    const answers = new Map<string, Uint8Array | null>();
    if (authority === undefined) {
      for (const { id, known } of rows) answers.set(id, known);
      return answers;
    }
    let fault: SigningError | undefined;
    const queue = [...rows];
    const ask = async () => {
      for (let row = queue.shift(); row !== undefined; row = queue.shift()) {
        const token: Uint8Array | SigningError =
          row.known ?? fault ?? (await tokenOf(row.cms, authority.url));
        if (!(token instanceof SigningError)) answers.set(row.id, token);
        else {
          // One that does not answer now is not asked a thousand times.
          fault = token;
          if (this.isOutOfPatience(row, authority.patience)) answers.set(row.id, null);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, ask));
    if (fault !== undefined) this.say(fault, answers, rows.length);
    return answers;
  }

  private isOutOfPatience({ signedAt }: SealedRow, patience: number): boolean {
    return this.clock.now().getTime() >= Date.parse(signedAt) + patience;
  }

  private say(fault: SigningError, answers: ReadonlyMap<string, Uint8Array | null>, count: number): void {
    const without = [...answers.values()].filter((token) => token === null).length;
    const said = `${fault.code}: ${fault.message}`;
    this.logger.warn(
      `${said}; ${String(without)} transcripts are issued without a timestamp, ${String(count - answers.size)} wait`,
    );
  }
}

async function tokenOf(cms: Uint8Array, url: string): Promise<Uint8Array | SigningError> {
  try {
    return await timestampToken(cms, { url, timeout: TIMEOUT_MS });
  } catch (error) {
    if (error instanceof SigningError) return error;
    throw error;
  }
}
