/** Notices of entry times and the windows under them. */
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsUUID,
  Matches,
  ValidateNested,
} from 'class-validator';
import { CalendarDay } from './calendar-day.js';
import { Nested } from './nested.js';
import { PlainText } from './plain-text.js';
import { AllOrSome, ReachDto } from './reach.js';

/** ISO 8601 with a time and an offset or Z. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const PERIODS = ['HK1', 'HK2', 'GHK1', 'CHK1', 'GHK2', 'CN'] as const;
const KINDS = ['general', 'make-up'] as const;

/** What a window is about; a list left out means "all". */
export class WindowScopeDto extends ReachDto {
  @ApiProperty({ example: ['TOAN'], required: false, type: [String] })
  @AllOrSome('môn', 60)
  @Matches(/^[A-Z0-9_]{2,40}$/, { each: true, message: 'Mã môn không đúng dạng.' })
  areas?: string[];

  @ApiProperty({ example: ['TX1', 'TX2', 'GK'], required: false, type: [String] })
  @AllOrSome('cột', 60)
  @Matches(/^[A-Z0-9_]{2,40}$/, { each: true, message: 'Mã cột không đúng dạng.' })
  columns?: string[];

  @ApiProperty({
    example: ['1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677'],
    required: false,
    type: [String],
    description: 'Only in a make-up window: the pupils who take the test later',
  })
  @AllOrSome('học sinh', 200)
  @IsUUID(undefined, { each: true, message: 'Mã học sinh không đúng dạng.' })
  pupilIds?: string[];
}

export class WindowRequest {
  @ApiProperty({ example: 'HK1', enum: PERIODS })
  @IsIn(PERIODS, { message: `Thời điểm phải là một trong: ${PERIODS.join(', ')}.` })
  period: (typeof PERIODS)[number];

  @ApiProperty({ type: WindowScopeDto })
  @Nested(() => WindowScopeDto)
  scope: WindowScopeDto;

  @ApiProperty({ example: '2026-10-26T00:00:00.000Z' })
  @IsISO8601({ strict: true }, { message: 'Thời điểm mở không đúng dạng.' })
  @Matches(INSTANT, { message: 'Thời điểm mở phải có giờ và múi giờ.' })
  opensAt: string;

  @ApiProperty({ example: '2026-11-20T10:00:00.000Z' })
  @IsISO8601({ strict: true }, { message: 'Thời điểm đóng không đúng dạng.' })
  @Matches(INSTANT, { message: 'Thời điểm đóng phải có giờ và múi giờ.' })
  closesAt: string;

  @ApiProperty({
    example: 'hand',
    enum: ['clock', 'hand'],
    description: 'Opened by the clock, or by the IT officer',
  })
  @IsIn(['clock', 'hand'], { message: 'Cách mở phải là clock (tự động) hoặc hand (nhân viên CNTT).' })
  opening: 'clock' | 'hand';

  @ApiProperty({
    example: 'general',
    enum: KINDS,
    required: false,
    description: 'A make-up window (kiểm tra bù) names its columns; each mark entered in it needs evidence',
  })
  @IsOptional()
  @IsIn(KINDS, { message: 'Loại đợt phải là general (chung) hoặc make-up (kiểm tra bù).' })
  kind?: (typeof KINDS)[number];
}

/** What a further notice does to a window announced before: other times, or none at all. */
export class WindowChangeRequest {
  @ApiProperty({ example: '2a51a3c9-9c4e-4c4f-8c3f-0f2f5b0f7a10' })
  @IsUUID(undefined, { message: 'Mã đợt không đúng dạng.' })
  windowId: string;

  @ApiProperty({ example: '2026-10-27T00:00:00.000Z', required: false })
  @IsOptional()
  @IsISO8601({ strict: true }, { message: 'Thời điểm mở không đúng dạng.' })
  @Matches(INSTANT, { message: 'Thời điểm mở phải có giờ và múi giờ.' })
  opensAt?: string;

  @ApiProperty({ example: '2026-11-27T10:00:00.000Z', required: false })
  @IsOptional()
  @IsISO8601({ strict: true }, { message: 'Thời điểm đóng không đúng dạng.' })
  @Matches(INSTANT, { message: 'Thời điểm đóng phải có giờ và múi giờ.' })
  closesAt?: string;

  @ApiProperty({ example: false, required: false, description: 'Calls the window off for good' })
  @IsOptional()
  @IsBoolean({ message: 'Hủy đợt: chỉ nhận true hoặc false.' })
  cancel?: boolean;
}

export class NoticeRequest {
  @ApiProperty({ example: '12/TB-THCSSM' })
  @PlainText('Số thông báo', { min: 1, max: 60 })
  number: string;

  @ApiProperty({ example: '2026-10-19' })
  @CalendarDay('Ngày thông báo')
  issuedOn: string;

  @ApiProperty({ example: 'Thời gian mở, đóng cập nhật điểm giữa học kì I' })
  @PlainText('Trích yếu của thông báo', { min: 1, max: 300 })
  title: string;

