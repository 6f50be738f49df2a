/** Notices of entry times and the windows under them. */
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Nested } from './nested.js';
import { PlainText } from './plain-text.js';

/** ISO 8601 with a time and an offset or Z. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const PERIODS = ['HK1', 'HK2', 'GHK1', 'CHK1', 'GHK2', 'CN'] as const;

/** What a window is about; a list left out means "all". */
export class WindowScopeDto {
  @ApiProperty({ example: [6, 7], required: false, type: [Number] })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1, { message: 'Danh sách khối không được trống; bỏ hẳn ra nếu là mọi khối.' })
  @ArrayMaxSize(12)
  @IsInt({ each: true, message: 'Khối phải là số nguyên.' })
  @Min(1, { each: true, message: 'Khối từ 1 đến 12.' })
  @Max(12, { each: true, message: 'Khối từ 1 đến 12.' })
  grades?: number[];

  @ApiProperty({ example: ['5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11'], required: false, type: [String] })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1, { message: 'Danh sách lớp không được trống; bỏ hẳn ra nếu là mọi lớp.' })
  @ArrayMaxSize(200)
  @IsUUID(undefined, { each: true, message: 'Mã lớp không đúng dạng.' })
  classIds?: string[];

  @ApiProperty({ example: ['TOAN'], required: false, type: [String] })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1, { message: 'Danh sách môn không được trống; bỏ hẳn ra nếu là mọi môn.' })
  @ArrayMaxSize(60)
  @Matches(/^[A-Z0-9_]{2,40}$/, { each: true, message: 'Mã môn không đúng dạng.' })
  areas?: string[];

  @ApiProperty({ example: ['TX1', 'TX2', 'GK'], required: false, type: [String] })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1, { message: 'Danh sách cột không được trống; bỏ hẳn ra nếu là mọi cột.' })
  @ArrayMaxSize(60)
  @Matches(/^[A-Z0-9_]{2,40}$/, { each: true, message: 'Mã cột không đúng dạng.' })
  columns?: string[];
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
}

export class NoticeRequest {
  @ApiProperty({ example: '12/TB-THCSSM' })
  @PlainText('Số thông báo', { min: 1, max: 60 })
  number: string;

  @ApiProperty({ example: '2026-10-19' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'Ngày thông báo phải có dạng YYYY-MM-DD.' })
  @IsISO8601({ strict: true }, { message: 'Ngày thông báo không có thật.' })
  issuedOn: string;

  @ApiProperty({ example: 'Thời gian mở, đóng cập nhật điểm giữa học kì I' })
  @PlainText('Trích yếu của thông báo', { min: 1, max: 300 })
  title: string;

  @ApiProperty({ example: '7a6f0f5e-0d0a-4a0e-9b0e-3b8f1f1f9a01' })
  @IsUUID(undefined, { message: 'Mã năm học không đúng dạng.' })
  yearId: string;

  @ApiProperty({ type: [WindowRequest] })
  @IsArray()
  @ArrayMinSize(1, { message: 'Thông báo phải có ít nhất một đợt nhập.' })
  @ArrayMaxSize(50, { message: 'Một thông báo có nhiều nhất 50 đợt nhập.' })
  @ValidateNested({ each: true })
  @Type(() => WindowRequest)
  windows: WindowRequest[];
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
}

export class NoticeAnswer {
  @ApiProperty({ example: 'b6c5c6a2-7a9c-4c0f-8f51-2c2f8d1d5b33' }) id: string;
  @ApiProperty({ example: '12/TB-THCSSM' }) number: string;
  @ApiProperty({ example: '2026-10-19' }) issuedOn: string;
  @ApiProperty({ example: 'Thời gian mở, đóng cập nhật điểm giữa học kì I' }) title: string;
  @ApiProperty({ example: 'Trần Thị Thu Hà' }) announcedBy: string;
  @ApiProperty({ type: [WindowAnswer] }) windows: WindowAnswer[];
}

export class NoticesAnswer {
  @ApiProperty({ type: [NoticeAnswer], description: 'Newest first' }) notices: NoticeAnswer[];
}
