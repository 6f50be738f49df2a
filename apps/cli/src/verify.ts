/** `socai verify`: transcripts, what is presented of one, or a printed code, against a trust bundle. Offline, unless a URL is given. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { toHex } from '#ledger/format/bytes.js';
import type { Json } from '#ledger/format/jcs.js';
import { readIfThere } from '#ledger-node/durable-files.js';
import { getBytes, HttpError, isHttpAddress } from '#ledger-node/http-get.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { MAX_FILE_BYTES } from '#pdf-fill/read.js';
import { parseCertificate } from '#signing/certificate.js';
import { readCertificateFile } from '#signing-node/certificate-file.js';
import { readRevocationListFile } from '#signing-node/revocation-list-file.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { parseVerificationCode, VerificationCodeError } from '#transcript/verification-code.js';
import { Report, type VerificationResult } from '#verify/result.js';
import type { LedgerReader } from '#verify/status-step.js';
import { VERDICTS, type Verdict } from '#verify/steps.js';
import type { TrustMeans } from '#verify/trust-step.js';
import { verifyCode } from '#verify/verify-code.js';
import { verifyFile } from '#verify/verify-file.js';
import { EXIT, type CommandIo } from './io.js';
import { ledgerReader } from './ledger-reader.js';
import { readRoots } from './trust-file.js';
import { describeResult } from './verify-words.js';

const USAGE = `usage: socai verify FILE… [--trust BUNDLE]… [--roots FILE] [--tsa FILE]… [--crl FILE]…
                    [--ledger DIR|URL] [--audience NAME] [--require-status] [--json]
       socai verify --hash CODE --url BASE [--trust BUNDLE]… [--roots FILE] [--ledger DIR|URL] [--require-status] [--json]

The first --trust is the bundle in force; further ones are bundles before it: they lead to it from the roots, and know
schools that have closed. --roots (or SOCAI_TRUST_ROOTS) names a file of "threshold" and "root" lines: without it every
verdict is a DEMO. A FILE is a transcript as PDF, or a presentation of one (JSON, SD-JWT, slip); --audience says for whom the
presentation must have been made. --tsa names a timestamping authority whose clock is trusted: its certificate, PEM. --crl is a
revocation list of an authority, PEM or DER: a certificate revoked before the document was seen is refused.
`;

interface VerifyArguments {
  readonly files: readonly string[];
  readonly hash?: string;
  readonly url?: string;
  readonly ledger?: string;
  readonly trust: readonly string[];
  readonly roots?: string;
  /** Files of timestamping authorities' certificates. */
  readonly tsa: readonly string[];
  /** Files of revocation lists. */
  readonly crl: readonly string[];
  /** Who verifies, as a presentation made for them names them. */
  readonly audience?: string;
  readonly requireStatus: boolean;
  readonly json: boolean;
}

/** What all files of one call are verified against. */
interface Means extends TrustMeans {
  readonly ledgerReader?: LedgerReader;
  readonly now: Date;
  readonly requireStatus: boolean;
  readonly audience?: string;
  readonly timestampAuthorities: readonly Uint8Array[];
  readonly revocationLists: readonly Uint8Array[];
}

/** Wrong usage, or input that cannot be read: said on standard error, exit status 2. */
export class VerifyUsageError extends Error {
  override readonly name = 'VerifyUsageError';
}

/** Answers 0 only if everything is valid, 3 if the worst could not be checked, 2 for wrong usage, else 1. */
export async function verifyCommand(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    const given = readArguments(args);
    const means = await readMeans(given, io);
    if (given.hash !== undefined)
      return finish([await verifyHash(given.hash, given.url ?? '', means)], given, io);
    return await verifyFiles(given, means, io);
  } catch (error) {
    if (!isUsageError(error)) throw error;
    io.stderr.write(`socai verify: ${error.message}\n`);
    return EXIT.usage;
  }
}

function isUsageError(error: unknown): error is Error {
  return (
    error instanceof VerifyUsageError ||
    error instanceof VerificationCodeError ||
    (error instanceof HttpError && error.code === 'BAD_ADDRESS')
  );
}

async function verifyFiles(given: VerifyArguments, means: Means, io: CommandIo): Promise<number> {
  const verdicts: Verdict[] = [];
  let unreadable = false;
  for (const fileName of given.files) {
    const file = await readBounded(fileName, io);
    if (file === undefined) {
      unreadable = true;
      continue;
    }
    const result = await verifyFile({
      ...means,
      file,
      fileName,
      crypto: nodeCrypto,
      provider: nodeProvider,
    });
    print(result, given, io);
    verdicts.push(result.verdict);
  }
  return unreadable ? EXIT.usage : exitStatus(verdicts);
}

/** Asks the server for the public opening of the code, and for nothing else. */
async function verifyHash(code: string, base: string, means: Means): Promise<VerificationResult> {
  const hash = toHex(parseVerificationCode(code));
  const address = `${base.replace(/\/+$/, '')}/api/public/openings/${hash}`;
  let opening: Json;
  try {
    const answer = await getBytes(address, MAX_OPENING_BYTES);
    if (answer === undefined) return unchecked(code, `${base} knows no document with this code`);
    opening = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(answer)) as Json;
  } catch (error) {
    return unchecked(code, `${base} could not be asked: ${messageOf(error)}`);
  }
  return verifyCode({ ...means, code, opening, crypto: nodeCrypto });
}

/** An entry and two proofs, in base64. */
const MAX_OPENING_BYTES = 256 * 1024;

