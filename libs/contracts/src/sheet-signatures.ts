/** Subject teachers sign their locked sheets (class × subject × term); what transcripts commit to. */
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsOptional,
  IsUUID,
  Matches,
  ValidateNested,
} from 'class-validator';
import { ActAnswerDto } from './acts.js';
import { SheetRefDto } from './locks.js';
import { Nested } from './nested.js';

const MOST_SHEETS = 100;

/** Parameters of the act "sheet.sign" as well. */
export class SheetSignParams {
  @ApiProperty({ type: [SheetRefDto] })
  @IsArray()
  @ArrayMinSize(1, { message: 'Hãy chọn ít nhất một trang sổ để kí.' })
  @ArrayMaxSize(MOST_SHEETS, { message: `Mỗi lần kí nhiều nhất ${MOST_SHEETS} trang sổ.` })
  @ArrayUnique((s?: SheetRefDto) => `${s?.classId} ${s?.area} ${s?.period}`, {
    message: 'Một trang sổ được chọn hai lần.',
  })
  @ValidateNested({ each: true })
  @Type(() => SheetRefDto)
  sheets: SheetRefDto[];
}

export class SheetSignRequest extends SheetSignParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;

  @ApiProperty({
    example: ['MEQCIFb0…'],
    required: false,
    description:
      'Only where the key is with its holder: over what the act stated of each sheet, in the same order, base64',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_SHEETS)
  @Matches(/^[A-Za-z0-9+/]{64,1024}={0,2}$/, { each: true, message: 'Chữ kí phải là base64.' })
  signatures?: string[];
}

export class SheetSignaturesQuery {
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' })
  @IsUUID(undefined, { message: 'Mã lớp không đúng dạng.' })
  classId: string;
}

export class SheetSignatureAnswer {
  @ApiProperty({ example: 'Nguyễn Thị Hoa' }) by: string;
  @ApiProperty({ example: '2027-05-20T02:00:00.000Z' }) at: string;
  @ApiProperty({
    example: 'certificate',
    enum: ['certificate', 'confirmation'],
    description: 'A recorded confirmation, where the teacher has no certificate',
  })
  how: 'certificate' | 'confirmation';
}

export class SignedSheetAnswer {
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' }) classId: string;
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: 'TOAN' }) area: string;
  @ApiProperty({ example: 'Toán' }) areaLabel: string;
  @ApiProperty({ example: 'HK1' }) period: string;
  @ApiProperty({
    example: 'waiting',
    enum: ['open', 'waiting', 'signed'],
    description: '"open": not locked yet',
  })
  state: 'open' | 'waiting' | 'signed';
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: 'SHA-256 of the sheet as it stands',
  })
  digest: string | null;
  @ApiProperty({ type: [SheetSignatureAnswer] }) signatures: SheetSignatureAnswer[];
  @ApiProperty({ example: ['Trần Văn Bình'], type: [String], description: 'Whose signature is missing' })
  waitingFor: string[];
  @ApiProperty({ example: true, description: 'Whether the person who asks can sign it now' }) mine: boolean;
}

export class SignedSheetsAnswer {
  @ApiProperty({ type: [SignedSheetAnswer] }) sheets: SignedSheetAnswer[];
}
