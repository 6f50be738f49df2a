/** Evidence (minh chứng): a scan that a request rests on. */
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';

const KINDS = ['pdf', 'jpeg', 'png'] as const;
const ABOUT = ['correction', 'appeal', 'pupil-change'] as const;

/** Fields of the form beside the file. */
export class EvidenceFields {
  @ApiProperty({ example: 'correction', enum: ABOUT })
  @IsIn(ABOUT, { message: `Minh chứng phải thuộc một trong: ${ABOUT.join(', ')}.` })
  about: (typeof ABOUT)[number];

  @ApiProperty({
    example: 'f0c8b6c2-61a5-4a7f-9c43-5a0f2f4b8d10',
    description: 'requestId of the corrections, or the id of the appeal or of the change',
  })
  @IsUUID(undefined, { message: 'Mã đề nghị không đúng dạng.' })
  aboutId: string;
}

/** The form as it is sent. */
export class EvidenceUpload extends EvidenceFields {
  @ApiProperty({ type: 'string', format: 'binary', description: 'PDF, JPEG or PNG, by its content' })
  file: unknown;
}

export class EvidenceAnswer {
  @ApiProperty({ example: '9b1f7a42-7c0c-4b6e-8a57-6a2b1b0f6c11' }) id: string;
  @ApiProperty({ example: 'pdf', enum: KINDS }) kind: (typeof KINDS)[number];
  @ApiProperty({ example: 183204, description: 'Bytes' }) size: number;
  @ApiProperty({ example: '2026-11-21T03:00:00.000Z' }) addedAt: string;
}
