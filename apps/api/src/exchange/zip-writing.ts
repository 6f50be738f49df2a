/** Archives whose bytes depend on nothing but their contents. */
import { crc32 } from 'node:zlib';
import {
  DIRECTORY_ENTRY,
  DIRECTORY_ENTRY_SIZE,
  END_OF_DIRECTORY,
  END_SIZE,
  findEnd,
  LOCAL_HEADER,
  LOCAL_HEADER_SIZE,
  STORED,
  variableSize,
  viewOf,
  type ArchiveEntry,
} from './zip-archive.js';

/** 1 January 1980, 0:00: the earliest time that ZIP can tell, in the place of the clock. */
const FIXED_TIME = 0;
const FIXED_DATE = 0x0021;

/** An archive of entries as they are, not packed; the same entries give the same bytes. */
export function storeArchive(entries: readonly ArchiveEntry[]): Uint8Array {
  const names = entries.map(({ name }) => new TextEncoder().encode(name));
  const bodySize = entries.reduce(
    (sum, { data }, i) => sum + LOCAL_HEADER_SIZE + (names[i]?.length ?? 0) + data.length,
    0,
  );
  const directorySize = names.reduce((sum, name) => sum + DIRECTORY_ENTRY_SIZE + name.length, 0);
  const bytes = new Uint8Array(bodySize + directorySize + END_SIZE);
  const view = viewOf(bytes);
  let at = 0;
  let directory = bodySize;
  entries.forEach(({ data }, index) => {
    const name = names[index] as Uint8Array;
    view.setUint32(directory, DIRECTORY_ENTRY, true);
    view.setUint16(directory + 4, 20, true);
    writeCommon(view, directory + 6, data, name.length);
    view.setUint32(directory + 42, at, true);
    bytes.set(name, directory + DIRECTORY_ENTRY_SIZE);
    directory += DIRECTORY_ENTRY_SIZE + name.length;
    view.setUint32(at, LOCAL_HEADER, true);
    writeCommon(view, at + 4, data, name.length);
    bytes.set(name, at + LOCAL_HEADER_SIZE);
    bytes.set(data, at + LOCAL_HEADER_SIZE + name.length);
    at += LOCAL_HEADER_SIZE + name.length + data.length;
  });
  view.setUint32(directory, END_OF_DIRECTORY, true);
  view.setUint16(directory + 8, entries.length, true);
  view.setUint16(directory + 10, entries.length, true);
  view.setUint32(directory + 12, directorySize, true);
  view.setUint32(directory + 16, bodySize, true);
  return bytes;
}

/** The run of fields that local header and directory entry share: version to extra field length. Names are UTF-8. */
function writeCommon(view: DataView, at: number, data: Uint8Array, nameLength: number): void {
  view.setUint16(at, 20, true);
  view.setUint16(at + 2, 0x0800, true);
  view.setUint16(at + 4, STORED, true);
  view.setUint16(at + 6, FIXED_TIME, true);
  view.setUint16(at + 8, FIXED_DATE, true);
  view.setUint32(at + 10, crc32(data), true);
  view.setUint32(at + 14, data.length, true);
  view.setUint32(at + 18, data.length, true);
  view.setUint16(at + 22, nameLength, true);
}

/** The same archive with every entry's time put to 1 January 1980, so that equal contents are equal bytes. */
export function withFixedTimes(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const view = viewOf(copy);
  const end = findEnd(view);
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < view.getUint16(end + 10, true); index++) {
    const local = view.getUint32(at + 42, true);
    view.setUint16(at + 12, FIXED_TIME, true);
    view.setUint16(at + 14, FIXED_DATE, true);
    view.setUint16(local + 10, FIXED_TIME, true);
    view.setUint16(local + 12, FIXED_DATE, true);
    at += DIRECTORY_ENTRY_SIZE + variableSize(view, at + 28);
  }
  return copy;
}
