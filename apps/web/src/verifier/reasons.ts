/** Why a verdict is what it is, in words for people, for each code that a verification can end with. */
import { NOTES } from '#verify/notes.js';
import type { StepCode } from '#verify/steps.js';
import type { Language } from '../i18n/language.js';

type SignatureFamily = `CMS_${string}` | `DER_${string}` | `SIGNATURE_${string}` | `TIMESTAMP_${string}`;
type CertificateFamily = `CERT_${string}` | `CA_${string}`;
/** Codes with a sentence of their own; the two families share one each. A new code without words does not compile. */
type NamedCode = Exclude<StepCode, Exclude<SignatureFamily, 'SIGNATURES_MISSING'> | CertificateFamily>;

type Sentence = readonly [vi: string, en: string];

const NAMED: Readonly<Record<NamedCode | 'SIGNATURES_MISSING', Sentence>> = {
  FILE_TOO_LARGE: [
    'Tệp lớn hơn 10 MB; học bạ do Sổ Cái phát hành không lớn như vậy.',
    'The file is larger than 10 MB; no transcript of Sổ Cái is.',
  ],
  NOT_A_PDF: [
    'Tệp này không phải là PDF, cũng không phải là bản trích do Sổ Cái tạo ra.',
    'This file is neither a PDF nor a presentation made by Sổ Cái.',
  ],
  FOREIGN_PDF: [
    'Tệp PDF này không do Sổ Cái tạo ra: có thể là bản quét, bản in lại, hoặc đã được lưu lại bằng phần mềm khác.',
    'Sổ Cái did not make this PDF: it may be a scan, a new print, or saved again by another program.',
  ],
  TRAILING_BYTES: [
    'Sau phần kết thúc của học bạ còn có dữ liệu được thêm vào.',
    'Something was added after the end of the transcript.',
  ],
  UNSIGNED: ['Học bạ chưa có chữ kí số nào.', 'The transcript carries no digital signature.'],
  SIGNATURES_MISSING: [
    'Học bạ chưa đủ chữ kí số và con dấu số.',
    'Some of the digital signatures or the seal are missing.',
  ],
  REVISION_COUNT: [
    'Tệp đã bị ghi thêm sau khi kí: số lần ghi nhiều hơn số chữ kí.',
    'Something was written into the file after it was signed.',
  ],
  ATTACHMENT_MALFORMED: [
    'Không đọc được dữ liệu học bạ ở đầu tệp: tệp đã bị sửa hoặc hỏng.',
    'The data at the start of the file cannot be read: the file was changed or is damaged.',
  ],
  TEMPLATE_UNKNOWN: [
    'Học bạ dùng mẫu mà bản kiểm chứng này chưa biết. Hãy dùng bản mới hơn.',
    'The transcript uses a form that this release does not know. Use a newer one.',
  ],
  IMAGE_ALTERED: [
    'Hình trong tệp (biểu trưng, con dấu hoặc chữ kí) không phải hình mà dữ liệu đã kí nêu: đã bị thay.',
    'A picture in the file (logo, seal or signature) is not the one that the signed data name: it was replaced.',
  ],
  BASE_ALTERED: [
    'Các trang trong tệp không khớp với dữ liệu đã kí: nội dung đã bị sửa.',
    'The pages do not agree with the signed data: the content was changed.',
  ],
  REVISION_ALTERED: ['Phần chữ kí trong tệp đã bị sửa.', 'The signature part of the file was changed.'],
  BYTE_RANGE_ALTERED: [
    'Chữ kí không bao trùm toàn bộ tệp như phải có.',
    'A signature does not cover the whole file as it must.',
  ],
  CONTENTS_MALFORMED: ['Chỗ chứa chữ kí đã bị sửa.', 'The place of a signature was changed.'],
  DOCUMENT_MALFORMED: [
    'Dữ liệu học bạ trong tệp không đúng dạng.',
    'The data of the transcript is not in its proper form.',
  ],
  SIGNER_MISMATCH: [
    'Người kí không phải là người được nêu trong học bạ.',
    'Who signed is not who the transcript names.',
  ],
  SCHOOL_MISMATCH: [
    'Khóa hoặc Sổ Cái là của trường khác, không phải trường được nêu trong học bạ.',
    'The key or the ledger belongs to another school than the transcript names.',
  ],
  SIGNER_KEY_REUSED: [
    'Hai chữ kí được tạo bằng cùng một khóa.',
    'Two signatures were made with one and the same key.',
  ],
  KEY_NOT_LOGGED: [
    'Không có gì cho thấy khóa của người kí đã có trong Sổ Cái trước khi kí.',
    "Nothing shows that a signer's key was in the ledger before it was used.",
  ],
  KEY_LOGGED_TOO_LATE: [
    'Khóa của người kí được ghi vào Sổ Cái sau học bạ này.',
    "A signer's key was logged after the transcript.",
  ],
  KEY_RETIRED: ['Khóa của người kí đã bị thu hồi.', "A signer's key had been retired."],
  ENTRY_MISMATCH: [
    'Dòng Sổ Cái đi kèm không phải là của học bạ này.',
    'The ledger entry in the file is not that of this transcript.',
  ],
  ENTRY_MISPLACED: [
    'Dòng Sổ Cái đi kèm không ở đúng số thứ tự của nó.',
    'The ledger entry is not at the place that it states.',
  ],
  NO_PROOF: [
    'Trong tệp chưa có bằng chứng rằng học bạ đã được ghi vào Sổ Cái.',
    'The file carries no proof that the transcript is in the ledger.',
  ],
  PROOF_MALFORMED: [
    'Bằng chứng Sổ Cái trong tệp không đúng dạng.',
    'The ledger proof in the file is not in its proper form.',
  ],
  PROOF_CONFLICT: [
    'Tệp có hai bằng chứng Sổ Cái khác nhau.',
    'The file carries two different ledger proofs.',
  ],
  PROOF_WRONG_ORIGIN: [
    'Bằng chứng là của Sổ Cái khác, không phải của trường này.',
    "The proof is of another ledger than the school's.",
  ],
  PROOF_LOG_SIGNATURE: [
    'Bằng chứng không có chữ kí đúng của Sổ Cái nhà trường.',
    "The proof is not rightly signed by the school's ledger.",
  ],
  PROOF_NO_QUORUM: [
    'Chưa đủ nhân chứng độc lập xác nhận Sổ Cái.',
    'Too few independent witnesses confirmed the ledger.',
  ],
  PROOF_NOT_INCLUDED: [
    'Học bạ không nằm trong Sổ Cái như bằng chứng nói.',
    'The transcript is not in the ledger as the proof says.',
  ],
  PROOF_NOT_CONSISTENT: [
    'Sổ Cái đã kí hai nội dung trái nhau.',
    'The ledger signed two contents that contradict each other.',
  ],
  NOT_THE_FIRST_EVENT: [
    'Vị trí này trong lịch sử của học bạ đã thuộc về một dòng Sổ Cái trước đó.',
    "An earlier ledger entry already holds this place in the transcript's history.",
  ],
  LEDGER_UNREACHABLE: [
    'Không đọc được Sổ Cái đến cuối để xem có bản mới hơn hay không.',
    'The ledger could not be read to its end, so later versions are not known.',
  ],
  LEDGER_INVALID: [
    'Bản Sổ Cái mà máy chủ này đưa ra không đúng với chữ kí của nó; chưa kết luận được về học bạ.',
    'The copy of the ledger shown here does not hold; nothing follows for the transcript.',
  ],
  LEDGER_FORKED: [
    'Sổ Cái hiện nay không chứa những gì chính nó đã kí trước đây: có dấu hiệu bị viết lại.',
    'The ledger does not contain what it had signed before: it seems to be rewritten.',
  ],
  STATUS_REQUIRED: [
    'Chưa tra được học bạ có bản mới hơn hay không.',
    'Whether a newer version exists was not looked up.',
  ],
  SUPERSEDED: [
    'Sổ Cái có ghi một bản mới hơn của học bạ này.',
    'The ledger holds a newer version of this transcript.',
  ],
  REVOKED: ['Sổ Cái có ghi việc thu hồi học bạ này.', 'The ledger holds a revocation of this transcript.'],
  ISSUER_NOT_TRUSTED: [
    'Gói tin cậy không có trường này hoặc không có nơi cấp chứng thư cho người kí, nên chưa biết khóa có đúng là của trường.',
    'The trust bundle does not know this school or its authority, so its keys cannot be told from anybody’s.',
  ],
  TRUST_EXPIRED: ['Gói tin cậy đã hết hạn.', 'The trust bundle has expired.'],
  TRUST_ROLLED_BACK: [
    'Gói tin cậy này cũ hơn gói đã biết: có thể ai đó muốn dùng lại khóa không còn hiệu lực.',
    'The trust bundle is older than one known already: somebody may want former keys back.',
  ],
  TRUST_NOT_PINNED: [
    'Gói tin cậy không do những nơi mà công cụ kiểm tra này tin cậy kí.',
    'The trust bundle was not signed by the roots that this verifier was given.',
  ],
  TRUST_UNREADABLE: [
    'Gói tin cậy không đọc được hoặc chữ kí của nó không đúng.',
    'The trust bundle cannot be read or is not rightly signed.',
  ],
  OPENING_UNREADABLE: [
    'Câu trả lời của máy chủ cho mã này không đọc được.',
    "The server's answer for this code cannot be read.",
  ],
  PRESENTATION_MALFORMED: [
    'Tệp này không phải là bản trích do Sổ Cái tạo ra, hoặc đã bị sửa, bị cắt.',
    'This file is no presentation made by Sổ Cái, or it was changed or cut.',
  ],
  CREDENTIAL_ALGORITHM: [
    'Bản trích dùng thuật toán kí mà Sổ Cái không dùng.',
    'What is presented is signed with an algorithm that Sổ Cái does not use.',
  ],
  CREDENTIAL_SIGNATURE: [
    'Chữ kí của nhà trường trên bản trích không đúng: nội dung đã bị sửa.',
    "The school's signature does not hold: what is presented was changed.",
  ],
  HOLDER_SIGNATURE: [
    'Bản trích đã bị thêm, bớt mục sau khi người có học bạ lập ra nó, hoặc không do người có học bạ lập.',
    'Whoever has the transcript did not make this presentation, or something was added or taken out since.',
  ],
  PRESENTATION_AUDIENCE: [
    'Bản trích này được lập cho nơi khác.',
    'This presentation was made for somebody else.',
  ],
  PRESENTATION_EXPIRED: [
    'Bản trích này đã hết hạn. Hãy đề nghị người có học bạ lập bản mới.',
    'This presentation has expired. Ask for a new one.',
  ],
  DISCLOSURE_MISMATCH: [
    'Một mục trong bản trích không phải là mục mà nhà trường đã cam kết.',
    'A disclosed field is not one that the school committed to.',
  ],
  CREDENTIAL_MISMATCH: [
    'Dòng Sổ Cái nêu trong bản trích cam kết một nội dung khác.',
    'The ledger entry commits to other fields or credentials.',
  ],
  HOLDER_NOT_BOUND: [
    'Không rõ bản trích này có được lập cho người đang đưa ra hay không: có thể là bản chép lại.',
    'It is not known whom this was made for: it may be a copy shown on.',
  ],
};

