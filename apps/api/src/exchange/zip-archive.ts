/**
 * The part of ZIP that an .xlsx file needs, read without trust: sizes that the archive claims are limits, never
 * promises. Nothing is unpacked to disk and no name is used as a path (security 27, 29).
 */
import { crc32, inflateRawSync } from 'node:zlib';

export type ArchiveErrorCode =
  'DAMAGED_ARCHIVE' | 'UNSUPPORTED_ARCHIVE' | 'TOO_MANY_ENTRIES' | 'INFLATE_LIMIT';

/** The archive cannot be read, or would unpack to more than its limits. */
export class ArchiveError extends Error {
  constructor(
    readonly code: ArchiveErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'ArchiveError';
  }
}

export interface ArchiveLimits {
  readonly entries: number;
  /** Unpacked bytes of all entries together. */
  readonly totalBytes: number;
  /** Unpacked bytes a packed byte, beyond the first `freeBytes`. */
  readonly ratio: number;
  readonly freeBytes: number;
}

export interface ArchiveEntry {
  readonly name: string;
  readonly data: Uint8Array;
}

/** What the central directory says of an entry, its place checked against the local header. */
interface EntryPlace {
  readonly name: string;
  readonly stored: boolean;
  readonly crc: number;
  readonly size: number;
  readonly packed: Uint8Array;
  readonly start: number;
  readonly end: number;
}

export const LOCAL_HEADER = 0x04034b50;
export const DIRECTORY_ENTRY = 0x02014b50;
export const END_OF_DIRECTORY = 0x06054b50;
export const END_SIZE = 22;
export const DIRECTORY_ENTRY_SIZE = 46;
export const LOCAL_HEADER_SIZE = 30;

export const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
/** The value that ZIP64 puts in place of a size or offset. */
const ZIP64 = 0xffffffff;

/** Whether these bytes start like a ZIP archive. */
export function looksLikeArchive(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && viewOf(bytes).getUint32(0, true) === LOCAL_HEADER;
}

/**
 * Unpacks the wanted entries, stopping at the limits while it inflates.
 * @param wanted which entries to unpack, by name; the others are counted and checked for place only
 * @throws ArchiveError
 */
export function readArchive(
  bytes: Uint8Array,
  limits: ArchiveLimits,
  wanted: (name: string) => boolean = () => true,
): ArchiveEntry[] {
  const places = readDirectory(bytes, limits);
  refuseOverlaps(places);
  const allowed = Math.min(limits.totalBytes, Math.max(limits.freeBytes, bytes.length * limits.ratio));
  let left = allowed;
  return places
    .filter(({ name }) => wanted(name))
    .map((place) => {
      const data = unpack(place, left);
      left -= data.length;
      return { name: place.name, data };
    });
}

function readDirectory(bytes: Uint8Array, limits: ArchiveLimits): EntryPlace[] {
  const view = viewOf(bytes);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  const size = view.getUint32(end + 12, true);
  if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count) {
    throw new ArchiveError('UNSUPPORTED_ARCHIVE', 'tệp nén gồm nhiều phần; hãy lưu lại thành một tệp .xlsx');
  }
  if (count > limits.entries) {
    throw new ArchiveError('TOO_MANY_ENTRIES', `tệp có ${count} thành phần, nhiều hơn ${limits.entries}`);
  }
  if (start === ZIP64 || size === ZIP64) {
    throw new ArchiveError(
      'UNSUPPORTED_ARCHIVE',
      'tệp nén kiểu ZIP64 không được hỗ trợ; hãy lưu lại bằng Excel',
    );
  }
  if (start + size !== end) throw damaged('mục lục không nằm cuối tệp');
  const places: EntryPlace[] = [];
  const names = new Set<string>();
  let at = start;
  for (let index = 0; index < count; index++) {
    const place = readEntry(bytes, view, at, start);
    const key = place.name.toLowerCase();
    if (names.has(key)) throw damaged(`có hai thành phần tên ${place.name}`);
    names.add(key);
    places.push(place);
    at += DIRECTORY_ENTRY_SIZE + variableSize(view, at + 28);
  }
  if (at !== end) throw damaged('mục lục không khớp số thành phần');
  return places;
}

