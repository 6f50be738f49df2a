/** `socai audit`: recomputes a data folder's journal and ledger, and names every row that differs. No server needed. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AuditInputError, auditInstallation, type InstallationAudit } from '#api/audit/audit-installation.js';
import { parseReceipt, ReceiptError } from '#api/audit/event-receipt.js';
import type { AuditReport } from '#api/audit/report.js';
import { FormatError } from '#ledger/format/errors.js';
import { parsePolicy } from '#ledger/format/policy.js';
import { EXIT, type CommandIo } from './io.js';

const USAGE = `usage: socai audit [--data DIR | --database URL] [--policy FILE] [--checkpoint FILE]… [--receipt FILE]… [--json]
  --data        the installation's data folder (SOCAI_DATA_DIR, else ./data)
  --database    postgres://… instead of the folder's own database
  --policy      a tlog-policy from outside: which keys and witnesses to believe
  --checkpoint  a checkpoint that was kept elsewhere; one for each log
  --receipt     a receipt that a teacher kept: is its event still in the journal?
`;

/** Wrong usage, or a file that cannot be read: exit status 2. */
class AuditUsageError extends Error {
  override readonly name = 'AuditUsageError';
}

/** Answers 0 only without findings, 1 with some, 2 for wrong usage or unreadable input, 3 for an unreachable database. */
export async function auditCommand(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    const { audit, json } = await readArguments(args, io);
    const report = await auditInstallation(audit);
    io.stdout.write(json ? `${JSON.stringify(report)}\n` : inWords(report));
    return report.ok ? EXIT.ok : EXIT.fails;
  } catch (error) {
    if (error instanceof AuditUsageError) {
      io.stderr.write(`socai audit: ${error.message}\n${USAGE}`);
      return EXIT.usage;
    }
    io.stderr.write(`socai audit: ${error instanceof Error ? error.message : String(error)}\n`);
    const unreadable = [AuditInputError, FormatError, ReceiptError].some((kind) => error instanceof kind);
    return unreadable ? EXIT.usage : EXIT.unchecked;
  }
}

async function readArguments(
  args: readonly string[],
  io: CommandIo,
): Promise<{ readonly audit: InstallationAudit; readonly json: boolean }> {
  const values = parse(args);
  const dataDir = resolve(values.data ?? (io.env['SOCAI_DATA_DIR'] || 'data'));
  const url = values.database ?? (values.data === undefined ? io.env['SOCAI_DATABASE_URL'] : undefined);
  if (url !== undefined && url !== '' && !/^postgres(ql)?:\/\//.test(url)) {
    throw new AuditUsageError('--database takes a postgres:// URL; name a SQLite installation with --data');
  }
  const policy = values.policy === undefined ? undefined : parsePolicy(await readInput(values.policy));
  const checkpoints = await Promise.all((values.checkpoint ?? []).map(readInput));
  const receipts = (await Promise.all((values.receipt ?? []).map(readInput))).map(parseReceipt);
  const database =
    url === undefined || url === ''
      ? ({ engine: 'sqlite', file: join(dataDir, 'socai.sqlite') } as const)
      : ({ engine: 'postgres', url } as const);
  const audit = { database, dataDir, ...(policy ? { policy } : {}), checkpoints, receipts, now: io.now() };
  return { audit, json: values.json ?? false };
}

function parse(args: readonly string[]) {
  try {
    const options = {
      data: { type: 'string' },
      database: { type: 'string' },
      policy: { type: 'string' },
      checkpoint: { type: 'string', multiple: true },
      receipt: { type: 'string', multiple: true },
      json: { type: 'boolean' },
    } as const;
    const { values } = parseArgs({ args: [...args], options, strict: true });
    return values;
  } catch (error) {
    throw new AuditUsageError(error instanceof Error ? error.message : String(error));
  }
}

async function readInput(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw new AuditUsageError(
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** The report for a person: the verdict first, then each row. */
function inWords({ ok, anchored, tail, weak, findings }: AuditReport): string {
  const lines = [
    ok ? 'ok: no row differs from the journal and the ledger' : `${String(findings.length)} finding(s):`,
    ...findings.map(({ code, table, id, detail }) => `  ${code}  ${table} ${id}: ${detail}`),
    anchored === 'external'
      ? 'anchored: external (policy and outside checkpoint hold)'
      : 'NOT_EXTERNALLY_ANCHORED: whoever holds this machine could have rewritten everything together; give --policy and --checkpoint from outside',
    `tail: ${String(tail)} event(s) after the last witnessed anchor can still be rewritten`,
    `weak: ${String(weak.length)} act(s) confirmed by TOTP, whose secret the server holds too`,
  ];
  return `${lines.join('\n')}\n`;
}
