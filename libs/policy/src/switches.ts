/**
 * Local policy switches (quy chế của trường): the points that the circulars leave to a school. The one place that says
 * what may be chosen, what holds when a school says nothing, and which rules of the decision table it changes.
 */
export interface Switches {
  /** Who applies an approved correction (thực hiện đề nghị sửa đã duyệt). */
  readonly whoApplies: 'server' | 'it-officer';
  /** Whether the homeroom teacher confirms a correction before it goes to approval; primary schools have no such step. */
  readonly homeroomConfirms: boolean;
  /** Whether the group head confirms where the homeroom teacher is a party to the correction, or the step is skipped. */
  readonly groupHeadConfirms: boolean;
  /** How an announced window may be opened: by the IT officer's hand, by the clock, or as the notice says. */
  readonly windowOpening: 'either' | 'hand' | 'clock';
  /** Whether a TOTP code does where a passkey is better; such acts are listed as weak. */
  readonly allowTotpStepUp: boolean;
  /** Whether "ghi sổ" may be taken back on the same day while nobody else has read the values. */
  readonly recordWithdrawal: boolean;
  /** Whether the step "bản in kiểm tra, đã kí bản giấy" comes before the electronic signatures. */
  readonly paperLane: boolean;
  /** Whether a transcript waits until the subject teachers have signed the sheets that it is taken from. */
  readonly sheetSignatures: boolean;
  /** After how many days a correction that nobody decided expires. */
  readonly correctionDays: 7 | 14 | 30;
  /** For how many days after its publication a family may appeal a mark. */
  readonly appealDays: 7 | 15 | 30;
}

export type SwitchName = keyof Switches;

/** One answer that a school can choose. */
export interface Choice<V> {
  readonly value: V;
  /** As the page of the school's policy shows it. */
  readonly label: string;
  /** What the principal should know before choosing it. */
  readonly caution?: string;
}

export interface SwitchInfo<V> {
  readonly question: string;
  readonly choices: readonly Choice<V>[];
  /** What holds when the school says nothing. */
  readonly byDefault: V;
  /** Numbers of the rules (libs/policy/RULES.md) that read differently by it. */
  readonly rules: readonly string[];
  /** Why it is the school's to decide. */
  readonly basis: string;
}

const yesNo = (yes: string, no: string, caution: { yes?: string; no?: string } = {}) =>
  [
    { value: true, label: yes, ...(caution.yes === undefined ? {} : { caution: caution.yes }) },
    { value: false, label: no, ...(caution.no === undefined ? {} : { caution: caution.no }) },
  ] as const;

