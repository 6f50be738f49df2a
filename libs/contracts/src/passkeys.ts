/** A person's own passkeys (khóa truy cập): adding, naming, withdrawing. */
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsString, Matches, MaxLength } from 'class-validator';
import { ActAnswerDto } from './acts.js';
import { MOST_CREDENTIAL_ID } from './assertions.js';
import { Nested } from './nested.js';
import { PlainText } from './plain-text.js';

const BASE64URL = /^[\w-]+$/;
const NOT_BASE64URL = { message: 'Phải là base64url.' };
const TOO_LONG = { message: 'Dài quá mức cho phép.' };

/** A new credential as the browser made it. */
export class CredentialDto {
  @ApiProperty({ example: 'dGhpcyBpcyBhIGtleQ', description: 'base64url' })
  @MaxLength(MOST_CREDENTIAL_ID, TOO_LONG)
  @Matches(BASE64URL, NOT_BASE64URL)
  id: string;

  @ApiProperty({ example: 'eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwi…' })
  @MaxLength(4000, TOO_LONG)
  @Matches(BASE64URL, NOT_BASE64URL)
  clientDataJSON: string;

  @ApiProperty({ example: 'o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YViU…' })
  @MaxLength(20_000, TOO_LONG)
  @Matches(BASE64URL, NOT_BASE64URL)
  attestationObject: string;

  @ApiProperty({ example: ['internal', 'hybrid'] })
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @MaxLength(20, { each: true })
  transports: string[];
}

/** What is confirmed with the second factor before a passkey is added. */
export class NewPasskeyParams {
  @ApiProperty({ example: 'Điện thoại của tôi' })
  @PlainText('Tên khóa truy cập', { min: 1, max: 60 })
  name: string;

  @ApiProperty({ type: CredentialDto })
  @Nested(() => CredentialDto)
  credential: CredentialDto;
}

export class NewPasskeyRequest extends NewPasskeyParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

export class PasskeyParams {
  @ApiProperty({ example: 'dGhpcyBpcyBhIGtleQ' })
  @MaxLength(MOST_CREDENTIAL_ID, TOO_LONG)
  @Matches(BASE64URL, NOT_BASE64URL)
  passkeyId: string;
}

export class PasskeyNameRequest extends PasskeyParams {
  @ApiProperty({ example: 'Máy tính phòng Hiệu trưởng' })
  @PlainText('Tên khóa truy cập', { min: 1, max: 60 })
  name: string;
}

export class PasskeyRevokeRequest extends PasskeyParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

export class PasskeyAnswer {
  @ApiProperty({ example: 'dGhpcyBpcyBhIGtleQ' }) id: string;
  @ApiProperty({ example: 'Điện thoại của tôi' }) name: string;
  @ApiProperty({ example: 'ES256' }) algorithm: string;
  @ApiProperty({ example: '2026-11-21T03:05:00.000Z' }) createdAt: string;
  @ApiProperty({ example: null, nullable: true, type: String }) lastUsedAt: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) revokedAt: string | null;
}

export class PasskeysAnswer {
  @ApiProperty({ type: [PasskeyAnswer] }) passkeys: PasskeyAnswer[];
}

export class RelyingPartyAnswer {
  @ApiProperty({ example: 'so-cai.example' }) id: string;
  @ApiProperty({ example: 'Sổ Cái' }) name: string;
}

export class PasskeyUserAnswer {
  @ApiProperty({ example: 'cGVyc29u' }) id: string;
  @ApiProperty({ example: 'phohieutruong1.thcs-song-may' }) name: string;
  @ApiProperty({ example: 'Trần Thị Thu Hà' }) displayName: string;
}

/** PublicKeyCredentialCreationOptionsJSON as this server makes it. */
export class PasskeyCreationOptions {
  @ApiProperty({ example: 'n2wqT…' }) challenge: string;
  @ApiProperty({ type: RelyingPartyAnswer }) rp: RelyingPartyAnswer;
  @ApiProperty({ type: PasskeyUserAnswer }) user: PasskeyUserAnswer;
  @ApiProperty({ example: [{ type: 'public-key', alg: -7 }] }) pubKeyCredParams: {
    type: 'public-key';
    alg: number;
  }[];
  @ApiProperty({ example: [{ id: 'dGhpcyBpcyBhIGtleQ', type: 'public-key' }] }) excludeCredentials: {
    id: string;
    type: 'public-key';
  }[];
  @ApiProperty({ example: { residentKey: 'preferred', userVerification: 'required' } })
  authenticatorSelection: {
    residentKey: 'preferred';
    requireResidentKey: boolean;
    userVerification: 'required';
  };
  @ApiProperty({ example: 'none' }) attestation: 'none';
  @ApiProperty({ example: 300000 }) timeout: number;
}
