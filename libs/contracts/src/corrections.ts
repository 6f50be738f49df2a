/** Corrections of what was recorded: request, confirmation, approval, and their refusals. */
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { ActAnswerDto } from './acts.js';
import { EvidenceAnswer } from './evidence.js';
import { Nested } from './nested.js';
import { PlainText } from './plain-text.js';

const PERIODS = ['HK1', 'HK2', 'GHK1', 'CHK1', 'GHK2', 'CN'] as const;
const STATES = ['requested', 'confirmed', 'approved', 'rejected', 'applied', 'withdrawn', 'expired'] as const;
const CAUSES = ['added-up', 'typed', 'shifted', 'make-up', 'missing', 'appeal', 'other'] as const;
const MOST = 200;

export class CorrectionCellDto {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' })
  @IsUUID(undefined, { message: 'Mã học sinh không đúng dạng.' })
  pupilId: string;

  @ApiProperty({ example: 'CK' })
  @Matches(/^[A-Z0-9_]{2,40}$/, { message: 'Mã cột không đúng dạng.' })
  column: string;

  @ApiProperty({ example: '6,5', description: 'The right value, as typed' })
  @IsString({ message: 'Giá trị mới phải là chữ (điểm gửi dạng "6,5").' })
  @MinLength(1, { message: 'Hãy nhập giá trị mới.' })
  @MaxLength(2000, { message: 'Giá trị dài quá 2000 kí tự.' })
  newValue: string;

  @ApiProperty({
    example: 1,
    description: 'Version of the cell the requester saw; 0 when it is missing after a lock',
  })
  @IsInt({ message: 'Phiên bản phải là số nguyên.' })
  @Min(0, { message: 'Phiên bản phải từ 0.' })
  @Max(2_000_000_000)
  version: number;
}

/** One cause, one or many cells of one sheet. */
export class CorrectionRequest {
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' })
  @IsUUID(undefined, { message: 'Mã lớp không đúng dạng.' })
  classId: string;

  @ApiProperty({ example: 'TOAN' })
  @Matches(/^[A-Z0-9_]{2,40}$/, { message: 'Mã môn không đúng dạng.' })
  area: string;

  @ApiProperty({ example: 'HK1', enum: PERIODS })
  @IsIn(PERIODS, { message: `Thời điểm phải là một trong: ${PERIODS.join(', ')}.` })
  period: (typeof PERIODS)[number];

  @ApiProperty({
    example: 'added-up',
    enum: CAUSES,
    required: false,
    description:
      'From the list: added up wrongly, typed wrongly, shifted rows, make-up test, missing, appeal, other',
  })
  @IsOptional()
  @IsIn(CAUSES, { message: `Nguyên nhân phải là một trong: ${CAUSES.join(', ')}.` })
  cause?: (typeof CAUSES)[number];

  @ApiProperty({ example: 'Cộng sót điểm câu 2b bài cuối kì' })
  @PlainText('Lí do sửa', { min: 5, max: 500 })
  reason: string;

  @ApiProperty({ type: [CorrectionCellDto] })
  @IsArray()
  @ArrayMinSize(1, { message: 'Hãy chọn ít nhất một ô cần sửa.' })
  @ArrayMaxSize(MOST, { message: `Mỗi đề nghị có nhiều nhất ${MOST} ô.` })
  @ArrayUnique((c?: CorrectionCellDto) => `${c?.pupilId} ${c?.column}`, {
    message: 'Một ô được gửi hai lần.',
  })
  @ValidateNested({ each: true })
  @Type(() => CorrectionCellDto)
  cells: CorrectionCellDto[];
}

/** Which corrections; parameters of the act "correction.approve" as well. */
export class CorrectionIds {
  @ApiProperty({ example: ['7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55'], type: [String] })
  @IsArray()
  @ArrayMinSize(1, { message: 'Hãy chọn ít nhất một đề nghị.' })
  @ArrayMaxSize(MOST, { message: `Mỗi lần nhiều nhất ${MOST} đề nghị.` })
  @ArrayUnique({ message: 'Một đề nghị được chọn hai lần.' })
  @IsUUID(undefined, { each: true, message: 'Mã đề nghị không đúng dạng.' })
  correctionIds: string[];
}

