/** Whose child a pupil is, as far as accounts go. */
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { CalendarDay } from './calendar-day.js';
import { PlainText } from './plain-text.js';

const RELATIONS = ['father', 'mother', 'guardian', 'self'] as const;

export class GuardianshipRequest {
  @ApiProperty({ example: '0b0f6f0e-6a53-4d56-8f5e-0f0d7f1d1c11', description: 'The account of the family' })
  @IsUUID(undefined, { message: 'Mã tài khoản gia đình không đúng dạng.' })
  personId: string;

  @ApiProperty({ example: 'mother', enum: RELATIONS, description: '"self" is the pupil\'s own account' })
  @IsIn(RELATIONS, { message: 'Quan hệ phải là cha, mẹ, người giám hộ, hoặc chính học sinh.' })
  relation: (typeof RELATIONS)[number];

  @ApiProperty({
    example: 'Giấy khai sinh số 45/2015',
    required: false,
    description: 'The paper it rests on; needed when the class list names nobody so',
  })
  @IsOptional()
  @PlainText('Giấy tờ căn cứ', { min: 5, max: 200 })
  paper?: string;

  @ApiProperty({ example: '2026-11-21', required: false, description: 'First day; today when left out' })
  @IsOptional()
  @CalendarDay('Ngày bắt đầu')
  from?: string;
}

export class GuardianshipAnswer {
  @ApiProperty({ example: '5c0e6f8e-1f0b-4a51-9c7e-1d3f2b8a9c10' }) id: string;
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: '0b0f6f0e-6a53-4d56-8f5e-0f0d7f1d1c11' }) personId: string;
  @ApiProperty({ example: 'Nguyễn Thị Hoa' }) fullName: string;
  @ApiProperty({ example: 'mother', enum: RELATIONS }) relation: (typeof RELATIONS)[number];
  @ApiProperty({ example: null, nullable: true, type: String }) paper: string | null;
  @ApiProperty({ example: '2026-11-21' }) from: string;
  @ApiProperty({ example: null, nullable: true, type: String, description: 'Last day' }) to: string | null;
}

export class GuardianshipsAnswer {
  @ApiProperty({ type: [GuardianshipAnswer], description: 'Also those that have ended, oldest first' })
  guardianships: GuardianshipAnswer[];
}
