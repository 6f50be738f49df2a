/** What a use case can ask about. Whatever is not here does not exist. */
export interface ActionInfo {
  /** As the page "Tôi được làm gì" names it. */
  readonly label: string;
  /** Asks for the person's second factor again, bound to the exact change (RULES.md rule 4). */
  readonly needsSecondFactor: boolean;
}

const plain = (label: string): ActionInfo => ({ label, needsSecondFactor: false });
const stepUp = (label: string): ActionInfo => ({ label, needsSecondFactor: true });

export const ACTIONS = {
  'session.open': plain('Đăng nhập'),
  'session.read': plain('Xem phiên đăng nhập của mình'),
  'session.close': plain('Đăng xuất'),
  'passkey.read': plain('Xem khóa truy cập của mình'),
  'passkey.add': stepUp('Thêm khóa truy cập của mình'),
  'passkey.rename': plain('Đặt tên khóa truy cập của mình'),
  'passkey.revoke': stepUp('Thu hồi khóa truy cập của mình'),
  'certificate.read': plain('Xem chứng thư kí số của mình và của con dấu'),
  'certificate.import': stepUp('Đưa vào chứng thư kí số của mình'),
  'certificate.import-seal': stepUp('Đưa vào chứng thư của con dấu'),
  'certificate.import-list': plain('Đưa vào danh sách thu hồi chứng thư của nơi cấp'),
  'certificate.rotate-credential-key': stepUp('Thay khóa kí bản trích học bạ của trường'),
  'school.read': plain('Xem thông tin nhà trường'),
  'settings.read': plain('Xem quy chế của trường trên hệ thống'),
  'settings.change': stepUp('Thay đổi quy chế của trường trên hệ thống'),
  'style.read': plain('Xem mẫu riêng của trường trên văn bản'),
  'style.change': stepUp('Đặt mẫu riêng của trường: biểu trưng, con dấu, dòng chữ'),
  'style.picture': plain('Đưa vào biểu trưng, hình con dấu của trường'),
  'style.own': plain('Đưa vào hình chữ kí của mình'),
  'class.read': plain('Xem lớp và danh sách học sinh của lớp'),
  'pupil.read': plain('Xem hồ sơ học sinh'),
  'pupil.propose': plain('Đề nghị sửa thông tin học sinh'),
  'pupil.confirm': plain('Xác nhận sửa thông tin học sinh theo giấy tờ'),
  'pupil.withdraw': plain('Rút đề nghị sửa thông tin học sinh'),
  'guardianship.read': plain('Xem tài khoản gia đình của học sinh'),
  'guardianship.make': plain('Nối tài khoản gia đình với học sinh'),
  'guardianship.end': plain('Thôi nối tài khoản gia đình với học sinh'),
  'erasure.read': plain('Xem dữ liệu nào của học sinh xóa được, còn phải giữ'),
  'erasure.request': plain('Đề nghị xóa dữ liệu cá nhân của học sinh'),
  'erasure.withdraw': plain('Rút đề nghị xóa dữ liệu cá nhân'),
  'erasure.refuse': plain('Không duyệt đề nghị xóa dữ liệu cá nhân'),
  'erasure.approve': stepUp('Duyệt xóa dữ liệu cá nhân của học sinh'),
  'roster.preview': plain('Xem trước danh sách lớp nhập từ tệp'),
  'roster.import': plain('Nhập danh sách lớp từ tệp'),

  'sheet.list': plain('Xem các bảng điểm của lớp và tiến độ'),
  'sheet.read': plain('Xem bảng điểm'),
  'sheet.draft': plain('Nhập điểm nháp'),
  'sheet.import': plain('Nhập điểm từ tệp'),
  'sheet.record': plain('Ghi sổ'),
  'sheet.withdraw': plain('Rút lại việc ghi sổ trong ngày'),
  'sheet.sign': stepUp('Giáo viên môn học kí trang sổ (lớp × môn × học kì) đã khóa'),
  'transfer.read': plain('Xem kết quả trường cũ đã nhập và việc xác nhận'),
  'transfer.enter': plain('Nhập kết quả trường cũ của học sinh chuyển đến'),
  'transfer.confirm': plain('Xác nhận kết quả trường cũ theo hồ sơ'),
  'subject.read': plain('Xem đề nghị đổi môn lựa chọn'),
  'subject.request': plain('Đề nghị cho học sinh đổi môn lựa chọn'),
  'subject.withdraw': plain('Rút đề nghị đổi môn lựa chọn'),
  'subject.refuse': plain('Không duyệt đề nghị đổi môn lựa chọn'),
  'subject.approve': stepUp('Duyệt cho học sinh đổi môn lựa chọn'),
  'enrolment.change': plain('Nhận, chuyển lớp, cho học sinh thôi học ở lớp'),
  'mark.history': plain('Xem lịch sử sửa chữa'),

  'window.read': plain('Xem các đợt cập nhật điểm'),
  'notice.announce': plain('Ra thông báo thời gian mở, đóng'),
  'window.open': plain('Mở nhập điểm'),
  'window.close': plain('Đóng nhập điểm'),

  'correction.read': plain('Xem đề nghị sửa'),
  'correction.request': plain('Đề nghị sửa'),
  'correction.appeal': plain('Đề nghị phúc khảo'),
  'correction.confirm': plain('Giáo viên chủ nhiệm xác nhận đề nghị sửa'),
  'correction.approve': stepUp('Duyệt đề nghị sửa'),
  'correction.reject': stepUp('Không duyệt đề nghị sửa'),
  'correction.withdraw': plain('Rút đề nghị sửa'),
  'correction.apply': plain('Thực hiện đề nghị sửa đã duyệt'),
  'evidence.add': plain('Đính kèm minh chứng'),
  'evidence.read': plain('Xem minh chứng'),
  'appeal.read': plain('Xem đề nghị phúc khảo'),
  'appeal.answer': plain('Trả lời đề nghị phúc khảo'),
  'appeal.withdraw': plain('Rút đề nghị phúc khảo'),

  'period.preview': plain('Xem những gì còn thiếu trước khi khóa sổ'),
  'period.lock': stepUp('Khóa sổ'),
  'period.reopen': stepUp('Mở lại sổ'),
  'period.reopenings': plain('Xem các lần mở lại sổ và lí do'),
  'result.compute': plain('Tổng hợp kết quả'),
  'result.read': plain('Xem kết quả tổng hợp của lớp'),
  'result.own': plain('Xem kết quả của con'),
  'recognition.enter': plain('Ghi biên bản lớp công nhận'),
  'list.submit': plain('Gửi danh sách của lớp lên hội đồng'),
  'list.return': plain('Trả lại danh sách của lớp kèm góp ý'),
  'council.read': plain('Xem biên bản họp hội đồng'),
  'council.minutes': plain('Ghi biên bản họp hội đồng'),
  'decision.enter': plain('Nhập quyết định của hội đồng'),
  'year.check': plain('Xem năm học còn việc gì trước khi đóng'),
  'year.close': stepUp('Đóng năm học'),
  'inspection.make': plain('Lập biên bản kiểm tra tiến độ'),
  'inspection.read': plain('Xem biên bản kiểm tra'),
  'inspection.opinion': plain('Ghi ý kiến vào biên bản kiểm tra mình'),
  'reminder.send': plain('Nhắc giáo viên hoàn thành sổ'),
  'reminder.read': plain('Xem lời nhắc gửi cho mình'),
  'progress.read': plain('Xem tiến độ, in biên bản kiểm tra'),
  'statistics.print': plain('In biểu thống kê'),
  'register.print': plain('In sổ đăng bộ'),

  'transcript.read': plain('Xem học bạ'),
  'transcript.present': plain('Trích học bạ để chia sẻ'),
  'transcript.compose': plain('Lập học bạ'),
  'transcript.paper': plain('Ghi nhận bản in học bạ đã kí giấy'),
  'transcript.return': plain('Trả lại học bạ để bổ sung'),
  'transcript.sign.homeroom': stepUp('Giáo viên chủ nhiệm kí học bạ'),
  'transcript.sign.vice-principal': stepUp(
    'Phó Hiệu trưởng (hoặc Hiệu trưởng) kí bảng tổng hợp, phiếu kết quả',
  ),
  'transcript.sign.principal': stepUp('Hiệu trưởng (hoặc kí thay) kí học bạ'),
  'transcript.seal': stepUp('Đóng dấu số học bạ'),
  'transcript.revoke': stepUp('Thu hồi học bạ đã phát hành'),
  'transcript.transfer': stepUp('Chuyển học bạ cho trường khác'),
  'transcript.finish': stepUp('Kết thúc học bạ'),
  'transcript.reseal': stepUp('Cho kí, đóng dấu lại học bạ đã phát hành'),
  'transcript.receive': plain('Nhận học bạ của trường khác'),

  'account.read': plain('Xem danh sách tài khoản'),
  'account.create': plain('Tạo tài khoản'),
  'account.disable': plain('Khóa tài khoản'),
  'account.issue-code': plain('Cấp mã kích hoạt mới (đặt lại mật khẩu)'),
  'account.propose-recovery': plain('Đề nghị đặt lại xác thực lần hai của một người'),
  'account.confirm-recovery': stepUp('Xác nhận đặt lại xác thực lần hai của một người'),
  'account.review': plain('Xác nhận đã kiểm tra danh sách tài khoản trong tháng'),
  'appointment.read': plain('Xem ai giữ vai trò gì, được ủy quyền gì'),
  'appointment.make': stepUp('Bổ nhiệm, phân công vai trò'),
  'appointment.end': stepUp('Thôi vai trò'),
  'assignment.make': plain('Phân công chuyên môn, chủ nhiệm'),
  'delegation.make': stepUp('Ủy quyền'),
  'delegation.end': stepUp('Thôi ủy quyền'),

  'journal.read': plain('Xem nhật kí'),
  'journal.receipt': plain('Nhận biên nhận cho việc mình đã ghi'),
  'audit.run': plain('Đối chiếu sổ với nhật kí và Sổ Cái'),
  'ledger.read': plain('Xem Sổ Cái'),
} as const satisfies Readonly<Record<string, ActionInfo>>;

export type Action = keyof typeof ACTIONS;

export const ACTION_NAMES = Object.keys(ACTIONS) as readonly Action[];

/** Whether the action is done only with a fresh second factor bound to the exact change. */
export function needsSecondFactor(action: Action): boolean {
  return ACTIONS[action].needsSecondFactor;
}
