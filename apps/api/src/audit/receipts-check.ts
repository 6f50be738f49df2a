/**
 * Receipts that teachers kept, against the journal and the log as they are now. A receipt that holds by itself and whose
 * event is not there any more, or not under the same head, shows that the book was rewritten, whatever was recomputed.
 */
import type { EntityManager } from 'typeorm';
import { equal, toBase64 } from '#ledger/format/bytes.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { FormatError } from '#ledger/format/errors.js';
import { parseNote } from '#ledger/format/note.js';
import type { Policy } from '#ledger/format/policy.js';
import { MerkleError } from '#ledger/merkle/errors.js';
import { checkGrowth } from '#ledger/verify/consistency.js';
import { VerifyError } from '#ledger/verify/errors.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { logKeysOf } from '../ledger-host/ledger-keys.js';
import {
  checkEvent,
  checkReceipt,
  ReceiptError,
  type CheckedReceipt,
  type EventReceipt,
} from './event-receipt.js';
import { JournalEvent } from './journal.entities.js';
import type { LedgerView } from './ledger-check.js';
import type { Finding } from './report.js';

/** @param policy from outside; without one the log's own keys are believed, and no witness is asked for */
export async function checkReceipts(
  read: EntityManager,
  schoolId: string,
  receipts: readonly EventReceipt[],
  view: LedgerView | undefined,
  policy: Policy | undefined,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const keys = (await logKeysOf(read, schoolId)).map(({ key }) => ({ key }));
  const believed = policy ?? { logs: keys, witnesses: [], groups: [], quorum: null };
  for (const receipt of receipts) {
    const id = String(receipt.event.seq);
    try {
      const checked = holding(receipt, believed);
      const details = [
        ...(await contradictions(read, schoolId, receipt, checked)),
        ...(checked === null ? [] : await forks(checked, view)),
      ];
      findings.push(
        ...details.map((detail): Finding => ({
          code: 'RECEIPT_CONTRADICTED',
          table: 'journal_events',
          id,
          detail,
        })),
      );
    } catch (error) {
      if (!(error instanceof ReceiptError || error instanceof VerifyError)) throw error;
      const detail = `tệp biên nhận không tự đứng được, nên không nói gì về sổ: ${error.code}: ${error.message}`;
      findings.push({ code: 'RECEIPT_INVALID', table: 'receipts', id, detail });
    }
  }
  return findings;
}

/** What the receipt shows; null for one that was taken before its anchor. @throws ReceiptError, VerifyError */
function holding(receipt: EventReceipt, policy: Policy): CheckedReceipt | null {
  if (receipt.anchor !== null) return checkReceipt(receipt, () => policy);
  checkEvent(receipt);
  return null;
}

async function contradictions(
  read: EntityManager,
  schoolId: string,
  { event }: EventReceipt,
  checked: CheckedReceipt | null,
): Promise<string[]> {
  const seq = event.seq;
  const said = `sự kiện ${String(seq)} trong biên nhận (${checked === null ? 'chưa neo' : `neo ở mục ${String(checked.proof.index)} của Sổ Cái`})`;
  const row = await read.findOneBy(JournalEvent, { schoolId, seq });
  if (row === null) return [`${said} không còn trong nhật kí`];
  if (row.commitment !== event.commitment)
    return [`${said} không còn trong nhật kí: ở số ấy nay là một sự kiện khác`];
  if (checked === null) return [];
  const last = await read.findOneBy(JournalEvent, { schoolId, seq: checked.count - 1 });
  return last?.hash === toBase64(checked.head)
    ? []
    : [
        `${said} còn đó, nhưng các sự kiện quanh nó đã bị viết lại: nhật kí không còn đầu sổ mà biên nhận dẫn tới`,
      ];
}

/** Whether the log as it is served still begins with the tree that the receipt was proven in. */
async function forks({ proof }: CheckedReceipt, view: LedgerView | undefined): Promise<string[]> {
  const said = `điểm kiểm ${String(proof.size)} mục mà biên nhận mang theo`;
  if (view?.checkpoint === undefined) return [`${said}: nay không thấy Sổ Cái đã công bố`];
  try {
    const now = parseCheckpoint(parseNote(view.checkpoint).text);
    if (now.size === proof.size && !equal(now.root, proof.root)) return [`${said}: Sổ Cái nay có gốc khác`];
    await checkGrowth(proof, now, view, nodeCrypto);
    return [];
  } catch (error) {
    if (!(error instanceof VerifyError || error instanceof MerkleError || error instanceof FormatError))
      throw error;
    return [`${said}: Sổ Cái nay không nối tiếp nó (${error.message})`];
  }
}
