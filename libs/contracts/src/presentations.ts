/** What is shown of an issued học bạ: chosen subjects, what was completed, or all of it, in a form that verifies itself. */
import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { PlainText } from './plain-text.js';

const KINDS = ['sd-jwt', 'slip', 'credential', 'wallet'] as const;

export class PresentationRequest {
  @ApiProperty({
    example: 'sd-jwt',
    enum: KINDS,
    description:
      'sd-jwt: a file with chosen fields; slip: the same for one QR code; credential: all of it as a verifiable ' +
      'credential with its place in the ledger; wallet: that credential alone, for wallets of others',
  })
  @IsIn(KINDS, { message: `Dạng bản trích phải là một trong: ${KINDS.join(', ')}.` })
  kind: (typeof KINDS)[number];

  @ApiProperty({
    example: ['TOAN', 'NGU_VAN'],
    type: [String],
    required: false,
    description: 'Codes of subjects',
  })
  @IsOptional()
  @IsArray({ message: 'Danh sách môn học không đúng dạng.' })
  @ArrayMaxSize(30, { message: 'Danh sách môn học quá dài.' })
  @ArrayUnique({ message: 'Danh sách môn học có môn bị lặp.' })
  @Matches(/^[A-Z][A-Z0-9_]{0,39}$/, { each: true, message: 'Mã môn học không đúng dạng.' })
  subjects?: string[];

  @ApiProperty({ example: true, required: false, description: 'What was completed, without any mark' })
  @IsOptional()
  @IsBoolean({ message: 'Mục "hoàn thành lớp học" phải là có hoặc không.' })
  completion?: boolean;

  @ApiProperty({ example: false, required: false, description: 'Every field; not in a slip' })
  @IsOptional()
  @IsBoolean({ message: 'Mục "toàn bộ" phải là có hoặc không.' })
  all?: boolean;

  @ApiProperty({
    example: 'https://thpt-song-may.edu.vn',
    required: false,
    description: 'Whom an sd-jwt is for; without it whoever holds it can use it',
  })
  @IsOptional()
  @PlainText('Nơi nhận', { min: 3, max: 200 })
  audience?: string;

  @ApiProperty({ example: 30, required: false, description: 'Days that an sd-jwt is good for' })
  @IsOptional()
  @IsInt({ message: 'Số ngày có hiệu lực phải là số nguyên.' })
  @Min(1, { message: 'Bản trích có hiệu lực ít nhất 1 ngày.' })
  @Max(365, { message: 'Bản trích có hiệu lực nhiều nhất 365 ngày.' })
  validDays?: number;

  @ApiProperty({
    example: 'c3VtbWVyLTIwMjc',
    required: false,
    description: 'The challenge of who asked for it',
  })
  @IsOptional()
  @Matches(/^[A-Za-z0-9._-]{1,64}$/, { message: 'Mã thách thức không đúng dạng.' })
  nonce?: string;
}

export class DisclosedFieldAnswer {
  @ApiProperty({ example: 'year/subjects/TOAN/year' })
  path: string;

  @ApiProperty({
    example: '8.7',
    nullable: true,
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }],
  })
  value: string | number | boolean | null;
}

export class PresentationAnswer {
  @ApiProperty({ example: 'hoc-ba-trich-2025-2026.json' })
  fileName: string;

  @ApiProperty({ example: 'application/json' })
  contentType: string;

  @ApiProperty({ example: 'eyJ2IjoxfQ==', description: 'The file, base64' })
  file: string;

  @ApiProperty({
    example: 'SC1:NCFOXN%TS3DH',
    nullable: true,
    type: String,
    description: 'Of a slip: for the QR code',
  })
  qrText: string | null;

  @ApiProperty({
    type: [DisclosedFieldAnswer],
    description: 'What it shows; of a credential everything, left out here',
  })
  disclosed: DisclosedFieldAnswer[];

  @ApiProperty({ example: false, description: 'Whoever holds it can show it on; it cannot be taken back' })
  bearer: boolean;

  @ApiProperty({ example: '2027-06-30T02:00:00.000Z', nullable: true, type: String })
  expiresAt: string | null;
}
