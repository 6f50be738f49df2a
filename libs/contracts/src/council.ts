/** From the homeroom teacher's list over the class's recognition to the council's meeting. */
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  IsUUID,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { CalendarDay } from './calendar-day.js';
import { PlainText } from './plain-text.js';
import { NamedPerson } from './school.js';

const ID = 'f6c9e1a8-6d39-4b5b-9a7e-55a4f2f90b11';

function Count(what: string, min: number): PropertyDecorator {
  const decorators = [
    IsInt({ message: `${what} phải là số nguyên.` }),
    Min(min, { message: `${what} ít nhất là ${String(min)}.` }),
    Max(1000, { message: `${what} nhiều nhất là 1000.` }),
  ];
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}

export class ListRequest {
  @ApiProperty({ example: 'Em Bình vào danh sách rèn luyện hè.', required: false })
  @IsOptional()
  @PlainText('Ghi chú', { min: 1, max: 1000 })
  note?: string;
}

export class RowCommentDto {
  @ApiProperty({ example: ID })
  @IsUUID(undefined, { message: 'Mã học sinh không đúng dạng.' })
  pupilId: string;

  @ApiProperty({ example: 'Xem lại mức đánh giá môn Toán học kì II.' })
  @PlainText('Góp ý', { min: 3, max: 500 })
  comment: string;
}

export class ListReturnRequest {
  @ApiProperty({ example: 'Cần xem lại hai em trước khi họp.' })
  @PlainText('Lí do trả lại', { min: 3, max: 500 })
  reason: string;

  @ApiProperty({ type: [RowCommentDto], description: 'Pinned to the rows they are about' })
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique((row?: RowCommentDto) => row?.pupilId, { message: 'Một học sinh có hai góp ý.' })
  @ValidateNested({ each: true })
  @Type(() => RowCommentDto)
  comments: RowCommentDto[];
}

export class ListAnswer {
  @ApiProperty({ example: ID }) id: string;
  @ApiProperty({ example: ID }) classId: string;
  @ApiProperty({ type: NamedPerson }) submittedBy: NamedPerson;
  @ApiProperty({ example: '2027-05-20T03:00:00.000Z' }) submittedAt: string;
  @ApiProperty({ example: null, nullable: true, type: String }) note: string | null;
  @ApiProperty({ example: [ID], type: [String], description: 'Whom it puts before the council' })
  pupilIds: string[];
  @ApiProperty({
    example: true,
    description: 'The council votes on it: not sent back, no result is newer than it',
  })
  stands: boolean;
  @ApiProperty({ type: NamedPerson, nullable: true }) returnedBy: NamedPerson | null;
  @ApiProperty({ example: null, nullable: true, type: String }) returnReason: string | null;
  @ApiProperty({ type: [RowCommentDto] }) comments: RowCommentDto[];
}

export class RecognisedPupilDto {
  @ApiProperty({ example: ID })
  @IsUUID(undefined, { message: 'Mã học sinh không đúng dạng.' })
  pupilId: string;

  @ApiProperty({ example: 31 })
  @Count('Số phiếu', 0)
  votes: number;

  @ApiProperty({
    example: true,
    description: 'What the class concluded; no threshold is set by the circular',
  })
  @IsBoolean({ message: 'Chỉ nhận true hoặc false.' })
  recognised: boolean;
}

export class RecognitionRequest {
  @ApiProperty({ example: '2027-05-19' })
  @CalendarDay('Ngày họp lớp')
  heldOn: string;

  @ApiProperty({ example: 34 })
  @Count('Số học sinh có mặt', 1)
  present: number;

  @ApiProperty({ type: [RecognisedPupilDto] })
  @IsArray()
  @ArrayMinSize(1, { message: 'Chưa có học sinh nào được đưa ra lớp.' })
  @ArrayMaxSize(100)
  @ArrayUnique((row?: RecognisedPupilDto) => row?.pupilId, { message: 'Một học sinh được gửi hai lần.' })
  @ValidateNested({ each: true })
  @Type(() => RecognisedPupilDto)
  pupils: RecognisedPupilDto[];
}

