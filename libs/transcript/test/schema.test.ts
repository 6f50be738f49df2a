import { describe, expect, test } from '@jest/globals';
import { utf8 } from '#ledger/format/bytes.js';
import { canonicalJson, type Json } from '#ledger/format/jcs.js';
import { decodeTranscript, encodeTranscript, TranscriptError } from '#transcript/canonical.js';
import { checkTranscript, documentJsonSchema } from '#transcript/schema.js';
import { normalizeText, textFault } from '#transcript/text.js';
import { changed, PRIMARY, SECONDARY } from './samples.js';

/** The violations of a copy of `transcript` after `edit`, as "path code". */
function violations(edit: (copy: any) => void, transcript = SECONDARY): string[] {
  const checked = checkTranscript(changed(transcript, edit) as unknown as Json);
  return checked.ok ? [] : checked.violations.map((violation) => `${violation.path} ${violation.code}`);
}

describe('the shape of a transcript', () => {
  test('both samples pass and survive encoding and decoding', () => {
    for (const sample of [SECONDARY, PRIMARY])
      expect(decodeTranscript(encodeTranscript(sample))).toEqual(sample);
  });

  test('an unknown key is refused wherever it stands', () => {
    expect(violations((copy) => (copy.approvedBy = 'x'))).toEqual(['/approvedBy UNKNOWN_KEY']);
    expect(violations((copy) => (copy.data.year.subjects[2].rank = 1))).toEqual([
      '/data/year/subjects/2/rank UNKNOWN_KEY',
    ]);
    expect(violations((copy) => (copy.data.year.height = '132'))).toEqual(['/data/year/height UNKNOWN_KEY']);
  });

  test('every violation is listed, not the first only', () => {
    const found = violations((copy) => {
      delete copy.data.pupil.fullName;
      copy.data.pupil.birthDate = '2014-02-30';
      copy.event = -1;
      copy.data.year.subjects[0].HK1 = 6.9;
    });
    expect(found.sort()).toEqual([
      '/data/pupil/birthDate BAD_VALUE',
      '/data/pupil/fullName MISSING_KEY',
      '/data/year/subjects/0/HK1 WRONG_TYPE',
      '/event BAD_VALUE',
    ]);
  });

  test.each(['8', '8.25', '8,5', '10.1', '-1.0', ' 8.0'])(
    'the average %p is not written as the form wants it',
    (mark) => {
      expect(violations((copy) => (copy.data.year.subjects[0].HK1 = mark))).toHaveLength(1);
    },
  );

  test('a primary test is a whole mark (TT 27/2020 Đ.7)', () => {
    expect(violations((copy) => (copy.data.year.subjects[0].test = '9.5'), PRIMARY)).toHaveLength(1);
    expect(violations((copy) => (copy.data.year.subjects[0].test = '0'), PRIMARY)).toEqual([]);
  });

  test('a name in decomposed form, or with a zero-width or direction character, is refused', () => {
    for (const name of [
      'Lê Thúy'.normalize('NFD'),
      'Lê\u200bThúy',
      'Lê \u202eThúy',
      'Lê\u00a0Thúy',
      'Lê  Thúy',
      ' Lê',
      'Lê\nThúy',
    ]) {
      expect(violations((copy) => (copy.data.pupil.fullName = name))).toEqual([
        '/data/pupil/fullName BAD_TEXT',
      ]);
    }
    expect(violations((copy) => (copy.data.pupil.fullName = "Y Čung H'Mok"))).toEqual([]);
  });

  test('half a surrogate pair is no text', () => {
    expect(() =>
      encodeTranscript(changed(SECONDARY, (copy) => (copy.data.pupil.fullName = '\ud800'))),
    ).toThrow('surrogate');
  });
});

