/** The roots that this page was built with: whose word about schools' keys it takes. */
import { utf8 } from '#ledger/format/bytes.js';
import { parseRootSet } from '#ledger/format/trust-draft.js';
import type { RootSet } from '#ledger/format/trust.js';

/** Put in by vite.config.ts from the file that SOCAI_TRUST_ROOTS names; empty in the release, not there in tests. */
declare const __SOCAI_TRUST_ROOTS__: string | undefined;

/** Undefined for a page built without roots: then every verdict is a DEMO. */
export function builtInRoots(): RootSet | undefined {
  const text = typeof __SOCAI_TRUST_ROOTS__ === 'undefined' ? '' : __SOCAI_TRUST_ROOTS__;
  return text === '' ? undefined : parseRootSet(utf8(text));
}
