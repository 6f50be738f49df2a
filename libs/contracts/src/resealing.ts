/** Sealing issued transcripts anew (đóng dấu lại) before an algorithm or a key ages. */
import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { ActAnswerDto } from './acts.js';
import { Nested } from './nested.js';
import { PlainText } from './plain-text.js';

/** Parameters of the act "transcript.reseal". */
export class ResealParams {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' })
  @IsUUID(undefined, { message: 'Mã lớp không đúng dạng.' })
  classId: string;

  @ApiProperty({ example: 'Quyết định số 12/QĐ-THCS ngày 10/01/2034' })
  @PlainText('Số, ngày quyết định', { min: 5, max: 200 })
  decision: string;

  @ApiProperty({ example: 'RSA 2048 thôi được tin từ năm 2035; kí lại bằng khóa mới' })
  @PlainText('Lí do', { min: 5, max: 500 })
  reason: string;
}

export class ResealRequest extends ResealParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}
