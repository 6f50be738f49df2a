/** Accounts of the demo schools: one password made on first start, a TOTP secret each, written to the data folder. */
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredPasskey } from '#fixtures/play/software-passkey.js';
import type { Config } from '../config.js';
import { hashPassword } from '../identity/passwords.js';
import { newTotpSecret } from '../identity/totp.js';

/** One demo account as written to demo-accounts.json. */
export interface DemoAccount {
  readonly school: string;
  readonly personId: string;
  readonly username: string;
  readonly fullName: string;
  readonly title: string;
  readonly roles: readonly string[];
  readonly password: string;
  readonly totpSecret: string;
  /** Of those who approve, sign or seal; the private key is in it. */
  readonly passkey?: StoredPasskey;
}

const WORDS = [
  'sen',
  'tre',
  'lua',
  'dua',
  'mai',
  'cau',
  'que',
  'nhan',
  'buoi',
  'xoai',
  'gao',
  'muoi',
  'trau',
  'song',
  'ghe',
  'den',
];

/** A password that a person can type: three words and four digits. */
function demoPassword(): string {
  const words = Array.from({ length: 3 }, () => WORDS[randomInt(WORDS.length)]);
  return `${words.join('-')}-${String(randomInt(10_000)).padStart(4, '0')}`;
}

/** The one password's hash for all demo accounts, made once: argon2id is slow on purpose. */
export class DemoPasswords {
  private constructor(
    readonly password: string,
    readonly hash: string,
  ) {}

  static async make(): Promise<DemoPasswords> {
    const password = demoPassword();
    return new DemoPasswords(password, await hashPassword(password));
  }

  /** A second factor for one account. */
  totpSecret(): string {
    return newTotpSecret();
  }
}

/** Writes the accounts where the person who started the demo finds them; readable by that person alone. */
export async function writeDemoAccounts(dataDir: string, accounts: readonly DemoAccount[]): Promise<void> {
  const file = await open(join(dataDir, DEMO_ACCOUNTS_FILE), 'wx', 0o600);
  await file.writeFile(`${JSON.stringify({ accounts }, null, 1)}\n`);
  await file.sync();
  await file.close();
}

/** Name of the accounts' file in the data folder. */
export const DEMO_ACCOUNTS_FILE = 'demo-accounts.json';

/** Whether the demo was already made here. */
export function demoIsThere(config: Pick<Config, 'dataDir'>): boolean {
  return existsSync(join(config.dataDir, DEMO_ACCOUNTS_FILE));
}
