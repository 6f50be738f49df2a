/** The public opening of a verification code: what a stranger needs to check the paper in hand, and no personal data. */
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { OpeningAnswer } from '#contracts/transcripts.js';
import { toBase64, toHex } from '#ledger/format/bytes.js';
import { parseProof } from '#signing/proof-attribute.js';
import { decodeDocument } from '#transcript/canonical.js';
import { parseVerificationCode, VerificationCodeError } from '#transcript/verification-code.js';
import { Database } from '../database/database.js';
import { notFound, Problem } from '../http/problem.js';
import { TrustKeeper } from '../ledger-host/trust-keeper.js';
import { School } from '../school/school.entities.js';
import { Transcript } from './transcripts.entities.js';

@Injectable()
export class Openings {
  constructor(
    private readonly database: Database,
    private readonly trust: TrustKeeper,
  ) {}

  /**
   * @param code hex or base32, in any case and grouping
   * @throws Problem VALIDATION for a text that is no code; NOT_FOUND for one that no issued document has
   */
  async open(code: string): Promise<OpeningAnswer> {
    const documentHash = toHex(hashOf(code));
    // A code names no school: each school's own index is asked, as rows are kept by school.
    const schools = await this.database.read.find(School, { select: { id: true } });
    const schoolId = In(schools.map(({ id }) => id));
    const row = await this.database.read.findOneBy(Transcript, { schoolId, documentHash, state: 'issued' });
    if (row !== null && row.erasedAt !== null) {
      throw new Problem(
        'ERASED',
        'Trường không còn giữ học bạ mang mã này (đã xóa theo quyết định). Tệp PDF đang có trong tay vẫn kiểm chứng được.',
      );
    }
    if (row === null || row.document === null || row.proof === null || row.digests === null) {
      throw notFound('học bạ mang mã xác thực này');
    }
    const { event, lineage, salt } = decodeDocument(row.document);
    const { entry, first } = parseProof(row.proof);
    const bundle = await this.trust.bundle();
    return {
      entry: toBase64(entry),
      event,
      lineage,
      salt,
      digests: [...row.digests],
      first: toBase64(first),
      trustSerial: bundle?.serial ?? 0,
    };
  }
}

function hashOf(code: string): Uint8Array {
  try {
    return parseVerificationCode(code);
  } catch (error) {
    if (!(error instanceof VerificationCodeError)) throw error;
    throw new Problem(
      'VALIDATION',
      'Mã xác thực gồm 52 chữ cái, chữ số (A–Z, 2–7) hoặc 64 chữ số thập lục phân. Hãy so lại với bản in.',
    );
  }
}
