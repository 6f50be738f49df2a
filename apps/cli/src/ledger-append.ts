/** `socai ledger append`: lines in, and a line out for an entry only once it is durable under a signed checkpoint. */
import { Readable } from 'node:stream';
import { toBase64 } from '#ledger/format/bytes.js';
import { MAX_ENTRY_BYTES } from '#ledger/format/tile.js';
import { parseBase64 } from '#ledger/format/text.js';
import { LogAppender, type AppenderOptions } from '#ledger/log/appender.js';
import type { PendingEntry, SequencedEntry } from '#ledger/log/ports.js';
import type { FolderLog } from '#ledger-node/folder-sequencer.js';
import { drained, EXIT, type CommandIo } from './io.js';
import { linesOf, type Line } from './lines.js';

/** Entries in one commit. */
const BATCH = 1000;
/** Entries read ahead of what is durable. */
const WAITING = 4 * BATCH;
/** Milliseconds an entry waits for company before it is committed. */
const LONGEST_WAIT = 50;
const LONGEST_LINE = Math.ceil(MAX_ENTRY_BYTES / 3) * 4;

/**
 * Appends the entries on standard input, one base64 text a line (an empty line is an empty entry). At a malformed line
 * everything before it is committed and acknowledged, and the status is 2; 0 at the end of the input.
 */
export async function appendLines(log: FolderLog, io: CommandIo): Promise<number> {
  const answers = new Answers(io);
  const appender = new LogAppender({
    log: log.sequencer,
    store: log.store,
    give: (entries) => log.store.add(entries),
    later,
    maxBatch: BATCH,
    maxWaiting: WAITING,
  });
  try {
    // A failed write must end the command even while the input is silent.
    const problem = await Promise.race([readAll(appender, answers, io), answers.failed]);
    await Promise.race([appender.flush().then(() => answers.written()), answers.failed]);
    if (problem === undefined) return EXIT.ok;
    io.stderr.write(`socai ledger append: ${problem}; what was acknowledged stays\n`);
    return EXIT.usage;
  } finally {
    if (io.stdin instanceof Readable) io.stdin.destroy();
  }
}

const later: AppenderOptions['later'] = (work) => {
  const timer = setTimeout(work, LONGEST_WAIT);
  return () => clearTimeout(timer);
};

/** Reads to the end of the input or to the first malformed line, which it describes. */
async function readAll(appender: LogAppender, answers: Answers, io: CommandIo): Promise<string | undefined> {
  let count = 0;
  for await (const lines of linesOf(io.stdin as AsyncIterable<string | Uint8Array>, LONGEST_LINE)) {
    const { entries, problem } = decodeAll(lines);
    const pending = entries.map((entry, i): PendingEntry => ({ id: String(count + i), kind: 'raw', entry }));
    count += entries.length;
    answers.expect((await appender.appendAll(pending)).sequenced);
    if (problem !== undefined) return `line ${String(count + 1)}: ${problem}`;
  }
  return undefined;
}

/** The entries up to the first malformed line, and what is wrong with that. */
function decodeAll(lines: readonly Line[]): { readonly entries: Uint8Array[]; readonly problem?: string } {
  const entries: Uint8Array[] = [];
  for (const line of lines) {
    const entry = decode(line);
    if (typeof entry === 'string') return { entries, problem: entry };
    entries.push(entry);
  }
  return { entries };
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

/** Prints each entry's line when it is durable, in order, no faster than they are read. */
class Answers {
  /** Rejects when the log stopped or the answer cannot be written; never resolves. */
  readonly failed: Promise<never>;
  private fail: (error: Error) => void = () => undefined;
  private printing: Promise<void> = Promise.resolve();

  constructor(private readonly io: CommandIo) {
    this.failed = new Promise((_, reject) => {
      this.fail = reject;
    });
    // Nobody reads the acknowledgements any more: stop taking entries.
    io.stdout.once('error', (error: Error) => this.fail(error));
  }

  expect(sequenced: Promise<readonly SequencedEntry[]>): void {
    this.printing = this.printing.then(async () => this.print(await sequenced));
    this.printing.catch((error: unknown) => this.fail(error as Error));
  }

  written(): Promise<void> {
    return this.printing;
  }

  private async print(entries: readonly SequencedEntry[]): Promise<void> {
    const lines = entries.map(({ seq, leafHash }) => `${String(seq)} ${toBase64(leafHash)}\n`);
    if (!this.io.stdout.write(lines.join(''))) await drained(this.io.stdout);
  }
}
