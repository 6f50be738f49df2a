import type { Action } from '../actions.js';
import { BASES } from '../basis.js';
import { all, chosen, IN_CHARGE, is, MANAGEMENT, not, role, STAFF, TEACHING } from '../conditions.js';
import { allow, deny, rules, type ActionRules, type Row } from '../row.js';

const SCHOOL = BASES.school;
const TT22 = BASES.entry;

const FAMILY = all(role('guardian', 'pupil'), is('ownChild'));

/** Draft → recorded → locked (RULES.md rule 1), inside an open window (rule 5). */
const ENTRY: readonly Row[] = [
  deny('R1.3', is('locked'), 'Sổ đã khóa: chỉ sửa được bằng đề nghị sửa đã duyệt.', TT22),
  deny('R5.1', not('windowOpen'), 'Đợt cập nhật điểm này chưa mở hoặc đã đóng.'),
  deny(
    'R1.2',
    is('recorded'),
    'Điểm đã ghi sổ chỉ sửa được bằng đề nghị sửa đã duyệt, kể cả khi đợt còn mở.',
    TT22,
  ),
  allow(
    'R1.1',
    all(TEACHING, is('teachesColumn')),
    'Giáo viên nhập và ghi sổ môn, lớp được phân công khi đợt mở.',
    TT22,
  ),
];
const ENTRY_FLAGS = ['locked', 'windowOpen', 'recorded'] as const;
const ENTRY_OTHERWISE = ['R1.4', 'Chỉ giáo viên được phân công môn này ở lớp này mới nhập điểm.'] as const;

/** Who decides on a change of optional subjects (rule 17): never who asked for it. */
const SUBJECT_DECISION = rules(
  ['R17.3', 'Phó Hiệu trưởng phụ trách (hoặc Hiệu trưởng) quyết định việc đổi môn lựa chọn.'],
  [
    deny('R17.4', is('requester'), 'Người đề nghị không tự duyệt: cần người thứ hai quyết định.'),
    allow(
      'R17.3',
      IN_CHARGE,
      'Phó Hiệu trưởng phụ trách (hoặc Hiệu trưởng) quyết định việc đổi môn lựa chọn.',
      SCHOOL,
    ),
  ],
  ['requester'],
);

