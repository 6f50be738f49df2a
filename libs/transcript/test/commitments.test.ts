import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { concat, fromHex, toBase64, toHex, u32be, utf8 } from '#ledger/format/bytes.js';
import { documentHash, encodeTranscript } from '#transcript/canonical.js';
import {
  certificateCommitment,
  commit,
  credentialCommitment,
  credentialKey,
  documentCommitment,
  documentEventLeaf,
  EVENT_KINDS,
  eventKind,
  eventTag,
  keyAddedLeaf,
  nextLineage,
} from '#transcript/commitments.js';
import { commitFields, fieldRoot, paddedSize, transcriptFields } from '#transcript/fields.js';
import {
  compactVerificationCode,
  formatVerificationCode,
  parseVerificationCode,
  VerificationCodeError,
} from '#transcript/verification-code.js';
import { changed, PRIMARY, SECONDARY } from './samples.js';

const key = new Uint8Array(32).fill(7);
const digest = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);

/** C as the specification spells it, made with another HMAC. */
function expected(tag: string, k: Uint8Array, x: Uint8Array): string {
  return createHmac('sha256', k).update(`socai.v1/${tag}\0`).update(x).digest('hex');
}

describe('commitments', () => {
  test('are HMAC-SHA256 over "socai.v1/", the tag, a zero byte and the input', () => {
    expect(toHex(commit('doc', key, digest(1)))).toBe(expected('doc', key, digest(1)));
    expect(toHex(nextLineage(key))).toBe(expected('next', key, new Uint8Array(0)));
    expect(toHex(eventTag(key, 258))).toBe(expected('event', key, u32be(258)));
    expect(toHex(eventKind(key, 1, 'revoke'))).toBe(expected('kind', key, concat(u32be(1), utf8('revoke'))));
    expect(toHex(credentialKey(key))).toBe(expected('credkey', key, new Uint8Array(0)));
  });

  test('of a document and a credential bind each digest at its place', () => {
    const parts = {
      sealedBytes: digest(1),
      sealSignature: digest(2),
      sealCertificate: digest(3),
      document: digest(4),
    };
    expect(toHex(documentCommitment(key, parts))).toBe(
      expected('doc', key, concat(digest(1), digest(2), digest(3), digest(4))),
    );
    expect(
      documentCommitment(key, { ...parts, sealedBytes: digest(2), sealSignature: digest(1) }),
    ).not.toEqual(documentCommitment(key, parts));
    expect(
      toHex(credentialCommitment(key, { sdJwt: digest(1), credential: digest(2), fieldRoot: digest(3) })),
    ).toBe(expected('cred', key, concat(digest(1), digest(2), digest(3))));
    expect(() => documentCommitment(key, { ...parts, document: new Uint8Array(31) })).toThrow(RangeError);
  });

  test('need a key of 32 bytes', () => {
    expect(() => commit('doc', new Uint8Array(16), digest(1))).toThrow(RangeError);
  });

  test('row 32: of kinds are all different, and of two events too', () => {
    const all = EVENT_KINDS.flatMap((kind) => [eventKind(key, 0, kind), eventKind(key, 1, kind)]).map(toHex);
    expect(new Set(all).size).toBe(2 * EVENT_KINDS.length);
  });

  test('fill the leaves that the outbox takes', () => {
    const leaf = documentEventLeaf({
      lineage: key,
      event: 0,
      kind: 'issue',
      doc: digest(1),
      cred: digest(2),
    });
    expect(leaf).toEqual({
      type: 'document.event',
      body: {
        tag: toBase64(eventTag(key, 0)),
        kind: toBase64(eventKind(key, 0, 'issue')),
        doc: toBase64(digest(1)),
        cred: toBase64(digest(2)),
      },
    });
    expect(keyAddedLeaf('01'.repeat(32), utf8('der'))).toEqual({
      type: 'key.added',
      body: { cert: toBase64(certificateCommitment(fromHex('01'.repeat(32)), utf8('der'))) },
    });
  });
});

