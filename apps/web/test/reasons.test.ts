import { describe, expect, test } from '@jest/globals';
import { codesOf, reasonSentence } from '../src/verifier/reasons.js';

describe('why a verdict is what it is', () => {
  test('is read from the codes at the head of the reasons, each once; notes have none', () => {
    const reasons = [
      'BASE_ALTERED: the pages differ',
      'SUPERSEDED: a newer version replaced it in entry 4 of the ledger',
      'SUPERSEDED: a newer version replaced it in entry 7 of the ledger',
      'whether a later version replaced it was not looked up',
    ];
    expect(codesOf(reasons)).toEqual(['BASE_ALTERED', 'SUPERSEDED']);
  });

  test('is said in words for named codes and for whole families', () => {
    expect(reasonSentence('BASE_ALTERED', 'vi')).toContain('nội dung đã bị sửa');
    expect(reasonSentence('CMS_DIGEST_MISMATCH', 'vi')).toContain('Chữ kí số không đúng');
    expect(reasonSentence('SIGNATURES_MISSING', 'vi')).toContain('chưa đủ chữ kí');
    expect(reasonSentence('CERT_EXPIRED', 'en')).toContain('certificate');
  });

  test('a code that is new to this page still gets a sentence', () => {
    expect(reasonSentence('CMS_SOMETHING_NEW' as 'CMS_MALFORMED', 'vi')).toContain('Chữ kí số');
  });
});
