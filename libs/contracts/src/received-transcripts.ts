/** Transcripts that a pupil brings from another school (học bạ chuyển đến): checked when they come in, and kept. */
import { ApiProperty } from '@nestjs/swagger';

export class ReceivedTranscriptUpload {
  @ApiProperty({ type: 'string', format: 'binary', description: 'The PDF as the other school sealed it' })
  file: unknown;
}

export class ReceivedTranscriptAnswer {
  @ApiProperty({ example: '7f3c0a1e-30f1-4d5e-8a11-d5d1a2b4c6bb' }) id: string;
  @ApiProperty({ example: 'Trường THCS Bản Lầu' }) schoolName: string;
  @ApiProperty({ example: 'ban-lau.lao-cai.example/hoc-ba', description: "The other school's ledger" })
  origin: string;
  @ApiProperty({ example: '2025-2026' }) schoolYear: string;
  @ApiProperty({ example: '6A2' }) className: string;
  @ApiProperty({ example: 'MFRG GZDF …', description: 'Mã xác thực, as printed on every page' })
  verificationCode: string;
  @ApiProperty({
    example: 'valid',
    enum: ['valid', 'unchecked'],
    description: 'When it came in; "unchecked" when the trust bundle does not know the other school',
  })
  verdict: 'valid' | 'unchecked';
  @ApiProperty({ example: null, nullable: true, type: String, description: 'Why it stayed unchecked' })
  code: string | null;
  @ApiProperty({ example: false, description: 'A demo school, or without roots that somebody vouches for' })
  demo: boolean;
  @ApiProperty({ example: 'Vũ Thị Hạnh' }) by: string;
  @ApiProperty({ example: '2026-08-20T03:00:00.000Z' }) at: string;
}

export class ReceivedTranscriptsAnswer {
  @ApiProperty({ type: [ReceivedTranscriptAnswer], description: 'The oldest first' })
  transcripts: ReceivedTranscriptAnswer[];
}
