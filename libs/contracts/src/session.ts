/** Signing in, in two steps, and the own sessions. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsDefined,
  IsIn,
  IsObject,
  IsString,
  MaxLength,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { AssertionDto, PasskeyRequestOptions } from './assertions.js';

export class SignInRequest {
  @ApiProperty({ example: 'phohieutruong1.thcs-song-may' })
  @IsString({ message: 'Tên đăng nhập phải là chữ.' })
  @MinLength(1, { message: 'Hãy nhập tên đăng nhập.' })
  @MaxLength(100, { message: 'Tên đăng nhập dài quá 100 kí tự.' })
  username: string;

  @ApiProperty({ example: 'mật khẩu in ở lần chạy đầu tiên' })
  @IsString({ message: 'Mật khẩu phải là chữ.' })
  @MinLength(1, { message: 'Hãy nhập mật khẩu.' })
  @MaxLength(200, { message: 'Mật khẩu dài quá 200 kí tự.' })
  password: string;
}

const SECOND_FACTORS = ['passkey', 'totp', 'recovery'] as const;
export type SecondFactorMethod = (typeof SECOND_FACTORS)[number];

/** What the first step answers when a second one follows. */
export class PendingSignInAnswer {
  @ApiProperty({ example: true }) pending: true;
  @ApiProperty({ example: ['totp', 'recovery'], enum: SECOND_FACTORS, isArray: true })
  methods: SecondFactorMethod[];
  @ApiPropertyOptional({ type: PasskeyRequestOptions, description: 'For navigator.credentials.get' })
  passkey?: PasskeyRequestOptions;
}

export class SecondFactorRequest {
  @ApiProperty({ example: 'totp', enum: SECOND_FACTORS })
  @IsIn(SECOND_FACTORS, { message: 'Cách xác thực phải là totp, recovery hoặc passkey.' })
  method: SecondFactorMethod;

  @ApiPropertyOptional({ example: '492039', description: 'With methods totp and recovery' })
  @ValidateIf(({ method, code }: SecondFactorRequest) => method !== 'passkey' || code !== undefined)
  @IsString({ message: 'Hãy nhập mã xác thực.' })
  @MinLength(6, { message: 'Mã xác thực có 6 chữ số; mã khôi phục có 16 kí tự.' })
  @MaxLength(40, { message: 'Mã dài quá 40 kí tự.' })
  code?: string;

  @ApiPropertyOptional({ type: AssertionDto, description: 'With method passkey' })
  @ValidateIf(({ method, assertion }: SecondFactorRequest) => method === 'passkey' || assertion !== undefined)
  @IsDefined({ message: 'Thiếu chữ kí của khóa truy cập.' })
  @IsObject({ message: 'Thiếu chữ kí của khóa truy cập.' })
  @ValidateNested()
  @Type(() => AssertionDto)
  assertion?: AssertionDto;
}

export class PersonAnswer {
  @ApiProperty({ example: '0b0f6f0e-6a53-4d56-8f5e-0f0d7f1d1c11' }) id: string;
  @ApiProperty({ example: 'phohieutruong1.thcs-song-may' }) username: string;
  @ApiProperty({ example: 'Trần Thị Thu Hà' }) fullName: string;
  @ApiProperty({ example: 'Giáo viên THCS hạng I' }) title: string;
}

export class SchoolAnswer {
  @ApiProperty({ example: '3f9f5d0e-1f0b-4a51-9c7e-1d3f2b8a9c10' }) id: string;
  @ApiProperty({ example: 'thcs-song-may' }) slug: string;
  @ApiProperty({ example: 'Trường THCS Sông Mây' }) name: string;
  @ApiProperty({ example: 'LOWER_SECONDARY' }) level: string;
  @ApiProperty({ example: true, description: 'A demonstration school: nothing it signs has legal value' })
  demo: boolean;
}

export class SessionAnswer {
  @ApiProperty({ type: PersonAnswer }) person: PersonAnswer;
  @ApiProperty({ type: SchoolAnswer }) school: SchoolAnswer;
  @ApiProperty({ example: ['vice-principal', 'subject-teacher'] }) roles: string[];
  @ApiProperty({ example: true, description: 'Whether a second factor is enrolled' }) secondFactor: boolean;
  @ApiProperty({
    example: 'totp',
    enum: SECOND_FACTORS,
    nullable: true,
    description: 'With what this session was opened besides the password',
  })
  signedInWith: SecondFactorMethod | null;
  @ApiProperty({ example: 9, description: 'Recovery codes not used yet' }) recoveryCodesLeft: number;
  @ApiProperty({ example: 'k3J…', description: 'To be sent as x-csrf-token with every write' })
  csrfToken: string;
}

export class OwnSessionAnswer {
  @ApiProperty({ example: '4b1f…', description: 'SHA-256 of the cookie, hex: not the cookie' }) id: string;
  @ApiProperty({ example: '2026-11-21T01:05:00.000Z' }) createdAt: string;
  @ApiProperty({ example: '2026-11-21T03:05:00.000Z' }) lastSeenAt: string;
  @ApiProperty({ example: 'totp', enum: SECOND_FACTORS, nullable: true })
  secondFactor: SecondFactorMethod | null;
  @ApiProperty({ example: true, description: 'The session that asks' }) current: boolean;
}

export class OwnSessionsAnswer {
  @ApiProperty({ type: [OwnSessionAnswer] }) sessions: OwnSessionAnswer[];
}

export class EndedSessionsAnswer {
  @ApiProperty({ example: 2 }) ended: number;
}
