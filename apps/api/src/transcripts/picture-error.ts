/** Why a file is no picture for a document. A closed set; the sentence says what to do. */
const REASONS = {
  NOT_A_PICTURE: 'Tệp không phải ảnh PNG hoặc JPEG; hãy xuất lại ảnh bằng một trong hai định dạng này.',
  TRUNCATED: 'Tệp ảnh bị cắt cụt; hãy tải lại tệp gốc.',
  DAMAGED: 'Tệp ảnh bị hỏng; hãy xuất lại ảnh rồi thử lần nữa.',
  UNSUPPORTED:
    'Ảnh dùng kiểu nén hoặc kiểu màu không đưa vào PDF được (ảnh xen kẽ, 16 bit, CMYK); hãy xuất lại thành PNG 8 bit hoặc JPEG RGB.',
  TOO_MANY_PIXELS: 'Ảnh lớn quá 1000 × 1000 điểm ảnh; hãy thu nhỏ.',
  TOO_LARGE: 'Ảnh nặng quá 200 KB sau khi nén; hãy thu nhỏ hoặc giảm số màu.',
} as const;

export class PictureError extends Error {
  override readonly name = 'PictureError';

  constructor(readonly code: keyof typeof REASONS) {
    super(REASONS[code]);
  }
}
