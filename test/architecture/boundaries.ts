/** Reads the import graph with dependency-cruiser and holds it against the import table. */
import { existsSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { cruise, type IModule } from 'dependency-cruiser';
import { ROOMS, type Room } from './import-table.js';

/** An import that the table does not allow. */
export interface Violation {
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

/** What was looked at, and what is wrong. */
export interface Findings {
  readonly files: readonly string[];
  readonly violations: readonly Violation[];
}

const SOURCE = /\.tsx?$/;

/**
 * Checks every source file of the rooms below `root`.
 * @param project the project's folder (package.json with its imports lies there)
 * @param root folder whose sub-folders are the rooms: '' for the project itself
 */
export async function checkBoundaries(project: string, root: string): Promise<Findings> {
  const folders = ['apps', 'libs', 'ledger', 'fixtures'].map((name) => join(root, name));
  const present = folders.filter((folder) => sourceFiles(join(project, folder)).length > 0);
  const result = await cruise(
    present,
    {
      baseDir: project,
      doNotFollow: { path: 'node_modules' },
      exclude: {
        path: '(^|/)(dist|test/architecture/violation)/',
        ...(root === '' ? {} : { path: '(^|/)dist/' }),
      },
      tsPreCompilationDeps: true,
      enhancedResolveOptions: {
        conditionNames: ['socai-source', 'import', 'node', 'default'],
        exportsFields: ['exports'],
      },
      moduleSystems: ['es6'],
    },
    {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      extensionAlias: { '.js': ['.ts', '.tsx', '.js'] },
    },
  );
  if (typeof result.output === 'string')
    throw new Error('dependency-cruiser answered text instead of a graph');
  const modules = result.output.modules.filter(
    (m) => roomOf(m.source, root) !== undefined && SOURCE.test(m.source),
  );
  return { files: modules.map((m) => m.source), violations: modules.flatMap((m) => violationsOf(m, root)) };
}

/** TypeScript files below a folder that belong to some room, relative to the project. */
export function roomFiles(project: string, root: string): string[] {
  return ['apps', 'libs', 'ledger', 'fixtures']
    .flatMap((name) => sourceFiles(join(project, root, name)))
    .map((file) => relative(project, file))
    .filter((file) => roomOf(file, root) !== undefined);
}

function violationsOf(module: IModule, root: string): Violation[] {
  const room = roomOf(module.source, root);
  if (room === undefined) return [];
  return module.dependencies.flatMap((dependency) => {
    const found = dependency.couldNotResolve ? beside(module.source, dependency.module) : dependency.resolved;
    const why = forbidden(room, found ?? dependency.resolved, dependency.module, found === null, root);
    return why === null ? [] : [{ from: module.source, to: dependency.resolved, why }];
  });
}

/** A relative import that the cruiser does not know: a `.tsx` module written `.js`, or a style sheet. */
function beside(from: string, written: string): string | null {
  if (!written.startsWith('.')) return null;
  const path = join(dirname(from), written);
  return [path, path.replace(/\.js$/, '.tsx')].find((candidate) => existsSync(candidate)) ?? null;
}

/** Why `room` may not import this, or null when it may. */
function forbidden(
  room: Room,
  resolved: string,
  written: string,
  unresolved: boolean,
  root: string,
): string | null {
  const target = roomOf(resolved, root) ?? (root === '' ? undefined : roomOf(resolved, ''));
  if (target !== undefined) {
    return target === room || room.rooms.includes(target.name)
      ? null
      : `${room.name} may not import ${target.name}`;
  }
  if (written.startsWith('.') || written.startsWith('#')) {
    return unresolved ? `${written} does not resolve` : `${resolved} is in no room of the table`;
  }
  const name = isBuiltin(written) ? 'node:*' : packageName(written);
  if (room.packages.includes(name)) return null;
  return room.packages.includes('*') && name !== 'node:*' ? null : `${room.name} may not use ${written}`;
}

function packageName(written: string): string {
  const parts = written.split('/');
  return written.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? written);
}

/** The room a file is in: the longest folder of the table that holds it. */
function roomOf(file: string, root: string): Room | undefined {
  const inside = root === '' ? file : file.startsWith(`${root}/`) ? file.slice(root.length + 1) : undefined;
  if (inside === undefined) return undefined;
  return ROOMS.filter((room) => inside.startsWith(`${room.folder}/`)).sort(
    (a, b) => b.folder.length - a.folder.length,
  )[0];
}

function sourceFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(
        (entry) => entry.isFile() && SOURCE.test(entry.name) && !entry.parentPath.includes('node_modules'),
      )
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}
