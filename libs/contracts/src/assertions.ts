/** What a passkey is asked, and what it answers (WebAuthn Level 3, the parts of its JSON that are kept). */
import { ApiProperty } from '@nestjs/swagger';
import { Matches, MaxLength } from 'class-validator';

const BASE64URL = /^[\w-]+$/;
const NOT_BASE64URL = { message: 'Phải là base64url.' };
const TOO_LONG = { message: 'Dài quá mức cho phép.' };

/** A credential's id has at most 1023 bytes (WebAuthn § 4). */
export const MOST_CREDENTIAL_ID = 1364;

export class AssertionDto {
  @ApiProperty({ example: 'dGhpcyBpcyBhIGtleQ', description: "The passkey's id, base64url" })
  @MaxLength(MOST_CREDENTIAL_ID, TOO_LONG)
  @Matches(BASE64URL, NOT_BASE64URL)
  credentialId: string;

  @ApiProperty({ example: 'SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAA' })
  @MaxLength(4000, TOO_LONG)
  @Matches(BASE64URL, NOT_BASE64URL)
  authenticatorData: string;

  @ApiProperty({ example: 'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoi…' })
  @MaxLength(4000, TOO_LONG)
  @Matches(BASE64URL, NOT_BASE64URL)
  clientDataJSON: string;

  @ApiProperty({ example: 'MEUCIQDx…', description: 'Over authenticatorData ‖ SHA-256(clientDataJSON)' })
  @MaxLength(4000, TOO_LONG)
  @Matches(BASE64URL, NOT_BASE64URL)
  signature: string;
}

export class AllowedCredential {
  @ApiProperty({ example: 'dGhpcyBpcyBhIGtleQ' }) id: string;
  @ApiProperty({ example: 'public-key' }) type: 'public-key';
  @ApiProperty({ example: ['internal', 'hybrid'] }) transports: string[];
}

/** PublicKeyCredentialRequestOptionsJSON as this server makes it. */
export class PasskeyRequestOptions {
  @ApiProperty({ example: 'n2wqT…', description: 'base64url' }) challenge: string;
  @ApiProperty({ example: 'so-cai.example' }) rpId: string;
  @ApiProperty({ type: [AllowedCredential] }) allowCredentials: AllowedCredential[];
  @ApiProperty({ example: 'required' }) userVerification: 'required';
  @ApiProperty({ example: 300000, description: 'Milliseconds' }) timeout: number;
}
