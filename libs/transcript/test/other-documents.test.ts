import { describe, expect, test } from '@jest/globals';
import type { Json } from '#ledger/format/jcs.js';
import { decodeDocument, decodeTranscript, encodeDocument, TranscriptError } from '#transcript/canonical.js';
import { paddedSize, transcriptFields } from '#transcript/fields.js';
import { checkDocument, documentJsonSchema } from '#transcript/schema.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import { PRIMARY_SLIP, registerOf, SLIP, summaryOf, TERM_SLIP } from './other-samples.js';
import { changed } from './samples.js';

const SAMPLES: readonly SchoolDocument[] = [
  SLIP,
  TERM_SLIP,
  PRIMARY_SLIP,
  ...([1, 3, 5] as const).flatMap((grade) =>
    (['GHK1', 'CHK1', 'GHK2', 'CN'] as const).map((period) => summaryOf(grade, period)),
  ),
  registerOf(),
];

function violations(document: SchoolDocument, edit: (copy: any) => void): string[] {
  const checked = checkDocument(changed(document, edit) as unknown as Json);
  return checked.ok ? [] : checked.violations.map(({ path, code }) => `${path} ${code}`);
}

describe('slips, class summaries and registers', () => {
  test('are documents with one canonical form, each of its own kind', () => {
    for (const sample of SAMPLES) {
      const bytes = encodeDocument(sample);
      expect(decodeDocument(bytes)).toEqual(sample);
      expect(() => decodeTranscript(bytes)).toThrow(TranscriptError);
    }
  });

  test('are signed by the route of their kind, and by no other', () => {
    expect(violations(SLIP, (copy) => (copy.route[1].role = 'principal'))).toEqual([
      '/route/1/role INCONSISTENT',
    ]);
    expect(violations(registerOf(2), (copy) => (copy.route[1].role = 'vice-principal'))).toEqual([
      '/route/1/role INCONSISTENT',
    ]);
  });

  test('are refused under another name, another circular or another level', () => {
    expect(violations(SLIP, (copy) => (copy.type = 'hoc-ba'))).toContain('/data/slip UNKNOWN_KEY');
    expect(violations(SLIP, (copy) => (copy.type = 'thong-ke'))).toEqual(['/type BAD_VALUE']);
    expect(violations(SLIP, (copy) => (copy.ruleSet.id = 'tt27-2020'))).toEqual(['/ruleSet/id INCONSISTENT']);
    expect(violations(SLIP, (copy) => (copy.data.school.level = 'upper-secondary'))).toEqual([
      '/data/school/level INCONSISTENT',
    ]);
    expect(violations(SLIP, (copy) => (copy.data.slip.schoolYear = '2025-2027'))).toEqual([
      '/data INCONSISTENT',
    ]);
  });

  test('a slip has the year’s results at the end of the year, and only then', () => {
    expect(violations(SLIP, (copy) => delete copy.data.slip.yearResult)).toEqual([
      '/data/slip/yearResult INCONSISTENT',
    ]);
    expect(violations(SLIP, (copy) => (copy.data.slip.period = 'HK1'))).toEqual([
      '/data/slip/yearResult INCONSISTENT',
    ]);
  });

  test('a slip’s values are of its subject’s kind', () => {
    expect(violations(SLIP, (copy) => (copy.data.slip.subjects[0].regular[1] = 'D'))).toEqual([
      '/data/slip/subjects/0 INCONSISTENT',
    ]);
    expect(violations(SLIP, (copy) => (copy.data.slip.subjects[0].midterm = '10.5'))).toEqual([
      '/data/slip/subjects/0/midterm BAD_VALUE',
    ]);
    expect(violations(SLIP, (copy) => (copy.data.slip.corrections.subjects = ['VAT_LI']))).toContain(
      '/data/slip/corrections/subjects INCONSISTENT',
    );
  });

  test('a summary has one value for each column of its form, and tests where the form has them', () => {
    const sample = summaryOf(4, 'CHK1', 3);
    expect(violations(sample, (copy) => copy.data.pupils[1].traits.pop())).toEqual([
      '/data/pupils/1 INCONSISTENT',
    ]);
    const plain = sample.data.subjects.findIndex(({ test: has }) => !has);
    expect(violations(sample, (copy) => (copy.data.pupils[0].subjects[plain].test = '9'))).toEqual([
      `/data/pupils/0/subjects/${String(plain)} INCONSISTENT`,
    ]);
    expect(violations(sample, (copy) => (copy.data.period = 'CN'))).toHaveLength(3);
    expect(violations(sample, (copy) => (copy.data.pupils[1].code = copy.data.pupils[0].code))).toEqual([
      '/data/pupils INCONSISTENT',
    ]);
  });

  test('a register has every pupil of the class on every page, in the order of the class', () => {
    const sample = registerOf(4);
    expect(violations(sample, (copy) => copy.data.sheets[0].rows.pop())).toEqual([
      '/data/sheets/0/rows INCONSISTENT',
    ]);
    expect(violations(sample, (copy) => copy.data.summaries[2].rows.reverse())).toEqual([
      '/data/summaries/2/rows INCONSISTENT',
    ]);
    expect(violations(sample, (copy) => copy.data.sheets.push(copy.data.sheets[0]))).toEqual([
      '/data/sheets INCONSISTENT',
    ]);
    expect(
      violations(sample, (copy) => {
        copy.data.sheets[0].rows[0].corrected = [
          { column: 'GK', was: ['5'] },
          { column: 'GK', was: ['6'] },
        ];
      }),
    ).toEqual(['/data/sheets/0/rows/0 INCONSISTENT']);
    expect(
      violations(sample, (copy) => (copy.data.sheets[0].rows[0].corrected = [{ column: 'DTB', was: [] }])),
    ).toEqual(['/data/sheets/0/rows/0/corrected/0/column BAD_VALUE']);
  });

  test('have fields under different paths, few enough for a tree of 512 leaves', () => {
    for (const sample of SAMPLES) {
      const paths = transcriptFields(sample).map(({ path }) => path);
      expect(new Set(paths).size).toBe(paths.length);
      expect(paddedSize(paths.length)).toBeLessThanOrEqual(512);
    }
    const row = transcriptFields(registerOf(2)).find(({ path }) => path === 'sheets/TOAN/HK1');
    expect(JSON.parse(String(row?.value))).toMatchObject({ code: 'TOAN', term: 'HK1' });
  });

  test('have a published schema that knows each key', () => {
    const schema = JSON.stringify(documentJsonSchema('so-theo-doi-lop'));
    for (const key of ['sheets', 'corrected', 'was', 'summaries']) expect(schema).toContain(`"${key}"`);
  });
});
