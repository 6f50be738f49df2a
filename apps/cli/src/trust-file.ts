/** Files that trust bundles and roots come from. */
import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { parseNote, type Note } from '#ledger/format/note.js';
import { readText } from '#ledger/format/text.js';
import { parseRootSet } from '#ledger/format/trust-draft.js';
import { MAX_TRUST_BYTES, type RootSet } from '#ledger/format/trust.js';
import type { CommandIo } from './io.js';

/** A bundle's text with the signatures so far; a text that nobody has signed yet has none. */
export async function readBundleFile(path: string): Promise<Note> {
  const bytes = await readFile(path);
  const text = readText(bytes, MAX_TRUST_BYTES);
  return /\n\n— /.test(text) ? parseNote(bytes, MAX_TRUST_BYTES) : { text, signatures: [] };
}

/** Writes a file as a whole or not at all: a bundle on its way holds other people's signatures. */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, bytes, { flag: 'wx', flush: true });
  await rename(temporary, path);
}

/** The roots in this file, else in that of SOCAI_TRUST_ROOTS; undefined when neither is named. */
export async function readRoots(path: string | undefined, { env }: CommandIo): Promise<RootSet | undefined> {
  const named = path ?? (env['SOCAI_TRUST_ROOTS'] || undefined);
  return named === undefined ? undefined : parseRootSet(await readFile(named));
}
