import type { Action } from '../actions.js';
import { BASES } from '../basis.js';
import { all, ANYONE, IN_CHARGE, is, MANAGEMENT, role, STAFF, TEACHING, when } from '../conditions.js';
import { allow, deny, rules, type ActionRules } from '../row.js';
import { TRUSTED_ROLES } from '../trusted-roles.js';

const trustedRole = when(
  'vai trò có quyền duyệt, kí, đóng dấu hoặc quản trị',
  (_actor, { appointedRole }) => appointedRole === undefined || TRUSTED_ROLES.includes(appointedRole),
);

const OFFICE = role('it-officer', 'clerk');

/** What is destroyed does not come back: two people, and one of them the principal. */
const ERASURE_DECISION = rules(
  ['R16.5', 'Chỉ Hiệu trưởng duyệt hoặc từ chối việc xóa dữ liệu cá nhân.'],
  [
    deny('R16.6', is('requester'), 'Người đề nghị xóa không tự duyệt đề nghị của mình.', BASES.erasure),
    allow('R16.5', role('principal'), 'Hiệu trưởng duyệt việc xóa dữ liệu cá nhân.', BASES.erasure),
  ],
  ['requester'],
);

/** Nobody's passkeys are anybody else's to touch; two people together reset a lost second factor (R9.9). */
const OWN_PASSKEYS = rules(
  ['R9.30', 'Tài khoản này hiện không giữ vai trò nào ở trường.'],
  [
    allow(
      'R9.30',
      when('đang giữ một vai trò ở trường', ({ roles }) => roles.length > 0),
      'Mỗi người tự quản lí khóa truy cập của mình.',
    ),
  ],
);

