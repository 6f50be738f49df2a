/** What happens to an issued transcript: revoked (thu hồi), handed to another school (chuyển), its book closed (kết thúc). */
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsUUID, ValidateIf } from 'class-validator';
import { ActAnswerDto } from './acts.js';
import { Nested } from './nested.js';
import { PlainText } from './plain-text.js';

const KINDS = ['revoke', 'transfer', 'finish'] as const;
export type TranscriptEventKind = (typeof KINDS)[number];

/** Parameters of the acts "transcript.revoke", "transcript.transfer" and "transcript.finish". */
export class TranscriptEventParams {
  @ApiProperty({ example: '7d7c0a1e-30f1-4d5e-8a11-d5d1a2b4c600' })
  @IsUUID(undefined, { message: 'Mã học bạ không đúng dạng.' })
  transcriptId: string;

  @ApiProperty({ example: 'revoke', enum: KINDS })
  @IsIn(KINDS, { message: 'Việc phải là một trong: revoke (thu hồi), transfer (chuyển), finish (kết thúc).' })
  kind: TranscriptEventKind;

  @ApiProperty({ example: 'Quyết định số 51/QĐ-THCS ngày 02/06/2027' })
  @PlainText('Số, ngày quyết định', { min: 5, max: 200 })
  decision: string;

  @ApiProperty({ example: 'In nhầm năm sinh; hồ sơ đã sửa, sẽ cấp lại' })
  @PlainText('Lí do', { min: 5, max: 500 })
  reason: string;

  @ApiProperty({
    example: 'Trường THCS Bản Lầu, Lào Cai',
    nullable: true,
    type: String,
    description: 'Where it goes; null unless kind is "transfer"',
  })
  @ValidateIf((body: TranscriptEventParams) => body.kind === 'transfer' || body.otherSchool !== null)
  @PlainText('Tên trường nhận', { min: 5, max: 200 })
  otherSchool: string | null;
}

export class TranscriptEventRequest extends TranscriptEventParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

export class TranscriptEventAnswer {
  @ApiProperty({ example: '7f3c0a1e-30f1-4d5e-8a11-d5d1a2b4c6aa' }) id: string;
  @ApiProperty({ example: 'revoke', enum: KINDS }) kind: TranscriptEventKind;
  @ApiProperty({ example: 1, description: 'e: its number in the history of the document' }) event: number;
  @ApiProperty({ example: 'Quyết định số 51/QĐ-THCS ngày 02/06/2027' }) decision: string;
  @ApiProperty({ example: 'In nhầm năm sinh; hồ sơ đã sửa, sẽ cấp lại' }) reason: string;
  @ApiProperty({ example: null, nullable: true, type: String }) otherSchool: string | null;
  @ApiProperty({ example: 'Phạm Hữu Trọng' }) by: string;
  @ApiProperty({ example: '2027-06-02T03:00:00.000Z' }) at: string;
  @ApiProperty({
    example: 2147,
    nullable: true,
    type: Number,
    description: 'Index in the ledger, once there',
  })
  index: number | null;
}

export class TranscriptEventsAnswer {
  @ApiProperty({ type: [TranscriptEventAnswer], description: 'The oldest first' })
  events: TranscriptEventAnswer[];
}
