/**
 * What a password must not be (security 1): short, common, or made of what everybody knows about the person. No rules
 * about kinds of characters and no forced changes (OWASP ASVS 5.0, 6.2): long and unknown is what counts.
 */

/** Characters (code points after NFC). */
const MIN_PASSWORD_LENGTH = 12;
/** With fewer kinds of characters than this it is a pattern: "111111111111", "abababababab". */
const MIN_DISTINCT = 5;
/** A part of a name shorter than this may be in a password by chance. */
const MIN_NAME_PART = 4;

/** What everybody knows of the person. */
export interface PublicFacts {
  readonly username: string;
  readonly fullName: string;
  readonly schoolName: string;
}

/** Why a password is refused, each in a sentence; empty when it is good. */
export function passwordFaults(
  password: string,
  about: PublicFacts,
  isCommon: (word: string) => boolean,
): string[] {
  const text = password.normalize('NFC');
  const faults: string[] = [];
  if ([...text].length < MIN_PASSWORD_LENGTH) {
    faults.push(`Mật khẩu phải có ít nhất ${MIN_PASSWORD_LENGTH} kí tự; một câu ngắn dễ nhớ là tốt nhất.`);
  }
  if (new Set(text.toLowerCase()).size < MIN_DISTINCT) {
    faults.push('Mật khẩu lặp lại quá ít kí tự nên rất dễ đoán.');
  }
  const plain = plainOf(text);
  if (isCommon(text.toLowerCase()) || isCommon(plain) || isCommon(coreOf(plain))) {
    faults.push('Mật khẩu này nằm trong danh sách mật khẩu phổ biến hoặc đã bị lộ. Hãy chọn mật khẩu khác.');
  }
  const core = coreOf(plain).replace(/[^a-z0-9]/g, '');
  if (core !== '' && partsOf(about).some((part) => saysOnly(core, part))) {
    faults.push('Mật khẩu không được là tên đăng nhập, họ tên hoặc tên trường.');
  }
  return faults;
}

/** Lower case without Vietnamese marks, as most people type a password. */
function plainOf(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replaceAll('đ', 'd');
}

/** Without digits and signs before and behind: "Password2026!" is "password". */
function coreOf(plain: string): string {
  return plain.replace(/^[^a-z]+|[^a-z]+$/g, '');
}

/** The public texts without spaces, and the parts of the user name. */
function partsOf({ username, fullName, schoolName }: PublicFacts): string[] {
  return [username, fullName, schoolName, ...username.split('.')]
    .map((text) => plainOf(text).replace(/[^a-z0-9]/g, ''))
    .filter((part) => part.length >= MIN_NAME_PART);
}

/** Whether the password is the part, once or repeated, with little else. */
function saysOnly(core: string, part: string): boolean {
  return core.replaceAll(part, '').length < MIN_NAME_PART && core.includes(part);
}
