/** Results of a class's year, the notes that enter them, and the council's decisions on them. */
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsUUID,
  Matches,
  ValidateNested,
} from 'class-validator';
import { CalendarDay } from './calendar-day.js';
import { PlainText } from './plain-text.js';

const SUBJECT = /^[A-Z0-9_]{2,40}$/;

/** What the regulations leave to people, a pupil's year; replaces the pupil's earlier note. */
export class YearNoteDto {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' })
  @IsUUID(undefined, { message: 'Mã học sinh không đúng dạng.' })
  pupilId: string;

  @ApiProperty({
    example: ['GDTC'],
    required: false,
    type: [String],
    description: 'Under an individual plan: not assessed',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(30)
  @Matches(SUBJECT, { each: true, message: 'Mã môn không đúng dạng.' })
  notAssessed?: string[];

  @ApiProperty({
    example: ['GDTC'],
    required: false,
    type: [String],
    description: 'Practice exempt (TT 22/2021 Đ.10)',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(30)
  @Matches(SUBJECT, { each: true, message: 'Mã môn không đúng dạng.' })
  exempt?: string[];

  @ApiProperty({
    example: true,
    required: false,
    description: 'TT 27/2020 Đ.13: outstanding, or clear progress',
  })
  @IsOptional()
  @IsBoolean({ message: 'Chỉ nhận true hoặc false.' })
  outstanding?: boolean;

  @ApiProperty({ example: true, required: false, description: 'TT 27/2020 Đ.13: recognised by the class' })
  @IsOptional()
  @IsBoolean({ message: 'Chỉ nhận true hoặc false.' })
  classRecognised?: boolean;

  @ApiProperty({
    example: { subjects: { TOAN: '6.0' } },
    required: false,
    type: Object,
    description: 'TT 22/2021 Đ.13–14, as in the input of evaluate',
  })
  @IsOptional()
  @IsObject({ message: 'Kết quả đánh giá lại phải là một đối tượng.' })
  reassessment?: Record<string, unknown>;

  @ApiProperty({
    example: { levels: { TOAN: { CN: 'H' } } },
    required: false,
    type: Object,
    description: 'TT 27/2020 Đ.11, as in the input of evaluate',
  })
  @IsOptional()
  @IsObject({ message: 'Kết quả đánh giá bổ sung phải là một đối tượng.' })
  additionalAssessment?: Record<string, unknown>;

  @ApiProperty({
    example: { TOAN: { CN: '4' } },
    required: false,
    type: Object,
    description: 'TT 27/2020 Đ.7: the abnormal test kept beside the one that counts',
  })
  @IsOptional()
  @IsObject({ message: 'Bài kiểm tra được thay phải là một đối tượng.' })
  replacedTests?: Record<string, unknown>;
}

export class YearNotesRequest {
  @ApiProperty({ type: [YearNoteDto] })
  @IsArray()
  @ArrayMinSize(1, { message: 'Chưa có học sinh nào.' })
  @ArrayMaxSize(100, { message: 'Mỗi lần nhiều nhất 100 học sinh.' })
  @ArrayUnique((n?: YearNoteDto) => n?.pupilId, { message: 'Một học sinh được gửi hai lần.' })
  @ValidateNested({ each: true })
  @Type(() => YearNoteDto)
  notes: YearNoteDto[];
}

export class YearNotesAnswer {
  @ApiProperty({ type: [YearNoteDto] }) notes: YearNoteDto[];
}

export class PupilResultAnswer {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: '7412340117' }) code: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) fullName: string;
  @ApiProperty({
    example: {
      learning: { HK1: 'KHA', HK2: 'TOT', year: 'TOT' },
      promotion: 'LEN_LOP',
      honour: 'HOC_SINH_GIOI',
    },
    nullable: true,
    type: Object,
    description: 'The answer of evaluate (contracts of the command line); null when not computed',
  })
  answer: Record<string, unknown> | null;
  @ApiProperty({ example: 'Được lên lớp 7.', nullable: true, type: String, description: 'In words' })
  promotion: string | null;
  @ApiProperty({ example: 'Học sinh Giỏi', nullable: true, type: String, description: 'In words' })
  honour: string | null;
  @ApiProperty({ example: '2027-05-20T03:00:00.000Z', nullable: true, type: String }) computedAt:
    string | null;
  @ApiProperty({ example: false, description: 'A mark or note changed since: compute again' }) stale: boolean;
  @ApiProperty({
    example: '45/QĐ-THCSSM',
    nullable: true,
    type: String,
    description: 'Number of the decision on this very result; null while the council has not decided on it',
  })
  decidedBy: string | null;
}

export class DecisionAnswer {
  @ApiProperty({ example: 'f6c9e1a8-6d39-4b5b-9a7e-55a4f2f90b11' }) id: string;
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' }) classId: string;
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: '45/QĐ-THCSSM' }) number: string;
  @ApiProperty({ example: '2027-05-27' }) decidedOn: string;
  @ApiProperty({ example: 'Nguyễn Văn Hòa' }) enteredBy: string;
  @ApiProperty({ example: '2027-05-27T08:00:00.000Z' }) enteredAt: string;
  @ApiProperty({ example: true, description: 'It decides at least one result as it is now' })
  inForce: boolean;
  @ApiProperty({ example: ['1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677'], type: [String], description: 'On whom' })
  pupilIds: string[];
  @ApiProperty({
    example: [],
    type: [String],
    description: 'Those of them whose result has changed since, or whom a later decision is on',
  })
  overtaken: string[];
}

