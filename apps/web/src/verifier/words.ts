import type { Verdict } from '#verify/steps.js';
import type { Dictionary } from '../i18n/language.js';

interface Face {
  /** One or two words: the verdict itself. */
  readonly title: string;
  /** What it means for what was checked. */
  readonly meaning: Readonly<Record<Checked, string>>;
  /** What to do now; empty when nothing needs doing. */
  readonly advice: Readonly<Record<Checked, string>>;
}

/** The whole document, its code alone, or a part of it that somebody presents. */
export type Checked = 'file' | 'code' | 'presentation';

interface VerifierWords {
  readonly title: string;
  readonly lead: string;
  readonly privacy: string;
  readonly drop: string;
  readonly dropHelp: string;
  readonly choose: string;
  readonly or: string;
  readonly codeLabel: string;
  readonly codeHelp: string;
  readonly codePrivacy: string;
  readonly checkCode: string;
  readonly checking: (subject: string) => string;
  readonly staff: string;
  readonly print: string;
  readonly demo: string;
  readonly demoHelp: string;
  readonly faces: Readonly<Record<Verdict, Face>>;
  readonly noTrust: string;
  readonly noStatus: string;
  readonly failed: readonly [title: string, text: string];
  readonly notACode: readonly [title: string, text: string];
  readonly unknownCode: readonly [title: string, text: string];
  readonly unreachable: readonly [title: string, text: string];
  readonly unreadable: readonly [title: string, text: string];
  readonly technical: string;
  readonly how: string;
  readonly howFile: readonly string[];
  readonly howCode: string;
  readonly howShare: string;
}

