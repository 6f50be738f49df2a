// Module hooks of the mutation run: TypeScript as it is, this project's modules once for each `?v=` (so that a file can be
// loaded afresh), and `@jest/globals` as the small registry beside this file.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from '@swc/core';

const REGISTRY = new URL('./registry.mjs', import.meta.url).href;
const SANDBOX = `${pathToFileURL(process.cwd()).href}/`;
const transformed = new Map();

export async function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') return { url: REGISTRY, shortCircuit: true };
  const [parent = '', version] = (context.parentURL ?? '').split('?v=');
  if (!parent.startsWith(SANDBOX) || parent.includes('/node_modules/')) return next(specifier, context);
  const { url } = specifier.startsWith('.')
    ? { url: sourceOf(new URL(specifier, parent).href) }
    : await next(specifier, { ...context, parentURL: parent });
  const own = url.startsWith(SANDBOX) && !url.includes('/node_modules/');
  return { url: own ? `${url}?v=${version ?? '0'}` : url, shortCircuit: true };
}

function sourceOf(url) {
  const source = url.replace(/\.js$/, '.ts');
  return existsSync(fileURLToPath(source)) ? source : url;
}

export async function load(url, context, next) {
  const [file] = url.split('?v=');
  if (!file.endsWith('.ts')) return next(url, context);
  let source = transformed.get(file);
  if (source === undefined) {
    ({ code: source } = await transform(await readFile(fileURLToPath(file), 'utf8'), {
      swcrc: false,
      module: { type: 'es6' },
      jsc: { target: 'es2023', parser: { syntax: 'typescript', decorators: true } },
    }));
    transformed.set(file, source);
  }
  return { format: 'module', source, shortCircuit: true };
}
