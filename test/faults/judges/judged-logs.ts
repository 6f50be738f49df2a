/** Logs for the judges: a good one, and one for each way in which a log can be wrong. */
import { cp, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toBase64, utf8 } from '#ledger/format/bytes.js';
import { leafHash } from '#ledger/format/hash.js';
import { formatLeaf, genesis, schoolOfOrigin } from '#ledger/format/leaf.js';
import { formatVkey } from '#ledger/format/note.js';
import type { Policy } from '#ledger/format/policy.js';
import { createFolderLog, openFolderLog } from '#ledger-node/folder-sequencer.js';
import { documentEvent, ORIGIN, START } from '../../../ledger/test/logs.js';
import { logVkey, policy, witnessedLog, witnessVkeys } from '../../conformance/witnessed-log.js';

export interface JudgedLog {
  readonly folder: string;
  readonly vkey: string;
  readonly policy: Policy;
  readonly witnesses: readonly string[];
}

const NO_WITNESS = { witnesses: [], groups: [], quorum: null };

type Damage = (folder: string) => Promise<unknown>;

/** What is done to a good log of 600 entries, grown by 250 a time. */
const DAMAGES: Readonly<Record<string, Damage>> = {
  'a good log': () => Promise.resolve(),
  'an entry changed': (folder) => flip(join(folder, 'tile/entries/001'), 40),
  'the length of an entry changed': (folder) => flip(join(folder, 'tile/entries/001'), 1),
  'a bundle cut off': (folder) => truncate(join(folder, 'tile/entries/002.p/88'), 100),
  'a bundle missing': (folder) => rm(join(folder, 'tile/entries/001')),
  'a leaf hash changed': (folder) => flip(join(folder, 'tile/0/001'), 100),
  'a tile missing': (folder) => rm(join(folder, 'tile/0/002.p/88')),
  'a hash of level 1 changed': (folder) => flip(join(folder, 'tile/1/000.p/2'), 40),
  'the size in the checkpoint changed': (folder) => replace(join(folder, 'checkpoint'), '\n600\n', '\n500\n'),
  'another log’s name in the checkpoint': (folder) =>
    replace(join(folder, 'checkpoint'), 'conformance', 'elsewhere00'),
  'an extension line in the checkpoint': (folder) =>
    replace(join(folder, 'checkpoint'), '\n\n', '\nmore\n\n'),
  'the log’s signature changed': (folder) => changeSignature(folder, 'conformance.example/log'),
  'a cosignature changed': (folder) => changeSignature(folder, 'witness-2.example/w'),
  'a cosignature missing': (folder) => dropSignature(folder, 'witness-3.example/w'),
  'no checkpoint': (folder) => rm(join(folder, 'checkpoint')),
  'a partial tile of an earlier size changed': (folder) => flip(join(folder, 'tile/0/000.p/250'), 40),
  'a partial bundle of an earlier size changed': (folder) => flip(join(folder, 'tile/entries/001.p/244'), 40),
};

/** All logs, by what is wrong with them. */
export async function judgedLogs(scratch: string): Promise<Map<string, JudgedLog>> {
  const good = await witnessedLog(join(scratch, 'good'));
  await good.growTo(600, 250);
  const logs = new Map<string, JudgedLog>();
  for (const [what, damage] of Object.entries(DAMAGES)) {
    const folder = join(scratch, `log-${String(logs.size)}`);
    await cp(good.folder, folder, { recursive: true });
    await damage(folder);
    logs.set(what, { folder, vkey: logVkey, policy, witnesses: witnessVkeys });
  }
  logs.set('a school’s log, chained', await leafLog(join(scratch, 'chained'), false));
  logs.set(
    'a school’s log, its chain broken before it was signed',
    await leafLog(join(scratch, 'broken'), true),
  );
  return logs;
}

/** A log of leaves, put in as they are; when broken, entry 2 follows entry 0. */
async function leafLog(folder: string, broken: boolean): Promise<JudgedLog> {
  await mkdir(folder);
  const key = await createFolderLog(folder, ORIGIN, undefined);
  const vkey = formatVkey(key);
  const log = await openFolderLog(folder, 'raw', () => START, undefined);
  const place = { at: new Date(START).toISOString(), school: schoolOfOrigin(ORIGIN) };
  const entries: Uint8Array[] = [];
  for (let seq = 0; seq < 5; seq++) {
    const before = entries[broken && seq === 2 ? 0 : seq - 1];
    const prev = toBase64(before === undefined ? genesis(ORIGIN) : leafHash(before));
    const event = documentEvent(seq);
    const draft =
      seq === 0
        ? ({ type: 'log.opened', body: { origin: ORIGIN, vkey } } as const)
        : event.kind === 'leaf' && event.draft;
    if (draft !== false) entries.push(formatLeaf(draft, { seq, prev, ...place }));
  }
  log.store.add(entries.map((entry, i) => ({ id: String(i), kind: 'raw', entry })));
  await log.sequencer.flush();
  await log.close();
  return { folder, vkey, policy: { logs: [{ key }], ...NO_WITNESS }, witnesses: [] };
}

async function flip(path: string, at: number): Promise<void> {
  const bytes = await readFile(path);
  bytes[at] = (bytes[at] as number) ^ 1;
  await writeFile(path, bytes);
}

async function replace(path: string, from: string, to: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  if (!text.includes(from)) throw new Error(`there is no ${from} in ${path}`);
  await writeFile(path, utf8(text.replace(from, to)));
}

async function changeSignature(folder: string, name: string): Promise<void> {
  const path = join(folder, 'checkpoint');
  const line = await signatureOf(path, name);
  const at = line.length - 20;
  await replace(path, line, `${line.slice(0, at)}${line[at] === 'A' ? 'B' : 'A'}${line.slice(at + 1)}`);
}

async function dropSignature(folder: string, name: string): Promise<void> {
  const path = join(folder, 'checkpoint');
  await replace(path, `${await signatureOf(path, name)}\n`, '');
}

async function signatureOf(path: string, name: string): Promise<string> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.find((line) => line.startsWith(`— ${name} `)) ?? '';
}