describe('fields', () => {
  test('are every value of the data and the statements, ordered by the bytes of their paths', () => {
    const fields = transcriptFields(SECONDARY);
    const value = (path: string): unknown => fields.find((field) => field.path === path)?.value;
    expect(value('year/subjects/TOAN/year')).toBe('8.7');
    expect(value('pupil/fullName')).toBe('Nguyễn Hoàng Phương Uyên Thảo Nguyên');
    expect(value('history/1/className')).toBe('6A1');
    expect(value('statement/completed-grade/6')).toBe(true);
    const paths = fields.map((field) => Buffer.from(field.path));
    expect(paths).toEqual([...paths].sort((a, b) => Buffer.compare(a, b)));
    expect(new Set(fields.map((field) => field.path)).size).toBe(fields.length);
  });

  test('say that a level was completed only when it was', () => {
    const grade5 = (decision: string): unknown =>
      transcriptFields(
        changed(PRIMARY, (copy: any) => {
          copy.data.year.grade = 5;
          copy.data.year.completion.decision = decision;
        }),
      ).find((field) => field.path === 'statement/completed-level/primary')?.value;
    expect(grade5('HOAN_THANH_TIEU_HOC')).toBe(true);
    expect(grade5('DANH_GIA_BO_SUNG')).toBe(false);
  });

  test('are committed with a salt each, and the root changes with any of them and with the padding', () => {
    const salt = fromHex(SECONDARY.salt);
    const fields = commitFields(SECONDARY, salt);
    const commitments = fields.map((field) => field.commitment);
    const padding = Array.from({ length: paddedSize(fields.length) - fields.length }, (_, i) =>
      digest(i % 256),
    );
    const root = toHex(fieldRoot(commitments, padding));
    expect(new Set(fields.map((field) => toHex(field.salt))).size).toBe(fields.length);
    expect(toHex(fieldRoot([...commitments].reverse(), padding))).not.toBe(root);
    expect(toHex(fieldRoot(commitments, [...padding.slice(1), digest(99)]))).not.toBe(root);
    expect(() => fieldRoot(commitments, padding.slice(1))).toThrow(RangeError);
  });

  test('row 33: a mark is not found by trying all of 0.0 to 10.0, as it would be without a salt of its own', () => {
    const marks = Array.from({ length: 101 }, (_, i) => (i / 10).toFixed(1));
    const path = 'year/subjects/TOAN/year';
    const guessed = (known: Uint8Array, salt: Uint8Array): string[] =>
      marks.filter(
        (mark) => toHex(commit('field', salt, utf8(JSON.stringify([path, mark])))) === toHex(known),
      );
    const fields = commitFields(SECONDARY, fromHex(SECONDARY.salt));
    const field = fields.find((one) => one.path === path);
    const other = fields.find((one) => one.path !== path);
    if (field === undefined || other === undefined) throw new Error('the sample has no such field');
    expect(field.salt).toHaveLength(32);
    // Neither with no salt, nor with that of another field, which its owner may have shown to somebody.
    expect(guessed(field.commitment, new Uint8Array(32))).toEqual([]);
    expect(guessed(field.commitment, other.salt)).toEqual([]);
    // Who was given this field's salt reads it: the trying itself is right.
    expect(guessed(field.commitment, field.salt)).toEqual(['8.7']);
  });

  test('hide their number in trees of 64, 128, 256 or 512 leaves', () => {
    expect([1, 64, 65, 200, 300].map(paddedSize)).toEqual([64, 64, 128, 256, 512]);
    expect(() => paddedSize(513)).toThrow(RangeError);
  });
});

describe('the verification code', () => {
  const hash = documentHash(encodeTranscript(SECONDARY));

  test('is printed in 13 groups of four and read back however it is typed', () => {
    const printed = formatVerificationCode(hash);
    expect(printed).toMatch(/^(?:[A-Z2-7]{4} ){12}[A-Z2-7]{4}$/);
    for (const typed of [
      printed,
      printed.toLowerCase(),
      printed.replaceAll(' ', '-'),
      compactVerificationCode(hash),
      toHex(hash),
      toHex(hash).toUpperCase().replace(/.{8}/g, '$& '),
    ]) {
      expect(parseVerificationCode(typed)).toEqual(hash);
    }
  });

  test('with a missing, foreign or impossible character is refused', () => {
    const printed = compactVerificationCode(hash);
    for (const typed of [
      '',
      printed.slice(1),
      `${printed}A`,
      `${printed.slice(0, 51)}1`,
      `${printed.slice(0, 51)}7`,
      'z'.repeat(64),
    ]) {
      expect(() => parseVerificationCode(typed)).toThrow(VerificationCodeError);
    }
  });
});
