/** Runs the same verification as `socai verify`, here in the browser. */
import type { RootSet } from '#ledger/format/trust.js';
import { extractDocument } from '#pdf-fill/attachment.js';
import { decodeTranscript } from '#transcript/canonical.js';
import { parseVerificationCode, VerificationCodeError } from '#transcript/verification-code.js';
import type { VerificationResult } from '#verify/result.js';
import { verifyCode } from '#verify/verify-code.js';
import { verifyTranscript } from '#verify/verify-transcript.js';
import { builtInRoots } from './built-in-roots.js';
import { ledgerOf, readOpening, readTrust } from './own-origin.js';

/** No transcript of ours is larger; a film dropped by mistake is not read into memory. */
const MAX_BYTES = 10 * 1024 * 1024;

export type Outcome =
  | {
      readonly kind: 'file' | 'code';
      /** File name, or the code as typed. */
      readonly subject: string;
      readonly result: VerificationResult;
      /** Whether a trust bundle could be had from this server: without one nothing can be called valid. */
      readonly trusted: boolean;
    }
  | { readonly kind: 'notACode'; readonly subject: string }
  | { readonly kind: 'unknownCode'; readonly subject: string }
  | { readonly kind: 'unreachable'; readonly subject: string }
  | { readonly kind: 'unreadable'; readonly subject: string };

/** Verifies a file. Its bytes go nowhere. */
export async function checkFile(file: File): Promise<Outcome> {
  const subject = file.name;
  const [bytes, trust] = await Promise.all([readFile(file), readTrust()]);
  if (bytes === undefined) return { kind: 'unreadable', subject };
  const origin = originOf(bytes);
  const ledgerReader = origin === undefined ? undefined : await ledgerOf(origin);
  const result = await verifyTranscript({
    file: bytes,
    fileName: subject,
    now: new Date(),
    ...(trust === undefined ? {} : { trust }),
    ...trustRoots(),
    ...(ledgerReader === undefined ? {} : { ledgerReader }),
  });
  return { kind: 'file', subject, result, trusted: trust !== undefined };
}

/** Verifies a printed code: only the code leaves the browser, and what comes back holds no personal data. */
export async function checkCode(code: string): Promise<Outcome> {
  const subject = code.trim();
  const hash = hashOf(subject);
  if (hash === undefined) return { kind: 'notACode', subject };
  const [answer, trust] = await Promise.all([readOpening(hash), readTrust()]);
  if (answer.state === 'unknown') return { kind: 'unknownCode', subject };
  if (answer.state === 'unreachable') return { kind: 'unreachable', subject };
  const options = {
    code: subject,
    opening: JSON.parse(answer.text) as Parameters<typeof verifyCode>[0]['opening'],
    now: new Date(),
    ...(trust === undefined ? {} : { trust }),
    ...trustRoots(),
  };
  // The first pass says which log it is; the second reads it to its end.
  const found = await verifyCode(options);
  const ledgerReader = found.ledger === null ? undefined : await ledgerOf(found.ledger.origin);
  const result = ledgerReader === undefined ? found : await verifyCode({ ...options, ledgerReader });
  return { kind: 'code', subject, result, trusted: trust !== undefined };
}

function trustRoots(): { trustRoots?: RootSet } {
  const roots = builtInRoots();
  return roots === undefined ? {} : { trustRoots: roots };
}

/** Of a larger file only the beginning is read: enough for the verifier to refuse it by its size. */
async function readFile(file: File): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await file.slice(0, MAX_BYTES + 1).arrayBuffer());
  } catch {
    return undefined;
  }
}

/** Which log the file claims to be in, to know what to read; the verification itself decides whether it is. */
function originOf(file: Uint8Array): string | undefined {
  try {
    const document = extractDocument(file);
    return document === undefined ? undefined : decodeTranscript(document).origin;
  } catch {
    return undefined;
  }
}

function hashOf(code: string): string | undefined {
  try {
    return Array.from(parseVerificationCode(code), (byte) => byte.toString(16).padStart(2, '0')).join('');
  } catch (error) {
    if (error instanceof VerificationCodeError) return undefined;
    throw error;
  }
}
