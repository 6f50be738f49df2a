import type { Action } from '../actions.js';
import { BASES } from '../basis.js';
import { all, chosen, delegated, either, is, MANAGEMENT, not, role, TEACHING, when } from '../conditions.js';
import { allow, deny, rules, type ActionRules, type Row } from '../row.js';

const SCHOOL = BASES.school;
const TT22 = BASES.corrections;

/** Separation of duties (RULES.md rule 3): refusals come first, so that no role outweighs them. */
const SEPARATION: readonly Row[] = [
  deny('R3.1', is('requester'), 'Người đề nghị không được duyệt đề nghị của mình, kể cả khi được ủy quyền.'),
  deny('R3.2', is('teacherOfRecord'), 'Người đã ghi điểm không được duyệt việc sửa điểm ấy.'),
  deny('R3.3', is('confirmer'), 'Người đã xác nhận không được duyệt.'),
  deny('R3.12', is('appellant'), 'Người đề nghị phúc khảo không được duyệt việc sửa điểm ấy.'),
];
const SEPARATION_FLAGS = [
  'requester',
  'teacherOfRecord',
  'confirmer',
  'appellant',
  'teachesClass',
  'confirmation',
] as const;

const NOT_CONFIRMED = deny(
  'R2.4',
  when('chưa qua bước xác nhận', (_actor, { confirmation }) => confirmation === 'needed'),
  'Giáo viên chủ nhiệm (hoặc tổ trưởng thay) chưa xác nhận: không được bỏ qua bước nào.',
  TT22,
);

/** By the level, the school's policy, or because the homeroom teacher is involved; decided when it was asked for. */
const SKIPPED = {
  ...when('bước xác nhận được bỏ qua', (_actor, { confirmation }) => confirmation === 'skipped'),
  switches: ['homeroomConfirms', 'groupHeadConfirms'] as const,
};

/** Decided when it was asked for: roles.md rule 2, the step falls to the group head. */
const HOMEROOM_INVOLVED = { ...is('homeroomInvolved'), switches: ['groupHeadConfirms'] as const };

const DELEGATED = all(role('vice-principal', 'group-head', 'teacher'), delegated('correction.approve'));
const VICE_IN_CHARGE = all(role('vice-principal'), is('inScope'));

const MAY_DECIDE: readonly Row[] = [
  allow('R10.1', role('principal'), 'Hiệu trưởng duyệt, kể cả khi Phó Hiệu trưởng không duyệt được.', TT22),
  deny('R3.11', role('it-officer'), 'Nhân viên CNTT không duyệt, kể cả khi giữ thêm vai trò khác.'),
  deny(
    'R3.4',
    all(either(VICE_IN_CHARGE, DELEGATED), is('teachesClass')),
    'Phó Hiệu trưởng (hoặc người được ủy quyền) đang dạy lớp này không duyệt việc sửa của lớp này; Hiệu trưởng hoặc Phó Hiệu trưởng khác duyệt.',
  ),
  allow('R2.5', VICE_IN_CHARGE, 'Phó Hiệu trưởng phụ trách duyệt.', TT22),
  allow('R10.2', DELEGATED, 'Người được Hiệu trưởng ủy quyền duyệt.', BASES.leaders),
];
const DECIDE_OTHERWISE = ['R2.6', 'Phó Hiệu trưởng phụ trách (hoặc Hiệu trưởng) duyệt đề nghị sửa.'] as const;

/** The deadline is the school's: so many days after the result was published. */
const IN_TIME_NOT = { ...not('appealOpen'), switches: ['appealDays'] as const };

/** Who answers a family's appeal: the teacher of record, or who teaches the column now. */
const ANSWERING: readonly Row[] = [
  allow('R2.25', all(TEACHING, is('teacherOfRecord')), 'Giáo viên đã ghi điểm trả lời.'),
  allow('R2.29', all(TEACHING, is('teachesColumn')), 'Giáo viên đang dạy môn này trả lời.'),
];

const STILL_HERE = role('teacher', 'vice-principal', 'principal', 'guardian', 'pupil');

