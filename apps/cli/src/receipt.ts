/** `socai receipt`: a teacher's receipt of an event, checked offline: was it in the journal that the ledger anchored? */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkReceipt, parseReceipt, ReceiptError, type CheckedReceipt } from '#api/audit/event-receipt.js';
import { parsePolicy, type Policy } from '#ledger/format/policy.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { checkGrowth } from '#ledger/verify/consistency.js';
import { checkTrust, policyFor } from '#ledger/verify/trust.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseNote } from '#ledger/format/note.js';
import { EXIT, type CommandIo } from './io.js';
import { ledgerReader } from './ledger-reader.js';
import { describeError, statusOf, UsageError } from './options.js';
import { readRoots } from './trust-file.js';

const USAGE = `usage: socai receipt FILE… [--trust BUNDLE | --policy FILE] [--roots FILE] [--ledger DIR|URL] [--json]
  --trust    the trust bundle (SOCAI_TRUST, else the data folder's): the school's keys and the witnesses
  --policy   a tlog-policy instead
  --roots    who must have signed the bundle (SOCAI_TRUST_ROOTS, else the demo's)
  --ledger   the school's log as it is now: does it still hold what the receipt was proven in?
Whether the event is still in the school's database: socai audit --receipt FILE
`;

/** The keys and witnesses to believe for a log of that origin and size. */
type Believed = (origin: string, size: number) => Policy;

/** Answers 0 when every receipt holds, 1 when one does not, 2 for unreadable input, 3 for one not anchored yet. */
export async function receiptCommand(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    const { files, json, ledger, ...means } = readArguments(args);
    const believed = await readMeans(means, io);
    const statuses: number[] = [];
    for (const file of files) statuses.push(await checkOne(file, believed, ledger, json, io));
    return worst(statuses);
  } catch (error) {
    io.stderr.write(`socai receipt: ${describeError(error)}\n`);
    if (error instanceof UsageError) io.stderr.write(USAGE);
    return statusOf(error);
  }
}

async function checkOne(
  file: string,
  believed: Believed,
  ledger: string | undefined,
  json: boolean,
  io: CommandIo,
): Promise<number> {
  try {
    const receipt = parseReceipt(await readFile(file));
    const checked = checkReceipt(receipt, believed);
    if (ledger !== undefined) await checkLedger(checked, ledger, believed);
    const said = saidBy(receipt.event.seq, checked);
    io.stdout.write(json ? `${JSON.stringify({ file, ok: true, ...said })}\n` : inWords(file, said));
    return EXIT.ok;
  } catch (error) {
    const status = error instanceof ReceiptError ? STATUS[error.code] : statusOf(error);
    const detail = describeError(error);
    if (json) io.stdout.write(`${JSON.stringify({ file, ok: false, detail })}\n`);
    else io.stdout.write(`${file}: KHÔNG ĐỨNG VỮNG (does not hold): ${detail}\n`);
    return status;
  }
}

const STATUS = {
  MALFORMED: EXIT.usage,
  EVENT_NOT_COMMITTED: EXIT.fails,
  OTHER_ANCHOR: EXIT.fails,
  NOT_ANCHORED: EXIT.unchecked,
} as const;

/** The log as it is now must begin with the tree that the receipt was proven in: else the two together prove a fork. */
async function checkLedger({ proof }: CheckedReceipt, place: string, believed: Believed): Promise<void> {
  const reader = ledgerReader(place);
  const note = await reader.readCheckpoint();
  if (note === undefined) throw new UsageError(`there is no checkpoint in ${place}`);
  const { origin, size } = parseCheckpoint(parseNote(note).text);
  await checkGrowth(proof, checkCheckpoint(note, believed(origin, size), nodeCrypto), reader, nodeCrypto);
}

function saidBy(seq: number, { event, count, proof }: CheckedReceipt) {
  const { type, at, actor, data } = event;
  const { origin, index, size } = proof;
  const witnesses = proof.witnesses.map(({ name, time }) => ({
    name,
    at: new Date(time * 1000).toISOString(),
  }));
  return { event: { seq, type, at, actor, data }, ledger: { origin, index, size, events: count, witnesses } };
}

function inWords(file: string, { event, ledger }: ReturnType<typeof saidBy>): string {
  const witnesses = ledger.witnesses.map(({ name, at }) => `${name} (${at})`).join(', ');
  return [
    `${file}: ĐỨNG VỮNG (holds)`,
    `  sự kiện ${String(event.seq)} ${event.type} lúc ${event.at}: ${JSON.stringify(event.data)}`,
    `  Sổ Cái ${ledger.origin}, mục ${String(ledger.index)} / ${String(ledger.size)}: neo ${String(ledger.events)} sự kiện`,
    `  người làm chứng: ${witnesses === '' ? 'không đòi hỏi' : witnesses}`,
    '',
  ].join('\n');
}

/** One that does not hold is worse than one that cannot be read, and that than one that is too young. */
function worst(statuses: readonly number[]): number {
  return [EXIT.fails, EXIT.usage, EXIT.unchecked].find((status) => statuses.includes(status)) ?? EXIT.ok;
}

interface Means {
  readonly trust?: string;
  readonly policy?: string;
  readonly roots?: string;
}

async function readMeans({ trust, policy, roots }: Means, io: CommandIo): Promise<Believed> {
  if (policy !== undefined) {
    const given = parsePolicy(await readFile(policy));
    return () => given;
  }
  const { env } = io;
  const path = trust ?? (env['SOCAI_TRUST'] || join(env['SOCAI_DATA_DIR'] || 'data', 'trust', 'bundle'));
  const pinned = await readRoots(roots, io);
  const { bundle, demo } = checkTrust(await readFile(path), io.now().getTime(), {
    crypto: nodeCrypto,
    ...(pinned === undefined ? {} : { roots: pinned }),
  });
  if (demo) io.stderr.write('DEMO: no roots were named (--roots); the bundle is believed as it is\n');
  return (origin, size) => policyFor(bundle, origin, size);
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals: files } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        trust: { type: 'string' },
        policy: { type: 'string' },
        roots: { type: 'string' },
        ledger: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
    const { json = false, ...rest } = values;
    if (files.length === 0) throw new UsageError('name the receipts to check');
    if (rest.trust !== undefined && rest.policy !== undefined)
      throw new UsageError('either --trust or --policy');
    return { files, json, ...rest };
  } catch (error) {
    throw error instanceof UsageError
      ? error
      : new UsageError(error instanceof Error ? error.message : String(error));
  }
}
