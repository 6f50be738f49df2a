/** Takes the one workbook and the fields out of an uploaded form. */
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { LARGEST_WORKBOOK } from './workbook-guard.js';
import { WorkbookError } from './workbook-error.js';
import type { WorkbookProblem } from './workbook-problem.js';
import type { WorkbookProblemAnswer } from '#contracts/workbook.js';

/** A form with its file. */
export interface Upload<T> {
  readonly bytes: Uint8Array;
  readonly fields: T;
}

/**
 * Reads a multipart form.
 * @param type checks the fields beside the file; unknown ones are refused
 * @throws Problem VALIDATION, TOO_LARGE
 */
export async function readUpload<T extends object>(
  request: FastifyRequest,
  type: new () => T,
): Promise<Upload<T>> {
  if (!request.isMultipart()) {
    throw new Problem(
      'VALIDATION',
      'Hãy gửi tệp .xlsx dưới dạng biểu mẫu (multipart/form-data), trường file.',
    );
  }
  let bytes: Uint8Array | undefined;
  const fields: [string, unknown][] = [];
  for await (const part of request.parts({ limits: { fileSize: LARGEST_WORKBOOK, files: 1, fields: 10 } })) {
    if (part.type === 'file') bytes = new Uint8Array(await part.toBuffer());
    else fields.push([part.fieldname, part.value]);
  }
  if (bytes === undefined) throw new Problem('VALIDATION', 'Chưa có tệp .xlsx nào trong biểu mẫu.');
  return { bytes, fields: validated(type, Object.fromEntries(fields)) };
}

/** Runs a reader; a file that cannot be used at all becomes an answer. */
export async function reading<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (!(error instanceof WorkbookError)) throw error;
    const item = { where: 'file', code: error.code, message: error.message };
    throw new Problem(error.code === 'FILE_TOO_LARGE' ? 'TOO_LARGE' : 'WORKBOOK_INVALID', error.message, [
      item,
    ]);
  }
}

/** A problem of a workbook as it is shown. */
export function problemAnswer(problem: WorkbookProblem): WorkbookProblemAnswer {
  const { code, severity, row, cell, found, suggestion, message } = problem;
  return { code, severity, row, cell, found, suggestion, message };
}

/** A problem that the application finds, beyond what the file itself shows. */
export function foundProblem(
  code: string,
  severity: WorkbookProblemAnswer['severity'],
  row: number | null,
  message: string,
): WorkbookProblemAnswer {
  return { code, severity, row, cell: null, found: null, suggestion: null, message };
}

/** @throws Problem WORKBOOK_INVALID with every error, by row */
export function refuseErrors(problems: readonly WorkbookProblemAnswer[]): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  const detail = `Chưa nhập gì: tệp còn ${errors.length} chỗ phải sửa.`;
  const items = errors.map(({ code, cell, row, message }) => {
    return { where: cell ?? (row === null ? 'file' : `dòng ${row}`), code, message };
  });
  throw new Problem('WORKBOOK_INVALID', detail, items);
}
