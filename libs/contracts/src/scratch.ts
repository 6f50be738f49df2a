/** Scratch columns (cột nháp): many results, out of which the teacher chooses the regular marks ("chọn vào sổ"). */
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { CalendarDay } from './calendar-day.js';
import { PlainText } from './plain-text.js';

const MOST_PUPILS = 100;

export class ScratchRequest {
  @ApiProperty({ example: 'Hỏi bài đầu giờ tuần 5' })
  @PlainText('Tên cột nháp', { min: 1, max: 120 })
  name: string;

  @ApiProperty({ example: '2026-10-12', required: false })
  @IsOptional()
  @CalendarDay('Ngày')
  heldOn?: string;
}

export class ScratchMarkDto {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' })
  @IsUUID(undefined, { message: 'Mã học sinh không đúng dạng.' })
  pupilId: string;

  @ApiProperty({ example: '8,5', nullable: true, type: String, description: 'Null or empty clears it' })
  @ValidateIf((mark: ScratchMarkDto) => mark.value !== null)
  @IsString({ message: 'Giá trị phải là chữ (điểm gửi dạng "8,5"), hoặc null để xóa.' })
  @MaxLength(20, { message: 'Giá trị dài quá 20 kí tự.' })
  value: string | null;

  @ApiProperty({ example: 0, description: 'Version that the writer saw; 0 for an empty one' })
  @IsInt({ message: 'Phiên bản phải là số nguyên.' })
  @Min(0, { message: 'Phiên bản phải từ 0.' })
  @Max(2_000_000_000)
  version: number;
}

export class ScratchMarksRequest {
  @ApiProperty({ type: [ScratchMarkDto] })
  @IsArray()
  @ArrayMinSize(1, { message: 'Chưa có ô nào để lưu.' })
  @ArrayMaxSize(MOST_PUPILS, { message: `Mỗi lần lưu nhiều nhất ${MOST_PUPILS} ô.` })
  @ArrayUnique((m?: ScratchMarkDto) => m?.pupilId, { message: 'Một học sinh được gửi hai lần.' })
  @ValidateNested({ each: true })
  @Type(() => ScratchMarkDto)
  marks: ScratchMarkDto[];
}

/** One pupil's result that goes into the book as a draft. */
export class ChoiceDto {
  @ApiProperty({ example: '8d7c2f4e-1c83-4b19-8b6a-4b7bb8a1f0d1' })
  @IsUUID(undefined, { message: 'Mã cột nháp không đúng dạng.' })
  scratchId: string;

  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' })
  @IsUUID(undefined, { message: 'Mã học sinh không đúng dạng.' })
  pupilId: string;

  @ApiProperty({ example: 'TX1' })
  @Matches(/^TX[1-9]$/, { message: 'Chỉ chọn vào các cột đánh giá thường xuyên (TX1, TX2 …).' })
  column: string;

  @ApiProperty({
    example: 0,
    description: 'Version of the cell in the book that the teacher saw; 0 while empty',
  })
  @IsInt({ message: 'Phiên bản phải là số nguyên.' })
  @Min(0, { message: 'Phiên bản phải từ 0.' })
  @Max(2_000_000_000)
  version: number;
}

export class ChooseRequest {
  @ApiProperty({ type: [ChoiceDto] })
  @IsArray()
  @ArrayMinSize(1, { message: 'Chưa chọn kết quả nào.' })
  @ArrayMaxSize(600, { message: 'Mỗi lần chọn nhiều nhất 600 kết quả.' })
  @ArrayUnique((c?: ChoiceDto) => `${c?.pupilId} ${c?.column}`, { message: 'Một ô được chọn hai lần.' })
  @ArrayUnique((c?: ChoiceDto) => `${c?.pupilId} ${c?.scratchId}`, {
    message: 'Một kết quả nháp chỉ vào sổ một lần.',
  })
  @ValidateNested({ each: true })
  @Type(() => ChoiceDto)
  choices: ChoiceDto[];
}

export class ScratchMarkAnswer {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: '8.5', nullable: true, type: String }) value: string | null;
  @ApiProperty({ example: 1 }) version: number;
}

export class ScratchColumnAnswer {
  @ApiProperty({ example: '8d7c2f4e-1c83-4b19-8b6a-4b7bb8a1f0d1' }) id: string;
  @ApiProperty({ example: 'Hỏi bài đầu giờ tuần 5' }) name: string;
  @ApiProperty({ example: '2026-10-12', nullable: true, type: String }) heldOn: string | null;
  @ApiProperty({ type: [ScratchMarkAnswer] }) marks: ScratchMarkAnswer[];
}

export class ScratchColumnsAnswer {
  @ApiProperty({ type: [ScratchColumnAnswer], description: 'My own, oldest first' })
  columns: ScratchColumnAnswer[];
}
