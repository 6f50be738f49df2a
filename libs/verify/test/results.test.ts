import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { canonicalize } from '#ledger/format/jcs.js';
import { ruleSetDescriptor } from '#regulations/rule-sets.js';
import type { Transcript } from '#transcript/document.js';
import { resultsFollow } from '#verify/results-step.js';
import { changed, PRIMARY, SECONDARY } from '../../transcript/test/samples.js';

/** Whether the results of a changed sample follow from its marks, its rules pinned as they are. */
function follows(sample: Transcript, edit: (copy: any) => void = () => undefined): boolean | null {
  return resultsFollow(
    changed(sample, (copy: any) => {
      const rules = canonicalize(ruleSetDescriptor(copy.ruleSet.id));
      copy.ruleSet.hash = createHash('sha256').update(rules).digest('hex');
      edit(copy);
    }),
  );
}

describe('do the results follow from the marks? (TT 22/2021)', () => {
  test('they do in the sample, and do not once one of them is changed', () => {
    expect(follows(SECONDARY)).toBe(true);
    for (const edit of [
      (copy: any) => (copy.data.year.subjects[1].year = '8.9'),
      (copy: any) => (copy.data.year.subjects[1].HK2 = '6.4'),
      (copy: any) => (copy.data.year.learning.HK1 = 'KHA'),
      (copy: any) => (copy.data.year.conduct.year = 'KHA'),
      (copy: any) => (copy.data.year.absences = 46),
      (copy: any) => (copy.data.year.promotion.decision = 'O_LAI'),
      (copy: any) => (copy.data.year.honour.code = 'HOC_SINH_XUAT_SAC'),
      (copy: any) => delete copy.data.year.honour,
    ]) {
      expect(follows(SECONDARY, edit)).toBe(false);
    }
  });

  test('after a summer: promoted on a re-assessed subject, by the circular’s own rule', () => {
    const summer = (mark: string) => (copy: any) => {
      const { year } = copy.data;
      for (const i of [0, 1])
        Object.assign(year.subjects[i], { HK1: '3.2', HK2: '3.4', year: '3.3', afterReassessment: mark });
      Object.assign(year.learning, {
        HK1: 'CHUA_DAT',
        HK2: 'CHUA_DAT',
        year: 'CHUA_DAT',
        afterReassessment: 'KHA',
      });
      delete year.honour;
      year.promotion = { decision: 'LEN_LOP', afterSummer: true, text: 'Được lên lớp 7' };
    };
    expect(follows(SECONDARY, summer('5.0'))).toBe(true);
    expect(follows(SECONDARY, summer('3.4'))).toBe(false);
  });

  test('a school’s ruling on Đ.9 k.3 is part of what is pinned', () => {
    const ruled = (commentSubjectCanBeCulprit: boolean) => (copy: any) => {
      const { year } = copy.data;
      Object.assign(year.subjects[8], { HK1: 'CD', HK2: 'CD', year: 'CD' });
      Object.assign(year.subjects[9], { HK1: 'D', HK2: 'D', year: 'D' });
      Object.assign(year.learning, { HK1: 'KHA', HK2: 'KHA', year: 'KHA' });
      delete year.honour;
      copy.ruleSet.settings = {
        adjustment: { removedSubjectCountsAmongSix: false, raiseFrom: 'base', commentSubjectCanBeCulprit },
      };
    };
    expect(follows(SECONDARY, ruled(true))).toBe(true);
    expect(follows(SECONDARY, ruled(false))).toBe(false);
  });

  test('nothing is said of other rules, or where a term has no value', () => {
    expect(follows(SECONDARY, (copy) => (copy.ruleSet.version = '99'))).toBeNull();
    expect(follows(SECONDARY, (copy) => (copy.ruleSet.hash = '00'.repeat(32)))).toBeNull();
    expect(follows(SECONDARY, (copy) => (copy.data.year.subjects[0].HK1 = null))).toBeNull();
    const left = (copy: any): void => {
      Object.assign(copy.data.year.subjects[8], { notAssessed: true, HK1: null, HK2: null, year: null });
    };
    expect(follows(SECONDARY, left)).toBe(true);
  });
});

describe('do the results follow from the levels and tests? (TT 27/2020)', () => {
  test('they do in the sample, and do not once one of them is changed', () => {
    expect(follows(PRIMARY)).toBe(true);
    for (const edit of [
      (copy: any) => (copy.data.year.subjects[0].test = '8'),
      (copy: any) => (copy.data.year.subjects[7].level = 'H'),
      (copy: any) => (copy.data.year.qualities.rows[0].level = 'D'),
      (copy: any) => (copy.data.year.competences.specific[6].level = 'C'),
      (copy: any) => (copy.data.year.yearResult = 'HTT'),
      (copy: any) => (copy.data.year.completion.decision = 'DANH_GIA_BO_SUNG'),
      (copy: any) => delete copy.data.year.honour,
    ]) {
      expect(follows(PRIMARY, edit)).toBe(false);
    }
  });

  test('the title that people award stands only on a year completed well (Đ.13)', () => {
    const awarded = (test: string) => (copy: any) => {
      const { year } = copy.data;
      year.subjects[0].test = test;
      year.yearResult = 'HTT';
      year.honour = { code: 'HOC_SINH_TIEU_BIEU', text: 'Học sinh Tiêu biểu' };
    };
    expect(follows(PRIMARY, awarded('7'))).toBe(true);
    expect(follows(PRIMARY, awarded('6'))).toBe(false);
  });

  test('after additional assessment (Đ.11) the decision is the one after it', () => {
    const again = (level: string) => (copy: any) => {
      const { year } = copy.data;
      Object.assign(year.subjects[1], { level: 'C', test: '3', additional: { level, test: '6' } });
      year.yearResult = 'CHT';
      delete year.honour;
      year.completion = {
        decision: 'HOAN_THANH_LOP',
        afterSummer: true,
        text: 'Hoàn thành chương trình lớp 4.',
      };
    };
    expect(follows(PRIMARY, again('H'))).toBe(true);
    expect(follows(PRIMARY, again('C'))).toBe(false);
  });
});
