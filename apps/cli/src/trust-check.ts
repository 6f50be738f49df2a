/** `socai trust check`: who signed a bundle, what it comes after, whose roots vouch for it, and whether it is logged. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseTrustBundle, type TrustBundle } from '#ledger/format/trust.js';
import { checkLogged, readDirectory } from '#ledger/verify/directory.js';
import { VerifyError } from '#ledger/verify/errors.js';
import { checkTrust, openTrust, rootsThatSigned } from '#ledger/verify/trust.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { isHttpAddress } from '#ledger-node/http-get.js';
import { HttpLogReader } from '#ledger-node/http-log.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { EXIT, type CommandIo } from './io.js';
import { UsageError } from './options.js';
import { readBundleFile, readRoots } from './trust-file.js';
import { describeChanges, describeContents, describeSigners, sameRoots } from './trust-words.js';

interface CheckArguments {
  readonly bundle: string;
  readonly previous: readonly string[];
  readonly roots?: string;
  readonly directory?: string;
  readonly now: number;
}

/** Prints what there is to say about the bundle, and last whether it holds. */
export async function check(args: readonly string[], io: CommandIo): Promise<number> {
  const given = readArguments(args, io);
  const bytes = await readFile(given.bundle);
  const earlier = await Promise.all(given.previous.map((path) => readFile(path)));
  const roots = await readRoots(given.roots, io);
  const note = await readBundleFile(given.bundle);
  const bundle = parseTrustBundle(note.text);
  const previous = newestOf(earlier);
  const say = (line: string): void => void io.stdout.write(`${line}\n`);
  say(
    `trust bundle ${String(bundle.serial)}, which expires on ${bundle.expires}: ${describeContents(bundle)}`,
  );
  try {
    describeSigners(bundle, rootsThatSigned(note, bundle, nodeCrypto), '').forEach(say);
    if (previous !== undefined) {
      const whose = ` of bundle ${String(previous.serial)}`;
      if (!sameRoots(previous, bundle))
        describeSigners(previous, rootsThatSigned(note, previous, nodeCrypto), whose).forEach(say);
      describeChanges(previous, bundle).forEach(say);
    }
    if (note.signatures.length === 0) throw new VerifyError('TRUST_NOT_SIGNED', 'nobody has signed it yet');
    const { demo } = checkTrust(bytes, given.now, {
      earlier,
      crypto: nodeCrypto,
      ...(roots === undefined ? {} : { roots }),
    });
    say(
      demo ? 'DEMO: no roots were given, so nobody vouches for its own' : 'it goes back to the given roots',
    );
    if (given.directory !== undefined) say(await checkDirectory(given.directory, bytes, bundle));
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    say(`does not hold: ${error.code}: ${error.message}`);
    return EXIT.fails;
  }
  say('holds');
  return EXIT.ok;
}

/** Where the directory log, read to its end, holds this bundle. VerifyError TRUST_NOT_LOGGED when it does not. */
async function checkDirectory(place: string, note: Uint8Array, bundle: TrustBundle): Promise<string> {
  const reader = isHttpAddress(place) ? new HttpLogReader(place) : new FolderTileStore(place);
  if ((await reader.readCheckpoint()) === undefined) throw new Error(`there is no log at ${place}`);
  const { checkpoint, directory } = await readDirectory(reader, bundle, nodeCrypto);
  const { index, at } = checkLogged(directory, note, bundle.serial, nodeCrypto);
  const newer = directory.bundles.filter(({ serial }) => serial > bundle.serial);
  return [
    `logged at ${at} in entry ${String(index)} of ${checkpoint.origin}, which has ${String(checkpoint.size)} entries`,
    ...newer.map(({ serial, at: then }) => `a newer bundle was logged at ${then}: ${String(serial)}`),
  ].join('\n');
}

/** The bundle with the highest serial: the one that the checked one comes after. */
function newestOf(earlier: readonly Uint8Array[]): TrustBundle | undefined {
  return earlier
    .map((bytes) => openTrust(bytes, nodeCrypto).bundle)
    .toSorted((a, b) => a.serial - b.serial)
    .at(-1);
}

function readArguments(args: readonly string[], io: CommandIo): CheckArguments {
  const { bundle, previous = [], roots, directory, now } = parse(args);
  if (bundle === undefined) throw new UsageError('missing: --bundle');
  const time = now === undefined ? io.now().getTime() : Date.parse(now);
  if (Number.isNaN(time)) throw new UsageError(`--now ${now ?? ''}: a date such as 2027-06-30`);
  return {
    bundle,
    previous,
    now: time,
    ...(roots === undefined ? {} : { roots }),
    ...(directory === undefined ? {} : { directory }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        bundle: { type: 'string' },
        previous: { type: 'string', multiple: true },
        roots: { type: 'string' },
        directory: { type: 'string' },
        now: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