function unchecked(code: string, reason: string): VerificationResult {
  const report = new Report(code);
  report.find('OPENING_UNREADABLE', reason);
  return report.result();
}

function finish(results: readonly VerificationResult[], given: VerifyArguments, io: CommandIo): number {
  for (const result of results) print(result, given, io);
  return exitStatus(results.map(({ verdict }) => verdict));
}

function print(result: VerificationResult, { json }: VerifyArguments, io: CommandIo): void {
  io.stdout.write(json ? `${JSON.stringify(result)}\n` : `${describeResult(result)}\n`);
}

function exitStatus(verdicts: readonly Verdict[]): number {
  const worst = Math.max(...verdicts.map((verdict) => VERDICTS.indexOf(verdict)));
  if (VERDICTS[worst] === 'valid') return EXIT.ok;
  return VERDICTS[worst] === 'unchecked' ? EXIT.unchecked : EXIT.fails;
}

function readArguments(args: readonly string[]): VerifyArguments {
  const { values, positionals } = parse(args);
  const { hash, url, trust = [], tsa = [], crl = [], roots, ledger, audience } = values;
  if ((hash === undefined) !== (url === undefined))
    throw new VerifyUsageError(`--hash and --url go together\n${USAGE}`);
  if (hash === undefined && positionals.length === 0)
    throw new VerifyUsageError(`no file is given\n${USAGE}`);
  if (hash !== undefined && positionals.length > 0)
    throw new VerifyUsageError(`--hash takes no files\n${USAGE}`);
  if (url !== undefined && !isHttpAddress(url))
    throw new VerifyUsageError(`--url is an address such as https://example.vn, not "${url}"`);
  return {
    files: positionals,
    requireStatus: values['require-status'] ?? false,
    json: values.json ?? false,
    ...(hash === undefined || url === undefined ? {} : { hash, url }),
    trust,
    tsa,
    crl,
    ...(roots === undefined ? {} : { roots }),
    ...(ledger === undefined ? {} : { ledger }),
    ...(audience === undefined ? {} : { audience }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        trust: { type: 'string', multiple: true },
        roots: { type: 'string' },
        tsa: { type: 'string', multiple: true },
        crl: { type: 'string', multiple: true },
        ledger: { type: 'string' },
        audience: { type: 'string' },
        hash: { type: 'string' },
        url: { type: 'string' },
        'require-status': { type: 'boolean' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new VerifyUsageError(`${messageOf(error)}\n${USAGE}`);
  }
}

async function readMeans(given: VerifyArguments, io: CommandIo): Promise<Means> {
  return {
    now: io.now(),
    requireStatus: given.requireStatus,
    timestampAuthorities: await Promise.all(given.tsa.map(readAuthority)),
    revocationLists: await Promise.all(given.crl.map(readList)),
    ...(given.audience === undefined ? {} : { audience: given.audience }),
    ...(await readTrust(given, io)),
    ...(given.ledger === undefined ? {} : { ledgerReader: ledgerReader(given.ledger) }),
  };
}

/** What is known of a timestamping authority: SHA-256 of its public key. */
async function readAuthority(path: string): Promise<Uint8Array> {
  try {
    return parseCertificate(await readCertificateFile(path)).spkiSha256;
  } catch (error) {
    throw new VerifyUsageError(`the timestamping authority cannot be read: ${messageOf(error)}`);
  }
}

async function readList(path: string): Promise<Uint8Array> {
  try {
    return await readRevocationListFile(path);
  } catch (error) {
    throw new VerifyUsageError(`the revocation list cannot be read: ${messageOf(error)}`);
  }
}

/** The bundles of the option, else that of SOCAI_TRUST, else of the data folder; only the last may be missing. */
export async function readTrust(
  { trust, roots }: Pick<VerifyArguments, 'trust' | 'roots'>,
  io: CommandIo,
): Promise<TrustMeans> {
  const { env } = io;
  const [first = env['SOCAI_TRUST'] || undefined, ...before] = trust;
  const bundle = await readBundle(first ?? join(env['SOCAI_DATA_DIR'] || 'data', 'trust', 'bundle'));
  if (bundle === undefined && first !== undefined)
    throw new VerifyUsageError(`there is no trust bundle ${first}`);
  const earlierTrust: Uint8Array[] = [];
  for (const path of before) {
    const earlier = await readBundle(path);
    if (earlier === undefined) throw new VerifyUsageError(`there is no trust bundle ${path}`);
    earlierTrust.push(earlier);
  }
  const trustRoots = await readRoots(roots, io).catch((error: unknown) => {
    throw new VerifyUsageError(`the roots cannot be read: ${messageOf(error)}`);
  });
  return {
    ...(bundle === undefined ? {} : { trust: bundle }),
    earlierTrust,
    ...(trustRoots === undefined ? {} : { trustRoots }),
  };
}

async function readBundle(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readIfThere(path);
  } catch (error) {
    throw new VerifyUsageError(`the trust bundle ${path} cannot be read: ${messageOf(error)}`);
  }
}

/** At most one byte more than a transcript may have: enough to refuse a larger file. */
export async function readBounded(path: string, io: CommandIo): Promise<Uint8Array | undefined> {
  try {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      const bytes = new Uint8Array(Math.min(size, MAX_FILE_BYTES + 1));
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    } finally {
      await handle.close();
    }
  } catch (error) {
    io.stderr.write(`socai verify: ${path} cannot be read: ${messageOf(error)}\n`);
    return undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
