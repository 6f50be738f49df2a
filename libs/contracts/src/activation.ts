/** Activating an account with the code of a printed letter, and what else a person changes of their own account. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';

const CODE = { example: '7KQ2-M4XD-0TGE-9B3R', description: 'As printed on the letter' };

export class ActivationRequest {
  @ApiProperty({ example: 'gv.lan.thcs-song-may' })
  @IsString({ message: 'Tên đăng nhập phải là chữ.' })
  @MinLength(1, { message: 'Hãy nhập tên đăng nhập.' })
  @MaxLength(100, { message: 'Tên đăng nhập dài quá 100 kí tự.' })
  username: string;

  @ApiProperty(CODE)
  @IsString({ message: 'Mã kích hoạt phải là chữ.' })
  @MinLength(1, { message: 'Hãy nhập mã kích hoạt.' })
  @MaxLength(40, { message: 'Mã kích hoạt dài quá 40 kí tự.' })
  code: string;
}

export class TotpEnrolmentAnswer {
  @ApiProperty({ example: 'JBSWY3DPEHPK3PXP', description: 'Base32, to be typed into an authenticator app' })
  secret: string;
  @ApiProperty({ example: 'otpauth://totp/…', description: 'To be opened by an authenticator app' })
  uri: string;
}

export class ActivationAnswer {
  @ApiProperty({ example: 'Trần Thị Thu Hà' }) fullName: string;
  @ApiProperty({ example: 'Trường THCS Sông Mây' }) schoolName: string;
  @ApiPropertyOptional({
    type: TotpEnrolmentAnswer,
    description: 'Only when the code enrols a second factor; else the former one stays',
  })
  totp?: TotpEnrolmentAnswer;
}

export class ActivationCompletion extends ActivationRequest {
  @ApiProperty({ example: 'bốn con trâu qua sông' })
  @IsString({ message: 'Mật khẩu phải là chữ.' })
  @MinLength(1, { message: 'Hãy nhập mật khẩu mới.' })
  @MaxLength(200, { message: 'Mật khẩu dài quá 200 kí tự.' })
  password: string;

  @ApiPropertyOptional({
    example: '492039',
    description: 'A code of the new authenticator, where one is enrolled',
  })
  @IsOptional()
  @Matches(/^\d{6}$/, { message: 'Mã xác thực gồm 6 chữ số.' })
  totpCode?: string;
}

export class RecoveryCodesAnswer {
  @ApiProperty({ example: ['7KQ2-M4XD-0TGE-9B3R'], description: 'Shown once; empty when none were made' })
  recoveryCodes: string[];
}

export class RecoveryCodesRequest {
  @ApiProperty({ example: '492039', description: 'A code of the own authenticator' })
  @Matches(/^\d{6}$/, { message: 'Mã xác thực gồm 6 chữ số.' })
  totpCode: string;
}

export class PasswordChangeRequest {
  @ApiProperty({ example: 'mật khẩu đang dùng' })
  @IsString({ message: 'Mật khẩu phải là chữ.' })
  @MaxLength(200, { message: 'Mật khẩu dài quá 200 kí tự.' })
  currentPassword: string;

  @ApiProperty({ example: 'bốn con trâu qua sông' })
  @IsString({ message: 'Mật khẩu phải là chữ.' })
  @MaxLength(200, { message: 'Mật khẩu dài quá 200 kí tự.' })
  newPassword: string;
}
