/** A verification's result for people: the verdict first, in Vietnamese, then what it rests on. */
import type {
  CheckedClock,
  CheckedSignature,
  LedgerEvidence,
  ShownDocument,
  StatusEvidence,
  VerificationResult,
} from '#verify/result.js';
import type { PresentationResult } from '#verify/verify-presentation.js';
import { stepOf, type Verdict } from '#verify/steps.js';

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  valid: 'HỢP LỆ (valid)',
  superseded: 'ĐÃ ĐƯỢC THAY THẾ bằng bản mới hơn (superseded)',
  revoked: 'ĐÃ THU HỒI (revoked)',
  invalid: 'KHÔNG HỢP LỆ (invalid)',
  unchecked: 'CHƯA KIỂM TRA ĐƯỢC (unchecked)',
};

const STEP_WORDS: Readonly<Record<number, string>> = {
  1: 'dạng tệp',
  2: 'các lần ghi của tệp',
  3: 'các trang và dữ liệu đính kèm',
  4: 'phần chữ kí trên trang',
  5: 'phạm vi của chữ kí',
  6: 'chữ kí số và chứng thư',
  7: 'người kí và khóa',
  8: 'dữ liệu và bằng chứng Sổ Cái',
  9: 'trạng thái sau khi phát hành',
  10: 'điều kiện để kiểm tra',
};

const ROLE_WORDS: Readonly<Record<CheckedSignature['role'], string>> = {
  homeroom: 'Giáo viên chủ nhiệm',
  'vice-principal': 'Phó Hiệu trưởng',
  principal: 'Hiệu trưởng',
  seal: 'Con dấu',
};

/** Several lines, the last without a newline. */
export function describeResult(result: VerificationResult | PresentationResult): string {
  const demo = result.demo ? ' — DEMO: bản thử nghiệm, không có giá trị pháp lí' : '';
  const lines = [`${result.file}: ${VERDICT_WORDS[result.verdict]}${demo}`];
  if (result.code !== null) {
    const step = stepOf(result.code);
    lines.push(row(`Bước ${String(step)}`, `${STEP_WORDS[step] ?? ''} — ${result.code}`));
  }
  lines.push(
    ...documentLines(result),
    ...presentationLines(result),
    ...result.signatures.flatMap(signatureLines),
  );
  if (result.ledger !== null) lines.push(...ledgerLines(result.ledger));
  lines.push(row('Trạng thái', statusWords(result.status)));
  lines.push(...result.reasons.map((reason) => row('Chi tiết', reason)));
  return lines.join('\n');
}

function documentLines({ document, resultsFollow }: VerificationResult): string[] {
  if (document === null) return [];
  const follows =
    resultsFollow === null
      ? 'không xét được'
      : resultsFollow
        ? 'đúng theo thông tư'
        : 'KHÔNG khớp với các điểm đã ghi';
  const { name: school } = document.data.school;
  return [
    row(...titleOf(document, school)),
    // What the rules give is computed from a học bạ alone.
    ...(document.type === 'hoc-ba' ? [row('Kết quả', follows)] : []),
  ];
}

/** What a presentation shows: the fields as they are named in the document. */
function presentationLines(result: VerificationResult | PresentationResult): string[] {
  if (!('presentation' in result) || result.presentation === null) return [];
  const { kind, fields, audience, expires } = result.presentation;
  const whom = audience === null || audience === 'anyone' ? 'bất kì ai giữ nó' : audience;
  const until = expires === null ? '' : `, đến ${localTime(expires)}`;
  return [
    row('Bản trích', KIND_WORDS[kind]),
    ...Object.entries(fields).map(([path, value]) => row('Mục', `${path} = ${String(value)}`)),
    ...(kind === 'sd-jwt' ? [row('Lập cho', `${whom}${until}`)] : []),
  ];
}

