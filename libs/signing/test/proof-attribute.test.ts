import { beforeAll, describe, expect, test } from '@jest/globals';
import * as asn1js from 'asn1js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { signCms } from '#signing/cms-sign.js';
import { verifyCms } from '#signing/cms-verify.js';
import { contextTag, octetString, sequence, smallInteger, tlv } from '#signing/der-write.js';
import type { SigningErrorCode } from '#signing/errors.js';
import { DOTTED, OID } from '#signing/oids.js';
import { formatProof, parseProof, readProof, withProof, type SocaiProof } from '#signing/proof-attribute.js';
import { timestampDigest, withTimestamp } from '#signing/timestamp.js';
import { demoSchool, DIGEST, type DemoSchool } from './demo-school.js';
import { expectCode } from './forge.js';
import { attribute, signerWith } from './forge-cms.js';
import { forgeTimestamp } from './forge-timestamp.js';

const bytes = (text: string): Uint8Array => utf8ToBytes(text);
const SMALL: SocaiProof = { entry: bytes('{"v":1}'), first: bytes('c2sp.org/tlog-proof@v1\n…') };
const FULL: SocaiProof = {
  ...SMALL,
  latest: bytes('a newer proof'),
  keys: [
    { entry: bytes('key one'), proof: bytes('proof one') },
    { entry: bytes('key two'), proof: bytes('proof two') },
  ],
  status: bytes('stapled'),
};

let school: DemoSchool;
let cms: Uint8Array;

beforeAll(async () => {
  school = await demoSchool();
  cms = await signCms(DIGEST, school.seal.signer);
});

describe('SocaiProof in DER', () => {
  test('has the bytes that its ASN.1 says', () => {
    const proof = { entry: Uint8Array.of(0xe0), first: Uint8Array.of(0xf0) };
    expect(bytesToHex(formatProof(proof))).toBe('30090201010401e00401f0');
    const keys = [{ entry: Uint8Array.of(0xe1), proof: Uint8Array.of(0xf1) }];
    const full = { ...proof, latest: Uint8Array.of(0xf2), keys, status: Uint8Array.of(0x55) };
    expect(bytesToHex(formatProof(full))).toBe(
      '301d' +
        '020101' +
        '0401e0' +
        '0401f0' +
        '0401f2' +
        'a00a' +
        '3008' +
        '30060401e10401f1' +
        'a103' +
        '040155',
    );
  });

  test('comes back as it went in, whole or small', () => {
    for (const proof of [
      SMALL,
      FULL,
      { ...SMALL, keys: FULL.keys ?? [] },
      { ...SMALL, status: bytes('s') },
    ]) {
      expect(parseProof(formatProof(proof))).toEqual(proof);
    }
  });

  const octets = octetString(Uint8Array.of(1));
  const twins: readonly [string, SigningErrorCode, Uint8Array][] = [
    ['version 2', 'PROOF_MALFORMED', sequence(smallInteger(2), octets, octets)],
    ['no first', 'PROOF_MALFORMED', sequence(smallInteger(1), octets)],
    ['an empty entry', 'PROOF_MALFORMED', sequence(smallInteger(1), octetString(new Uint8Array()), octets)],
    [
      'an entry of 4,097 bytes',
      'PROOF_MALFORMED',
      sequence(smallInteger(1), octetString(new Uint8Array(4097)), octets),
    ],
    ['a fourth octet string', 'PROOF_MALFORMED', sequence(smallInteger(1), octets, octets, octets, octets)],
    [
      'status before keys',
      'PROOF_MALFORMED',
      sequence(
        smallInteger(1),
        octets,
        octets,
        tlv(contextTag(1), octets),
        tlv(contextTag(0), sequence(sequence(octets, octets))),
      ),
    ],
    [
      'an empty list of keys',
      'PROOF_MALFORMED',
      sequence(smallInteger(1), octets, octets, tlv(contextTag(0), sequence())),
    ],
    [
      '17 keys',
      'PROOF_MALFORMED',
      sequence(
        smallInteger(1),
        octets,
        octets,
        tlv(contextTag(0), sequence(...Array.from({ length: 17 }, () => sequence(octets, octets)))),
      ),
    ],
    [
      'a key of three parts',
      'PROOF_MALFORMED',
      sequence(
        smallInteger(1),
        octets,
        octets,
        tlv(contextTag(0), sequence(sequence(octets, octets, octets))),
      ),
    ],
    [
      'implicit tags',
      'PROOF_MALFORMED',
      sequence(smallInteger(1), octets, octets, tlv(contextTag(0), sequence(octets, octets))),
    ],
    [
      'an unknown field',
      'PROOF_MALFORMED',
      sequence(smallInteger(1), octets, octets, tlv(contextTag(2), octets)),
    ],
    ['a length that is not the shortest', 'DER_MALFORMED', hexToBytes('3081090201010401e00401f0')],
    ['a padded version', 'DER_MALFORMED', hexToBytes('300a020200010401e00401f0')],
    ['octets after it', 'PROOF_MALFORMED', hexToBytes('30090201010401e00401f000')],
  ];

  test.each(twins)('%s is refused: %s', (_, code, der) => {
    expectCode(() => parseProof(der), code);
  });

  test('what cannot be read is not written', () => {
    const empty = new Uint8Array();
    for (const bad of [
      { entry: empty },
      { first: empty },
      { latest: empty },
      { status: empty },
      { keys: [] },
    ]) {
      expectCode(() => formatProof({ ...SMALL, ...bad }), 'PROOF_MALFORMED');
    }
  });
});

