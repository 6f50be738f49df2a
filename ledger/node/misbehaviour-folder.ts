/** A proof of misbehaviour as files for people: the proof itself, both checkpoints, and how to check it by hand. */
import { toBase64, utf8 } from '#ledger/format/bytes.js';
import { parseCheckpoint, type Checkpoint } from '#ledger/format/checkpoint.js';
import { parseMisbehaviour, type Contradiction } from '#ledger/format/misbehaviour.js';
import { parseNote } from '#ledger/format/note.js';

/** The file that `socai ledger misbehaviour` checks. All other files can be made from it. */
export const PROOF_FILE = 'proof';

export interface ProofFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The files of a proof (socai-misbehaviour/v1) that is well-formed. */
export function misbehaviourFiles(proof: Uint8Array): ProofFile[] {
  const { checkpoints, contradiction } = parseMisbehaviour(proof);
  const [first, second] = checkpoints;
  return [
    { name: PROOF_FILE, bytes: proof },
    { name: 'checkpoint-1', bytes: first },
    { name: 'checkpoint-2', bytes: second },
    { name: 'GIAI-THICH.txt', bytes: utf8(explain([first, second], contradiction)) },
  ];
}

function explain(notes: readonly [Uint8Array, Uint8Array], contradiction: Contradiction): string {
  const [a, b] = notes.map((note) => parseCheckpoint(parseNote(note).text)) as [Checkpoint, Checkpoint];
  return `${vietnamese(a, b, contradiction)}\n${english(a, b, contradiction)}\n${byHand(a.origin)}`;
}

function vietnamese(a: Checkpoint, b: Checkpoint, contradiction: Contradiction): string {
  return `BẰNG CHỨNG SỔ CÁI BỊ RẼ NHÁNH

Sổ cái "${a.origin}" đã ký hai điểm kiểm không thể cùng đúng:

  checkpoint-1: ${String(a.size)} mục, gốc ${toBase64(a.root)}
  checkpoint-2: ${String(b.size)} mục, gốc ${toBase64(b.root)}

${VIETNAMESE[contradiction.kind](a, b)}

Sổ cái chỉ được ghi thêm, không được sửa. Một điểm kiểm là lời cam kết có chữ ký về toàn bộ các mục tính đến lúc đó.
Chỉ người giữ khóa của sổ mới ký được hai điểm kiểm này. Vì vậy hoặc đơn vị vận hành sổ đã đưa cho những người khác nhau
những lịch sử khác nhau, hoặc khóa của sổ đã lọt vào tay người khác. Người lập tệp này không cần được tin: ai có khóa
công khai của sổ (trong gói tin cậy hoặc tệp chính sách) đều tự kiểm tra được, không cần mạng:

  socai ledger misbehaviour --policy POLICY --file ${PROOF_FILE}

Nên làm gì: giữ nguyên thư mục này, gửi bản sao cho trường, cho Sở GD&ĐT và cho các bên làm chứng; xem mỗi học bạ được
chứng minh theo điểm kiểm nào. Học bạ chứng minh theo nhánh mà nhân chứng không xác nhận thì không được coi là đã công bố.
`;
}

function english(a: Checkpoint, b: Checkpoint, contradiction: Contradiction): string {
  return `PROOF THAT A LOG WAS FORKED

The log "${a.origin}" has signed two checkpoints that cannot both be true: checkpoint-1 of ${String(a.size)} entries and
checkpoint-2 of ${String(b.size)} entries. ${ENGLISH[contradiction.kind](a, b)}

A log only grows. A checkpoint is a signed promise about all entries up to it, and only who holds the log's key can sign
one. So either the operator has shown different histories to different people, or the key is in other hands. Whoever made
this file need not be believed: with the log's public key (from the trust bundle or a policy) anyone can check it offline:

  socai ledger misbehaviour --policy POLICY --file ${PROOF_FILE}
`;
}

type Sentence = (a: Checkpoint, b: Checkpoint) => string;

const VIETNAMESE: Readonly<Record<Contradiction['kind'], Sentence>> = {
  'same-size': () => 'Hai điểm kiểm có cùng số mục nhưng khác gốc: ít nhất một mục đã bị thay.',
  'not-a-prefix': (a) =>
    `Cây lớn không bắt đầu bằng cây nhỏ: tệp "${PROOF_FILE}" chứng minh ${String(a.size)} mục đầu của cây lớn có gốc khác.`,
  'other-entries': () =>
    `Hai đường dẫn Merkle trong tệp "${PROOF_FILE}" cho cùng một nhóm mục hai giá trị băm khác nhau.`,
};

const ENGLISH: Readonly<Record<Contradiction['kind'], Sentence>> = {
  'same-size': () => 'They have one size and two roots.',
  'not-a-prefix': (a) =>
    `The larger tree does not begin with the smaller one: a\nconsistency proof in "${PROOF_FILE}" shows that its first ${String(a.size)} entries have another root.`,
  'other-entries': () => `The inclusion proofs in "${PROOF_FILE}" give one\nsubtree of entries two hashes.`,
};

/** The steps for whoever has a shell and openssl. They work as they stand; ledger/test runs them. */
function byHand(origin: string): string {
  return `KIỂM TRA BẰNG TAY / BY HAND (sh, awk, openssl)

Ghi khóa công khai của sổ, lấy từ nguồn mà bạn tin, vào tệp log.vkey rồi chạy ở thư mục này:
Put the log's verifier key, from a source you trust, into log.vkey, and run in this folder:

  sed 's/^[^+]*+[^+]*+//' log.vkey | openssl base64 -d -A | tail -c 32 > key.raw
  { printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'; cat key.raw; } > key.der
  id=$(sed 's/^[^+]*+\\([0-9a-f]*\\)+.*/\\1/' log.vkey)
  for n in 1 2; do
    awk -v RS= 'NR == 1' checkpoint-$n > text-$n
    grep -F '— ${origin} ' checkpoint-$n | sed 's/.* //' | while read -r line; do
      printf '%s\\n' "$line" | openssl base64 -d -A > line
      [ "$(head -c 4 line | od -An -tx1 | tr -d ' \\n')" = "$id" ] && tail -c 64 line > signature-$n
    done
    openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in text-$n -sigfile signature-$n
  done
  cat text-1 text-2

"Signature Verified Successfully" hai lần: cả hai điểm kiểm đều do khóa của sổ ký. Dòng 2 là số mục, dòng 3 là gốc.
"Signature Verified Successfully" twice: the log's key signed both. Line 2 is the size, line 3 the root. Two roots of one
size need no more; for two sizes the rest of "${PROOF_FILE}" is a proof as in RFC 9162, sections 2.1.3 and 2.1.4.

Với Go / with Go: golang.org/x/mod/sumdb/note, note.Open(checkpoint, note.VerifierList(verifier)); và/and
golang.org/x/mod/sumdb/tlog, tlog.CheckTree.
`;
}
