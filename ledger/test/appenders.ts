/** An appender on a log in memory, and when everything that can happen by itself has happened. */
import { LogAppender, type AppenderOptions } from '#ledger/log/appender.js';
import type { LogOptions } from '#ledger/log/options.js';
import type { PendingEntry } from '#ledger/log/ports.js';
import { rawEntry, testLog, type TestLog } from './logs.js';

/** An appender on a log in memory; what it plans for later happens when the test says so. */
export async function appenderOn(
  changes: Partial<LogOptions> = {},
  limits: Pick<AppenderOptions, 'maxBatch' | 'maxWaiting'> = {},
  log: TestLog = testLog({ kind: 'raw', ...changes }),
) {
  const sequencer = await log.open();
  const planned = new Map<() => void, string>();
  const appender = new LogAppender({
    log: sequencer,
    store: log.store,
    give: (entries) => log.store.add(...entries),
    later: (work, why) => {
      planned.set(work, why);
      return () => planned.delete(work);
    },
    ...limits,
  });
  const now = (): void => {
    const works = [...planned.keys()];
    planned.clear();
    works.forEach((work) => work());
  };
  return { appender, log, sequencer, planned, now };
}

/** Whether a promise is still open after everything that can happen by itself has happened. */
export async function isOpen(promise: Promise<unknown>): Promise<boolean> {
  let open = true;
  promise.then(
    () => (open = false),
    () => (open = false),
  );
  await settled();
  return open;
}

export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
export const numbers = (count: number, from = 0): PendingEntry[] =>
  Array.from({ length: count }, (_, i) => rawEntry(`entry ${String(from + i)}`));
