/** `socai demo code`: the one-time code that a demo account's authenticator app would show now. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { generateSync } from 'otplib';
import type { PlayerAccount } from '#fixtures/play/client.js';
import { EXIT, type CommandIo } from '../io.js';

const STEP_SECONDS = 30;

/** Prints the code of one account of the demo schools; how long it is good for goes to standard error. */
export async function demoCodeCommand(
  args: readonly string[],
  usage: string,
  io: CommandIo,
): Promise<number> {
  const wanted = readWanted(args, io);
  if (wanted === null) {
    io.stderr.write(usage);
    return EXIT.usage;
  }
  const file = join(wanted.data, 'demo-accounts.json');
  const accounts = await readAccounts(file);
  if (accounts === null) {
    io.stderr.write(
      `socai demo code: ${file} is not there or cannot be read; start the demo with npm start\n`,
    );
    return EXIT.usage;
  }
  const found = accounts.filter(
    ({ username }) => username === wanted.account || username.startsWith(`${wanted.account}.`),
  );
  const [account] = found;
  if (account === undefined || found.length > 1) {
    const names = (found.length > 1 ? found : accounts).map(({ username }) => `  ${username}\n`);
    const why = found.length > 1 ? 'is the beginning of several accounts' : 'is no demo account';
    io.stderr.write(`socai demo code: ${wanted.account} ${why}:\n${names.join('')}`);
    return EXIT.usage;
  }
  const now = Math.floor(io.now().getTime() / 1000);
  io.stdout.write(`${generateSync({ secret: account.totpSecret, epoch: now })}\n`);
  const left = STEP_SECONDS - (now % STEP_SECONDS);
  io.stderr.write(`${account.username}: works once, and for ${String(left)} more seconds\n`);
  return EXIT.ok;
}

function readWanted(args: readonly string[], io: CommandIo): { account: string; data: string } | null {
  try {
    const options = { data: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [account] = positionals;
    if (account === undefined || positionals.length > 1) return null;
    return { account, data: resolve(values.data ?? (io.env['SOCAI_DATA_DIR'] || 'data')) };
  } catch {
    return null;
  }
}

async function readAccounts(file: string): Promise<readonly PlayerAccount[] | null> {
  try {
    return (JSON.parse(await readFile(file, 'utf8')) as { accounts: PlayerAccount[] }).accounts;
  } catch {
    return null;
  }
}
