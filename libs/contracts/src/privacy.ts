/** Erasing a pupil's personal data (luật 91/2025): what would go and what must stay, the request, its approval. */
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMinSize, ArrayUnique, IsArray, IsIn, IsUUID } from 'class-validator';
import { ERASURE_PARTS, GROUND_NAMES, type ErasureGround, type ErasurePart } from '#regulations/retention.js';
import { ActAnswerDto } from './acts.js';
import { Nested } from './nested.js';
import { PlainText } from './plain-text.js';

const ERASURE_STATES = ['requested', 'approved', 'refused', 'withdrawn'] as const;

/** Neither the reason nor the paper names the pupil: both are kept when the pupil's data are gone. */
export class ErasureRequest {
  @ApiProperty({ example: ['family'], enum: ERASURE_PARTS, isArray: true })
  @IsArray()
  @ArrayMinSize(1, { message: 'Hãy chọn ít nhất một phần dữ liệu cần xóa.' })
  @ArrayUnique({ message: 'Mỗi phần dữ liệu chỉ chọn một lần.' })
  @IsIn(ERASURE_PARTS, { each: true, message: `Mỗi phần là một trong: ${ERASURE_PARTS.join(', ')}.` })
  parts: ErasurePart[];

  @ApiProperty({ example: 'subject-request', enum: GROUND_NAMES })
  @IsIn(GROUND_NAMES, { message: `Căn cứ là một trong: ${GROUND_NAMES.join(', ')}.` })
  ground: ErasureGround;

  @ApiProperty({ example: 'Đơn ngày 12/11/2026, số đến 145' })
  @PlainText('Giấy tờ căn cứ', { min: 5, max: 200 })
  paper: string;

  @ApiProperty({ example: 'Gia đình đã chuyển đi và yêu cầu xóa tài khoản' })
  @PlainText('Lí do', { min: 5, max: 500 })
  reason: string;
}

/** Parameters of the act "erasure.approve". */
export class ErasureParams {
  @ApiProperty({ example: '7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55' })
  @IsUUID(undefined, { message: 'Mã đề nghị xóa không đúng dạng.' })
  erasureId: string;
}

export class ErasureApproval {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

export class ErasureRefusal {
  @ApiProperty({ example: 'Đơn không có chữ kí của người đại diện' })
  @PlainText('Lí do', { min: 5, max: 500 })
  reason: string;
}

export class HeldRecordAnswer {
  @ApiProperty({ example: 'TRANSCRIPT' }) record: string;
  @ApiProperty({ example: 'Học bạ học sinh' }) name: string;
  @ApiProperty({ example: '2026-2027', description: 'School year' }) year: string;
  @ApiProperty({ example: 'TT 15/2026 Đ.21; NĐ 88/2026/NĐ-CP Đ.8' }) article: string;
  @ApiProperty({ example: null, nullable: true, type: String, description: 'Last day; null: for ever' })
  until: string | null;
}

export class ErasurePartAnswer {
  @ApiProperty({ example: 'book', enum: ERASURE_PARTS }) part: ErasurePart;
  @ApiProperty({ example: 'Điểm, đánh giá, kết quả, đề nghị sửa, minh chứng' }) label: string;
  @ApiProperty({ example: 214, description: 'Rows that would be destroyed or emptied' }) rows: number;
  @ApiProperty({ example: 240, description: 'Journal events whose text and salt would be destroyed' })
  events: number;
  @ApiProperty({ type: [HeldRecordAnswer], description: 'Records that must still be kept; none: erasable' })
  held: HeldRecordAnswer[];
  @ApiProperty({ example: ['Còn 1 đề nghị sửa chưa giải quyết.'], type: [String] })
  obstacles: string[];
}

export class ErasurePreviewAnswer {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) fullName: string;
  @ApiProperty({ type: [ErasurePartAnswer] }) parts: ErasurePartAnswer[];
  @ApiProperty({ example: ['Mục của Sổ Cái: chỉ có cam kết, không có dữ liệu cá nhân.'], type: [String] })
  stays: string[];
}

export class ErasureAnswer {
  @ApiProperty({ example: '7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55' }) id: string;
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh', description: '"(đã xóa)" once the identity is erased' })
  fullName: string;
  @ApiProperty({ example: 'requested', enum: ERASURE_STATES }) state: (typeof ERASURE_STATES)[number];
  @ApiProperty({ example: ['family'], enum: ERASURE_PARTS, isArray: true }) parts: ErasurePart[];
  @ApiProperty({ example: 'subject-request', enum: GROUND_NAMES }) ground: ErasureGround;
  @ApiProperty({ example: 'Theo yêu cầu của học sinh, người đại diện' }) groundLabel: string;
  @ApiProperty({ example: 'Đơn ngày 12/11/2026, số đến 145' }) paper: string;
  @ApiProperty({ example: 'Gia đình đã chuyển đi và yêu cầu xóa tài khoản' }) reason: string;
  @ApiProperty({ example: 'Lê Văn Bình' }) requestedBy: string;
  @ApiProperty({ example: '2026-11-21T03:00:00.000Z' }) requestedAt: string;
  @ApiProperty({ example: null, nullable: true, type: String }) decidedBy: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) decidedAt: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) decisionReason: string | null;
}

export class ErasuresAnswer {
  @ApiProperty({ type: [ErasureAnswer], description: 'Newest first' }) erasures: ErasureAnswer[];
}

/** A part of a pupil's data whose period is over. */
export class RetentionRowAnswer {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: 'HS-2004-017' }) code: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) fullName: string;
  @ApiProperty({ example: '2026-2027', description: 'Last school year here' }) lastYear: string;
  @ApiProperty({ example: 'TT 15/2026 Đ.21', description: 'Charter in force on its last day' })
  charter: string;
  @ApiProperty({ example: ['family', 'book'], enum: ERASURE_PARTS, isArray: true })
  over: ErasurePart[];
}

export class RetentionAnswer {
  @ApiProperty({ example: '2026-11-21' }) day: string;
  @ApiProperty({ type: [RetentionRowAnswer] }) pupils: RetentionRowAnswer[];
}