/** The second factor's answer to the act "correction.approve" stated for exactly this correction. */
export class ApproveOneRequest {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

export class ApproveManyRequest extends CorrectionIds {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

export class RejectOneRequest {
  @ApiProperty({ example: 'Chưa đính kèm bài làm có chữ kí của giáo viên chấm.' })
  @PlainText('Lí do từ chối', { min: 5, max: 500 })
  reason: string;

  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

/** Parameters of the act "correction.reject". */
export class RejectParams extends CorrectionIds {
  @ApiProperty({ example: 'Chưa đính kèm bài làm có chữ kí của giáo viên chấm.' })
  @PlainText('Lí do từ chối', { min: 5, max: 500 })
  reason: string;
}

export class RejectManyRequest extends RejectParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

export class CorrectionsQuery {
  @ApiProperty({ example: 'requested', enum: STATES, required: false })
  @IsOptional()
  @IsIn(STATES, { message: `Trạng thái phải là một trong: ${STATES.join(', ')}.` })
  state?: (typeof STATES)[number];

  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11', required: false })
  @IsOptional()
  @IsUUID(undefined, { message: 'Mã lớp không đúng dạng.' })
  classId?: string;

  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677', required: false })
  @IsOptional()
  @IsUUID(undefined, { message: 'Mã học sinh không đúng dạng.' })
  pupilId?: string;
}

export class CorrectionAnswer {
  @ApiProperty({ example: '7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55' }) id: string;
  @ApiProperty({
    example: 'f0c8b6c2-61a5-4a7f-9c43-5a0f2f4b8d10',
    description: 'Cells of one cause share it',
  })
  requestId: string;
  @ApiProperty({ example: 'requested', enum: STATES }) state: (typeof STATES)[number];
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' }) classId: string;
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: 'TOAN' }) area: string;
  @ApiProperty({ example: 'Toán' }) areaLabel: string;
  @ApiProperty({ example: 'HK1' }) period: string;
  @ApiProperty({ example: 'CK' }) column: string;
  @ApiProperty({ example: 'ĐĐGck' }) columnLabel: string;
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) pupilName: string;
  @ApiProperty({ example: '8d7c2f4e-1c83-4b19-8b6a-4b7bb8a1f0d1', nullable: true, type: String }) markId:
    string | null;
  @ApiProperty({
    example: '6',
    nullable: true,
    type: String,
    description: 'Null when it was missing after a lock',
  })
  oldValue: string | null;
  @ApiProperty({ example: '6.5' }) newValue: string;
  @ApiProperty({ example: 1 }) markVersion: number;
  @ApiProperty({ example: 'added-up', enum: CAUSES }) cause: (typeof CAUSES)[number];
  @ApiProperty({ example: 'Cộng sót điểm câu 2b bài cuối kì' }) reason: string;
  @ApiProperty({ example: 'Lê Văn Bình' }) teacherOfRecord: string;
  @ApiProperty({ example: 'Lê Văn Bình' }) requestedBy: string;
  @ApiProperty({ example: '2026-11-21T03:00:00.000Z' }) requestedAt: string;
  @ApiProperty({
    example: '2026-12-05T03:00:00.000Z',
    description: 'From then on it can no longer be decided',
  })
  expiresAt: string;
  @ApiProperty({ example: null, nullable: true, type: String, description: 'The appeal it comes of' })
  appealId: string | null;
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: 'Why nobody confirms it, in words; null when a confirmation is asked for',
  })
  confirmationSkipped: string | null;
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description:
      "Why the group head confirms it in the homeroom teacher's place, in words; null when that is not so",
  })
  headConfirms: string | null;
  @ApiProperty({ example: 'Phạm Thị Lan', nullable: true, type: String }) confirmedBy: string | null;
  @ApiProperty({ example: '2026-11-21T04:00:00.000Z', nullable: true, type: String }) confirmedAt:
    string | null;
  @ApiProperty({ example: 'Trần Thị Thu Hà', nullable: true, type: String }) decidedBy: string | null;
  @ApiProperty({ example: '2026-11-21T05:00:00.000Z', nullable: true, type: String }) decidedAt:
    string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) decisionReason: string | null;
  @ApiProperty({ example: '2026-11-21T05:00:00.000Z', nullable: true, type: String }) appliedAt:
    string | null;
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: 'The IT officer who applied it; null when the server did',
  })
  appliedBy: string | null;
  @ApiProperty({ type: [EvidenceAnswer], description: 'Of the whole request; empty for who may not see it' })
  evidence: EvidenceAnswer[];
  @ApiProperty({
    example: ['approve', 'reject'],
    type: [String],
    enum: ['confirm', 'approve', 'apply', 'reject', 'withdraw'],
    isArray: true,
    description: 'What I may do with it now',
  })
  may: ('confirm' | 'approve' | 'apply' | 'reject' | 'withdraw')[];
}

export class CorrectionsAnswer {
  @ApiProperty({ type: [CorrectionAnswer], description: 'Newest first' }) corrections: CorrectionAnswer[];
}

export class EffectAnswer {
  @ApiProperty({ example: 'subjects.TOAN.HK1', description: 'Path into the answer of evaluate' })
  about: string;
  @ApiProperty({ example: '7.9', nullable: true, type: String }) from: string | null;
  @ApiProperty({ example: '8.0', nullable: true, type: String }) to: string | null;
  @ApiProperty({ example: 'Toán, Học kì I: 7,9 → 8,0' }) sentence: string;
}

export class CorrectionEffectAnswer {
  @ApiProperty({ example: '7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55' }) correctionId: string;
  @ApiProperty({ type: [EffectAnswer], description: 'Every result that would change; empty when none would' })
  effects: EffectAnswer[];
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: 'Why nothing can be said of it: the pupil has left the class',
  })
  unknownBecause: string | null;
}
