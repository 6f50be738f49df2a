/** Transcripts (học bạ): composing a class's batch, signing, sealing, reading, and the public opening of a code. */
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsUUID,
  ValidateNested,
} from 'class-validator';
import { ActAnswerDto } from './acts.js';
import { Nested } from './nested.js';
import { PlainText } from './plain-text.js';

/** Kinds of documents that have a signing route (libs/policy/src/signing-routes.ts). */
const ISSUED = ['hoc-ba', 'phieu-ket-qua', 'bang-tong-hop', 'so-theo-doi-lop'] as const;
const DOCUMENTS = [...ISSUED, 'thong-ke', 'so-theo-doi', 'bien-ban'] as const;
const PERIODS = ['HK1', 'GHK1', 'CHK1', 'GHK2', 'CN'] as const;

export class ComposeRequest {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' })
  @IsUUID(undefined, { message: 'Mã lớp không đúng dạng.' })
  classId: string;

  @ApiProperty({
    example: '5d0a6a0e-30f1-4d5e-8a11-d5d1a2b4c611',
    required: false,
    description: 'Who signs as principal: the principal (default) or a deputy under a written delegation',
  })
  @IsOptional()
  @IsUUID(undefined, { message: 'Mã người kí không đúng dạng.' })
  signerId?: string;

  @ApiProperty({
    example: 'hoc-ba',
    enum: DOCUMENTS,
    required: false,
    description: 'The học bạ, when left out; of the others that have a route some cannot be signed here yet',
  })
  @IsOptional()
  @IsIn(DOCUMENTS, { message: `Loại văn bản phải là một trong: ${DOCUMENTS.join(', ')}.` })
  document?: (typeof DOCUMENTS)[number];

  @ApiProperty({
    example: 'HK1',
    enum: PERIODS,
    required: false,
    description: 'What a slip or class summary is about: HK1, CN (TT 22); GHK1, CHK1, GHK2, CN (TT 27)',
  })
  @IsOptional()
  @IsIn(PERIODS, { message: `Kì phải là một trong: ${PERIODS.join(', ')}.` })
  period?: (typeof PERIODS)[number];
}

/** Parameters of the acts "transcript.sign.homeroom", "transcript.sign.principal" and "transcript.seal". */
export class BatchParams {
  @ApiProperty({ example: '0f8fad5b-d9cb-469f-a165-70867728950e' })
  @IsUUID(undefined, { message: 'Mã đợt học bạ không đúng dạng.' })
  batchId: string;
}

export class BatchSignRequest extends BatchParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

/** Parameters of the same acts for several batches at once: a school's classes. */
export class BatchesParams {
  @ApiProperty({ type: [String], example: ['0f8fad5b-d9cb-469f-a165-70867728950e'], maxItems: 60 })
  @IsArray({ message: 'Phải là danh sách các đợt học bạ.' })
  @ArrayMinSize(1, { message: 'Chưa chọn đợt học bạ nào.' })
  @ArrayMaxSize(60, { message: 'Một lần xác nhận không quá 60 đợt học bạ.' })
  @ArrayUnique({ message: 'Một đợt học bạ được nêu hai lần.' })
  @IsUUID(undefined, { each: true, message: 'Mã đợt học bạ không đúng dạng.' })
  batchIds: string[];
}

export class BatchesSignRequest extends BatchesParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

export class TranscriptCommentDto {
  @ApiProperty({ example: '7d7c0a1e-30f1-4d5e-8a11-d5d1a2b4c600' })
  @IsUUID(undefined, { message: 'Mã học bạ không đúng dạng.' })
  transcriptId: string;

  @ApiProperty({ example: 'Nhận xét môn Ngữ văn bị cắt giữa câu.' })
  @PlainText('Góp ý', { min: 3, max: 500 })
  comment: string;
}

export class BatchReturnRequest {
  @ApiProperty({ example: 'Cần sửa nhận xét của hai em.' })
  @PlainText('Lí do trả lại', { min: 3, max: 500 })
  reason: string;

  @ApiProperty({ type: [TranscriptCommentDto], description: 'Pinned to the transcripts they are about' })
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique((row?: TranscriptCommentDto) => row?.transcriptId, { message: 'Một học bạ có hai góp ý.' })
  @ValidateNested({ each: true })
  @Type(() => TranscriptCommentDto)
  comments: TranscriptCommentDto[];
}

export class ReturnedAnswer {
  @ApiProperty({ example: '2027-05-28T03:00:00.000Z' }) at: string;
  @ApiProperty({ example: 'Phạm Hữu Trọng' }) by: string;
  @ApiProperty({ example: 'Cần sửa nhận xét của hai em.' }) reason: string;
  @ApiProperty({ type: [TranscriptCommentDto] }) comments: TranscriptCommentDto[];
}

export class RoutePlaceAnswer {
  @ApiProperty({ example: 'principal', enum: ['homeroom', 'vice-principal', 'principal', 'seal'] })
  role: 'homeroom' | 'vice-principal' | 'principal' | 'seal';
  @ApiProperty({ example: 'Phạm Hữu Trọng' }) name: string;
  @ApiProperty({ example: 'PHÓ HIỆU TRƯỞNG', description: 'As printed' }) title: string;
  @ApiProperty({ example: 'KT. HIỆU TRƯỞNG', nullable: true, type: String }) onBehalf: string | null;
  @ApiProperty({ example: '2027-05-28T03:00:00.000Z', nullable: true, type: String }) signedAt: string | null;
}

