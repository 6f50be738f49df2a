/** Changes of a pupil's personal data: proposed by the homeroom teacher, confirmed by the office against the paper. */
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { CalendarDay } from './calendar-day.js';
import { Nested } from './nested.js';
import { PlainText } from './plain-text.js';

const STATES = ['proposed', 'confirmed', 'refused', 'withdrawn'] as const;

/** What is to be changed; what is left out stays. */
export class PupilFieldsDto {
  @ApiProperty({ example: 'Nguyễn Minh Ánh', required: false })
  @IsOptional()
  @PlainText('Họ tên', { min: 1, max: 100 })
  fullName?: string;

  @ApiProperty({ example: '2015-03-18', required: false })
  @IsOptional()
  @CalendarDay('Ngày sinh')
  birthDate?: string;

  @ApiProperty({ example: 'NU', enum: ['NAM', 'NU'], required: false })
  @IsOptional()
  @IsIn(['NAM', 'NU'], { message: 'Giới tính là NAM hoặc NU.' })
  sex?: 'NAM' | 'NU';

  @ApiProperty({ example: 'Tỉnh Sông Mây', required: false })
  @IsOptional()
  @PlainText('Nơi sinh', { min: 1, max: 200 })
  birthPlace?: string;

  @ApiProperty({ example: 'Kinh', required: false })
  @IsOptional()
  @PlainText('Dân tộc', { min: 1, max: 50 })
  ethnicity?: string;

  @ApiProperty({ example: 'Việt Nam', required: false })
  @IsOptional()
  @PlainText('Quốc tịch', { min: 1, max: 50 })
  nationality?: string;

  @ApiProperty({ example: 'Khu phố 3, phường Bến Tràm', required: false })
  @IsOptional()
  @PlainText('Chỗ ở', { min: 1, max: 200 })
  address?: string;

  @ApiProperty({ example: '074315000123', required: false })
  @IsOptional()
  @Matches(/^\d{12}$/, { message: 'Số định danh cá nhân gồm 12 chữ số.' })
  personalId?: string;

  @ApiProperty({ example: '117/2026', required: false })
  @IsOptional()
  @PlainText('Số đăng bộ', { min: 1, max: 30 })
  registerNumber?: string;
}

export class PupilChangeRequest {
  @ApiProperty({ type: PupilFieldsDto })
  @Nested(() => PupilFieldsDto)
  fields: PupilFieldsDto;

  @ApiProperty({ example: 'Giấy khai sinh ghi "Ánh", danh sách lớp ghi "Anh"' })
  @PlainText('Lí do', { min: 5, max: 500 })
  reason: string;
}

export class PupilChangeConfirmation {
  @ApiProperty({ example: 'Giấy khai sinh số 45/2015, UBND phường Bến Tràm' })
  @PlainText('Giấy tờ đã đối chiếu', { min: 5, max: 200 })
  paper: string;
}

export class PupilChangeRefusal {
  @ApiProperty({ example: 'Giấy khai sinh bản sao không có dấu' })
  @PlainText('Lí do', { min: 5, max: 500 })
  reason: string;
}

export class PupilChangesQuery {
  @ApiProperty({ example: 'proposed', enum: STATES, required: false })
  @IsOptional()
  @IsIn(STATES, { message: `Trạng thái phải là một trong: ${STATES.join(', ')}.` })
  state?: (typeof STATES)[number];

  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677', required: false })
  @IsOptional()
  @IsUUID(undefined, { message: 'Mã học sinh không đúng dạng.' })
  pupilId?: string;
}

export class PupilFieldChangeAnswer {
  @ApiProperty({ example: 'fullName' }) field: string;
  @ApiProperty({ example: 'Họ tên' }) label: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh', nullable: true, type: String }) old: string | null;
  @ApiProperty({ example: 'Nguyễn Minh Ánh', nullable: true, type: String }) new: string | null;
}

export class PupilChangeAnswer {
  @ApiProperty({ example: '7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55' }) id: string;
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) pupilName: string;
  @ApiProperty({ example: 'proposed', enum: STATES }) state: (typeof STATES)[number];
  @ApiProperty({ type: [PupilFieldChangeAnswer] }) changes: PupilFieldChangeAnswer[];
  @ApiProperty({ example: 'Giấy khai sinh ghi "Ánh"' }) reason: string;
  @ApiProperty({ example: 'Lê Văn Bình' }) proposedBy: string;
  @ApiProperty({ example: '2026-11-21T03:00:00.000Z' }) proposedAt: string;
  @ApiProperty({ example: null, nullable: true, type: String }) decidedBy: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) decidedAt: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) paper: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) decisionReason: string | null;
  @ApiProperty({ example: ['confirm'], enum: ['confirm', 'withdraw'], isArray: true, type: [String] })
  may: ('confirm' | 'withdraw')[];
}

export class PupilChangesAnswer {
  @ApiProperty({ type: [PupilChangeAnswer], description: 'Newest first' }) changes: PupilChangeAnswer[];
}
