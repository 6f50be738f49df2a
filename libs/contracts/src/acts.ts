/** Step-up: an act stated by the server, confirmed with the second factor. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsDefined,
  IsIn,
  IsObject,
  IsString,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { AssertionDto, PasskeyRequestOptions } from './assertions.js';

export class ActRequest {
  @ApiProperty({ example: 'correction.approve' })
  @IsString()
  @MaxLength(60)
  action: string;

  @ApiProperty({
    example: { correctionIds: ['7d7c…'] },
    description: 'The same parameters that the action itself takes',
  })
  @IsObject()
  params: Record<string, unknown>;
}

const ACT_METHODS = ['passkey', 'totp'] as const;
export type ActMethod = (typeof ACT_METHODS)[number];

export class StatedActAnswer {
  @ApiProperty({ example: '5c0e6f8e-…' }) id: string;
  @ApiProperty({ example: 'correction.approve' }) action: string;
  @ApiProperty({
    example: { corrections: [{ old: '6', new: '6.5' }] },
    description: 'What will change, exactly',
  })
  change: Record<string, unknown>;
  @ApiProperty({ example: '9f2c…', description: 'SHA-256("socai.v1/act" ‖ 0x00 ‖ JCS(change) ‖ nonce), hex' })
  changeHash: string;
  @ApiProperty({ example: '1a2b…' }) nonce: string;
  @ApiProperty({ example: '2026-11-21T03:05:00.000Z' }) expiresAt: string;
  @ApiProperty({
    example: ['passkey'],
    enum: ACT_METHODS,
    isArray: true,
    description: 'With what this person may confirm it at this school; the stronger one first',
  })
  methods: ActMethod[];
  @ApiPropertyOptional({
    type: PasskeyRequestOptions,
    description: 'For navigator.credentials.get: its challenge is changeHash',
  })
  passkey?: PasskeyRequestOptions;
}

/** The second factor's answer, sent with the action: a one-time code, or a passkey's assertion. */
export class ActAnswerDto {
  @ApiProperty({ example: '5c0e6f8e-…' })
  @IsString()
  @MaxLength(60)
  id: string;

  @ApiProperty({ example: 'passkey', enum: ACT_METHODS })
  @IsIn(ACT_METHODS, { message: 'Cách xác nhận là «passkey» (khóa truy cập) hoặc «totp» (mã 6 chữ số).' })
  method: ActMethod;

  @ApiPropertyOptional({ example: '492039', description: 'With method totp' })
  @ValidateIf(({ method, code }: ActAnswerDto) => method === 'totp' || code !== undefined)
  @Matches(/^\d{6}$/, { message: 'Mã xác thực gồm 6 chữ số.' })
  code?: string;

  @ApiPropertyOptional({ type: AssertionDto, description: 'With method passkey' })
  @ValidateIf(({ method, assertion }: ActAnswerDto) => method === 'passkey' || assertion !== undefined)
  @IsDefined({ message: 'Thiếu chữ kí của khóa truy cập.' })
  @IsObject({ message: 'Thiếu chữ kí của khóa truy cập.' })
  @ValidateNested()
  @Type(() => AssertionDto)
  assertion?: AssertionDto;
}
