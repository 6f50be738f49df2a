/** Signing with a key that is not on the server: what is to be signed goes out, the signatures come back. */
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsUUID,
  Matches,
  ValidateNested,
} from 'class-validator';

export class DocumentToSign {
  @ApiProperty({ example: '7d7c0a1e-30f1-4d5e-8a11-d5d1a2b4c600' }) transcriptId: string;
  @ApiProperty({ example: 'HS-2025-0147' }) code: string;
  @ApiProperty({ example: 'Nguyễn Hoàng Phương Uyên' }) fullName: string;
  @ApiProperty({ example: '9f86d081…', description: 'SHA-256 of the data, hex: the verification code' })
  documentHash: string;
  @ApiProperty({ example: 'MYGZ…', description: 'DER of the signed attributes, base64: sign exactly these' })
  toBeSigned: string;
  @ApiProperty({
    example: '2c26b46b…',
    description: 'SHA-256 of toBeSigned, hex, for tokens that take a digest',
  })
  digest: string;
}

export class OutsideSigningAnswer {
  @ApiProperty({ example: '0f8fad5b-d9cb-469f-a165-70867728950e' }) id: string;
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) batchId: string;
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: 'Trần Thị Hiệu', description: 'As printed' }) name: string;
  @ApiProperty({ example: 'HIỆU TRƯỞNG', description: 'As printed' }) title: string;
  @ApiProperty({ example: 'MIIB…', description: 'The certificate whose key has to sign, DER, base64' })
  certificate: string;
  @ApiProperty({ example: 'ecdsa-p256-sha256', enum: ['ecdsa-p256-sha256', 'rsa-pkcs1-sha256'] })
  algorithm: 'ecdsa-p256-sha256' | 'rsa-pkcs1-sha256';
  @ApiProperty({ example: '2027-05-28T03:00:00.000Z', description: 'As it will stand in the files' })
  signedAt: string;
  @ApiProperty({ example: '2027-05-28T03:30:00.000Z' }) expiresAt: string;
  @ApiProperty({ type: [DocumentToSign] }) documents: DocumentToSign[];
}

export class OutsideSigningsAnswer {
  @ApiProperty({ type: [OutsideSigningAnswer], description: 'In the order asked' })
  signings: OutsideSigningAnswer[];
}

/** As many as a request has room for. */
const MOST_SIGNATURES = 2000;

export class OutsideSignature {
  @ApiProperty({ example: '7d7c0a1e-30f1-4d5e-8a11-d5d1a2b4c600' })
  @IsUUID(undefined, { message: 'Mã học bạ không đúng dạng.' })
  transcriptId: string;

  @ApiProperty({ example: 'pZ3v…', description: 'r ‖ s of 64 bytes, its DER, or the octets of RSA; base64' })
  @Matches(/^(?:[A-Za-z0-9+/]{4}){1,171}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, {
    message: 'Chữ kí phải viết bằng base64, không quá 512 byte.',
  })
  signature: string;
}

export class OutsideSignaturesRequest {
  @ApiProperty({ type: [OutsideSignature], description: 'One for each document, in any order' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_SIGNATURES)
  @ArrayUnique((row?: OutsideSignature) => row?.transcriptId, { message: 'Một học bạ có hai chữ kí.' })
  @ValidateNested({ each: true })
  @Type(() => OutsideSignature)
  signatures: OutsideSignature[];
}
