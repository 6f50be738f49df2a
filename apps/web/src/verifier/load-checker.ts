/** The checking itself is the larger half of the script: it comes after the page can be seen, before it is needed. */
import type * as check from './check.js';

type Checker = typeof check;

let loading: Promise<Checker> | undefined;

/** The checker; what failed to load may be tried again. */
export function loadChecker(): Promise<Checker> {
  loading ??= import('./check.js').catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Starts loading it when the page has nothing else to do, so that the first check does not wait, network or not. */
export function warmChecker(): void {
  const warm = () => void loadChecker().catch(() => undefined);
  if (typeof requestIdleCallback === 'function') requestIdleCallback(warm);
  else setTimeout(warm, 500);
}
