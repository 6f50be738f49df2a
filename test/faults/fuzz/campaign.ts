/** Runs inputs against a target and says what it must not do: crash, hang, or accept what is not genuine. */
import { Random } from '#fixtures/random.js';

/** A parser or a verifier under attack. */
export interface Target {
  readonly name: string;
  /** How many inputs, in the short and in the long form. */
  readonly inputs: readonly [short: number, full: number];
  /** The next input, from this generator alone. */
  input(random: Random): Uint8Array;
  /**
   * Hands the input over. True: accepted, and rightly; false: refused in words that belong to it. FalseAccept: accepted,
   * and it should not have been. Any other exception is a crash.
   */
  judge(input: Uint8Array): boolean | Promise<boolean>;
}

/** An input that was accepted although it is not genuine, or not the one form of what it says. */
export class FalseAccept extends Error {}

export interface Outcome {
  readonly inputs: number;
  readonly accepted: number;
  /** The longest that one input took, in milliseconds. */
  readonly slowest: number;
  /** What went wrong, each with all that is needed to repeat it. */
  readonly findings: readonly string[];
}

/** One input may take so long; a machine that was busy gets a second try before it is called a hang. */
const HANG_MS = 2000;
/** After so many findings a target is not asked any further. */
const ENOUGH = 5;

/** Input `i` of a target depends on nothing but the seed, the target's name and `i`. */
export function inputOf(target: Target, seed: string, i: number): Uint8Array {
  return target.input(new Random(`${seed} ${target.name} ${String(i)}`));
}

export async function campaign(target: Target, seed: string, inputs: number): Promise<Outcome> {
  const findings: string[] = [];
  let [accepted, slowest, i] = [0, 0, 0];
  for (; i < inputs && findings.length < ENOUGH; i++) {
    const input = inputOf(target, seed, i);
    const found = (what: string): void => {
      findings.push(`${target.name}, seed ${seed}, input ${String(i)}: ${what}; ${shown(input)}`);
    };
    try {
      const { holds, ms } = await timed(target, input);
      if (holds) accepted++;
      if (ms > HANG_MS && (await timed(target, input)).ms > HANG_MS) found(`hangs for ${String(ms)} ms`);
      slowest = Math.max(slowest, ms);
    } catch (error) {
      found(error instanceof FalseAccept ? `false accept: ${error.message}` : `crash: ${describe(error)}`);
    }
  }
  return { inputs: i, accepted, slowest: Math.round(slowest), findings };
}

async function timed(target: Target, input: Uint8Array): Promise<{ holds: boolean; ms: number }> {
  const started = performance.now();
  const answer = target.judge(input);
  const holds = typeof answer === 'boolean' ? answer : await answer;
  return { holds, ms: performance.now() - started };
}

function describe(error: unknown): string {
  return error instanceof Error
    ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' | ')
    : String(error);
}

function shown(input: Uint8Array): string {
  const base64 = Buffer.from(input).toString('base64');
  return `${String(input.length)} bytes: ${base64.length > 600 ? `${base64.slice(0, 600)}…` : base64}`;
}
