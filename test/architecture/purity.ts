/**
 * That a room is pure: no clock, no randomness, no host, no locale. Compiled against the language alone (ES2023, no
 * DOM, no Node), a name of any host does not exist; what the language itself has of clock and chance is looked for.
 */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { nodesOf, placeOf, readSources, type Source } from './sources.js';

/** Text encodings are of the Web, not of the language; every host has them, and they do the same everywhere. */
const ENCODINGS = `
declare class TextEncoder { encode(text: string): Uint8Array<ArrayBuffer>; }
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}`;
const ENCODINGS_FILE = 'encodings.d.ts';

/** What does not compile against the language alone: `file:line message`. */
export function hostNames(project: string, folder: string): string[] {
  const files = readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(project, folder, name));
  const options: ts.CompilerOptions = {
    lib: ['lib.es2023.d.ts'],
    types: [],
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    customConditions: ['socai-source'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, languageVersion, ...rest) =>
    name === ENCODINGS_FILE
      ? ts.createSourceFile(name, ENCODINGS, languageVersion)
      : getSourceFile(name, languageVersion, ...rest);
  const program = ts.createProgram([...files, ENCODINGS_FILE], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const place =
      file === undefined
        ? ''
        : `${relative(project, file.fileName)}:${String(file.getLineAndCharacterOfPosition(start ?? 0).line + 1)} `;
    return `${place}${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

/** Uses of the language's own clock, chance, locale, and ways around this check: `file:line what`. */
export function impureUses(project: string, folder: string): string[] {
  return readSources(project, folder).flatMap(usesIn);
}

function usesIn(source: Source): string[] {
  const found: string[] = [];
  for (const node of nodesOf(source.tree)) {
    const what = impureUse(node);
    if (what !== undefined) found.push(`${placeOf(source, node)} ${what}`);
  }
  return found;
}

const FORBIDDEN_NAMES = new Set([
  'Intl',
  'eval',
  'Function',
  'globalThis',
  'Atomics',
  'SharedArrayBuffer',
  'WeakRef',
]);

function impureUse(node: ts.Node): string | undefined {
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return 'import()';
  if (!ts.isIdentifier(node)) return undefined;
  const { parent, text } = node;
  const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
  if (isMember) return text.startsWith('toLocale') || text === 'localeCompare' ? text : undefined;
  if (FORBIDDEN_NAMES.has(text)) return text;
  if (text === 'Math') return memberOf(node) === 'random' ? 'Math.random' : undefined;
  if (text !== 'Date' || ts.isTypeReferenceNode(parent)) return undefined;
  // A time given is a time; `Date` in any other place is the clock, or could become it.
  if (ts.isNewExpression(parent) && parent.expression === node) {
    return (parent.arguments?.length ?? 0) === 0 ? 'new Date()' : undefined;
  }
  const member = memberOf(node);
  return member === 'parse' || member === 'UTC'
    ? undefined
    : `Date${member === undefined ? '' : `.${member}`}`;
}

/** The member that is taken of this name: `Date.now` → now; undefined for the name alone or a computed member. */
function memberOf(node: ts.Identifier): string | undefined {
  return ts.isPropertyAccessExpression(node.parent) ? node.parent.name.text : undefined;
}
