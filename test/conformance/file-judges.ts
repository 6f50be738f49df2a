/**
 * Programs that judge signed PDFs: our CLI as processes of its own, pdfsig (poppler), openssl, and the Go project's
 * transparency-log library. Each sees what it can see; all are given the school's authority, none is asked to trust us.
 */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { readProof, type SocaiProof } from '#signing/proof-attribute.js';
import type { GoJudge } from './go-checker.js';

const run = promisify(execFile);
const MAIN = 'dist/apps/cli/src/main.js';

/** Whether a program is on this machine; SOCAI_REQUIRE_… says that it must be. */
function isThere(tool: string, flag: string, required: string): boolean {
  return process.env[required] === '1' || spawnSync(tool, [flag]).error === undefined;
}

export const hasPoppler =
  isThere('pdfsig', '-v', 'SOCAI_REQUIRE_POPPLER') && isThere('certutil', '-H', 'SOCAI_REQUIRE_POPPLER');
export const hasOpenssl = isThere('openssl', 'version', 'SOCAI_REQUIRE_OPENSSL');

/** What a program says on its standard output. */
export function outputOf(tool: string, args: readonly string[]): string {
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  return execFileSync(tool, args, { encoding: 'utf8', maxBuffer: 1 << 26, env });
}

/**
 * `socai verify --json` on many files.
 * @returns "verdict CODE" of each, in their order
 */
export function judgeByCli(paths: readonly string[], trust: string, ledger?: string): string[] {
  const said: string[] = [];
  for (let from = 0; from < paths.length; from += 200) {
    const status = ledger === undefined ? [] : ['--ledger', ledger];
    const args = [MAIN, 'verify', '--json', '--trust', trust, ...status, ...paths.slice(from, from + 200)];
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
    for (const line of stdout.trim().split('\n')) {
      const { verdict, code } = JSON.parse(line) as { verdict: string; code: string | null };
      said.push(`${verdict} ${code ?? ''}`.trim());
    }
  }
  return said;
}

/** A certificate database that trusts these authorities for signing. */
export function nssDatabase(folder: string, authorities: readonly string[]): string {
  mkdirSync(folder, { recursive: true });
  execFileSync('certutil', ['-N', '-d', folder, '--empty-password']);
  authorities.forEach((pem, i) => {
    execFileSync('certutil', ['-A', '-d', folder, '-n', `school-${String(i)}`, '-t', 'CT,C,C', '-i', pem]);
  });
  return folder;
}

/**
 * pdfsig: accepts what has all its signatures valid by trusted certificates, the last over the whole file.
 * @param nss the database of trusted certificates; without one only the signatures count
 * @param signatures how many there must be
 */
export async function judgeByPdfsig(
  path: string,
  nss: string | undefined,
  signatures: number,
): Promise<'accepts' | 'refuses'> {
  const trusted = nss === undefined ? ['-nocert'] : ['-nssdir', nss];
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  const { stdout } = await run('pdfsig', [...trusted, path], { env }).catch((error: { stdout?: string }) => ({
    stdout: error.stdout ?? '',
  }));
  const count = (what: RegExp): number => stdout.match(what)?.length ?? 0;
  const whole = stdout.lastIndexOf('Total document signed') > stdout.lastIndexOf('Signature #');
  const good =
    count(/Signature is Valid\./g) === signatures &&
    (nss === undefined || count(/Certificate is Trusted\./g) === signatures);
  return good && whole ? 'accepts' : 'refuses';
}

/** A signature as any program finds it: cut out by its /ByteRange, without our own reader. */
interface CutSignature {
  readonly signed: Buffer;
  /** The CMS by the length that it states. */
  readonly cms: Buffer;
}

function cutSignatures(file: Buffer): CutSignature[] {
  const ranges = file.toString('latin1').matchAll(/\/ByteRange ?\[(\d+) (\d+) (\d+) (\d+) *\]/g);
  return [...ranges].map((range) => {
    const [a = 0, b = 0, c = 0, d = 0] = range.slice(1).map(Number);
    const der = Buffer.from(file.subarray(a + b + 1, c - 1).toString('latin1'), 'hex');
    const length = der.length < 4 ? 0 : 4 + der.readUInt16BE(2);
    return {
      signed: Buffer.concat([file.subarray(a, a + b), file.subarray(c, c + d)]),
      cms: der.subarray(0, length),
    };
  });
}

/** openssl: accepts what has every CMS in the file good over the bytes that its /ByteRange names. */
export async function judgeByOpenssl(
  file: Buffer,
  authority: string,
  scratch: string,
  signatures: number,
): Promise<'accepts' | 'refuses'> {
  const found = cutSignatures(file);
  if (found.length !== signatures) return 'refuses';
  for (const { signed, cms } of found) {
    writeFileSync(`${scratch}.der`, cms);
    writeFileSync(`${scratch}.bin`, signed);
    const files = ['-in', `${scratch}.der`, '-content', `${scratch}.bin`, '-CAfile', authority];
    const how = ['-inform', 'DER', '-binary', '-cades', '-purpose', 'any', '-no_check_time'];
    try {
      await run('openssl', ['cms', '-verify', ...files, ...how, '-out', '/dev/null']);
    } catch {
      return 'refuses';
    }
  }
  return 'accepts';
}

/** The Go library: accepts what carries a proof of its entry in the log, cosigned by these witnesses. */
export function judgeByGo(
  file: Buffer,
  go: GoJudge,
  scratch: string,
  { vkey, witnesses }: { readonly vkey: string; readonly witnesses: readonly string[] },
): 'accepts' | 'refuses' {
  const proof = proofIn(file);
  if (proof === undefined) return 'refuses';
  writeFileSync(`${scratch}.entry`, proof.entry);
  writeFileSync(`${scratch}.proof`, proof.first);
  return go.proof(`${scratch}.proof`, `${scratch}.entry`, vkey, witnesses).status === 0
    ? 'accepts'
    : 'refuses';
}

function proofIn(file: Buffer): SocaiProof | undefined {
  try {
    const seal = cutSignatures(file).at(-1);
    return seal === undefined ? undefined : readProof(new Uint8Array(seal.cms));
  } catch {
    return undefined;
  }
}

/** Keys of a log and of all witnesses, as a trust bundle names them. */
export function keysIn(
  trust: string,
  origin: string,
): { readonly vkey: string; readonly witnesses: string[] } {
  const bundle = readFileSync(trust, 'utf8');
  const logs = [...bundle.matchAll(/^log (\S+) from/gm)].map(([, key = '']) => key);
  return {
    vkey: logs.find((key) => key.startsWith(`${origin}+`)) ?? '',
    witnesses: [...bundle.matchAll(/^witness \S+ (\S+)/gm)].map(([, key = '']) => key),
  };
}

/** Runs the work on every item, as many at once as there are cores; `slot` numbers them. */
export async function onEveryCore<Item, Answer>(
  items: readonly Item[],
  work: (item: Item, slot: number) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const worker = async (slot: number): Promise<void> => {
    while (next < items.length) {
      const at = next++;
      answers[at] = await work(items[at] as Item, slot);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, (_, slot) => worker(slot)));
  return answers;
}