const SIGNATURE: Sentence = [
  'Chữ kí số không đúng: tệp đã bị sửa sau khi kí, hoặc chữ kí không phải do người được nêu tạo ra.',
  'A digital signature does not hold: the file was changed after it was signed, or somebody else signed.',
];

const CERTIFICATE: Sentence = [
  'Chứng thư số của người kí không đúng, hết hạn, hoặc không cho phép kí loại văn bản này.',
  "A signer's certificate is wrong, expired, or not meant for signing this kind of document.",
];

const NOTE: Readonly<Record<keyof typeof NOTES, Sentence>> = {
  transfer: [
    'Sau đó học sinh đã chuyển trường (ghi trong Sổ Cái).',
    'The pupil has moved to another school since (it is in the ledger).',
  ],
  receive: [
    'Sau đó một trường khác đã tiếp nhận học sinh (ghi trong Sổ Cái).',
    'Another school has received the pupil since (it is in the ledger).',
  ],
  finish: ['Sau đó học bạ đã đóng (ghi trong Sổ Cái).', 'The book was closed since (it is in the ledger).'],
  erase: [
    'Nhà trường không còn giữ hồ sơ này (đã xóa theo quy định); bản bạn đang có vẫn kiểm chứng được.',
    'The school no longer holds this record (it was erased as the law asks); the copy that you have still verifies.',
  ],
  bearer: [
    'Bản trích này không lập riêng cho ai: ai cầm cũng đưa ra được, và không thu hồi lại được.',
    'This was made for nobody in particular: whoever holds it can show it on, and it cannot be taken back.',
  ],
};

