/** What is said of a column of a sheet: the test's name and day, its strand, and whose column it is. */
import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, IsUUID, Max, Min, ValidateIf } from 'class-validator';
import { CalendarDay } from './calendar-day.js';
import { PlainText } from './plain-text.js';

/** What the teacher says of a column; what is left out is emptied. */
export class ColumnDescription {
  @ApiProperty({ example: 'Kiểm tra 15 phút: số nguyên tố', nullable: true, required: false, type: String })
  @IsOptional()
  @PlainText('Tên bài kiểm tra', { min: 1, max: 120 })
  name?: string | null;

  @ApiProperty({ example: '2026-11-12', nullable: true, required: false, type: String })
  @IsOptional()
  @CalendarDay('Ngày kiểm tra')
  heldOn?: string | null;

  @ApiProperty({ example: 'Âm nhạc', nullable: true, required: false, type: String })
  @IsOptional()
  @PlainText('Mạch nội dung', { min: 1, max: 60 })
  strand?: string | null;

  @ApiProperty({ example: 0, description: 'Version that the writer saw; 0 while nothing is said' })
  @IsInt({ message: 'Phiên bản phải là số nguyên.' })
  @Min(0, { message: 'Phiên bản phải từ 0.' })
  @Max(2_000_000_000)
  version: number;
}

export class ColumnOwnerRequest {
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: "Null: shared by the subject's teachers",
  })
  @ValidateIf((request: ColumnOwnerRequest) => request.personId !== null)
  @IsUUID(undefined, { message: 'Mã người phụ trách không đúng dạng.' })
  personId: string | null;

  @ApiProperty({ example: 0 })
  @IsInt({ message: 'Phiên bản phải là số nguyên.' })
  @Min(0, { message: 'Phiên bản phải từ 0.' })
  @Max(2_000_000_000)
  version: number;
}

export class ColumnVersionAnswer {
  @ApiProperty({ example: 1 }) version: number;
}
