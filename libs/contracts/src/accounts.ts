/** Accounts of a school, as the IT officer makes them and the management looks over them. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, Matches, MaxLength, MinLength } from 'class-validator';
import { ActAnswerDto } from './acts.js';
import { Nested } from './nested.js';
import { PersonName } from './person-name.js';
import { PlainText } from './plain-text.js';

const ACCOUNT_KINDS = ['staff', 'family'] as const;

export class AccountRequest {
  @ApiProperty({
    example: 'staff',
    enum: ACCOUNT_KINDS,
    description: 'staff enrols a second factor when activated; family (guardian, pupil) has a password only',
  })
  @IsIn(ACCOUNT_KINDS, { message: 'Loại tài khoản là «staff» (nhà trường) hoặc «family» (gia đình).' })
  kind: (typeof ACCOUNT_KINDS)[number];

  @ApiProperty({ example: 'gv.lan', description: 'The part of the user name before the school' })
  @Matches(/^[a-z0-9]+([.-][a-z0-9]+)*$/, {
    message: 'Tên đăng nhập chỉ gồm chữ thường không dấu, chữ số, dấu chấm và gạch nối.',
  })
  @MinLength(3, { message: 'Tên đăng nhập có ít nhất 3 kí tự.' })
  @MaxLength(40, { message: 'Tên đăng nhập dài quá 40 kí tự.' })
  name: string;

  @ApiProperty({ example: 'Nguyễn Thị Lan' })
  @PersonName({ min: 2, max: 100 })
  fullName: string;

  @ApiProperty({ example: 'Giáo viên THCS hạng II' })
  @PlainText('Chức danh', { min: 1, max: 100 })
  title: string;
}

export class ReasonRequest {
  @ApiProperty({ example: 'Nghỉ hưu theo quyết định số 12/QĐ' })
  @PlainText('Lí do', { min: 5, max: 300 })
  reason: string;
}

export class IssuedCodeAnswer {
  @ApiProperty({ example: '0b0f6f0e-6a53-4d56-8f5e-0f0d7f1d1c11' }) personId: string;
  @ApiProperty({ example: 'gv.lan.thcs-song-may' }) username: string;
  @ApiProperty({ example: 'Nguyễn Thị Lan' }) fullName: string;
  @ApiProperty({ example: '7KQ2-M4XD-0TGE-9B3R', description: 'Shown once, for a printed letter' })
  activationCode: string;
  @ApiProperty({ example: '2026-11-28T03:05:00.000Z' }) expiresAt: string;
}

const ACCOUNT_STATES = ['waiting', 'active', 'disabled'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

export class AccountAnswer {
  @ApiProperty({ example: '0b0f6f0e-6a53-4d56-8f5e-0f0d7f1d1c11' }) id: string;
  @ApiProperty({ example: 'gv.lan.thcs-song-may' }) username: string;
  @ApiProperty({ example: 'Nguyễn Thị Lan' }) fullName: string;
  @ApiProperty({ example: 'Giáo viên THCS hạng II' }) title: string;
  @ApiProperty({ example: ['teacher'], description: 'Held today' }) roles: string[];
  @ApiProperty({ example: 'active', enum: ACCOUNT_STATES, description: 'waiting: not activated yet' })
  state: AccountState;
  @ApiProperty({ example: '2026-11-20T23:30:00.000Z', nullable: true }) lastSignInAt: string | null;
  @ApiProperty({ example: 'totp', nullable: true }) lastSecondFactor: string | null;
  @ApiProperty({ example: true }) totp: boolean;
  @ApiProperty({ example: 1 }) passkeys: number;
  @ApiProperty({ example: 10 }) recoveryCodesLeft: number;
  @ApiProperty({
    example: ['STALE'],
    description:
      'What to look at: STALE (no sign-in for 90 days), NO_SECOND_FACTOR (staff), NEW (staff, since the list was last signed off), NO_ROLE, DISABLED_WITH_ROLE',
  })
  remarks: string[];
}

export class AccountReviewAnswer {
  @ApiProperty({ example: '2026-11' }) month: string;
  @ApiProperty({ example: '9f2c…' }) reportHash: string;
  @ApiProperty({ example: 62 }) accounts: number;
  @ApiProperty({ example: 'Đã kiểm tra', nullable: true }) note: string | null;
  @ApiProperty({ example: 'Trần Thị Thu Hà' }) reviewedBy: string;
  @ApiProperty({ example: '2026-11-21T03:05:00.000Z' }) reviewedAt: string;
}

export class RecoveryAnswer {
  @ApiProperty({ example: '5c0e6f8e-…' }) id: string;
  @ApiProperty({ example: '0b0f6f0e-…' }) personId: string;
  @ApiProperty({ example: 'Nguyễn Thị Lan' }) fullName: string;
  @ApiProperty({ example: 'Mất điện thoại' }) reason: string;
  @ApiProperty({ example: 'Lê Văn Tin' }) proposedBy: string;
  @ApiProperty({ example: '2026-11-21T03:05:00.000Z' }) proposedAt: string;
  @ApiProperty({ example: '2026-11-24T03:05:00.000Z' }) expiresAt: string;
}

export class AccountsAnswer {
  @ApiProperty({ example: '2026-11' }) month: string;
  @ApiProperty({ example: '9f2c…', description: 'SHA-256 of the list below; a review names it' })
  reportHash: string;
  @ApiProperty({ type: [AccountAnswer] }) accounts: AccountAnswer[];
  @ApiProperty({ type: [AccountReviewAnswer], description: 'Newest first' }) reviews: AccountReviewAnswer[];
  @ApiProperty({ type: [RecoveryAnswer], description: 'Waiting for the second person' })
  recoveries: RecoveryAnswer[];
}

export class AccountReviewRequest {
  @ApiProperty({ example: '9f2c…', description: 'Of the list that was looked at' })
  @Matches(/^[0-9a-f]{64}$/, { message: 'Thiếu mã của danh sách đã kiểm tra.' })
  reportHash: string;

  @ApiPropertyOptional({ example: 'Đã đối chiếu với danh sách nhân sự' })
  @IsOptional()
  @PlainText('Ghi chú', { min: 1, max: 500 })
  note?: string;
}

export class ConfirmRecoveryParams {
  @ApiProperty({ example: '5c0e6f8e-…' })
  @IsUUID(undefined, { message: 'Đề nghị đặt lại không đúng dạng.' })
  recoveryId: string;
}

export class ConfirmRecoveryRequest extends ConfirmRecoveryParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

export class ProposedRecoveryAnswer {
  @ApiProperty({ example: '5c0e6f8e-…' }) recoveryId: string;
}
