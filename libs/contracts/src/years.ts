/** Closing a school year: what stands in the way, who is held back, the act. */
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';
import { ActAnswerDto } from './acts.js';
import { Nested } from './nested.js';
import { PlainText } from './plain-text.js';

const ID = 'f6c9e1a8-6d39-4b5b-9a7e-55a4f2f90b11';

/** The parameters of the act "year.close". */
export class YearCloseParams {
  @ApiProperty({ example: ID })
  @IsUUID(undefined, { message: 'Mã năm học không đúng dạng.' })
  yearId: string;

  @ApiProperty({
    example: 'Hai em chờ giấy khai sinh bản chính',
    required: false,
    description: 'Why the year is closed although transcripts are held back; needed when any is',
  })
  @IsOptional()
  @PlainText('Lí do đóng khi còn học bạ bị giữ lại', { min: 5, max: 500 })
  heldReason?: string;
}

export class YearCloseRequest extends YearCloseParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

export class YearBlocker {
  @ApiProperty({ example: '6A1' }) where: string;
  @ApiProperty({ example: 'NOT_ISSUED' }) code: string;
  @ApiProperty({ example: 'Lớp 6A1: 2 em chưa có học bạ, cũng không có tên trong danh sách giữ lại.' })
  message: string;
}

export class HeldPupilAnswer {
  @ApiProperty({ example: ID }) classId: string;
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: ID }) pupilId: string;
  @ApiProperty({ example: 'Nguyễn Hà An' }) fullName: string;
  @ApiProperty({ type: [String], example: ['Hồ sơ thiếu nơi sinh.'] }) reasons: string[];
}

export class ClosedRuleAnswer {
  @ApiProperty({ example: 6 }) grade: number;
  @ApiProperty({ example: 'tt22-2021' }) id: string;
  @ApiProperty({ example: '1' }) version: string;
}

export class YearClosingAnswer {
  @ApiProperty({ example: ID }) yearId: string;
  @ApiProperty({ example: '2026-2027' }) label: string;
  @ApiProperty({ example: null, nullable: true, type: String }) closedAt: string | null;
  @ApiProperty({ example: null, nullable: true, type: String, description: 'Name of who closed it' })
  closedBy: string | null;
  @ApiProperty({
    type: [ClosedRuleAnswer],
    description: 'What each grade is judged by, for good once closed',
  })
  rules: ClosedRuleAnswer[];
  @ApiProperty({ type: [YearBlocker], description: 'Empty when the year can be closed' })
  blockers: YearBlocker[];
  @ApiProperty({ type: [HeldPupilAnswer] }) held: HeldPupilAnswer[];
}
