/** Runs the same verification as `socai verify`, here in the browser. */
import type { RootSet } from '#ledger/format/trust.js';
import { utf8 } from '#ledger/format/bytes.js';
import { extractDocument } from '#pdf-fill/attachment.js';
import { decodeDocument } from '#transcript/canonical.js';
import { parseVerificationCode, VerificationCodeError } from '#transcript/verification-code.js';
import { isPresentation } from '#verify/presentation-mark.js';
import type { VerificationResult } from '#verify/result.js';
import type { LedgerReader } from '#verify/status-step.js';
import { verifyCode } from '#verify/verify-code.js';
import { verifyFile } from '#verify/verify-file.js';
import type { PresentationResult } from '#verify/verify-presentation.js';
import { builtInRoots } from './built-in-roots.js';
import { ledgerOf, readOpening, readTrust } from './own-origin.js';

/** No transcript of ours is larger; a film dropped by mistake is not read into memory. */
const MAX_BYTES = 10 * 1024 * 1024;

export type Outcome =
  | {
      readonly kind: 'file' | 'code' | 'presentation';
      /** File name, or the code as typed. */
      readonly subject: string;
      readonly result: VerificationResult | PresentationResult;
      /** Whether a trust bundle could be had from this server: without one nothing can be called valid. */
      readonly trusted: boolean;
    }
  /** No verdict, and why there is none. */
  | {
      readonly kind: 'notACode' | 'unknownCode' | 'unreachable' | 'unreadable' | 'failed';
      readonly subject: string;
    };

/** What the files of one pile are verified against, read once. */
export interface Means {
  readonly trust: Uint8Array | undefined;
  readonly ledgerOf: (origin: string) => Promise<LedgerReader | undefined>;
}

/** The trust bundle and the ledgers of this server, as they are now. */
export async function openMeans(): Promise<Means> {
  const readers = new Map<string, Promise<LedgerReader | undefined>>();
  return {
    trust: await readTrust(),
    ledgerOf: (origin) => kept(readers, origin, () => ledgerOf(origin).then(remembering)),
  };
}

/** Verifies a file. Its bytes go nowhere. */
export async function checkFile(file: File, means?: Means): Promise<Outcome> {
  const subject = file.name;
  const [bytes, own] = await Promise.all([readFile(file), means ?? openMeans()]);
  return bytes === undefined ? { kind: 'unreadable', subject } : verify(bytes, subject, own);
}

/** Verifies what was typed or pasted: a printed code, or a presentation as text, such as what a QR code holds. */
export async function checkText(text: string): Promise<Outcome> {
  const pasted = presentationIn(text);
  if (pasted === undefined) return checkCode(text);
  return verify(pasted, `${text.trim().slice(0, 24)}…`, await openMeans());
}

async function verify(file: Uint8Array, subject: string, { trust, ledgerOf }: Means): Promise<Outcome> {
  const origin = await originOf(file);
  const ledgerReader = origin === undefined ? undefined : await ledgerOf(origin);
  const result = await verifyFile({
    file,
    fileName: subject,
    now: new Date(),
    ...(trust === undefined ? {} : { trust }),
    ...trustRoots(),
    ...(ledgerReader === undefined ? {} : { ledgerReader }),
  });
  const kind = 'presentation' in result ? 'presentation' : 'file';
  return { kind, subject, result, trusted: trust !== undefined };
}

/** Verifies a printed code: only the code leaves the browser, and what comes back holds no personal data. */
async function checkCode(code: string): Promise<Outcome> {
  const subject = code.trim();
  const hash = hashOf(subject);
  if (hash === undefined) return { kind: 'notACode', subject: shortened(subject) };
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

/** A slip keeps its spaces, which stand for bits; what was wrapped around it in copying does not count. */
function presentationIn(text: string): Uint8Array | undefined {
  const bytes = utf8(text.replace(/^\s+|[\r\n]+$/g, ''));
  return isPresentation(bytes) ? bytes : undefined;
}

/** Which log the file claims to be in, to know what to read; the verification itself decides whether it is. */
async function originOf(file: Uint8Array): Promise<string | undefined> {
  try {
    if (isPresentation(file))
      return (await (await import('#verify/presented.js')).readPresented(file)).origin;
    const document = extractDocument(file);
    return document === undefined ? undefined : decodeDocument(document).origin;
  } catch {
    return undefined;
  }
}

/** A reader that asks for each file of the log once: the transcripts of a school lie in the same tiles. */
function remembering(reader: LedgerReader | undefined): LedgerReader | undefined {
  if (reader === undefined) return undefined;
  const read = new Map<string, Promise<Uint8Array | undefined>>();
  return {
    readCheckpoint: () => kept(read, '', () => reader.readCheckpoint()),
    readTile: (path) => kept(read, path, () => reader.readTile(path)),
  };
}

/** What failed may be asked for again. */
function kept<Value>(
  answers: Map<string, Promise<Value>>,
  key: string,
  ask: () => Promise<Value>,
): Promise<Value> {
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = ask();
  answers.set(key, answer);
  answer.catch(() => answers.delete(key));
  return answer;
}

function hashOf(code: string): string | undefined {
  try {
    return Array.from(parseVerificationCode(code), (byte) => byte.toString(16).padStart(2, '0')).join('');
  } catch (error) {
    if (error instanceof VerificationCodeError) return undefined;
    throw error;
  }
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
