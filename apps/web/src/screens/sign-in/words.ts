import type { SecondFactorMethod } from '#contracts/session.js';
import type { Dictionary } from '../../i18n/language.js';

interface SignInWords {
  readonly title: string;
  readonly secondTitle: string;
  readonly what: string;
  readonly expired: string;
  readonly left: string;
  readonly username: string;
  readonly password: string;
  readonly show: string;
  readonly submit: string;
  readonly confirm: string;
  readonly busy: string;
  readonly back: string;
  readonly letter: string;
  readonly activate: string;
  readonly stranger: string;
  readonly verify: string;
  /** How the field of each way is called, what it is, and the button that changes to it. */
  readonly code: Readonly<Record<'totp' | 'recovery', string>>;
  readonly codeHint: Readonly<Record<'totp' | 'recovery', string>>;
  readonly use: Readonly<Record<SecondFactorMethod, string>>;
  readonly passkey: string;
  readonly passkeyHint: string;
  readonly passkeyCancelled: string;
}

export const SIGN_IN_WORDS: Dictionary<SignInWords> = {
  vi: {
    title: 'Đăng nhập',
    secondTitle: 'Xác thực lần hai',
    what: 'Sổ điểm điện tử và học bạ số kiểm chứng được',
    expired:
      'Phiên làm việc đã hết hạn. Hãy đăng nhập lại để tiếp tục ở trang đang xem; những gì đã lưu vẫn còn.',
    left: 'Bạn đã đăng xuất.',
    username: 'Tên đăng nhập',
    password: 'Mật khẩu',
    show: 'Hiện mật khẩu',
    submit: 'Đăng nhập',
    confirm: 'Xác nhận',
    busy: 'Đang đăng nhập…',
    back: 'Nhập lại mật khẩu',
    letter: 'Có thư kèm mã kích hoạt?',
    activate: 'Kích hoạt tài khoản',
    stranger: 'Chỉ cần kiểm tra một học bạ? Không cần tài khoản:',
    verify: 'Kiểm chứng học bạ',
    code: { totp: 'Mã 6 chữ số', recovery: 'Mã khôi phục' },
    codeHint: {
      totp: 'Mở ứng dụng xác thực trên điện thoại và nhập mã đang hiện. Mỗi mã chỉ dùng được một lần.',
      recovery: 'Một mã trên tờ mã khôi phục của bạn. Mỗi mã chỉ dùng được một lần; dùng xong hãy gạch đi.',
    },
    use: {
      totp: 'Dùng mã 6 chữ số',
      recovery: 'Dùng mã khôi phục',
      passkey: 'Dùng khóa truy cập (passkey)',
    },
    passkey: 'Xác thực bằng khóa truy cập',
    passkeyHint: 'Thiết bị sẽ hỏi vân tay, khuôn mặt hoặc mã PIN của bạn.',
    passkeyCancelled: 'Chưa xác thực được bằng khóa truy cập. Hãy thử lại hoặc chọn cách khác.',
  },
  en: {
    title: 'Sign in',
    secondTitle: 'Second factor',
    what: 'Electronic gradebook and transcripts that anyone can verify',
    expired: 'The session is over. Sign in again to go on where you were; what was saved is still there.',
    left: 'You have signed out.',
    username: 'User name',
    password: 'Password',
    show: 'Show the password',
    submit: 'Sign in',
    confirm: 'Confirm',
    busy: 'Signing in…',
    back: 'Back to the password',
    letter: 'Got a letter with an activation code?',
    activate: 'Activate the account',
    stranger: 'Only here to check a transcript? No account is needed:',
    verify: 'Verify a transcript',
    code: { totp: '6-digit code', recovery: 'Recovery code' },
    codeHint: {
      totp: 'Open the authenticator app on your phone and type the code it shows. Each code works once.',
      recovery: 'One code of your sheet of recovery codes. Each works once; cross it out afterwards.',
    },
    use: { totp: 'Use a 6-digit code', recovery: 'Use a recovery code', passkey: 'Use a passkey' },
    passkey: 'Confirm with a passkey',
    passkeyHint: 'Your device will ask for your fingerprint, face or PIN.',
    passkeyCancelled: 'The passkey did not confirm. Try again, or choose another way.',
  },
};
