import { describe, expect, test } from '@jest/globals';
import { confirmationOf, expiryOf, isPossible, stateAt } from '#api/corrections/correction-rules.js';
import type { CorrectionStep } from '#api/corrections/correction-rules.js';
import type { CorrectionState } from '#api/corrections/corrections.entities.js';

const asked = {
  primary: false,
  homeroomConfirms: true,
  groupHeadConfirms: true,
  homeroomTeachers: ['homeroom'],
  groupHeads: [] as string[],
  requestedBy: 'teacher',
  teacherOfRecord: 'teacher',
};

describe('the homeroom teacher’s confirmation (TT 22/2021 Đ.20)', () => {
  test('is asked for in a secondary school', () => {
    expect(confirmationOf(asked)).toEqual({ confirmationSkipped: null, headConfirms: null });
  });

  test.each([
    ['in a primary school', { primary: true }, 'primary-school'],
    ['where the school’s policy drops it', { homeroomConfirms: false }, 'school-policy'],
    ['where the class has no homeroom teacher', { homeroomTeachers: [] }, 'no-homeroom-teacher'],
    ['where the homeroom teacher asks', { requestedBy: 'homeroom' }, 'requester-is-homeroom'],
    ['where the homeroom teacher recorded the mark', { teacherOfRecord: 'homeroom' }, 'homeroom-recorded-it'],
  ])('is skipped, with the reason kept, %s', (_, over, reason) => {
    const expected = { confirmationSkipped: reason, headConfirms: null };
    expect(confirmationOf({ ...asked, ...over })).toEqual(expected);
  });

  test.each([
    ['asks', { requestedBy: 'homeroom' }, 'requester-is-homeroom'],
    ['recorded the mark', { teacherOfRecord: 'homeroom' }, 'homeroom-recorded-it'],
    ['is not there', { homeroomTeachers: [] }, 'no-homeroom-teacher'],
  ])('falls to the group head where the homeroom teacher %s (roles.md rule 2)', (_, over, headConfirms) => {
    const of = { ...asked, ...over, groupHeads: ['head'] };
    expect(confirmationOf(of)).toEqual({ confirmationSkipped: null, headConfirms });
    const skipped = { confirmationSkipped: headConfirms, headConfirms: null };
    expect(confirmationOf({ ...of, groupHeadConfirms: false })).toEqual(skipped);
    expect(confirmationOf({ ...of, groupHeads: [of.requestedBy, of.teacherOfRecord] })).toEqual(skipped);
  });

  test('is left to the other of two homeroom teachers when one of them recorded the mark', () => {
    const two = { ...asked, homeroomTeachers: ['homeroom', 'successor'], teacherOfRecord: 'homeroom' };
    expect(confirmationOf(two)).toEqual({ confirmationSkipped: null, headConfirms: null });
  });
});

describe('a correction', () => {
  const states: CorrectionState[] = [
    ...(['requested', 'confirmed', 'approved', 'rejected', 'applied', 'withdrawn', 'expired'] as const),
  ];
  const NOW = '2026-11-21T03:00:00.000Z';
  const from = (step: CorrectionStep, skipped: 'primary-school' | null, expiresAt = '2026-12-01') =>
    states.filter((state) => isPossible(step, { state, confirmationSkipped: skipped, expiresAt }, NOW));

  test('is approved only once confirmed', () => {
    expect(from('approve', null)).toEqual(['confirmed']);
    expect(from('confirm', null)).toEqual(['requested']);
  });

  test('is approved at once where the confirmation is skipped, and then never confirmed', () => {
    expect(from('approve', 'primary-school')).toEqual(['requested', 'confirmed']);
    expect(from('confirm', 'primary-school')).toEqual([]);
  });

  test('is not rejected, withdrawn or approved once it is over', () => {
    expect(from('reject', null)).toEqual(['requested', 'confirmed']);
    expect(from('withdraw', null)).toEqual(['requested', 'confirmed']);
  });

  test('is applied by hand only once approved', () => {
    expect(from('apply', null)).toEqual(['approved']);
  });

  test('expires as a function of time: then nothing is possible, and what was over stays as it was', () => {
    const expiresAt = expiryOf('2026-11-07T03:00:00.000Z', 14);
    expect(expiresAt).toBe(NOW);
    for (const step of ['confirm', 'approve', 'apply', 'reject', 'withdraw'] as const) {
      expect(from(step, null, expiresAt)).toEqual([]);
      expect(from(step, 'primary-school', expiresAt)).toEqual([]);
    }
    const at = (now: string) =>
      states.map((state) => stateAt({ state, confirmationSkipped: null, expiresAt }, now));
    expect(at(NOW).filter((state) => state === 'expired')).toHaveLength(4);
    expect(at('2026-11-21T02:59:59.999Z')).toEqual(states);
  });
});
