/** The verdict on a kept file, as the CLI finds it. */
import { createHash } from 'node:crypto';
import { canonicalize, type Json } from '#ledger/format/jcs.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import type { LedgerReader } from '#verify/status-step.js';
import { verifyFile } from '#verify/verify-file.js';
import type { KeptFile } from './kept-set.js';

/** What a verification says of a file: "verdict CODE", with the log and without; and the hash of what is shown. */
export type Judged = Pick<KeptFile, 'verdict' | 'offline' | 'shown'>;

export async function judgeKept(
  file: Uint8Array,
  { trust, ledgerReader, now }: { trust: Uint8Array; ledgerReader: LedgerReader; now: string },
): Promise<Judged> {
  const means = {
    ...{ file, fileName: 'kept', now: new Date(now), crypto: nodeCrypto, provider: nodeProvider },
    trust,
  };
  const [online, offline] = [await verifyFile({ ...means, ledgerReader }), await verifyFile(means)];
  const said = ({ verdict, code }: typeof online): string => `${verdict} ${code ?? ''}`.trim();
  const shown = 'presentation' in online ? online.presentation : online.document;
  const bytes = canonicalize(shown as unknown as Json);
  return {
    verdict: said(online),
    offline: said(offline),
    shown: createHash('sha256').update(bytes).digest('hex'),
  };
}
