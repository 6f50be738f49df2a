/** A folder of issued documents with the school's own data beside them, as `npm run demo` leaves it. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { extractDocument } from '#pdf-fill/attachment.js';
import { decodeDocument } from '#transcript/canonical.js';
import type { SchoolDocument } from '#transcript/school-document.js';

export interface IssuedFile {
  readonly path: string;
  /** Unique among the files of the folder. */
  readonly name: string;
  /** J, as the file carries it. */
  readonly document: SchoolDocument;
}

export interface IssuedFolder {
  readonly files: readonly IssuedFile[];
  /** The trust bundle's path. */
  readonly trust: string;
  /** Certificates of the schools' authorities, PEM files. */
  readonly authorities: readonly string[];
  /** Folders of the schools' logs, by origin. */
  readonly logs: ReadonlyMap<string, string>;
}

/**
 * Every PDF below `folder`/transcripts, with what stands in `folder`/data: trust/bundle, certificates/<school>/ca.pem,
 * ledger/<school>.
 * @param every takes only each so many-th file, for a short run
 */
export function readIssuedFolder(folder: string, every = 1): IssuedFolder {
  const data = join(folder, 'data');
  const paths = readdirSync(join(folder, 'transcripts'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.pdf'))
    .sort()
    .filter((_, i) => i % every === 0)
    .map((name) => join(folder, 'transcripts', name));
  const files = paths.map((path) => ({ path, name: basename(path), document: documentIn(path) }));
  if (new Set(files.map(({ name }) => name)).size !== files.length) throw new Error('two files of one name');
  const schools = readdirSync(join(data, 'ledger'));
  return {
    files,
    trust: join(data, 'trust', 'bundle'),
    authorities: schools.map((school) => join(data, 'certificates', school, 'ca.pem')),
    logs: new Map(
      [...new Set(files.map(({ document }) => document.origin))].map((origin) => [
        origin,
        join(data, 'ledger', origin.slice(origin.lastIndexOf('/') + 1)),
      ]),
    ),
  };
}

function documentIn(path: string): SchoolDocument {
  const bytes = extractDocument(new Uint8Array(readFileSync(path)));
  if (bytes === undefined) throw new Error(`${path} carries no data`);
  return decodeDocument(bytes);
}