/** Sheets, windows, locks (RULES.md rules 1, 5, 8, 11, 17). */
export const GRADEBOOK_RULES = {
  'sheet.list': rules(
    ['R0.2', 'Chỉ người dạy, chủ nhiệm hoặc quản lí lớp này mới xem được tiến độ của lớp.'],
    [
      allow('R0.2', MANAGEMENT, 'Ban Giám hiệu theo dõi mọi lớp.'),
      allow('R0.4', all(TEACHING, is('homeroomOfClass')), 'Giáo viên chủ nhiệm theo dõi lớp mình.'),
      allow('R0.5', all(TEACHING, is('teachesClass')), 'Giáo viên theo dõi lớp mình dạy.'),
      allow(
        'R0.6',
        all(role('group-head'), is('inGroup')),
        'Tổ trưởng theo dõi tiến độ của tổ.',
        BASES.groups,
      ),
      allow('R8.2', role('it-officer'), 'Nhân viên CNTT theo dõi tiến độ, không xem điểm.'),
    ],
  ),
  'sheet.read': rules(
    ['R0.10', 'Chỉ giáo viên môn học này, giáo viên chủ nhiệm và Ban Giám hiệu xem được bảng điểm.'],
    [
      allow('R0.2', MANAGEMENT, 'Ban Giám hiệu xem được mọi bảng điểm.'),
      allow('R0.5', all(TEACHING, is('teachesColumn')), 'Giáo viên xem được bảng điểm môn mình dạy.', TT22),
      allow(
        'R0.4',
        all(TEACHING, is('homeroomOfClass')),
        'Giáo viên chủ nhiệm xem được mọi môn của lớp mình.',
        TT22,
      ),
      allow(
        'R0.6',
        all(role('group-head'), is('inGroup')),
        'Tổ trưởng xem được bảng điểm của tổ.',
        BASES.groups,
      ),
    ],
  ),
  'sheet.draft': rules(ENTRY_OTHERWISE, ENTRY, ENTRY_FLAGS),
  'sheet.import': rules(ENTRY_OTHERWISE, ENTRY, ENTRY_FLAGS),
  'sheet.record': rules(ENTRY_OTHERWISE, ENTRY, ENTRY_FLAGS),
  'sheet.withdraw': rules(
    ['R11.1', 'Chỉ người đã ghi sổ mới rút lại được việc ghi sổ của mình.'],
    [
      deny('R1.3', is('locked'), 'Sổ đã khóa: chỉ sửa được bằng đề nghị sửa đã duyệt.', TT22),
      deny(
        'R11.2',
        chosen('recordWithdrawal', false),
        'Quy chế của trường: sau khi ghi sổ chỉ sửa bằng đề nghị sửa.',
        SCHOOL,
      ),
      deny('R11.3', not('recordedToday'), 'Chỉ rút lại được việc ghi sổ của hôm nay.', SCHOOL),
      deny('R11.4', is('seenByOthers'), 'Đã có người khác xem: chỉ sửa bằng đề nghị sửa.', SCHOOL),
      deny('R5.1', not('windowOpen'), 'Đợt cập nhật điểm này chưa mở hoặc đã đóng.'),
      allow(
        'R11.1',
        all(TEACHING, is('teachesColumn'), is('teacherOfRecord')),
        'Người ghi sổ rút lại việc ghi sổ trong ngày, khi chưa ai khác xem.',
        SCHOOL,
      ),
    ],
    ['locked', 'recordedToday', 'seenByOthers', 'windowOpen'],
  ),
  'sheet.sign': rules(
    ['R6.20', 'Chỉ giáo viên được phân công môn này ở lớp này mới kí trang sổ.'],
    [
      deny('R6.19', not('locked'), 'Trang sổ chưa khóa: điểm còn thay đổi, chưa kí được.', TT22),
      allow(
        'R6.20',
        all(TEACHING, is('teachesColumn')),
        'Giáo viên môn học kí, chịu trách nhiệm về trang sổ của mình.',
        TT22,
      ),
    ],
    ['locked'],
  ),
  'transfer.read': rules(
    ['R1.9', 'Chỉ Ban Giám hiệu và giáo viên chủ nhiệm xem được kết quả trường cũ đang chờ xác nhận.'],
    [
      allow('R1.9', MANAGEMENT, 'Ban Giám hiệu xem để đối chiếu với hồ sơ chuyển trường.'),
      allow('R1.10', all(TEACHING, is('homeroomOfClass')), 'Giáo viên chủ nhiệm xem được của lớp mình.'),
    ],
  ),
  'transfer.enter': rules(
    ['R1.6', 'Chỉ giáo viên chủ nhiệm nhập kết quả trường cũ của học sinh chuyển đến.'],
    [
      allow(
        'R1.6',
        all(TEACHING, is('homeroomOfClass')),
        'Giáo viên chủ nhiệm nhập kết quả trường cũ theo hồ sơ chuyển trường; người khác xác nhận.',
        TT22,
      ),
    ],
  ),
  'transfer.confirm': rules(
    ['R1.7', 'Phó Hiệu trưởng phụ trách (hoặc Hiệu trưởng) xác nhận kết quả trường cũ.'],
    [
      deny('R1.8', is('requester'), 'Người nhập không tự xác nhận: cần người thứ hai đối chiếu hồ sơ.'),
      allow(
        'R1.7',
        IN_CHARGE,
        'Phó Hiệu trưởng phụ trách (hoặc Hiệu trưởng) đối chiếu hồ sơ và xác nhận.',
        TT22,
      ),
    ],
    ['requester'],
  ),
  'subject.read': rules(
    ['R17.5', 'Chỉ Ban Giám hiệu và giáo viên chủ nhiệm xem được đề nghị đổi môn lựa chọn.'],
    [
      allow('R17.5', MANAGEMENT, 'Ban Giám hiệu xem để quyết định.', SCHOOL),
      allow(
        'R17.6',
        all(TEACHING, is('homeroomOfClass')),
        'Giáo viên chủ nhiệm theo dõi đề nghị của lớp mình.',
        SCHOOL,
      ),
    ],
  ),
  'subject.request': rules(
    ['R17.1', 'Chỉ giáo viên chủ nhiệm đề nghị cho học sinh đổi môn lựa chọn.'],
    [
      allow(
        'R17.1',
        all(TEACHING, is('homeroomOfClass')),
        'Giáo viên chủ nhiệm đề nghị theo đơn của gia đình; người khác quyết định.',
        SCHOOL,
      ),
    ],
  ),
  'subject.withdraw': rules(
    ['R17.2', 'Chỉ người đề nghị mới rút được đề nghị.'],
    [
      allow(
        'R17.2',
        all(TEACHING, is('requester')),
        'Người đề nghị rút được đề nghị chưa có quyết định.',
        SCHOOL,
      ),
    ],
    ['requester'],
  ),
  'subject.refuse': SUBJECT_DECISION,
  'subject.approve': SUBJECT_DECISION,
  'enrolment.change': rules(
    ['R0.17', 'Chỉ Ban Giám hiệu, văn thư và nhân viên CNTT thay đổi danh sách lớp.'],
    [
      allow('R0.17', MANAGEMENT, 'Ban Giám hiệu nhận, chuyển lớp, cho học sinh thôi học ở lớp.'),
      allow(
        'R0.18',
        role('clerk', 'it-officer'),
        'Văn thư, nhân viên CNTT cập nhật danh sách lớp theo quyết định.',
      ),
    ],
  ),
  'mark.history': rules(
    ['R0.10', 'Chỉ người xem được điểm này mới xem được lịch sử sửa chữa của nó.'],
    [
      allow('R0.2', MANAGEMENT, 'Ban Giám hiệu xem được lịch sử sửa chữa.'),
      allow(
        'R0.5',
        all(TEACHING, is('teachesColumn')),
        'Giáo viên xem được lịch sử điểm môn mình dạy.',
        TT22,
      ),
      allow(
        'R0.4',
        all(TEACHING, is('homeroomOfClass')),
        'Giáo viên chủ nhiệm xem được lịch sử điểm của lớp mình.',
        TT22,
      ),
      allow(
        'R0.6',
        all(role('group-head'), is('inGroup')),
        'Tổ trưởng xem được lịch sử điểm của tổ.',
        BASES.groups,
      ),
      allow(
        'R0.7',
        all(FAMILY, is('recorded')),
        'Gia đình xem được điểm của con được sửa khi nào, vì sao.',
        BASES.privacy,
      ),
    ],
  ),

  'window.read': rules(
    ['R5.2', 'Chỉ người của trường xem được các đợt cập nhật điểm.'],
    [allow('R5.2', STAFF, 'Thông báo mở, đóng được gửi đến mọi giáo viên.')],
  ),
  'notice.announce': rules(
    ['R5.3', 'Phó Hiệu trưởng phụ trách (hoặc Hiệu trưởng) ra thông báo mở, đóng.'],
    [allow('R5.3', IN_CHARGE, 'Phó Hiệu trưởng phụ trách (hoặc Hiệu trưởng) ra thông báo mở, đóng.', SCHOOL)],
  ),
  'window.open': rules(
    ['R5.5', 'Nhân viên CNTT mở, đóng theo thông báo.'],
    [
      deny('R5.4', not('noticeAnnounced'), 'Chưa có thông báo của Phó Hiệu trưởng: không mở, đóng được.'),
      deny(
        'R5.11',
        chosen('windowOpening', 'clock'),
        'Quy chế của trường: đợt chỉ mở theo đồng hồ, đúng giờ trong thông báo, không mở bằng tay.',
        SCHOOL,
      ),
      allow('R5.5', role('it-officer'), 'Nhân viên CNTT mở, đóng theo thông báo.', SCHOOL),
    ],
    ['noticeAnnounced'],
  ),
  'window.close': rules(
    ['R5.5', 'Nhân viên CNTT mở, đóng theo thông báo.'],
    [
      deny('R5.4', not('noticeAnnounced'), 'Chưa có thông báo của Phó Hiệu trưởng: không mở, đóng được.'),
      allow('R5.5', role('it-officer'), 'Nhân viên CNTT mở, đóng theo thông báo.', SCHOOL),
    ],
    ['noticeAnnounced'],
  ),

  'period.preview': rules(
    ['R5.6', 'Chỉ Ban Giám hiệu và giáo viên chủ nhiệm xem được danh sách còn thiếu.'],
    [
      allow('R5.6', MANAGEMENT, 'Ban Giám hiệu xem danh sách còn thiếu trước khi khóa sổ.'),
      allow('R5.7', all(TEACHING, is('homeroomOfClass')), 'Giáo viên chủ nhiệm xem lớp mình còn thiếu gì.'),
    ],
  ),
  'period.lock': rules(
    ['R5.9', 'Phó Hiệu trưởng phụ trách (hoặc Hiệu trưởng) khóa sổ.'],
    [
      deny(
        'R5.8',
        all(is('gaps'), not('reasonGiven')),
        'Còn thiếu điểm hoặc đánh giá: muốn khóa sổ phải nêu lí do.',
      ),
      allow('R5.9', IN_CHARGE, 'Phó Hiệu trưởng phụ trách (hoặc Hiệu trưởng) khóa sổ khi đã đủ.', SCHOOL),
    ],
    ['gaps'],
  ),
  'period.reopen': rules(
    ['R5.9', 'Phó Hiệu trưởng phụ trách (hoặc Hiệu trưởng) mở lại sổ.'],
    [
      deny('R5.10', not('reasonGiven'), 'Mở lại sổ phải nêu lí do; Hiệu trưởng thấy lí do này.'),
      allow('R5.9', IN_CHARGE, 'Phó Hiệu trưởng phụ trách (hoặc Hiệu trưởng) mở lại sổ, có lí do.', SCHOOL),
    ],
    ['reasonGiven'],
  ),

  'period.reopenings': rules(
    ['R5.10', 'Chỉ Ban Giám hiệu xem được các lần mở lại sổ.'],
    [allow('R5.10', MANAGEMENT, 'Hiệu trưởng thấy mọi lần mở lại sổ và lí do.')],
  ),

  'inspection.make': rules(
    ['R8.19', 'Ban Giám hiệu lập biên bản kiểm tra.'],
    [allow('R8.19', MANAGEMENT, 'Ban Giám hiệu kiểm tra và lập biên bản.', SCHOOL)],
  ),
  'inspection.read': rules(
    ['R8.20', 'Chỉ Ban Giám hiệu và người được kiểm tra xem được biên bản.'],
    [
      allow('R8.19', MANAGEMENT, 'Ban Giám hiệu xem mọi biên bản kiểm tra.', SCHOOL),
      allow('R8.20', is('self'), 'Người được kiểm tra xem biên bản kiểm tra mình.', SCHOOL),
    ],
  ),
  'inspection.opinion': rules(
    ['R8.21', 'Chỉ người được kiểm tra ghi ý kiến vào biên bản.'],
    [allow('R8.21', is('self'), 'Người được kiểm tra ghi ý kiến của mình.', SCHOOL)],
  ),
  'reminder.send': rules(
    ['R8.15', 'Ban Giám hiệu, tổ trưởng và giáo viên chủ nhiệm nhắc giáo viên của sổ còn thiếu.'],
    [
      allow('R8.15', MANAGEMENT, 'Ban Giám hiệu nhắc giáo viên.'),
      allow('R8.3', all(role('group-head'), is('inGroup')), 'Tổ trưởng nhắc nhở tổ.', BASES.groups),
      allow('R8.16', all(TEACHING, is('homeroomOfClass')), 'Giáo viên chủ nhiệm nhắc giáo viên của lớp.'),
    ],
  ),
  'reminder.read': rules(
    ['R8.17', 'Lời nhắc chỉ người nhận xem được.'],
    [allow('R8.17', is('self'), 'Người nhận xem lời nhắc gửi cho mình.')],
  ),
  'progress.read': rules(
    ['R8.1', 'Chỉ Ban Giám hiệu, tổ trưởng, giáo viên chủ nhiệm và nhân viên CNTT xem được tiến độ.'],
    [
      allow('R8.1', MANAGEMENT, 'Ban Giám hiệu kiểm tra tiến độ, in biên bản.', SCHOOL),
      allow('R8.2', role('it-officer'), 'Nhân viên CNTT theo dõi tiến độ, không xem điểm.'),
      allow(
        'R8.3',
        all(role('group-head'), is('inGroup')),
        'Tổ trưởng theo dõi tiến độ và nhắc nhở tổ.',
        BASES.groups,
      ),
      allow('R8.4', all(TEACHING, is('homeroomOfClass')), 'Giáo viên chủ nhiệm theo dõi tiến độ của lớp.'),
    ],
  ),
} as const satisfies Partial<Record<Action, ActionRules>>;
