/** What goes wrong, for people and programs: a closed set of codes, each with its HTTP status. */

/** Stable codes of every error the API answers with. */
export type ProblemCode =
  | 'VALIDATION'
  | 'NOT_SIGNED_IN'
  | 'SIGN_IN_FAILED'
  | 'SECOND_FACTOR_MISSING'
  | 'ACTIVATION_FAILED'
  | 'TOO_MANY_ATTEMPTS'
  | 'CSRF'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'SECOND_FACTOR_FAILED'
  | 'ACT_INVALID'
  | 'STALE_VERSION'
  | 'STATE_CONFLICT'
  | 'YEAR_CLOSED'
  | 'ALREADY_EXISTS'
  | 'CELL_INVALID'
  | 'CELL_CLOSED'
  | 'CELL_RECORDED'
  | 'WORKBOOK_INVALID'
  | 'MARKS_MISSING'
  | 'RESULTS_MISSING'
  | 'NO_DECISION'
  | 'ROUTE_ORDER'
  | 'JOURNAL_BROKEN'
  | 'LEDGER_UNAVAILABLE'
  | 'KEY_OUTSIDE'
  | 'SIGNATURE_REFUSED'
  | 'CERTIFICATE_REFUSED'
  | 'TOKEN_UNAVAILABLE'
  | 'TOO_LARGE'
  | 'RETAINED'
  | 'ERASED'
  | 'NOT_SUPPORTED'
  | 'INTERNAL';

/** The one table from codes to statuses; a code that is missing here does not compile. */
export const STATUS = {
  VALIDATION: 400,
  NOT_SIGNED_IN: 401,
  SIGN_IN_FAILED: 401,
  SECOND_FACTOR_MISSING: 403,
  ACTIVATION_FAILED: 403,
  TOO_MANY_ATTEMPTS: 429,
  CSRF: 403,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  SECOND_FACTOR_FAILED: 403,
  ACT_INVALID: 409,
  STALE_VERSION: 409,
  STATE_CONFLICT: 409,
  YEAR_CLOSED: 409,
  ALREADY_EXISTS: 409,
  CELL_INVALID: 422,
  CELL_CLOSED: 409,
  CELL_RECORDED: 409,
  WORKBOOK_INVALID: 422,
  MARKS_MISSING: 409,
  RESULTS_MISSING: 409,
  NO_DECISION: 409,
  ROUTE_ORDER: 409,
  JOURNAL_BROKEN: 409,
  LEDGER_UNAVAILABLE: 503,
  KEY_OUTSIDE: 409,
  SIGNATURE_REFUSED: 422,
  CERTIFICATE_REFUSED: 422,
  TOKEN_UNAVAILABLE: 503,
  TOO_LARGE: 413,
  RETAINED: 409,
  ERASED: 410,
  NOT_SUPPORTED: 501,
  INTERNAL: 500,
} as const satisfies Record<ProblemCode, number>;