/** The end record is searched backwards over its comment, whose length must fit to the byte. */
export function findEnd(view: DataView): number {
  const earliest = Math.max(0, view.byteLength - END_SIZE - 0xffff);
  for (let at = view.byteLength - END_SIZE; at >= earliest; at--) {
    if (view.getUint32(at, true) !== END_OF_DIRECTORY) continue;
    if (at + END_SIZE + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  throw damaged('không tìm thấy mục lục');
}

/** Sum of the lengths of name, extra field and comment, which stand at `at`. */
export function variableSize(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint16(at + 2, true) + view.getUint16(at + 4, true);
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, directory: number): EntryPlace {
  if (at + DIRECTORY_ENTRY_SIZE > bytes.length || view.getUint32(at, true) !== DIRECTORY_ENTRY) {
    throw damaged('mục lục bị cắt');
  }
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const packedSize = view.getUint32(at + 20, true);
  const local = view.getUint32(at + 42, true);
  const nameBytes = bytes.subarray(
    at + DIRECTORY_ENTRY_SIZE,
    at + DIRECTORY_ENTRY_SIZE + view.getUint16(at + 28, true),
  );
  const name = entryName(nameBytes);
  if ((flags & ENCRYPTED) !== 0) {
    throw new ArchiveError('UNSUPPORTED_ARCHIVE', 'tệp được đặt mật khẩu; hãy bỏ mật khẩu rồi tải lên lại');
  }
  if (method !== STORED && method !== DEFLATED) {
    throw new ArchiveError('UNSUPPORTED_ARCHIVE', `thành phần ${name} nén kiểu lạ (${method})`);
  }
  if (local + LOCAL_HEADER_SIZE > directory || view.getUint32(local, true) !== LOCAL_HEADER) {
    throw damaged(`thành phần ${name} không ở chỗ mục lục chỉ`);
  }
  const localName = local + LOCAL_HEADER_SIZE;
  const nameLength = view.getUint16(local + 26, true);
  if (
    !sameBytes(bytes.subarray(localName, localName + nameLength), nameBytes) ||
    view.getUint16(local + 8, true) !== method
  ) {
    throw damaged(`thành phần ${name} được ghi hai lần khác nhau`);
  }
  const start = localName + nameLength + view.getUint16(local + 28, true);
  const end = start + packedSize;
  if (end > directory) throw damaged(`thành phần ${name} bị cắt`);
  return {
    name,
    stored: method === STORED,
    crc: view.getUint32(at + 16, true),
    size: view.getUint32(at + 24, true),
    packed: bytes.subarray(start, end),
    start: local,
    end,
  };
}

function entryName(bytes: Uint8Array): string {
  let name: string;
  try {
    name = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw damaged('một tên thành phần không phải UTF-8');
  }
  if (name === '' || name.startsWith('/') || name.includes('\\') || name.split('/').includes('..')) {
    throw damaged(`tên thành phần không được phép: ${JSON.stringify(name)}`);
  }
  return name;
}

/** Entries that share bytes unpack one block many times: the trick of the strongest ZIP bombs. */
function refuseOverlaps(places: readonly EntryPlace[]): void {
  const sorted = [...places].sort((a, b) => a.start - b.start);
  sorted.slice(1).forEach((place, index) => {
    const before = sorted[index];
    if (before && place.start < before.end)
      throw damaged(`thành phần ${place.name} nằm chồng lên ${before.name}`);
  });
}

function unpack(place: EntryPlace, left: number): Uint8Array {
  if (place.size > left) throw tooLarge(place.name);
  const data = place.stored ? place.packed : inflate(place);
  if (data.length !== place.size || crc32(data) !== place.crc)
    throw damaged(`thành phần ${place.name} sai mã kiểm`);
  return data;
}

/** Never makes more than the size announced, whatever the packed bytes hold. */
function inflate(place: EntryPlace): Uint8Array {
  try {
    return inflateRawSync(place.packed, { maxOutputLength: Math.max(place.size, 1) });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(place.name);
    throw damaged(`thành phần ${place.name} không giải nén được`);
  }
}

function tooLarge(name: string): ArchiveError {
  return new ArchiveError('INFLATE_LIMIT', `thành phần ${name} giải nén ra quá lớn`);
}

function damaged(what: string): ArchiveError {
  return new ArchiveError('DAMAGED_ARCHIVE', `tệp bị hỏng (${what}); hãy mở bằng Excel và lưu lại`);
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