describe('parts that must agree', () => {
  test('the route is homeroom teacher, principal, seal', () => {
    expect(violations((copy) => copy.route.reverse())).toEqual([
      '/route/0/role INCONSISTENT',
      '/route/2/role INCONSISTENT',
    ]);
  });

  test('one salt for two signers is refused', () => {
    expect(
      violations((copy) => (copy.route[1].certificateSalt = copy.route[0].certificateSalt)),
    ).toHaveLength(1);
  });

  test('the circular and the level of the school belong to the year page', () => {
    expect(violations((copy) => (copy.ruleSet.id = 'tt27-2020'))).toEqual(['/ruleSet/id INCONSISTENT']);
    expect(violations((copy) => (copy.data.school.level = 'primary'))).toEqual([
      '/data/school/level INCONSISTENT',
    ]);
  });

  test('a mark in a comment subject, or Đạt in a scored one, is refused (TT 22/2021 Đ.5)', () => {
    expect(violations((copy) => (copy.data.year.subjects[8].HK1 = '8.0'))).toHaveLength(1);
    expect(violations((copy) => (copy.data.year.subjects[0].HK2 = 'D'))).toHaveLength(1);
  });

  test('the count of corrections agrees with the subjects named', () => {
    expect(
      violations((copy) => (copy.data.year.corrections = { count: 1, subjects: ['TOAN', 'KHTN'] })),
    ).toHaveLength(1);
    expect(
      violations((copy) => (copy.data.year.corrections = { count: 1, subjects: ['VAT_LI'] })),
    ).toHaveLength(1);
    expect(
      violations((copy) => (copy.data.year.corrections = { count: 1, subjects: ['REN_LUYEN'] })),
    ).toEqual([]);
  });

  test('a subject stands once, and the history names this year', () => {
    expect(violations((copy) => (copy.data.year.subjects[1] = copy.data.year.subjects[0]))).not.toEqual([]);
    expect(
      violations(
        (copy) =>
          (copy.data.history = copy.data.history.map((row: any) => ({ ...row, schoolYear: '2024-2025' }))),
      ),
    ).toEqual(['/data/history INCONSISTENT']);
    expect(violations((copy) => (copy.data.history[0].schoolYear = '2024-2026'))).toHaveLength(1);
  });
});

describe('the bytes of a transcript', () => {
  test('spaces, another key order or a repeated key are not its bytes', () => {
    const json = canonicalJson(SECONDARY as unknown as Json);
    expect(() => decodeTranscript(utf8(json.replace('{', '{ ')))).toThrow('canonical');
    expect(() => decodeTranscript(utf8(json.replace('"demo":true,', '"demo":true,"demo":true,')))).toThrow(
      'canonical',
    );
    expect(() => decodeTranscript(utf8(`${json}\n`))).toThrow('canonical');
  });

  test('encoding refuses what decoding would refuse', () => {
    expect(() => encodeTranscript(changed(SECONDARY, (copy) => (copy.data.pupil.fullName = '')))).toThrow(
      TranscriptError,
    );
  });

  test('no mutation of one value makes the check throw instead of report', () => {
    const walk = (value: any, visit: (holder: any, key: string) => void): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const key of Object.keys(value)) {
        visit(value, key);
        walk(value[key], visit);
      }
    };
    for (const wrong of [null, 5, '', [], {}, true, { code: {} }]) {
      const copy = structuredClone(PRIMARY) as any;
      walk(copy, (holder, key) => {
        const kept = holder[key];
        holder[key] = wrong;
        expect(() => checkTranscript(copy)).not.toThrow();
        holder[key] = kept;
      });
    }
  });

  test('a JSON Schema is published with it, closed at every object', () => {
    const schema = JSON.stringify(documentJsonSchema('hoc-ba'));
    expect(schema).toContain('"additionalProperties":false');
    expect(schema).toContain('homeroomRemark');
  });
});

test('imported text is brought into the one form that a document takes', () => {
  expect(normalizeText('  Lê\u00a0 Thúy\r\n Hòa ')).toBe('Lê Thúy Hòa');
  expect(textFault(normalizeText('Lê Thúy'.normalize('NFD')))).toBeUndefined();
  expect(textFault(normalizeText('Lê\u200bThúy'))).toBeDefined();
});
