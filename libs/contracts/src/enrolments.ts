/** Pupils who come, change class or leave in the year. */
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { CalendarDay } from './calendar-day.js';
import { Nested } from './nested.js';
import { PersonName } from './person-name.js';
import { PlainText } from './plain-text.js';

const SEXES = ['NAM', 'NU'] as const;

/** A pupil whom the school does not know yet; the rest of the record comes with the dossier. */
export class NewPupilDto {
  @ApiProperty({ example: '7412340199' })
  @Matches(/^[\p{L}\p{N}][\p{L}\p{N}./-]{0,39}$/u, { message: 'Mã học sinh không đúng dạng.' })
  code: string;

  @ApiProperty({ example: 'Nguyễn Minh Anh' })
  @PersonName({ min: 1, max: 120 })
  fullName: string;

  @ApiProperty({ example: 'NU', enum: SEXES })
  @IsIn(SEXES, { message: 'Giới tính phải là NAM hoặc NU.' })
  sex: (typeof SEXES)[number];

  @ApiProperty({ example: '2015-03-08' })
  @CalendarDay('Ngày sinh')
  birthDate: string;
}

export class JoinRequest {
  @ApiProperty({
    example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677',
    required: false,
    description: 'A pupil whom the school knows; else `pupil`',
  })
  @IsOptional()
  @IsUUID(undefined, { message: 'Mã học sinh không đúng dạng.' })
  pupilId?: string;

  @ApiProperty({ type: NewPupilDto, required: false, description: 'A pupil new to the school' })
  @IsOptional()
  @Nested(() => NewPupilDto)
  pupil?: NewPupilDto;

  @ApiProperty({ example: '2026-12-07', description: 'First day in the class' })
  @CalendarDay('Ngày vào lớp')
  on: string;

  @ApiProperty({ example: 'Giấy giới thiệu chuyển trường số 14/GT ngày 04/12/2026' })
  @PlainText('Quyết định, giấy tờ', { min: 3, max: 200 })
  paper: string;
}

export class LeaveRequest {
  @ApiProperty({ example: '2027-01-09', description: 'Last day in the class' })
  @CalendarDay('Ngày rời lớp')
  on: string;

  @ApiProperty({ example: 'Chuyển trường theo đơn ngày 05/01/2027' })
  @PlainText('Quyết định, giấy tờ', { min: 3, max: 200 })
  paper: string;
}

export class MoveRequest {
  @ApiProperty({
    example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11',
    description: 'A class of the same grade and year',
  })
  @IsUUID(undefined, { message: 'Mã lớp không đúng dạng.' })
  toClassId: string;

  @ApiProperty({ example: '2026-11-16', description: 'First day in the new class' })
  @CalendarDay('Ngày chuyển lớp')
  on: string;

  @ApiProperty({ example: 'Quyết định số 21/QĐ-THCSSM ngày 13/11/2026' })
  @PlainText('Quyết định, giấy tờ', { min: 3, max: 200 })
  paper: string;
}

export class EnrolmentAnswer {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' }) classId: string;
  @ApiProperty({ example: '2026-11-16' }) from: string;
  @ApiProperty({ example: null, nullable: true, type: String }) to: string | null;
}

export class MoveAnswer extends EnrolmentAnswer {
  @ApiProperty({ example: 42, description: 'Recorded marks that the new class now holds too' })
  carried: number;
  @ApiProperty({ example: 3, description: 'Drafts that the new teachers find' }) drafts: number;
  @ApiProperty({
    example: ['TIN_HOC HK1 TX3'],
    type: [String],
    description: 'Marks of columns that the new class does not have: they stay with the old one',
  })
  left: string[];
}