/** Corrections of what was recorded: request → confirm → approve → applied (RULES.md rules 2–4, 10). */
export const CORRECTION_RULES = {
  'correction.read': rules(
    ['R2.8', 'Chỉ người liên quan đến đề nghị này mới xem được.'],
    [
      allow('R2.7', MANAGEMENT, 'Ban Giám hiệu xem được mọi đề nghị sửa.'),
      allow('R2.8', all(TEACHING, is('requester')), 'Người đề nghị theo dõi đề nghị của mình.'),
      allow(
        'R2.9',
        all(TEACHING, is('teacherOfRecord')),
        'Người ghi điểm thấy mọi đề nghị về điểm mình ghi.',
      ),
      allow(
        'R2.10',
        all(TEACHING, is('homeroomOfClass')),
        'Giáo viên chủ nhiệm thấy mọi đề nghị của lớp mình.',
        TT22,
      ),
      allow('R2.11', all(TEACHING, is('teachesColumn')), 'Giáo viên môn học thấy đề nghị của môn mình.'),
      allow('R2.12', all(role('group-head'), is('inGroup')), 'Tổ trưởng thấy đề nghị của tổ.', BASES.groups),
      allow(
        'R2.13',
        all(role('it-officer'), is('approved')),
        'Nhân viên CNTT thấy đề nghị đã duyệt chờ thực hiện.',
      ),
      allow(
        'R2.14',
        all(role('guardian', 'pupil'), is('ownChild'), either(is('applied'), is('appellant'))),
        'Gia đình thấy điểm của con đã được sửa, và đề nghị sửa từ phúc khảo của mình.',
        BASES.privacy,
      ),
    ],
  ),
  'correction.request': rules(
    ['R2.1', 'Người ghi điểm (hoặc giáo viên đang dạy môn này ở lớp) mới được đề nghị sửa.'],
    [
      deny(
        'R1.5',
        when(
          'chưa ghi sổ và chưa khóa sổ',
          (_actor, { recorded, locked }) => recorded !== true && locked !== true,
        ),
        'Điểm nháp sửa trực tiếp được; chỉ điểm đã ghi sổ hoặc sổ đã khóa mới cần đề nghị sửa.',
      ),
      allow('R2.1', all(TEACHING, is('teacherOfRecord')), 'Người ghi điểm đề nghị sửa, nêu lí do.', TT22),
      allow(
        'R2.2',
        all(TEACHING, is('teachesColumn')),
        'Giáo viên đang dạy môn này đề nghị sửa hoặc bổ sung, nêu lí do.',
        TT22,
      ),
      allow(
        'R10.6',
        all(role('group-head'), is('inGroup'), is('teacherGone')),
        'Không còn giáo viên nào dạy môn này ở lớp: Tổ trưởng đề nghị thay.',
      ),
      allow(
        'R10.7',
        all(TEACHING, is('homeroomOfClass'), is('teacherGone')),
        'Không còn giáo viên nào dạy môn này ở lớp: giáo viên chủ nhiệm đề nghị thay.',
      ),
    ],
    ['recorded', 'locked'],
  ),
  'correction.appeal': rules(
    ['R2.15', 'Cha mẹ, người giám hộ hoặc học sinh đề nghị phúc khảo điểm của chính học sinh ấy.'],
    [
      deny('R2.23', IN_TIME_NOT, 'Đã hết thời hạn phúc khảo.', SCHOOL),
      allow(
        'R2.15',
        all(role('guardian', 'pupil'), is('ownChild')),
        'Gia đình được đề nghị phúc khảo điểm của con.',
        SCHOOL,
      ),
    ],
    ['appealOpen'],
  ),
  'appeal.read': rules(
    ['R2.24', 'Chỉ gia đình, giáo viên của môn, giáo viên chủ nhiệm và Ban Giám hiệu xem được.'],
    [
      allow('R2.24', MANAGEMENT, 'Ban Giám hiệu xem được mọi đề nghị phúc khảo.'),
      allow('R2.15', all(role('guardian', 'pupil'), is('ownChild')), 'Gia đình theo dõi đề nghị của mình.'),
      ...ANSWERING,
      allow('R2.10', all(TEACHING, is('homeroomOfClass')), 'Giáo viên chủ nhiệm thấy đề nghị của lớp mình.'),
      allow('R2.12', all(role('group-head'), is('inGroup')), 'Tổ trưởng thấy đề nghị của tổ.'),
    ],
  ),
  'appeal.answer': rules(
    ['R2.25', 'Giáo viên đã ghi điểm trả lời đề nghị phúc khảo.'],
    [
      deny('R3.15', is('appellant'), 'Không tự trả lời đề nghị phúc khảo của mình.'),
      ...ANSWERING,
      allow(
        'R10.6',
        all(role('group-head'), is('inGroup'), is('teacherGone')),
        'Không còn giáo viên nào dạy môn này ở lớp: Tổ trưởng trả lời thay.',
      ),
      allow(
        'R10.7',
        all(TEACHING, is('homeroomOfClass'), is('teacherGone')),
        'Không còn giáo viên nào dạy môn này ở lớp: giáo viên chủ nhiệm trả lời thay.',
      ),
    ],
    ['appellant'],
  ),
  'appeal.withdraw': rules(
    ['R2.26', 'Chỉ người đề nghị phúc khảo mới rút được.'],
    [allow('R2.26', all(role('guardian', 'pupil'), is('appellant')), 'Gia đình rút đề nghị chưa trả lời.')],
  ),
  'evidence.add': rules(
    ['R2.27', 'Chỉ người đề nghị mới đính kèm minh chứng.'],
    [allow('R2.27', all(STILL_HERE, is('requester')), 'Người đề nghị đính kèm minh chứng.')],
  ),
  'evidence.read': rules(
    ['R2.28', 'Chỉ người đề nghị, người xác nhận và người duyệt xem được minh chứng.'],
    [
      allow('R2.28', MANAGEMENT, 'Ban Giám hiệu xem minh chứng trước khi duyệt.'),
      allow('R2.27', all(STILL_HERE, is('requester')), 'Người đề nghị xem lại minh chứng của mình.'),
      allow('R2.9', all(TEACHING, is('teacherOfRecord')), 'Người ghi điểm xem minh chứng về điểm mình ghi.'),
      allow('R2.10', all(TEACHING, is('homeroomOfClass')), 'Giáo viên chủ nhiệm xem để xác nhận.', TT22),
      allow('R2.12', all(role('group-head'), is('inGroup')), 'Tổ trưởng xem minh chứng của tổ.'),
    ],
  ),
  'correction.confirm': rules(
    ['R2.3', 'Giáo viên chủ nhiệm lớp này xác nhận.'],
    [
      deny('R3.5', is('requester'), 'Người đề nghị không tự xác nhận đề nghị của mình.'),
      deny('R3.10', is('teacherOfRecord'), 'Người đã ghi điểm không tự xác nhận việc sửa điểm ấy.'),
      deny('R2.16', SKIPPED, 'Đề nghị này không qua bước xác nhận (ghi rõ là được bỏ qua).'),
      deny(
        'R2.17',
        when('đã xác nhận', (_actor, { confirmation }) => confirmation === 'done'),
        'Đề nghị này đã được xác nhận.',
      ),
      allow(
        'R2.3',
        all(TEACHING, is('homeroomOfClass')),
        'Giáo viên chủ nhiệm xác nhận trước khi duyệt.',
        TT22,
      ),
      allow(
        'R2.18',
        all(role('group-head'), is('inGroup'), HOMEROOM_INVOLVED),
        'Tổ trưởng xác nhận thay khi giáo viên chủ nhiệm là người đề nghị, đã ghi điểm, hoặc lớp chưa có.',
      ),
    ],
    ['requester', 'teacherOfRecord', 'confirmation'],
  ),
  'correction.approve': rules(
    DECIDE_OTHERWISE,
    [...SEPARATION, NOT_CONFIRMED, ...MAY_DECIDE],
    SEPARATION_FLAGS,
  ),
  'correction.reject': rules(DECIDE_OTHERWISE, [...SEPARATION, ...MAY_DECIDE], SEPARATION_FLAGS),
  'correction.withdraw': rules(
    ['R2.19', 'Chỉ người đề nghị mới rút được đề nghị.'],
    [allow('R2.19', all(STILL_HERE, is('requester')), 'Người đề nghị rút được đề nghị chưa duyệt.')],
  ),
  'correction.apply': rules(
    ['R2.20', 'Nhân viên CNTT thực hiện đề nghị đã duyệt.'],
    [
      deny(
        'R2.21',
        when('chưa được duyệt', (_actor, { approved }) => approved !== true),
        'Chưa được duyệt: không sửa được.',
      ),
      deny(
        'R2.22',
        chosen('whoApplies', 'server'),
        'Quy chế của trường: hệ thống tự thực hiện ngay khi được duyệt, không ai thực hiện bằng tay.',
        SCHOOL,
      ),
      allow('R2.20', role('it-officer'), 'Nhân viên CNTT thực hiện đúng nội dung đã duyệt.', SCHOOL),
    ],
    ['approved'],
  ),
} as const satisfies Partial<Record<Action, ActionRules>>;
