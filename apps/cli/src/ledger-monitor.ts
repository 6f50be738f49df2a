/** `socai ledger monitor`: follows logs as a stranger does. `socai ledger misbehaviour`: checks what a monitor found. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { toBase64 } from '#ledger/format/bytes.js';
import { schoolOfOrigin } from '#ledger/format/leaf.js';
import { parsePolicy } from '#ledger/format/policy.js';
import { parseDecimal } from '#ledger/format/text.js';
import type { TrustBundle } from '#ledger/format/trust.js';
import type { LogReader } from '#ledger/verify/fsck.js';
import { checkMisbehaviour } from '#ledger/verify/misbehaviour.js';
import { weightOf, type MonitorEvent, type Weight } from '#ledger/verify/monitor-events.js';
import { look } from '#ledger/verify/monitor.js';
import type { PolicyAt } from '#ledger/verify/signed.js';
import { checkTrust, policyFor } from '#ledger/verify/trust.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { HttpError } from '#ledger-node/http-get.js';
import { HttpLogReader } from '#ledger-node/http-log.js';
import { PROOF_FILE } from '#ledger-node/misbehaviour-folder.js';
import { MonitorFolder } from '#ledger-node/monitor-folder.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { EXIT, type CommandIo } from './io.js';
import { compareWithDirectory, type BundleInForce, type FollowedLog } from './ledger-anchors.js';
import { parseOptions, UsageError } from './options.js';

export const MONITOR_USAGE = `       socai ledger monitor --url URL | --dir D  --policy P [--origin O] --state S [--once | --interval SECONDS] [--json]
       socai ledger monitor --url BASE --trust BUNDLE --state S [--once | --interval SECONDS] [--json]
                                                    every log of the bundle, at BASE/<school> and BASE/directory
       socai ledger misbehaviour --policy P | --trust BUNDLE  --file F
`;

interface MonitorArguments {
  readonly url?: string;
  readonly dir?: string;
  readonly policy?: string;
  readonly trust?: string;
  readonly origin?: string;
  readonly state: string;
  /** Undefined: once. */
  readonly intervalMs?: number;
  readonly json: boolean;
}

/** A log to look at, and the folder of what is remembered of it. */
interface Watched extends FollowedLog {
  readonly log: LogReader;
  readonly policyAt: PolicyAt;
}

const DEFAULT_INTERVAL_S = 300;
const LONGEST_INTERVAL_S = 86_400;

/** The status of the last look: 1 for a fault, 3 for a doubt, else 0. Without --once it goes on until it is stopped. */
export async function monitorCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const given = readArguments(args);
  const stop = new AbortController();
  if (given.intervalMs !== undefined) void io.untilStopped?.().then(() => stop.abort());
  for (;;) {
    const status = await lookAtAll(given, io);
    if (given.intervalMs === undefined || stop.signal.aborted) return status;
    await sleep(given.intervalMs, undefined, { signal: stop.signal }).catch(() => undefined);
    if (stop.signal.aborted) return status;
  }
}

/** Whether a proof of misbehaviour holds: 0 and what it shows, or 1. */
export async function misbehaviourCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const { file = '', policy, trust } = parseOptions(args, ['file'], ['policy', 'trust']);
  const policyAt = await readPolicy({ policy, trust }, io);
  const checked = checkMisbehaviour(await readFile(file), policyAt, nodeCrypto);
  const checkpoints = checked.checkpoints.map(({ size, root, logKey, witnesses }) => ({
    size,
    root: toBase64(root),
    signedBy: logKey.name,
    witnesses: witnesses.map(({ name, time }) => ({ name, at: new Date(time * 1000).toISOString() })),
  }));
  const { origin, kind, witnessesOfBoth } = checked;
  io.stdout.write(`${JSON.stringify({ origin, kind, checkpoints, witnessesOfBoth })}\n`);
  return EXIT.ok;
}

async function lookAtAll(given: MonitorArguments, io: CommandIo): Promise<number> {
  const weights = new Set<Weight>();
  const tell = (log: FollowedLog, event: MonitorEvent): void => {
    weights.add(weightOf(event));
    io.stdout.write(formatEvent(event, log, given, io));
  };
  const trust = given.trust === undefined ? undefined : await readTrust(given.trust, io);
  const watched = trust === undefined ? [await watchedOf(given, io)] : watchedIn(trust.bundle, given);
  for (const log of watched) await lookAtOne(log, (event) => tell(log, event), io);
  if (trust !== undefined) await compareWithDirectory(trust, watched, tell);
  return weights.has('fault') ? EXIT.fails : weights.has('doubt') ? EXIT.unchecked : EXIT.ok;
}

async function lookAtOne(
  { origin, log, policyAt, folder }: Watched,
  onEvent: (event: MonitorEvent) => void,
  io: CommandIo,
): Promise<void> {
  const store = await MonitorFolder.open(folder, origin);
  try {
    const options = { log, origin, policyAt, store, now: io.now().getTime(), onEvent, crypto: nodeCrypto };
    await look(store.remembered, options);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    onEvent({ code: 'UNREACHABLE', where: 'log', detail: error.message });
  } finally {
    await store.close();
  }
}

