/** `socai ledger`: logs in folders. Each subcommand parses its options, asks the ledger's rooms, and prints the answer. */
import { statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { toBase64 } from '#ledger/format/bytes.js';
import { ED25519, formatVkey, parseVkey, type VerifierKey } from '#ledger/format/note.js';
import { parsePolicy, type Policy } from '#ledger/format/policy.js';
import { formatProof } from '#ledger/format/proof.js';
import { parseDecimal } from '#ledger/format/text.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { checkCheckpoint, type CheckedCheckpoint } from '#ledger/verify/checkpoint.js';
import { checkGrowth } from '#ledger/verify/consistency.js';
import type { LogReader } from '#ledger/verify/fsck.js';
import { checkProof } from '#ledger/verify/proof.js';
import { fsckFolder, fsckLog, type FolderFsckOptions } from '#ledger-node/folder-fsck.js';
import { createFolderLog, openFolderLog, readFolderKey } from '#ledger-node/folder-sequencer.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { HttpLogReader } from '#ledger-node/http-log.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { EXIT, type CommandIo } from './io.js';
import { appendLines } from './ledger-append.js';
import { misbehaviourCommand, MONITOR_USAGE, monitorCommand } from './ledger-monitor.js';
import { failingReader, ledgerReader } from './ledger-reader.js';
import { OPERATOR_NAMES, OPERATOR_USAGE } from './operator-usage.js';
import { describeError, parseOptions, passphraseOf, statusOf, UsageError, type Options } from './options.js';

const USAGE = `usage: socai ledger init --dir D --origin O
       socai ledger append --dir D                  entries on standard input, one base64 text a line
       socai ledger fsck --dir D | --url URL  --vkey K [--policy P]   with P, its witnesses must have cosigned
       socai ledger prove --dir D --index I --out F
       socai ledger consistency --dir D --old CHECKPOINT
       socai ledger consistency --url URL --vkey K --old CHECKPOINT
       socai ledger verify --policy P --proof F --entry E
${MONITOR_USAGE}${OPERATOR_USAGE}`;

interface Subcommand {
  /** All of them are needed, each with a value. */
  readonly options: readonly string[];
  readonly optional?: readonly string[];
  run(options: Options, io: CommandIo): Promise<number>;
}

/** Subcommands that read their options themselves. */
const COMMANDS: Readonly<Record<string, (args: readonly string[], io: CommandIo) => Promise<number>>> = {
  monitor: monitorCommand,
  misbehaviour: misbehaviourCommand,
};

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  init: { options: ['dir', 'origin'], run: init },
  append: { options: ['dir'], run: append },
  fsck: { options: ['vkey'], optional: ['dir', 'url', 'policy'], run: check },
  prove: { options: ['dir', 'index', 'out'], run: prove },
  consistency: { options: ['old'], optional: ['dir', 'url', 'vkey'], run: consistency },
  verify: { options: ['policy', 'proof', 'entry'], run: verify },
};

/** `socai ledger <subcommand>`: answers the exit status of contracts/cli.md. */
export async function ledgerCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const [name = '', ...rest] = args;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const subcommand = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  try {
    if (command !== undefined) return await command(rest, io);
    // Loaded when called: a command on a folder needs no database.
    if (OPERATOR_NAMES.has(name)) return await (await import('./ledger-operator.js')).operate(name, rest, io);
    if (subcommand === undefined) throw new UsageError(`there is no "${name}"`);
    const options = parseOptions(rest, subcommand.options, subcommand.optional);
    return await subcommand.run(options, io);
  } catch (error) {
    io.stderr.write(`socai ledger ${name}: ${describeError(error)}\n`);
    if (error instanceof UsageError) io.stderr.write(USAGE);
    return statusOf(error);
  }
}

async function init({ dir = '', origin = '' }: Options, io: CommandIo): Promise<number> {
  const passphrase = await passphraseOf(io);
  const key = await createFolderLog(dir, origin, passphrase);
  if (passphrase === undefined) {
    io.stderr.write(
      `warning: the key in ${dir} is not encrypted; set SOCAI_KEY_PASSPHRASE_FILE to encrypt it\n`,
    );
  }
  io.stdout.write(`${formatVkey(key)}\n`);
  return EXIT.ok;
}

async function append({ dir = '' }: Options, io: CommandIo): Promise<number> {
  await checkFolder(dir);
  const log = await openFolderLog(dir, 'raw', () => io.now().getTime(), await passphraseOf(io));
  try {
    return await appendLines(log, io);
  } finally {
    await log.close();
  }
}

