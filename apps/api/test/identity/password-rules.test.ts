import { describe, expect, test } from '@jest/globals';
import { commonPasswords } from '#api/identity/common-passwords.js';
import { passwordFaults } from '#api/identity/password-rules.js';

const LAN = {
  username: 'gv.lan.thcs-song-may',
  fullName: 'Nguyễn Thị Lan',
  schoolName: 'Trường THCS Sông Mây',
};

async function faults(password: string): Promise<string> {
  return passwordFaults(password, LAN, await commonPasswords()).join(' ');
}

describe('a password', () => {
  test.each([
    'bốn con trâu qua sông',
    'mua gao o cho dau thang',
    'Xk9$wq2!Zt7#',
    'Lan thích trồng hoa cúc trắng',
    'sông mây chiều nay nước lên cao',
  ])('%s is taken: long and not known', async (password) => {
    expect(await faults(password)).toBe('');
  });

  test('of eleven characters is too short, of twelve is not: an accent is no character of its own', async () => {
    expect(await faults('ớờởỡợ123xyz')).toContain('12 kí tự');
    expect(await faults('ớờởỡợ123xyzt'.normalize('NFD'))).toBe('');
    expect(await faults('ớờởỡợ123xyz'.normalize('NFD'))).toContain('12 kí tự');
  });

  test.each([
    '123456789987654321',
    'QWERTY123456',
    'password2026!',
    'Iloveyou2026',
    '!!!dragon2026!!!',
    '1q2w3e4r5t6y',
  ])('%s is on the list, or is a word of it with digits and signs around', async (password) => {
    expect(await faults(password)).toContain('phổ biến');
  });

  test.each(['111111111111', 'abababababab', 'aaaa bbbb cccc'])('%s repeats itself', async (password) => {
    expect(await faults(password)).toContain('lặp lại');
  });

  test.each([
    'nguyenthilan1',
    'Nguyễn Thị Lan',
    'nguyenthilan2026',
    'thcs-song-may-1',
    'TruongTHCSSongMay',
    'gv.lan.thcs-song-may',
  ])('%s is the name of the person or the school', async (password) => {
    expect(await faults(password)).toContain('họ tên hoặc tên trường');
  });
});
