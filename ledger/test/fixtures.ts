/** The golden fixtures and what comments.json says of each. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'ledger/test/fixtures';

export interface Comment {
  readonly comment: string;
  /** The error's code and its message, for a file that is refused. */
  readonly code?: string;
  readonly says?: string;
  /** The valid fixture that a tolerated file reads as. */
  readonly as?: string;
  /** How many hashes or entries a tile or bundle is said to have. */
  readonly width?: number;
  /** The verifier keys a note is opened with, and the names (with @time) of the signatures that hold. */
  readonly keys?: readonly string[];
  readonly good?: readonly string[];
}

export const comments = JSON.parse(readFileSync(join(FOLDER, 'comments.json'), 'utf8')) as Record<
  string,
  Comment
>;

/** The bytes of a fixture. */
export function read(path: string): Uint8Array {
  return new Uint8Array(readFileSync(join(FOLDER, path)));
}

/** Rows for test.each: path, comment, and what else comments.json says. */
export function named(prefix: string): [string, string, Comment][] {
  return Object.entries(comments)
    .filter(([path]) => path.startsWith(prefix))
    .map(([path, comment]) => [path, comment.comment, comment]);
}

/** The paths of all fixtures there are, below the folder. */
export function fixtureFiles(): string[] {
  return readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(FOLDER.length + 1))
    .filter((path) => path !== 'comments.json' && path !== '.gitattributes');
}
