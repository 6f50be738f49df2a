import { badJson, evaluateLine } from '#regulations/evaluate.js';
import { type Answer } from '#regulations/types.js';
import { drained, EXIT, type CommandIo } from './io.js';
import { linesOf, type Line } from './lines.js';

const USAGE =
  'usage: socai evaluate < pupils.jsonl   (one pupil-year as JSON a line; answers in the same order)\n';

/** A pupil's year has some 3 KB; a longer line than this is not one. */
const LONGEST_LINE = 1 << 20;

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
  try {
    for await (const lines of linesOf(io.stdin as AsyncIterable<string | Uint8Array>, LONGEST_LINE)) {
      const answers = lines.map((line) => `${JSON.stringify(answerTo(line))}\n`).join('');
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
  }
}

function answerTo(line: Line): Answer {
  if ('text' in line) return evaluateLine(line.text);
  return badJson(
    line.problem === 'TOO_LONG'
      ? `dòng này dài hơn ${LONGEST_LINE} byte`
      : 'dòng này không phải là văn bản UTF-8',
  );
}
