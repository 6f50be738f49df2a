/** Source files as syntax trees, and small questions about them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** A parsed file; the path is relative to the project. */
export interface Source {
  readonly path: string;
  readonly tree: ts.SourceFile;
}

export function parse(path: string, text: string): Source {
  return { path, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) };
}

/** Every TypeScript file below the folders, tests left out. */
export function readSources(project: string, ...folders: string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !/[/\\](node_modules|dist|test)[/\\]/.test(relative(project, file)))
      .map((file) => parse(relative(project, file), readFileSync(file, 'utf8'))),
  );
}

/** Every node of a tree. */
export function* nodesOf(root: ts.Node): Generator<ts.Node> {
  yield root;
  const children: ts.Node[] = [];
  root.forEachChild((child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

/** `file:line` of a node. */
export function placeOf({ path, tree }: Source, node: ts.Node): string {
  return `${path}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
}