/** What a result says beside its verdict, in words. */
export function noteSentences(reasons: readonly string[], language: Language): readonly string[] {
  const said = (Object.keys(NOTES) as (keyof typeof NOTES)[]).filter((note) =>
    reasons.some((reason) => reason.startsWith(NOTES[note])),
  );
  return said.map((note) => NOTE[note][language === 'en' ? 1 : 0]);
}

/** The sentence for a code, without its technical detail. */
export function reasonSentence(code: StepCode, language: Language): string {
  const [vi, en] = sentenceOf(code);
  return language === 'en' ? en : vi;
}

function sentenceOf(code: StepCode): Sentence {
  if (isNamed(code)) return NAMED[code];
  return code.startsWith('CERT_') || code.startsWith('CA_') ? CERTIFICATE : SIGNATURE;
}

function isNamed(code: StepCode): code is keyof typeof NAMED {
  return Object.hasOwn(NAMED, code);
}

/** The codes at the head of a result's reasons ("NO_PROOF: the file …"), each once; notes have none. */
export function codesOf(reasons: readonly string[]): readonly StepCode[] {
  const codes = reasons.flatMap((reason) => /^([A-Z][A-Z_0-9]+): /.exec(reason)?.[1] ?? []);
  return [...new Set(codes)] as StepCode[];
}