async function check({ dir, url, vkey = '', policy }: Options, io: CommandIo): Promise<number> {
  const key = parseLogKey(vkey);
  const log = url === undefined ? undefined : failingReader(new HttpLogReader(url));
  const folder = oneOf(dir, url);
  if (log === undefined) await checkFolder(folder);
  let findings = 0;
  const options: FolderFsckOptions = {
    ...(policy === undefined ? {} : { witnesses: parsePolicy(await readFile(policy)) }),
    onFinding: ({ code, where, detail }) => {
      log?.stopIfFailed();
      findings++;
      io.stdout.write(`${code} ${where}: ${detail}\n`);
    },
    onProgress: (done, size) => {
      if (done % 102_400 === 0) io.stderr.write(`${String(done)} of ${String(size)} entries\n`);
    },
  };
  const checkpoint = await (log === undefined
    ? fsckFolder(folder, key, options)
    : fsckLog(log, key, options));
  if (findings > 0 || checkpoint === undefined) return EXIT.fails;
  io.stdout.write(`ok ${String(checkpoint.size)} ${toBase64(checkpoint.root)}\n`);
  return EXIT.ok;
}

async function prove({ dir = '', index = '', out = '' }: Options, io: CommandIo): Promise<number> {
  const wanted = parseDecimal(index);
  await checkFolder(dir);
  const tiles = new FolderTileStore(dir);
  const { bytes, checkpoint } = await readCheckpoint(dir, tiles, await readFolderKey(dir));
  if (wanted >= checkpoint.size) {
    throw new UsageError(`there is no entry ${index}: the log has ${String(checkpoint.size)} entries`);
  }
  const tree = new TileTree(checkpoint.size, checkpoint.root, tiles, nodeCrypto.sha256);
  const hashes = await tree.proveInclusion(wanted);
  await writeFile(out, formatProof({ index: wanted, hashes, checkpoint: bytes }));
  io.stderr.write(`wrote ${out}\n`);
  return EXIT.ok;
}

async function consistency({ dir, url, vkey, old = '' }: Options, io: CommandIo): Promise<number> {
  const place = oneOf(dir, url);
  if (url === undefined) await checkFolder(place);
  else if (vkey === undefined) throw new UsageError('missing: --vkey');
  const tiles = ledgerReader(place);
  const key = vkey === undefined ? await readFolderKey(place) : parseLogKey(vkey);
  const { checkpoint } = await readCheckpoint(place, tiles, key);
  const before = checkCheckpoint(await readFile(old), policyOf(key), nodeCrypto);
  await checkGrowth(before, checkpoint, tiles, nodeCrypto);
  io.stdout.write(`consistent ${String(before.size)} ${String(checkpoint.size)}\n`);
  return EXIT.ok;
}

async function verify({ policy = '', proof = '', entry = '' }: Options, io: CommandIo): Promise<number> {
  const checked = checkProof(
    await readFile(proof),
    await readFile(entry),
    parsePolicy(await readFile(policy)),
    {
      crypto: nodeCrypto,
    },
  );
  const witnesses = checked.witnesses.map(({ name, time }) => ({
    name,
    at: new Date(time * 1000).toISOString(),
  }));
  const { origin, index, size } = checked;
  io.stdout.write(`${JSON.stringify({ origin, index, size, witnesses })}\n`);
  return EXIT.ok;
}

/** The checkpoint at a folder or address, signed by the log's key. */
async function readCheckpoint(
  place: string,
  log: LogReader,
  key: VerifierKey,
): Promise<{ readonly bytes: Uint8Array; readonly checkpoint: CheckedCheckpoint }> {
  const bytes = await log.readCheckpoint();
  if (bytes === undefined) throw new UsageError(`there is no checkpoint in ${place}`);
  return { bytes, checkpoint: checkCheckpoint(bytes, policyOf(key), nodeCrypto) };
}

/** The one of --dir and --url that is given. */
function oneOf(dir: string | undefined, url: string | undefined): string {
  const [place, ...more] = [dir, url].filter((each) => each !== undefined);
  if (place === undefined || more.length > 0) throw new UsageError('either --dir or --url is needed');
  return place;
}

function parseLogKey(vkey: string): VerifierKey {
  const key = parseVkey(vkey);
  if (key.type !== ED25519) throw new UsageError('--vkey is the key of a witness, not of a log');
  return key;
}

function policyOf(key: VerifierKey): Policy {
  return { logs: [{ key }], witnesses: [], groups: [], quorum: null };
}

async function checkFolder(dir: string): Promise<void> {
  if (!statSync(dir).isDirectory()) throw new UsageError(`${dir} is not a folder`);
}
