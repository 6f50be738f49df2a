import { LONGEST_LINE } from './evaluate-lines.js';
import { Evaluators } from './evaluate-threads.js';
import { drained, EXIT, type CommandIo } from './io.js';
import { linesOf } from './lines.js';

const USAGE =
  'usage: socai evaluate < pupils.jsonl   (one pupil-year as JSON a line; answers in the same order)\n';

/**
 * `socai evaluate`: one JSON object a line in, one a line out, in order. Streams with backpressure; a line that cannot
 * be evaluated is answered with its error and leaves the exit status 0.
 *
 * @returns 0 at the end of the input, 2 for arguments or an unreadable input
 */
export async function evaluateCommand(args: readonly string[], io: CommandIo): Promise<number> {
  if (args.length > 0) {
    io.stderr.write(USAGE);
    return EXIT.usage;
  }
  let readerGone = false;
  const closed = (): void => {
    readerGone = true;
  };
  io.stdout.on('error', closed);
  io.stdout.on('close', closed);
  const evaluators = new Evaluators();
  try {
    for await (const answers of inOrder(io.stdin, evaluators)) {
      if (!io.stdout.write(answers)) await drained(io.stdout);
      if (readerGone) return EXIT.ok;
    }
    return EXIT.ok;
  } catch (error) {
    if (readerGone) return EXIT.ok;
    io.stderr.write(
      `socai evaluate: cannot read the input: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return EXIT.usage;
  } finally {
    io.stdout.off('error', closed);
    io.stdout.off('close', closed);
    await evaluators.close();
  }
}

/** The answers in the order of the lines, however many are worked on at a time. */
async function* inOrder(stdin: NodeJS.ReadableStream, evaluators: Evaluators): AsyncGenerator<string> {
  const underWay: Promise<string>[] = [];
  for await (const lines of linesOf(stdin as AsyncIterable<string | Uint8Array>, LONGEST_LINE)) {
    const answers = evaluators.answersTo(lines);
    // Looked at in its turn; one that fails before must not end the process.
    answers.catch(() => undefined);
    underWay.push(answers);
    while (underWay.length >= evaluators.width) yield (await underWay.shift())!;
  }
  for (const answers of underWay) yield await answers;
}