export class TranscriptAnswer {
  @ApiProperty({ example: 'hoc-ba', enum: ISSUED }) document: (typeof ISSUED)[number];
  @ApiProperty({ example: 'CN', enum: PERIODS }) period: (typeof PERIODS)[number];
  @ApiProperty({ example: '7d7c0a1e-30f1-4d5e-8a11-d5d1a2b4c600' }) id: string;
  @ApiProperty({ example: '0f8fad5b-d9cb-469f-a165-70867728950e' }) batchId: string;
  @ApiProperty({ example: '9a8b6a0e-30f1-4d5e-8a11-d5d1a2b4c699' }) pupilId: string;
  @ApiProperty({ example: 'HS-2025-0147' }) code: string;
  @ApiProperty({ example: 'Nguyễn Hoàng Phương Uyên' }) fullName: string;
  @ApiProperty({ example: 1, description: 'A later version supersedes an issued one' }) version: number;
  @ApiProperty({ example: 'issued', enum: ['composed', 'signed', 'returned', 'sealed', 'issued'] })
  state: 'composed' | 'signed' | 'returned' | 'sealed' | 'issued';
  @ApiProperty({ example: 3, description: 'Signatures so far, the seal included' }) signatures: number;
  @ApiProperty({ example: 'MFRG GZDF …', description: 'Mã xác thực, as printed on every page' })
  verificationCode: string;
  @ApiProperty({ example: '2027-05-28T03:00:00.000Z' }) composedAt: string;
  @ApiProperty({ example: '2027-05-28T03:10:00.000Z', nullable: true, type: String }) issuedAt: string | null;
}

export class HeldReason {
  @ApiProperty({ example: 'SUMMER' }) code: string;
  @ApiProperty({ example: 'Còn đánh giá lại hoặc rèn luyện trong hè.' }) message: string;
}

export class HeldPupil {
  @ApiProperty({ example: '9a8b6a0e-30f1-4d5e-8a11-d5d1a2b4c699' }) pupilId: string;
  @ApiProperty({ example: 'HS-2025-0148' }) code: string;
  @ApiProperty({ example: 'Lò Thị Ó' }) fullName: string;
  @ApiProperty({ type: [HeldReason] }) reasons: HeldReason[];
}

export class UnsignedSheetAnswer {
  @ApiProperty({ example: 'TOAN' }) area: string;
  @ApiProperty({ example: 'Toán' }) areaLabel: string;
  @ApiProperty({ example: 'HK1' }) period: string;
}

export class BatchAnswer {
  @ApiProperty({ example: '0f8fad5b-d9cb-469f-a165-70867728950e' }) id: string;
  @ApiProperty({ example: 'hoc-ba', enum: ISSUED }) document: (typeof ISSUED)[number];
  @ApiProperty({ example: 'CN', enum: PERIODS }) period: (typeof PERIODS)[number];
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) classId: string;
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: '2027-05-28T03:00:00.000Z' }) composedAt: string;
  @ApiProperty({ type: [RoutePlaceAnswer], description: 'In the order of signing' })
  route: RoutePlaceAnswer[];
  @ApiProperty({ type: [TranscriptAnswer] }) transcripts: TranscriptAnswer[];
  @ApiProperty({
    type: [HeldPupil],
    description: 'Held back, each with its reasons: with the transcripts, the class',
  })
  held: HeldPupil[];
  @ApiProperty({
    type: [UnsignedSheetAnswer],
    description: 'Sheets that their subject teachers had not all signed when it was composed',
  })
  unsignedSheets: UnsignedSheetAnswer[];
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: 'When the printed copy was signed on paper, where the school keeps that step',
  })
  paperSignedAt: string | null;
  @ApiProperty({ type: ReturnedAnswer, nullable: true, description: 'Sent back before its seal' })
  returned: ReturnedAnswer | null;
}

export class BatchesAnswer {
  @ApiProperty({ type: [BatchAnswer], description: 'In the order asked' }) batches: BatchAnswer[];
}

export class TranscriptsQuery {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' })
  @IsUUID(undefined, { message: 'Mã lớp không đúng dạng.' })
  classId: string;

  @ApiProperty({
    example: 'phieu-ket-qua',
    enum: ISSUED,
    required: false,
    description: 'The học bạ, when left out',
  })
  @IsOptional()
  @IsIn(ISSUED, { message: `Loại văn bản phải là một trong: ${ISSUED.join(', ')}.` })
  document?: (typeof ISSUED)[number];
}

export class TranscriptsAnswer {
  @ApiProperty({ type: [TranscriptAnswer] }) transcripts: TranscriptAnswer[];
}

export class TranscriptDetailAnswer extends TranscriptAnswer {
  @ApiProperty({ type: [RoutePlaceAnswer] }) route: RoutePlaceAnswer[];
  @ApiProperty({
    type: Object,
    nullable: true,
    example: { school: { name: 'Trường THCS Sông Mây' } },
    description: 'The data of J',
  })
  data: object | null;
}

/** What opens the ledger's commitment to a document: no personal data. The client checks it itself. */
export class OpeningAnswer {
  @ApiProperty({ example: 'eyJhdCI6…', description: 'The ledger entry, base64' }) entry: string;
  @ApiProperty({ example: 0, description: 'e: number of the event in its lineage' }) event: number;
  @ApiProperty({ example: 'a1a1…', description: 'L_e, hex' }) lineage: string;
  @ApiProperty({ example: '5a5a…', description: 'S, hex' }) salt: string;
  @ApiProperty({
    type: [String],
    example: ['9f2c…', '11aa…', '77be…'],
    description: "SHA-256 of the seal's signed bytes, signature value and certificate, hex",
  })
  digests: string[];
  @ApiProperty({ example: 'YzJzcC5vcmcv…', description: 'tlog-proof made at issue, base64' }) first: string;
  @ApiProperty({ example: 2, description: 'Serial of the trust bundle in force' }) trustSerial: number;
}
