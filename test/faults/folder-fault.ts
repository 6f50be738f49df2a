/**
 * One append by the real command to a log in a folder, with one fault in one system call, and what has to be true
 * afterwards. The log has 250 entries; 1,010 more make two commits that cross four borders of 256 entries.
 */
import { cp, mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { equal, toBase64, utf8 } from '#ledger/format/bytes.js';
import { leafHash } from '#ledger/format/hash.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { fsck } from '#ledger/verify/fsck.js';
import { createFolderLog, openFolderLog, readFolderKey } from '#ledger-node/folder-sequencer.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { aimAt, callMet, runTraced, type Aim, type Call, type TracedRun } from './strace.js';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const MAIN = join(PROJECT, 'dist/apps/cli/src/main.js');
const NAMES = fileURLToPath(new URL('./steady-names.mjs', import.meta.url));
const ORIGIN = 'raw.example/log';
const BEFORE = 250;
const GIVEN = 1010;

const texts = (what: string, count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => utf8(`${what} ${String(i)}`));

/** A scratch folder with a log to be copied for each try. */
export class FaultyAppend {
  readonly folder: string;
  private readonly template: string;
  private calls: readonly Call[] = [];

  private constructor(private readonly scratch: string) {
    this.folder = join(scratch, 'log');
    this.template = join(scratch, 'template');
  }

  static async make(): Promise<FaultyAppend> {
    const made = new FaultyAppend(await realpath(await mkdtemp(join(tmpdir(), 'socai-faults-'))));
    await createFolderLog(made.template, ORIGIN, undefined);
    await append(made.template, texts('before', BEFORE));
    return made;
  }

  drop(): Promise<void> {
    return rm(this.scratch, { recursive: true, force: true });
  }

  /** Puts the log back to what it was before the run, as an operator must never do. */
  async rollBack(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    await cp(this.template, this.folder, { recursive: true });
  }

  /** A run without a fault: the calls on the folder, in order. */
  async count(): Promise<TracedRun> {
    const run = await this.run();
    if (this.calls.length === 0) this.calls = run.calls;
    return run;
  }

  /** Whether strace can tell a call (of `count`'s) from another thread's of the same number. */
  isDistinct(call: Call): boolean {
    return aimAt(call, this.calls) !== undefined;
  }

  /** A run in which `call` (of `count`'s, and distinct) meets `how`. */
  async inject(call: Call, how: string): Promise<TracedRun> {
    const aim = aimAt(call, this.calls);
    if (aim === undefined) throw new Error(`${labelOf(call)} cannot be told from another thread's`);
    const run = await this.run(aim, how);
    const met = callMet(run, aim);
    const reached = how.startsWith('SIG') ? run.status === null || run.status === 137 : met.injected;
    if (!reached) throw new Error(`${how} did not reach ${labelOf(call)}`);
    return run;
  }

  /**
   * What is wrong after a run: the log has to open, every acknowledged entry has to be at its index, nothing but what
   * was given may be there, a full fsck has to find nothing, other entries have to go in where the run ended, and every
   * checkpoint that was ever written, before or after, has to be of this one history. Empty when all of that holds.
   */
  async problems(run: TracedRun): Promise<string[]> {
    // The trace shows what was written to the watched files only.
    const written = [run.trace.replaceAll('\\n', '\n'), ...(await this.checkpointsOnDisk())].join('\n');
    const given = texts('given', GIVEN);
    await append(this.folder, []);
    const after = await entriesOf(this.folder);
    const problems = await findings(this.folder);
    const expected = [...texts('before', BEFORE), ...given].slice(0, after.length);
    expected.forEach((entry, i) => {
      if (!equal(entry, after[i] as Uint8Array)) problems.push(`entry ${String(i)} is not what was given`);
    });
    for (const [index, hash] of acknowledged(run)) {
      const entry = after[index];
      if (entry === undefined) problems.push(`acknowledged entry ${String(index)} is lost`);
      else if (toBase64(leafHash(entry)) !== hash) problems.push(`entry ${String(index)} has another hash`);
    }
    // Other entries at the same places: a checkpoint that was signed for lost ones would now be a fork.
    await append(this.folder, texts('other', 1000));
    await append(this.folder, texts('another', 10));
    problems.push(...(await findings(this.folder)));
    const tree = await treeOf(this.folder);
    if (tree.size !== after.length + 1010)
      problems.push(`the log did not go on: ${String(tree.size)} entries`);
    for (const [, size = '', root = ''] of written.matchAll(/raw\.example\/log\n(\d+)\n([\w+/]{43}=)\n/g)) {
      const same = Number(size) <= tree.size && toBase64(await tree.rootAt(Number(size))) === root;
      if (!same) problems.push(`a checkpoint of ${size} entries with root ${root} was written: a fork`);
    }
    return problems;
  }

  /** The checkpoint, and whatever a crash left half done. */
  private async checkpointsOnDisk(): Promise<string[]> {
    const temporary = join(this.folder, '.tmp');
    const left = await readdir(temporary).catch(() => []);
    const paths = [join(this.folder, 'checkpoint'), ...left.map((name) => join(temporary, name))];
    return Promise.all(paths.map((path) => readFile(path, 'latin1')));
  }

  private async run(aim?: Aim, how?: string): Promise<TracedRun> {
    await this.rollBack();
    const given = texts('given', GIVEN).map((entry) => `${toBase64(entry)}\n`);
    const command = {
      args: ['--import', NAMES, MAIN, 'ledger', 'append', '--dir', this.folder],
      stdin: given.join(''),
      folder: this.folder,
      traceFile: join(this.scratch, 'trace'),
    };
    return runTraced(command, aim, how);
  }
}

/** The entries a run has acknowledged: index and leaf hash in base64. */
export function acknowledged({ stdout }: TracedRun): [number, string][] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' '))
    .map(([index = '', hash = '']) => [Number(index), hash]);
}

/** A call in a few words: "rename .tmp/… tile/0/001". */
export function labelOf({ name, ordinal, files }: Call): string {
  return `${name} ${files.map((file) => (file === '' ? 'the folder' : file)).join(' ')} (${String(ordinal)})`;
}

async function append(folder: string, entries: readonly Uint8Array[]): Promise<void> {
  const log = await openFolderLog(folder, 'raw', () => 0, undefined);
  try {
    log.store.add(entries.map((entry, i) => ({ id: String(i), kind: 'raw', entry })));
    await log.sequencer.flush();
  } finally {
    await log.close();
  }
}

async function findings(folder: string): Promise<string[]> {
  const found: string[] = [];
  const onFinding = ({ code, where, detail }: { code: string; where: string; detail: string }) =>
    found.push(`fsck: ${code} ${where}: ${detail}`);
  await fsck(new FolderTileStore(folder), await readFolderKey(folder), { crypto: nodeCrypto, onFinding });
  return found;
}

async function entriesOf(folder: string): Promise<readonly Uint8Array[]> {
  const log = await openFolderLog(folder, 'raw', () => 0, undefined);
  try {
    const { size } = await log.store.readState();
    return await log.store.readEntries(0, size);
  } finally {
    await log.close();
  }
}

async function treeOf(folder: string): Promise<TileTree> {
  const log = await openFolderLog(folder, 'raw', () => 0, undefined);
  await log.close();
  const { size, root } = await log.store.readState();
  return new TileTree(size, root, new FolderTileStore(folder), nodeCrypto.sha256);
}
