/** What an operator's commands do to an installation's logs, with the server running or not. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { rebuildTiles, type Rebuilt } from '#ledger/log/rebuild.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { Journal } from '../audit/journal.js';
import { viewLedger } from '../audit/ledger-check.js';
import { Clock } from '../clock.js';
import { loadConfig, type Config } from '../config.js';
import { openDatabase, openForAudit } from '../database/data-source.js';
import { installationPassphrase } from '../identity/installation-key.js';
import { InstallationSettings } from '../installation.module.js';
import { School } from '../school/school.entities.js';
import { entryStore } from './database-log-store.js';
import { KeyRotation } from './key-rotation.js';
import { KeyStore } from './key-store.js';
import { compareLedger, type Difference } from './ledger-compare.js';
import { LedgerLog } from './ledger.entities.js';

/** There is no installation where one looked, or no such school in it. */
export class NothingThereError extends Error {
  override readonly name = 'NothingThereError';
  readonly code = 'NOTHING_THERE';
}

/** The settings of the installation in a data folder; the rest is read from `env` as the server does. */
export async function installationIn(
  dataDir: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Config> {
  const config = loadConfig({ ...env, SOCAI_DATA_DIR: dataDir }, process.cwd());
  const { database } = config;
  if (database.engine === 'sqlite' && !(await isThere(database.file))) {
    throw new NothingThereError(`there is no database ${database.file}`);
  }
  return config;
}

/** Runs one step of {@link KeyRotation}, with the installation's keys. */
export async function rotateKeys<T>(config: Config, step: (rotation: KeyRotation) => Promise<T>): Promise<T> {
  if (!(await isThere(config.keyPassphraseFile))) {
    throw new NothingThereError(`there is no passphrase ${config.keyPassphraseFile} to open the keys with`);
  }
  const settings = new InstallationSettings(config, await installationPassphrase(config.keyPassphraseFile));
  const open = await openDatabase(config.database);
  try {
    return await step(new KeyRotation(open.database, new KeyStore(settings), new Journal(), new Clock()));
  } finally {
    await open.close();
  }
}

/** The schools that have a log, by slug; `only` one of them when it is given. */
export async function schoolsWithLogs(config: Config, only?: string): Promise<string[]> {
  const open = await openForAudit(config.database);
  try {
    const withLog = new Set((await open.read.find(LedgerLog)).map(({ schoolId }) => schoolId));
    const schools = await open.read.find(School, { order: { slug: 'ASC' } });
    const slugs = schools.filter(({ id }) => withLog.has(id)).map(({ slug }) => slug);
    if (only === undefined) return slugs;
    if (slugs.includes(only)) return [only];
    throw new NothingThereError(`there is no school ${only} with a log; there are: ${slugs.join(', ')}`);
  } finally {
    await open.close();
  }
}

export interface Comparison {
  readonly entries: number;
  readonly differences: readonly Difference[];
}

/** Compares a school's log in the database with itself and with its folder. */
export async function compareSchool(config: Config, slug: string): Promise<Comparison> {
  const first = await compareOnce(config, slug);
  if (first.differences.length === 0) return first;
  // A running server may have published between two looks: what really differs does so again.
  const again = await compareOnce(config, slug);
  const known = new Set(first.differences.map((difference) => JSON.stringify(difference)));
  const differences = again.differences.filter((difference) => known.has(JSON.stringify(difference)));
  return { ...again, differences };
}

async function compareOnce(config: Config, slug: string): Promise<Comparison> {
  const open = await openForAudit(config.database);
  try {
    const { id } = await open.read.findOneByOrFail(School, { slug });
    const view = await viewLedger(new FolderTileStore(folderOf(config, slug)));
    const differences: Difference[] = [];
    const entries = await open.snapshot((read) =>
      compareLedger(read, id, view, (difference) => differences.push(difference)),
    );
    return { entries, differences };
  } finally {
    await open.close();
  }
}

/**
 * Makes the files of a school's log that its folder lacks, and its checkpoint, from the database.
 * @param to another folder to write to, instead of the one that is served
 */
export async function rebuildSchool(config: Config, slug: string, to?: string): Promise<Rebuilt> {
  const open = await openForAudit(config.database);
  try {
    const { id } = await open.read.findOneByOrFail(School, { slug });
    const tiles = new FolderTileStore(to ?? folderOf(config, slug));
    return await open.snapshot(async (read) => {
      const store = entryStore(() => read, id);
      const rebuilt = await rebuildTiles(store, tiles, nodeCrypto.sha256);
      const { published } = await store.readState();
      if (published !== null && rebuilt.differing.length === 0) {
        await tiles.replaceCheckpoint(published.checkpoint);
      }
      return rebuilt;
    });
  } finally {
    await open.close();
  }
}

function folderOf({ dataDir }: Config, slug: string): string {
  return join(dataDir, 'ledger', slug);
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
