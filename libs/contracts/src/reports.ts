/** Entry progress at a moment, minutes of its checks, reminders. */
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { PlainText } from './plain-text.js';
import { NamedPerson } from './school.js';

const ID = 'f6c9e1a8-6d39-4b5b-9a7e-55a4f2f90b11';
const PERIODS = ['HK1', 'HK2', 'GHK1', 'CHK1', 'GHK2', 'CN'] as const;
/** ISO 8601 with a time and an offset or Z. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

export class ProgressQuery {
  @ApiProperty({ example: ID })
  @IsUUID(undefined, { message: 'Mã năm học không đúng dạng.' })
  yearId: string;

  @ApiProperty({ example: '2026-11-20T10:00:00.000Z', required: false, description: 'Now when left out' })
  @IsOptional()
  @Matches(INSTANT, { message: 'Thời điểm phải có ngày, giờ và múi giờ, ví dụ 2026-11-20T17:00+07:00.' })
  at?: string;

  @ApiProperty({ example: ID, required: false })
  @IsOptional()
  @IsUUID(undefined, { message: 'Mã lớp không đúng dạng.' })
  classId?: string;

  @ApiProperty({ example: 'HK1', required: false, enum: PERIODS })
  @IsOptional()
  @IsIn(PERIODS, { message: `Thời điểm đánh giá phải là một trong: ${PERIODS.join(', ')}.` })
  period?: string;
}

export class ColumnProgress {
  @ApiProperty({ example: 'GK' }) column: string;
  @ApiProperty({ example: 'Giữa kì' }) label: string;
  @ApiProperty({ example: 40, description: 'Recorded at that moment' }) recorded: number;
  @ApiProperty({ example: 4, description: 'Required and not recorded at that moment' }) missing: number;
}

export class SheetProgressAnswer {
  @ApiProperty({ example: 'TOAN' }) area: string;
  @ApiProperty({ example: 'Toán' }) label: string;
  @ApiProperty({ example: 'HK1' }) period: string;
  @ApiProperty({ example: 'Học kì I' }) periodLabel: string;
  @ApiProperty({ type: [NamedPerson] }) teachers: NamedPerson[];
  @ApiProperty({ example: 264 }) required: number;
  @ApiProperty({ example: 220 }) recorded: number;
  @ApiProperty({ type: [ColumnProgress] }) columns: ColumnProgress[];
}

export class ClassProgress {
  @ApiProperty({ example: ID }) classId: string;
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ type: [SheetProgressAnswer] }) sheets: SheetProgressAnswer[];
}

export class ProgressAnswer {
  @ApiProperty({ example: '2026-11-20T10:00:00.000Z' }) at: string;
  @ApiProperty({ type: [ClassProgress], description: 'Counts only, never a value' }) classes: ClassProgress[];
}

export class InspectionRequest extends ProgressQuery {
  @ApiProperty({ example: '05/BB-THCSSM' })
  @PlainText('Số biên bản', { min: 1, max: 60 })
  number: string;

  @ApiProperty({ example: 'Toán 6A1 còn thiếu 4 điểm giữa kì; hoàn thành trước 25/11.' })
  @PlainText('Kết luận', { min: 3, max: 4000 })
  conclusion: string;

  @ApiProperty({ example: [ID], type: [String], description: 'Teachers who were checked' })
  @IsArray()
  @ArrayMaxSize(200)
  @IsUUID(undefined, { each: true, message: 'Mã người được kiểm tra không đúng dạng.' })
  checked: string[];
}

export class OpinionRequest {
  @ApiProperty({ example: 'Em An vắng có phép, sẽ kiểm tra bù tuần sau.' })
  @PlainText('Ý kiến', { min: 1, max: 2000 })
  opinion: string;
}

export class OpinionAnswer {
  @ApiProperty({ type: NamedPerson }) person: NamedPerson;
  @ApiProperty({ example: null, nullable: true, type: String }) opinion: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) givenAt: string | null;
}

export class InspectionAnswer {
  @ApiProperty({ example: ID }) id: string;
  @ApiProperty({ example: '05/BB-THCSSM' }) number: string;
  @ApiProperty({ example: '2026-11-20T10:00:00.000Z' }) at: string;
  @ApiProperty({ example: 'Toán 6A1 còn thiếu …' }) conclusion: string;
  @ApiProperty({ type: NamedPerson }) checkedBy: NamedPerson;
  @ApiProperty({ example: '2026-11-20T10:05:00.000Z' }) checkedAt: string;
  @ApiProperty({ type: ProgressAnswer, description: 'As it was at that moment' }) progress: ProgressAnswer;
  @ApiProperty({ type: [OpinionAnswer] }) opinions: OpinionAnswer[];
}

export class ReminderRequest {
  @ApiProperty({ example: ID })
  @IsUUID(undefined, { message: 'Mã lớp không đúng dạng.' })
  classId: string;

  @ApiProperty({ example: 'TOAN' })
  @Matches(/^[A-Z0-9_]{2,40}$/, { message: 'Mã môn không đúng dạng.' })
  area: string;

  @ApiProperty({ example: 'HK1', enum: PERIODS })
  @IsIn(PERIODS, { message: `Thời điểm đánh giá phải là một trong: ${PERIODS.join(', ')}.` })
  period: string;

  @ApiProperty({ example: 'Đợt nhập điểm đóng lúc 17 giờ thứ Sáu.', required: false })
  @IsOptional()
  @PlainText('Lời nhắc', { min: 1, max: 500 })
  message?: string;
}

export class ReminderAnswer {
  @ApiProperty({ example: ID }) id: string;
  @ApiProperty({ example: ID }) classId: string;
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: 'TOAN' }) area: string;
  @ApiProperty({ example: 'Toán' }) label: string;
  @ApiProperty({ example: 'HK1' }) period: string;
  @ApiProperty({ type: NamedPerson }) from: NamedPerson;
  @ApiProperty({ type: NamedPerson }) to: NamedPerson;
  @ApiProperty({ example: null, nullable: true, type: String }) message: string | null;
  @ApiProperty({ example: 4 }) missing: number;
  @ApiProperty({ example: '2026-11-20T10:05:00.000Z' }) sentAt: string;
  @ApiProperty({ example: null, nullable: true, type: String }) seenAt: string | null;
}

export class RemindersAnswer {
  @ApiProperty({ type: [ReminderAnswer], description: 'To me, newest first' }) reminders: ReminderAnswer[];
}

export class StatisticsQuery {
  @ApiProperty({ example: ID })
  @IsUUID(undefined, { message: 'Mã năm học không đúng dạng.' })
  yearId: string;
}

export class LevelShareAnswer {
  @ApiProperty({ example: 'KHA' }) level: string;
  @ApiProperty({ example: 'Khá' }) label: string;
  @ApiProperty({ example: 14 }) count: number;
  @ApiProperty({ example: '35.0', description: 'Of the pupils assessed, one decimal' }) percent: string;
}

/** How many pupils have each level of one result. */
export class SharesAnswer {
  @ApiProperty({ example: 'learning.year', description: 'Path into the answer of evaluate' }) about: string;
  @ApiProperty({ example: 'Kết quả học tập, cả năm' }) label: string;
  @ApiProperty({ example: 40, description: 'Pupils that the percentages are of' }) assessed: number;
  @ApiProperty({ example: 1, description: 'Under an individual plan: left out of the percentages' })
  notAssessed: number;
  @ApiProperty({ example: 0, description: 'Assessed, without a result that holds yet' }) open: number;
  @ApiProperty({ type: [LevelShareAnswer], description: 'The best level first' }) shares: LevelShareAnswer[];
}

