/** One line a step: what was done, and what it proves. */
import { PlayProblem } from '#fixtures/play/client.js';

/** A step did not hold; the message says which and why. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

export class Steps {
  count = 0;
  private readonly started = performance.now();

  constructor(private readonly out: NodeJS.WritableStream) {}

  /** Announces a part of the story. */
  title(text: string): void {
    this.out.write(`\n${text}\n`);
  }

  /**
   * Does a step and prints its line.
   * @param proves what the step shows when it holds; may say it with the step's result
   * @throws StepFailed when `action` throws
   */
  async do<T>(
    number: string,
    what: string,
    proves: string | ((result: T) => string),
    action: () => Promise<T>,
  ): Promise<T> {
    const started = performance.now();
    let result: T;
    try {
      result = await action();
    } catch (error) {
      throw new StepFailed(
        `bước ${number} «${what}» không đúng: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    const shown = typeof proves === 'function' ? proves(result) : proves;
    const ms = Math.round(performance.now() - started);
    this.out.write(`✓ ${number.padEnd(4)} ${what} → ${shown} (${ms} ms)\n`);
    this.count += 1;
    return result;
  }

  /** Seconds since the beginning, one decimal. */
  seconds(): string {
    return ((performance.now() - this.started) / 1000).toFixed(1);
  }
}

/** Fails the step when `holds` is not true. */
export function expect(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

/** Fails the step unless `action` is refused with one of these problem codes; answers what the refusal said. */
export async function refused(codes: readonly string[], action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
  } catch (error) {
    if (error instanceof PlayProblem && codes.includes(error.code)) {
      return error.problem.items?.[0]?.message ?? error.problem.detail ?? error.code;
    }
    throw error;
  }
  throw new Error(`it was accepted, and should have been refused with ${codes.join(' or ')}`);
}