/** Accounts, roles, the school, its classes and pupils (RULES.md, rules 0, 9 and 12). */
export const PEOPLE_RULES = {
  'session.open': rules(
    ['R9.1', 'Tài khoản không dùng được.'],
    [allow('R9.1', ANYONE, 'Mỗi người có tài khoản riêng.')],
  ),
  'session.read': rules(
    ['R9.1', 'Tài khoản không dùng được.'],
    [allow('R9.1', ANYONE, 'Mỗi người xem được phiên của mình.')],
  ),
  'session.close': rules(
    ['R9.1', 'Tài khoản không dùng được.'],
    [allow('R9.1', ANYONE, 'Mỗi người đóng được phiên của mình.')],
  ),
  'passkey.read': OWN_PASSKEYS,
  'passkey.add': OWN_PASSKEYS,
  'passkey.rename': OWN_PASSKEYS,
  'passkey.revoke': OWN_PASSKEYS,
  'school.read': rules(
    ['R9.2', 'Tài khoản này hiện không giữ vai trò nào ở trường.'],
    [
      allow(
        'R9.2',
        when('đang giữ một vai trò ở trường', ({ roles }) => roles.length > 0),
        'Người của trường xem được thông tin của trường.',
      ),
    ],
  ),

  'settings.read': rules(
    ['R15.1', 'Chỉ cán bộ, giáo viên, nhân viên của trường xem được quy chế này.'],
    [allow('R15.1', STAFF, 'Cán bộ, giáo viên, nhân viên xem được quy chế của trường.')],
  ),
  'settings.change': rules(
    ['R15.2', 'Chỉ Hiệu trưởng thay đổi quy chế của trường, có số quyết định.'],
    [
      allow(
        'R15.2',
        role('principal'),
        'Hiệu trưởng thay đổi quy chế của trường, có số quyết định.',
        BASES.leaders,
      ),
    ],
  ),

  'class.read': rules(
    ['R0.2', 'Chỉ người dạy, chủ nhiệm, quản lí hoặc văn phòng của lớp này mới xem được lớp.'],
    [
      allow('R0.2', MANAGEMENT, 'Ban Giám hiệu xem được mọi lớp.'),
      allow('R0.3', OFFICE, 'Văn phòng lập và giữ danh sách lớp.'),
      allow('R0.4', all(TEACHING, is('homeroomOfClass')), 'Giáo viên chủ nhiệm xem được lớp mình.'),
      allow('R0.5', all(TEACHING, is('teachesClass')), 'Giáo viên xem được lớp mình dạy.'),
      allow('R0.6', all(role('group-head'), is('inGroup')), 'Tổ trưởng xem được lớp thuộc tổ.', BASES.groups),
    ],
  ),
  'pupil.read': rules(
    ['R0.2', 'Chỉ người có quan hệ với học sinh này mới xem được hồ sơ.'],
    [
      allow('R0.2', MANAGEMENT, 'Ban Giám hiệu xem được hồ sơ học sinh.'),
      allow('R0.3', OFFICE, 'Văn phòng lập và giữ hồ sơ học sinh.'),
      allow(
        'R0.4',
        all(TEACHING, is('homeroomOfClass')),
        'Giáo viên chủ nhiệm xem được hồ sơ học sinh lớp mình.',
      ),
      allow(
        'R0.7',
        all(role('guardian', 'pupil'), is('ownChild')),
        'Gia đình chỉ xem được con mình.',
        BASES.privacy,
      ),
    ],
  ),
  'pupil.propose': rules(
    ['R12.1', 'Giáo viên chủ nhiệm là người đề nghị sửa thông tin học sinh.'],
    [
      allow(
        'R12.1',
        all(TEACHING, is('homeroomOfClass')),
        'Giáo viên chủ nhiệm đề nghị sửa thông tin học sinh lớp mình.',
      ),
      allow('R12.2', OFFICE, 'Văn phòng đề nghị sửa theo giấy tờ nhận được.'),
    ],
  ),
  'pupil.confirm': rules(
    ['R12.3', 'Văn thư hoặc nhân viên CNTT xác nhận theo giấy tờ.'],
    [
      deny('R12.4', is('requester'), 'Người đề nghị không tự xác nhận đề nghị của mình.'),
      allow('R12.3', OFFICE, 'Văn thư hoặc nhân viên CNTT xác nhận theo giấy tờ.'),
    ],
    ['requester'],
  ),
  'pupil.withdraw': rules(
    ['R12.7', 'Chỉ người đề nghị mới rút được đề nghị.'],
    [allow('R12.7', all(STAFF, is('requester')), 'Người đề nghị rút được đề nghị chưa xác nhận.')],
  ),
  'guardianship.read': rules(
    ['R0.3', 'Văn phòng, Ban Giám hiệu và giáo viên chủ nhiệm xem được tài khoản gia đình của học sinh.'],
    [
      allow('R0.2', MANAGEMENT, 'Ban Giám hiệu xem được tài khoản gia đình của học sinh.'),
      allow('R0.3', OFFICE, 'Văn phòng lập và giữ hồ sơ học sinh.'),
      allow('R0.4', all(TEACHING, is('homeroomOfClass')), 'Giáo viên chủ nhiệm xem được của lớp mình.'),
    ],
  ),
  'guardianship.make': rules(
    ['R12.5', 'Văn thư hoặc nhân viên CNTT nối tài khoản gia đình theo danh sách lớp.'],
    [
      deny('R12.6', is('self'), 'Không tự nối tài khoản của mình với học sinh.'),
      allow('R12.5', OFFICE, 'Văn thư hoặc nhân viên CNTT nối tài khoản gia đình theo danh sách lớp.'),
    ],
    ['self'],
  ),
  'guardianship.end': rules(
    ['R12.5', 'Văn thư hoặc nhân viên CNTT thôi nối tài khoản gia đình.'],
    [allow('R12.5', OFFICE, 'Văn thư hoặc nhân viên CNTT thôi nối tài khoản gia đình.')],
  ),
  'erasure.read': rules(
    ['R16.1', 'Văn phòng và Ban Giám hiệu xem được dữ liệu nào của học sinh xóa được.'],
    [
      allow('R16.1', MANAGEMENT, 'Ban Giám hiệu xem được dữ liệu nào còn phải giữ.', BASES.erasure),
      allow('R16.2', OFFICE, 'Văn phòng xem được dữ liệu nào còn phải giữ.', BASES.erasure),
    ],
  ),
  'erasure.request': rules(
    ['R16.3', 'Văn thư hoặc nhân viên CNTT lập đề nghị xóa dữ liệu cá nhân.'],
    [allow('R16.3', OFFICE, 'Văn phòng lập đề nghị xóa theo giấy tờ nhận được.', BASES.erasure)],
  ),
  'erasure.withdraw': rules(
    ['R16.4', 'Chỉ người đề nghị mới rút được đề nghị.'],
    [
      allow(
        'R16.4',
        all(OFFICE, is('requester')),
        'Người đề nghị rút được đề nghị chưa duyệt.',
        BASES.erasure,
      ),
    ],
  ),
  'erasure.refuse': ERASURE_DECISION,
  'erasure.approve': ERASURE_DECISION,
  'roster.preview': rules(
    ['R0.3', 'Nhân viên CNTT hoặc văn thư nhập danh sách lớp.'],
    [allow('R0.3', OFFICE, 'Nhân viên CNTT hoặc văn thư nhập danh sách lớp.')],
  ),
  'roster.import': rules(
    ['R0.3', 'Nhân viên CNTT hoặc văn thư nhập danh sách lớp.'],
    [allow('R0.3', OFFICE, 'Nhân viên CNTT hoặc văn thư nhập danh sách lớp.')],
  ),

  'account.read': rules(
    ['R9.3', 'Nhân viên CNTT quản lí tài khoản; Ban Giám hiệu kiểm tra.'],
    [
      allow(
        'R9.3',
        role('it-officer', 'principal', 'vice-principal'),
        'Nhân viên CNTT quản lí tài khoản; Ban Giám hiệu kiểm tra.',
      ),
    ],
  ),
  'account.create': rules(
    ['R9.4', 'Nhân viên CNTT tạo tài khoản.'],
    [allow('R9.4', role('it-officer'), 'Nhân viên CNTT tạo tài khoản; vai trò được giao riêng.')],
  ),
  'account.disable': rules(
    ['R9.5', 'Nhân viên CNTT hoặc Hiệu trưởng khóa tài khoản.'],
    [
      deny('R9.6', is('self'), 'Không tự khóa tài khoản của mình.'),
      allow('R9.32', role('principal'), 'Hiệu trưởng khóa và mở được mọi tài khoản của trường.'),
      deny(
        'R9.31',
        all(role('it-officer'), trustedRole),
        'Tài khoản của người có quyền duyệt, kí, đóng dấu hoặc quản trị do Hiệu trưởng khóa và mở; nhân viên CNTT không làm việc này.',
      ),
      allow('R9.5', role('it-officer'), 'Tài khoản bị khóa dừng ngay ở thao tác kế tiếp.'),
    ],
    ['self', 'appointedRole'],
  ),
  'account.issue-code': rules(
    ['R9.7', 'Nhân viên CNTT hoặc Hiệu trưởng cấp mã kích hoạt.'],
    [
      deny('R9.8', is('self'), 'Không tự cấp mã kích hoạt cho mình.'),
      allow('R9.7', role('it-officer', 'principal'), 'Mã kích hoạt đặt lại mật khẩu, giữ xác thực lần hai.'),
    ],
    ['self'],
  ),
  'account.propose-recovery': rules(
    ['R9.9', 'Nhân viên CNTT hoặc Phó Hiệu trưởng đề nghị đặt lại xác thực lần hai.'],
    [
      deny('R9.10', is('self'), 'Không tự đề nghị đặt lại xác thực lần hai của mình.'),
      allow(
        'R9.9',
        role('it-officer', 'vice-principal'),
        'Đặt lại xác thực lần hai cần hai người: người này đề nghị, Ban Giám hiệu xác nhận.',
      ),
    ],
    ['self'],
  ),
  'account.confirm-recovery': rules(
    ['R9.11', 'Hiệu trưởng xác nhận việc đặt lại xác thực lần hai.'],
    [
      deny('R9.10', is('self'), 'Không tự xác nhận việc đặt lại xác thực lần hai của mình.'),
      deny('R9.12', is('requester'), 'Người đề nghị không tự xác nhận: cần hai người.'),
      allow('R9.11', role('principal'), 'Hiệu trưởng xác nhận việc đặt lại xác thực lần hai.'),
      allow(
        'R9.13',
        all(
          role('vice-principal'),
          when('tài khoản là của Hiệu trưởng', (_actor, { appointedRole }) => appointedRole === 'principal'),
        ),
        'Phó Hiệu trưởng xác nhận khi tài khoản là của Hiệu trưởng.',
      ),
    ],
    ['self', 'requester', 'appointedRole'],
  ),
  'account.review': rules(
    ['R9.14', 'Phó Hiệu trưởng hoặc Hiệu trưởng xác nhận đã kiểm tra danh sách tài khoản.'],
    [allow('R9.14', MANAGEMENT, 'Ban Giám hiệu kiểm tra danh sách tài khoản hằng tháng.')],
  ),
  'appointment.read': rules(
    ['R3.13', 'Ban Giám hiệu và nhân viên CNTT xem được ai giữ vai trò gì.'],
    [
      allow(
        'R3.13',
        role('principal', 'vice-principal', 'it-officer', 'clerk'),
        'Ban Giám hiệu, nhân viên CNTT và văn thư xem được ai giữ vai trò gì.',
      ),
    ],
  ),
  'appointment.make': rules(
    ['R3.8', 'Hiệu trưởng bổ nhiệm, phân công; nhân viên CNTT chỉ gán vai trò không có quyền duyệt.'],
    [
      deny('R3.6', is('self'), 'Không ai tự giao vai trò cho mình.'),
      allow('R3.7', role('principal'), 'Hiệu trưởng bổ nhiệm, phân công theo quyết định.', BASES.leaders),
      deny(
        'R3.8',
        all(role('it-officer'), trustedRole),
        'Nhân viên CNTT không giao được vai trò có quyền duyệt, kí, đóng dấu hoặc quản trị; việc này của Hiệu trưởng.',
      ),
      allow(
        'R3.9',
        role('it-officer'),
        'Nhân viên CNTT gán vai trò giáo viên, gia đình theo danh sách của trường.',
      ),
    ],
    ['self', 'appointedRole'],
  ),
  'appointment.end': rules(
    ['R3.8', 'Hiệu trưởng cho thôi vai trò.'],
    [
      allow('R3.7', role('principal'), 'Hiệu trưởng cho thôi vai trò theo quyết định.', BASES.leaders),
      deny('R3.8', all(role('it-officer'), trustedRole), 'Vai trò này do Hiệu trưởng cho thôi.'),
      allow(
        'R3.9',
        role('it-officer'),
        'Nhân viên CNTT gỡ vai trò giáo viên, gia đình theo danh sách của trường.',
      ),
    ],
    ['appointedRole'],
  ),
  'assignment.make': rules(
    ['R0.8', 'Ban Giám hiệu phân công chuyên môn.'],
    [
      allow('R0.8', IN_CHARGE, 'Ban Giám hiệu phân công chuyên môn.', BASES.leaders),
      deny(
        'R3.14',
        all(role('it-officer'), is('self')),
        'Nhân viên CNTT không tự phân công mình dạy lớp nào (người nhập phân công không được thành người vào điểm); Ban Giám hiệu phân công.',
      ),
      allow('R0.9', role('it-officer'), 'Nhân viên CNTT nhập bảng phân công đã ban hành.'),
    ],
    ['self'],
  ),
  'delegation.make': rules(
    ['R10.3', 'Chỉ Hiệu trưởng ủy quyền, bằng quyết định có phạm vi và thời hạn.'],
    [
      deny('R10.4', is('self'), 'Không ủy quyền cho chính mình.'),
      allow(
        'R10.3',
        role('principal'),
        'Hiệu trưởng ủy quyền bằng quyết định có phạm vi và thời hạn.',
        BASES.leaders,
      ),
    ],
    ['self'],
  ),
  'delegation.end': rules(
    ['R10.3', 'Chỉ Hiệu trưởng thôi ủy quyền.'],
    [allow('R10.3', role('principal'), 'Hiệu trưởng thôi ủy quyền bất cứ lúc nào; có hiệu lực ngay.')],
  ),
} as const satisfies Partial<Record<Action, ActionRules>>;
