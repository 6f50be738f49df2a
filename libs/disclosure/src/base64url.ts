/** Base64url without padding (RFC 4648 section 5), as JWTs write it. */
import { fromBase64, toBase64 } from '#ledger/format/bytes.js';
import { FormatError } from '#ledger/format/errors.js';

export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The bytes of one canonical text; anything else: FormatError BAD_BASE64. */
export function fromBase64Url(text: string): Uint8Array {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) {
    throw new FormatError('BAD_BASE64', 'expected base64url without padding');
  }
  const padded = text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .padEnd(Math.ceil(text.length / 4) * 4, '=');
  return fromBase64(padded);
}
