/** `socai ledger append`: lines in, and a line out for an entry only once it is durable under a signed checkpoint. */
import { Readable } from 'node:stream';
import { toBase64 } from '#ledger/format/bytes.js';
import { MAX_ENTRY_BYTES } from '#ledger/format/tile.js';
import { parseBase64 } from '#ledger/format/text.js';
import type { FolderLog } from '#ledger-node/folder-sequencer.js';
import { drained, EXIT, type CommandIo } from './io.js';
import { linesOf, type Line } from './lines.js';

/** Entries in one commit. */
const BATCH = 1000;
/** Milliseconds an entry waits for company before it is committed. */
const LONGEST_WAIT = 50;
const LONGEST_LINE = Math.ceil(MAX_ENTRY_BYTES / 3) * 4;

/**
 * Appends the entries on standard input, one base64 text a line (an empty line is an empty entry). At a malformed line
 * everything before it is committed and acknowledged, and the status is 2; 0 at the end of the input.
 */
export async function appendLines(log: FolderLog, io: CommandIo): Promise<number> {
  const appender = new Appender(log, io);
  try {
    // A failed write must end the command even while the input is silent.
    const problem = await Promise.race([readAll(appender, io), appender.failed]);
    await appender.flush();
    if (problem === undefined) return EXIT.ok;
    io.stderr.write(`socai ledger append: ${problem}; what was acknowledged stays\n`);
    return EXIT.usage;
  } finally {
    if (io.stdin instanceof Readable) io.stdin.destroy();
  }
}

/** Reads to the end of the input or to the first malformed line, which it describes. */
async function readAll(appender: Appender, io: CommandIo): Promise<string | undefined> {
  let number = 0;
  for await (const lines of linesOf(io.stdin as AsyncIterable<string | Uint8Array>, LONGEST_LINE)) {
    for (const line of lines) {
      number++;
      const entry = decode(line);
      if (typeof entry === 'string') return `line ${String(number)}: ${entry}`;
      await appender.add(entry);
    }
  }
  return undefined;
}

function decode(line: Line): Uint8Array | string {
  if (!('text' in line))
    return line.problem === 'TOO_LONG' ? 'an entry has at most 65,535 bytes' : 'not UTF-8 text';
  try {
    return parseBase64(line.text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Gathers entries into batches and prints each when its batch is durable. */
class Appender {
  /** Rejects when a commit failed or the answer cannot be written; never resolves. */
  readonly failed: Promise<never>;
  private fail: (error: unknown) => void = () => undefined;
  private waiting: Uint8Array[] = [];
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private given = 0;

  constructor(
    private readonly log: FolderLog,
    private readonly io: CommandIo,
  ) {
    this.failed = new Promise((_, reject) => {
      this.fail = reject;
    });
    // Nobody reads the acknowledgements any more: stop taking entries.
    io.stdout.once('error', (error) => this.fail(error));
  }

  async add(entry: Uint8Array): Promise<void> {
    this.waiting.push(entry);
    if (this.waiting.length >= BATCH) await this.flush();
    else this.timer ??= setTimeout(() => void this.flush().catch(this.fail), LONGEST_WAIT);
  }

  /** Commits what waits and prints it; resolves when all of that is done. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const entries = this.waiting;
    this.waiting = [];
    if (entries.length > 0) this.running = this.running.then(() => this.commit(entries));
    return this.running;
  }

  private async commit(entries: readonly Uint8Array[]): Promise<void> {
    const { store, sequencer } = this.log;
    store.add(entries.map((entry) => ({ id: String(this.given++), kind: 'raw', entry })));
    const flushed = await sequencer.flush();
    const lines = flushed.entries.map(({ seq, leafHash }) => `${String(seq)} ${toBase64(leafHash)}\n`);
    if (!this.io.stdout.write(lines.join(''))) await drained(this.io.stdout);
  }
}
