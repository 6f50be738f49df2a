import type { Dictionary } from '../../i18n/language.js';

interface PasskeyWords {
  readonly title: string;
  readonly what: string;
  readonly cannot: string;
  readonly none: string;
  readonly added: (time: string) => string;
  readonly used: (time: string) => string;
  readonly neverUsed: string;
  readonly revokedAt: (time: string) => string;
  readonly name: string;
  readonly nameHint: string;
  readonly add: string;
  readonly making: string;
  readonly cancelled: string;
  readonly already: string;
  readonly confirmAdd: string;
  readonly confirmAddWhat: (name: string) => string;
  readonly rename: string;
  readonly save: string;
  readonly cancel: string;
  readonly revoke: string;
  readonly confirmRevoke: string;
  readonly confirmRevokeWhat: (name: string) => string;
  readonly withdrawn: (count: number) => string;
}

export const PASSKEY_WORDS: Dictionary<PasskeyWords> = {
  vi: {
    title: 'Khóa truy cập của tôi',
    what: 'Khóa truy cập (passkey) nằm trong điện thoại, máy tính hoặc khóa bảo mật của bạn. Khi duyệt, khóa sổ, kí, đóng dấu, nó kí đúng nội dung bạn đang xác nhận; không ai ở máy chủ kí thay được. Nên có hai khóa, phòng khi mất một.',
    cannot:
      'Trình duyệt này không dùng được khóa truy cập ở địa chỉ hiện tại. Hãy mở trang bằng HTTPS với tên miền của trường.',
    none: 'Bạn chưa có khóa truy cập nào',
    added: (time) => `Thêm lúc ${time}`,
    used: (time) => `dùng lần cuối ${time}`,
    neverUsed: 'chưa dùng lần nào',
    revokedAt: (time) => `Đã thu hồi lúc ${time}`,
    name: 'Tên khóa mới',
    nameHint: 'Để sau này nhận ra, ví dụ «Điện thoại của tôi».',
    add: 'Thêm khóa truy cập',
    making: 'Đang chờ thiết bị…',
    cancelled: 'Thiết bị chưa tạo khóa. Hãy thử lại.',
    already: 'Thiết bị này đã có khóa truy cập của bạn.',
    confirmAdd: 'Xác nhận thêm khóa truy cập',
    confirmAddWhat: (name) => `Từ bây giờ, ai cầm khóa mới «${name}» và mở được nó là xác nhận thay bạn.`,
    rename: 'Đổi tên',
    save: 'Lưu',
    cancel: 'Thôi',
    revoke: 'Thu hồi',
    confirmRevoke: 'Xác nhận thu hồi khóa truy cập',
    confirmRevokeWhat: (name) => `Khóa «${name}» sẽ không dùng được nữa, mãi mãi.`,
    withdrawn: (count) => `Khóa đã thu hồi (${count})`,
  },
  en: {
    title: 'My passkeys',
    what: 'A passkey lives in your phone, computer or security key. When you approve, lock, sign or seal, it signs exactly what you confirm; nobody at the server can sign for you. Have two, in case one is lost.',
    cannot:
      "This browser cannot use passkeys at this address. Open the page over HTTPS with the school's name.",
    none: 'You have no passkey yet',
    added: (time) => `Added ${time}`,
    used: (time) => `last used ${time}`,
    neverUsed: 'never used',
    revokedAt: (time) => `Withdrawn ${time}`,
    name: 'Name of the new passkey',
    nameHint: 'So that you recognise it later, for example “My phone”.',
    add: 'Add a passkey',
    making: 'Waiting for the device…',
    cancelled: 'The device made no passkey. Try again.',
    already: 'This device holds a passkey of yours already.',
    confirmAdd: 'Confirm the new passkey',
    confirmAddWhat: (name) =>
      `From now on, whoever holds the new passkey “${name}” and can unlock it confirms as you.`,
    rename: 'Rename',
    save: 'Save',
    cancel: 'Cancel',
    revoke: 'Withdraw',
    confirmRevoke: 'Confirm the withdrawal',
    confirmRevokeWhat: (name) => `The passkey “${name}” can never be used again.`,
    withdrawn: (count) => `Withdrawn passkeys (${count})`,
  },
};
