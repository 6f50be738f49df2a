/** `socai evaluate`, sentence by sentence of its contract, through the command itself: text lines in, text lines out. */
import { Readable, Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { evaluateCommand } from '#cli/evaluate.js';

/** The lines of the answer, as text. */
async function linesFor(input: string): Promise<string[]> {
  const chunks: Buffer[] = [];
  const stdout = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  const status = await evaluateCommand([], {
    ...{ stdin: Readable.from([input], { objectMode: false }), stdout, stderr: stdout },
    ...{ env: {}, now: () => new Date(0) },
  });
  expect(status).toBe(0);
  return Buffer.concat(chunks).toString('utf8').trimEnd().split('\n');
}

async function answer(input: unknown): Promise<any> {
  const [line] = await linesFor(`${typeof input === 'string' ? input : JSON.stringify(input)}\n`);
  return JSON.parse(line!);
}

const term = (mark: string, regular = 4) => ({
  ...{ regular: Array.from({ length: regular }, () => mark), midterm: mark, final: mark },
});
const score = (code: string, mark: string, more: object = {}) => ({
  ...{ code, kind: 'score', periodsPerYear: 140, HK1: term(mark), HK2: term(mark), ...more },
});
const comment = (code: string, result: string, more: object = {}) => ({
  ...{ code, kind: 'comment', periodsPerYear: 70, HK1: term(result, 2), HK2: term(result, 2), ...more },
});
const pupil = (subjects: object[], more: object = {}) => ({
  ...{ id: 'p', ruleSet: 'tt22-2021', grade: 8, subjects },
  ...{ conduct: { HK1: 'TOT', HK2: 'TOT' }, absences: 0, ...more },
});
/** Mark subjects M1, M2, … with these averages, and one comment subject that is Đạt. */
const averages = (...marks: string[]) => [
  ...marks.map((mark, index) => score(`M${index + 1}`, mark)),
  comment('N1', 'D'),
];
const SIX = ['8', '8', '8', '8', '8', '8'];
const FAILED = ['6', '6', '6', '6', '6', '3', '3'];
const learningOf = async (subjects: object[], more: object = {}) =>
  (await answer(pupil(subjects, more))).learning.year;

describe('secondary', () => {
  test('the answer has the fields of the contract, in its order', async () => {
    const subjects = [
      {
        ...{ code: 'TOAN', kind: 'score', periodsPerYear: 140 },
        HK1: { regular: ['8', '7.5', '9', '6'], midterm: '7', final: '8.5' },
        HK2: { regular: ['8', '8', '9', '7'], midterm: '7.5', final: '8' },
      },
      comment('GDTC', 'D'),
    ];
    const conduct = { HK1: 'TOT', HK2: 'KHA' };
    const [line] = await linesFor(
      JSON.stringify({ ...pupil(subjects, { conduct, absences: 12 }), id: 'p1' }),
    );
    expect(line).toBe(
      '{"id":"p1","ruleSet":"tt22-2021","subjects":{"TOAN":{"HK1":"7.8","HK2":"7.9","year":"7.9"},' +
        '"GDTC":{"HK1":"D","HK2":"D","year":"D"}},"learning":{"HK1":null,"HK2":null,"year":null},' +
        '"conduct":{"HK1":"TOT","HK2":"KHA","year":"KHA"},"promotion":null,"honour":null,' +
        '"problems":[{"code":"TOO_FEW_SCORE_SUBJECTS","where":"subjects"}]}',
    );
  });

  test('an exact tie is rounded up: TX 7.3, 6.8, 7.4; GK 3.2; CK 3.9 make 5.0, and the subject is not re-assessed', async () => {
    const tie = { regular: ['7.3', '6.8', '7.4'], midterm: '3.2', final: '3.9' };
    const subject = { ...score('TOAN', '0'), periodsPerYear: 70, HK1: tie, HK2: tie };
    const { subjects, learning } = await answer(pupil([subject, ...averages(...SIX)]));
    expect(subjects.TOAN).toEqual({ HK1: '5.0', HK2: '5.0', year: '5.0' });
    expect(learning.year).toBe('KHA');
  });

  test.each([
    [['9', '9', '9', '9', '9', '9', '4.9'], 'KHA'],
    [['9', '9', '9', '9', '9', '9', '3.4'], 'DAT'],
    [['7', '7', '7', '7', '7', '7', '3.4'], 'DAT'],
    [['7', '7', '7', '7', '7', '7', '4.9'], 'DAT'],
    [['6', '6', '6', '6', '6', '6', '3.4'], 'CHUA_DAT'],
    [['9', '9', '9', '9', '9', '9', '4.9', '4.9'], 'DAT'],
    [['9', '9', '9', '9', '9', '4.9'], 'CHUA_DAT'],
  ])('one mark subject that drags: %j gives %s', async (marks, level) => {
    expect(await learningOf(averages(...marks))).toBe(level);
  });

  test('one comment subject that drags, by default and with the setting against it', async () => {
    const subjects = [...averages(...SIX, '7'), comment('GDTC', 'CD')];
    expect(await learningOf(subjects)).toBe('KHA');
    const adjustment = { commentSubjectCanBeCulprit: false };
    expect(await learningOf(subjects, { settings: { adjustment } })).toBe('DAT');
    expect(await learningOf([...subjects, comment('NT', 'CD')])).toBe('CHUA_DAT');
  });

  test('the settings shown are the defaults; the other two readings', async () => {
    const shown = {
      adjustment: {
        ...{ removedSubjectCountsAmongSix: false, raiseFrom: 'base', commentSubjectCanBeCulprit: true },
      },
    };
    const dragged = averages(...SIX, '3.4');
    expect(await answer(pupil(dragged, { settings: shown }))).toEqual(await answer(pupil(dragged)));
    expect(await learningOf(dragged, { settings: { adjustment: { raiseFrom: 'reference' } } })).toBe('KHA');
    const five = averages('9', '9', '9', '9', '9', '7', '7', '4.9');
    expect(await learningOf(five)).toBe('DAT');
    const adjustment = { removedSubjectCountsAmongSix: true };
    expect(await learningOf(five, { settings: { adjustment } })).toBe('KHA');
  });

  test.each([
    [45, 'LEN_LOP'],
    [46, 'O_LAI'],
  ])('%i absences: %s', async (absences, promotion) => {
    expect(await answer(pupil(averages(...SIX), { absences }))).toMatchObject({ promotion });
  });

  const failedConduct = { conduct: { HK1: 'TOT', HK2: 'CHUA_DAT' } };
  test.each([
    ['a value missing comes first', averages(...FAILED), { absences: 60, conduct: { HK1: 'TOT' } }, null],
    ['then absences', averages(...FAILED), { absences: 46, ...failedConduct }, 'O_LAI'],
    ['then both Chưa đạt', averages(...FAILED), failedConduct, 'O_LAI'],
    ['learning alone', averages(...FAILED), {}, 'DANH_GIA_LAI'],
    ['conduct alone', averages(...SIX), failedConduct, 'REN_LUYEN_HE'],
    ['neither', averages(...SIX), {}, 'LEN_LOP'],
  ])('order of the decision: %s', async (_name, subjects, more, promotion) => {
    expect(await answer(pupil(subjects, more))).toMatchObject({ promotion });
  });

  describe('re-assessment', () => {
    const after = async (subjects: object[], reassessment: object, more: object = {}) =>
      answer(pupil(subjects, { reassessment, ...more }));

    test('lifts: promotion is the decision after it, the year stays what it was', async () => {
      const found = await after(averages(...FAILED), { subjects: { M6: '5.0', M7: '3.5' } });
      expect(found).toMatchObject({
        promotion: 'LEN_LOP',
        learning: { year: 'CHUA_DAT' },
        honour: null,
        afterReassessment: { learning: 'DAT', conduct: 'TOT' },
        problems: [],
      });
      expect(found.subjects.M6.year).toBe('3.0');
      expect(found.afterReassessment.subjects).toEqual({
        ...{ M1: '6.0', M2: '6.0', M3: '6.0', M4: '6.0', M5: '6.0', M6: '5.0', M7: '3.5', N1: 'D' },
      });
    });

    test.each([
      ['not enough', { subjects: { M6: '4.9', M7: '3.5' } }],
      ['a needed part absent', { subjects: { M6: '6.0' } }],
      ['a needed part not sat', { subjects: { M6: null, M7: '6' } }],
      ['nothing sat', {}],
    ])('fails: %s', async (_why, reassessment) => {
      expect(await after(averages(...FAILED), reassessment)).toMatchObject({
        promotion: 'O_LAI',
        problems: [],
      });
    });

    test('a comment subject, by "D"', async () => {
      const subjects = [...averages(...SIX, '5.5'), comment('N2', 'CD'), comment('N3', 'CD')];
      expect(await after(subjects, { subjects: { N2: 'D' } })).toMatchObject({
        ...{ promotion: 'LEN_LOP', learning: { year: 'CHUA_DAT' } },
        afterReassessment: { learning: 'DAT', subjects: { N2: 'D', N3: 'CD' } },
      });
    });

    test('conduct, in summer', async () => {
      const trained = (conduct: string) => after(averages(...SIX), { conduct }, failedConduct);
      expect(await trained('DAT')).toMatchObject({
        ...{ promotion: 'LEN_LOP', afterReassessment: { conduct: 'DAT' }, conduct: { year: 'CHUA_DAT' } },
      });
      expect(await trained('CHUA_DAT')).toMatchObject({ promotion: 'O_LAI' });
    });

    test('what does not qualify is named and ignored', async () => {
      const found = await after(averages(...FAILED), {
        ...{ subjects: { M1: '9', M6: '5', M7: '5', VE: '9' }, conduct: 'TOT' },
      });
      expect(found.problems).toEqual(
        ['subjects.M1', 'subjects.VE', 'conduct'].map((where) => ({
          ...{ code: 'NOT_ELIGIBLE', where: `reassessment.${where}` },
        })),
      );
      expect(found).toMatchObject({ promotion: 'LEN_LOP', afterReassessment: { subjects: { M1: '6.0' } } });
    });

    test('with 46 absences, or both results Chưa đạt, nothing is mended', async () => {
      const mended = { subjects: { M6: '9', M7: '9' } };
      expect(await after(averages(...FAILED), mended, { absences: 46 })).toMatchObject({
        promotion: 'O_LAI',
      });
      expect(await after(averages(...FAILED), { ...mended, conduct: 'TOT' }, failedConduct)).toMatchObject({
        promotion: 'O_LAI',
      });
    });
  });

  test('"V" is a 0 or Chưa đạt for that test alone, and no gap', async () => {
    const subjects = [
      score('M1', '8', { HK2: { ...term('8'), midterm: 'V' } }),
      comment('N1', 'D', { HK2: { ...term('D', 2), final: 'V' } }),
    ];
    const found = await answer(pupil(subjects));
    expect([found.subjects.M1.HK2, found.subjects.N1.HK2]).toEqual(['6.2', 'CD']);
    expect(found.problems.map(({ code }: { code: string }) => code)).toEqual(['TOO_FEW_SCORE_SUBJECTS']);
  });

  test('missing marks are named, their value is null, and nothing is guessed', async () => {
    const subjects = [
      score('M1', '8', { HK1: { regular: ['8', null, '8'], midterm: null }, HK2: null }),
      ...averages(...SIX).slice(1),
    ];
    const found = await answer(pupil(subjects));
    expect(found.subjects.M1).toEqual({ HK1: null, HK2: null, year: null });
    expect(found.learning).toEqual({ HK1: null, HK2: null, year: null });
    expect(found.promotion).toBeNull();
    expect(found.problems).toEqual(
      (['HK1', 'HK2'] as const).flatMap((when) =>
        ['MISSING_REGULAR', 'MISSING_MIDTERM', 'MISSING_FINAL'].map((code) => ({
          ...{ code, where: `subjects.M1.${when}` },
        })),
      ),
    );
  });

  test('a comment subject without HK1 has year null, with HK1 it has that of HK2', async () => {
    const year = async (HK1: object | null) =>
      (await answer(pupil([...averages(...SIX), comment('TD', 'D', { HK1 })]))).subjects.TD.year;
    expect([await year(null), await year(term('CD', 2))]).toEqual([null, 'D']);
  });

  test('periodsPerYear decides the number of regular marks, whatever the code; more than required all count', async () => {
    const needs = async (periodsPerYear: number, regular: number) => {
      const subject = { ...score('TOAN', '8'), periodsPerYear, HK1: term('8', regular) };
      return (await answer(pupil([subject]))).subjects.TOAN.HK1 !== null;
    };
    const found: unknown[] = [];
    for (const [periods, regular] of [
      [35, 2],
      [36, 2],
      [36, 3],
      [70, 3],
      [71, 3],
      [71, 4],
    ] as const)
      found.push(await needs(periods, regular));
    expect(found).toEqual([true, false, true, true, false, true]);
    const more = {
      ...score('TOAN', '8'),
      periodsPerYear: 35,
      HK1: { ...term('0'), regular: ['10', '10', '10'] },
    };
    expect((await answer(pupil([more]))).subjects.TOAN.HK1).toBe('3.8');
  });

  test('exempt from practice: nothing is dropped; not assessed: left out, not missing', async () => {
    const exempt = comment('GDTC', 'D', { exempt: 'practice' });
    expect(await answer(pupil([...averages(...SIX), exempt]))).toMatchObject({
      ...{ subjects: { GDTC: { year: 'D' } }, learning: { year: 'TOT' }, problems: [] },
    });
    const left = { ...score('TOAN', '2'), HK2: null, notAssessed: true };
    expect(await answer(pupil([...averages(...SIX), left]))).toMatchObject({
      ...{
        subjects: { TOAN: { HK1: null, HK2: null, year: null } },
        learning: { year: 'TOT' },
        problems: [],
      },
    });
  });

  test('honours: six from 9.0, both Tốt, nothing else', async () => {
    const nine = ['9', '9', '9', '9', '9'];
    const honour = async (marks: string[], more: object = {}) =>
      (await answer(pupil(averages(...marks), more))).honour;
    expect(await honour([...nine, '9', '6.5'])).toBe('HOC_SINH_XUAT_SAC');
    expect(await honour([...nine, '8.9', '6.5'])).toBe('HOC_SINH_GIOI');
    expect(await honour([...nine, '9'], { conduct: { HK1: 'TOT', HK2: 'KHA' } })).toBeNull();
  });

  test.each([
    ...['8.50', '8.55', '8,5', '10.1', '-1', '11', 'D', 'v', '', ' 8', '1e1', '８'],
    ...[8, 8.5, true, {}, ['8']],
  ])('%j as a mark is INVALID_MARK', async (mark) => {
    const found = await answer(pupil([score('M1', '8', { HK1: { ...term('8'), final: mark } })]));
    expect(found).toEqual({ id: 'p', error: { code: 'INVALID_MARK', message: expect.any(String) } });
    expect(found.error.message).toContain('subjects.M1.HK1.final');
  });

  test.each([
    [score('M1', '8', { HK1: { ...term('8'), regular: ['8', 'V', '8', '8'] } }), '"V" among regular marks'],
    [comment('N1', 'D', { HK1: { ...term('D', 2), midterm: '8' } }), 'a mark for a comment subject'],
    [comment('N1', 'D', { HK1: { ...term('D', 2), midterm: 'Đ' } }), 'the letter people write'],
  ])('INVALID_MARK too: %#', async (subject) => {
    expect(await answer(pupil([subject]))).toMatchObject({ error: { code: 'INVALID_MARK' } });
  });

  test('unknown keys, at every depth, are UNKNOWN_FIELD', async () => {
    for (const input of [
      pupil([], { name: 'An' }),
      pupil([score('M1', '8', { teacher: 'x' })]),
      pupil([score('M1', '8', { HK1: { ...term('8'), oral: '8' } })]),
      pupil([], { conduct: { HK1: 'TOT', year: 'TOT' } }),
      pupil([], { settings: { adjustment: { rounding: 'half-even' } } }),
      pupil([], { reassessment: { date: '2027-08-01' } }),
    ])
      expect(await answer(input)).toMatchObject({ id: 'p', error: { code: 'UNKNOWN_FIELD' } });
  });

  test('codes are free text, given back as they came; one code twice is refused, also composed otherwise', async () => {
    const composed = 'Tiếng Việt nâng cao'.normalize('NFC');
    const decomposed = composed.normalize('NFD');
    const found = await answer(pupil([score(decomposed, '8')], { id: decomposed }));
    expect([found.id, Object.keys(found.subjects)]).toEqual([decomposed, [decomposed]]);
    for (const [one, two] of [
      ['M1', 'M1'],
      [composed, decomposed],
    ] as const)
      expect(await answer(pupil([score(one, '8'), score(two, '9')]))).toMatchObject({
        error: { code: 'DUPLICATE_SUBJECT' },
      });
    const failed = [...averages(...FAILED).slice(0, 6), score(decomposed, '3')];
    const summer = { reassessment: { subjects: { M6: '6', [composed]: '6' } } };
    expect(await answer(pupil(failed, summer))).toMatchObject({ promotion: 'LEN_LOP', problems: [] });
  });
});

describe('lines', () => {
  test('what cannot be parsed is BAD_JSON with id null; a line with an error keeps its own id and its place', async () => {
    const good = JSON.stringify(pupil([]));
    const lines = await linesFor(`{"id":1\n${good}\n\n[]\n{"id":7,"ruleSet":"x"}\n${good}\n`);
    expect(lines.map((line) => JSON.parse(line)).map(({ id, error }) => [id, error?.code])).toEqual([
      [null, 'BAD_JSON'],
      ['p', undefined],
      [null, 'BAD_JSON'],
      [null, 'BAD_JSON'],
      [7, 'UNKNOWN_RULE_SET'],
      ['p', undefined],
    ]);
  });

  test('a line of a megabyte is judged, one that is longer is BAD_JSON, and the next is answered', async () => {
    const long = (bytes: number) => {
      const line = JSON.stringify(pupil([], { id: 'x' }));
      return line.replace('"x"', `"${'x'.repeat(bytes - line.length + 1)}"`);
    };
    const [fits, over, next] = await linesFor(`${long(1 << 20)}\n${long((1 << 20) + 1)}\n${long(200)}\n`);
    expect(fits).not.toContain('"error"');
    expect(JSON.parse(over!)).toMatchObject({ id: null, error: { code: 'BAD_JSON' } });
    expect(next).not.toContain('"error"');
  });
});