function formatEvent(
  event: MonitorEvent,
  { origin, folder }: FollowedLog,
  given: MonitorArguments,
  io: CommandIo,
): string {
  const { code, where, detail } = event;
  const at = io.now().toISOString();
  const proof =
    event.proof === undefined ? undefined : join(folder, MonitorFolder.proofFolder(event.proof), PROOF_FILE);
  if (given.json)
    return `${JSON.stringify({ at, origin, code, weight: weightOf(event), where, detail, proof })}\n`;
  return `${at} ${origin} ${code} ${where}: ${detail}${proof === undefined ? '' : `; proof: ${proof}`}\n`;
}

/** The one log of --policy. */
async function watchedOf(given: MonitorArguments, io: CommandIo): Promise<Watched> {
  const policyAt = await readPolicy(given, io);
  const origin = given.origin ?? (await onlyOrigin(given.policy ?? ''));
  return { origin, log: await openLog(given), policyAt, folder: given.state };
}

/** All logs of a bundle, its directory first: each below --url under what its origin ends with. */
function watchedIn(bundle: TrustBundle, { url = '', state }: MonitorArguments): Watched[] {
  const base = url.replace(/\/+$/, '');
  const directory = bundle.directory === undefined ? [] : [bundle.directory];
  const keys = [...directory, ...bundle.schools.flatMap(({ logs }) => logs.map(({ key }) => key))];
  const policyAt: PolicyAt = (origin, size) => policyFor(bundle, origin, size);
  return [...new Set(keys.map(({ name }) => name))].map((origin) => {
    const name = encodeURIComponent(schoolOfOrigin(origin));
    if (name.startsWith('.')) throw new UsageError(`the log ${origin} can have no folder of its own`);
    return { origin, log: new HttpLogReader(`${base}/${name}`), policyAt, folder: join(state, name) };
  });
}

async function readTrust(path: string, io: CommandIo): Promise<BundleInForce> {
  const note = new Uint8Array(await readFile(path));
  return { note, bundle: checkTrust(note, io.now().getTime(), { crypto: nodeCrypto }).bundle };
}

async function openLog({ url, dir }: MonitorArguments): Promise<LogReader> {
  if (url !== undefined) return new HttpLogReader(url);
  const folder = dir ?? '';
  if (!(await stat(folder)).isDirectory()) throw new UsageError(`${folder} is not a folder`);
  return new FolderTileStore(folder);
}

async function onlyOrigin(policy: string): Promise<string> {
  const origins = new Set(parsePolicy(await readFile(policy)).logs.map(({ key }) => key.name));
  const [origin] = origins;
  if (origin === undefined) throw new UsageError(`${policy} names no log`);
  if (origins.size > 1) throw new UsageError(`${policy} names several logs: say which with --origin`);
  return origin;
}

async function readPolicy(
  { policy, trust }: { readonly policy?: string | undefined; readonly trust?: string | undefined },
  io: CommandIo,
): Promise<PolicyAt> {
  if ((policy === undefined) === (trust === undefined))
    throw new UsageError('either --policy or --trust is needed');
  if (trust !== undefined) {
    const { bundle } = await readTrust(trust, io);
    return (origin, size) => policyFor(bundle, origin, size);
  }
  const parsed = parsePolicy(await readFile(policy ?? ''));
  return () => parsed;
}

function readArguments(args: readonly string[]): MonitorArguments {
  const { url, dir, policy, trust, origin, state, interval, once = false, json = false } = parse(args);
  if (state === undefined) throw new UsageError('missing: --state');
  if ((url === undefined) === (dir === undefined)) throw new UsageError('either --url or --dir is needed');
  if (trust !== undefined && (url === undefined || policy !== undefined || origin !== undefined))
    throw new UsageError('--trust goes with --url, and without --policy and --origin');
  if (once && interval !== undefined) throw new UsageError('--once and --interval exclude each other');
  return {
    state,
    json,
    ...(url === undefined ? {} : { url }),
    ...(dir === undefined ? {} : { dir }),
    ...(policy === undefined ? {} : { policy }),
    ...(trust === undefined ? {} : { trust }),
    ...(origin === undefined ? {} : { origin }),
    ...(once ? {} : { intervalMs: 1000 * readInterval(interval) }),
  };
}

function readInterval(interval: string | undefined): number {
  const seconds = interval === undefined ? DEFAULT_INTERVAL_S : parseDecimal(interval);
  if (seconds >= 1 && seconds <= LONGEST_INTERVAL_S) return seconds;
  throw new UsageError(`--interval is 1 to ${String(LONGEST_INTERVAL_S)} seconds`);
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    url: text,
    dir: text,
    policy: text,
    trust: text,
    origin: text,
    state: text,
    interval: text,
    once: flag,
    json: flag,
  };
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
