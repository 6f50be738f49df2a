/** Locks of sheets (khóa sổ): what is missing before, the lock, its lifting. */
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsUUID,
  Matches,
  ValidateNested,
} from 'class-validator';
import { ActAnswerDto } from './acts.js';
import { Nested } from './nested.js';
import { PlainText } from './plain-text.js';

const PERIODS = ['HK1', 'HK2', 'GHK1', 'CHK1', 'GHK2', 'CN'] as const;
const MOST_SHEETS = 1000;

/** Comma-separated text of a query as a list. */
const toList = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.split(',') : value,
);

/** Which sheets: classes × areas × periods; a list left out means "all". */
export class LockPreviewQuery {
  @ApiProperty({
    example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11',
    description: 'Comma-separated',
    type: String,
  })
  @toList
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsUUID(undefined, { each: true, message: 'Mã lớp không đúng dạng.' })
  classIds: string[];

  @ApiProperty({ example: 'TOAN,NGU_VAN', required: false, description: 'Comma-separated', type: String })
  @IsOptional()
  @toList
  @IsArray()
  @ArrayMaxSize(60)
  @Matches(/^[A-Z0-9_]{2,40}$/, { each: true, message: 'Mã môn không đúng dạng.' })
  areas?: string[];

  @ApiProperty({ example: 'HK1', required: false, description: 'Comma-separated', type: String })
  @IsOptional()
  @toList
  @IsArray()
  @ArrayMaxSize(6)
  @IsIn(PERIODS, { each: true, message: `Thời điểm phải là một trong: ${PERIODS.join(', ')}.` })
  periods?: string[];
}

export class LocksQuery {
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' })
  @IsUUID(undefined, { message: 'Mã lớp không đúng dạng.' })
  classId: string;
}

export class SheetRefDto {
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' })
  @IsUUID(undefined, { message: 'Mã lớp không đúng dạng.' })
  classId: string;

  @ApiProperty({ example: 'TOAN' })
  @Matches(/^[A-Z0-9_]{2,40}$/, { message: 'Mã môn không đúng dạng.' })
  area: string;

  @ApiProperty({ example: 'HK1', enum: PERIODS })
  @IsIn(PERIODS, { message: `Thời điểm phải là một trong: ${PERIODS.join(', ')}.` })
  period: (typeof PERIODS)[number];
}

/** Parameters of the act "period.lock" as well. */
export class LockParams {
  @ApiProperty({ type: [SheetRefDto] })
  @IsArray()
  @ArrayMinSize(1, { message: 'Hãy chọn ít nhất một sổ để khóa.' })
  @ArrayMaxSize(MOST_SHEETS, { message: `Mỗi lần khóa nhiều nhất ${MOST_SHEETS} sổ.` })
  @ArrayUnique((s?: SheetRefDto) => `${s?.classId} ${s?.area} ${s?.period}`, {
    message: 'Một sổ được chọn hai lần.',
  })
  @ValidateNested({ each: true })
  @Type(() => SheetRefDto)
  sheets: SheetRefDto[];

  @ApiProperty({
    example: 'HS nằm viện, sẽ bổ sung bằng đề nghị sửa',
    required: false,
    description: 'Needed when cells are missing',
  })
  @IsOptional()
  @PlainText('Lí do khóa khi còn thiếu', { min: 5, max: 500 })
  gapsReason?: string;
}

export class LockRequest extends LockParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

/** Parameters of the act "period.reopen" as well. */
export class ReopenParams {
  @ApiProperty({ type: [SheetRefDto] })
  @IsArray()
  @ArrayMinSize(1, { message: 'Hãy chọn ít nhất một sổ để mở lại.' })
  @ArrayMaxSize(MOST_SHEETS, { message: `Mỗi lần mở nhiều nhất ${MOST_SHEETS} sổ.` })
  @ArrayUnique((s?: SheetRefDto) => `${s?.classId} ${s?.area} ${s?.period}`, {
    message: 'Một sổ được chọn hai lần.',
  })
  @ValidateNested({ each: true })
  @Type(() => SheetRefDto)
  sheets: SheetRefDto[];

  @ApiProperty({ example: 'Bổ sung điểm kiểm tra bù theo giấy ra viện' })
  @PlainText('Lí do mở lại sổ', { min: 5, max: 500 })
  reason: string;
}

export class ReopenRequest extends ReopenParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

export class MissingCellAnswer {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) pupilName: string;
  @ApiProperty({ example: 'GK' }) column: string;
  @ApiProperty({ example: 'ĐĐGgk' }) columnLabel: string;
  @ApiProperty({ example: true, description: 'There is a draft: it only waits to be recorded' })
  draft: boolean;
}

export class LockPreviewSheet {
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' }) classId: string;
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: 'TOAN' }) area: string;
  @ApiProperty({ example: 'Toán' }) areaLabel: string;
  @ApiProperty({ example: 'HK1' }) period: string;
  @ApiProperty({ example: false }) locked: boolean;
  @ApiProperty({
    example: ['Lê Văn Bình'],
    description: 'Teachers assigned to it today: whom to ask',
    type: [String],
  })
  teachers: string[];
  @ApiProperty({ type: [MissingCellAnswer] }) missing: MissingCellAnswer[];
}

export class LockPreviewAnswer {
  @ApiProperty({ type: [LockPreviewSheet] }) sheets: LockPreviewSheet[];
  @ApiProperty({ example: 7, description: 'Missing cells in all' }) missing: number;
}

export class LockAnswer {
  @ApiProperty({ example: 'd6d3bfa0-6d0f-45c5-8a45-3b3a3c1e2f90' }) id: string;
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' }) classId: string;
  @ApiProperty({ example: 'TOAN' }) area: string;
  @ApiProperty({ example: 'HK1' }) period: string;
  @ApiProperty({ example: 'Trần Thị Thu Hà' }) lockedBy: string;
  @ApiProperty({ example: '2027-01-15T03:00:00.000Z' }) lockedAt: string;
  @ApiProperty({ example: null, nullable: true, type: String }) gapsReason: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) liftedAt: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) liftedBy: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) liftReason: string | null;
}

export class LocksAnswer {
  @ApiProperty({ type: [LockAnswer] }) locks: LockAnswer[];
}

export class ReopeningAnswer extends LockAnswer {
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: 'Toán' }) areaLabel: string;
  @ApiProperty({ example: true, description: 'Whether the sheet has been locked again since' })
  lockedAgain: boolean;
}

export class ReopeningsAnswer {
  @ApiProperty({ type: [ReopeningAnswer], description: 'Newest first' }) reopenings: ReopeningAnswer[];
}
