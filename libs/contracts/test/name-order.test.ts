import { describe, expect, test } from '@jest/globals';
import { compareNames, sortByName, splitName } from '#contracts/name-order.js';

describe('the order of a class list', () => {
  test('goes by the given name, then the family name, then the middle names', () => {
    const sorted = sortByName(
      ['Nguyễn Văn Bình', 'Trần Thị An', 'Lê Minh An', 'Lê Gia An', 'Phạm Chi'],
      (name) => name,
    );
    expect(sorted).toEqual(['Lê Gia An', 'Lê Minh An', 'Trần Thị An', 'Nguyễn Văn Bình', 'Phạm Chi']);
  });

  test('follows the Vietnamese alphabet: a ă â, d before đ, e ê, o ô ơ, u ư', () => {
    const sorted = sortByName(['Đạt', 'Dung', 'Ân', 'Ăn', 'An', 'Ơn', 'Ôn', 'On', 'Ê', 'E'], (name) => name);
    expect(sorted).toEqual(['An', 'Ăn', 'Ân', 'Dung', 'Đạt', 'E', 'Ê', 'On', 'Ôn', 'Ơn']);
  });

  test('looks at tones only when the letters are equal', () => {
    expect(sortByName(['Lê Hạ', 'Lê Há', 'Lê Hà', 'Lê Ha', 'Lê Hai'], (n) => n)).toEqual([
      'Lê Ha',
      'Lê Hà',
      'Lê Há',
      'Lê Hạ',
      'Lê Hai',
    ]);
  });

  test('lets an earlier word decide before a later one', () => {
    expect(compareNames('Nguyên Văn An', 'Nguyễn Thị An')).toBeLessThan(0);
  });

  test('keeps one-word, six-word and apostrophe names whole', () => {
    expect(splitName('Ó')).toEqual({ given: 'Ó', before: [] });
    expect(splitName('Nguyễn Hoàng Phương Uyên Thảo Nguyên').given).toBe('Nguyên');
    expect(splitName("  H'Blim   Niê ")).toEqual({ given: 'Niê', before: ["H'Blim"] });
    expect(compareNames('An', 'Lê An')).toBeLessThan(0);
  });

  test('treats the composed and the decomposed spelling as one name', () => {
    expect(compareNames('Trần Thị Thúy', 'Trần Thị Thúy'.normalize('NFD'))).toBe(0);
  });

  test('tells two pupils of one name apart by the given key', () => {
    const twins = [
      { name: 'Nguyễn Minh Anh', code: '2' },
      { name: 'Nguyễn Minh Anh', code: '1' },
    ];
    expect(
      sortByName(
        twins,
        (p) => p.name,
        (p) => p.code,
      ).map((p) => p.code),
    ).toEqual(['1', '2']);
  });
});