const KIND_WORDS: Readonly<Record<NonNullable<PresentationResult['presentation']>['kind'], string>> = {
  'sd-jwt': 'một số mục của học bạ (SD-JWT)',
  credential: 'toàn bộ kết quả (chứng nhận số W3C)',
  slip: 'một số mục của học bạ (mã QR)',
};

function titleOf(document: ShownDocument, school: string): [label: string, words: string] {
  switch (document.type) {
    case 'hoc-ba': {
      const { pupil, year } = document.data;
      return ['Học bạ', `${pupil.fullName}, lớp ${year.className}, năm học ${year.schoolYear}, ${school}`];
    }
    case 'phieu-ket-qua': {
      const { pupil, slip } = document.data;
      const words = `${pupil.fullName}, lớp ${slip.className}, ${slip.period} năm học ${slip.schoolYear}, ${school}`;
      return ['Phiếu kết quả', words];
    }
    case 'bang-tong-hop': {
      const { className, period, schoolYear, pupils } = document.data;
      const words = `lớp ${className}, ${period} năm học ${schoolYear}, ${String(pupils.length)} học sinh, ${school}`;
      return ['Bảng tổng hợp', words];
    }
    case 'so-theo-doi-lop': {
      const { className, schoolYear, pupils } = document.data;
      const words = `lớp ${className}, năm học ${schoolYear}, ${String(pupils.length)} học sinh, ${school}`;
      return ['Sổ theo dõi', words];
    }
  }
}

function signatureLines({ role, name, at, timestamp, certificate }: CheckedSignature): string[] {
  const own = [row(ROLE_WORDS[role], `${name}, ${localTime(at)}`), ...revocationLines(certificate)];
  if (timestamp === undefined) return own;
  const whose = timestamp.authority === null ? '' : ` của ${timestamp.authority}`;
  return [
    ...own,
    row('Dấu thời gian', `${localTime(timestamp.at)}, đồng hồ${whose}: ${CLOCK_WORDS[timestamp.clock]}`),
  ];
}

function revocationLines({ revocation }: CheckedSignature['certificate']): string[] {
  if (revocation === undefined) return [];
  const { asOf, stale, revokedAt } = revocation;
  const said = revokedAt === null ? 'chưa bị thu hồi' : `bị thu hồi từ ${localTime(revokedAt)}`;
  const list = `theo danh sách của nơi cấp lúc ${localTime(asOf)}${stale ? ', đã quá hạn phải có danh sách mới' : ''}`;
  return [row('Chứng thư', `${said}, ${list}`)];
}

const CLOCK_WORDS: Readonly<Record<CheckedClock['clock'], string>> = {
  vouched: 'được gói tin cậy hoặc người kiểm tra công nhận',
  unknown: 'kí đúng, nhưng chưa ai ở đây bảo đảm cho đồng hồ này',
  unchecked: 'chưa kiểm tra được, không dựa vào giờ này',
};

function ledgerLines({ origin, index, size, existedAt, witnesses }: LedgerEvidence): string[] {
  const names = witnesses.map(({ name }) => name).join(', ');
  return [
    row('Sổ Cái', `${origin}, mục số ${String(index)} trong ${String(size)} mục`),
    row(
      'Có từ',
      `${existedAt === null ? 'không rõ' : localTime(existedAt)} (nhân chứng: ${names === '' ? 'không có' : names})`,
    ),
  ];
}

function statusWords({ method, asOf, size }: StatusEvidence): string {
  if (method === 'none') return 'chưa tra cứu';
  return `đã tra Sổ Cái đến mục ${String((size ?? 0) - 1)}${asOf === null ? '' : `, lúc ${localTime(asOf)}`}`;
}

function row(label: string, words: string): string {
  return `  ${`${label}:`.padEnd(21)}${words}`;
}

/** ISO-8601 UTC as it is read in Vietnam. */
function localTime(at: string): string {
  const local = new Date(Date.parse(at) + 7 * 3_600_000).toISOString();
  return `${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)} ${local.slice(11, 19)} +07:00`;
}