export class ResultsAnswer {
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' }) classId: string;
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: 'tt22-2021', enum: ['tt22-2021', 'tt27-2020'] }) ruleSet: 'tt22-2021' | 'tt27-2020';
  @ApiProperty({ example: '1' }) ruleSetVersion: string;
  @ApiProperty({ example: true, description: 'Every pupil has a result that nothing has overtaken' })
  complete: boolean;
  @ApiProperty({ type: [PupilResultAnswer], description: 'In the order of the class list; no ranking' })
  results: PupilResultAnswer[];
  @ApiProperty({ type: DecisionAnswer, nullable: true, description: 'The newest' })
  decision: DecisionAnswer | null;
  @ApiProperty({
    example: [],
    type: [String],
    description:
      'Pupils on whose result, as it is now, the council has not decided: the next list is of them',
  })
  undecided: string[];
}

export class DecisionRequest {
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' })
  @IsUUID(undefined, { message: 'Mã lớp không đúng dạng.' })
  classId: string;

  @ApiProperty({
    example: 'f6c9e1a8-6d39-4b5b-9a7e-55a4f2f90b11',
    description: 'The meeting that voted on the class',
  })
  @IsUUID(undefined, { message: 'Mã cuộc họp không đúng dạng.' })
  meetingId: string;

  @ApiProperty({ example: '45/QĐ-THCSSM' })
  @PlainText('Số quyết định', { min: 1, max: 60 })
  number: string;

  @ApiProperty({ example: '2027-05-27' })
  @CalendarDay('Ngày quyết định')
  decidedOn: string;
}

export class DecisionsQuery {
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' })
  @IsUUID(undefined, { message: 'Mã lớp không đúng dạng.' })
  classId: string;
}

export class DecisionsAnswer {
  @ApiProperty({ type: [DecisionAnswer], description: 'Newest first' }) decisions: DecisionAnswer[];
}

export class FactAnswer {
  @ApiProperty({ example: 'TOAN' }) code: string;
  @ApiProperty({ example: 'Toán' }) name: string;
  @ApiProperty({ example: '7,9' }) value: string;
  @ApiProperty({ example: '8,0', nullable: true, type: String }) need: string | null;
}

export class ReasonAnswer {
  @ApiProperty({ example: 'TOO_FEW_ABOVE' }) code: string;
  @ApiProperty({ example: 'TT 22/2021 Đ.9 k.2 a' }) article: string;
  @ApiProperty({ example: 'môn Toán 7,9 < 8,0 — cần thêm 1 môn ≥ 8,0' }) sentence: string;
  @ApiProperty({ type: [FactAnswer] }) facts: readonly FactAnswer[];
}

export class ExplanationAnswer {
  @ApiProperty({ example: 'learning.year', description: 'Path into the answer of evaluate' }) about: string;
  @ApiProperty({ example: 'KHA', nullable: true, type: String }) value: string | null;
  @ApiProperty({ example: 'Khá: đủ điều kiện Tốt trừ môn Toán 7,9 < 8,0 — cần thêm 1 môn ≥ 8,0.' })
  sentence: string;
  @ApiProperty({ type: [ReasonAnswer] }) reasons: readonly ReasonAnswer[];
}

/** Which sheet the needed marks are asked of. */
export class NeededQuery {
  @ApiProperty({ example: 'TOAN' })
  @Matches(SUBJECT, { message: 'Mã môn không đúng dạng.' })
  area: string;

  @ApiProperty({ example: 'HK2', enum: ['HK1', 'HK2'] })
  @IsIn(['HK1', 'HK2'], { message: 'Học kì phải là HK1 hoặc HK2.' })
  period: string;
}

/** What the last test of a term must bring for a level. */
export class NeededMarkAnswer {
  @ApiProperty({ example: 'TOAN' }) subject: string;
  @ApiProperty({ example: 'HK2' }) period: string;
  @ApiProperty({ example: 'KHA' }) level: string;
  @ApiProperty({ example: '6.5', description: 'The term average that the level asks for' }) average: string;
  @ApiProperty({
    example: '6.5',
    nullable: true,
    type: String,
    description: 'The least mark that reaches it; null when even a 10 does not',
  })
  final: string | null;
  @ApiProperty({ example: 'Toán, Học kì II: cần CK ≥ 6,5 để ĐTB đạt 6,5 (mức Khá).' }) sentence: string;
}

export class PupilNeededAnswer {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) fullName: string;
  @ApiProperty({
    type: [NeededMarkAnswer],
    description: 'The best level first; empty unless only the last test is open',
  })
  needed: NeededMarkAnswer[];
}

export class ExplanationsAnswer {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) fullName: string;
  @ApiProperty({ type: [ExplanationAnswer] }) explanations: ExplanationAnswer[];
  @ApiProperty({ type: [NeededMarkAnswer], description: 'What last tests that are still open must bring' })
  needed: NeededMarkAnswer[];
}

export class WarningAnswer {
  @ApiProperty({ example: 'ABSENCES_NEAR_LIMIT' }) code: string;
  @ApiProperty({ example: 'absences' }) where: string;
  @ApiProperty({ example: 'TT 22/2021 Đ.12 k.1 c' }) article: string;
  @ApiProperty({ example: '5', nullable: true, type: String, description: 'What would be enough' })
  need: string | null;
  @ApiProperty({ example: 'Đã nghỉ 40 buổi: còn 5 buổi nữa là hết số buổi được phép (45).' })
  sentence: string;
}

export class PupilWarnings {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: '7412340117' }) code: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) fullName: string;
  @ApiProperty({ type: [WarningAnswer] }) warnings: WarningAnswer[];
}