/** How many pupils have each level of one subject in the year. */
export class SubjectSharesAnswer extends SharesAnswer {
  @ApiProperty({ example: 'TOAN' }) area: string;
  @ApiProperty({ example: 0, description: 'Do not take the subject (or stopped it): in no other number' })
  notTaken: number;
}

export class HonourCountAnswer {
  @ApiProperty({ example: 'HOC_SINH_GIOI' }) honour: string;
  @ApiProperty({ example: 'Học sinh Giỏi' }) label: string;
  @ApiProperty({ example: 9 }) count: number;
}

/** How many pupils have each title; each pupil is in one number. */
export class HonoursAnswer {
  @ApiProperty({ type: [HonourCountAnswer], description: 'The highest title first' })
  titles: HonourCountAnswer[];
  @ApiProperty({ example: 26, description: 'With a result and no title' }) none: number;
  @ApiProperty({ example: 0, description: 'Without a result that holds yet' }) open: number;
}

/** What is counted of a class, of a grade, of all. No pupil is named and none is ranked. */
export class CountedAnswer {
  @ApiProperty({ type: [SharesAnswer] }) shares: SharesAnswer[];
  @ApiProperty({
    type: [SubjectSharesAnswer],
    description: 'Of the subjects taught, in the order of the book',
  })
  subjects: SubjectSharesAnswer[];
  @ApiProperty({ type: HonoursAnswer }) honours: HonoursAnswer;
}

export class ClassSharesAnswer extends CountedAnswer {
  @ApiProperty({ example: ID }) classId: string;
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: 6 }) grade: number;
}

export class GradeSharesAnswer extends CountedAnswer {
  @ApiProperty({ example: 6 }) grade: number;
}

export class StatisticsAnswer {
  @ApiProperty({ example: ID }) yearId: string;
  @ApiProperty({ type: [ClassSharesAnswer] }) classes: ClassSharesAnswer[];
  @ApiProperty({ type: [GradeSharesAnswer] }) grades: GradeSharesAnswer[];
  @ApiProperty({ type: CountedAnswer, nullable: true, description: 'All classes that are shown; null: none' })
  all: CountedAnswer | null;
}