describe('the proof inside the seal', () => {
  test('goes in beside the signature, which stays valid and the same', () => {
    const stamped = withProof(cms, FULL);
    const [before, after] = [verifyCms(cms, DIGEST), verifyCms(stamped, DIGEST)];
    expect(after.signatureValue).toEqual(before.signatureValue);
    expect(after.certificate.der).toEqual(before.certificate.der);
    expect(after.unsignedAttributes.proof).toEqual(formatProof(FULL));
    expect(readProof(stamped)).toEqual(FULL);
    expect(readProof(cms)).toBeUndefined();
  });

  test('its identifier is compared as bytes: asn1js reads another text out of them', () => {
    const stamped = bytesToHex(withProof(cms, SMALL));
    expect(stamped).toContain(OID.socaiProof);
    const { result } = asn1js.fromBER(
      hexToBytes(`06${(OID.socaiProof.length / 2).toString(16).padStart(2, '0')}${OID.socaiProof}`),
    );
    expect((result as asn1js.ObjectIdentifier).getValue()).not.toBe(DOTTED.socaiProof);
  });

  test('a fresher `latest` or status replaces; another entry or `first` does not: `first` is the evidence of time', () => {
    const stamped = withProof(cms, FULL);
    const fresher = { ...FULL, latest: bytes('newer still') };
    expect(withProof(stamped, fresher)).toEqual(withProof(cms, fresher));
    expectCode(() => withProof(stamped, { ...FULL, first: bytes('later') }), 'PROOF_CONFLICT');
    expectCode(() => withProof(stamped, { ...FULL, entry: bytes('another') }), 'PROOF_CONFLICT');
  });

  test('a timestamp beside it stays', () => {
    const token = forgeTimestamp(timestampDigest(cms));
    const timed = withTimestamp(cms, token);
    const { unsignedAttributes } = verifyCms(withProof(timed, SMALL), DIGEST);
    expect(unsignedAttributes).toEqual({ proof: formatProof(SMALL), timestamp: token });
    expect(withTimestamp(withProof(cms, SMALL), token)).toEqual(withProof(timed, SMALL));
  });

  test('two proofs, a proof of two values, or of none, are refused', () => {
    const proof = formatProof(SMALL);
    const lists = [
      [attribute(DOTTED.socaiProof, proof), attribute(DOTTED.socaiProof, formatProof(FULL))],
      [attribute(DOTTED.socaiProof, proof, formatProof(FULL))],
      [attribute(DOTTED.socaiProof)],
      [attribute(DOTTED.socaiProof, proof), attribute('1.2.840.113549.1.9.16.2.48', proof)],
    ];
    for (const unsigned of lists) {
      const forged = signerWith(school.seal, { unsigned });
      expectCode(() => verifyCms(forged, DIGEST), 'CMS_UNSIGNED_ATTRIBUTE');
      expectCode(() => readProof(forged), 'CMS_UNSIGNED_ATTRIBUTE');
    }
  });

  test('a proof that does not fit the seal’s room is refused', () => {
    expectCode(() => withProof(cms, { ...SMALL, first: new Uint8Array(16_000) }), 'DER_TOO_LARGE');
  });
});
