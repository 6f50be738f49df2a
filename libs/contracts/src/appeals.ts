/** Appeals of families against a mark (đề nghị phúc khảo), and the teacher's answer. */
import { ApiProperty } from '@nestjs/swagger';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
} from 'class-validator';
import { EvidenceAnswer } from './evidence.js';
import { PlainText } from './plain-text.js';

const STATES = ['asked', 'kept', 'changed', 'withdrawn'] as const;
const OUTCOMES = ['keep', 'change'] as const;

export class AppealRequest {
  @ApiProperty({ example: '8d7c2f4e-1c83-4b19-8b6a-4b7bb8a1f0d1' })
  @IsUUID(undefined, { message: 'Mã ô điểm không đúng dạng.' })
  markId: string;

  @ApiProperty({ example: 1, description: 'Version of the mark that the family saw' })
  @IsInt({ message: 'Phiên bản phải là số nguyên.' })
  @Min(1, { message: 'Phiên bản phải từ 1.' })
  @Max(2_000_000_000)
  version: number;

  @ApiProperty({ example: 'Bài làm ở nhà con tính được 7 điểm, xin chấm lại câu 3' })
  @PlainText('Lí do phúc khảo', { min: 5, max: 500 })
  reason: string;
}

export class AppealAnswerRequest {
  @ApiProperty({ example: 'change', enum: OUTCOMES })
  @IsIn(OUTCOMES, { message: 'Kết quả phúc khảo là giữ nguyên (keep) hoặc sửa điểm (change).' })
  outcome: (typeof OUTCOMES)[number];

  @ApiProperty({ example: 'Đã chấm lại câu 3: đúng thêm 0,5 điểm' })
  @PlainText('Trả lời phúc khảo', { min: 5, max: 500 })
  answer: string;

  @ApiProperty({
    example: '6,5',
    required: false,
    description: 'Needed with "change": the right value, as typed',
  })
  @ValidateIf((body: AppealAnswerRequest) => body.outcome === 'change' || body.newValue !== undefined)
  @IsString({ message: 'Giá trị mới phải là chữ (điểm gửi dạng "6,5").' })
  @MinLength(1, { message: 'Hãy nhập giá trị mới.' })
  @MaxLength(2000, { message: 'Giá trị dài quá 2000 kí tự.' })
  newValue?: string;
}

export class AppealsQuery {
  @ApiProperty({ example: 'asked', enum: STATES, required: false })
  @IsOptional()
  @IsIn(STATES, { message: `Trạng thái phải là một trong: ${STATES.join(', ')}.` })
  state?: (typeof STATES)[number];
}

export class AppealAnswer {
  @ApiProperty({ example: '7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55' }) id: string;
  @ApiProperty({ example: 'asked', enum: STATES }) state: (typeof STATES)[number];
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) pupilName: string;
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' }) classId: string;
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: 'TOAN' }) area: string;
  @ApiProperty({ example: 'Toán' }) areaLabel: string;
  @ApiProperty({ example: 'HK1' }) period: string;
  @ApiProperty({ example: 'CK' }) column: string;
  @ApiProperty({ example: 'ĐĐGck' }) columnLabel: string;
  @ApiProperty({ example: '8d7c2f4e-1c83-4b19-8b6a-4b7bb8a1f0d1' }) markId: string;
  @ApiProperty({ example: '6', description: 'What the family saw' }) markValue: string;
  @ApiProperty({ example: 'Bài làm ở nhà con tính được 7 điểm' }) reason: string;
  @ApiProperty({ example: 'Nguyễn Thị Hoa' }) askedBy: string;
  @ApiProperty({ example: '2026-11-21T03:00:00.000Z' }) askedAt: string;
  @ApiProperty({ example: 'Lê Văn Bình' }) teacherOfRecord: string;
  @ApiProperty({ example: null, nullable: true, type: String }) answeredBy: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) answeredAt: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) answer: string | null;
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: 'requestId of the correction that was asked for',
  })
  requestId: string | null;
  @ApiProperty({ type: [EvidenceAnswer] }) evidence: EvidenceAnswer[];
  @ApiProperty({ example: ['answer'], enum: ['answer', 'withdraw'], isArray: true, type: [String] })
  may: ('answer' | 'withdraw')[];
}

export class AppealsAnswer {
  @ApiProperty({ type: [AppealAnswer], description: 'Newest first' }) appeals: AppealAnswer[];
}
