/** How a slip begins: looked at before anything of it is read. */
import { equal } from '#ledger/format/bytes.js';

/** "SC" and the version. */
export const SLIP_MAGIC = Uint8Array.of(0x53, 0x43, 0x01);
export const SLIP_TEXT_MARK = 'SC1:';

/** Whether a file begins as a slip does. */
export function isSlip(bytes: Uint8Array): boolean {
  return equal(bytes.subarray(0, SLIP_MAGIC.length), SLIP_MAGIC);
}
