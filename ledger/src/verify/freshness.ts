/** How old a log's newest checkpoint is by its witnesses' clocks. A log that falls silent is not mistaken for a healthy one. */
import type { MonitorEvent } from './monitor-events.js';

const HOUR_MS = 60 * 60 * 1000;
/** Longer than this without a new cosignature is no sign of health. */
const FRESH_MS = 24 * HOUR_MS;
/** How far clocks may differ. */
const SKEW_MS = 10 * 60 * 1000;

/**
 * What speaks against a checkpoint whose witnesses had seen it at `witnessedAt`, when it is `now`; both in milliseconds
 * since 1970.
 */
export function doubtOfAge(witnessedAt: number, now: number): MonitorEvent | undefined {
  const where = 'checkpoint';
  if (witnessedAt > now + SKEW_MS) {
    const detail = `was cosigned at ${iso(witnessedAt)}, and it is ${iso(now)} here`;
    return { code: 'CLOCKS_DIFFER', where, detail };
  }
  if (now - witnessedAt <= FRESH_MS) return undefined;
  const hours = String(Math.floor((now - witnessedAt) / HOUR_MS));
  return { code: 'STALE', where, detail: `was last witnessed at ${iso(witnessedAt)}, ${hours} hours ago` };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
