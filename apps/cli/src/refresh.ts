/** `socai refresh`: a transcript with a newer ledger proof beside its first, for the years when that has grown old. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { systemCode } from '#ledger-node/durable-files.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { HttpError } from '#ledger-node/http-get.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { refreshProof } from '#verify/fresh-proof.js';
import { EXIT, type CommandIo } from './io.js';
import { ledgerReader } from './ledger-reader.js';
import { describeError } from './options.js';
import { readBounded, readTrust, VerifyUsageError } from './verify.js';
import { describeResult } from './verify-words.js';

const USAGE = `usage: socai refresh FILE --ledger DIR|URL --out NEW [--trust BUNDLE]… [--roots FILE]

Writes NEW: the same document, with a proof under the log's newest checkpoint. The first proof stays. FILE must be valid,
and no later version of it may be in the log. Nothing signed changes.
`;

/** Answers 0 when the new file is written, 1 when the document does not hold, 3 when it could not be checked. */
export async function refreshCommand(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    const { path, ledger, out, ...trusted } = readArguments(args);
    const file = await readBounded(path, io);
    if (file === undefined) return EXIT.usage;
    const means = { ...(await readTrust(trusted, io)), now: io.now(), ledgerReader: ledgerReader(ledger) };
    const fresh = await refreshProof({
      ...means,
      ...{ file, fileName: path, crypto: nodeCrypto, provider: nodeProvider },
    });
    io.stdout.write(`${describeResult(fresh.result)}\n`);
    if (fresh.file === undefined) return fresh.result.verdict === 'unchecked' ? EXIT.unchecked : EXIT.fails;
    await writeFile(out, fresh.file, { flag: 'wx' });
    io.stderr.write(`wrote ${out}\n`);
    return EXIT.ok;
  } catch (error) {
    if (!isUsage(error)) throw error;
    io.stderr.write(`socai refresh: ${describeError(error)}\n`);
    return EXIT.usage;
  }
}

function isUsage(error: unknown): error is Error {
  const badAddress = error instanceof HttpError && error.code === 'BAD_ADDRESS';
  return systemCode(error) === 'EEXIST' || error instanceof VerifyUsageError || badAddress;
}

function readArguments(args: readonly string[]) {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ trust: { type: 'string', multiple: true }, roots: { type: 'string' } },
        ...{ ledger: { type: 'string' }, out: { type: 'string' } },
      } as const,
    });
  } catch (error) {
    throw new VerifyUsageError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
  const { trust = [], roots, ledger, out } = parsed.values;
  const [path, ...more] = parsed.positionals;
  if (path === undefined || more.length > 0) throw new VerifyUsageError(`one file is given\n${USAGE}`);
  if (ledger === undefined || out === undefined)
    throw new VerifyUsageError(`--ledger and --out are needed\n${USAGE}`);
  return { path, ledger, out, trust, ...(roots === undefined ? {} : { roots }) };
}
