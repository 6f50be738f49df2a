/**
 * Where a witness takes its list of logs from: the `log` lines of a policy file, or a trust bundle that goes back to the
 * roots its operator gave it. Both are read again when they may have changed, so that a new school needs no restart.
 */
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parsePolicy } from '#ledger/format/policy.js';
import { parseRootSet } from '#ledger/format/trust-draft.js';
import { MAX_TRUST_BYTES, type TrustBundle, type TrustLog } from '#ledger/format/trust.js';
import type { Clock } from '#ledger/log/ports.js';
import type { TrustedLogs } from '#ledger/log/witness.js';
import { endOfDay } from '#ledger/verify/trust.js';
import { readIfThere } from './durable-files.js';
import { getBytes, isHttpAddress } from './http-get.js';
import { TrustMemory, type TrustArchive } from './trust-memory.js';

/** A list is read again after this time at the latest, because a log may have been taken out of it. */
const LONGEST_AGE_MS = 60_000;
/** A list that does not know what it is asked for is not read more often than this, whoever asks. */
const FILE_PAUSE_MS = 50;
const ADDRESS_PAUSE_MS = 5_000;

/** What a list said when it was read; undefined when it says what it said before. */
type Reading = readonly TrustLog[] | undefined;
/** Told why a list could not be read again; what it said before stays in force. */
type OnProblem = (error: unknown) => void;

/** A witness' list of logs. */
export class LogList {
  private logs = new Map<string, TrustLog[]>();
  private readAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | undefined;

  private constructor(
    private readonly read: () => Promise<Reading>,
    private readonly pauseMs: number,
    private readonly onProblem: OnProblem,
  ) {}

  /** The `log` lines of a tlog-policy file. */
  static ofPolicy(path: string, onProblem: OnProblem): LogList {
    const changed = new ChangingFile(path);
    const read = async (): Promise<Reading> => {
      const bytes = await changed.read();
      return bytes === undefined ? undefined : parsePolicy(bytes).logs.map(({ key }) => ({ key, from: 0 }));
    };
    return new LogList(read, FILE_PAUSE_MS, onProblem);
  }

  /** The logs in the newest trust bundle that holds, each key for its sizes; the directory's log too. */
  static ofTrust(trust: TrustSource, onProblem: OnProblem): LogList {
    const pause = isHttpAddress(trust.place) ? ADDRESS_PAUSE_MS : FILE_PAUSE_MS;
    return new LogList(trustReader(trust, onProblem), pause, onProblem);
  }

  /** How many logs it knows. */
  get size(): number {
    return this.logs.size;
  }

  /** Reads the list; rejects when it cannot be read or does not hold. */
  async refresh(): Promise<void> {
    this.reading ??= this.readNow().finally(() => {
      this.reading = undefined;
    });
    await this.reading;
  }

  /** The keys of one log, for a witness. */
  readonly find: TrustedLogs = async (origin, again) => {
    const age = performance.now() - this.readAt;
    if (age >= (again ? this.pauseMs : LONGEST_AGE_MS)) await this.refresh().catch(this.onProblem);
    return this.logs.get(origin) ?? [];
  };

  private async readNow(): Promise<void> {
    try {
      const logs = await this.read();
      if (logs !== undefined) this.logs = byOrigin(logs);
    } finally {
      this.readAt = performance.now();
    }
  }
}

function byOrigin(logs: readonly TrustLog[]): Map<string, TrustLog[]> {
  const map = new Map<string, TrustLog[]>();
  for (const log of logs) map.set(log.key.name, [...(map.get(log.key.name) ?? []), log]);
  return map;
}

/** A file whose bytes are wanted only when they may be others than before. */
class ChangingFile {
  private seen = '';

  constructor(private readonly path: string) {}

  /** The bytes; undefined when they are those of the last call. */
  async read(): Promise<Uint8Array | undefined> {
    const { mtimeMs, size, ino } = await stat(this.path);
    const state = [mtimeMs, size, ino].join(' ');
    if (state === this.seen) return undefined;
    const bytes = await readFile(this.path);
    this.seen = state;
    return bytes;
  }

  /** What was read could not be used: it may be usable next time. */
  forget(): void {
    this.seen = '';
  }
}

export interface TrustSource {
  /** Path or http(s) address of the signed bundle; earlier ones by serial below it, or in archive/ beside the file. */
  readonly place: string;
  /** Path of the roots file: `threshold <k>` and `root <vkey>` lines. */
  readonly roots: string;
  /** Path of the file in which the witness remembers the bundles it accepted: serials never fall. */
  readonly memory: string;
  readonly clock: Clock;
}

/** Reads the newest bundle that holds. When the place says nothing that does, the witness goes on with what it knows. */
function trustReader(
  { place, roots, memory, clock }: TrustSource,
  onProblem: OnProblem,
): () => Promise<Reading> {
  const known = new TrustMemory(memory);
  const file = new ChangingFile(place);
  const isAddress = isHttpAddress(place);
  const news = isAddress ? () => getBundle(place) : () => file.read();
  // As an installation serves them, and as it keeps them: /ledger/trust/<serial>, trust/archive/<serial>.
  const archive: TrustArchive = (serial) =>
    isAddress
      ? getBytes(`${place}/${String(serial)}`, MAX_TRUST_BYTES)
      : readIfThere(join(dirname(place), 'archive', String(serial)));
  let current: TrustBundle | undefined;
  return async () => {
    try {
      const bytes = await news();
      if (bytes !== undefined)
        current = await known.accept(bytes, parseRootSet(await readFile(roots)), clock(), archive);
    } catch (error) {
      file.forget();
      current ??= await known.newest(parseRootSet(await readFile(roots)), clock());
      if (current === undefined) throw error;
      onProblem(error);
    }
    if (current !== undefined && clock() >= endOfDay(current.expires)) {
      onProblem(
        new Error(`trust bundle ${String(current.serial)} expired on ${current.expires}: no log is known`),
      );
      return [];
    }
    return current && logsOf(current);
  };
}

async function getBundle(address: string): Promise<Uint8Array> {
  const bytes = await getBytes(address, MAX_TRUST_BYTES);
  if (bytes === undefined) throw new Error(`there is no trust bundle at ${address}`);
  return bytes;
}

/** The schools' keys, each for its sizes, and the key of the province's directory log. */
function logsOf({ schools, directory }: TrustBundle): TrustLog[] {
  const logs = schools.flatMap((school) => school.logs);
  return directory === undefined ? logs : [...logs, { key: directory, from: 0 }];
}