export class RecognitionAnswer extends RecognitionRequest {
  @ApiProperty({ example: ID }) id: string;
  @ApiProperty({ example: ID }) classId: string;
  @ApiProperty({ type: NamedPerson }) enteredBy: NamedPerson;
}

export class ClassVoteDto {
  @ApiProperty({ example: ID })
  @IsUUID(undefined, { message: 'Mã lớp không đúng dạng.' })
  classId: string;

  @ApiProperty({ example: 21 })
  @Count('Số phiếu tán thành', 0)
  votesFor: number;

  @ApiProperty({ example: 0 })
  @Count('Số phiếu không tán thành', 0)
  votesAgainst: number;

  @ApiProperty({ example: 1 })
  @Count('Số phiếu trắng', 0)
  abstained: number;
}

export class MeetingRequest {
  @ApiProperty({ example: ID })
  @IsUUID(undefined, { message: 'Mã năm học không đúng dạng.' })
  yearId: string;

  @ApiProperty({ example: '2027-05-25' })
  @CalendarDay('Ngày họp')
  heldOn: string;

  @ApiProperty({ example: ID, description: 'Who chaired it (chủ trì)' })
  @IsUUID(undefined, { message: 'Mã người chủ trì không đúng dạng.' })
  chairId: string;

  @ApiProperty({ example: ID, description: 'Who kept the minutes (thư kí)' })
  @IsUUID(undefined, { message: 'Mã thư kí không đúng dạng.' })
  secretaryId: string;

  @ApiProperty({ example: 24 })
  @Count('Số thành viên', 1)
  members: number;

  @ApiProperty({ example: 22 })
  @Count('Số người có mặt', 1)
  present: number;

  @ApiProperty({ example: 'Hội đồng xét kết quả học tập và rèn luyện năm học 2026–2027 …' })
  @PlainText('Nội dung biên bản', { min: 10, max: 10_000 })
  minutes: string;

  @ApiProperty({ type: [ClassVoteDto] })
  @IsArray()
  @ArrayMinSize(1, { message: 'Chưa có lớp nào được biểu quyết.' })
  @ArrayMaxSize(200)
  @ArrayUnique((row?: ClassVoteDto) => row?.classId, { message: 'Một lớp được biểu quyết hai lần.' })
  @ValidateNested({ each: true })
  @Type(() => ClassVoteDto)
  votes: ClassVoteDto[];
}

export class ClassVoteAnswer extends ClassVoteDto {
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: true, description: 'More than half of those present voted for it' })
  passed: boolean;
}

export class MeetingAnswer {
  @ApiProperty({ example: ID }) id: string;
  @ApiProperty({ example: '2027-05-25' }) heldOn: string;
  @ApiProperty({ type: NamedPerson }) chair: NamedPerson;
  @ApiProperty({ type: NamedPerson }) secretary: NamedPerson;
  @ApiProperty({ example: 24 }) members: number;
  @ApiProperty({ example: 22 }) present: number;
  @ApiProperty({ example: 'Hội đồng xét …' }) minutes: string;
  @ApiProperty({ type: [ClassVoteAnswer] }) votes: ClassVoteAnswer[];
}

export class MeetingsQuery {
  @ApiProperty({ example: ID })
  @IsUUID(undefined, { message: 'Mã năm học không đúng dạng.' })
  yearId: string;
}

export class MeetingsAnswer {
  @ApiProperty({ type: [MeetingAnswer], description: 'Newest first' }) meetings: MeetingAnswer[];
}

/** One step of the end of the year, in the order in which they must come. */
export class YearStepAnswer {
  @ApiProperty({
    example: 'list',
    enum: ['locks', 'results', 'recognition', 'list', 'council', 'decision'],
  })
  step: string;
  @ApiProperty({ example: 'Danh sách của giáo viên chủ nhiệm' }) label: string;
  @ApiProperty({ example: 'waiting', enum: ['done', 'waiting', 'blocked', 'not-needed'] }) state: string;
  @ApiProperty({ example: 'Chưa gửi danh sách; giáo viên chủ nhiệm gửi sau khi kết quả đã tổng hợp.' })
  sentence: string;
}

export class YearStepsAnswer {
  @ApiProperty({ example: ID }) classId: string;
  @ApiProperty({ type: [YearStepAnswer] }) steps: YearStepAnswer[];
}