  @ApiProperty({ example: '7a6f0f5e-0d0a-4a0e-9b0e-3b8f1f1f9a01' })
  @IsUUID(undefined, { message: 'Mã năm học không đúng dạng.' })
  yearId: string;

  @ApiProperty({ type: [WindowRequest], description: 'May be empty in a notice that only changes others' })
  @IsArray()
  @ArrayMaxSize(50, { message: 'Một thông báo có nhiều nhất 50 đợt nhập.' })
  @ValidateNested({ each: true })
  @Type(() => WindowRequest)
  windows: WindowRequest[];

  @ApiProperty({
    type: [WindowChangeRequest],
    required: false,
    description: 'Extends or cancels earlier windows',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50, { message: 'Một thông báo điều chỉnh nhiều nhất 50 đợt.' })
  @ArrayUnique((change?: WindowChangeRequest) => change?.windowId, {
    message: 'Một đợt được điều chỉnh hai lần.',
  })
  @ValidateNested({ each: true })
  @Type(() => WindowChangeRequest)
  changes?: WindowChangeRequest[];
}

export class WindowAnswer {
  @ApiProperty({ example: '2a51a3c9-9c4e-4c4f-8c3f-0f2f5b0f7a10' }) id: string;
  @ApiProperty({ example: '7a6f0f5e-0d0a-4a0e-9b0e-3b8f1f1f9a01' }) yearId: string;
  @ApiProperty({ example: 'HK1' }) period: string;
  @ApiProperty({ type: WindowScopeDto }) scope: WindowScopeDto;
  @ApiProperty({ example: '2026-10-26T00:00:00.000Z' }) opensAt: string;
  @ApiProperty({ example: '2026-11-20T10:00:00.000Z' }) closesAt: string;
  @ApiProperty({ example: 'hand', enum: ['clock', 'hand'] }) opening: 'clock' | 'hand';
  @ApiProperty({ example: 'open', enum: ['announced', 'open', 'closed'], description: 'As of now' })
  state: 'announced' | 'open' | 'closed';
  @ApiProperty({
    example: '2026-10-26T00:01:12.000Z',
    nullable: true,
    type: String,
    description: 'When opened by hand',
  })
  openedAt: string | null;
  @ApiProperty({ example: null, nullable: true, type: String, description: 'When closed by hand' })
  closedAt: string | null;
  @ApiProperty({ example: 'general', enum: KINDS }) kind: (typeof KINDS)[number];
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: 'When a further notice called it off',
  })
  cancelledAt: string | null;
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: 'Number of the last notice that changed it',
  })
  changedBy: string | null;
}

export class NoticeAnswer {
  @ApiProperty({ example: 'b6c5c6a2-7a9c-4c0f-8f51-2c2f8d1d5b33' }) id: string;
  @ApiProperty({ example: '12/TB-THCSSM' }) number: string;
  @ApiProperty({ example: '2026-10-19' }) issuedOn: string;
  @ApiProperty({ example: 'Thời gian mở, đóng cập nhật điểm giữa học kì I' }) title: string;
  @ApiProperty({ example: 'Trần Thị Thu Hà' }) announcedBy: string;
  @ApiProperty({ type: [WindowAnswer] }) windows: WindowAnswer[];
  @ApiProperty({ type: [WindowAnswer], description: 'Windows of earlier notices that this one changed last' })
  changed: WindowAnswer[];
}

export class NoticesAnswer {
  @ApiProperty({ type: [NoticeAnswer], description: 'Newest first' }) notices: NoticeAnswer[];
}

/** Asks about a sheet at a moment, now by default. */
export class ClosedQuery {
  @ApiProperty({ example: '2026-11-20T10:00:00.000Z', required: false })
  @IsOptional()
  @IsISO8601({ strict: true }, { message: 'Thời điểm không đúng dạng.' })
  @Matches(INSTANT, { message: 'Thời điểm phải có giờ và múi giờ.' })
  at?: string;
}

export class ClosedColumnAnswer {
  @ApiProperty({ example: 'TX1' }) code: string;
  @ApiProperty({ example: 'ĐĐGtx 1' }) label: string;
  @ApiProperty({ example: false }) open: boolean;
  @ApiProperty({
    example: 'WINDOW_CLOSED',
    nullable: true,
    enum: ['YEAR_CLOSED', 'LOCKED', 'NO_WINDOW', 'NOT_YET', 'NOT_OPENED', 'WINDOW_CLOSED', 'CANCELLED'],
  })
  reason: string | null;
  @ApiProperty({
    example: 'Đợt cập nhật theo Thông báo số 12/TB đã đóng lúc …',
    nullable: true,
    type: String,
  })
  sentence: string | null;
  @ApiProperty({
    example: ['1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677'],
    type: [String],
    description: 'Pupils for whom a make-up window opens it although it is closed',
  })
  openFor: string[];
}

export class ClosedAnswer {
  @ApiProperty({ example: '2026-11-20T10:00:00.000Z', description: 'The moment asked about' }) at: string;
  @ApiProperty({ type: [ClosedColumnAnswer] }) columns: ClosedColumnAnswer[];
}
