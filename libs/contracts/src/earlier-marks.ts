/** Marks from before a pupil joined the class or took up a subject: typed from the papers, confirmed by a second person. */
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { PlainText } from './plain-text.js';

const CODE = /^[A-Z0-9_]{2,40}$/;
const PERIODS = ['HK1', 'HK2', 'GHK1', 'CHK1', 'GHK2', 'CN'] as const;
const BECAUSE = ['joined', 'subject-changed'] as const;
const STATES = ['entered', 'confirmed', 'refused'] as const;

export class EarlierCellDto {
  @ApiProperty({ example: 'TOAN' })
  @Matches(CODE, { message: 'Mã môn không đúng dạng.' })
  area: string;

  @ApiProperty({ example: 'HK1', enum: PERIODS })
  @IsIn(PERIODS, { message: `Thời điểm phải là một trong: ${PERIODS.join(', ')}.` })
  period: (typeof PERIODS)[number];

  @ApiProperty({ example: 'GK' })
  @Matches(CODE, { message: 'Mã cột không đúng dạng.' })
  column: string;

  @ApiProperty({
    example: '7,5',
    nullable: true,
    type: String,
    description: 'Null: not required of this pupil',
  })
  @ValidateIf((cell: EarlierCellDto) => cell.value !== null)
  @IsString({ message: 'Giá trị phải là chữ (điểm gửi dạng "8,5"), hoặc null nếu không yêu cầu.' })
  @MaxLength(2000, { message: 'Giá trị dài quá 2000 kí tự.' })
  value: string | null;
}

export class EarlierMarksRequest {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' })
  @IsUUID(undefined, { message: 'Mã học sinh không đúng dạng.' })
  pupilId: string;

  @ApiProperty({ example: 'joined', enum: BECAUSE })
  @IsIn(BECAUSE, { message: 'Lí do phải là joined (chuyển đến) hoặc subject-changed (đổi môn lựa chọn).' })
  because: (typeof BECAUSE)[number];

  @ApiProperty({
    example: 'Trường THCS Đoàn Kết, xã Sông Lam, tỉnh Nghệ An',
    description: 'Printed with the marks',
  })
  @PlainText('Nơi cấp kết quả', { min: 3, max: 200 })
  origin: string;

  @ApiProperty({ example: 'Học bạ và phiếu điểm HK I, bản chụp kèm hồ sơ chuyển trường số 14' })
  @PlainText('Giấy tờ làm căn cứ', { min: 3, max: 300 })
  evidence: string;

  @ApiProperty({ type: [EarlierCellDto] })
  @IsArray()
  @ArrayMinSize(1, { message: 'Chưa có ô nào.' })
  @ArrayMaxSize(400, { message: 'Mỗi lần nhập nhiều nhất 400 ô.' })
  @ArrayUnique((c?: EarlierCellDto) => `${c?.area} ${c?.period} ${c?.column}`, {
    message: 'Một ô được gửi hai lần.',
  })
  @ValidateNested({ each: true })
  @Type(() => EarlierCellDto)
  cells: EarlierCellDto[];
}

export class EarlierRefusal {
  @ApiProperty({ example: 'Phiếu điểm ghi GK Toán là 7,5, không phải 8,5' })
  @PlainText('Lí do không xác nhận', { min: 5, max: 500 })
  reason: string;
}

export class EarlierMarkAnswer {
  @ApiProperty({ example: 'TOAN' }) area: string;
  @ApiProperty({ example: 'Toán' }) areaLabel: string;
  @ApiProperty({ example: 'HK1' }) period: string;
  @ApiProperty({ example: 'GK' }) column: string;
  @ApiProperty({ example: '7.5', nullable: true, type: String }) value: string | null;
}

export class EarlierRequestAnswer {
  @ApiProperty({ example: '8d7c2f4e-1c83-4b19-8b6a-4b7bb8a1f0d1' }) id: string;
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) pupilName: string;
  @ApiProperty({ example: 'joined', enum: BECAUSE }) because: (typeof BECAUSE)[number];
  @ApiProperty({ example: 'Trường THCS Đoàn Kết' }) origin: string;
  @ApiProperty({ example: 'Học bạ và phiếu điểm HK I' }) evidence: string;
  @ApiProperty({ example: 'entered', enum: STATES }) state: (typeof STATES)[number];
  @ApiProperty({ example: 'Phạm Thị Lan' }) enteredBy: string;
  @ApiProperty({ example: '2027-01-15T03:00:00.000Z' }) enteredAt: string;
  @ApiProperty({ example: null, nullable: true, type: String }) decidedBy: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) decidedAt: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) decisionReason: string | null;
  @ApiProperty({ type: [EarlierMarkAnswer] }) cells: EarlierMarkAnswer[];
}

export class EarlierRequestsAnswer {
  @ApiProperty({ type: [EarlierRequestAnswer], description: 'Newest first' })
  requests: EarlierRequestAnswer[];
}
