/** How a school's documents look: its own texts, logo and seal; and the picture of one's own signature. */
import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { ActAnswerDto } from './acts.js';
import { CalendarDay } from './calendar-day.js';
import { Nested } from './nested.js';
import { PlainText } from './plain-text.js';

const HASH = /^[0-9a-f]{64}$/;
/** As libs/transcript has them; the server asks there too. */
const LENGTHS = {
  ...{ governingBody: 80, schoolName: 100, motto: 80, place: 40 },
  ...{ registerLabel: 40, guideNote: 300, slipNote: 160 },
} as const;

/** Each text has its place on the forms; what is left out stands as the form has it. */
export class StyleTextsDto {
  @ApiProperty({ example: 'UBND PHƯỜNG BẾN TRÀM', required: false, maxLength: LENGTHS.governingBody })
  @IsOptional()
  @PlainText('Cơ quan chủ quản', { min: 1, max: LENGTHS.governingBody })
  governingBody?: string;

  @ApiProperty({ example: 'Trường THCS Sông Mây', required: false, maxLength: LENGTHS.schoolName })
  @IsOptional()
  @PlainText('Tên trường in ở đầu văn bản', { min: 1, max: LENGTHS.schoolName })
  schoolName?: string;

  @ApiProperty({ example: 'Dạy tốt, học tốt', required: false, maxLength: LENGTHS.motto })
  @IsOptional()
  @PlainText('Khẩu hiệu', { min: 1, max: LENGTHS.motto })
  motto?: string;

  @ApiProperty({ example: 'Bến Tràm', required: false, maxLength: LENGTHS.place })
  @IsOptional()
  @PlainText('Địa danh', { min: 1, max: LENGTHS.place })
  place?: string;

  @ApiProperty({ example: 'Số đăng bộ', required: false, maxLength: LENGTHS.registerLabel })
  @IsOptional()
  @PlainText('Tên gọi số đăng bộ', { min: 1, max: LENGTHS.registerLabel })
  registerLabel?: string;

  @ApiProperty({
    example: 'Mất học bạ: báo ngay văn phòng.',
    required: false,
    maxLength: LENGTHS.guideNote,
  })
  @IsOptional()
  @PlainText('Lời dặn ở trang hướng dẫn', { min: 1, max: LENGTHS.guideNote })
  guideNote?: string;

  @ApiProperty({
    example: 'Cần hỏi thêm: văn phòng, 0123 456 789.',
    required: false,
    maxLength: LENGTHS.slipNote,
  })
  @IsOptional()
  @PlainText('Lời nhắn trên phiếu kết quả', { min: 1, max: LENGTHS.slipNote })
  slipNote?: string;
}

/** Parameters of the act "style.change": the whole file, with pictures that were put in before. */
export class SchoolStyleParams {
  @ApiProperty({ example: 0, description: 'The version that this one follows; 0 where there is none' })
  @IsInt({ message: 'Phiên bản phải là số nguyên.' })
  @Min(0, { message: 'Phiên bản không âm.' })
  @Max(99_998, { message: 'Phiên bản quá lớn.' })
  version: number;

  @ApiProperty({ type: StyleTextsDto })
  @Nested(() => StyleTextsDto)
  texts: StyleTextsDto;

  @ApiProperty({ example: null, required: false, nullable: true, type: String })
  @IsOptional()
  @Matches(HASH, { message: 'Biểu trưng được gọi bằng mã băm SHA-256 của hình đã đưa vào.' })
  logo?: string | null;

  @ApiProperty({ example: null, required: false, nullable: true, type: String })
  @IsOptional()
  @Matches(HASH, { message: 'Hình con dấu được gọi bằng mã băm SHA-256 của hình đã đưa vào.' })
  seal?: string | null;

  @ApiProperty({ example: '21/QĐ-HT' })
  @PlainText('Số quyết định', { min: 1, max: 60 })
  decisionNumber: string;

  @ApiProperty({ example: '2026-11-09' })
  @CalendarDay('Ngày quyết định')
  decidedOn: string;
}

export class SchoolStyleRequest extends SchoolStyleParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

/** A picture as the school keeps it. */
export class StylePictureAnswer {
  @ApiProperty({ example: 'a3'.repeat(32) })
  hash: string;

  @ApiProperty({ example: 300 })
  width: number;

  @ApiProperty({ example: 300 })
  height: number;
}

export class SchoolStyleAnswer {
  @ApiProperty({ example: 3, description: '0 where the school has changed nothing' })
  version: number;

  @ApiProperty({ example: 'a3'.repeat(32), nullable: true, type: String })
  hash: string | null;

  @ApiProperty({ type: StyleTextsDto })
  texts: StyleTextsDto;

  @ApiProperty({ type: StylePictureAnswer, nullable: true })
  logo: StylePictureAnswer | null;

  @ApiProperty({ type: StylePictureAnswer, nullable: true })
  seal: StylePictureAnswer | null;

  @ApiProperty({ type: StylePictureAnswer, nullable: true, description: 'Of who asks' })
  signature: StylePictureAnswer | null;
}

/** A multipart form with one file: PNG or JPEG, at most 1 MB and 1000 × 1000 pixels. */
export class StylePictureUpload {
  @ApiProperty({ type: 'string', format: 'binary' })
  file: unknown;
}
