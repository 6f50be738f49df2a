/** Whether a file is a presentation, told by how it begins: what reads one is not loaded for a PDF. */
import { isSlip, SLIP_TEXT_MARK } from '#disclosure/slip-mark.js';

const JSON_START = 0x7b;

/** Whether a file is to be read as a presentation: JSON, a compact SD-JWT, or a slip as bytes or text. */
export function isPresentation(file: Uint8Array): boolean {
  const start = textStart(file);
  return isSlip(file) || file[0] === JSON_START || start.startsWith('eyJ') || start === SLIP_TEXT_MARK;
}

/** The first four bytes as characters. */
export function textStart(file: Uint8Array): string {
  return String.fromCharCode(...file.subarray(0, 4));
}