const TITLES = {
  VALIDATION: ['Dữ liệu gửi lên chưa đúng', 'The request is not valid'],
  NOT_SIGNED_IN: ['Chưa đăng nhập', 'Not signed in'],
  SIGN_IN_FAILED: ['Không đăng nhập được', 'Sign-in failed'],
  SECOND_FACTOR_MISSING: ['Chưa có xác thực lần hai', 'There is no second factor'],
  ACTIVATION_FAILED: ['Mã kích hoạt không dùng được', 'The activation code cannot be used'],
  TOO_MANY_ATTEMPTS: ['Thử sai quá nhiều lần', 'Too many attempts'],
  CSRF: ['Yêu cầu không đến từ trang này', 'The request does not come from this page'],
  FORBIDDEN: ['Không có quyền', 'Not allowed'],
  NOT_FOUND: ['Không tìm thấy', 'Not found'],
  SECOND_FACTOR_FAILED: ['Xác thực lần hai không đúng', 'The second factor does not hold'],
  ACT_INVALID: ['Lần xác nhận này không còn dùng được', 'This step-up can no longer be used'],
  STALE_VERSION: ['Ô này vừa được người khác sửa', 'Someone else changed this meanwhile'],
  YEAR_CLOSED: ['Năm học đã đóng', 'The school year is closed'],
  STATE_CONFLICT: ['Không hợp với trạng thái hiện tại', 'Does not fit the present state'],
  ALREADY_EXISTS: ['Đã có rồi', 'Already exists'],
  CELL_INVALID: ['Giá trị ô không hợp lệ', 'A cell has an invalid value'],
  CELL_CLOSED: ['Ô đang đóng', 'The cell is closed'],
  CELL_RECORDED: ['Ô đã ghi sổ', 'The cell is recorded'],
  WORKBOOK_INVALID: ['Tệp Excel chưa dùng được', 'The workbook cannot be used'],
  MARKS_MISSING: ['Còn thiếu điểm hoặc đánh giá', 'Marks are missing'],
  RESULTS_MISSING: ['Chưa có kết quả', 'Results are missing'],
  NO_DECISION: ['Chưa có quyết định của hội đồng', 'There is no decision of the council'],
  ROUTE_ORDER: ['Chưa đến lượt kí này', 'Not yet the turn of this signature'],
  JOURNAL_BROKEN: ['Sổ có dấu hiệu bị sửa', 'The journal does not hold'],
  LEDGER_UNAVAILABLE: ['Sổ Cái tạm thời không ghi được', 'The ledger is unavailable'],
  KEY_OUTSIDE: ['Khóa kí ở ngoài máy chủ', 'The signing key is outside this server'],
  SIGNATURE_REFUSED: ['Chữ kí gửi lên không dùng được', 'A signature that was sent cannot be used'],
  CERTIFICATE_REFUSED: ['Chứng thư không dùng được', 'The certificate cannot be used'],
  TOKEN_UNAVAILABLE: ['Thiết bị kí số chưa dùng được', 'The signing token is unavailable'],
  TOO_LARGE: ['Tệp quá lớn', 'Too large'],
  RETAINED: ['Luật còn buộc lưu giữ', 'The law still wants it kept'],
  ERASED: ['Đã xóa theo quyết định', 'Erased by a decision'],
  NOT_SUPPORTED: ['Chưa hỗ trợ', 'Not supported'],
  INTERNAL: ['Lỗi của hệ thống', 'Internal error'],
} as const satisfies Record<ProblemCode, readonly [vi: string, en: string]>;

/** One wrong thing among several: where it is and what is wrong with it. */
export interface ProblemItem {
  readonly where: string;
  readonly code: string;
  readonly message: string;
}

/** An error that a person reads: what happened (code), to what, and what to do next (detail, in Vietnamese). */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly items: readonly ProblemItem[] = [],
    /** Further members of the answer, for example both values of a conflict. */
    readonly extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${code}: ${detail}`);
    this.name = 'Problem';
  }

  /** The RFC 9457 document. */
  toDocument(instance: string): Record<string, unknown> {
    const [title, titleEn] = TITLES[this.code];
    return {
      type: `urn:socai:problem:${this.code.toLowerCase().replaceAll('_', '-')}`,
      title,
      titleEn,
      status: STATUS[this.code],
      code: this.code,
      detail: this.detail,
      instance,
      ...(this.items.length > 0 ? { items: this.items } : {}),
      ...this.extra,
    };
  }
}

/** The answer for what is not there or not one's own: the two are not told apart. */
export function notFound(what: string): Problem {
  return new Problem('NOT_FOUND', `Không tìm thấy ${what}, hoặc bạn không có quyền xem.`);
}

/** The answer for what an approved erasure took away; only to those who could have seen it. */
export function erased(what: string): Problem {
  return new Problem('ERASED', `Dữ liệu của ${what} đã xóa theo quyết định; không xem, không cấp lại được.`);
}
