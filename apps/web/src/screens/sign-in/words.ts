import type { Dictionary } from '../../i18n/language.js';

type SignInWords = Readonly<
  Record<
    | 'title'
    | 'what'
    | 'expired'
    | 'left'
    | 'username'
    | 'password'
    | 'show'
    | 'submit'
    | 'busy'
    | 'stranger'
    | 'verify',
    string
  >
>;

export const SIGN_IN_WORDS: Dictionary<SignInWords> = {
  vi: {
    title: 'Đăng nhập',
    what: 'Sổ điểm điện tử và học bạ số kiểm chứng được',
    expired:
      'Phiên làm việc đã hết hạn. Hãy đăng nhập lại để tiếp tục ở trang đang xem; những gì đã lưu vẫn còn.',
    left: 'Bạn đã đăng xuất.',
    username: 'Tên đăng nhập',
    password: 'Mật khẩu',
    show: 'Hiện mật khẩu',
    submit: 'Đăng nhập',
    busy: 'Đang đăng nhập…',
    stranger: 'Chỉ cần kiểm tra một học bạ? Không cần tài khoản:',
    verify: 'Kiểm chứng học bạ',
  },
  en: {
    title: 'Sign in',
    what: 'Electronic gradebook and transcripts that anyone can verify',
    expired: 'The session is over. Sign in again to go on where you were; what was saved is still there.',
    left: 'You have signed out.',
    username: 'User name',
    password: 'Password',
    show: 'Show the password',
    submit: 'Sign in',
    busy: 'Signing in…',
    stranger: 'Only here to check a transcript? No account is needed:',
    verify: 'Verify a transcript',
  },
};
