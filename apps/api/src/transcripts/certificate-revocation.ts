/** What the newest revocation lists that the school has say of a certificate and of those above it. */
import type { EntityManager } from 'typeorm';
import { parseCertificate } from '#signing/certificate.js';
import type { SigningError } from '#signing/errors.js';
import {
  isListOf,
  parseRevocationList,
  revocationOf,
  type Revocation,
  type RevocationList,
} from '#signing/revocation-list.js';
import { Problem } from '../http/problem.js';
import { RevocationListRow } from './revocation-lists.entities.js';
import type { Certificate } from './transcripts.entities.js';

/** The parts of a row that name it and those above it. */
type Chained = Pick<Certificate, 'der' | 'issuers'>;

/**
 * A certificate that was retired, or that its authority's newest list revokes or holds, signs nothing any more.
 * @throws Problem CERTIFICATE_REFUSED
 */
export async function refuseRevoked(
  read: EntityManager,
  schoolId: string,
  certificates: readonly (Chained & Pick<Certificate, 'retiredAt'>)[],
): Promise<void> {
  const lists = await newestLists(read, schoolId);
  for (const certificate of certificates) {
    const [revocation] = revocationsOf(certificate, lists);
    if (certificate.retiredAt === null && revocation === undefined) continue;
    const since = revocation === undefined ? '' : ` từ ${revocation.from.toISOString()}`;
    throw new Problem(
      'CERTIFICATE_REFUSED',
      `Chứng thư này đã bị nơi cấp thu hồi hoặc tạm ngừng${since}: không kí được nữa. Hãy đưa vào chứng thư mới rồi lập lại đợt.`,
    );
  }
}

/** What the lists say of the certificate, and of each authority above it. */
export function revocationsOf({ der, issuers }: Chained, lists: readonly RevocationList[]): Revocation[] {
  if (lists.length === 0) return [];
  const above = issuers.map((text) => parseCertificate(new Uint8Array(Buffer.from(text, 'base64'))));
  const chain = [parseCertificate(der), ...above];
  return chain.flatMap((certificate, i) => {
    const issuer = chain[i + 1];
    const list = issuer && lists.find((each) => isListOf(each, issuer));
    return (list && revocationOf(list, certificate)) ?? [];
  });
}

/** The newest list of each authority. Their signatures were checked when they came in. */
async function newestLists(read: EntityManager, schoolId: string): Promise<RevocationList[]> {
  const rows = await read.find(RevocationListRow, {
    select: { id: true, authority: true },
    where: { schoolId },
    order: { thisUpdate: 'DESC' },
  });
  const newest = rows.filter((row, i) => rows.findIndex((other) => other.authority === row.authority) === i);
  const lists: RevocationList[] = [];
  for (const { id } of newest) {
    const { der } = await read.findOneByOrFail(RevocationListRow, { schoolId, id });
    lists.push(parseRevocationList(der));
  }
  return lists;
}

const WORDS: Readonly<Partial<Record<string, string>>> = {
  CRL_ISSUER: 'Danh sách thu hồi này không phải của nơi cấp chứng thư nào của trường.',
  CRL_SIGNATURE: 'Danh sách thu hồi không do nơi cấp đã nêu kí.',
  CRL_UNSUPPORTED: 'Đây là danh sách thu hồi từng phần; hãy lấy danh sách đầy đủ của nơi cấp.',
};

export function refusedAs({ code, message }: SigningError): Problem {
  const words = WORDS[code] ?? 'Không đọc được danh sách thu hồi này; hãy lấy lại tệp gốc của nơi cấp.';
  return new Problem('CERTIFICATE_REFUSED', words, [
    { where: 'list', code, message: `${words} (${code}: ${message})` },
  ]);
}
