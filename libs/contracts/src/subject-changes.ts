/** A pupil stops an optional subject or takes up another (đổi môn lựa chọn): asked for, then decided by a second person. */
import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsUUID,
  Matches,
  ValidateIf,
} from 'class-validator';
import { ActAnswerDto } from './acts.js';
import { CalendarDay } from './calendar-day.js';
import { Nested } from './nested.js';
import { PlainText } from './plain-text.js';

const CODE = /^[A-Z0-9_]{2,40}$/;
const STATES = ['requested', 'approved', 'refused', 'withdrawn'] as const;
/** As many as pupils of a class. */
const MOST = 60;

export class SubjectChangeRequest {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' })
  @IsUUID(undefined, { message: 'Mã học sinh không đúng dạng.' })
  pupilId: string;

  @ApiProperty({ example: 'VAT_LI', nullable: true, type: String, description: 'Null: stops none' })
  @ValidateIf((body: SubjectChangeRequest) => body.dropped !== null)
  @Matches(CODE, { message: 'Mã môn thôi học không đúng dạng (null nếu không thôi môn nào).' })
  dropped: string | null;

  @ApiProperty({ example: 'DIA_LI', nullable: true, type: String, description: 'Null: takes up none' })
  @ValidateIf((body: SubjectChangeRequest) => body.taken !== null)
  @Matches(CODE, { message: 'Mã môn học thay không đúng dạng (null nếu không học thêm môn nào).' })
  taken: string | null;

  @ApiProperty({ example: '2027-01-18', description: 'First day of the new choice' })
  @CalendarDay('Ngày bắt đầu')
  effectiveOn: string;

  @ApiProperty({ example: 'Đổi nguyện vọng nghề nghiệp' })
  @PlainText('Lí do', { min: 5, max: 500 })
  reason: string;

  @ApiProperty({ example: 'Đơn ngày 12/01/2027, số đến 18' })
  @PlainText('Đơn của gia đình', { min: 5, max: 200 })
  application: string;
}

export class SubjectChangesParams {
  @ApiProperty({ example: ['7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55'], type: [String] })
  @IsArray()
  @ArrayMinSize(1, { message: 'Hãy chọn ít nhất một đề nghị.' })
  @ArrayMaxSize(MOST, { message: `Mỗi lần nhiều nhất ${String(MOST)} đề nghị.` })
  @ArrayUnique({ message: 'Một đề nghị được chọn hai lần.' })
  @IsUUID(undefined, { each: true, message: 'Mã đề nghị không đúng dạng.' })
  changeIds: string[];

  @ApiProperty({ example: 'Quyết định số 07/QĐ-THPT ngày 15/01/2027' })
  @PlainText('Số, ngày quyết định', { min: 5, max: 200 })
  decision: string;
}

/** Parameters of the act "subject.approve". */
export class SubjectApprovalParams extends SubjectChangesParams {
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' })
  @IsUUID(undefined, { message: 'Mã lớp không đúng dạng.' })
  classId: string;
}

export class SubjectChangesApproval extends SubjectChangesParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

export class SubjectChangeRefusal {
  @ApiProperty({ example: 'Đã quá nửa học kì, không kịp bổ sung kiến thức' })
  @PlainText('Lí do không duyệt', { min: 5, max: 500 })
  reason: string;
}

export class SubjectChangeAnswer {
  @ApiProperty({ example: '7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55' }) id: string;
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) pupilName: string;
  @ApiProperty({ example: 'VAT_LI', nullable: true, type: String }) dropped: string | null;
  @ApiProperty({ example: 'Vật lí', nullable: true, type: String }) droppedLabel: string | null;
  @ApiProperty({ example: 'DIA_LI', nullable: true, type: String }) taken: string | null;
  @ApiProperty({ example: 'Địa lí', nullable: true, type: String }) takenLabel: string | null;
  @ApiProperty({ example: '2027-01-18' }) effectiveOn: string;
  @ApiProperty({ example: 'Đổi nguyện vọng nghề nghiệp' }) reason: string;
  @ApiProperty({ example: 'Đơn ngày 12/01/2027, số đến 18' }) application: string;
  @ApiProperty({ example: 'requested', enum: STATES }) state: (typeof STATES)[number];
  @ApiProperty({ example: 'Phạm Thị Lan' }) requestedBy: string;
  @ApiProperty({ example: '2027-01-13T03:00:00.000Z' }) requestedAt: string;
  @ApiProperty({ example: null, nullable: true, type: String }) decidedBy: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) decidedAt: string | null;
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: 'Number and date of the decision; the reason when refused',
  })
  decision: string | null;
}

export class SubjectChangesAnswer {
  @ApiProperty({ type: [SubjectChangeAnswer], description: 'Newest first' })
  changes: SubjectChangeAnswer[];
}
