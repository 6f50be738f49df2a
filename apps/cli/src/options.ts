/** What subcommands share: options that each take a value, and an error's words and exit status. */
import { parseArgs } from 'node:util';
import { FormatError } from '#ledger/format/errors.js';
import { LogError, type LogCode } from '#ledger/log/errors.js';
import { MerkleError } from '#ledger/merkle/errors.js';
import { VerifyError } from '#ledger/verify/errors.js';
import { MisbehaviourError } from '#ledger/verify/misbehaviour.js';
import { systemCode } from '#ledger-node/durable-files.js';
import { HttpError } from '#ledger-node/http-get.js';
import { KeyFileError, readPassphrase } from '#ledger-node/key-file.js';
import { MonitorStateError } from '#ledger-node/monitor-state.js';
import { EXIT, type CommandIo } from './io.js';

export type Options = Readonly<Record<string, string>>;

/** The command line cannot be understood: the usage is shown, status 2. */
export class UsageError extends Error {}

/**
 * The options of a subcommand, each with a value.
 * @param names those that must be there
 * @param optional those that may be
 * @throws UsageError
 */
export function parseOptions(
  args: readonly string[],
  names: readonly string[],
  optional: readonly string[] = [],
): Options {
  const known = [...names, ...optional];
  const options = Object.fromEntries(known.map((name) => [name, { type: 'string' as const }]));
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const missing = names.filter((name) => typeof values[name] !== 'string' || values[name] === '');
  if (missing.length > 0) throw new UsageError(`missing: ${missing.map((name) => `--${name}`).join(', ')}`);
  return values as Options;
}

/** The passphrase of keys on disk; undefined without SOCAI_KEY_PASSPHRASE_FILE. */
export async function passphraseOf({ env }: CommandIo): Promise<string | undefined> {
  const path = env['SOCAI_KEY_PASSPHRASE_FILE'];
  return path === undefined || path === '' ? undefined : readPassphrase(path);
}

/** An error in one line, with its code where it has one. */
export function describeError(error: unknown): string {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return `${code}${error instanceof Error ? error.message : String(error)}`;
}

/** Errors of the log that say "this does not hold", "this cannot be used so", or "not now". */
const LOG_STATUS: Readonly<Record<LogCode, number>> = {
  PUBLISHED_AHEAD: EXIT.fails,
  FORKED: EXIT.fails,
  WITNESS_AHEAD: EXIT.fails,
  STATE_DAMAGED: EXIT.fails,
  TILES_DAMAGED: EXIT.fails,
  TILE_CONFLICT: EXIT.fails,
  KEY_REFUSED: EXIT.fails,
  WRONG_LOG: EXIT.usage,
  SIGNER_MISSING: EXIT.usage,
  KEY_NOT_IN_FORCE: EXIT.usage,
  CLOSED: EXIT.usage,
  FROZEN: EXIT.unchecked,
  WITNESSES_UNREACHABLE: EXIT.unchecked,
  CLOCK_BEHIND: EXIT.unchecked,
  RACE_LOST: EXIT.unchecked,
  LOCKED: EXIT.unchecked,
};

/** The exit status that an error stands for. */
export function statusOf(error: unknown): number {
  if (error instanceof UsageError || error instanceof FormatError || error instanceof KeyFileError)
    return EXIT.usage;
  if (error instanceof VerifyError) return error.code === 'MALFORMED' ? EXIT.usage : EXIT.fails;
  if (error instanceof MerkleError || error instanceof MisbehaviourError) return EXIT.fails;
  if (error instanceof MonitorStateError) return EXIT.usage;
  if (error instanceof HttpError) return error.code === 'BAD_ADDRESS' ? EXIT.usage : EXIT.unchecked;
  if (error instanceof LogError) return LOG_STATUS[error.code];
  const unreadable = ['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EEXIST'];
  return unreadable.includes(systemCode(error) ?? '') ? EXIT.usage : EXIT.unchecked;
}

export type Command = (args: readonly string[], io: CommandIo) => Promise<number>;

/** `socai <name> <subcommand>`: runs the subcommand; its errors become a line on standard error and an exit status. */
export function subcommandsOf(
  name: string,
  usage: string,
  subcommands: Readonly<Record<string, Command>>,
): Command {
  return async ([subcommand = '', ...rest], io) => {
    const run = Object.hasOwn(subcommands, subcommand) ? subcommands[subcommand] : undefined;
    if (run === undefined) {
      io.stderr.write(usage);
      return EXIT.usage;
    }
    try {
      return await run(rest, io);
    } catch (error) {
      io.stderr.write(`socai ${name} ${subcommand}: ${describeError(error)}\n`);
      if (error instanceof UsageError) io.stderr.write(usage);
      return statusOf(error);
    }
  };
}
