import { describe, expect, test } from '@jest/globals';
import { confirmationSkipped, isPossible } from '#api/corrections/correction-rules.js';
import type { CorrectionState } from '#api/corrections/corrections.entities.js';

const asked = {
  primary: false,
  homeroomConfirms: true,
  homeroomTeachers: ['homeroom'],
  requestedBy: 'teacher',
  teacherOfRecord: 'teacher',
};

describe('the homeroom teacher’s confirmation (TT 22/2021 Đ.20)', () => {
  test('is asked for in a secondary school', () => {
    expect(confirmationSkipped(asked)).toBeNull();
  });

  test.each([
    ['in a primary school', { primary: true }, 'primary-school'],
    ['where the school’s policy drops it', { homeroomConfirms: false }, 'school-policy'],
    ['where the class has no homeroom teacher', { homeroomTeachers: [] }, 'no-homeroom-teacher'],
    ['where the homeroom teacher asks', { requestedBy: 'homeroom' }, 'requester-is-homeroom'],
    ['where the homeroom teacher recorded the mark', { teacherOfRecord: 'homeroom' }, 'homeroom-recorded-it'],
  ])('is skipped, with the reason kept, %s', (_, over, reason) => {
    expect(confirmationSkipped({ ...asked, ...over })).toBe(reason);
  });

  test('is left to the other of two homeroom teachers when one of them recorded the mark', () => {
    const two = { ...asked, homeroomTeachers: ['homeroom', 'successor'], teacherOfRecord: 'homeroom' };
    expect(confirmationSkipped(two)).toBeNull();
  });
});

describe('a correction', () => {
  const states: CorrectionState[] = [
    ...(['requested', 'confirmed', 'approved', 'rejected', 'applied', 'withdrawn', 'expired'] as const),
  ];
  const from = (step: 'confirm' | 'approve' | 'reject' | 'withdraw', skipped: 'primary-school' | null) =>
    states.filter((state) => isPossible(step, { state, confirmationSkipped: skipped }));

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
});
