/** The school, its years, its classes and who is in them. */
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsOptional,
  IsUUID,
  Matches,
  ValidateNested,
} from 'class-validator';
import { CalendarDay } from './calendar-day.js';

export class SchoolYearAnswer {
  @ApiProperty({ example: '7a6f0f5e-0d0a-4a0e-9b0e-3b8f1f1f9a01' }) id: string;
  @ApiProperty({ example: '2026-2027' }) label: string;
  @ApiProperty({ example: '2026-09-05' }) startsOn: string;
  @ApiProperty({ example: '2027-05-31' }) endsOn: string;
  @ApiProperty({ example: false, description: 'A closed year changes only by approved correction' })
  closed: boolean;
}

export class SchoolDetailsAnswer {
  @ApiProperty({ example: '3f9f5d0e-1f0b-4a51-9c7e-1d3f2b8a9c10' }) id: string;
  @ApiProperty({ example: 'thcs-song-may' }) slug: string;
  @ApiProperty({ example: '7412345' }) code: string;
  @ApiProperty({ example: 'Trường THCS Sông Mây' }) name: string;
  @ApiProperty({ example: 'LOWER_SECONDARY', enum: ['PRIMARY', 'LOWER_SECONDARY', 'UPPER_SECONDARY'] })
  level: 'PRIMARY' | 'LOWER_SECONDARY' | 'UPPER_SECONDARY';
  @ApiProperty({ example: 'Phường Bến Tràm' }) commune: string;
  @ApiProperty({ example: 'Tỉnh Sông Mây' }) province: string;
  @ApiProperty({ example: 'demo.so-cai.example/thcs-song-may', description: "Origin of the school's ledger" })
  origin: string;
  @ApiProperty({ example: true }) demo: boolean;
  @ApiProperty({ example: true, description: 'Whether the homeroom teacher confirms a correction first' })
  homeroomConfirms: boolean;
  @ApiProperty({ type: [SchoolYearAnswer] }) years: SchoolYearAnswer[];
  @ApiProperty({
    example: '7a6f0f5e-0d0a-4a0e-9b0e-3b8f1f1f9a01',
    nullable: true,
    type: String,
    description: 'The year of today, or the newest one begun',
  })
  currentYearId: string | null;
}

/** Which year's classes; the current year's when left out. */
export class ClassesQuery {
  @ApiProperty({ example: '7a6f0f5e-0d0a-4a0e-9b0e-3b8f1f1f9a01', required: false })
  @IsOptional()
  @IsUUID(undefined, { message: 'Mã năm học không đúng dạng.' })
  yearId?: string;
}

export class NamedPerson {
  @ApiProperty({ example: '0b0f6f0e-6a53-4d56-8f5e-0f0d7f1d1c11' }) id: string;
  @ApiProperty({ example: 'Trần Thị Thu Hà' }) fullName: string;
}

export class ClassSummary {
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' }) id: string;
  @ApiProperty({ example: '6A1' }) name: string;
  @ApiProperty({ example: 6 }) grade: number;
  @ApiProperty({ example: '7a6f0f5e-0d0a-4a0e-9b0e-3b8f1f1f9a01' }) yearId: string;
  @ApiProperty({ example: '2026-2027' }) yearLabel: string;
  @ApiProperty({ example: 'tt22-2021', enum: ['tt22-2021', 'tt27-2020'] }) ruleSet: 'tt22-2021' | 'tt27-2020';
  @ApiProperty({ example: 44, description: 'Pupils in the class today' }) pupilCount: number;
  @ApiProperty({ type: NamedPerson, nullable: true, description: 'Homeroom teacher (giáo viên chủ nhiệm)' })
  homeroom: NamedPerson | null;
  @ApiProperty({ example: ['TOAN', 'GVCN'], description: 'Areas of this class assigned to me today' })
  mine: string[];
}

export class ClassesAnswer {
  @ApiProperty({ type: SchoolYearAnswer, nullable: true }) year: SchoolYearAnswer | null;
  @ApiProperty({ type: [ClassSummary], description: 'By grade, then name' }) classes: ClassSummary[];
}

export class PupilAnswer {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) id: string;
  @ApiProperty({ example: '7412340117' }) code: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) fullName: string;
  @ApiProperty({ example: 'NU', enum: ['NAM', 'NU'] }) sex: 'NAM' | 'NU';
  @ApiProperty({ example: '2015-03-08' }) birthDate: string;
  @ApiProperty({ example: '2026-09-05' }) enteredOn: string;
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: 'Last day in the class, when gone',
  })
  leftOn: string | null;
}

export class AssignmentAnswer {
  @ApiProperty({ example: 'TOAN', description: 'A subject, or GVCN for the homeroom' }) area: string;
  @ApiProperty({ example: 'Toán' }) label: string;
  @ApiProperty({ type: NamedPerson }) teacher: NamedPerson;
  @ApiProperty({ example: '2026-09-05' }) from: string;
  @ApiProperty({ example: null, nullable: true, type: String }) to: string | null;
}

/** A sheet (sổ) is class × area × period. */
export class SheetOfClass {
  @ApiProperty({ example: 'TOAN' }) area: string;
  @ApiProperty({ example: 'Toán' }) label: string;
  @ApiProperty({ example: 'HK1' }) period: string;
  @ApiProperty({ example: 'Học kì I' }) periodLabel: string;
  @ApiProperty({ example: true, description: 'Whether I am assigned to it today' }) mine: boolean;
}

export class ClassAnswer extends ClassSummary {
  @ApiProperty({
    type: [PupilAnswer],
    description: 'In the order of a class list: given name, then the rest',
  })
  pupils: PupilAnswer[];
  @ApiProperty({ type: [AssignmentAnswer] }) assignments: AssignmentAnswer[];
  @ApiProperty({ type: [SheetOfClass] }) sheets: SheetOfClass[];
}

export class AssignmentDto {
  @ApiProperty({ example: 'TOAN', description: 'A subject of the class, or GVCN for the homeroom' })
  @Matches(/^[A-Z0-9_]{2,40}$/, { message: 'Mã môn không đúng dạng.' })
  area: string;

  @ApiProperty({ example: '0b0f6f0e-6a53-4d56-8f5e-0f0d7f1d1c11' })
  @IsUUID(undefined, { message: 'Mã người được phân công không đúng dạng.' })
  personId: string;

  @ApiProperty({
    example: '2026-11-01',
    required: false,
    description: "First day; the year's first day when left out",
  })
  @IsOptional()
  @CalendarDay('Ngày bắt đầu')
  from?: string;

  @ApiProperty({
    example: true,
    required: false,
    description: 'Ends the earlier assignments of this area the day before',
  })
  @IsOptional()
  @IsBoolean({ message: 'Chỉ nhận true hoặc false.' })
  replaces?: boolean;
}

export class AssignmentsRequest {
  @ApiProperty({ type: [AssignmentDto] })
  @IsArray()
  @ArrayMinSize(1, { message: 'Chưa có phân công nào.' })
  @ArrayMaxSize(100, { message: 'Mỗi lần nhiều nhất 100 phân công.' })
  @ValidateNested({ each: true })
  @Type(() => AssignmentDto)
  assignments: AssignmentDto[];
}

export class AssignmentsAnswer {
  @ApiProperty({ type: [AssignmentAnswer], description: 'Every assignment in force' })
  assignments: AssignmentAnswer[];
}
