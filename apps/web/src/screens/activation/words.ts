import type { Dictionary } from '../../i18n/language.js';

type ActivationWords = Readonly<
  Record<
    | 'title'
    | 'doneTitle'
    | 'intro'
    | 'username'
    | 'code'
    | 'next'
    | 'busy'
    | 'password'
    | 'passwordHint'
    | 'again'
    | 'different'
    | 'differentHint'
    | 'kept'
    | 'app'
    | 'install'
    | 'type'
    | 'openApp'
    | 'prove'
    | 'totpCode'
    | 'finish'
    | 'done'
    | 'recovery'
    | 'print'
    | 'toSignIn'
    | 'signIn',
    string
  >
>;

export const ACTIVATION_WORDS: Dictionary<ActivationWords> = {
  vi: {
    title: 'Kích hoạt tài khoản',
    doneTitle: 'Tài khoản đã sẵn sàng',
    intro: 'Nhập tên đăng nhập và mã kích hoạt in trên thư của nhà trường. Mã chỉ dùng được một lần.',
    username: 'Tên đăng nhập',
    code: 'Mã kích hoạt',
    next: 'Tiếp tục',
    busy: 'Đang kiểm tra…',
    password: 'Mật khẩu mới',
    passwordHint:
      'Ít nhất 12 kí tự. Một câu ngắn dễ nhớ là tốt nhất; không dùng tên mình, tên trường hay mật khẩu phổ biến.',
    again: 'Nhập lại mật khẩu mới',
    different: 'Hai mật khẩu không giống nhau',
    differentHint: 'Hãy nhập lại cùng một mật khẩu vào cả hai ô.',
    kept: 'Xác thực lần hai của bạn giữ nguyên như trước.',
    app: 'Xác thực lần hai',
    install: 'Cài một ứng dụng xác thực (authenticator) trên điện thoại của bạn.',
    type: 'Thêm tài khoản bằng khóa này:',
    openApp: 'Mở trong ứng dụng trên máy này',
    prove: 'Nhập mã 6 chữ số mà ứng dụng đang hiện.',
    totpCode: 'Mã 6 chữ số',
    finish: 'Kích hoạt',
    done: 'Mật khẩu đã được đặt. Từ nay chỉ mình bạn biết mật khẩu này.',
    recovery:
      'Đây là mười mã khôi phục, dùng khi mất điện thoại, mỗi mã một lần. Chúng chỉ hiện lúc này: hãy in hoặc chép ra giấy và cất ở nơi an toàn.',
    print: 'In các mã',
    toSignIn: 'Đến trang đăng nhập',
    signIn: 'Đăng nhập',
  },
  en: {
    title: 'Activate the account',
    doneTitle: 'The account is ready',
    intro: "Type the user name and the activation code of the school's letter. The code works once.",
    username: 'User name',
    code: 'Activation code',
    next: 'Go on',
    busy: 'Checking…',
    password: 'New password',
    passwordHint:
      'At least 12 characters. A short sentence is best; not your name, the school or a common password.',
    again: 'The new password again',
    different: 'The two passwords differ',
    differentHint: 'Type the same password into both fields.',
    kept: 'Your second factor stays as it was.',
    app: 'Second factor',
    install: 'Install an authenticator app on your phone.',
    type: 'Add an account with this key:',
    openApp: 'Open in an app on this device',
    prove: 'Type the 6 digits that the app shows.',
    totpCode: '6-digit code',
    finish: 'Activate',
    done: 'The password is set. From now on you alone know it.',
    recovery:
      'These are ten recovery codes for the day the phone is lost, each for one use. They are shown only now: print them or write them down, and keep them safe.',
    print: 'Print the codes',
    toSignIn: 'To the sign-in page',
    signIn: 'Sign in',
  },
};