export const VERIFIER_WORDS: Dictionary<VerifierWords> = {
  vi: {
    title: 'Kiểm chứng học bạ',
    lead: 'Cho biết một học bạ số có đúng là do nhà trường phát hành, còn nguyên vẹn và còn là bản mới nhất hay không. Không cần tài khoản.',
    privacy: 'Tệp không rời khỏi máy này: mọi phép kiểm tra chạy ngay trong trình duyệt.',
    drop: 'Thả tệp học bạ (PDF) vào đây',
    dropHelp: 'Một hay nhiều tệp cùng lúc; cả bản trích (JSON, SD-JWT).',
    choose: 'Chọn tệp',
    or: 'hoặc',
    codeLabel: 'Nhập Mã xác thực in trên mỗi trang, hoặc dán nội dung mã QR của bản trích',
    codeHelp:
      'Mã có 52 chữ và số, chia nhóm 4; chữ hoa, chữ thường, dấu cách đều được. Nội dung mã QR của bản trích bắt đầu bằng “SC1:”.',
    codePrivacy:
      'Chỉ mã xác thực được gửi đến máy chủ, câu trả lời không có dữ liệu cá nhân; bản trích thì không gửi đi đâu. Người có mã chỉ biết học bạ có được phát hành và còn hiệu lực hay không; nội dung thì so với bản in hoặc tệp.',
    checkCode: 'Kiểm tra mã',
    checking: (subject) => `Đang kiểm tra ${subject}…`,
    staff: 'Đăng nhập cho nhà trường',
    print: 'In kết quả',
    demo: 'DEMO',
    demoHelp: 'Khóa và nhân chứng thử nghiệm: không có giá trị pháp lí, dù kết luận là gì.',
    faces: {
      valid: {
        title: 'Hợp lệ',
        meaning: {
          file: 'Tệp còn nguyên như khi đóng dấu số; chữ kí và con dấu đúng là của nhà trường; văn bản có trong Sổ Cái.',
          code: 'Văn bản có mã này đã được nhà trường phát hành và có trong Sổ Cái. Hãy so mã và nội dung với bản bạn đang cầm.',
          presentation:
            'Các mục được trích dưới đây đúng là của một học bạ do nhà trường phát hành, không bị sửa, và có trong Sổ Cái.',
        },
        advice: { file: '', code: '', presentation: '' },
      },
      superseded: {
        title: 'Đã được thay thế',
        meaning: {
          file: 'Văn bản này do nhà trường phát hành, nhưng sau đó nhà trường đã phát hành bản mới hơn.',
          code: 'Văn bản có mã này đã được phát hành, nhưng sau đó nhà trường đã phát hành bản mới hơn.',
          presentation:
            'Các mục này trích từ một học bạ do nhà trường phát hành, nhưng sau đó nhà trường đã phát hành bản mới hơn.',
        },
        advice: {
          file: 'Hãy yêu cầu bản mới nhất từ học sinh, gia đình hoặc nhà trường.',
          code: 'Hãy yêu cầu bản mới nhất từ học sinh, gia đình hoặc nhà trường.',
          presentation: 'Hãy yêu cầu bản trích mới, lập từ học bạ mới nhất.',
        },
      },
      revoked: {
        title: 'Đã thu hồi',
        meaning: {
          file: 'Văn bản này do nhà trường phát hành, nhưng sau đó nhà trường đã thu hồi.',
          code: 'Văn bản có mã này đã được phát hành, nhưng sau đó nhà trường đã thu hồi.',
          presentation: 'Các mục này trích từ một học bạ mà nhà trường đã thu hồi.',
        },
        advice: {
          file: 'Không dùng văn bản này nữa; hãy hỏi nhà trường.',
          code: 'Không dùng văn bản này nữa; hãy hỏi nhà trường.',
          presentation: 'Không dùng bản trích này; hãy hỏi nhà trường.',
        },
      },
      invalid: {
        title: 'Không hợp lệ',
        meaning: {
          file: 'Không được tin tệp này: nó không phải là văn bản nguyên vẹn do nhà trường phát hành.',
          code: 'Câu trả lời cho mã này không khớp với Sổ Cái: không được tin.',
          presentation:
            'Không được tin bản trích này: nó không phải là bản trích nguyên vẹn, lập cho bạn, từ một học bạ do nhà trường phát hành.',
        },
        advice: {
          file: 'Hãy xin lại tệp gốc từ nhà trường (bản lưu lại, nén lại, in ra rồi quét đều không kiểm được). Nếu tệp gốc cũng không hợp lệ, hãy báo nhà trường hoặc Sở GD&ĐT.',
          code: 'Hãy xin tệp gốc và kiểm chứng tệp đó; nếu vẫn không hợp lệ, hãy báo nhà trường hoặc Sở GD&ĐT.',
          presentation: 'Hãy đề nghị người đưa ra lập lại bản trích, hoặc đưa cả tệp học bạ (PDF).',
        },
      },
      unchecked: {
        title: 'Chưa kiểm tra được',
        meaning: {
          file: 'Chưa đủ căn cứ để nói văn bản này đúng hay sai. Điều này không có nghĩa là văn bản giả.',
          code: 'Chưa đủ căn cứ để nói mã này đúng hay sai. Điều này không có nghĩa là văn bản giả.',
          presentation:
            'Chưa đủ căn cứ để nói bản trích này đúng hay sai. Điều này không có nghĩa là bản trích giả.',
        },
        advice: {
          file: 'Hãy thử lại sau, hoặc kiểm ở trang kiểm chứng của Sở GD&ĐT.',
          code: 'Hãy thử lại sau, hoặc kiểm ở trang kiểm chứng của Sở GD&ĐT.',
          presentation: 'Hãy đề nghị người đưa ra lập bản trích mới cho bạn, hoặc đưa cả tệp học bạ (PDF).',
        },
      },
    },
    noTrust: 'Không lấy được gói tin cậy từ máy chủ này nên không biết khóa nào là của nhà trường.',
    noStatus: 'Chưa tra được Sổ Cái đến lúc này, nên chưa biết có bản mới hơn hay không.',
    failed: [
      'Chưa kiểm tra được',
      'Trang này không tải đủ phần cần để kiểm tra. Điều này không nói gì về học bạ; hãy tải lại trang rồi thử lại.',
    ],
    notACode: [
      'Đây không phải là Mã xác thực hay bản trích',
      'Mã có 52 chữ và số (A–Z, 2–7) hoặc 64 chữ số thập lục phân. Hãy so từng nhóm với trang in.',
    ],
    unknownCode: [
      'Chưa kiểm tra được',
      'Máy chủ này không biết mã ấy. Có thể gõ nhầm một chữ, hoặc học bạ do trường khác phát hành: hãy so lại với bản in, hoặc mở trang kiểm chứng in trên học bạ.',
    ],
    unreachable: [
      'Chưa kiểm tra được',
      'Không liên lạc được với máy chủ để hỏi mã này. Điều này không nói gì về học bạ; hãy thử lại sau.',
    ],
    unreadable: [
      'Chưa kiểm tra được',
      'Trình duyệt không đọc được tệp này. Hãy chép tệp về máy rồi thử lại.',
    ],
    technical: 'Chi tiết kĩ thuật',
    how: 'Trang này kiểm tra những gì?',
    howFile: [
      'Tệp là đúng từng byte do Sổ Cái tạo ra từ dữ liệu đã kí; không có gì được thêm hay sửa.',
      'Giáo viên chủ nhiệm, Hiệu trưởng và con dấu số của nhà trường đã kí, bằng khóa được ghi vào Sổ Cái trước đó.',
      'Học bạ có số thứ tự trong Sổ Cái của trường, và nhân chứng độc lập đã thấy Sổ Cái đó.',
      'Sau đó không có bản mới hơn và không bị thu hồi (tra toàn bộ Sổ Cái đến lúc này).',
      'Kết quả ghi trong học bạ đúng là suy ra từ điểm theo thông tư.',
    ],
    howCode:
      'Nhập mã thay cho tệp thì kiểm được học bạ đã phát hành và còn mới nhất hay không, nhưng không thấy nội dung.',
    howShare:
      'Bản trích (một vài mục của học bạ, do gia đình hoặc nhà trường lập) được kiểm tra như học bạ: chữ kí của trường, số thứ tự trong Sổ Cái, bản mới hơn, thu hồi, lập cho ai và đến khi nào.',
  },
  en: {
    title: 'Verify a transcript',
    lead: 'Tells whether a digital transcript was really issued by the school, is unchanged, and is still the newest version. No account needed.',
    privacy: 'The file does not leave this computer: every check runs in the browser.',
    drop: 'Drop the transcript (PDF) here',
    dropHelp: 'One file or many; also presentations of a part (JSON, SD-JWT).',
    choose: 'Choose a file',
    or: 'or',
    codeLabel:
      'Type the verification code printed on every page, or paste what the QR code of a presentation holds',
    codeHelp:
      'A code has 52 letters and digits in groups of four; case and spaces do not matter. What the QR code of a presentation holds begins with “SC1:”.',
    codePrivacy:
      'Only a verification code is sent to the server, and the answer holds no personal data; a presentation goes nowhere. Whoever has the code learns only whether the transcript was issued and is still in force; its content is compared with the paper or the file.',
    checkCode: 'Check the code',
    checking: (subject) => `Checking ${subject}…`,
    staff: 'Sign in for the school',
    print: 'Print the result',
    demo: 'DEMO',
    demoHelp: 'Trial keys and witnesses: it has no legal value, whatever the verdict.',
    faces: {
      valid: {
        title: 'Valid',
        meaning: {
          file: "The file is as it was when it was sealed; the signatures and the seal are the school's; the document is in the ledger.",
          code: 'The document with this code was issued by the school and is in the ledger. Compare code and content with what you hold.',
          presentation:
            'What is shown below is of a transcript that the school issued, unchanged, and in the ledger.',
        },
        advice: { file: '', code: '', presentation: '' },
      },
      superseded: {
        title: 'Superseded',
        meaning: {
          file: 'The school issued this document, and has issued a newer version since.',
          code: 'The document with this code was issued, and a newer version has been issued since.',
          presentation:
            'This is of a transcript that the school issued; a newer version has been issued since.',
        },
        advice: {
          file: 'Ask the pupil, the family or the school for the newest version.',
          code: 'Ask the pupil, the family or the school for the newest version.',
          presentation: 'Ask for a new presentation, made from the newest transcript.',
        },
      },
      revoked: {
        title: 'Revoked',
        meaning: {
          file: 'The school issued this document and has revoked it since.',
          code: 'The document with this code was issued and has been revoked since.',
          presentation: 'This is of a transcript that the school has revoked.',
        },
        advice: {
          file: 'Do not use it any more; ask the school.',
          code: 'Do not use it any more; ask the school.',
          presentation: 'Do not use it; ask the school.',
        },
      },
      invalid: {
        title: 'Not valid',
        meaning: {
          file: 'Do not trust this file: it is not an intact document issued by the school.',
          code: 'The answer for this code does not agree with the ledger: do not trust it.',
          presentation:
            'Do not trust this presentation: it is not an intact one, made for you, of a transcript that the school issued.',
        },
        advice: {
          file: 'Ask the school for the original file (copies that were re-saved, compressed, printed or scanned cannot be verified). If the original is not valid either, tell the school or the department of education.',
          code: 'Ask for the original file and verify that; if it is not valid either, tell the school or the department of education.',
          presentation: 'Ask whoever shows it for a new one, or for the whole transcript (PDF).',
        },
      },
      unchecked: {
        title: 'Could not be checked',
        meaning: {
          file: 'There is not enough to say whether it is right or wrong. It does not mean that it is forged.',
          code: 'There is not enough to say whether this code is right or wrong. It does not mean that the document is forged.',
          presentation:
            'There is not enough to say whether this presentation is right or wrong. It does not mean that it is forged.',
        },
        advice: {
          file: 'Try again later, or use the verifier page of the department of education.',
          code: 'Try again later, or use the verifier page of the department of education.',
          presentation: 'Ask whoever shows it to make a new one for you, or for the whole transcript (PDF).',
        },
      },
    },
    noTrust: 'No trust bundle could be had from this server, so nobody can tell which keys are the school’s.',
    noStatus: 'The ledger could not be searched up to now, so whether a newer version exists is not known.',
    failed: [
      'Could not be checked',
      'The page could not load what it needs for checking. That says nothing about the transcript; load the page again and try again.',
    ],
    notACode: [
      'This is neither a verification code nor a presentation',
      'A code has 52 letters and digits (A–Z, 2–7) or 64 hexadecimal digits. Compare each group with the printed page.',
    ],
    unknownCode: [
      'Could not be checked',
      'This server does not know the code. A letter may be mistyped, or another school issued the transcript: compare it with the paper, or open the verifier printed on it.',
    ],
    unreachable: [
      'Could not be checked',
      'The server could not be asked about this code. That says nothing about the transcript; try again later.',
    ],
    unreadable: [
      'Could not be checked',
      'The browser cannot read this file. Copy it to this computer and try again.',
    ],
    technical: 'Technical details',
    how: 'What does this page check?',
    howFile: [
      'The file is byte for byte what Sổ Cái makes of the signed data; nothing was added or changed.',
      "The homeroom teacher, the principal and the school's seal signed, with keys that were in the ledger before.",
      'The transcript has a number in the school’s ledger, and independent witnesses saw that ledger.',
      'No newer version came after it and it was not revoked (the whole ledger is read up to now).',
      'The results in the transcript follow from its marks by the circular.',
    ],
    howCode:
      'With the code instead of the file one learns whether the transcript was issued and is the newest, but not what it says.',
    howShare:
      "A presentation (a part of a transcript, made by the family or the school) is checked like the transcript: the school's signature, its number in the ledger, newer versions, revocation, for whom it was made and until when.",
  },
};
