/** Step-up: an act stated by the server, confirmed with the second factor. */
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsObject, IsString, Matches, MaxLength } from 'class-validator';

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
}

/** The second factor's answer, sent with the action. */
export class ActAnswerDto {
  @ApiProperty({ example: '5c0e6f8e-…' })
  @IsString()
  @MaxLength(60)
  id: string;

  @ApiProperty({ example: 'totp', enum: ['totp'] })
  @IsIn(['totp'])
  method: 'totp';

  @ApiProperty({ example: '492039' })
  @Matches(/^\d{6}$/, { message: 'Mã xác thực gồm 6 chữ số.' })
  code: string;
}
