/** Certificates that sign: one's own and the school's seal, and importing one whose key is not on this server. */
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, Matches } from 'class-validator';
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
