/** The small forms beneath: each reads what it writes, and nothing else. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { utf8 } from '#ledger/format/bytes.js';
import { sha256 } from '#ledger/format/crypto.js';
import { fromBase45, toBase45 } from '#disclosure/base45.js';
import { fromBase64Url, toBase64Url } from '#disclosure/base64url.js';
import { choosePaths } from '#disclosure/choose-fields.js';
import { didKey, fromMultibase, publicKeyOfDid, toMultibase } from '#disclosure/did-key.js';
import { proveFields, rootOfProof } from '#disclosure/field-tree.js';
import { parsePresentation } from '#disclosure/presentation.js';
import { checkSdJwt } from '#disclosure/sd-jwt-check.js';
import { parseSlip } from '#disclosure/slip.js';
import { commitFields, fieldRoot } from '#transcript/fields.js';
import { fromHex } from '#ledger/format/bytes.js';
import { PRIMARY, SECONDARY } from '../../transcript/test/samples.js';
import { fieldSetOf } from './issuer.js';

const bytes = fc.uint8Array({ maxLength: 64 });

describe('texts for bytes', () => {
  test('base45 is that of RFC 9285, and is read back', () => {
    expect(toBase45(utf8('AB'))).toBe('BB8');
    expect(toBase45(utf8('Hello!!'))).toBe('%69 VD92EX0');
    expect(new TextDecoder().decode(fromBase45('QED8WEX0'))).toBe('ietf!');
    fc.assert(fc.property(bytes, (each) => expect(fromBase45(toBase45(each))).toEqual(each)));
    for (const wrong of ['GGW', 'A', ':::', 'ab', 'AAA%', '::']) expect(() => fromBase45(wrong)).toThrow();
  });

  test('base58 and base64url are read back, in their one form', () => {
    fc.assert(fc.property(bytes, (each) => expect(fromMultibase(toMultibase(each))).toEqual(each)));
    fc.assert(fc.property(bytes, (each) => expect(fromBase64Url(toBase64Url(each))).toEqual(each)));
    expect(toMultibase(utf8('Hello World!'))).toBe('z2NEpo7TZRRrLZSi2U');
    for (const wrong of ['QUJ', 'QQ==', 'Q', 'Q+Q_', 'QR']) expect(() => fromBase64Url(wrong)).toThrow();
    for (const wrong of ['', 'm123', 'z0', `z${'2'.repeat(200)}`])
      expect(() => fromMultibase(wrong)).toThrow();
  });

  test('a did:key names one Ed25519 key, or is refused', () => {
    const key = sha256(utf8('key'));
    expect(publicKeyOfDid(didKey(key))).toEqual(key);
    for (const wrong of [
      didKey(key).slice(0, -1),
      'did:web:example.vn',
      didKey(key).replace('key:z', 'key:z1'),
    ]) {
      expect(() => publicKeyOfDid(wrong)).toThrow();
    }
  });
});

describe('the proof of chosen fields', () => {
  test.each([SECONDARY, PRIMARY])(
    'leads to fieldRoot for any choice, with no hash that need not be there',
    (document) => {
      const set = fieldSetOf(document);
      const commitments = commitFields(document, fromHex(document.salt)).map(({ commitment }) => commitment);
      const root = fieldRoot(commitments, set.padding);
      const paths = set.fields.map(({ path }) => path);
      fc.assert(
        fc.property(fc.uniqueArray(fc.constantFrom(...paths), { minLength: 1, maxLength: 12 }), (chosen) => {
          const proof = proveFields(set, chosen);
          expect(rootOfProof(proof)).toEqual(root);
          expect(proof.hashes.length).toBeLessThanOrEqual(8 * chosen.length);
        }),
        { numRuns: 10 },
      );
      expect(proveFields(set, paths.slice(0, 1)).hashes).toHaveLength(8);
      expect(() => proveFields(set, ['pupil/shoeSize'])).toThrow(RangeError);
    },
  );

  test('a choice holds who it is about, the results asked for, and no remark', () => {
    const { fields } = fieldSetOf(SECONDARY);
    const paths = choosePaths(fields, { subjects: ['TOAN'], completion: false, all: false });
    expect(paths).toContain('pupil/fullName');
    expect(paths).toContain('year/subjects/TOAN/year');
    expect(paths.some((path) => path.endsWith('/remark') || path.startsWith('statement/'))).toBe(false);
    expect(choosePaths(fields, { subjects: [], completion: false, all: true })).toHaveLength(fields.length);
    expect(() => choosePaths(fields, { subjects: ['HOA'], completion: true, all: false })).toThrow('HOA');
  });
});

test('whatever bytes come, the readers answer with their own error and nothing else', async () => {
  const refused = expect.objectContaining({
    code: expect.stringMatching(/^(PRESENTATION_MALFORMED|CREDENTIAL_)/),
  });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (tail) => {
      expect(() => parseSlip(new Uint8Array([0x53, 0x43, 1, ...tail]))).toThrow(refused);
      expect(() => parsePresentation(new Uint8Array([0x7b, ...tail]))).toThrow(refused);
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 200 }), async (text) => {
      await expect(checkSdJwt(`eyJ${text}~`)).rejects.toEqual(refused);
    }),
  );
});
