/** What `npm start` prints once it serves: where to go, and with which accounts. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.js';
import { DEMO_ACCOUNTS_FILE, demoIsThere, type DemoAccount } from './demo-accounts.js';

/** Accounts worth showing, in this order: one of each kind of desk. */
const SHOWN = ['principal', 'vice-principal', 'it-officer', 'clerk', 'teacher'] as const;
const ROLE_NAMES: Readonly<Record<(typeof SHOWN)[number], string>> = {
  principal: 'Hiệu trưởng',
  'vice-principal': 'Phó Hiệu trưởng',
  'it-officer': 'Nhân viên CNTT',
  clerk: 'Văn thư',
  teacher: 'Giáo viên',
};

/** The lines to print. */
export async function welcome(config: Config, listening: string): Promise<string[]> {
  const address =
    config.host === '127.0.0.1'
      ? config.publicUrl.replace(/:\d+$/, `:${new URL(listening).port}`)
      : listening;
  const lines = [`Sổ Cái đang chạy (ready): ${address}`];
  if (!demoIsThere(config)) return lines;
  const file = join(config.dataDir, DEMO_ACCOUNTS_FILE);
  const { accounts } = JSON.parse(await readFile(file, 'utf8')) as { accounts: DemoAccount[] };
  const shown = [...new Set(accounts.map((a) => a.school))].flatMap((school) =>
    SHOWN.flatMap((role) => {
      const account = accounts.find(
        (a) =>
          a.school === school &&
          a.roles.includes(role) &&
          (role !== 'teacher' || a.username.startsWith('gv.')),
      );
      return account === undefined
        ? []
        : [`  ${account.username.padEnd(30)} ${ROLE_NAMES[role]}, ${account.fullName}`];
    }),
  );
  return [
    ...lines,
    `Kiểm chứng học bạ (verify a transcript): ${address}/kiem-chung`,
    `TRƯỜNG MINH HỌA / DEMO. Mật khẩu của mọi tài khoản (password of every account): ${accounts[0]?.password ?? ''}`,
    ...shown,
    'Mã xác thực lần hai, mỗi mã dùng một lần (second factor of an account, each code once):',
    `  npm run -s socai -- demo code ${accounts.find((a) => a.roles.includes('vice-principal'))?.username ?? 'TÊN'}`,
    `Mọi tài khoản (all accounts): ${file}`,
  ];
}
