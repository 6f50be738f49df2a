/** The figures that fault tests report, one JSON line each; `npm run test:faults` prints them as a table. */
import { appendFileSync } from 'node:fs';

export interface Figure {
  /** The figure's id: "R1". */
  readonly id: string;
  /** What was counted, in a few words: "crash points of a folder log, EIO and SIGKILL". */
  readonly what: string;
  /** What came out: "412/412". */
  readonly value: string;
  /** What it has to be: "N/N". */
  readonly bar: string;
  /** Null: neither held nor missed, as it is not supported yet or what it needs is not on this machine. */
  readonly holds: boolean | null;
  /** Anything a reader needs to judge or repeat it: seeds, which names failed. */
  readonly detail?: string;
}

/** Whether the long form was asked for (`npm run test:faults`); `npm test` runs the short one. */
export const FULL = process.env['SOCAI_FULL'] === '1';

/** Adds a figure to the file that SOCAI_FIGURES names; without one nobody is listening. */
export function figure(reported: Figure): void {
  const file = process.env['SOCAI_FIGURES'];
  if (file !== undefined && file !== '') appendFileSync(file, `${JSON.stringify(reported)}\n`);
}
