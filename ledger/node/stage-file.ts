/**
 * The commit of a folder log is one file: the tree after the batch and every tile file it needs. It is whole or not
 * there. Layout: a line of JSON {size, root, files: [[path, length], …]}, the files' bytes, SHA-256 of all before.
 */
import { concat, equal, fromBase64, toBase64, utf8 } from '#ledger/format/bytes.js';
import { canonicalJson, parseCanonical } from '#ledger/format/jcs.js';
import { LogError } from '#ledger/log/errors.js';
import type { TileFile } from '#ledger/log/ports.js';
import { nodeCrypto } from './node-crypto.js';

export interface Stage {
  readonly size: number;
  readonly root: Uint8Array;
  readonly files: readonly TileFile[];
}

const HASH_BYTES = 32;
const NEWLINE = 0x0a;

/** The stage's bytes. */
export function formatStage({ size, root, files }: Stage): Uint8Array {
  const names = files.map(({ path, bytes }) => [path, bytes.length]);
  const head = utf8(`${canonicalJson({ size, root: toBase64(root), files: names })}\n`);
  const body = concat(head, ...files.map(({ bytes }) => bytes));
  return concat(body, nodeCrypto.sha256(body));
}

/** The stage in `bytes`; anything that `formatStage` did not write whole: LogError STATE_DAMAGED. */
export function parseStage(bytes: Uint8Array): Stage {
  const body = bytes.subarray(0, Math.max(0, bytes.length - HASH_BYTES));
  if (!equal(nodeCrypto.sha256(body), bytes.subarray(body.length))) throw damaged();
  const split = body.indexOf(NEWLINE);
  const head = parseCanonical(body.subarray(0, split)) as {
    size: number;
    root: string;
    files: [string, number][];
  };
  let offset = split + 1;
  const files = head.files.map(([path, length]) => {
    offset += length;
    return { path, bytes: body.slice(offset - length, offset) };
  });
  if (offset !== body.length) throw damaged();
  return { size: head.size, root: fromBase64(head.root), files };
}

function damaged(): LogError {
  return new LogError('STATE_DAMAGED', 'the stage file is damaged: restore the folder from a copy');
}
