/** What a stranger and an inspector can check of the files that the story left. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { WeakAct } from '#api/audit/report.js';
import { openDatabase } from '#api/database/data-source.js';
import type { DemoSlug } from '#fixtures/model.js';
import { extractDocument } from '#pdf-fill/attachment.js';
import { documentHash } from '#transcript/canonical.js';
import { formatVerificationCode } from '#transcript/verification-code.js';
import { auditCommand } from '../audit.js';
import { EXIT, type CommandIo } from '../io.js';
import { verifyCommand } from '../verify.js';
import { expect, type Steps } from './steps.js';

interface Verdict {
  readonly verdict: string;
  readonly code: string | null;
  readonly demo: boolean;
  readonly reasons: readonly string[];
  readonly ledger?: { readonly index: number };
}

type Command = (args: readonly string[], io: CommandIo) => Promise<number>;

/** Runs a command as the shell would; answers its status and what it printed. */
async function run(
  command: Command,
  args: readonly string[],
  io: CommandIo,
): Promise<{ status: number; text: string }> {
  const stdout = new PassThrough();
  const chunks: Buffer[] = [];
  stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const status = await command(args, { ...io, stdout });
  return { status, text: Buffer.concat(chunks).toString('utf8') };
}

async function verdicts(
  args: readonly string[],
  io: CommandIo,
): Promise<{ status: number; verdicts: Verdict[] }> {
  const { status, text } = await run(verifyCommand, [...args, '--json'], io);
  return {
    status,
    verdicts: text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Verdict),
  };
}

/** Step 7: verification, offline, by code, and of a file with one byte changed. */
export async function checkVerification(world: {
  out: string;
  dataDir: string;
  url: string;
  files: readonly string[];
  steps: Steps;
  io: CommandIo;
}): Promise<void> {
  const { out, dataDir, url, files, steps, io } = world;
  const trust = join(dataDir, 'trust', 'bundle');
  const first = files[0] ?? '';
  steps.title('Ai cũng kiểm chứng được, không cần tin nhà trường');
  await steps.do(
    '7.1',
    `socai verify: ${files.length} học bạ, không cần mạng`,
    'tất cả valid, và nói rõ DEMO',
    async () => {
      const answer = await verdicts([...files, '--trust', trust], io);
      const wrong = answer.verdicts.find((v) => v.verdict !== 'valid' || !v.demo);
      expect(wrong === undefined, JSON.stringify(wrong));
      expect(answer.status === EXIT.ok, `exit status ${answer.status}`);
    },
  );
  await steps.do(
    '7.2',
    'Không có gói tin cậy',
    'unchecked ISSUER_NOT_TRUSTED: không biết thì không nói là giả',
    async () => {
      const answer = await verdicts([first], {
        ...io,
        env: { ...io.env, SOCAI_TRUST: '', SOCAI_DATA_DIR: join(out, 'nowhere') },
      });
      expect(
        answer.verdicts[0]?.verdict === 'unchecked' && answer.verdicts[0].code === 'ISSUER_NOT_TRUSTED',
        JSON.stringify(answer),
      );
    },
  );
  await steps.do(
    '7.3',
    'Đổi một byte trong tệp',
    (why: string) => `invalid: ${why}`,
    async () => {
      const bytes = await readFile(first);
      const changed = join(out, `changed-${basename(first)}`);
      const middle = Math.floor(bytes.length / 2);
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      await writeFile(changed, bytes);
      const [verdict] = (await verdicts([changed, '--trust', trust], io)).verdicts;
      expect(verdict?.verdict === 'invalid', JSON.stringify(verdict));
      return `${verdict?.code ?? ''} ${verdict?.reasons[0] ?? ''}`;
    },
  );
  await steps.do(
    '7.4',
    'Mã xác thực in trên trang, hỏi máy chủ',
    'valid, không một dữ liệu cá nhân nào đi ra',
    async () => {
      const document = extractDocument(new Uint8Array(await readFile(first)));
      const code = formatVerificationCode(documentHash(document ?? new Uint8Array()));
      const answer = await verdicts(['--hash', code, '--url', url, '--trust', trust], io);
      expect(answer.verdicts[0]?.verdict === 'valid', JSON.stringify(answer));
    },
  );
}

/** Step 7: the audit is clean, and names a mark that someone changed with SQL. */
export async function checkAudit(world: {
  out: string;
  dataDir: string;
  slugs: readonly DemoSlug[];
  steps: Steps;
  io: CommandIo;
}): Promise<void> {
  const { out, dataDir, slugs, steps, io } = world;
  await steps.do(
    '7.5',
    'socai audit',
    (weak: readonly WeakAct[]) =>
      `sổ của trường không bị sửa, mọi chữ kí của khóa truy cập đúng; ${weak.length} lần xác nhận bằng mã 6 chữ số, ghi là yếu`,
    async () => {
      const { status, text } = await run(auditCommand, ['--data', dataDir, '--json'], io);
      expect(status === EXIT.ok, text);
      const { weak } = JSON.parse(text) as { weak: readonly WeakAct[] };
      const onPurpose = weak.filter(({ action }) => action === 'transcript.sign.homeroom');
      expect(weak.length === slugs.length && onPurpose.length === slugs.length, text);
      return weak;
    },
  );
  const tampered = join(out, 'tampered');
  const mark = await steps.do(
    '7.6',
    'Một người có quyền SQL sửa thẳng một điểm trong bản sao',
    'không qua phần mềm',
    async () => {
      await cp(dataDir, tampered, { recursive: true });
      return changeOneMark(tampered);
    },
  );
  await steps.do(
    '7.7',
    'socai audit trên bản sao ấy',
    (text: string) => text,
    async () => {
      const { status, text } = await run(auditCommand, ['--data', tampered, '--json'], io);
      const report = JSON.parse(text) as { findings: { code: string; table: string; id: string }[] };
      const found = report.findings.find((finding) => finding.table === 'marks' && finding.id.includes(mark));
      expect(status === EXIT.fails && found !== undefined, text);
      return `chỉ đúng dòng bị sửa: ${found?.code ?? ''} marks ${mark}`;
    },
  );
}

async function changeOneMark(dataDir: string): Promise<string> {
  const opened = await openDatabase({ engine: 'sqlite', file: join(dataDir, 'socai.sqlite') });
  try {
    return await opened.database.write(async (tx) => {
      const rows = await tx.query<{ id: string }[]>(
        "SELECT id FROM marks WHERE state = 'recorded' AND column_code IN ('GK', 'KTDK') ORDER BY id LIMIT 1",
      );
      const id = rows[0]?.id ?? '';
      await tx.query(`UPDATE marks SET value = '10' WHERE id = '${id}'`);
      return id;
    });
  } finally {
    await opened.close();
  }
}
