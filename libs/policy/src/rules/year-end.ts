import type { Action } from '../actions.js';
import { BASES } from '../basis.js';
import { NEW_CHARTER_FROM } from '../charter.js';
import {
  all,
  chosen,
  delegated,
  IN_CHARGE,
  is,
  MANAGEMENT,
  not,
  role,
  STAFF,
  TEACHING,
  when,
} from '../conditions.js';
import { allow, deny, only, rules, type ActionRules, type Row } from '../row.js';

const SCHOOL = BASES.school;
const FORMS = BASES.forms;

/** Roles.md rule 6: the route's order, and one place of the route a person. */
const ROUTE: readonly Row[] = [
  deny('R6.2', not('earlierSigned'), 'Các chữ kí trước chưa đủ: văn bản được kí theo thứ tự.'),
  deny(
    'R6.17',
    all(chosen('paperLane', true), not('paperSigned')),
    'Quy chế của trường: bản in phải được kí giấy và ghi nhận trước khi kí điện tử.',
    SCHOOL,
  ),
  deny('R6.4', is('signedAlready'), 'Một người không kí hai vị trí của cùng một văn bản.'),
];

/** Results, transcripts, ledger (RULES.md rules 5–8, 10, 13). */
export const YEAR_END_RULES = {
  'result.compute': rules(
    ['R0.15', 'Ban Giám hiệu hoặc giáo viên chủ nhiệm tổng hợp kết quả của lớp.'],
    [
      allow('R0.14', MANAGEMENT, 'Ban Giám hiệu tổng hợp kết quả.', FORMS),
      allow(
        'R0.15',
        all(TEACHING, is('homeroomOfClass')),
        'Giáo viên chủ nhiệm tổng hợp kết quả của lớp mình.',
        FORMS,
      ),
    ],
  ),
  'result.read': rules(
    ['R0.10', 'Chỉ Ban Giám hiệu, giáo viên chủ nhiệm và tổ trưởng xem được kết quả cả lớp.'],
    [
      allow('R0.2', MANAGEMENT, 'Ban Giám hiệu xem được kết quả mọi lớp.'),
      allow(
        'R0.4',
        all(TEACHING, is('homeroomOfClass')),
        'Giáo viên chủ nhiệm xem được kết quả của lớp mình.',
      ),
      allow(
        'R0.6',
        all(role('group-head'), is('inGroup')),
        'Tổ trưởng xem được kết quả của lớp thuộc tổ.',
        BASES.groups,
      ),
    ],
  ),
  'result.own': rules(
    [
      'R0.7',
      'Gia đình chỉ xem được kết quả của con mình; không có xếp hạng, không có điểm trung bình của lớp.',
    ],
    [
      allow(
        'R0.7',
        all(role('guardian', 'pupil'), is('ownChild')),
        'Gia đình xem được kết quả của con mình.',
        BASES.privacy,
      ),
    ],
  ),
  'recognition.enter': rules(
    ['R8.8', 'Giáo viên chủ nhiệm ghi biên bản lớp công nhận.'],
    [
      allow(
        'R8.8',
        all(TEACHING, is('homeroomOfClass')),
        'Giáo viên chủ nhiệm ghi biên bản lớp công nhận.',
        FORMS,
      ),
    ],
  ),
  'list.submit': rules(
    ['R8.9', 'Giáo viên chủ nhiệm gửi danh sách của lớp lên hội đồng.'],
    [
      allow(
        'R8.9',
        all(TEACHING, is('homeroomOfClass')),
        'Giáo viên chủ nhiệm gửi danh sách lớp mình.',
        FORMS,
      ),
    ],
  ),
  'list.return': rules(
    ['R13.2', 'Ban Giám hiệu trả lại danh sách để bổ sung.'],
    [allow('R13.2', IN_CHARGE, 'Ban Giám hiệu trả lại danh sách kèm góp ý từng dòng.')],
  ),
  'council.read': rules(
    ['R8.10', 'Ban Giám hiệu, giáo viên, tổ trưởng và văn thư xem được biên bản họp hội đồng.'],
    [
      allow(
        'R8.10',
        role('principal', 'vice-principal', 'teacher', 'group-head', 'clerk'),
        'Ban Giám hiệu, giáo viên, tổ trưởng và văn thư xem được biên bản họp hội đồng.',
      ),
    ],
  ),
  'council.minutes': rules(
    ['R8.11', 'Hiệu trưởng hoặc Phó Hiệu trưởng phụ trách ghi biên bản họp hội đồng.'],
    [allow('R8.11', IN_CHARGE, 'Biên bản ghi người dự, nội dung và kết quả biểu quyết từng lớp.', FORMS)],
  ),
  'decision.enter': rules(
    ['R0.16', 'Hiệu trưởng hoặc Phó Hiệu trưởng phụ trách nhập quyết định của hội đồng.'],
    [allow('R0.16', IN_CHARGE, 'Quyết định (số, ngày) được nhập sau khi hội đồng họp.', FORMS)],
  ),
  'year.check': rules(
    ['R8.14', 'Ban Giám hiệu xem được năm học còn việc gì trước khi đóng.'],
    [allow('R8.14', MANAGEMENT, 'Ban Giám hiệu xem năm học còn việc gì trước khi đóng.')],
  ),
  'year.close': rules(
    ['R8.12', 'Chỉ Hiệu trưởng đóng năm học.'],
    [
      deny(
        'R8.13',
        all(is('gaps'), not('reasonGiven')),
        'Còn học sinh bị giữ lại học bạ: đóng năm học phải nêu lí do.',
      ),
      allow(
        'R8.12',
        role('principal'),
        'Hiệu trưởng đóng năm học khi mọi việc của năm đã xong.',
        BASES.leaders,
      ),
    ],
    ['gaps'],
  ),
  'statistics.print': rules(
    ['R8.5', 'Ban Giám hiệu, nhân viên CNTT, tổ trưởng và thanh tra xem, in biểu thống kê.'],
    [
      allow(
        'R8.5',
        role('principal', 'vice-principal', 'it-officer'),
        'Ban Giám hiệu và nhân viên CNTT in biểu thống kê.',
        BASES.records,
      ),
      allow(
        'R8.6',
        all(role('group-head'), is('inGroup')),
        'Tổ trưởng in biểu thống kê của tổ.',
        BASES.groups,
      ),
      allow('R8.18', role('inspector'), 'Thanh tra, Sở GD&ĐT xem được số liệu tổng hợp, không xem điểm.'),
    ],
  ),
  'register.print': rules(
    ['R8.7', 'Văn thư, nhân viên CNTT và Ban Giám hiệu in sổ đăng bộ.'],
    [
      allow(
        'R8.7',
        role('clerk', 'it-officer', 'principal', 'vice-principal'),
        'Văn thư, nhân viên CNTT và Ban Giám hiệu in sổ đăng bộ.',
        BASES.records,
      ),
    ],
  ),

  'transcript.read': rules(
    ['R0.10', 'Chỉ người lập, kí, đóng dấu, giữ học bạ và gia đình học sinh xem được học bạ.'],
    [
      allow('R0.2', MANAGEMENT, 'Ban Giám hiệu xem được mọi học bạ.'),
      allow(
        'R0.4',
        all(TEACHING, is('homeroomOfClass')),
        'Giáo viên chủ nhiệm xem được học bạ của lớp mình.',
      ),
      allow('R6.5', role('sealer', 'clerk'), 'Người đóng dấu và văn thư giữ học bạ.'),
      allow(
        'R0.7',
        all(role('guardian', 'pupil'), is('ownChild'), is('issued')),
        'Gia đình xem, tải và chia sẻ được học bạ đã phát hành của con.',
        BASES.privacy,
      ),
    ],
  ),
  'transcript.present': rules(
    ['R20.1', 'Chỉ gia đình học sinh, văn thư và Ban Giám hiệu trích học bạ đã phát hành.'],
    [
      allow('R20.2', MANAGEMENT, 'Ban Giám hiệu trích học bạ theo yêu cầu của gia đình.', BASES.privacy),
      allow('R20.3', role('clerk'), 'Văn thư trích học bạ theo yêu cầu của gia đình.', BASES.privacy),
      allow(
        'R0.7',
        all(role('guardian', 'pupil'), is('ownChild'), is('issued')),
        'Gia đình chọn cho xem những phần nào của học bạ đã phát hành của con.',
        BASES.privacy,
      ),
    ],
  ),
  'transcript.compose': rules(
    ['R6.6', 'Giáo viên chủ nhiệm (hoặc Ban Giám hiệu) lập học bạ.'],
    [
      allow(
        'R6.6',
        all(TEACHING, is('homeroomOfClass')),
        'Giáo viên chủ nhiệm lập học bạ của lớp mình.',
        FORMS,
      ),
      allow('R6.7', MANAGEMENT, 'Ban Giám hiệu cho lập học bạ của lớp, khối, trường.', FORMS),
    ],
  ),
  'transcript.paper': rules(
    ['R6.14', 'Giáo viên chủ nhiệm hoặc Ban Giám hiệu ghi nhận bản in đã kí giấy.'],
    [
      only(
        { from: NEW_CHARTER_FROM },
        deny(
          'R6.15',
          chosen('paperLane', false),
          'Quy chế của trường không có bước kí bản giấy; hồ sơ điện tử không cần kèm bản giấy.',
          BASES.records,
        ),
      ),
      allow(
        'R6.14',
        all(TEACHING, is('homeroomOfClass')),
        'Giáo viên chủ nhiệm ghi nhận bản in đã kí giấy.',
        SCHOOL,
      ),
      allow('R6.16', MANAGEMENT, 'Ban Giám hiệu ghi nhận bản in đã kí giấy.', SCHOOL),
    ],
  ),
  'transcript.return': rules(
    ['R13.1', 'Ban Giám hiệu trả lại để bổ sung.'],
    [allow('R13.1', MANAGEMENT, 'Ban Giám hiệu kiểm tra và trả lại kèm góp ý từng dòng.')],
  ),
  'transcript.sign.homeroom': rules(
    ['R6.1', 'Chỉ giáo viên chủ nhiệm của lớp kí ở vị trí này.'],
    [...ROUTE, allow('R6.1', all(TEACHING, is('homeroomOfClass')), 'Giáo viên chủ nhiệm kí học bạ.', FORMS)],
    ['earlierSigned', 'signedAlready'],
  ),
  'transcript.sign.vice-principal': rules(
    ['R6.18', 'Chỉ Phó Hiệu trưởng, hoặc Hiệu trưởng, kí ở vị trí này.'],
    [
      ...ROUTE,
      allow('R6.18', MANAGEMENT, 'Ban Giám hiệu kí bảng tổng hợp, phiếu kết quả của lớp.', BASES.records),
    ],
    ['earlierSigned', 'signedAlready'],
  ),
  'transcript.sign.principal': rules(
    ['R6.9', 'Chỉ Hiệu trưởng, hoặc Phó Hiệu trưởng được ủy quyền bằng quyết định, kí ở vị trí này.'],
    [
      ...ROUTE,
      allow('R6.8', role('principal'), 'Hiệu trưởng kí học bạ.', FORMS),
      allow(
        'R6.9',
        all(role('vice-principal'), delegated('transcript.sign.principal')),
        'Phó Hiệu trưởng kí thay theo quyết định ủy quyền (KT. HIỆU TRƯỞNG / PHÓ HIỆU TRƯỞNG).',
        BASES.leaders,
      ),
    ],
    ['earlierSigned', 'signedAlready'],
  ),
  'transcript.seal': rules(
    ['R6.11', 'Chỉ người được giao đóng dấu mới đóng dấu số.'],
    [
      deny('R6.3', not('earlierSigned'), 'Chưa đủ chữ kí: không đóng dấu văn bản mà người quản lí chưa kí.'),
      deny(
        'R6.10',
        when('không giữ nhiệm vụ đóng dấu', ({ roles }) => !roles.includes('sealer')),
        'Chỉ người được giao đóng dấu mới đóng dấu số.',
      ),
      allow('R6.11', role('sealer'), 'Người được giao đóng dấu sau khi Hiệu trưởng kí.'),
    ],
    ['earlierSigned'],
  ),
  'certificate.read': rules(
    ['R19.1', 'Chỉ cán bộ, giáo viên, nhân viên của trường xem được chứng thư kí số.'],
    [allow('R19.1', STAFF, 'Mỗi người xem được chứng thư kí số của mình và của con dấu.')],
  ),
  'certificate.import': rules(
    ['R19.2', 'Chỉ cán bộ, giáo viên, nhân viên của trường dùng chứng thư kí số của mình.'],
    [
      allow(
        'R19.2',
        STAFF,
        'Mỗi người đưa vào chứng thư kí số của chính mình; khóa ở trong thiết bị của người đó.',
        SCHOOL,
      ),
    ],
  ),
  'certificate.import-seal': rules(
    ['R19.3', 'Chỉ Hiệu trưởng đưa vào chứng thư của con dấu.'],
    [allow('R19.3', role('principal'), 'Hiệu trưởng đưa vào chứng thư của con dấu nhà trường.', SCHOOL)],
  ),
  'certificate.import-list': rules(
    ['R19.4', 'Chỉ Hiệu trưởng, nhân viên CNTT và văn thư đưa vào danh sách thu hồi của nơi cấp.'],
    [
      allow(
        'R19.4',
        role('principal', 'it-officer', 'clerk'),
        'Danh sách do nơi cấp kí; hệ thống chỉ nhận danh sách đúng và mới nhất.',
        SCHOOL,
      ),
    ],
  ),
  'certificate.rotate-credential-key': rules(
    ['R19.5', 'Chỉ Hiệu trưởng thay khóa kí bản trích học bạ của trường.'],
    [allow('R19.5', role('principal'), 'Hiệu trưởng thay khóa kí bản trích học bạ của trường.', SCHOOL)],
  ),
  'transcript.revoke': rules(
    [
      'R18.2',
      'Chỉ Hiệu trưởng, hoặc Phó Hiệu trưởng được ủy quyền bằng quyết định, thu hồi học bạ đã phát hành.',
    ],
    [
      allow(
        'R18.1',
        role('principal'),
        'Hiệu trưởng thu hồi học bạ đã phát hành theo quyết định có số.',
        SCHOOL,
      ),
      allow(
        'R18.2',
        all(role('vice-principal'), delegated('transcript.revoke')),
        'Phó Hiệu trưởng thu hồi học bạ đã phát hành theo quyết định ủy quyền.',
        BASES.leaders,
      ),
    ],
  ),
  'transcript.transfer': rules(
    [
      'R18.4',
      'Chỉ Hiệu trưởng, hoặc Phó Hiệu trưởng được ủy quyền bằng quyết định, cho chuyển học bạ đi trường khác.',
    ],
    [
      allow(
        'R18.3',
        role('principal'),
        'Hiệu trưởng cho chuyển học bạ đi trường khác theo quyết định có số.',
        SCHOOL,
      ),
      allow(
        'R18.4',
        all(role('vice-principal'), delegated('transcript.transfer')),
        'Phó Hiệu trưởng cho chuyển học bạ đi trường khác theo quyết định ủy quyền.',
        BASES.leaders,
      ),
    ],
  ),
  'transcript.finish': rules(
    ['R18.6', 'Chỉ Hiệu trưởng, hoặc Phó Hiệu trưởng được ủy quyền bằng quyết định, kết thúc học bạ.'],
    [
      allow('R18.5', role('principal'), 'Hiệu trưởng kết thúc học bạ theo quyết định có số.', SCHOOL),
      allow(
        'R18.6',
        all(role('vice-principal'), delegated('transcript.finish')),
        'Phó Hiệu trưởng kết thúc học bạ theo quyết định ủy quyền.',
        BASES.leaders,
      ),
    ],
  ),
  'transcript.reseal': rules(
    ['R18.10', 'Chỉ Hiệu trưởng cho kí, đóng dấu lại học bạ đã phát hành.'],
    [
      allow(
        'R18.10',
        role('principal'),
        'Hiệu trưởng cho kí, đóng dấu lại học bạ đã phát hành trước khi thuật toán hoặc khóa hết được tin.',
        SCHOOL,
      ),
    ],
  ),
  'transcript.receive': rules(
    ['R18.9', 'Chỉ văn thư, Ban Giám hiệu và giáo viên chủ nhiệm nhận, xem học bạ của trường khác.'],
    [
      allow('R18.7', role('clerk'), 'Văn thư nhận hồ sơ học sinh chuyển đến.', SCHOOL),
      allow('R18.8', MANAGEMENT, 'Ban Giám hiệu nhận hồ sơ học sinh chuyển đến.', SCHOOL),
      allow(
        'R18.9',
        all(TEACHING, is('homeroomOfClass')),
        'Giáo viên chủ nhiệm nhận học bạ của học sinh chuyển đến lớp mình.',
        SCHOOL,
      ),
    ],
  ),
  'journal.read': rules(
    ['R0.11', 'Chỉ Ban Giám hiệu đọc được nhật kí của trường.'],
    [allow('R0.11', MANAGEMENT, 'Ban Giám hiệu đọc được nhật kí của trường.')],
  ),
  'journal.receipt': rules(
    ['R0.19', 'Cán bộ, giáo viên, nhân viên của trường nhận biên nhận cho việc chính mình đã ghi.'],
    [allow('R0.19', STAFF, 'Ai ghi sổ thì giữ được biên nhận cho việc mình đã ghi.')],
  ),
  'audit.run': rules(
    ['R0.12', 'Ban Giám hiệu, nhân viên CNTT và Sở GD&ĐT chạy được việc đối chiếu.'],
    [
      allow(
        'R0.12',
        role('principal', 'vice-principal', 'it-officer', 'inspector'),
        'Việc đối chiếu chỉ đọc và nêu dòng nào bị sửa.',
      ),
    ],
  ),
  'ledger.read': rules(
    ['R0.13', 'Ai cũng đọc được Sổ Cái.'],
    [
      allow(
        'R0.13',
        when('bất kì ai', () => true),
        'Ai cũng kiểm tra được Sổ Cái, không cần tài khoản.',
      ),
    ],
  ),
} as const satisfies Partial<Record<Action, ActionRules>>;
