/** Grounds of cells (căn cứ): absence without a valid reason as a decision, a make-up test with its paper. */
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { CalendarDay } from './calendar-day.js';
import { PlainText } from './plain-text.js';

const COLUMN = /^[A-Z0-9_]{2,40}$/;
const GROUNDS = ['absent', 'make-up'] as const;

export class GroundRequest {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' })
  @IsUUID(undefined, { message: 'Mã học sinh không đúng dạng.' })
  pupilId: string;

  @ApiProperty({ example: 'GK' })
  @Matches(COLUMN, { message: 'Mã cột không đúng dạng.' })
  column: string;

  @ApiProperty({
    example: 'make-up',
    enum: GROUNDS,
    description: 'absent: without a valid reason, records V (counts as zero); make-up: takes the test later',
  })
  @IsIn(GROUNDS, { message: 'Căn cứ phải là absent (vắng không lí do) hoặc make-up (kiểm tra bù).' })
  kind: (typeof GROUNDS)[number];

  @ApiProperty({ example: 'Nằm viện từ 10 đến 20/11' })
  @PlainText('Lí do', { min: 5, max: 500 })
  reason: string;

  @ApiProperty({
    example: 'Giấy ra viện số 123/GRV ngày 20/11/2026',
    required: false,
    description: 'Of a make-up test',
  })
  @IsOptional()
  @PlainText('Giấy tờ làm căn cứ', { min: 3, max: 300 })
  evidence?: string;

  @ApiProperty({
    example: '2026-11-12',
    required: false,
    description: 'Of an absence: when the parents were told',
  })
  @IsOptional()
  @CalendarDay('Ngày báo cho gia đình')
  notifiedOn?: string;

  @ApiProperty({ example: 'Gọi điện cho mẹ', required: false })
  @IsOptional()
  @PlainText('Cách báo cho gia đình', { min: 3, max: 200 })
  notifiedHow?: string;
}

export class GroundAnswer {
  @ApiProperty({ example: '8d7c2f4e-1c83-4b19-8b6a-4b7bb8a1f0d1' }) id: string;
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: 'GK' }) column: string;
  @ApiProperty({ example: 'make-up', enum: GROUNDS }) kind: (typeof GROUNDS)[number];
  @ApiProperty({ example: 'Nằm viện từ 10 đến 20/11' }) reason: string;
  @ApiProperty({ example: 'Giấy ra viện số 123/GRV', nullable: true, type: String }) evidence: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) notifiedOn: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) notifiedHow: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) withdrawnAt: string | null;
}