export const SWITCHES: { readonly [N in SwitchName]: SwitchInfo<Switches[N]> } = {
  whoApplies: {
    question: 'Đề nghị sửa đã duyệt do ai thực hiện?',
    choices: [
      { value: 'server', label: 'Hệ thống tự sửa ngay khi được duyệt' },
      { value: 'it-officer', label: 'Nhân viên CNTT bấm thực hiện, đúng nội dung đã duyệt' },
    ],
    byDefault: 'server',
    rules: ['R2.20', 'R2.22'],
    basis: 'Phân công nhiệm vụ của trường',
  },
  homeroomConfirms: {
    question: 'Giáo viên chủ nhiệm có xác nhận đề nghị sửa trước khi duyệt không? (cấp trung học)',
    choices: yesNo('Có, trước khi duyệt', 'Không, chuyển thẳng đến người duyệt', {
      no: 'Thông tư 22/2021/TT-BGDĐT Đ.20 giao giáo viên chủ nhiệm xác nhận việc sửa điểm; bỏ bước này cần có căn cứ bằng văn bản.',
    }),
    byDefault: true,
    rules: ['R2.3', 'R2.16'],
    basis: 'Thông tư 22/2021/TT-BGDĐT Đ.20 (cấp tiểu học không có bước này)',
  },
  groupHeadConfirms: {
    question:
      'Khi chính giáo viên chủ nhiệm đề nghị hoặc đã ghi điểm (hay lớp chưa có giáo viên chủ nhiệm), tổ trưởng có xác nhận thay không?',
    choices: yesNo('Có, tổ trưởng xác nhận thay', 'Không, bỏ qua bước xác nhận và ghi rõ là bỏ qua'),
    byDefault: true,
    rules: ['R2.16', 'R2.18'],
    basis: 'Phân công nhiệm vụ của trường',
  },
  windowOpening: {
    question: 'Đợt cập nhật điểm được mở bằng cách nào?',
    choices: [
      { value: 'either', label: 'Theo từng thông báo: người mở hoặc đồng hồ mở' },
      { value: 'hand', label: 'Chỉ do nhân viên CNTT mở' },
      { value: 'clock', label: 'Chỉ do đồng hồ mở, đúng giờ trong thông báo' },
    ],
    byDefault: 'either',
    rules: ['R5.5', 'R5.11'],
    basis: 'Phân công nhiệm vụ của trường',
  },
  allowTotpStepUp: {
    question: 'Khi duyệt, khóa, kí có được xác nhận bằng mã 6 số thay cho khóa bảo mật không?',
    choices: yesNo('Được, và ghi rõ là xác nhận yếu', 'Không, phải dùng khóa bảo mật (passkey)', {
      yes: 'Mã 6 số có thể bị lừa đọc qua điện thoại, và không gắn với nội dung đang duyệt.',
    }),
    byDefault: false,
    rules: ['R4.1'],
    basis: 'Quy định bảo mật tài khoản của trường',
  },
  recordWithdrawal: {
    question: 'Giáo viên có được rút lại việc ghi sổ trong ngày, khi chưa ai khác xem, không?',
    choices: yesNo('Được', 'Không, sau khi ghi sổ chỉ sửa bằng đề nghị sửa'),
    byDefault: false,
    rules: ['R11.1', 'R11.2'],
    basis: 'Quy chế sổ điểm điện tử của trường',
  },
  paperLane: {
    question: 'Trước khi kí điện tử, học bạ có phải được in và kí kiểm tra trên giấy không?',
    choices: yesNo('Có, hệ thống ghi nhận bước kí bản giấy', 'Không'),
    byDefault: false,
    rules: ['R6.15', 'R6.17'],
    basis: 'Thông tư 15/2026/TT-BGDĐT Đ.21 không đòi bản giấy; nhà trường có thể giữ bước này',
  },
  sheetSignatures: {
    question: 'Học bạ cấp trung học có chờ giáo viên môn học kí đủ các trang sổ (lớp × môn × học kì) không?',
    choices: yesNo('Có, thiếu chữ kí thì chưa lập học bạ', 'Không, chỉ nêu trang nào chưa kí', {
      no: 'Mẫu học bạ (TT 22/2021) có chỗ giáo viên môn học xác nhận; trang chưa kí thì học bạ không gắn với chữ kí của giáo viên môn học.',
    }),
    byDefault: false,
    rules: ['R6.20'],
    basis: 'Thông tư 22/2021/TT-BGDĐT Đ.19 và mẫu học bạ; có giáo viên chưa kí trên hệ thống',
  },
  correctionDays: {
    question: 'Đề nghị sửa không được giải quyết thì hết hạn sau bao nhiêu ngày?',
    choices: [
      { value: 7, label: '7 ngày' },
      { value: 14, label: '14 ngày' },
      { value: 30, label: '30 ngày' },
    ],
    byDefault: 14,
    rules: [],
    basis: 'Quy chế sổ điểm điện tử của trường',
  },
  appealDays: {
    question: 'Gia đình được đề nghị phúc khảo trong bao nhiêu ngày kể từ khi công bố điểm?',
    choices: [
      { value: 7, label: '7 ngày' },
      { value: 15, label: '15 ngày' },
      { value: 30, label: '30 ngày' },
    ],
    byDefault: 15,
    rules: ['R2.23'],
    basis: 'Quy chế kiểm tra, đánh giá của trường',
  },
};

export const SWITCH_NAMES = Object.keys(SWITCHES) as readonly SwitchName[];

/** What holds at a school: what it has decided, and the default of what it has not. */
export function switchesOf(decided: Partial<Switches>): Switches {
  return {
    whoApplies: decided.whoApplies ?? SWITCHES.whoApplies.byDefault,
    homeroomConfirms: decided.homeroomConfirms ?? SWITCHES.homeroomConfirms.byDefault,
    groupHeadConfirms: decided.groupHeadConfirms ?? SWITCHES.groupHeadConfirms.byDefault,
    windowOpening: decided.windowOpening ?? SWITCHES.windowOpening.byDefault,
    allowTotpStepUp: decided.allowTotpStepUp ?? SWITCHES.allowTotpStepUp.byDefault,
    recordWithdrawal: decided.recordWithdrawal ?? SWITCHES.recordWithdrawal.byDefault,
    paperLane: decided.paperLane ?? SWITCHES.paperLane.byDefault,
    sheetSignatures: decided.sheetSignatures ?? SWITCHES.sheetSignatures.byDefault,
    correctionDays: decided.correctionDays ?? SWITCHES.correctionDays.byDefault,
    appealDays: decided.appealDays ?? SWITCHES.appealDays.byDefault,
  };
}
