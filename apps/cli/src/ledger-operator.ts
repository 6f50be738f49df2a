/**
 * `socai ledger rotate|revoke|close|freeze|thaw|compare|rebuild`: what an operator does to a log's keys and files, in a
 * folder (`--dir`), or for a school of an installation (`--data`, whether its server is running or not).
 */
import { resolve } from 'node:path';
import { RotationError, type KeyRotation } from '#api/ledger-host/key-rotation.js';
import {
  compareSchool,
  installationIn,
  NothingThereError,
  rebuildSchool,
  rotateKeys,
  schoolsWithLogs,
} from '#api/ledger-host/operator.js';
import { formatVkey } from '#ledger/format/note.js';
import { parseDecimal } from '#ledger/format/text.js';
import {
  beginRotation,
  closeFolderLog,
  finishRotation,
  freezeFolderLog,
  replaceStolenKey,
  thawFolderLog,
  type KeyHolder,
} from '#ledger-node/folder-rotation.js';
import { EXIT, type CommandIo } from './io.js';
import { parseOptions, passphraseOf, UsageError, type Options } from './options.js';

/** One step for a log in a folder and for one in a database; each answers the line to print. */
interface KeyStep {
  readonly options: readonly string[];
  inFolder(dir: string, holder: KeyHolder, options: Options): Promise<string>;
  inInstallation(rotation: KeyRotation, slug: string, options: Options): Promise<string>;
}

const WAITS = '(waits in the outbox; the server does it within seconds, or when it starts)';

const STEPS: Readonly<Record<string, KeyStep>> = {
  rotate: {
    options: ['step'],
    inFolder: async (dir, holder, { step = '' }) => {
      if (isBegin(step)) return `begun ${formatVkey(await beginRotation(dir, holder))}`;
      return `finished ${formatVkey(await finishRotation(dir, holder))}`;
    },
    inInstallation: async (rotation, slug, { step = '' }) => {
      if (isBegin(step)) return `begun ${await rotation.begin(slug)} ${WAITS}`;
      return `retired ${await rotation.finish(slug)} ${WAITS}`;
    },
  },
  revoke: {
    options: ['invalid-from'],
    inFolder: async (dir, holder, { 'invalid-from': size = '' }) =>
      `revoked; signs now ${formatVkey(await replaceStolenKey(dir, parseDecimal(size), holder))}`,
    inInstallation: async (rotation, slug, { 'invalid-from': size = '' }) =>
      `revoked; signs next ${await rotation.replaceStolen(slug, parseDecimal(size))} ${WAITS}`,
  },
  close: {
    options: [],
    inFolder: async (dir, holder) => {
      await closeFolderLog(dir, holder);
      return 'closed';
    },
    inInstallation: async (rotation, slug) => {
      await rotation.close(slug);
      return `closed ${WAITS}`;
    },
  },
  freeze: {
    options: ['reason'],
    inFolder: async (dir, _holder, { reason = '' }) => {
      await freezeFolderLog(dir, reason);
      return 'frozen';
    },
    inInstallation: async (rotation, slug, { reason = '' }) => {
      await rotation.freeze(slug, reason);
      return 'frozen';
    },
  },
  thaw: {
    options: [],
    inFolder: async (dir) => {
      await thawFolderLog(dir);
      return 'thawed';
    },
    inInstallation: async (rotation, slug) => {
      await rotation.thaw(slug);
      return 'thawed';
    },
  },
};

/** Runs one of the operator's subcommands. What he named that is not there, or whose turn it is not: UsageError. */
export async function operate(name: string, args: readonly string[], io: CommandIo): Promise<number> {
  try {
    const step = Object.hasOwn(STEPS, name) ? STEPS[name] : undefined;
    if (step !== undefined) return await takeStep(step, args, io);
    return await (name === 'compare' ? compare : rebuild)(args, io);
  } catch (error) {
    if (!(error instanceof RotationError || error instanceof NothingThereError)) throw error;
    throw new UsageError(`${error.code}: ${error.message}`);
  }
}

async function takeStep(step: KeyStep, args: readonly string[], io: CommandIo): Promise<number> {
  const options = parseOptions(args, step.options, ['dir', 'data', 'school']);
  const { dir, data, school } = options;
  if ((dir === undefined) === (data === undefined)) throw new UsageError('give --dir or --data');
  if (dir !== undefined) {
    const holder = { clock: () => io.now().getTime(), passphrase: await passphraseOf(io) };
    io.stdout.write(`${await step.inFolder(dir, holder, options)}\n`);
    return EXIT.ok;
  }
  if (school === undefined) throw new UsageError('missing: --school');
  const config = await installationIn(resolve(data ?? ''), io.env);
  const line = await rotateKeys(config, (rotation) => step.inInstallation(rotation, school, options));
  io.stdout.write(`${line}\n`);
  return EXIT.ok;
}

async function compare(args: readonly string[], io: CommandIo): Promise<number> {
  const { data = '', school } = parseOptions(args, ['data'], ['school']);
  const config = await installationIn(resolve(data), io.env);
  let status: number = EXIT.ok;
  for (const slug of await schoolsWithLogs(config, school)) {
    const { entries, differences } = await compareSchool(config, slug);
    for (const { table, id, detail } of differences) io.stdout.write(`${slug} ${table} ${id}: ${detail}\n`);
    if (differences.length > 0) status = EXIT.fails;
    else io.stdout.write(`${slug} ok ${String(entries)} entries\n`);
  }
  return status;
}

async function rebuild(args: readonly string[], io: CommandIo): Promise<number> {
  const { data = '', school, to } = parseOptions(args, ['data'], ['school', 'to']);
  if (to !== undefined && school === undefined) throw new UsageError('--to takes the files of one --school');
  const config = await installationIn(resolve(data), io.env);
  let status: number = EXIT.ok;
  for (const slug of await schoolsWithLogs(config, school)) {
    const { size, written, kept, differing } = await rebuildSchool(config, slug, to);
    for (const path of differing)
      io.stdout.write(`${slug} ${path}: has other bytes than the database makes; left as it is\n`);
    if (differing.length > 0) status = EXIT.fails;
    io.stdout.write(
      `${slug} ${String(size)} entries: ${String(written)} files written, ${String(kept)} there already\n`,
    );
  }
  return status;
}

function isBegin(step: string): boolean {
  if (step === 'begin' || step === 'finish') return step === 'begin';
  throw new UsageError('--step is begin or finish');
}
