/** Signing in. */
import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';

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
  @ApiProperty({ example: 'k3J…', description: 'To be sent as x-csrf-token with every write' })
  csrfToken: string;
}
