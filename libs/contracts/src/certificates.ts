/** Certificates that sign: one's own and the school's seal, and importing one whose key is not on this server. */
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsString, Matches, MaxLength } from 'class-validator';
import { ActAnswerDto } from './acts.js';
import { Nested } from './nested.js';

const HOLDERS = ['self', 'seal'] as const;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Parameters of the acts "certificate.import" (one's own) and "certificate.import-seal". */
export class CertificateParams {
  @ApiProperty({
    example: 'self',
    enum: HOLDERS,
    description: 'Whose it is: one’s own, or the school’s seal',
  })
  @IsIn(HOLDERS, { message: 'Chứng thư là của mình (self) hoặc của con dấu (seal).' })
  holder: (typeof HOLDERS)[number];

  @ApiProperty({
    example: ['MIIC…', 'MIIB…'],
    description: 'DER, base64: the certificate first, then its issuers up to the self-signed authority',
  })
  @IsArray({ message: 'Chuỗi chứng thư là một danh sách.' })
  @ArrayMinSize(2, { message: 'Cần chứng thư và chứng thư của nơi cấp.' })
  @ArrayMaxSize(4, { message: 'Chuỗi chứng thư có nhiều nhất bốn chứng thư.' })
  @Matches(BASE64, { each: true, message: 'Mỗi chứng thư viết bằng base64 (DER).' })
  chain: string[];
}

export class CertificateRequest extends CertificateParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

export class CertificateAnswer {
  @ApiProperty({ example: '0f8fad5b-d9cb-469f-a165-70867728950e' }) id: string;
  @ApiProperty({ example: 'principal', enum: ['teacher', 'vice-principal', 'principal', 'seal'] })
  role: string;
  @ApiProperty({ example: 'Trần Thị Hiệu' }) name: string;
  @ApiProperty({ example: 'outside', enum: ['file', 'token', 'outside'], description: 'Where the key is' })
  keyStore: string;
  @ApiProperty({ example: '9f86d081…', description: 'SHA-256 of the certificate, hex' }) sha256: string;
  @ApiProperty({ example: '2026-08-15T00:00:00.000Z' }) issuedAt: string;
  @ApiProperty({ example: '2031-08-14T23:59:59.000Z' }) expiresAt: string;
}

export class CertificatesAnswer {
  @ApiProperty({ type: [CertificateAnswer] }) certificates: CertificateAnswer[];
}

/** Characters of a list as PEM or base64: a request has at most two megabytes. */
const LONGEST_LIST = 2_000_000;

export class RevocationListRequest {
  @ApiProperty({ example: '-----BEGIN X509 CRL-----…', description: 'PEM, or DER in base64' })
  @IsString({ message: 'Danh sách thu hồi là PEM, hoặc DER viết bằng base64.' })
  @MaxLength(LONGEST_LIST, { message: 'Danh sách thu hồi dài quá 1,4 MB.' })
  list: string;
}

export class RevocationListAnswer {
  @ApiProperty({ example: '0f8fad5b-d9cb-469f-a165-70867728950e' }) id: string;
  @ApiProperty({ example: '9f86d081…', description: 'SHA-256 of the authority’s public key, hex' })
  authority: string;
  @ApiProperty({ example: '2026-11-20T00:00:00.000Z' }) thisUpdate: string;
  @ApiProperty({ example: '2026-11-27T00:00:00.000Z', nullable: true, type: String }) nextUpdate:
    string | null;
  @ApiProperty({ example: 12, description: 'How many certificates are on it' }) count: number;
  @ApiProperty({ example: '2026-11-20T02:00:00.000Z' }) importedAt: string;
  @ApiProperty({ example: false, description: 'A newer one should be there by now' }) stale: boolean;
}

export class RevocationListsAnswer {
  @ApiProperty({ type: [RevocationListAnswer] }) lists: RevocationListAnswer[];
}

export class CredentialKeyRequest {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

export class CredentialKeyAnswer {
  @ApiProperty({ example: '0f8fad5b-d9cb-469f-a165-70867728950e' }) id: string;
  @ApiProperty({ example: '9f86d081…', description: 'Ed25519, hex' }) publicKey: string;
  @ApiProperty({ example: '2027-05-17T02:00:00.000Z' }) addedAt: string;
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: 'When another took its place; what it signed stays valid',
  })
  retiredAt: string | null;
}

export class CredentialKeysAnswer {
  @ApiProperty({ type: [CredentialKeyAnswer] }) keys: CredentialKeyAnswer[];
}
