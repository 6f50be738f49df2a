/**
 * What stands between an uploaded file and the library that reads workbooks (security 27–29). The library never sees
 * the upload: it gets an archive made here, of XML parts that were unpacked within limits and looked through.
 */
import { storeArchive } from './zip-writing.js';
import { WorkbookError } from './workbook-error.js';
import { checkSheetXml } from './sheet-xml.js';
import { ArchiveError, looksLikeArchive, readArchive, type ArchiveLimits } from './zip-archive.js';

/** Largest file accepted, in bytes. */
export const LARGEST_WORKBOOK = 5 * 1024 * 1024;

const LIMITS: ArchiveLimits = {
  entries: 300,
  totalBytes: 48 * 1024 * 1024,
  ratio: 60,
  freeBytes: 4 * 1024 * 1024,
};

/** First bytes of an .xls file, and of an .xlsx file with a password. */
const OLE_FILE = [0xd0, 0xcf, 0x11, 0xe0];

/**
 * Checks an upload and gives back the workbook's XML parts as a new archive.
 * @throws WorkbookError
 */
export function guardWorkbook(bytes: Uint8Array): Uint8Array {
  if (bytes.length > LARGEST_WORKBOOK) {
    throw new WorkbookError(
      'FILE_TOO_LARGE',
      `Tệp lớn hơn ${LARGEST_WORKBOOK / 1024 / 1024} MB. Hãy xóa ảnh và các trang tính không cần rồi lưu lại.`,
    );
  }
  if (OLE_FILE.every((byte, index) => bytes[index] === byte)) {
    throw new WorkbookError(
      'NOT_A_WORKBOOK',
      'Tệp là định dạng Excel cũ (.xls) hoặc có mật khẩu. Hãy bỏ mật khẩu và lưu lại dạng .xlsx.',
    );
  }
  if (!looksLikeArchive(bytes)) {
    throw new WorkbookError('NOT_A_WORKBOOK', 'Tệp không phải là bảng tính .xlsx. Hãy lưu lại dạng .xlsx.');
  }
  const parts = unpackParts(bytes);
  if (!parts.some(({ name }) => name === 'xl/workbook.xml')) {
    throw new WorkbookError('NOT_A_WORKBOOK', 'Tệp nén này không phải là bảng tính .xlsx.');
  }
  return storeArchive(parts.map(({ name, data }) => ({ name, data: lookThrough(name, data) })));
}

function unpackParts(bytes: Uint8Array) {
  try {
    return readArchive(bytes, LIMITS, (name) => /\.(xml|rels)$/iu.test(name));
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    const limit = error.code === 'INFLATE_LIMIT' || error.code === 'TOO_MANY_ENTRIES';
    throw new WorkbookError(
      limit ? 'WORKBOOK_LIMIT' : 'DAMAGED_WORKBOOK',
      `Không đọc được: ${error.message}.`,
    );
  }
}

function lookThrough(name: string, data: Uint8Array): Uint8Array {
  let xml: string;
  try {
    xml = new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    throw new WorkbookError(
      'DAMAGED_WORKBOOK',
      `Thành phần ${name} không viết bằng UTF-8. Hãy lưu lại bằng Excel.`,
    );
  }
  // No workbook has declarations; they are how entities are defined (XXE, "billion laughs").
  if (/<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/iu.test(xml)) {
    throw new WorkbookError('DTD_REFUSED', `Thành phần ${name} có khai báo DTD, không được chấp nhận.`);
  }
  // A sheet may lie anywhere in the archive, but the library takes cells only from this element.
  if (!xml.includes('sheetData')) return data;
  return new TextEncoder().encode(checkSheetXml(name, xml));
}
