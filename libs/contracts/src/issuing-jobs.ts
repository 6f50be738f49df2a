/** Jobs that compose the transcripts of a class, a grade or the school. */
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsUUID, Max, Min, ValidateIf } from 'class-validator';

const SCOPES = ['class', 'grade', 'school'] as const;

export class IssuingJobRequest {
  @ApiProperty({ example: 'school', enum: SCOPES })
  @IsIn(SCOPES, { message: 'Phạm vi phải là một lớp (class), một khối (grade) hoặc cả trường (school).' })
  scope: (typeof SCOPES)[number];

  @ApiProperty({
    example: '3c2b6a0e-30f1-4d5e-8a11-d5d1a2b4c601',
    description: 'The year of a grade or of the school',
    required: false,
  })
  @ValidateIf(({ scope }: IssuingJobRequest) => scope !== 'class')
  @IsUUID(undefined, { message: 'Mã năm học không đúng dạng.' })
  yearId?: string;

  @ApiProperty({ example: 6, description: 'With the scope "grade"', required: false })
  @ValidateIf(({ scope }: IssuingJobRequest) => scope === 'grade')
  @IsInt({ message: 'Khối phải là một số nguyên.' })
  @Min(1, { message: 'Khối từ 1 đến 12.' })
  @Max(12, { message: 'Khối từ 1 đến 12.' })
  grade?: number;

  @ApiProperty({
    example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677',
    description: 'With the scope "class"',
    required: false,
  })
  @ValidateIf(({ scope }: IssuingJobRequest) => scope === 'class')
  @IsUUID(undefined, { message: 'Mã lớp không đúng dạng.' })
  classId?: string;

  @ApiProperty({
    example: '5d0a6a0e-30f1-4d5e-8a11-d5d1a2b4c611',
    required: false,
    description: 'Who signs as principal: the principal (default) or a deputy under a written delegation',
  })
  @IsOptional()
  @IsUUID(undefined, { message: 'Mã người kí không đúng dạng.' })
  signerId?: string;
}

export class IssuingJobClassAnswer {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) classId: string;
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: 'composed', enum: ['waiting', 'composed', 'failed'] })
  state: 'waiting' | 'composed' | 'failed';
  @ApiProperty({ example: '0f8fad5b-d9cb-469f-a165-70867728950e', nullable: true, type: String })
  batchId: string | null;
  @ApiProperty({ example: 42, description: 'Transcripts composed; with those held back, the class' })
  composed: number;
  @ApiProperty({ example: 1, description: 'Pupils held back; their reasons are in the batch' }) held: number;
  @ApiProperty({ example: 42, description: 'Of the composed ones: signed by the homeroom teacher' })
  homeroom: number;
  @ApiProperty({ example: 42, description: 'Signed by the principal, or on their behalf' }) principal: number;
  @ApiProperty({ example: 42, description: 'Sealed' }) sealed: number;
  @ApiProperty({ example: 40, description: 'Issued: the ledger’s proof is in the file' }) issued: number;
  @ApiProperty({ example: null, nullable: true, type: String, description: 'Why nothing was composed: code' })
  problemCode: string | null;
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: 'Why nothing was composed, in words',
  })
  problem: string | null;
}

export class IssuingJobAnswer {
  @ApiProperty({ example: '7b1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) id: string;
  @ApiProperty({ example: 'school', enum: SCOPES }) scope: (typeof SCOPES)[number];
  @ApiProperty({ example: null, nullable: true, type: Number }) grade: number | null;
  @ApiProperty({ example: '3c2b6a0e-30f1-4d5e-8a11-d5d1a2b4c601' }) yearId: string;
  @ApiProperty({ example: 'running', enum: ['running', 'ended', 'cancelled'] })
  state: 'running' | 'ended' | 'cancelled';
  @ApiProperty({ example: 'Phạm Hữu Trọng' }) startedBy: string;
  @ApiProperty({ example: '2027-05-28T03:00:00.000Z' }) startedAt: string;
  @ApiProperty({ example: '2027-05-28T03:02:00.000Z', nullable: true, type: String }) endedAt: string | null;
  @ApiProperty({ type: [IssuingJobClassAnswer], description: 'In the order of class names' })
  classes: IssuingJobClassAnswer[];
}

export class IssuingJobsAnswer {
  @ApiProperty({ type: [IssuingJobAnswer], description: 'Newest first' }) jobs: IssuingJobAnswer[];
}
